/*
 * Figures: short texts and a few shapes with smooth edges, drawn with integers
 * only, without a font library. The GUI server draws its labels, its menubar
 * and its pointer with them.
 *
 * Glyphs are baked into the program (bake/bake.c says how they are stored):
 * Latin-1, Latin Extended-A and some punctuation. Anything else shows as the
 * box of U+FFFD.
 *
 * All is drawn only inside `clip`, which lies inside the surface. Coordinates
 * are pixels of the surface.
 */
#ifndef BLIT_FIGURE_FIGURE_H
#define BLIT_FIGURE_FIGURE_H

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

/* Draws UTF-8 text with its baseline at (x, y) in 0xAARRGGBB. Returns the x
 * behind it. */
int font_draw(const struct font *font, const struct blit_surface *to,
	      struct rect clip, int x, int y, const char *text, uint32_t color);

/* The parts of `outer` around `inner`, some of them empty; an empty `inner`
 * leaves all of it. */
void rect_split_around(struct rect part[4], struct rect outer,
		       struct rect inner);

/* The colour at `part` of `whole` between two, as 0xffRRGGBB: gradients. */
uint32_t figure_between(uint32_t from, uint32_t to, int part, int whole);

/* The part in `clip` of a metal bar from `top` to `bottom` (0xRRGGBB), with a
 * highlight above and a shadow below. */
void figure_metal(const struct blit_surface *to, struct rect clip,
		  struct rect bar, uint32_t top, uint32_t bottom);

/* A bar with round ends in one colour 0x00RRGGBB; a disc where w is h. */
void figure_pill(const struct blit_surface *to, struct rect clip,
		 struct rect pill, uint32_t color);

/* A pill with a dark edge and two texts: a name, dark on a colour, and a title
 * in that colour on dark, so that none looks like the other. */
struct figure_badge {
	const char *name, *title; /* "": no title */
	uint32_t color; /* 0x00RRGGBB */
	uint32_t scale; /* percent */
};

struct rect figure_badge_rect(const struct figure_badge *badge); /* its size */
/* In `place`, as high as that; a narrower one cuts the end of the texts. */
void figure_badge_draw(const struct figure_badge *badge,
		       const struct blit_surface *to, struct rect clip,
		       struct rect place);

/* Shapes of the pointer. */
enum figure_pointer {
	POINTER_ARROW,
	POINTER_TEXT,
	POINTER_HAND,
	POINTER_MOVE,
	POINTER_WAIT,
	POINTER_CROSS,
	POINTER_RESIZE_N,
	POINTER_RESIZE_S,
	POINTER_RESIZE_W,
	POINTER_RESIZE_E,
	POINTER_RESIZE_NW,
	POINTER_RESIZE_SE,
	POINTER_RESIZE_NE,
	POINTER_RESIZE_SW,
	POINTER_COUNT,
};

/* By name ("arrow", "resize-nw"); -1: none. */
int figure_pointer_find(const char *name);

/* Pixels at a scale in percent: w and h, and the hot spot at x and y. */
struct rect figure_pointer_rect(enum figure_pointer shape, uint32_t scale);

/* Draws it as w * h pixels argb8888, premultiplied. */
void figure_pointer_draw(enum figure_pointer shape, uint32_t scale,
			 uint32_t *pixels);

#endif
