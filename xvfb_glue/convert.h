/*
 * convert: pixels of X in whatever depth become argb8888.
 *
 * Exact: a component of 5 or 6 bits is widened by repeating its upper bits,
 * which is what the X server's own definition of these colours gives; of 10
 * bits the upper 8 are kept; indices go through the colour map. What has no
 * alpha gets 255.
 */
#ifndef XVFB_GLUE_CONVERT_H
#define XVFB_GLUE_CONVERT_H

#include <stddef.h>
#include <stdint.h>

#include "base/geometry.h"

enum { CONVERT_COLORS = 256 };

struct convert_source {
	const void *pixels;
	size_t stride; /* bytes */
	int w, h;
	int depth; /* 8, 15, 16, 24, 30, 32 */
	const uint32_t *colors; /* of depth 8: CONVERT_COLORS of argb8888 */
};

/* Bytes of a pixel; 0: not a depth that can be converted. */
int convert_bytes(int depth);

/* Pixel (x,y) of the source, x and y in `r`, goes to (x + dx, y + dy) of `to`,
 * rows of `stride` bytes. `r` must lie in the source, the result in `to`. */
void convert(const struct convert_source *from, struct rect r, void *to,
	     size_t stride, int dx, int dy);

/* One row of `n` pixels. */
void convert_row(const struct convert_source *from, const void *row,
		 uint32_t *out, int n);

#endif
