#include "blit/figure/figure.h"

void rect_split_around(struct rect part[4], struct rect outer,
		       struct rect inner)
{
	int32_t right = outer.x + outer.w, bottom = outer.y + outer.h;
	inner = rect_intersect(outer, inner);
	if (rect_is_empty(inner))
		inner = (struct rect){ outer.x, bottom, 0, 0 };
	part[0] = (struct rect){ outer.x, outer.y, outer.w, inner.y - outer.y };
	part[1] = (struct rect){ outer.x, inner.y, inner.x - outer.x, inner.h };
	part[2] = (struct rect){ inner.x + inner.w, inner.y,
				 right - inner.x - inner.w, inner.h };
	part[3] = (struct rect){ outer.x, inner.y + inner.h, outer.w,
				 bottom - inner.y - inner.h };
}

/* The arrow, in 1/10 logical pixels, its tip at (0,0). */
enum { CORNERS = 7, SAMPLES = 4 };

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

void figure_arrow(uint32_t *pixels, int w, int h, uint32_t scale)
{
	for (int i = 0; i < w * h; i++)
		pixels[i] = arrow_pixel(scale, i % w, i / w);
}

/* How much of pixel (x,y) a circle covers whose box has that side. */
static uint8_t disc_cover(int side, int x, int y)
{
	int count = 0, radius = side * SAMPLES;

	for (int i = 0; i < SAMPLES * SAMPLES; i++) {
		int dx = 2 * (x * SAMPLES + i % SAMPLES) + 1 - radius;
		int dy = 2 * (y * SAMPLES + i / SAMPLES) + 1 - radius;

		count += dx * dx + dy * dy <= radius * radius;
	}
	return (uint8_t)(count * 255 / (SAMPLES * SAMPLES));
}

void figure_pill(const struct blit_surface *to, struct rect clip,
		 struct rect pill, uint32_t color)
{
	struct rect r = rect_intersect(pill, clip);
	int side = pill.h;

	for (int y = r.y; y < r.y + r.h; y++) {
		for (int x = r.x; x < r.x + r.w; x++) {
			int from_left = x - pill.x;
			int from_right = pill.x + pill.w - 1 - x;
			uint8_t cover = 255;

			if (from_left >= side / 2 && from_right >= side / 2) {
				int end = pill.x + pill.w - side / 2;
				int w = (end < r.x + r.w ? end : r.x + r.w) - x;

				blit_fill(to, x, y, w, 1, 0xff000000 | color);
				x += w - 1;
				continue;
			}
			cover = disc_cover(side,
					   from_left < from_right ? from_left
								  : from_right,
					   y - pill.y);
			blit_mask(to, x, y, 1, 1, &cover, 1,
				  0xff000000 | color);
		}
	}
}

uint32_t figure_between(uint32_t a, uint32_t b, int part, int whole)
{
	uint32_t color = 0xff000000;

	for (int shift = 0; shift < 24; shift += 8) {
		int from = a >> shift & 0xff, to = b >> shift & 0xff;

		color |= (uint32_t)(from + (to - from) * part / whole) << shift;
	}
	return color;
}
