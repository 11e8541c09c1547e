/*
 * scrollback: the latest lines of output, with who said them.
 *
 * Lines have numbers from 0 on that they keep; the oldest go when there are
 * too many lines or bytes.
 */
#ifndef NITLOG_SCROLLBACK_H
#define NITLOG_SCROLLBACK_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum {
	SCROLLBACK_LINES = 10000,
	SCROLLBACK_BYTES = 4 << 20, /* of text, at most */
	SCROLLBACK_LABELS = 256, /* different ones; more share the last */
};

struct scrollback;

struct scrollback *scrollback_create(void);
void scrollback_destroy(struct scrollback *scrollback); /* NULL is fine */

/* Copies both. */
void scrollback_add(struct scrollback *scrollback, const char *label,
		    const char *text);
void scrollback_clear(struct scrollback *scrollback);

/* The lines that are there: first <= number < end. */
uint64_t scrollback_first(const struct scrollback *scrollback);
uint64_t scrollback_end(const struct scrollback *scrollback);
unsigned scrollback_labels(const struct scrollback *scrollback);

/* Of a line that is there; they live until the next one is added. */
const char *scrollback_text(const struct scrollback *scrollback,
			    uint64_t number);
const char *scrollback_label(const struct scrollback *scrollback,
			     uint64_t number);

/*
 * The next line with these words in its label or text, in any case, from
 * `from` on (itself included) in that direction, at most to `end` (not
 * included). False: there is none.
 */
bool scrollback_find(const struct scrollback *scrollback, const char *words,
		     uint64_t from, int direction, uint64_t end,
		     uint64_t *found);

/* "LABEL: TEXT\n" of all lines from < end; the latest `max` bytes of it, whole
 * lines. Owned by the caller. */
char *scrollback_copy(const struct scrollback *scrollback, uint64_t from,
		      uint64_t end, size_t max, size_t *bytes);

#endif
