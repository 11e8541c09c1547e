/* The reference: blending. */
#include "blit/generic/pixel.h"
#include "blit/generic/row.h"

/* ---- over: most pixels of a window are opaque or clear ---- */

void generic_over_8888(const struct blit_walk *walk)
{
	for (int y = 0; y < walk->h; y++) {
		blit_word *d = row_to(walk, y);
		const blit_word *s = row_from(walk, y);

		for (int x = 0; x < walk->w; x++)
			if (s[x] >= BLIT_OPAQUE)
				d[x] = s[x];
			else if (s[x])
				d[x] = over(d[x], s[x]);
	}
}

void generic_over_565(const struct blit_walk *walk)
{
	for (int y = 0; y < walk->h; y++) {
		blit_half *d = row_to(walk, y);
		const blit_word *s = row_from(walk, y);

		for (int x = 0; x < walk->w; x++)
			if (s[x] >= BLIT_OPAQUE)
				d[x] = to_565(s[x]);
			else if (s[x])
				d[x] = to_565(over(from_565(d[x]), s[x]));
	}
}

void generic_fade_8888(const struct blit_walk *walk)
{
	for (int y = 0; y < walk->h; y++) {
		blit_word *d = row_to(walk, y);
		const blit_word *s = row_from(walk, y);

		for (int x = 0; x < walk->w; x++)
			d[x] = over(d[x],
				    fade(s[x] | walk->opaque, walk->color));
	}
}

void generic_masked_8888(const struct blit_walk *walk)
{
	for (int y = 0; y < walk->h; y++) {
		blit_word *d = row_to(walk, y);
		const blit_word *s = row_from(walk, y);

		for (int x = 0; x < walk->w; x++)
			if (s[x] >> 24)
				d[x] = s[x] | walk->opaque;
	}
}

/* ---- mix ---- */

void generic_mix_8888_8888(const struct blit_walk *walk)
{
	for (int y = 0; y < walk->h; y++) {
		blit_word *d = row_to(walk, y);
		const blit_word *s = row_from(walk, y);

		for (int x = 0; x < walk->w; x++)
			d[x] = mix(s[x], walk->color) | BLIT_OPAQUE;
	}
}

void generic_mix_8888_565(const struct blit_walk *walk)
{
	for (int y = 0; y < walk->h; y++) {
		blit_half *d = row_to(walk, y);
		const blit_word *s = row_from(walk, y);

		for (int x = 0; x < walk->w; x++)
			d[x] = to_565(mix(s[x], walk->color));
	}
}

void generic_mix_565_8888(const struct blit_walk *walk)
{
	for (int y = 0; y < walk->h; y++) {
		blit_word *d = row_to(walk, y);
		const blit_half *s = row_from(walk, y);

		for (int x = 0; x < walk->w; x++)
			d[x] = mix(from_565(s[x]), walk->color) | BLIT_OPAQUE;
	}
}

void generic_mix_565_565(const struct blit_walk *walk)
{
	for (int y = 0; y < walk->h; y++) {
		blit_half *d = row_to(walk, y);
		const blit_half *s = row_from(walk, y);

		for (int x = 0; x < walk->w; x++)
			d[x] = to_565(mix(from_565(s[x]), walk->color));
	}
}

/* ---- mask: a glyph is mostly empty ---- */

void generic_mask_8888(const struct blit_walk *walk)
{
	for (int y = 0; y < walk->h; y++) {
		blit_word *d = row_to(walk, y);
		const uint8_t *mask = row_from(walk, y);

		for (int x = 0; x < walk->w; x++)
			if (mask[x])
				d[x] = blend(
					d[x], walk->color,
					div255(mask[x] * (walk->color >> 24)));
	}
}

void generic_mask_565(const struct blit_walk *walk)
{
	for (int y = 0; y < walk->h; y++) {
		blit_half *d = row_to(walk, y);
		const uint8_t *mask = row_from(walk, y);

		for (int x = 0; x < walk->w; x++)
			if (mask[x])
				d[x] = to_565(blend(
					from_565(d[x]), walk->color,
					div255(mask[x] * (walk->color >> 24))));
	}
}
