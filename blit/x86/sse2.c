/* SSE2: four words a vector. */
#include "blit/implementation_private.h"

#include <emmintrin.h>

#define NAME(operation) sse2_##operation
#define MM(name) _mm_##name

enum { BYTES = 16 };

#include "blit/x86/vector.h"

#define HAVE_STREAM

static inline void stream(void *to, words value)
{
	_mm_stream_si128((__m128i *)to, (__m128i)value);
}

static inline int is_byte(words value, int byte)
{
	return _mm_movemask_epi8(
		_mm_cmpeq_epi8((__m128i)value, _mm_set1_epi8((char)byte)));
}

static inline bool is_zero(words value)
{
	return is_byte(value, 0) == 0xffff;
}

static inline bool is_opaque(words value)
{
	return (is_byte(value, 0xff) & 0x8888) == 0x8888;
}

static inline bool is_mixed(words value)
{
	return !is_opaque(value) && (is_byte(value, 0) & 0x8888) != 0x8888;
}

static inline halves alphas(words value)
{
	words alpha = value >> 24;

	return (halves)(alpha | alpha << 16);
}

static inline words coverage(const uint8_t *mask)
{
	__m128i m = _mm_cvtsi32_si128((int)*(const blit_word *)mask);

	m = _mm_unpacklo_epi8(m, _mm_setzero_si128());
	return (words)_mm_unpacklo_epi16(m, _mm_setzero_si128());
}

/* There is no packing of unsigned words: as signed ones they keep all bits. */
static inline words pack(words low, words high)
{
	__m128i a = _mm_srai_epi32((__m128i)(low << 16), 16);
	__m128i b = _mm_srai_epi32((__m128i)(high << 16), 16);

	return (words)_mm_packs_epi32(a, b);
}

static inline halves presort(halves p)
{
	return p;
}

static inline words swap_red_blue(words p)
{
	return (p & 0xff00ff00u) | (p & 0xff) << 16 | (p >> 16 & 0xff);
}

enum { BACKWARDS = _MM_SHUFFLE(0, 1, 2, 3) };

static inline words reverse_words(words p)
{
	return (words)_mm_shuffle_epi32((__m128i)p, BACKWARDS);
}

static inline halves reverse_halves(halves p)
{
	__m128i q = _mm_shufflelo_epi16((__m128i)p, BACKWARDS);

	q = _mm_shufflehi_epi16(q, BACKWARDS);
	return (halves)_mm_shuffle_epi32(q, _MM_SHUFFLE(1, 0, 3, 2));
}

static inline void square_words(uint8_t *to, ptrdiff_t to_stride,
				const uint8_t *from, ptrdiff_t from_stride)
{
	__m128i a = (__m128i)load(from);
	__m128i b = (__m128i)load(from + from_stride);
	__m128i c = (__m128i)load(from + 2 * from_stride);
	__m128i d = (__m128i)load(from + 3 * from_stride);
	__m128i ab = _mm_unpacklo_epi32(a, b), cd = _mm_unpacklo_epi32(c, d);

	store(to, (words)_mm_unpacklo_epi64(ab, cd));
	store(to + to_stride, (words)_mm_unpackhi_epi64(ab, cd));
	ab = _mm_unpackhi_epi32(a, b);
	cd = _mm_unpackhi_epi32(c, d);
	store(to + 2 * to_stride, (words)_mm_unpacklo_epi64(ab, cd));
	store(to + 3 * to_stride, (words)_mm_unpackhi_epi64(ab, cd));
}

#include "blit/vector/blend.h"
#include "blit/vector/copy.h"
#include "blit/vector/shape.h"

#define SSE2(operation) .operation = sse2_##operation,

const struct blit_implementation blit_sse2 = { .name = "sse2",
					       BLIT_OPERATIONS(SSE2) };
