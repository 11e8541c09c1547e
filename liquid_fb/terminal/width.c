/*
 * Widths and grapheme clusters, from the Unicode data.
 */
#include "liquid_fb/terminal/terminal.h"
#include "liquid_fb/terminal/unicode/table.h"

enum {
	HANGUL_FIRST = 0xac00,
	HANGUL_LAST = 0xd7a3,
	HANGUL_TAILS = 28,
	PICTOGRAPHIC = 0x10,
	CLASS = 0x0f,
	WIDTH_SHIFT = 5,
	WIDTH_OTHER = 1 << WIDTH_SHIFT,
};

/* state of character_breaks */
enum { ODD_REGIONAL = 1, PICTURE = 2, PICTURE_ZWJ = 4 };

static unsigned properties(uint32_t code)
{
	size_t low = 0, high = character_properties_size;

	if (code >= 0x20 && code < 0x7f)
		return WIDTH_OTHER;
	if (code >= HANGUL_FIRST && code <= HANGUL_LAST)
		return 2 << WIDTH_SHIFT |
		       ((code - HANGUL_FIRST) % HANGUL_TAILS ? GRAPHEME_LVT
							     : GRAPHEME_LV);
	if (code >= 0x4e00 && code < 0xa000)
		return 2 << WIDTH_SHIFT;
	if (code > 0x10ffff)
		return WIDTH_OTHER;
	while (high - low > 1) {
		size_t middle = (low + high) / 2;

		if (character_properties[middle] >> 8 <= code)
			low = middle;
		else
			high = middle;
	}
	return character_properties[low] & 0xff;
}

int character_width(uint32_t code)
{
	return (int)(properties(code) >> WIDTH_SHIFT);
}

static bool is_control(unsigned class)
{
	return class == GRAPHEME_CR || class == GRAPHEME_LF ||
	       class == GRAPHEME_CONTROL;
}

/* Rules GB6 to GB8: parts of one Hangul syllable. */
static bool is_syllable(unsigned before, unsigned class)
{
	switch (before) {
	case GRAPHEME_L:
		return class == GRAPHEME_L || class == GRAPHEME_V ||
		       class == GRAPHEME_LV || class == GRAPHEME_LVT;
	case GRAPHEME_LV:
	case GRAPHEME_V:
		return class == GRAPHEME_V || class == GRAPHEME_T;
	case GRAPHEME_LVT:
	case GRAPHEME_T:
		return class == GRAPHEME_T;
	default:
		return false;
	}
}

/* What has to be known about the text that ends with this character. */
static unsigned next_state(unsigned state, unsigned property)
{
	unsigned class = property & CLASS;

	if (class == GRAPHEME_REGIONAL)
		return state & ODD_REGIONAL ? 0 : ODD_REGIONAL;
	if (property & PICTOGRAPHIC)
		return PICTURE;
	if (class == GRAPHEME_EXTEND)
		return state & PICTURE;
	if (class == GRAPHEME_ZWJ)
		return state & PICTURE ? PICTURE_ZWJ : 0;
	return 0;
}

bool character_breaks(uint32_t before, uint32_t code, unsigned *state)
{
	unsigned left = properties(before), right = properties(code);
	unsigned lclass = left & CLASS, rclass = right & CLASS;

	*state = next_state(*state, left);
	if (lclass == GRAPHEME_CR && rclass == GRAPHEME_LF)
		return false;
	if (is_control(lclass) || is_control(rclass))
		return true;
	if (is_syllable(lclass, rclass))
		return false;
	if (rclass == GRAPHEME_EXTEND || rclass == GRAPHEME_ZWJ ||
	    rclass == GRAPHEME_SPACING || lclass == GRAPHEME_PREPEND)
		return false;
	if (right & PICTOGRAPHIC && *state & PICTURE_ZWJ)
		return false;
	return !(rclass == GRAPHEME_REGIONAL && *state & ODD_REGIONAL);
}
