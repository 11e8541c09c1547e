#include "cursor.h"

#include <string.h>
#include <sys/param.h>

static const struct {
	const char *name, *shape;
} names[] = {
	{ "left_ptr", "arrow" },       { "default", "arrow" },
	{ "arrow", "arrow" },          { "top_left_arrow", "arrow" },
	{ "xterm", "text" },           { "text", "text" },
	{ "ibeam", "text" },           { "hand1", "hand" },
	{ "hand2", "hand" },           { "hand", "hand" },
	{ "pointer", "hand" },         { "pointing_hand", "hand" },
	{ "fleur", "move" },           { "move", "move" },
	{ "all-scroll", "move" },      { "size_all", "move" },
	{ "watch", "wait" },           { "wait", "wait" },
	{ "cross", "cross" },          { "crosshair", "cross" },
	{ "tcross", "cross" },         { "left_side", "resize-w" },
	{ "w-resize", "resize-w" },    { "right_side", "resize-e" },
	{ "e-resize", "resize-e" },    { "top_side", "resize-n" },
	{ "n-resize", "resize-n" },    { "bottom_side", "resize-s" },
	{ "s-resize", "resize-s" },    { "top_left_corner", "resize-nw" },
	{ "nw-resize", "resize-nw" },  { "top_right_corner", "resize-ne" },
	{ "ne-resize", "resize-ne" },  { "bottom_left_corner", "resize-sw" },
	{ "sw-resize", "resize-sw" },  { "bottom_right_corner", "resize-se" },
	{ "se-resize", "resize-se" },  { "sb_h_double_arrow", "resize-e" },
	{ "ew-resize", "resize-e" },   { "col-resize", "resize-e" },
	{ "size_hor", "resize-e" },    { "sb_v_double_arrow", "resize-s" },
	{ "ns-resize", "resize-s" },   { "row-resize", "resize-s" },
	{ "size_ver", "resize-s" },    { "nwse-resize", "resize-se" },
	{ "size_fdiag", "resize-se" }, { "nesw-resize", "resize-sw" },
	{ "size_bdiag", "resize-sw" },
};

const char *cursor_named(const char *name, size_t length)
{
	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		if (strlen(names[i].name) == length &&
		    !memcmp(names[i].name, name, length))
			return names[i].shape;
	return NULL;
}

/* The mean of a block, cut off at the edges. */
static uint32_t mean(const uint32_t *pixels, uint32_t stride, uint32_t w,
		     uint32_t h)
{
	uint32_t sum[4] = { 0 }, out = 0;

	for (uint32_t y = 0; y < h; y++)
		for (uint32_t x = 0; x < w; x++)
			for (unsigned i = 0; i < 4; i++)
				sum[i] += pixels[(size_t)y * stride + x] >>
						  (8 * i) &
					  0xff;
	for (unsigned i = 0; i < 4; i++)
		out |= sum[i] / (w * h) << (8 * i);
	return out;
}

void cursor_fill(struct cursor *cursor, uint32_t w, uint32_t h, uint32_t hot_x,
		 uint32_t hot_y, const uint32_t *pixels)
{
	uint32_t factor = (MAX(w, h) + LIMIT_POINTER_SIDE - 1) /
			  LIMIT_POINTER_SIDE;
	uint32_t *to = cursor->pixels;

	cursor->w = (w + factor - 1) / factor;
	cursor->h = (h + factor - 1) / factor;
	cursor->hot_x = MIN(hot_x / factor, cursor->w - 1);
	cursor->hot_y = MIN(hot_y / factor, cursor->h - 1);
	for (uint32_t y = 0; y < h; y += factor)
		for (uint32_t x = 0; x < w; x += factor)
			*to++ = mean(pixels + (size_t)y * w + x, w,
				     MIN(factor, w - x), MIN(factor, h - y));
}

bool cursor_is_blank(const struct cursor *cursor)
{
	for (uint32_t i = 0; i < cursor->w * cursor->h; i++)
		if (cursor->pixels[i] >> 24)
			return false;
	return true;
}
