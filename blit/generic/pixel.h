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

/* Two channels at a time from here on, 16 bits for each. */
enum { PAIR = 0x00ff00ff };

static inline uint32_t div255_pair(uint32_t x)
{
	x += 0x00800080;
	return (x + (x >> 8 & PAIR)) >> 8 & PAIR;
}

static inline uint32_t add_saturated_pair(uint32_t a, uint32_t b)
{
	uint32_t sum = a + b;

	return (sum | (sum >> 8 & 0x00010001) * 0xff) & PAIR;
}

static inline uint32_t over(uint32_t d, uint32_t s)
{
	uint32_t rest = 255 - (s >> 24);
	uint32_t even = div255_pair((d & PAIR) * rest);
	uint32_t odd = div255_pair((d >> 8 & PAIR) * rest);

	return add_saturated_pair(even, s & PAIR) |
	       add_saturated_pair(odd, s >> 8 & PAIR) << 8;
}

static inline uint32_t fade(uint32_t s, uint32_t alpha)
{
	return div255_pair((s & PAIR) * alpha) |
	       div255_pair((s >> 8 & PAIR) * alpha) << 8;
}

static inline uint32_t mix(uint32_t s, uint32_t color)
{
	/* Half the sum without carries between the channels, rounded up. */
	return (s | color) - ((s ^ color) >> 1 & 0x7f7f7f7fu);
}

static inline uint32_t blend(uint32_t d, uint32_t color, uint32_t a)
{
	uint32_t c = color | BLIT_OPAQUE, rest = 255 - a;

	return div255_pair((c & PAIR) * a + (d & PAIR) * rest) |
	       div255_pair((c >> 8 & PAIR) * a + (d >> 8 & PAIR) * rest) << 8;
}

static inline uint32_t between(uint32_t a, uint32_t b, uint32_t f)
{
	const uint32_t half = 0x00800080;
	uint32_t even = (a & PAIR) * (256 - f) + (b & PAIR) * f + half;
	uint32_t odd = (a >> 8 & PAIR) * (256 - f) + (b >> 8 & PAIR) * f + half;

	return (even >> 8 & PAIR) | (odd & ~(uint32_t)PAIR);
}

#endif
