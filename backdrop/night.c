#include "backdrop/night.h"

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
};

/* exp(-t) of t = 0, 1/4 ... 4, times 255 */
static const uint8_t falling[18] = { 255, 199, 155, 120, 94, 73, 57, 44, 35,
				     27,  21,  16,  13,  10, 8,  6,  5,  0 };

/* How much of the glow there is at a distance of t, squared; 255: all. */
static float glow_at(float t)
{
	float place = t * 4;

	if (place >= 17)
		return 0;

	int i = (int)place;
	float rest = place - (float)i;

	return falling[i] + (falling[i + 1] - falling[i]) * rest;
}

/* The sky at a place in 1/32 of its pixels. */
static int sky_at(int x, int y)
{
	int mask = SKY_SIDE - 1, one = 1 << SKY_SHIFT;
	int x0 = x >> SKY_SHIFT & mask, y0 = y >> SKY_SHIFT & mask;
	int fx = x & (one - 1), fy = y & (one - 1);
	const int8_t *upper = _binary_sky_bin_start + y0 * SKY_SIDE;
	const int8_t *lower = _binary_sky_bin_start +
			      ((y0 + 1) & mask) * SKY_SIDE;
	int x1 = (x0 + 1) & mask;
	int a = upper[x0] * (one - fx) + upper[x1] * fx;
	int b = lower[x0] * (one - fx) + lower[x1] * fx;

	return a * (one - fy) + b * fy; /* times 1024 */
}

static float channel(uint32_t color, int shift)
{
	return (float)(color >> shift & 255);
}

static float mix(float a, float b, float t)
{
	return a + (b - a) * t;
}

static uint32_t pixel(const float ground[3], float glow, int sky, float dither)
{
	uint32_t color = sky > 0 ? BRIGHT : DIM, p = 0xff;
	float much = (float)(sky < 0 ? -sky : sky) *
		     ((float)SKY_ALPHA / 255 / 127 / 1024);

	for (int i = 0, shift = 16; i < 3; i++, shift -= 8) {
		float v = mix(ground[i], channel(GLOW, shift), glow);

		v = mix(v, channel(color, shift), much);
		p = p << 8 | (uint32_t)(v + dither);
	}
	return p;
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
	float gx = (float)w * 0.72f, gy = (float)h * 0.3f;
	float reach = (float)h * 0.6f;

	for (int y = 0; y < h; y++) {
		uint32_t *row = (uint32_t *)((uint8_t *)target->pixels +
					     y * target->stride);
		float ground[3], down = (float)y / (float)h;
		float dy = ((float)y - gy) / reach;

		for (int i = 0; i < 3; i++)
			ground[i] = mix(channel(TOP, 16 - 8 * i),
					channel(BOTTOM, 16 - 8 * i), down);
		for (int x = 0; x < w; x++) {
			float dx = ((float)x - gx) / reach;
			float glow = glow_at(dx * dx + dy * dy) *
				     ((float)GLOW_ALPHA / 255 / 255);

			row[x] = pixel(ground, glow,
				       sky_at(x * SKY_STEP, y * SKY_STEP),
				       (float)pattern[y % CELL][x % CELL] / 16);
		}
	}
}
