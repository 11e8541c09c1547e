/*
 * Text of the server: labels and the menubar. Glyphs are baked into the
 * program (bake/bake.c says how they are stored): Latin-1, Latin Extended-A
 * and some punctuation. Anything else shows as the box of U+FFFD.
 */
#ifndef SERVER_FONT_H
#define SERVER_FONT_H

#include <stddef.h>
#include <stdint.h>

#include "base/geometry.h"
#include "blit/blit.h"

/* One size; points into the program's data. */
struct font {
	const uint8_t *glyphs, *images;
	unsigned count;
	int size, ascent; /* pixels */
};

/* The largest one that is not larger than `size` pixels, else the smallest. */
struct font font_of_size(int size);

/* Pixels. */
int font_width(const struct font *font, const char *text);

/*
 * Draws UTF-8 text with its baseline at (x, y), coordinates of the surface,
 * only inside `clip`. 0xAARRGGBB. Returns the x behind it.
 */
int font_draw(const struct font *font, const struct blit_surface *to,
	      struct rect clip, int x, int y, const char *text, uint32_t color);

#endif
