/*
 * A picture in ordinary memory whose damage is copied to where it is shown: for
 * outputs that a client can't draw to itself. What is shown may be packed in 24
 * bits a pixel, and its rows may be longer.
 */
#ifndef DRIVER_SHADOW_SHADOW_H
#define DRIVER_SHADOW_SHADOW_H

#include "base/geometry.h"
#include "blit/blit.h"

struct shadow {
	int fd; /* sealed memory for the client, owned; -1: none */
	void *memory;
	uint32_t w, h, stride; /* pixels, bytes */
	enum blit_format format;
};

/* Where it is shown. */
struct shadow_target {
	uint8_t *memory;
	uint32_t stride; /* bytes */
	unsigned depth; /* bits of a pixel: 16, 24 or 32 */
};

/* Black. rgb565 for targets of 16 bits, else xrgb8888. False with errno. */
bool shadow_init(struct shadow *shadow, uint32_t w, uint32_t h, unsigned depth);
void shadow_finish(struct shadow *shadow);

/* Rectangles inside the picture; each pixel is written once, none is read. */
void shadow_show(const struct shadow *shadow,
		 const struct shadow_target *target, const struct rect *rects,
		 size_t count);

#endif
