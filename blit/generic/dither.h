/*
 * The pattern of the ordered dither: what is added to the pixel (x,y) before it
 * is truncated to 565, as a word without alpha.
 */
#ifndef BLIT_GENERIC_DITHER_H
#define BLIT_GENERIC_DITHER_H

#include <stdint.h>

/* Thresholds 0..63: interleaving the bits of x ^ y and y from the lowest up
 * gives each 2x2, 4x4 and 8x8 square values as far apart as can be. */
static inline uint32_t dither_threshold(unsigned x, unsigned y)
{
	unsigned a = x ^ y;

	return (a & 1) << 5 | (y & 1) << 4 | (a & 2) << 2 | (y & 2) << 1 |
	       (a & 4) >> 1 | (y & 4) >> 2;
}

/* A step of red and blue is 8, one of green 4. */
static inline uint32_t dither_at(unsigned x, unsigned y)
{
	uint32_t t = dither_threshold(x & 7, y & 7);

	return (t >> 3) << 16 | (t >> 4) << 8 | t >> 3;
}

#endif
