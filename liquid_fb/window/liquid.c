#include "liquid.h"

#include <math.h>

/* What is bright, what is dark; between them the eye makes out waves. */
static const uint32_t stops[] = { 0x0e1a2c, 0x1b2b42, 0x3f5066, 0x8a98a8 };

enum { STOPS = 4, HIGHLIGHTS = 4, SPAN = 420 };

/* Distances are those of the small picture, measured along the diagonal. */
struct highlight {
	double start, speed; /* per second */
	int half; /* where it ends */
	int strength; /* of 256 */
};

static const struct highlight highlights[HIGHLIGHTS] = {
	{ 20, 3.0, 46, 210 },
	{ 120, 2.2, 30, 150 },
	{ 215, 3.6, 60, 230 },
	{ 330, 2.7, 38, 170 },
};

void liquid_init(struct liquid *liquid)
{
	for (int i = 0; i < LIQUID_TABLE; i++) {
		int at = i * (STOPS - 1), stop = at / LIQUID_TABLE;
		double d = i / (double)(LIQUID_TABLE - 1);

		liquid->colors[i] = 0xff000000 |
				    color_mix(stops[stop], stops[stop + 1],
					      at % LIQUID_TABLE);
		liquid->shape[i] = (uint8_t)(255 * 0.5 * (1 + cos(M_PI * d)));
	}
	liquid->seconds = 0;
	liquid_step(liquid, 0);
}

/* The middles of the highlights wander around a circle of SPAN. */
static void places(const struct liquid *liquid, int at[HIGHLIGHTS])
{
	for (int i = 0; i < HIGHLIGHTS; i++)
		at[i] = (int)(fmod(highlights[i].start +
					   liquid->seconds *
						   highlights[i].speed,
				   SPAN) *
			      16);
}

static int level(const struct liquid *liquid, const int at[HIGHLIGHTS],
		 int along)
{
	int sum = 0;

	for (int i = 0; i < HIGHLIGHTS; i++) {
		int d = (along - at[i]) % (SPAN * 16);
		int half = highlights[i].half * 16;

		d = d < 0 ? d + SPAN * 16 : d;
		d = d > SPAN * 8 ? SPAN * 16 - d : d;
		if (d < half)
			sum += liquid->shape[d * (LIQUID_TABLE - 1) / half] *
			       highlights[i].strength / 256;
	}
	return sum < LIQUID_TABLE ? sum : LIQUID_TABLE - 1;
}

void liquid_step(struct liquid *liquid, double seconds)
{
	uint32_t *out = liquid->pixels;
	int at[HIGHLIGHTS];

	liquid->seconds += seconds;
	places(liquid, at);
	for (int y = 0; y < LIQUID_H; y++) {
		/* 1/16: the diagonal, bent by slow waves */
		double bend = 9 * sin(y * 0.045 + liquid->seconds * 0.21) +
			      5 * sin(y * 0.11 - liquid->seconds * 0.13);
		int along = (int)((y * 0.9 + bend) * 16) + SPAN * 16;

		for (int x = 0; x < LIQUID_W; x++, along += 14)
			*out++ = liquid->colors[level(liquid, at, along)];
	}
}

void liquid_paint(const struct liquid *liquid, struct gfx *gfx, int w, int h)
{
	struct blit_surface small = {
		.pixels = (void *)(uintptr_t)liquid->pixels,
		.stride = LIQUID_W * 4,
		.width = LIQUID_W,
		.height = LIQUID_H,
		.format = BLIT_ARGB8888,
	};
	struct rect clip = rect_intersect(
		gfx->clip, (struct rect){ gfx->x, gfx->y, w, h });

	if (rect_is_empty(clip))
		return;
	blit_smooth(&gfx->surface, &small,
		    (struct blit_scale){ .x = gfx->x,
					 .y = gfx->y,
					 .w = w,
					 .h = h,
					 .sw = LIQUID_W,
					 .sh = LIQUID_H,
					 .clip_x = clip.x,
					 .clip_y = clip.y,
					 .clip_w = clip.w,
					 .clip_h = clip.h });
}
