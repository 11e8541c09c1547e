/*
 * cursor: the picture of an X pointer as nitpicker takes it.
 */
#ifndef XVFB_GLUE_CURSOR_H
#define XVFB_GLUE_CURSOR_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "session/protocol.h"

struct cursor {
	uint32_t w, h, hot_x, hot_y;
	uint32_t pixels[LIMIT_POINTER_SIDE * LIMIT_POINTER_SIDE];
};

/* The desktop's own shape for a cursor's name (of X11/cursorfont.h, or of CSS
 * as toolkits use them); NULL: it has none. */
const char *cursor_named(const char *name, size_t length);

/* Premultiplied argb8888, rows of w pixels, made smaller by a whole factor
 * where it is larger than LIMIT_POINTER_SIDE. w and h are at least 1. */
void cursor_fill(struct cursor *cursor, uint32_t w, uint32_t h, uint32_t hot_x,
		 uint32_t hot_y, const uint32_t *pixels);

/* Is there nothing to be seen? */
bool cursor_is_blank(const struct cursor *cursor);

#endif
