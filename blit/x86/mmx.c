/*
 * MMX, 32 and 64 bit: copy, fill and over, eight bytes at a time. Its registers
 * are those of the x87 unit, so that each operation ends with emms: after it
 * floating point works again. Nobody gets it but by BLIT=mmx.
 */
#include "blit/implementation_private.h"

#include <mmintrin.h>
#include <string.h>

/* Calls would pass vectors in registers of SSE. */
#define INLINE static inline __attribute__((always_inline))

typedef __m64 __attribute__((aligned(1), may_alias)) eight;

INLINE __m64 load(const void *from)
{
	return *(const eight *)from;
}

INLINE void store(void *to, __m64 value)
{
	*(eight *)to = value;
}

/* The original's way: chunks of 32 bytes, then of 8, then the rest. */
static void copy(const struct blit_walk *walk)
{
	for (int y = 0; y < walk->h; y++) {
		uint8_t *to = walk->to + y * walk->to_stride;
		const uint8_t *from = walk->from + y * walk->from_stride;
		int n = walk->w;

		for (; n >= 32; n -= 32, to += 32, from += 32) {
			__m64 a = load(from), b = load(from + 8);
			__m64 c = load(from + 16), d = load(from + 24);

			store(to, a);
			store(to + 8, b);
			store(to + 16, c);
			store(to + 24, d);
		}
		for (; n >= 8; n -= 8, to += 8, from += 8)
			store(to, load(from));
		memcpy(to, from, (size_t)n);
	}
	_mm_empty();
}

/* n bytes a row, a multiple of the pixel that repeats in `color`. */
static void fill(const struct blit_walk *walk, int n)
{
	__m64 color = _mm_set1_pi32((int)walk->color);
	uint32_t word = walk->color;

	for (int y = 0; y < walk->h; y++) {
		uint8_t *to = walk->to + y * walk->to_stride;
		int left = n;

		for (; left >= 32; left -= 32, to += 32) {
			store(to, color);
			store(to + 8, color);
			store(to + 16, color);
			store(to + 24, color);
		}
		for (; left >= 8; left -= 8, to += 8)
			store(to, color);
		for (; left >= 4; left -= 4, to += 4)
			memcpy(to, &word, 4);
		memcpy(to, &word, (size_t)left);
	}
	_mm_empty();
}

static void fill_8888(const struct blit_walk *walk)
{
	fill(walk, walk->w * 4);
}

static void fill_565(const struct blit_walk *walk)
{
	fill(walk, walk->w * 2);
}

INLINE __m64 div255(__m64 x)
{
	x = _mm_add_pi16(x, _mm_set1_pi16(128));
	return _mm_srli_pi16(_mm_add_pi16(x, _mm_srli_pi16(x, 8)), 8);
}

/* Four channels of d, as halves, by what the pixel's alpha leaves. */
INLINE __m64 weakened(__m64 d, uint32_t pixel)
{
	return div255(
		_mm_mullo_pi16(d, _mm_set1_pi16((short)(255 - (pixel >> 24)))));
}

/* Two pixels. */
INLINE void over(uint8_t *to, const uint8_t *from)
{
	const blit_word *pixels = (const blit_word *)from;
	const __m64 zero = _mm_setzero_si64();
	__m64 d = load(to), s = load(from);
	__m64 low = weakened(_mm_unpacklo_pi8(d, zero), pixels[0]);
	__m64 high = weakened(_mm_unpackhi_pi8(d, zero), pixels[1]);

	store(to, _mm_adds_pu8(s, _mm_packs_pu16(low, high)));
}

static void over_8888(const struct blit_walk *walk)
{
	for (int y = 0; y < walk->h; y++) {
		uint8_t *to = walk->to + y * walk->to_stride;
		const uint8_t *from = walk->from + y * walk->from_stride;
		uint8_t s[8] = { 0 }, d[8] = { 0 };
		int x = 0;

		for (; x + 2 <= walk->w; x += 2, to += 8, from += 8)
			over(to, from);
		if (x < walk->w) {
			memcpy(s, from, 4);
			memcpy(d, to, 4);
			over(d, s);
			memcpy(to, d, 4);
		}
	}
	_mm_empty();
}

#define GENERIC(operation) .operation = generic_##operation,

#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Woverride-init"
const struct blit_implementation blit_mmx = {
	.name = "mmx",
	BLIT_OPERATIONS(GENERIC).copy = copy,
	.fill_8888 = fill_8888,
	.fill_565 = fill_565,
	.over_8888 = over_8888,
};
#pragma GCC diagnostic pop
