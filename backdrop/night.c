#include "backdrop/night.h"

#include <math.h>
#include <stdint.h>

/* Baked by the host tool sky: tileable, 0 is the plain ground. */
extern const int8_t _binary_sky_bin_start[];

enum {
	SKY_SIDE = 512,
	SKY_SHIFT = 5, /* 1/32 pixels of the sky a screen pixel is, see below */
	SKY_STEP = 11, /* it is enlarged by 32 / 11 */
	TOP = 0x22303f, /* 0xrrggbb */
	BOTTOM = 0x121a24,
	GLOW = 0x3c5a78,
	BRIGHT = 0x5a7896, /* what the sky adds, */
	DIM = 0x0c1118,
	SKY_ALPHA = 56, /* at most that much of 255 */
	GLOW_ALPHA = 140,
	CELL = 4, /* pixels, side of the dither pattern */
	STRIP = 256, /* columns that are painted at a time */
	STRIP_SKY = STRIP * SKY_STEP / (1 << SKY_SHIFT) + 3,
};

/* What the pixels of some columns have in common. */
struct strip {
	int x, w;
	float glow[STRIP]; /* how much of it, 0..1 */
	uint16_t sky[STRIP]; /* the left one of two pixels, of the strip */
	uint16_t right[STRIP]; /* what the right one counts, of 32 */
};

/* What the pixels of a row have in common. */
struct row {
	float ground[3], glow;
	float dither[CELL];
	float sky[STRIP];
};

static float channel(uint32_t color, int shift)
{
	return (float)(color >> shift & 255);
}

static float mix(float a, float b, float t)
{
	return a + (b - a) * t;
}

static void strip_init(struct strip *strip, int x, int width, float middle,
		       float reach)
{
	int one = 1 << SKY_SHIFT, first = x * SKY_STEP / one;

	strip->x = x;
	strip->w = width - x < STRIP ? width - x : STRIP;
	for (int i = 0; i < strip->w; i++) {
		float away = ((float)(x + i) - middle) / reach;
		int at = (x + i) * SKY_STEP;

		strip->glow[i] = expf(-away * away);
		strip->sky[i] = (uint16_t)(at / one - first);
		strip->right[i] = (uint16_t)(at % one);
	}
}

/* The sky along a row: -1 to 1 times SKY_ALPHA. */
static void read_sky(const struct strip *strip, int y, float *sky)
{
	int mask = SKY_SIDE - 1, one = 1 << SKY_SHIFT, at = y * SKY_STEP;
	int first = strip->x * SKY_STEP / one, lower = at % one;
	const int8_t *rows[2] = {
		_binary_sky_bin_start + (at / one & mask) * SKY_SIDE,
		_binary_sky_bin_start + ((at / one + 1) & mask) * SKY_SIDE,
	};
	int mixed[STRIP_SKY];

	for (int i = 0; i < STRIP_SKY; i++) {
		int x = (first + i) & mask;

		mixed[i] = rows[0][x] * (one - lower) + rows[1][x] * lower;
	}
	for (int i = 0; i < strip->w; i++) {
		const int *pair = mixed + strip->sky[i];
		int right = strip->right[i];

		sky[i] = (float)(pair[0] * (one - right) + pair[1] * right) *
			 ((float)SKY_ALPHA / 255 / 127 / 1024);
	}
}

static void paint_row(const struct strip *strip, const struct row *row,
		      uint32_t *pixels)
{
	for (int i = 0; i < strip->w; i++) {
		float glow = strip->glow[i] * row->glow, sky = row->sky[i];
		float much = fabsf(sky), dither = row->dither[i % CELL];
		uint32_t p = 0xff;

		for (int c = 0, shift = 16; c < 3; c++, shift -= 8) {
			float color = sky > 0 ? channel(BRIGHT, shift)
					      : channel(DIM, shift);
			float v = mix(row->ground[c], channel(GLOW, shift),
				      glow);

			v = mix(v, color, much) + dither;
			p = p << 8 | (uint32_t)(int)v;
		}
		pixels[i] = p;
	}
}

/*
 * The colours lie so close together that plain rows would show as stripes, so
 * fractions are spread over a pattern of 4x4 pixels. The glow is where windows
 * mostly aren't, to the upper right of the middle.
 */
void night_paint(const struct blit_surface *target)
{
	static const uint8_t pattern[CELL][CELL] = {
		{ 0, 8, 2, 10 },
		{ 12, 4, 14, 6 },
		{ 3, 11, 1, 9 },
		{ 15, 7, 13, 5 },
	};
	int w = target->width, h = target->height;
	float reach = (float)h * 0.6f;
	struct strip strip;
	struct row row;

	for (int x = 0; x < w; x += STRIP) {
		strip_init(&strip, x, w, (float)w * 0.72f, reach);
		for (int y = 0; y < h; y++) {
			uint8_t *line = (uint8_t *)target->pixels +
					y * target->stride;
			float away = ((float)y - (float)h * 0.3f) / reach;
			float down = (float)y / (float)h;

			for (int i = 0; i < 3; i++)
				row.ground[i] = mix(channel(TOP, 16 - 8 * i),
						    channel(BOTTOM, 16 - 8 * i),
						    down);
			row.glow = expf(-away * away) * GLOW_ALPHA / 255;
			for (int i = 0; i < CELL; i++)
				row.dither[i] = (float)pattern[y % CELL][i] /
						16;
			read_sky(&strip, y, row.sky);
			paint_row(&strip, &row, (uint32_t *)line + x);
		}
	}
}
