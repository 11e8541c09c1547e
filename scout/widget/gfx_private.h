/*
 * What the parts of gfx share: single pixels and spans.
 */
#ifndef SCOUT_WIDGET_GFX_PRIVATE_H
#define SCOUT_WIDGET_GFX_PRIVATE_H

#include "scout/widget/gfx.h"

static inline uint32_t *gfx_row(const struct gfx *gfx, int y)
{
	return (uint32_t *)((char *)gfx->surface.pixels +
			    y * gfx->surface.stride);
}

/* d with a/255 of the opaque colour c on it, as blit's mask does it. */
static inline uint32_t blend(uint32_t d, uint32_t c, uint32_t a)
{
	uint32_t rb = (d & 0xff00ff) * (255 - a) + (c & 0xff00ff) * a;
	uint32_t ag = (d >> 8 & 0xff00ff) * (255 - a) +
		      ((c >> 8 & 0xff) | 0xff0000) * a;

	rb += 0x800080;
	ag += 0x800080;
	rb = (rb + (rb >> 8 & 0xff00ff)) >> 8 & 0xff00ff;
	ag = (ag + (ag >> 8 & 0xff00ff)) & 0xff00ff00;
	return rb | ag;
}

/* Pixels [x0, x1) of a row, surface coordinates, not clipped. */
static inline void span(uint32_t *row, int x0, int x1, uint32_t c, int a)
{
	if (a >= 255) {
		for (int x = x0; x < x1; x++)
			row[x] = 0xff000000 | c;
		return;
	}
	for (int x = x0; x < x1; x++)
		row[x] = blend(row[x], c, (uint32_t)a);
}

/* An alpha behind the veil. */
static inline int unveiled(const struct gfx *gfx, int alpha)
{
	return gfx->veil ? alpha * (255 - gfx->veil) / 255 : alpha;
}

static inline float clampf(float v, float low, float high)
{
	return v < low ? low : v > high ? high : v;
}

static inline int imax(int a, int b)
{
	return a > b ? a : b;
}

static inline int imin(int a, int b)
{
	return a < b ? a : b;
}

/* Distance of a point to the outline of a rounded rectangle; inside < 0. */
static inline float distance(float x, float y, struct frect r, float radius)
{
	float dx = x - (r.x + r.w / 2), dy = y - (r.y + r.h / 2);
	float qx = (dx < 0 ? -dx : dx) - r.w / 2 + radius;
	float qy = (dy < 0 ? -dy : dy) - r.h / 2 + radius;
	float ox = qx > 0 ? qx : 0, oy = qy > 0 ? qy : 0;
	float most = qx > qy ? qx : qy;

	return __builtin_sqrtf(ox * ox + oy * oy) + (most < 0 ? most : 0) -
	       radius;
}

/* How much of a pixel at that distance is covered. */
static inline float coverage(float d)
{
	return clampf(0.5f - d, 0, 1);
}

static inline int floori(float v)
{
	int i = (int)v;

	return i - (v < (float)i);
}

static inline int ceili(float v)
{
	return -floori(-v);
}

#endif
