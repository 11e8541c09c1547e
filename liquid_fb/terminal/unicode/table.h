/*
 * Properties of characters, made by make_tables; sorted.
 */
#ifndef TERMINAL_UNICODE_TABLE_H
#define TERMINAL_UNICODE_TABLE_H

#include <stddef.h>
#include <stdint.h>

/* Classes of UAX #29 (grapheme clusters), in the order of make_tables. */
enum grapheme_class {
	GRAPHEME_OTHER,
	GRAPHEME_CR,
	GRAPHEME_LF,
	GRAPHEME_CONTROL,
	GRAPHEME_EXTEND,
	GRAPHEME_ZWJ,
	GRAPHEME_REGIONAL,
	GRAPHEME_PREPEND,
	GRAPHEME_SPACING,
	GRAPHEME_L,
	GRAPHEME_V,
	GRAPHEME_T,
	GRAPHEME_LV,
	GRAPHEME_LVT,
};

/* First code point << 8 | width << 5 | pictographic << 4 | class. */
extern const uint32_t character_properties[];
extern const size_t character_properties_size;

#endif
