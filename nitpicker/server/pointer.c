#include "core.h"

#include <stdlib.h>

#include "base/alloc.h"

/* The arrow, in 1/10 logical pixels, its tip at (0,0). */
enum { ARROW_W = 13, ARROW_H = 20, CORNERS = 7, SAMPLES = 4 };

static const int16_t outer[CORNERS][2] = {
	{ 0, 0 },    { 0, 172 },  { 42, 134 },  { 66, 193 },
	{ 94, 181 }, { 70, 124 }, { 124, 124 },
};
static const int16_t inner[CORNERS][2] = {
	{ 11, 27 },  { 11, 147 }, { 46, 116 }, { 72, 178 },
	{ 80, 174 }, { 54, 113 }, { 97, 113 },
};

/* Even-odd; x and y in 1/10 logical pixels times 64. */
static bool is_inside(const int16_t shape[CORNERS][2], int64_t x, int64_t y)
{
	bool inside = false;

	for (int i = 0, j = CORNERS - 1; i < CORNERS; j = i++) {
		int64_t xi = shape[i][0] * 64, yi = shape[i][1] * 64;
		int64_t xj = shape[j][0] * 64, yj = shape[j][1] * 64;

		if ((yi > y) == (yj > y))
			continue;
		if (x < (xj - xi) * (y - yi) / (yj - yi) + xi)
			inside = !inside;
	}
	return inside;
}

static uint32_t arrow_pixel(uint32_t scale, int px, int py)
{
	enum { ALL = SAMPLES * SAMPLES };
	uint32_t cover = 0, dark = 0;

	for (int i = 0; i < ALL; i++) {
		/* Centres of samples; 10 * 64 * 100 units a logical pixel. */
		int64_t x = (px * SAMPLES + i % SAMPLES) * 2 + 1;
		int64_t y = (py * SAMPLES + i / SAMPLES) * 2 + 1;

		x = x * 640 * 100 / (2 * SAMPLES) / scale;
		y = y * 640 * 100 / (2 * SAMPLES) / scale;
		cover += is_inside(outer, x, y);
		dark += is_inside(inner, x, y);
	}
	if (dark > cover)
		dark = cover;

	/* A dark arrow with a white edge, premultiplied. */
	uint32_t alpha = cover * 255 / ALL, white = (cover - dark) * 255 / ALL;

	return alpha << 24 | (white + dark * 0x14 / ALL) << 16 |
	       (white + dark * 0x18 / ALL) << 8 | (white + dark * 0x1e / ALL);
}

struct rect pointer_rect(const struct core *core)
{
	struct rect r = { core->pointer.x, core->pointer.y,
			  scaled(core, ARROW_W), scaled(core, ARROW_H) };

	return rect_intersect(r, (struct rect){ 0, 0, core->output.width,
						core->output.height });
}

void pointer_paint(struct core *core, const struct blit_surface *to,
		   struct rect clip)
{
	int w = scaled(core, ARROW_W), h = scaled(core, ARROW_H);
	struct rect r = rect_intersect(core->pointer_drawn, clip);

	if (rect_is_empty(r))
		return;
	if (core->pointer_scale != core->scale) {
		core->pointer_scale = core->scale;
		core->pointer_image = xreallocarray(
			core->pointer_image, (size_t)(w * h), sizeof(uint32_t));
		for (int i = 0; i < w * h; i++)
			core->pointer_image[i] = arrow_pixel(core->scale, i % w,
							     i / w);
	}

	struct blit_surface from = {
		.pixels = core->pointer_image,
		.stride = w * 4,
		.width = w,
		.height = h,
		.format = BLIT_ARGB8888,
	};

	blit_over(to, &from,
		  (struct blit_area){ r.x, r.y, r.w, r.h,
				      r.x - core->pointer_drawn.x,
				      r.y - core->pointer_drawn.y });
}
