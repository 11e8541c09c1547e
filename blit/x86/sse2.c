/*
 * SSE2: four or eight pixels a step, bit for bit what generic.c computes.
 * Loads and stores are unaligned: since a decade they cost nothing extra.
 */
#include "blit/implementation.h"

#include <emmintrin.h>
#include <string.h>

static __m128i load(const void *from)
{
	return _mm_loadu_si128(from);
}

static void store(void *to, __m128i value)
{
	_mm_storeu_si128(to, value);
}

/* ---- copy ---- */

/* Whole cache lines past the cache; what is before and behind them plainly. */
static void stream_8888(void *to, const void *from, int n)
{
	uint32_t *d = to;
	const uint32_t *s = from;
	int head = (int)(-(uintptr_t)to % 64 / 4);

	if (n < head + 64) {
		memcpy(to, from, (size_t)n * 4);
		return;
	}
	memcpy(d, s, (size_t)head * 4);
	for (d += head, s += head, n -= head; n >= 16; d += 16, s += 16) {
		__m128i a = load(s), b = load(s + 4);
		__m128i c = load(s + 8), e = load(s + 12);

		_mm_stream_si128((__m128i *)d, a);
		_mm_stream_si128((__m128i *)(d + 4), b);
		_mm_stream_si128((__m128i *)(d + 8), c);
		_mm_stream_si128((__m128i *)(d + 12), e);
		n -= 16;
	}
	memcpy(d, s, (size_t)n * 4);
	/* Others must not see a refresh before its pixels. */
	_mm_sfence();
}

static void copy_opaque(void *to, const void *from, int n)
{
	uint32_t *d = to;
	const uint32_t *s = from;
	const __m128i alpha = _mm_set1_epi32((int)0xff000000u);
	int i = 0;

	for (; i + 4 <= n; i += 4)
		store(d + i, _mm_or_si128(load(s + i), alpha));
	generic_copy_opaque(d + i, s + i, n - i);
}

/* Four pixels to 565 in the low halves of the words, sign-extended so that
 * packing with saturation keeps all bits. */
static __m128i to_565(__m128i p)
{
	__m128i r = _mm_and_si128(_mm_srli_epi32(p, 8), _mm_set1_epi32(0xf800));
	__m128i g = _mm_and_si128(_mm_srli_epi32(p, 5), _mm_set1_epi32(0x07e0));
	__m128i b = _mm_and_si128(_mm_srli_epi32(p, 3), _mm_set1_epi32(0x001f));
	__m128i all = _mm_or_si128(r, _mm_or_si128(g, b));

	return _mm_srai_epi32(_mm_slli_epi32(all, 16), 16);
}

static void copy_8888_565(void *to, const void *from, int n)
{
	uint16_t *d = to;
	const uint32_t *s = from;
	int i = 0;

	for (; i + 8 <= n; i += 8)
		store(d + i, _mm_packs_epi32(to_565(load(s + i)),
					     to_565(load(s + i + 4))));
	generic_copy_8888_565(d + i, s + i, n - i);
}

/* Eight pixels of 565 to two registers of words. */
static void from_565(__m128i p, __m128i *low, __m128i *high)
{
	const __m128i mask5 = _mm_set1_epi16(0xf8);
	const __m128i mask6 = _mm_set1_epi16(0xfc);
	__m128i r = _mm_and_si128(_mm_srli_epi16(p, 8), mask5);
	__m128i g = _mm_and_si128(_mm_srli_epi16(p, 3), mask6);
	__m128i b = _mm_and_si128(_mm_slli_epi16(p, 3), mask5);

	r = _mm_or_si128(r, _mm_srli_epi16(r, 5));
	g = _mm_or_si128(g, _mm_srli_epi16(g, 6));
	b = _mm_or_si128(b, _mm_srli_epi16(b, 5));

	__m128i gb = _mm_or_si128(_mm_slli_epi16(g, 8), b);
	__m128i ar = _mm_or_si128(r, _mm_set1_epi16((short)0xff00));

	*low = _mm_unpacklo_epi16(gb, ar);
	*high = _mm_unpackhi_epi16(gb, ar);
}

static void copy_565_8888(void *to, const void *from, int n)
{
	uint32_t *d = to;
	const uint16_t *s = from;
	int i = 0;

	for (; i + 8 <= n; i += 8) {
		__m128i low, high;

		from_565(load(s + i), &low, &high);
		store(d + i, low);
		store(d + i + 4, high);
	}
	generic_copy_565_8888(d + i, s + i, n - i);
}

/* ---- over ---- */

static __m128i div255(__m128i x)
{
	x = _mm_add_epi16(x, _mm_set1_epi16(128));
	return _mm_srli_epi16(_mm_add_epi16(x, _mm_srli_epi16(x, 8)), 8);
}

/* d * (255 - s.a) / 255 for two pixels, unpacked to 16 bits a channel. */
static __m128i dim(__m128i d, __m128i s)
{
	__m128i a = _mm_shufflehi_epi16(
		_mm_shufflelo_epi16(s, _MM_SHUFFLE(3, 3, 3, 3)),
		_MM_SHUFFLE(3, 3, 3, 3));

	return div255(
		_mm_mullo_epi16(d, _mm_xor_si128(a, _mm_set1_epi16(0xff))));
}

static __m128i over(__m128i d, __m128i s)
{
	const __m128i zero = _mm_setzero_si128();
	__m128i low = dim(_mm_unpacklo_epi8(d, zero),
			  _mm_unpacklo_epi8(s, zero));
	__m128i high = dim(_mm_unpackhi_epi8(d, zero),
			   _mm_unpackhi_epi8(s, zero));

	return _mm_adds_epu8(s, _mm_packus_epi16(low, high));
}

/* One bit per byte: which alpha bytes are 0xff, and which bytes are 0. */
enum { ALPHA_BITS = 0x8888, ALL_BITS = 0xffff };

static int is_opaque(__m128i s)
{
	return (_mm_movemask_epi8(_mm_cmpeq_epi8(s, _mm_set1_epi8(-1))) &
		ALPHA_BITS) == ALPHA_BITS;
}

static int is_clear(__m128i s)
{
	return _mm_movemask_epi8(_mm_cmpeq_epi8(s, _mm_setzero_si128())) ==
	       ALL_BITS;
}

static void over_xrgb(void *to, const void *from, int n)
{
	uint32_t *d = to;
	const uint32_t *s = from;
	const __m128i alpha = _mm_set1_epi32((int)0xff000000u);
	int i = 0;

	/* Windows have long opaque and clear runs: neither reads nor
	 * multiplies need to be done there. */
	for (; i + 4 <= n; i += 4) {
		__m128i p = load(s + i);

		if (is_opaque(p))
			store(d + i, p);
		else if (is_clear(p))
			store(d + i, _mm_or_si128(load(d + i), alpha));
		else
			store(d + i, _mm_or_si128(over(load(d + i), p), alpha));
	}
	generic_over_xrgb(d + i, s + i, n - i);
}

static void over_argb(void *to, const void *from, int n)
{
	uint32_t *d = to;
	const uint32_t *s = from;
	int i = 0;

	for (; i + 4 <= n; i += 4) {
		__m128i p = load(s + i);

		if (is_opaque(p))
			store(d + i, p);
		else if (!is_clear(p))
			store(d + i, over(load(d + i), p));
	}
	generic_over_argb(d + i, s + i, n - i);
}

static void over_565(void *to, const void *from, int n)
{
	uint16_t *d = to;
	const uint32_t *s = from;
	int i = 0;

	for (; i + 8 <= n; i += 8) {
		__m128i p = load(s + i), q = load(s + i + 4), low, high;

		if (is_clear(p) && is_clear(q))
			continue;
		from_565(load(d + i), &low, &high);
		store(d + i, _mm_packs_epi32(to_565(over(low, p)),
					     to_565(over(high, q))));
	}
	generic_over_565(d + i, s + i, n - i);
}

const struct blit_implementation blit_sse2 = {
	.name = "sse2",
	.stream_8888 = stream_8888,
	.copy_opaque = copy_opaque,
	.copy_8888_565 = copy_8888_565,
	.copy_565_8888 = copy_565_8888,
	.fill_8888 = generic_fill_8888,
	.fill_565 = generic_fill_565,
	.over_xrgb = over_xrgb,
	.over_argb = over_argb,
	.over_565 = over_565,
	.mix_8888_8888 = generic_mix_8888_8888,
	.mix_8888_565 = generic_mix_8888_565,
	.mix_565_8888 = generic_mix_565_8888,
	.mix_565_565 = generic_mix_565_565,
	.mask_xrgb = generic_mask_xrgb,
	.mask_argb = generic_mask_argb,
	.mask_565 = generic_mask_565,
};
