/*
 * What SSE2, AVX2 and AVX-512 have in common. Before it is included a file
 * defines BYTES, the size of a vector, MM(name), the intrinsic `name` for it,
 * and NAME(operation), its own functions. What it has to define behind it:
 *
 *   is_zero, is_opaque      all bits 0; all alphas 0xff
 *   alphas                  of each word, in both of its halves
 *   coverage                a vector of words from as many bytes
 *   pack, presort           words to halves of the same value, and halves in
 *                           the order from which unpacking gives them in order
 *   swap_red_blue, reverse_words, reverse_halves
 *   square_words            transposes a square as large as a vector
 */
#ifndef BLIT_X86_VECTOR_H
#define BLIT_X86_VECTOR_H

#include <immintrin.h>

#include "blit/implementation.h"

typedef uint8_t bytes __attribute__((vector_size(BYTES)));
typedef uint16_t halves __attribute__((vector_size(BYTES)));
typedef uint32_t words __attribute__((vector_size(BYTES)));
typedef words words_anywhere __attribute__((aligned(1), may_alias));
typedef long long native __attribute__((vector_size(BYTES), may_alias));

/* Loads and stores are unaligned: since a decade they cost nothing extra. */
static inline words load(const void *from)
{
	return *(const words_anywhere *)from;
}

static inline void store(void *to, words value)
{
	*(words_anywhere *)to = value;
}

static inline void stream_end(void)
{
	_mm_sfence();
}

/* 257 / 65536 does what (x + (x >> 8)) >> 8 does. */
static inline halves div255(halves x)
{
	return (halves)MM(mulhi_epu16)((native)(x + 128), MM(set1_epi16)(257));
}

static inline bytes add_saturated(bytes a, bytes b)
{
	return (bytes)MM(adds_epu8)((native)a, (native)b);
}

static inline bytes average(bytes a, bytes b)
{
	return (bytes)MM(avg_epu8)((native)a, (native)b);
}

static inline words pack(words low, words high);
static inline halves presort(halves p);

/* Red and blue move to their places by one multiplication, since the sum of
 * two products of halves goes to a word. */
static inline words squeeze_565(words p)
{
	words red_blue = (words)MM(madd_epi16)((native)(p & 0x00f800f8),
					       MM(set1_epi32)(0x20000004));

	return (red_blue | (p & 0xfc00)) >> 5;
}

static inline halves narrow_565(words low, words high)
{
	return (halves)pack(squeeze_565(low), squeeze_565(high));
}

/* The high half of a product replicates bits: 0x108 is 1 << 8 | 1 << 3. */
static inline void widen_565(halves p, words *low, words *high)
{
	const native red_blue = MM(set1_epi16)(0x0108);
	const native green = MM(set1_epi16)(0x2080);

	p = presort(p);

	halves r = (halves)MM(mulhi_epu16)((native)(p & 0xf800), red_blue);
	halves g = (halves)MM(mulhi_epu16)((native)(p & 0x07e0), green);
	halves b = (halves)MM(mulhi_epu16)((native)(p << 11), red_blue);
	native gb = (native)(g << 8 | b), ar = (native)(r | 0xff00);

	*low = (words)MM(unpacklo_epi16)(gb, ar);
	*high = (words)MM(unpackhi_epi16)(gb, ar);
}

/* ---- squares of 565: eight by eight in any of the three ---- */

#define HALF_SQUARE 8

static inline void square_halves(uint8_t *to, ptrdiff_t to_stride,
				 const uint8_t *from, ptrdiff_t from_stride)
{
	__m128i a[8], b[8];

	for (int i = 0; i < 8; i++)
		a[i] = _mm_loadu_si128(
			(const __m128i_u *)(from + i * from_stride));
	for (int i = 0; i < 4; i++) {
		b[2 * i] = _mm_unpacklo_epi16(a[2 * i], a[2 * i + 1]);
		b[2 * i + 1] = _mm_unpackhi_epi16(a[2 * i], a[2 * i + 1]);
	}
	for (int i = 0; i < 8; i += 4)
		for (int k = 0; k < 2; k++) {
			a[i + 2 * k] = _mm_unpacklo_epi32(b[i + k],
							  b[i + 2 + k]);
			a[i + 2 * k + 1] = _mm_unpackhi_epi32(b[i + k],
							      b[i + 2 + k]);
		}
	for (int i = 0; i < 4; i++) {
		_mm_storeu_si128((__m128i_u *)(to + 2 * i * to_stride),
				 _mm_unpacklo_epi64(a[i], a[i + 4]));
		_mm_storeu_si128((__m128i_u *)(to + (2 * i + 1) * to_stride),
				 _mm_unpackhi_epi64(a[i], a[i + 4]));
	}
}

#endif
