/*
 * contour: the outline of a window that is no rectangle, exact at any number of
 * rectangles. Window coordinates.
 */
#ifndef XVFB_GLUE_CONTOUR_H
#define XVFB_GLUE_CONTOUR_H

#include <stdbool.h>
#include <stddef.h>

#include "base/geometry.h"

struct contour {
	struct rect *rects; /* owned; by y, then x; none overlap, in bands */
	size_t count, capacity;
};

/* Zeroed is a fine, empty one. */
void contour_finish(struct contour *contour);
void contour_clear(struct contour *contour); /* keeps its memory */
/* Appends; in the order of the X server (YXBanded). What is empty, or comes
 * before the last one, is left out. */
void contour_add(struct contour *contour, struct rect r);
bool contour_has_point(const struct contour *contour, int x, int y);
/* Its largest rectangle, if that is more than half of `area` pixels; else an
 * empty one. */
struct rect contour_solid(const struct contour *contour, int64_t area);
/* Makes what lies in r, but not in the shape, transparent. Pixel (0,0) of the
 * window is at (dx,dy) of `pixels`, whose rows are `stride` bytes apart. */
void contour_cut(const struct contour *contour, struct rect r, void *pixels,
		 size_t stride, int dx, int dy);

#endif
