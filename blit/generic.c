/*
 * The reference: portable C, the arithmetic of blit.h word for word. Loops are
 * plain so that compilers vectorise them.
 */
#include "blit/implementation.h"

#include <string.h>

enum { OPAQUE = 0xffu };

static const uint32_t alpha_mask = 0xff000000u;

static inline uint32_t div255(uint32_t x)
{
	return (x + 128 + ((x + 128) >> 8)) >> 8;
}

/* ---- pixels: every format as 0xAARRGGBB ---- */

static inline uint32_t from_565(uint16_t p)
{
	uint32_t r = p >> 11, g = p >> 5 & 0x3f, b = p & 0x1f;

	return alpha_mask | (r << 3 | r >> 2) << 16 | (g << 2 | g >> 4) << 8 |
	       (b << 3 | b >> 2);
}

static inline uint16_t to_565(uint32_t p)
{
	return (uint16_t)((p >> 8 & 0xf800) | (p >> 5 & 0x07e0) |
			  (p >> 3 & 0x001f));
}

static inline uint32_t over(uint32_t d, uint32_t s)
{
	uint32_t rest = OPAQUE - (s >> 24), result = 0;

	for (unsigned shift = 0; shift < 32; shift += 8) {
		uint32_t c = (s >> shift & 0xff) +
			     div255((d >> shift & 0xff) * rest);

		result |= (c > 0xff ? 0xff : c) << shift;
	}
	return result;
}

static inline uint32_t mix(uint32_t s, uint32_t color)
{
	/* Half the sum without carries between the channels, rounded up. */
	return (s | color) - ((s ^ color) >> 1 & 0x7f7f7f7fu);
}

static inline uint32_t blend(uint32_t d, uint32_t color, uint32_t a)
{
	uint32_t c = color | alpha_mask, result = 0;

	for (unsigned shift = 0; shift < 32; shift += 8)
		result |= div255((c >> shift & 0xff) * a +
				 (d >> shift & 0xff) * (OPAQUE - a))
			  << shift;
	return result;
}

/* ---- copy ---- */

static void stream_8888(void *to, const void *from, int n)
{
	memcpy(to, from, (size_t)n * 4);
}

void generic_copy_opaque(void *to, const void *from, int n)
{
	uint32_t *d = to;
	const uint32_t *s = from;

	for (int i = 0; i < n; i++)
		d[i] = s[i] | alpha_mask;
}

void generic_copy_8888_565(void *to, const void *from, int n)
{
	uint16_t *d = to;
	const uint32_t *s = from;

	for (int i = 0; i < n; i++)
		d[i] = to_565(s[i]);
}

void generic_copy_565_8888(void *to, const void *from, int n)
{
	uint32_t *d = to;
	const uint16_t *s = from;

	for (int i = 0; i < n; i++)
		d[i] = from_565(s[i]);
}

/* ---- fill ---- */

void generic_fill_8888(void *to, int n, uint32_t color)
{
	uint32_t *d = to;

	for (int i = 0; i < n; i++)
		d[i] = color;
}

void generic_fill_565(void *to, int n, uint32_t color)
{
	uint16_t *d = to;

	for (int i = 0; i < n; i++)
		d[i] = (uint16_t)color;
}

/* ---- over: most pixels of a window are opaque or clear ---- */

void generic_over_xrgb(void *to, const void *from, int n)
{
	uint32_t *d = to;
	const uint32_t *s = from;

	for (int i = 0; i < n; i++)
		d[i] = over(d[i], s[i]) | alpha_mask;
}

void generic_over_argb(void *to, const void *from, int n)
{
	uint32_t *d = to;
	const uint32_t *s = from;

	for (int i = 0; i < n; i++)
		d[i] = over(d[i], s[i]);
}

void generic_over_565(void *to, const void *from, int n)
{
	uint16_t *d = to;
	const uint32_t *s = from;

	for (int i = 0; i < n; i++)
		d[i] = to_565(over(from_565(d[i]), s[i]));
}

/* ---- mix ---- */

void generic_mix_8888_8888(void *to, const void *from, int n, uint32_t color)
{
	uint32_t *d = to;
	const uint32_t *s = from;

	for (int i = 0; i < n; i++)
		d[i] = mix(s[i], color) | alpha_mask;
}

void generic_mix_8888_565(void *to, const void *from, int n, uint32_t color)
{
	uint16_t *d = to;
	const uint32_t *s = from;

	for (int i = 0; i < n; i++)
		d[i] = to_565(mix(s[i], color));
}

void generic_mix_565_8888(void *to, const void *from, int n, uint32_t color)
{
	uint32_t *d = to;
	const uint16_t *s = from;

	for (int i = 0; i < n; i++)
		d[i] = mix(from_565(s[i]), color) | alpha_mask;
}

void generic_mix_565_565(void *to, const void *from, int n, uint32_t color)
{
	uint16_t *d = to;
	const uint16_t *s = from;

	for (int i = 0; i < n; i++)
		d[i] = to_565(mix(from_565(s[i]), color));
}

/* ---- mask: a glyph is mostly empty ---- */

void generic_mask_xrgb(void *to, const uint8_t *mask, int n, uint32_t color)
{
	uint32_t *d = to;

	for (int i = 0; i < n; i++)
		if (mask[i])
			d[i] = blend(d[i], color,
				     div255(mask[i] * (color >> 24))) |
			       alpha_mask;
}

void generic_mask_argb(void *to, const uint8_t *mask, int n, uint32_t color)
{
	uint32_t *d = to;

	for (int i = 0; i < n; i++)
		if (mask[i])
			d[i] = blend(d[i], color,
				     div255(mask[i] * (color >> 24)));
}

void generic_mask_565(void *to, const uint8_t *mask, int n, uint32_t color)
{
	uint16_t *d = to;

	for (int i = 0; i < n; i++)
		if (mask[i])
			d[i] = to_565(blend(from_565(d[i]), color,
					    div255(mask[i] * (color >> 24))));
}

const struct blit_implementation blit_generic = {
	.name = "generic",
	.stream_8888 = stream_8888,
	.copy_opaque = generic_copy_opaque,
	.copy_8888_565 = generic_copy_8888_565,
	.copy_565_8888 = generic_copy_565_8888,
	.fill_8888 = generic_fill_8888,
	.fill_565 = generic_fill_565,
	.over_xrgb = generic_over_xrgb,
	.over_argb = generic_over_argb,
	.over_565 = generic_over_565,
	.mix_8888_8888 = generic_mix_8888_8888,
	.mix_8888_565 = generic_mix_8888_565,
	.mix_565_8888 = generic_mix_565_8888,
	.mix_565_565 = generic_mix_565_565,
	.mask_xrgb = generic_mask_xrgb,
	.mask_argb = generic_mask_argb,
	.mask_565 = generic_mask_565,
};
