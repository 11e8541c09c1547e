/*
 * The liquid background: soft diagonal highlights that drift over dark steel.
 * Computed small and enlarged smoothly.
 */
#ifndef LIQUID_FB_LIQUID_H
#define LIQUID_FB_LIQUID_H

#include <stdint.h>

#include "base/geometry.h"
#include "scout/widget/gfx.h"

enum { LIQUID_W = 160, LIQUID_H = 100, LIQUID_TABLE = 256 };

struct liquid {
	uint32_t pixels[LIQUID_W * LIQUID_H];
	uint32_t colors[LIQUID_TABLE]; /* dark to bright */
	uint8_t shape[LIQUID_TABLE]; /* of a highlight, from its middle on */
	double seconds; /* of drift */
};

void liquid_init(struct liquid *liquid);
/* The picture `seconds` later. */
void liquid_step(struct liquid *liquid, double seconds);
/* Paints the part of it in gfx's clip over w x h pixels from the origin. */
void liquid_paint(const struct liquid *liquid, struct gfx *gfx, int w, int h);

#endif
