/*
 * In which direction each character of a paragraph runs: UAX #9 by FriBidi.
 */
#include <stdlib.h>

#include "base/alloc.h"
#include "base/utf8.h"
#include "scout/text/complex.h"

bool bidi_find_levels(const struct complex *lib, const uint32_t *codes,
		      size_t count, bool *rtl, FriBidiLevel *levels)
{
	FriBidiStrIndex length = (FriBidiStrIndex)count;
	FriBidiCharType *types = xcalloc(count, sizeof(*types));
	FriBidiBracketType *brackets = xcalloc(count, sizeof(*brackets));
	FriBidiParType direction = *rtl ? FRIBIDI_PAR_RTL : FRIBIDI_PAR_ON;
	FriBidiLevel most;

	lib->fribidi_get_bidi_types(codes, length, types);
	lib->fribidi_get_bracket_types(codes, length, types, brackets);
	most = lib->fribidi_get_par_embedding_levels_ex(types, brackets, length,
							&direction, levels);
	*rtl = FRIBIDI_IS_RTL(direction);
	/* Blanks at the end stand at the paragraph's end (rule L1). */
	for (size_t i = count;
	     i-- && FRIBIDI_IS_EXPLICIT_OR_BN_OR_WS(types[i]);)
		levels[i] = *rtl;
	free(types);
	free(brackets);
	return most > 0;
}

/* A line that ends within a paragraph does not end it. */
static size_t decode(const char *string, size_t bytes, uint32_t *codes)
{
	size_t count = 0;

	for (size_t at = 0, length; at < bytes; at += length) {
		uint32_t *code = &codes[count++];

		length = utf8_decode(string + at, bytes - at, code);
		if (!length) {
			*code = 0xfffd;
			length = 1;
		}
		if (*code == '\n')
			*code = ' ';
	}
	return count;
}

/* From one of each character to one of each byte. */
static uint8_t *spread(const FriBidiLevel *levels, const char *string,
		       size_t bytes)
{
	uint8_t *out = xcalloc(bytes, 1);

	for (size_t at = 0, length; at < bytes; levels++) {
		length = utf8_decode(string + at, bytes - at, NULL);
		for (length += !length; length; length--)
			out[at++] = (uint8_t)*levels;
	}
	return out;
}

uint8_t *text_levels(struct text *text, const char *string, size_t bytes)
{
	const struct complex *lib;
	uint32_t *codes;
	FriBidiLevel *found;
	uint8_t *levels = NULL;
	size_t count;
	bool rtl = false;

	if (!text_is_complex(string, bytes))
		return NULL;
	lib = complex_of(text);
	if (!lib->works)
		return NULL;
	codes = xcalloc(bytes, sizeof(*codes));
	found = xcalloc(bytes, sizeof(*found));
	count = decode(string, bytes, codes);
	if (bidi_find_levels(lib, codes, count, &rtl, found))
		levels = spread(found, string, bytes);
	free(codes);
	free(found);
	return levels;
}
