/*
 * What SSE2, AVX2 and AVX-512 have in common. Before it is included a file
 * defines BYTES, the size of a vector, MM(name), the intrinsic `name` for it,
 * and NAME(operation), its own functions. What it has to define behind it:
 *
 *   is_zero, is_opaque      all bits 0; all alphas 0xff
 *   is_mixed                neither are all alphas 0xff nor all 0
 *   alphas                  of each word, in both of its halves
 *   coverage                a vector of words from as many bytes, or
 * x86/blend.h pack, presort           words to halves of the same value, and
 * halves in the order from which unpacking gives them in order swap_red_blue,
 * reverse_words, reverse_halves square_words            transposes a square as
 * large as a vector
 */
#ifndef BLIT_X86_VECTOR_H
#define BLIT_X86_VECTOR_H

#include <immintrin.h>

#include "blit/implementation_private.h"

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

/*
 * Constants of the arithmetic. They are hidden from the compiler, which would
 * rather make them anew for each use than keep them.
 */
struct fixed {
	halves byte, round, factor; /* of div255 */
	halves red, green, times_red, times_green, full; /* of widen_565 */
	words red_blue, times_red_blue, middle; /* of squeeze_565 */
};

#define HIDDEN(value) \
	({ \
		__typeof__(value) hidden = value; \
		__asm__("" : "+v"(hidden)); \
		hidden; \
	})

static inline struct fixed fixed_init(void)
{
	const halves zero = {};
	const words zeros = {};

	return (struct fixed){
		.byte = HIDDEN(zero + 0xff),
		.round = HIDDEN(zero + 128),
		.factor = HIDDEN(zero + 257),
		.red = HIDDEN(zero + 0xf800),
		.green = HIDDEN(zero + 0x07e0),
		.times_red = HIDDEN(zero + 0x0108),
		.times_green = HIDDEN(zero + 0x2080),
		.full = HIDDEN(zero + 0xff00),
		.red_blue = HIDDEN(zeros + 0x00f800f8),
		.times_red_blue = HIDDEN(zeros + 0x20000004),
		.middle = HIDDEN(zeros + 0xfc00),
	};
}

/* 257 / 65536 does what (x + (x >> 8)) >> 8 does. */
static inline halves div255(halves x, const struct fixed *fixed)
{
	return (halves)MM(mulhi_epu16)((native)(x + fixed->round),
				       (native)fixed->factor);
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
static inline words squeeze_565(words p, const struct fixed *fixed)
{
	words red_blue = (words)MM(madd_epi16)((native)(p & fixed->red_blue),
					       (native)fixed->times_red_blue);

	return (red_blue | (p & fixed->middle)) >> 5;
}

static inline halves narrow_565(words low, words high,
				const struct fixed *fixed)
{
	return (halves)pack(squeeze_565(low, fixed), squeeze_565(high, fixed));
}

static inline halves high_product(halves a, halves b)
{
	return (halves)MM(mulhi_epu16)((native)a, (native)b);
}

/* The high half of a product replicates bits: 0x108 is 1 << 8 | 1 << 3. */
static inline void widen_565(halves p, words *low, words *high,
			     const struct fixed *fixed)
{
	p = presort(p);

	halves r = high_product(p & fixed->red, fixed->times_red);
	halves g = high_product(p & fixed->green, fixed->times_green);
	halves b = high_product(p << 11, fixed->times_red);
	native gb = (native)(g << 8 | b), ar = (native)(r | fixed->full);

	*low = (words)MM(unpacklo_epi16)(gb, ar);
	*high = (words)MM(unpackhi_epi16)(gb, ar);
}

/*
 * Long rows by the string instruction, as the C library does it: the processor
 * then need not read the lines that it overwrites. Bytes from which on it pays.
 */
#define HAVE_STRING_FILL
enum { STRING_FILL = 2048 };

static inline void string_fill(void *to, words color, size_t count)
{
	__asm__ volatile("rep stosl"
			 : "+D"(to), "+c"(count)
			 : "a"(color[0])
			 : "memory");
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
