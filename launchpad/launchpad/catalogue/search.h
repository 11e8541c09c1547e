/*
 * search: how well something answers to what the user typed.
 *
 * Classes, best first: the name begins so; a word of it does; its words do,
 * one after the other ("lfb" finds liquid_fb); something else that is said
 * about it has a word that begins so; the name contains it; it contains its
 * letters, with few between them. Within a class: what was started more often,
 * then the shorter name.
 */
#ifndef CATALOGUE_SEARCH_H
#define CATALOGUE_SEARCH_H

#include <stdbool.h>
#include <stdint.h>

enum { SEARCH_TEXT_MAX = 63 }; /* bytes of what is typed; more is ignored */

/* Lower case of ASCII, Latin, Greek and Cyrillic letters; as many bytes as
 * before, so that places stay. Owned by the caller. */
char *search_fold(const char *text);

/* Both are folded. */
struct searched {
	const char *name;
	const char *others; /* words of any kind, separated by blanks */
	unsigned uses;
};

struct search_hit {
	unsigned score; /* more is better */
	uint64_t letters; /* bit i: byte i of the name was found */
};

/* False: it doesn't answer at all. `wanted` is folded and not empty. */
bool search_match(const char *wanted, const struct searched *searched,
		  struct search_hit *hit);

#endif
