/*
 * text: measured and drawn with FreeType.
 *
 * Greyscale coverage, light hinting, advances as designed (not hinted) and
 * glyphs at quarter-pixel positions, so that spacing is even at every size.
 * Pairs are kerned from `kern`. Sizes are real pixels: whoever scales, scales
 * the size, never the picture.
 *
 * The built-in face Scout Sans (a subset of Inter: Latin-1, punctuation,
 * arrows; licence in font/OFL.txt) comes first and is part of the library, so
 * text appears, and looks the same, on a machine without any font. Characters
 * it lacks are looked for in the fonts that are installed (see face.c), opened
 * only then. Text is shown in logical order: there is no shaping of Arabic or
 * Indic scripts.
 *
 * Widths and pen positions are 26.6 fixed point (64 = one pixel).
 */
#ifndef SCOUT_TEXT_TEXT_H
#define SCOUT_TEXT_TEXT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/geometry.h"
#include "blit/blit.h"

/* TEXT_MONO: all characters of one width, where such a font is installed. */
enum text_weight { TEXT_REGULAR, TEXT_SEMIBOLD, TEXT_MONO, TEXT_WEIGHTS };

enum {
	TEXT_SIZE_MIN = 4 * 64,
	TEXT_SIZE_MAX = 256 * 64,
	/* Bytes of glyph pictures that one `struct text` keeps. */
	TEXT_CACHE_MAX = 512 << 10,
};

struct text_style {
	enum text_weight weight;
	int size; /* of the em, 26.6 */
	int tracking; /* added to each advance, 26.6 */
	bool tabular; /* digits of one width */
	bool slanted;
};

/* Pixels; for placing lines. */
struct text_metrics {
	int ascent; /* above the baseline */
	int descent; /* below it, positive */
	int cap; /* height of capitals */
};

struct text; /* faces and their glyph cache */

/* NULL with one log line when FreeType does not start. */
struct text *text_create(void);
void text_destroy(struct text *text); /* NULL is fine */

struct text_metrics text_metrics(struct text *text, struct text_style style);

/* Width of `bytes` bytes of UTF-8; what isn't valid counts as U+FFFD. */
int text_width(struct text *text, struct text_style style, const char *string,
	       size_t bytes);

/*
 * Draws with the pen starting at x (26.6) on the baseline row y. Only pixels
 * inside `clip` (which lies in the surface) are written. Colour: 0xAARRGGBB,
 * not premultiplied. Returns where the pen ends.
 */
int text_draw(struct text *text, const struct blit_surface *to,
	      struct rect clip, struct text_style style, int x, int y,
	      const char *string, size_t bytes, uint32_t color);

/*
 * How many bytes fit into `width` (26.6) when an ellipsis follows; all of them
 * when the whole string fits.
 */
size_t text_fit(struct text *text, struct text_style style, const char *string,
		size_t bytes, int width);

/*
 * Where a line has to end: bytes of the first line when wrapped at `width`
 * (26.6), at a blank if there is one, never 0 for a string that is not empty.
 */
size_t text_wrap(struct text *text, struct text_style style, const char *string,
		 size_t bytes, int width);

#endif
