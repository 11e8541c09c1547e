/*
 * Over onto 565 for AVX2 and AVX-512, by channels: two thirds of what it
 * costs to widen both to 8888. They define, beside what x86/vector.h asks for,
 *
 *   load_fours   twice as many words as a vector has: of each eight the first
 *                four in one vector, the others in the other
 */
#ifndef BLIT_X86_OVER_565_H
#define BLIT_X86_OVER_565_H

#include "blit/vector/walk.h"

/* One channel of as many pixels as a vector has halves. */
struct planes {
	halves blue, green, red; /* in the high bytes */
	halves alpha; /* in both bytes */
};

INLINE struct planes planes_of(words a, words b)
{
	const native zero = {};
	const __m128i order = _mm_set_epi8(15, 11, 7, 3, 14, 10, 6, 2, 13, 9, 5,
					   1, 12, 8, 4, 0);
	native low = (native)shuffle(a, order),
	       high = (native)shuffle(b, order);
	native blue_green = (native)MM(unpacklo_epi32)(low, high);
	native red_alpha = (native)MM(unpackhi_epi32)(low, high);

	return (struct planes){
		.blue = (halves)MM(unpacklo_epi8)(zero, blue_green),
		.green = (halves)MM(unpackhi_epi8)(zero, blue_green),
		.red = (halves)MM(unpacklo_epi8)(zero, red_alpha),
		.alpha = (halves)MM(unpackhi_epi8)(red_alpha, red_alpha),
	};
}

/*
 * s + div255(d * (255 - alpha)) of a channel, in the high bytes. For channels
 * of 5 bits div255 is one multiplication that rounds, d * weight / 32768, with
 * (255 - alpha) * 257 / 2 rounded up as weight: exact for their 32 values, as
 * trying all of them shows (tests/unit/blit/every.c). The 64 of green would
 * be wrong for two alphas.
 */
INLINE halves over_5(halves s, halves d, halves weight)
{
	halves q = (halves)MM(mulhrs_epi16)((native)d, (native)weight);

	return (halves)MM(adds_epu16)((native)s, (native)(q << 8));
}

INLINE halves over_6(halves s, halves d, halves rest, const struct fixed *fixed)
{
	halves x = d * rest + fixed->round;

	return (halves)MM(adds_epu16)((native)s, (native)(x + (x >> 8)));
}

INLINE halves over_planes(halves p, const struct planes *s,
			  const struct fixed *fixed)
{
	const native most = (native)halves_of(0x7fff);
	halves rest = ~s->alpha;
	halves weight = (halves)MM(avg_epu16)((native)rest, (native){});
	halves red = high_product(p & fixed->red, fixed->times_red);
	halves green = high_product(p & fixed->green, fixed->times_green);
	halves blue = high_product(p << 11, fixed->times_red);

	/* What rounds to 1 << 15 would be negative. */
	weight = (halves)MM(min_epu16)((native)weight, most);
	red = over_5(s->red, red, weight);
	green = over_6(s->green, green, rest >> 8, fixed);
	blue = over_5(s->blue, blue, weight);
	return (red & fixed->red) | (green >> 5 & fixed->green) | blue >> 11;
}

INLINE void over_565_step(uint8_t *to, const uint8_t *from,
			  const struct constants *k)
{
	words a, b;
	struct planes planes;

	load_fours(from, &a, &b);
	if (!is_mixed(a)) {
		if (is_opaque(a & b)) {
			store(to, (words)MM(packus_epi32)(
					  (native)squeeze_565(a, &k->fixed),
					  (native)squeeze_565(b, &k->fixed)));
			return;
		}
		if (is_zero(a | b))
			return;
	}
	planes = planes_of(a, b);
	store(to, (words)over_planes((halves)load(to), &planes, &k->fixed));
}

#endif
