/*
 * Towards a colour by A8 coverage, for AVX2 and AVX-512. They define, beside
 * what x86/vector.h asks for,
 *
 *   spread      a byte of coverage for each word, all of them in each lane of
 *               16 bytes
 *   spread_low, spread_high
 *               of that in each lane those of its first two words, eight times
 *               each, and of its other two
 */
#ifndef BLIT_X86_BLEND_H
#define BLIT_X86_BLEND_H

#include "blit/vector/walk.h"

/*
 * div255(c * a + d * (255 - a)) of channels d and c, neighbours and both less
 * 128: so one instruction takes weights of 8 bits and adds the products. What
 * it lacks by that, 128 * 255, comes with the 128 of div255.
 */
INLINE native weighed(native d_and_c, words a, const struct fixed *fixed)
{
	halves weights = (halves)a ^ fixed->byte;
	halves x = (halves)MM(maddubs_epi16)((native)weights, d_and_c);

	return (native)high_product(x + 0x8000, fixed->factor);
}

INLINE words blend(words d, const uint8_t *mask, const struct constants *k,
		   bool is_solid)
{
	const words less = words_of(0x80808080);
	native from = (native)(d ^ less), color = (native)(k->solid ^ less);
	words a = spread(mask);

	if (!is_solid)
		a = joined(div255(even(a, &k->fixed) * k->alpha, &k->fixed),
			   div255(odd(a) * k->alpha, &k->fixed));
	return (words)MM(packus_epi16)(
		weighed((native)MM(unpacklo_epi8)(from, color), spread_low(a),
			&k->fixed),
		weighed((native)MM(unpackhi_epi8)(from, color), spread_high(a),
			&k->fixed));
}

#define HAVE_BLEND

#endif
