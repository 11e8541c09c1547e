/* The pointer, drawn by the card. */
#ifndef DRIVER_INTEL_CURSOR_H
#define DRIVER_INTEL_CURSOR_H

#include "layout.h"

enum { CURSOR_SIDE = 64 }; /* what all cards can */

struct cursor {
	int card;
	uint32_t handle, stride; /* 0: this card can't */
	uint64_t bytes;
	uint8_t *memory;
	int32_t hot_x, hot_y, x, y;
	bool visible, has_image;
};

/* False: the card has none; the client draws the pointer then. */
bool cursor_init(struct cursor *cursor, int card, const struct layout *layout);
void cursor_finish(struct cursor *cursor); /* zeroed memory is fine */

/* argb8888 premultiplied, at most CURSOR_SIDE each way. */
void cursor_set_image(struct cursor *cursor, const struct layout *layout,
		      uint32_t w, uint32_t h, int32_t hot_x, int32_t hot_y,
		      const uint32_t *pixels);
void cursor_move(struct cursor *cursor, const struct layout *layout, int32_t x,
		 int32_t y, bool visible);

/* Again on all heads, after a change of mode. */
void cursor_show(const struct cursor *cursor, const struct layout *layout);

#endif
