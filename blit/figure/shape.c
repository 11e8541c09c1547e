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

enum { SAMPLES = 4 };

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

void figure_metal(const struct blit_surface *to, struct rect clip,
		  struct rect bar, uint32_t top, uint32_t bottom)
{
	const int last = bar.h > 1 ? bar.h - 1 : 1;

	for (int y = clip.y; y < clip.y + clip.h; y++) {
		uint32_t color = figure_between(top, bottom, y - bar.y, last);

		if (y == bar.y)
			color = figure_between(top, 0xffffff, 1, 5);
		else if (y == bar.y + last)
			color = figure_between(bottom, 0, 4, 5);
		blit_fill(to, clip.x, y, clip.w, 1, color);
	}
}
