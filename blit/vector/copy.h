/* Copies, conversions and fills in vectors: see vector/walk.h. */
#ifndef BLIT_VECTOR_COPY_H
#define BLIT_VECTOR_COPY_H

#include "blit/generic/dither.h"
#include "blit/vector/walk.h"

#ifndef ONLY_WIDE_GAINS
INLINE void copy_opaque_step(uint8_t *to, const uint8_t *from,
			     const struct constants *k)
{
	store(to, load(from) | k->opaque);
}
OPERATION(copy_opaque, 4, 4, PIXELS, false)
#endif

INLINE void copy_8888_565_step(uint8_t *to, const uint8_t *from,
			       const struct constants *k)
{
	store(to, (words)narrow_565(load(from), load(from + BYTES), &k->fixed));
}
OPERATION(copy_8888_565, 2, 4, 2 * PIXELS, false)

INLINE void copy_565_8888_step(uint8_t *to, const uint8_t *from,
			       const struct constants *k)
{
	words low, high;

	widen_565((halves)load(from), &low, &high, &k->fixed);
	store(to, low);
	store(to + BYTES, high);
}
OPERATION(copy_565_8888, 4, 2, 2 * PIXELS, false)

#ifndef ONLY_WIDE_GAINS
INLINE void swap_8888_step(uint8_t *to, const uint8_t *from,
			   const struct constants *k)
{
	store(to, swap_red_blue(load(from)) | k->opaque);
}
OPERATION(swap_8888, 4, 4, PIXELS, false)

INLINE void swap_565_step(uint8_t *to, const uint8_t *from,
			  const struct constants *k)
{
	halves p = (halves)load(from);

	(void)k;
	store(to, (words)((p & halves_of(0x07e0)) | p << 11 | p >> 11));
}
OPERATION(swap_565, 2, 2, 2 * PIXELS, false)
#endif

/* ---- dither ---- */

/* `color` and `alpha` hold what is added to the two vectors of a step, since
 * the pattern repeats with each. */
INLINE void dither_step(uint8_t *to, const uint8_t *from,
			const struct constants *k)
{
	bytes low = (bytes)load(from), high = (bytes)load(from + BYTES);

	store(to, (words)narrow_565((words)add_saturated(low, (bytes)k->color),
				    (words)add_saturated(high, (bytes)k->alpha),
				    &k->fixed));
}

/* Two periods or more, so that any 8 pixels or any step begin in the first. */
enum { PATTERN = 8 + 2 * PIXELS };

INLINE struct constants dither_constants(const uint32_t *pattern)
{
	return (struct constants){
		.color = load(pattern),
		.alpha = (halves)load(pattern + PIXELS),
		.fixed = fixed_init(),
	};
}

void NAME(dither)(const struct blit_walk *walk)
{
	const struct shape shape = { 2, 4, 2 * PIXELS, false };
	struct blit_walk row = *walk;

#ifdef NARROWER
	if (walk->w < shape.step) {
		NARROWER(dither)(walk);
		return;
	}
#endif
	row.h = 1;
	for (int y = 0; y < walk->h; y++) {
		uint32_t pattern[PATTERN];
		ptrdiff_t last = row.w - shape.step;

		for (unsigned x = 0; x < 8; x++)
			pattern[x] = dither_at((walk->color & 7) + x,
					       (walk->color >> 3) +
						       (unsigned)y);
		for (int x = 8; x < PATTERN; x += 8)
			memcpy(pattern + x, pattern, 32);

		struct constants k = dither_constants(pattern);

#ifndef NARROWER
		if (row.w < shape.step) {
			walk_narrow(&row, shape, dither_step, &k);
		} else
#endif
		{
			row_steps(row.to, row.from, row.w, shape, dither_step,
				  &k);
			k = dither_constants(pattern + (last & 7));
			dither_step(row.to + last * 2, row.from + last * 4, &k);
		}
		row.to += walk->to_stride;
		row.from += walk->from_stride;
	}
}

/* ---- fill ---- */

/* One row of n bytes, a multiple of the pixel's `size`. All but the first and
 * the last store lie in one cache line, if pixels are aligned. */
INLINE void fill_row(uint8_t *to, ptrdiff_t n, words color, int size)
{
	int head = (int)(-(uintptr_t)to % BYTES);
	ptrdiff_t i = head - head % size;

	store(to, color);
#ifdef HAVE_STRING_FILL
	if (n - i >= STRING_FILL && size == 4) {
		string_fill(to + i, color, (size_t)(n - i) / 4);
		store(to + n - BYTES, color);
		return;
	}
#endif
	for (; i + 4 * BYTES <= n; i += 4 * BYTES) {
		store(to + i, color);
		store(to + i + BYTES, color);
		store(to + i + 2 * BYTES, color);
		store(to + i + 3 * BYTES, color);
	}
	for (; i + BYTES <= n; i += BYTES)
		store(to + i, color);
	store(to + n - BYTES, color);
}

INLINE void fill(const struct blit_walk *walk, int size)
{
	words color = words_of(walk->color);
	ptrdiff_t n = (ptrdiff_t)walk->w * size;
	uint8_t *to = walk->to;

#ifndef NARROWER
	if (n < BYTES) {
		__attribute__((aligned(BYTES))) uint8_t narrow[BYTES];

		store(narrow, color);
		for (int h = walk->h; h > 0; h--, to += walk->to_stride)
			part(to, narrow, (int)n);
		return;
	}
#endif
	for (int h = walk->h; h > 0; h--, to += walk->to_stride)
		fill_row(to, n, color, size);
}

void NAME(fill_8888)(const struct blit_walk *walk)
{
#ifdef NARROWER
	if (walk->w < PIXELS) {
		NARROWER(fill_8888)(walk);
		return;
	}
#endif
	fill(walk, 4);
}

void NAME(fill_565)(const struct blit_walk *walk)
{
#ifdef NARROWER
	if (walk->w < 2 * PIXELS) {
		NARROWER(fill_565)(walk);
		return;
	}
#endif
	fill(walk, 2);
}

/* ---- past the cache: whole lines, the rest plainly ---- */

#ifdef HAVE_STREAM

enum { LINE = 64 };

INLINE void stream_line(uint8_t *to, const uint8_t *from)
{
	words line[LINE / BYTES];

	for (int i = 0; i < LINE / BYTES; i++)
		line[i] = load(from + i * BYTES);
	for (int i = 0; i < LINE / BYTES; i++)
		stream(to + i * BYTES, line[i]);
}

void NAME(stream_8888)(const struct blit_walk *walk)
{
	uint8_t *to = walk->to;
	const uint8_t *from = walk->from;

	for (int h = walk->h; h > 0; h--) {
		ptrdiff_t n = (ptrdiff_t)walk->w * 4;
		ptrdiff_t i = (ptrdiff_t)(-(uintptr_t)to % LINE);

		i = i < n ? i : n;
		if (i)
			memcpy(to, from, (size_t)i);
		for (; i + LINE <= n; i += LINE)
			stream_line(to + i, from + i);
		if (i < n)
			memcpy(to + i, from + i, (size_t)(n - i));
		to += walk->to_stride;
		from += walk->from_stride;
	}
	/* Others must not see a refresh before its pixels. */
	stream_end();
}

/* A row that begins and ends with a line. */
INLINE void stream_fill_lines(uint8_t *to, ptrdiff_t n, words color)
{
	for (ptrdiff_t i = 0; i < n; i += BYTES)
		stream(to + i, color);
}

void NAME(stream_fill)(const struct blit_walk *walk)
{
	words color = words_of(walk->color);
	struct blit_walk edge = *walk;

	edge.h = 1;
	for (int h = walk->h; h > 0; h--, edge.to += walk->to_stride) {
		ptrdiff_t n = (ptrdiff_t)walk->w * 4;
		ptrdiff_t head = (ptrdiff_t)(-(uintptr_t)edge.to % LINE);
		ptrdiff_t lines = (n - head) / LINE * LINE;
		struct blit_walk tail = edge;

		edge.w = walk->w;
		if (head % 4 || lines <= 0) {
			NAME(fill_8888)(&edge);
			continue;
		}
		edge.w = (int)(head / 4);
		if (edge.w)
			NAME(fill_8888)(&edge);
		stream_fill_lines(edge.to + head, lines, color);
		tail.to += head + lines;
		tail.w = (int)((n - head - lines) / 4);
		if (tail.w)
			NAME(fill_8888)(&tail);
	}
	stream_end();
}

#endif

#endif
