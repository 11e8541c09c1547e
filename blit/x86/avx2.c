/* AVX2: eight words a vector, most operations within each of its two lanes of
 * 16 bytes. */
#include "blit/implementation_private.h"

#define NAME(operation) avx2_##operation
#define NARROWER(operation) sse2_##operation
#define MM(name) _mm256_##name

enum { BYTES = 32 };

#include "blit/x86/vector.h"

#define HAVE_STREAM

/* A shuffle of the bytes of both lanes; 0xff gives 0. */
static inline __m256i shuffle(words value, __m128i order)
{
	return _mm256_shuffle_epi8((__m256i)value,
				   _mm256_broadcastsi128_si256(order));
}

static inline void stream(void *to, words value)
{
	_mm256_stream_si256((__m256i *)to, (__m256i)value);
}

static inline bool is_zero(words value)
{
	return _mm256_testz_si256((__m256i)value, (__m256i)value);
}

static inline bool is_opaque(words value)
{
	return _mm256_testc_si256((__m256i)value,
				  _mm256_set1_epi32((int)BLIT_OPAQUE));
}

/* One instruction knows both. */
static inline bool is_mixed(words value)
{
	return _mm256_testnzc_si256((__m256i)value,
				    _mm256_set1_epi32((int)BLIT_OPAQUE));
}

static inline halves alphas(words value)
{
	return (halves)shuffle(value,
			       _mm_set_epi8(-1, 15, -1, 15, -1, 11, -1, 11, -1,
					    7, -1, 7, -1, 3, -1, 3));
}

static inline words spread(const uint8_t *mask)
{
	return (words)_mm256_broadcastq_epi64(
		_mm_loadl_epi64((const __m128i_u *)mask));
}

/* The bytes a and b of the first lane, c and d of the second. */
static inline words spread_four(words value, uint8_t a, uint8_t b, uint8_t c,
				uint8_t d)
{
	const long long all = 0x0101010101010101;

	return (words)_mm256_shuffle_epi8(
		(__m256i)value,
		_mm256_set_epi64x(d * all, c * all, b * all, a * all));
}

static inline words spread_low(words value)
{
	return spread_four(value, 0, 1, 4, 5);
}

static inline words spread_high(words value)
{
	return spread_four(value, 2, 3, 6, 7);
}

enum { IN_ORDER = _MM_SHUFFLE(3, 1, 2, 0) };

static inline words pack(words low, words high)
{
	return (words)_mm256_permute4x64_epi64(
		_mm256_packus_epi32((__m256i)low, (__m256i)high), IN_ORDER);
}

static inline halves presort(halves p)
{
	return (halves)_mm256_permute4x64_epi64((__m256i)p, IN_ORDER);
}

static inline words swap_red_blue(words p)
{
	return (words)shuffle(p, _mm_set_epi8(15, 12, 13, 14, 11, 8, 9, 10, 7,
					      4, 5, 6, 3, 0, 1, 2));
}

static inline words reverse_words(words p)
{
	return (words)_mm256_permutevar8x32_epi32(
		(__m256i)p, _mm256_set_epi32(0, 1, 2, 3, 4, 5, 6, 7));
}

static inline halves reverse_halves(halves p)
{
	__m256i q = shuffle((words)p, _mm_set_epi8(1, 0, 3, 2, 5, 4, 7, 6, 9, 8,
						   11, 10, 13, 12, 15, 14));

	return (halves)_mm256_permute4x64_epi64(q, _MM_SHUFFLE(1, 0, 3, 2));
}

/* Pairs of rows, then fours, then both lanes. */
static inline void square_words(uint8_t *to, ptrdiff_t to_stride,
				const uint8_t *from, ptrdiff_t from_stride)
{
	__m256i a[8], b[8];

	for (int i = 0; i < 8; i++)
		a[i] = (__m256i)load(from + i * from_stride);
	for (int i = 0; i < 8; i += 2) {
		b[i] = _mm256_unpacklo_epi32(a[i], a[i + 1]);
		b[i + 1] = _mm256_unpackhi_epi32(a[i], a[i + 1]);
	}
	for (int i = 0; i < 8; i += 4)
		for (int k = 0; k < 2; k++) {
			a[i + 2 * k] = _mm256_unpacklo_epi64(b[i + k],
							     b[i + k + 2]);
			a[i + 2 * k + 1] = _mm256_unpackhi_epi64(b[i + k],
								 b[i + k + 2]);
		}
	for (int i = 0; i < 4; i++) {
		store(to + i * to_stride,
		      (words)_mm256_permute2x128_si256(a[i], a[i + 4], 0x20));
		store(to + (i + 4) * to_stride,
		      (words)_mm256_permute2x128_si256(a[i], a[i + 4], 0x31));
	}
}

#define HAVE_OVER_565

static inline void load_fours(const uint8_t *from, words *first, words *second)
{
	const __m128i_u *fours = (const __m128i_u *)from;

	*first = (words)_mm256_loadu2_m128i(fours + 2, fours);
	*second = (words)_mm256_loadu2_m128i(fours + 3, fours + 1);
}

#include "blit/x86/over_565.h"

#include "blit/x86/blend.h"

#include "blit/vector/blend.h"
#include "blit/vector/copy.h"
#include "blit/vector/shape.h"

#define AVX2(operation) .operation = avx2_##operation,

const struct blit_implementation blit_avx2 = { .name = "avx2",
					       BLIT_OPERATIONS(AVX2) };
