#ifndef SCOUT_DOCUMENT_PREPARE_H
#define SCOUT_DOCUMENT_PREPARE_H

#include <stdbool.h>
#include <stddef.h>

struct source_part {
	const char *text; /* NULL: it isn't there */
	size_t bytes;
};

struct source_front {
	struct source_part title, next;
};

/* Lines of `key: value` between two of `---` at the very beginning; how many
 * bytes they are, 0 for none. */
size_t source_front(const char *text, size_t bytes, struct source_front *front);

/* A copy with U+FFFD for what isn't UTF-8, and its *length. NULL: it is valid
 * as it is, or memory is short (*failed). */
char *source_repaired(const char *source, size_t bytes, size_t *length,
		      bool *failed);

#endif
