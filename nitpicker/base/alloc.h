/*
 * Out-of-memory policy, decided once: a small allocation whose size the
 * program itself chose ends the process with one line when it fails. A size
 * that another process, a file or a device chose is checked against a named
 * limit and allocated with malloc, whose failure is handled where it happens.
 */
#ifndef BASE_ALLOC_H
#define BASE_ALLOC_H

#include <stddef.h>

#define array_size(a) (sizeof(a) / sizeof((a)[0]))

/* Zeroed memory for `count` objects of `size` bytes; never NULL. */
void *xcalloc(size_t count, size_t size);

/* realloc that never returns NULL; the new part is not zeroed. */
void *xreallocarray(void *memory, size_t count, size_t size);

/* The array with room for `more` beyond `count`; *capacity follows. */
void *xgrow(void *array, size_t *capacity, size_t count, size_t more,
	    size_t size);

/* A copy owned by the caller; NULL stays NULL. */
char *xstrdup(const char *text);
char *xstrndup(const char *text, size_t max);

/* printf into a string owned by the caller. */
char *xasprintf(const char *format, ...) __attribute__((format(printf, 1, 2)));

#endif
