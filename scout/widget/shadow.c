/*
 * Soft shadows. That of a window is computed once for a theme and scale, as
 * the tiles of its left corners.
 */
#include <stdlib.h>

#include "base/alloc.h"
#include "scout/widget/gfx.h"
#include "scout/widget/gfx_private.h"

/* 255 times the Gaussian integral from -3 to 3 sigma, outwards. */
static const uint8_t gauss[17] = { 255, 254, 252, 247, 238, 222, 197, 165, 128,
				   90,  58,  33,  17,  8,   3,   1,   0 };

/* Shadow of 0..255 at a distance of d sigmas from the edge. */
static float gauss_at(float d)
{
	float t = clampf((d + 3) * (16 / 6.0f), 0, 15.999f);
	int i = (int)t;

	return gauss[i] + (gauss[i + 1] - gauss[i]) * (t - (float)i);
}

static float soft(float x, float y, struct frect r, float radius, float sigma)
{
	float d = distance(x, y, r, radius + sigma * 0.6f);

	return gauss_at(d / sigma) / 255;
}

void gfx_soft_shadow(struct gfx *gfx, struct frect r, float radius, float sigma,
		     uint32_t color, int alpha)
{
	int reach = ceili(sigma * 2.5f);
	struct rect box = { floori(r.x) - reach, floori(r.y) - reach,
			    ceili(r.w) + 2 * reach + 1,
			    ceili(r.h) + 2 * reach + 1 };
	struct rect v = rect_intersect(rect_moved(box, gfx->x, gfx->y),
				       gfx->clip);

	for (int y = v.y; y < v.y + v.h; y++) {
		uint32_t *row = gfx_row(gfx, y);

		for (int x = v.x; x < v.x + v.w; x++) {
			float k = soft((float)(x - gfx->x) + 0.5f,
				       (float)(y - gfx->y) + 0.5f, r, radius,
				       sigma);

			row[x] = blend(row[x], color,
				       (uint32_t)(k * (float)alpha));
		}
	}
}

struct margin shadow_margin(int scale)
{
	return (struct margin){ 40 * scale / 100, 30 * scale / 100,
				40 * scale / 100, 50 * scale / 100 };
}

/* Alpha of both layers at a pixel; window of a size that has straight edges. */
static uint8_t window_shadow(const struct theme *theme, float scale, float x,
			     float y, float side, bool focused)
{
	struct frect far = { 0, 10 * scale, side, side };
	struct frect near = { 0, scale, side, side };
	float a = soft(x, y, far, 14 * scale, 18 * scale) *
		  (focused ? theme->shadow_alpha : theme->shadow_idle_alpha);
	float b = soft(x, y, near, 10 * scale, 2 * scale) *
		  theme->shadow_near_alpha;

	return (uint8_t)(a + b - a * b / 255 + 0.5f);
}

void shadow_init(struct shadow *shadow, const struct theme *theme, int scale,
		 bool focused)
{
	struct margin margin = shadow_margin(scale);
	int inside = 56 * scale / 100;
	float side = (float)(6 * inside), f = (float)scale / 100;

	*shadow = (struct shadow){
		.margin = margin,
		.side = margin.left + inside,
		.top_h = margin.top + inside,
		.bottom_h = margin.bottom + inside,
		.corner = 10 * scale / 100,
		.color = theme->shadow,
	};
	shadow->top = xcalloc((size_t)shadow->side, (size_t)shadow->top_h);
	shadow->bottom = xcalloc((size_t)shadow->side,
				 (size_t)shadow->bottom_h);
	for (int x = 0; x < shadow->side; x++) {
		float wx = (float)(x - margin.left) + 0.5f;

		for (int y = 0; y < shadow->top_h; y++)
			shadow->top[y * shadow->side + x] = window_shadow(
				theme, f, wx, (float)(y - margin.top) + 0.5f,
				side, focused);
		for (int y = 0; y < shadow->bottom_h; y++)
			shadow->bottom[y * shadow->side + x] = window_shadow(
				theme, f, wx,
				side - (float)inside + (float)y + 0.5f, side,
				focused);
	}
}

void shadow_finish(struct shadow *shadow)
{
	free(shadow->top);
	free(shadow->bottom);
}

/* A row of the tile for row y (from the upper end of the margin) of a picture
 * `h` high with its margins. */
static const uint8_t *tile_row(const struct shadow *shadow, int y, int h)
{
	if (y < shadow->top_h)
		return shadow->top + y * shadow->side;
	if (y >= h - shadow->bottom_h)
		return shadow->bottom +
		       (y - (h - shadow->bottom_h)) * shadow->side;
	return shadow->top + (shadow->top_h - 1) * shadow->side;
}

static int tile_alpha(const struct shadow *shadow, const uint8_t *row, int x,
		      int w)
{
	int fold = imin(imin(x, w - 1 - x), shadow->side - 1);

	return row[fold];
}

/* Premultiplied. */
static uint32_t shade(const struct shadow *shadow, int alpha)
{
	return blend(0, shadow->color, (uint32_t)alpha);
}

/* Pixels of a round corner keep their share, the rest is shadow. */
static uint32_t cut(const struct shadow *shadow, uint32_t pixel, float x,
		    float y, int w, int h, int alpha)
{
	struct frect r = { 0, 0, (float)w, (float)h };
	float k = coverage(distance(x, y, r, (float)shadow->corner));

	return blend(shade(shadow, alpha), pixel, (uint32_t)(k * 255 + 0.5f));
}

void shadow_paint(const struct shadow *shadow, struct gfx *gfx, int w, int h)
{
	const struct margin *m = &shadow->margin;
	int all_w = w + m->left + m->right, all_h = h + m->top + m->bottom;
	struct rect all = { gfx->x - m->left, gfx->y - m->top, all_w, all_h };
	struct rect v = rect_intersect(all, gfx->clip);

	for (int y = v.y; y < v.y + v.h; y++) {
		uint32_t *row = gfx_row(gfx, y);
		const uint8_t *tile = tile_row(shadow, y - all.y, all_h);
		int wy = y - gfx->y;
		bool inside = wy >= 0 && wy < h;
		bool corner = inside &&
			      (wy < shadow->corner || wy >= h - shadow->corner);
		int skip = corner ? shadow->corner : 0;

		for (int x = v.x; x < v.x + v.w; x++) {
			int wx = x - gfx->x;

			if (inside && wx >= skip && wx < w - skip) {
				x = gfx->x + w - skip - 1;
				continue;
			}
			int a = tile_alpha(shadow, tile, x - all.x, all_w);

			row[x] = inside && wx >= 0 && wx < w
					 ? cut(shadow, row[x], (float)wx + 0.5f,
					       (float)wy + 0.5f, w, h, a)
					 : shade(shadow, a);
		}
	}
}
