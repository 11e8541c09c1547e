/* Blending in vectors: see vector/walk.h. */
#ifndef BLIT_VECTOR_BLEND_H
#define BLIT_VECTOR_BLEND_H

#include "blit/vector/walk.h"

/* ---- over ---- */

INLINE words over(words d, words s, const struct fixed *fixed)
{
	halves rest = alphas(s) ^ fixed->byte;

	return (words)add_saturated(
		(bytes)s, (bytes)joined(div255(even(d, fixed) * rest, fixed),
					div255(odd(d) * rest, fixed)));
}

/* Narrow ones aren't worth asking: where all is opaque or clear the result is
 * the same. */
INLINE void over_8888_step(uint8_t *to, const uint8_t *from,
			   const struct constants *k)
{
	store(to, over(load(to), load(from), &k->fixed));
}

/* Windows have long opaque and clear runs: neither reads nor multiplies need to
 * be done there. Asks as little as can be, since each question costs a tenth of
 * the rest. */
INLINE void over_8888_pair(uint8_t *to, const uint8_t *from,
			   const struct constants *k)
{
	words a = load(from), b = load(from + BYTES);

	if (!is_mixed(a)) {
		if (is_opaque(a & b)) {
			store(to, a);
			store(to + BYTES, b);
			return;
		}
		if (is_zero(a | b))
			return;
	}
	store(to, over(load(to), a, &k->fixed));
	store(to + BYTES, over(load(to + BYTES), b, &k->fixed));
}

WALK(over_singles, over_8888_step, 4, 4, PIXELS, true)
WALK(over_pairs, over_8888_pair, 4, 4, 2 * PIXELS, true)

void NAME(over_8888)(const struct blit_walk *walk)
{
	if (walk->w < 2 * PIXELS)
		over_singles(walk, NARROWER_FN(over_8888));
	else
		over_pairs(walk, NULL);
}

#ifndef HAVE_OVER_565
INLINE void over_565_step(uint8_t *to, const uint8_t *from,
			  const struct constants *k)
{
	words a = load(from), b = load(from + BYTES), low, high;

	if (is_zero(a | b))
		return;
	if (!is_opaque(a & b)) {
		widen_565((halves)load(to), &low, &high, &k->fixed);
		a = over(low, a, &k->fixed);
		b = over(high, b, &k->fixed);
	}
	store(to, (words)narrow_565(a, b, &k->fixed));
}
#endif
OPERATION(over_565, 2, 4, 2 * PIXELS, true)

/* The alpha is the lowest byte of `color`. */
INLINE void fade_8888_step(uint8_t *to, const uint8_t *from,
			   const struct constants *k)
{
	words s = load(from) | k->opaque;
	halves alpha = (halves)(k->color | k->color << 16);

	if (is_zero(s))
		return;
	s = joined(div255(even(s, &k->fixed) * alpha, &k->fixed),
		   div255(odd(s) * alpha, &k->fixed));
	store(to, over(load(to), s, &k->fixed));
}
OPERATION(fade_8888, 4, 4, PIXELS, true)

#ifndef ONLY_WIDE_GAINS
INLINE void masked_8888_step(uint8_t *to, const uint8_t *from,
			     const struct constants *k)
{
	words s = load(from), alpha = s & words_of(BLIT_OPAQUE);

	if (is_zero(alpha))
		return;

	words keep = (words)(alpha == 0);

	s |= k->opaque;
	if (!is_zero(keep))
		s = (s & ~keep) | (load(to) & keep);
	store(to, s);
}
OPERATION(masked_8888, 4, 4, PIXELS, true)
#endif

/* ---- mix ---- */

INLINE words mix(words s, const struct constants *k)
{
	return (words)average((bytes)s, (bytes)k->color);
}

INLINE void mix_8888_8888_step(uint8_t *to, const uint8_t *from,
			       const struct constants *k)
{
	store(to, mix(load(from), k) | words_of(BLIT_OPAQUE));
}
OPERATION(mix_8888_8888, 4, 4, PIXELS, false)

#ifndef ONLY_WIDE_GAINS
INLINE void mix_8888_565_step(uint8_t *to, const uint8_t *from,
			      const struct constants *k)
{
	store(to, (words)narrow_565(mix(load(from), k),
				    mix(load(from + BYTES), k), &k->fixed));
}
OPERATION(mix_8888_565, 2, 4, 2 * PIXELS, false)

INLINE void mix_565_8888_step(uint8_t *to, const uint8_t *from,
			      const struct constants *k)
{
	words low, high;

	widen_565((halves)load(from), &low, &high, &k->fixed);
	store(to, mix(low, k) | words_of(BLIT_OPAQUE));
	store(to + BYTES, mix(high, k) | words_of(BLIT_OPAQUE));
}
OPERATION(mix_565_8888, 4, 2, 2 * PIXELS, false)

INLINE void mix_565_565_step(uint8_t *to, const uint8_t *from,
			     const struct constants *k)
{
	words low, high;

	widen_565((halves)load(from), &low, &high, &k->fixed);
	store(to, (words)narrow_565(mix(low, k), mix(high, k), &k->fixed));
}
OPERATION(mix_565_565, 2, 2, 2 * PIXELS, false)
#endif

/* ---- mask ---- */

#ifndef HAVE_BLEND
/* One channel of d towards that of the colour, by a / 255. */
INLINE halves toward(halves d, halves color, halves a,
		     const struct fixed *fixed)
{
	return div255(d * (a ^ fixed->byte) + color * a, fixed);
}

/* A vector of d towards the colour. */
INLINE words blend(words d, const uint8_t *mask, const struct constants *k,
		   bool is_solid)
{
	words m = coverage(mask);
	halves a = (halves)(m | m << 16);

	if (!is_solid)
		a = div255(a * k->alpha, &k->fixed);
	return joined(toward(even(d, &k->fixed), even(k->solid, &k->fixed), a,
			     &k->fixed),
		      toward(odd(d), odd(k->solid), a, &k->fixed));
}
#endif

/* Bits that any, and that all, of some bytes of coverage have. */
struct covered {
	uint64_t any, all;
};

INLINE struct covered covered(const uint8_t *mask, int count)
{
	struct covered result = { 0, ~(uint64_t)0 };
	uint64_t eight;

	if (count == 4) {
		uint64_t four = *(const blit_word *)mask;

		return (struct covered){ four, four | four << 32 };
	}
	for (int i = 0; i < count; i += 8) {
		memcpy(&eight, mask + i, 8);
		result.any |= eight;
		result.all &= eight;
	}
	return result;
}

/* Asks once for `count` vectors: edges of glyphs are hard to foresee. */
INLINE void mask_8888(uint8_t *to, const uint8_t *from,
		      const struct constants *k, bool is_solid, int count)
{
	struct covered is = covered(from, count * PIXELS);

	if (!is.any)
		return;
	if (is_solid && !~is.all) {
		for (int i = 0; i < count; i++)
			store(to + i * BYTES, k->solid);
		return;
	}
	for (int i = 0; i < count; i++, to += BYTES, from += PIXELS)
		store(to, blend(load(to), from, k, is_solid));
}

INLINE void mask_solid_step(uint8_t *to, const uint8_t *from,
			    const struct constants *k)
{
	mask_8888(to, from, k, true, 1);
}

INLINE void mask_any_step(uint8_t *to, const uint8_t *from,
			  const struct constants *k)
{
	mask_8888(to, from, k, false, 1);
}

INLINE void mask_solid_pair(uint8_t *to, const uint8_t *from,
			    const struct constants *k)
{
	mask_8888(to, from, k, true, 2);
}

INLINE void mask_any_pair(uint8_t *to, const uint8_t *from,
			  const struct constants *k)
{
	mask_8888(to, from, k, false, 2);
}

WALK(mask_solid_singles, mask_solid_step, 4, 1, PIXELS, true)
WALK(mask_any_singles, mask_any_step, 4, 1, PIXELS, true)
WALK(mask_solid_pairs, mask_solid_pair, 4, 1, 2 * PIXELS, true)
WALK(mask_any_pairs, mask_any_pair, 4, 1, 2 * PIXELS, true)

void NAME(mask_8888)(const struct blit_walk *walk)
{
	bool is_solid = walk->color >> 24 == 0xff;

	if (walk->w < 2 * PIXELS && is_solid)
		mask_solid_singles(walk, NARROWER_FN(mask_8888));
	else if (walk->w < 2 * PIXELS)
		mask_any_singles(walk, NARROWER_FN(mask_8888));
	else if (is_solid)
		mask_solid_pairs(walk, NULL);
	else
		mask_any_pairs(walk, NULL);
}

INLINE void mask_565_step(uint8_t *to, const uint8_t *from,
			  const struct constants *k)
{
	words low, high;

	if (!covered(from, 2 * PIXELS).any)
		return;
	widen_565((halves)load(to), &low, &high, &k->fixed);
	low = blend(low, from, k, false);
	high = blend(high, from + PIXELS, k, false);
	store(to, (words)narrow_565(low, high, &k->fixed));
}
OPERATION(mask_565, 2, 1, 2 * PIXELS, true)

#endif
