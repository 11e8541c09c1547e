/* The arithmetic of blit.h, one pixel at a time: every format as 0xAARRGGBB. */
#ifndef BLIT_GENERIC_PIXEL_H
#define BLIT_GENERIC_PIXEL_H

#include <stdint.h>

#include "blit/implementation_private.h"

static inline uint32_t div255(uint32_t x)
{
	return (x + 128 + ((x + 128) >> 8)) >> 8;
}

static inline uint32_t from_565(uint16_t p)
{
	uint32_t r = p >> 11, g = p >> 5 & 0x3f, b = p & 0x1f;

	return BLIT_OPAQUE | (r << 3 | r >> 2) << 16 | (g << 2 | g >> 4) << 8 |
	       (b << 3 | b >> 2);
}

static inline uint16_t to_565(uint32_t p)
{
	return (uint16_t)((p >> 8 & 0xf800) | (p >> 5 & 0x07e0) |
			  (p >> 3 & 0x001f));
}

static inline uint32_t over(uint32_t d, uint32_t s)
{
	uint32_t rest = 255 - (s >> 24), result = 0;

	for (unsigned shift = 0; shift < 32; shift += 8) {
		uint32_t c = (s >> shift & 0xff) +
			     div255((d >> shift & 0xff) * rest);

		result |= (c > 0xff ? 0xff : c) << shift;
	}
	return result;
}

static inline uint32_t fade(uint32_t s, uint32_t alpha)
{
	uint32_t result = 0;

	for (unsigned shift = 0; shift < 32; shift += 8)
		result |= div255((s >> shift & 0xff) * alpha) << shift;
	return result;
}

static inline uint32_t mix(uint32_t s, uint32_t color)
{
	/* Half the sum without carries between the channels, rounded up. */
	return (s | color) - ((s ^ color) >> 1 & 0x7f7f7f7fu);
}

static inline uint32_t blend(uint32_t d, uint32_t color, uint32_t a)
{
	uint32_t c = color | BLIT_OPAQUE, result = 0;

	for (unsigned shift = 0; shift < 32; shift += 8)
		result |= div255((c >> shift & 0xff) * a +
				 (d >> shift & 0xff) * (255 - a))
			  << shift;
	return result;
}

/* Two channels at a time, 16 bits for each. */
static inline uint32_t between(uint32_t a, uint32_t b, uint32_t f)
{
	const uint32_t pair = 0x00ff00ff, half = 0x00800080;
	uint32_t even = (a & pair) * (256 - f) + (b & pair) * f + half;
	uint32_t odd = (a >> 8 & pair) * (256 - f) + (b >> 8 & pair) * f + half;

	return (even >> 8 & pair) | (odd & ~pair);
}

#endif
