/*
 * text: measured and drawn with FreeType.
 *
 * Greyscale coverage, light hinting, advances as designed (not hinted) and
 * glyphs at quarter-pixel positions, so that spacing is even at every size.
 * Pairs are kerned from `kern`. Sizes are real pixels: whoever scales, scales
 * the size, never the picture.
 *
 * The built-in faces Scout Sans (a subset of Inter: Latin-1, punctuation,
 * arrows; licence in font/OFL.txt) and Scout Mono (of DejaVu Sans Mono;
 * font/DEJAVU.txt) come first and are part of the library, so text appears, and
 * looks the same, on a machine without any font. Characters it lacks are looked
 * for in the fonts that are installed (see face.c), opened only then. Combining
 * marks are put onto the character before: as one character where there is one,
 * else in the middle above or below. Lines with letters that join, or that run
 * to the left, are shaped by HarfBuzz and ordered by FriBidi where these are
 * installed (see complex.c; a face with these letters is needed, too: DejaVu
 * has Hebrew and Arabic); else they are shown as they are written, from the
 * left. What isn't UTF-8 is shown as U+FFFD, one a byte.
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

/* TEXT_MONO: all characters of one width. */
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
	bool slanted; /* to the right; widths stay the same */
	bool rtl; /* a part of a line, all of which runs to the left */
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

/* Text of that weight is of the font in that file; what it lacks comes from the
 * built-in one. Once, before anything is measured. False when the file is no
 * font that can be scaled, or, for TEXT_MONO, none of one width. */
bool text_use_font(struct text *text, enum text_weight weight,
		   const char *path);

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
 * (26.6), blanks at its end included, never 0 for a string that is not empty.
 * Words that are longer than a line are cut.
 */
size_t text_wrap(struct text *text, struct text_style style, const char *string,
		 size_t bytes, int width);

/* The same with all that a paragraph of one style needs. */
struct text_line {
	size_t bytes; /* up to where the next line begins */
	size_t shown; /* without blanks and the line's end behind it */
	int width; /* of what is shown, 26.6 */
	bool hard; /* ends because the text says so */
};
struct text_line text_line(struct text *text, struct text_style style,
			   const char *string, size_t bytes, int width);

/*
 * Where the caret stands before each byte: x[0] to x[bytes] (26.6). Bytes
 * inside of a character have the position of its first. Returns the whole
 * width, which is x[bytes] where all runs to the right.
 */
int text_positions(struct text *text, struct text_style style,
		   const char *string, size_t bytes, int *x);

/* The offset of the boundary of characters that is nearest to x (26.6). */
size_t text_hit(struct text *text, struct text_style style, const char *string,
		size_t bytes, int x);

/* The same for one offset. */
int text_caret(struct text *text, struct text_style style, const char *string,
	       size_t bytes, size_t at);

/* The parts of the line that the bytes [from, to) take, from left to right:
 * more than one where both directions meet. Those beyond TEXT_SPANS_MAX are
 * left out. Returns how many. */
enum { TEXT_SPANS_MAX = 32 };
struct text_span {
	int left, right; /* 26.6 */
};
size_t text_spans(struct text *text, struct text_style style,
		  const char *string, size_t bytes, size_t from, size_t to,
		  struct text_span spans[TEXT_SPANS_MAX]);

/* The line begins at the right. */
bool text_is_rtl(struct text *text, struct text_style style, const char *string,
		 size_t bytes);

/*
 * The level (UAX #9) of each byte of a paragraph: odd ones run to the left. For
 * lines of several styles, whose parts, each of one level, are put into their
 * order by whoever made them. NULL: all of it runs to the right, or nothing can
 * be done about it. Owned by the caller.
 */
uint8_t *text_levels(struct text *text, const char *string, size_t bytes);

/* Can complex scripts be shown? Loads what that needs. */
bool text_can_shape(struct text *text);

/* ---- where lines may end (UAX #14), for text of several styles ---- */

enum text_break { TEXT_BREAK_NOT, TEXT_BREAK_MAY, TEXT_BREAK_MUST };

/* A walk over a string; all but the names of the functions is private. */
struct text_breaks {
	const char *string;
	size_t bytes, at;
	uint8_t last, base, number;
	bool joined, after_hebrew;
	unsigned regional;
};

void text_breaks_begin(struct text_breaks *breaks, const char *string,
		       size_t bytes);
/* The next character: its offset, and whether a line may end before it. False
 * behind the last one. */
bool text_breaks_next(struct text_breaks *breaks, size_t *at,
		      enum text_break *kind);

#endif
