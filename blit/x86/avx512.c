/* AVX-512: sixteen words a vector. Where its operations gain less than 15 %
 * over AVX2 those of AVX2 are used; they leave the processor's clock alone,
 * too. */
#include "blit/implementation_private.h"

#define ONLY_WIDE_GAINS
#define NAME(operation) avx512_##operation
#define NARROWER(operation) avx2_##operation
#define MM(name) _mm512_##name

enum { BYTES = 64 };

#include "blit/x86/vector.h"

static inline __m512i shuffle(words value, __m128i order)
{
	return _mm512_shuffle_epi8((__m512i)value,
				   _mm512_broadcast_i32x4(order));
}

static inline bool is_zero(words value)
{
	return _mm512_test_epi32_mask((__m512i)value, (__m512i)value) == 0;
}

static inline bool is_opaque(words value)
{
	return _mm512_cmplt_epu32_mask((__m512i)value,
				       _mm512_set1_epi32((int)BLIT_OPAQUE)) ==
	       0;
}

static inline bool is_mixed(words value)
{
	const __m512i opaque = _mm512_set1_epi32((int)BLIT_OPAQUE);

	return _mm512_cmplt_epu32_mask((__m512i)value, opaque) &&
	       _mm512_test_epi32_mask((__m512i)value, opaque);
}

static inline halves alphas(words value)
{
	return (halves)shuffle(value,
			       _mm_set_epi8(-1, 15, -1, 15, -1, 11, -1, 11, -1,
					    7, -1, 7, -1, 3, -1, 3));
}

static inline words spread(const uint8_t *mask)
{
	return (words)_mm512_broadcast_i32x4(
		_mm_loadu_si128((const __m128i_u *)mask));
}

/* The bytes a and b of the first lane, those four further on of the next. */
static inline words spread_pairs(words value, long long a, long long b)
{
	const long long all = 0x0101010101010101;

	return (words)_mm512_shuffle_epi8(
		(__m512i)value,
		_mm512_set_epi64((b + 12) * all, (a + 12) * all, (b + 8) * all,
				 (a + 8) * all, (b + 4) * all, (a + 4) * all,
				 b * all, a * all));
}

static inline words spread_low(words value)
{
	return spread_pairs(value, 0, 1);
}

static inline words spread_high(words value)
{
	return spread_pairs(value, 2, 3);
}

static inline words pack(words low, words high)
{
	return (words)_mm512_permutexvar_epi64(
		_mm512_set_epi64(7, 5, 3, 1, 6, 4, 2, 0),
		_mm512_packus_epi32((__m512i)low, (__m512i)high));
}

static inline halves presort(halves p)
{
	return (halves)_mm512_permutexvar_epi64(
		_mm512_set_epi64(7, 3, 6, 2, 5, 1, 4, 0), (__m512i)p);
}

/* Lanes 0 and 2 (1 and 3) of a, then of b. */
enum {
	EVEN_LANES = _MM_SHUFFLE(2, 0, 2, 0),
	ODD_LANES = _MM_SHUFFLE(3, 1, 3, 1)
};

/* Within lanes squares of four as AVX2 does it, then the lanes. */
static inline void square_words(uint8_t *to, ptrdiff_t to_stride,
				const uint8_t *from, ptrdiff_t from_stride)
{
	__m512i a[16], b[16];

	for (int i = 0; i < 16; i++)
		a[i] = (__m512i)load(from + i * from_stride);
	for (int i = 0; i < 16; i += 2) {
		b[i] = _mm512_unpacklo_epi32(a[i], a[i + 1]);
		b[i + 1] = _mm512_unpackhi_epi32(a[i], a[i + 1]);
	}
	for (int i = 0; i < 16; i += 4)
		for (int k = 0; k < 2; k++) {
			a[i + 2 * k] = _mm512_unpacklo_epi64(b[i + k],
							     b[i + k + 2]);
			a[i + 2 * k + 1] = _mm512_unpackhi_epi64(b[i + k],
								 b[i + k + 2]);
		}
	for (int i = 0; i < 4; i++) {
		__m512i low = _mm512_shuffle_i32x4(a[i], a[i + 4], EVEN_LANES);
		__m512i high = _mm512_shuffle_i32x4(a[i + 8], a[i + 12],
						    EVEN_LANES);

		store(to + i * to_stride,
		      (words)_mm512_shuffle_i32x4(low, high, EVEN_LANES));
		store(to + (i + 8) * to_stride,
		      (words)_mm512_shuffle_i32x4(low, high, ODD_LANES));
		low = _mm512_shuffle_i32x4(a[i], a[i + 4], ODD_LANES);
		high = _mm512_shuffle_i32x4(a[i + 8], a[i + 12], ODD_LANES);
		store(to + (i + 4) * to_stride,
		      (words)_mm512_shuffle_i32x4(low, high, EVEN_LANES));
		store(to + (i + 12) * to_stride,
		      (words)_mm512_shuffle_i32x4(low, high, ODD_LANES));
	}
}

#define HAVE_OVER_565

static inline void load_fours(const uint8_t *from, words *first, words *second)
{
	__m512i a = (__m512i)load(from), b = (__m512i)load(from + BYTES);

	*first = (words)_mm512_permutex2var_epi64(
		a, _mm512_set_epi64(13, 12, 9, 8, 5, 4, 1, 0), b);
	*second = (words)_mm512_permutex2var_epi64(
		a, _mm512_set_epi64(15, 14, 11, 10, 7, 6, 3, 2), b);
}

#include "blit/x86/over_565.h"

#include "blit/x86/blend.h"

#include "blit/vector/blend.h"
#include "blit/vector/copy.h"
#include "blit/vector/shape.h"

#define AVX2(operation) .operation = avx2_##operation,

/* What isn't named gained less than 15 % at 64x64 pixels, or is bound by
 * memory: measured with bench_blit. */
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Woverride-init"
const struct blit_implementation blit_avx512 = {
	.name = "avx512",
	BLIT_OPERATIONS(AVX2).fill_8888 = avx512_fill_8888,
	.fill_565 = avx512_fill_565,
	.copy_8888_565 = avx512_copy_8888_565,
	.copy_565_8888 = avx512_copy_565_8888,
	.dither = avx512_dither,
	.over_8888 = avx512_over_8888,
	.over_565 = avx512_over_565,
	.fade_8888 = avx512_fade_8888,
	.mask_8888 = avx512_mask_8888,
	.mask_565 = avx512_mask_565,
	.mix_8888_8888 = avx512_mix_8888_8888,
	.transpose_8888 = avx512_transpose_8888,
};
#pragma GCC diagnostic pop
