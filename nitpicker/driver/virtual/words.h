/*
 * A line as words, separated by blanks. A word that holds blanks stands in
 * double quotes.
 */
#ifndef DRIVER_VIRTUAL_WORDS_H
#define DRIVER_VIRTUAL_WORDS_H

#include <stdbool.h>
#include <stddef.h>

enum { WORDS_MAX = 96 };

struct words {
	char *at[WORDS_MAX]; /* into the line */
	size_t count;
};

/* Cuts the line in place. `text`: all behind the first blank is one word. False
 * when it has no word, too many, or an open quote. */
bool words_split(struct words *words, char *line, bool text);

/* A decimal number from min to max, nothing else. */
bool words_number(const char *word, long min, long max, long *out);

#endif
