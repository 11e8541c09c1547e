#include "history.h"

#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"

void history_finish(struct history *history)
{
	for (unsigned i = 0; i < history->count; i++)
		free(history->entries[i].address);
	history->count = history->now = 0;
}

static void cut(struct history *history, unsigned count)
{
	while (history->count > count)
		free(history->entries[--history->count].address);
}

void history_add(struct history *history, const char *address)
{
	unsigned next = history->count ? history->now + 1 : 0;

	if (next < history->count &&
	    !strcmp(history->entries[next].address, address)) {
		history->entries[next].place = (struct page_place){ 0, 0 };
		history->now = next;
		return;
	}
	cut(history, next);
	if (history->count == HISTORY_MAX) {
		free(history->entries[0].address);
		memmove(history->entries, history->entries + 1,
			(HISTORY_MAX - 1) * sizeof(history->entries[0]));
		history->count--;
	}
	history->entries[history->count] = (struct history_entry){
		.address = xstrdup(address)
	};
	history->now = history->count++;
}

bool history_can(const struct history *history, int direction)
{
	return direction < 0 ? history->count && history->now > 0
			     : history->now + 1 < history->count;
}

const struct history_entry *history_step(struct history *history, int direction)
{
	if (!history_can(history, direction))
		return NULL;
	history->now += direction < 0 ? -1u : 1u;
	return &history->entries[history->now];
}

void history_keep(struct history *history, struct page_place place)
{
	if (history->count)
		history->entries[history->now].place = place;
}
