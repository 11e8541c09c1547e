/*
 * history: where the user has been, for going back and forward.
 */
#ifndef SCOUT_BROWSER_HISTORY_H
#define SCOUT_BROWSER_HISTORY_H

#include "page.h"

enum { HISTORY_MAX = 128 };

struct history_entry {
	char *address; /* without a part behind "#" */
	struct page_place place;
};

/* Entries from the oldest; beyond HISTORY_MAX the oldest is forgotten. */
struct history {
	struct history_entry entries[HISTORY_MAX];
	unsigned count, now;
};

void history_finish(struct history *history);
/* A new address behind the present one: what was forward is cut off, unless
 * it begins with that address. */
void history_add(struct history *history, const char *address);
/* NULL at the end. */
const struct history_entry *history_step(struct history *history,
					 int direction);
bool history_can(const struct history *history, int direction);
/* Where one is in the present entry. */
void history_keep(struct history *history, struct page_place place);

#endif
