/* Mirrored and transposed copies, and what scaling needs, in vectors: see
 * vector/walk.h. */
#ifndef BLIT_VECTOR_SHAPE_H
#define BLIT_VECTOR_SHAPE_H

#include "blit/vector/blend.h"
#include "blit/vector/walk.h"

#ifndef ONLY_WIDE_GAINS
/* ---- mirror ---- */

void NAME(mirror_8888)(const struct blit_walk *walk)
{
	uint8_t *to = walk->to;
	const uint8_t *from = walk->from + (ptrdiff_t)walk->w * 4 - BYTES;
	ptrdiff_t last = (ptrdiff_t)walk->w * 4 - BYTES;

	if (last < 0) {
		generic_mirror_8888(walk);
		return;
	}
	for (int h = walk->h; h > 0; h--) {
		for (ptrdiff_t i = 0; i < last; i += BYTES)
			store(to + i, reverse_words(load(from - i)));
		store(to + last, reverse_words(load(from - last)));
		to += walk->to_stride;
		from += walk->from_stride;
	}
}

void NAME(mirror_565)(const struct blit_walk *walk)
{
	uint8_t *to = walk->to;
	const uint8_t *from = walk->from + (ptrdiff_t)walk->w * 2 - BYTES;
	ptrdiff_t last = (ptrdiff_t)walk->w * 2 - BYTES;

	if (last < 0) {
		generic_mirror_565(walk);
		return;
	}
	for (int h = walk->h; h > 0; h--) {
		for (ptrdiff_t i = 0; i < last; i += BYTES)
			store(to + i,
			      (words)reverse_halves((halves)load(from - i)));
		store(to + last,
		      (words)reverse_halves((halves)load(from - last)));
		to += walk->to_stride;
		from += walk->from_stride;
	}
}
#endif

/* ---- transpose, square by square ---- */

typedef void square_fn(uint8_t *to, ptrdiff_t to_stride, const uint8_t *from,
		       ptrdiff_t from_stride);

/* Squares at the right and lower edge overlap the ones before. w and h are at
 * least `side`. */
INLINE void squares(const struct blit_walk *walk, int size, int side,
		    square_fn *square)
{
	for (int y = 0; y < walk->h; y += side) {
		y = y + side > walk->h ? walk->h - side : y;
		for (int x = 0; x < walk->w; x += side) {
			x = x + side > walk->w ? walk->w - side : x;
			square(walk->to + y * walk->to_stride +
				       (ptrdiff_t)x * size,
			       walk->to_stride,
			       walk->from + x * walk->from_stride +
				       (ptrdiff_t)y * size,
			       walk->from_stride);
		}
	}
}

void NAME(transpose_8888)(const struct blit_walk *walk)
{
	if (walk->w < PIXELS || walk->h < PIXELS)
		generic_transpose_8888(walk);
	else
		squares(walk, 4, PIXELS, square_words);
}

#ifdef HALF_SQUARE
void NAME(transpose_565)(const struct blit_walk *walk)
{
	if (walk->w < HALF_SQUARE || walk->h < HALF_SQUARE)
		generic_transpose_565(walk);
	else
		squares(walk, 2, HALF_SQUARE, square_halves);
}
#endif

#ifndef ONLY_WIDE_GAINS
/* ---- scaling ---- */

void NAME(sum_8888)(const struct blit_walk *walk)
{
	uint8_t *to = walk->to;
	int last = walk->w - PIXELS;
	const struct fixed fixed = fixed_init();

	if (last < 0) {
		generic_sum_8888(walk);
		return;
	}
	for (int x = 0; x < walk->w; x += PIXELS) {
		x = x > last ? last : x;

		const uint8_t *from = walk->from + (ptrdiff_t)x * 4;
		halves sum[2] = { halves_of(0), halves_of(0) };

		for (int h = walk->h; h > 0; h--, from += walk->from_stride) {
			words s = load(from);

			sum[0] += even(s, &fixed);
			sum[1] += odd(s);
		}
		store(to + (ptrdiff_t)x * 4, (words)sum[0]);
		store(to + walk->to_stride + (ptrdiff_t)x * 4, (words)sum[1]);
	}
}

void NAME(between_8888)(const struct blit_walk *walk)
{
	halves f = halves_of((uint16_t)walk->color);
	halves rest = halves_of((uint16_t)(256 - walk->color));
	const struct fixed fixed = fixed_init();
	const halves half = halves_of(128);
	ptrdiff_t last = (ptrdiff_t)walk->w * 4 - BYTES;

	if (last < 0) {
		generic_between_8888(walk);
		return;
	}
	for (ptrdiff_t i = 0; i < last + BYTES; i += BYTES) {
		i = i > last ? last : i;

		words a = load(walk->from + i);
		words b = load(walk->from + walk->from_stride + i);

		store(walk->to + i,
		      joined((even(a, &fixed) * rest + even(b, &fixed) * f +
			      half) >>
				     8,
			     (odd(a) * rest + odd(b) * f + half) >> 8));
	}
}
#endif

#endif
