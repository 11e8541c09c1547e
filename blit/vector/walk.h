/*
 * Walks in steps of whole vectors, for all widths: included by each
 * implementation after its own vectors (x86/vector.h tells which functions they
 * offer). Rows have no scalar rest, which would cost several times as much as
 * the step that it is left from. ONLY_WIDE_GAINS, where it is defined, leaves
 * out what gains nothing by the widest vectors.
 */
#ifndef BLIT_VECTOR_WALK_H
#define BLIT_VECTOR_WALK_H

#include <string.h>

#include "blit/implementation_private.h"

#define INLINE static inline __attribute__((always_inline))

enum { PIXELS = BYTES / 4 }; /* words of a vector */

INLINE words words_of(uint32_t value)
{
	return (words){} + value;
}

INLINE halves halves_of(uint16_t value)
{
	return (halves){} + value;
}

/* Words are blended as two vectors of halves, of the even and of the odd
 * channels. */
INLINE halves even(words p, const struct fixed *fixed)
{
	return (halves)p & fixed->byte;
}

INLINE halves odd(words p)
{
	return (halves)p >> 8;
}

INLINE words joined(halves even_channels, halves odd_channels)
{
	return (words)(even_channels | odd_channels << 8);
}

/*
 * NARROWER(operation), where it is defined, does what is narrower than a step:
 * a function with half the vectors. The others work aside, by pieces.
 */
#ifndef NARROWER
/* Copies 0 < n < size bytes of what is `size` bytes large, a power of two. The
 * first and the last piece overlap. */
#define PIECES(size) \
	do { \
		if (n >= (size)) { \
			uint8_t first[size], last[size]; \
			memcpy(first, from, size); \
			memcpy(last, from + n - (size), size); \
			memcpy(to, first, size); \
			memcpy(to + n - (size), last, size); \
			return; \
		} \
	} while (0)

static __attribute__((noinline)) void part(uint8_t *to, const uint8_t *from,
					   int n)
{
	for (; n > BYTES; n -= BYTES, to += BYTES, from += BYTES)
		store(to, load(from));
	PIECES(16);
	PIECES(8);
	PIECES(4);
	PIECES(2);
	*to = *from;
}
#endif

/* Copies a number of bytes that is known here. */
INLINE void whole(uint8_t *to, const uint8_t *from, int n)
{
	if (n < BYTES)
		memcpy(to, from, (size_t)n);
	else
		for (int i = 0; i < n; i += BYTES)
			store(to + i, load(from + i));
}

/* What the steps of an operation work with; what one doesn't use costs
 * nothing. */
struct constants {
	words color, opaque;
	words solid; /* the colour without its alpha */
	halves alpha;
	struct fixed fixed;
};

INLINE struct constants constants_init(const struct blit_walk *walk)
{
	return (struct constants){
		.color = words_of(walk->color),
		.opaque = words_of(walk->opaque),
		.solid = words_of(walk->color | BLIT_OPAQUE),
		.alpha = halves_of((uint16_t)(walk->color >> 24)),
		.fixed = fixed_init(),
	};
}

/* One step of an operation: some pixels of `to` and `from` in place. */
typedef void step_fn(uint8_t *to, const uint8_t *from,
		     const struct constants *k);

struct shape {
	int to_size, from_size; /* bytes of a pixel */
	int step; /* pixels */
	bool reads; /* what was in `to` */
};

#ifndef NARROWER
/* Rows narrower than a step: the step works aside. */
INLINE void walk_narrow(const struct blit_walk *walk, struct shape shape,
			step_fn *step, const struct constants *k)
{
	__attribute__((aligned(BYTES))) uint8_t d[2 * BYTES] = { 0 },
						      s[2 * BYTES] = { 0 };
	uint8_t *to = walk->to;
	const uint8_t *from = walk->from;

	for (int h = walk->h; h > 0; h--) {
		part(s, from, walk->w * shape.from_size);
		if (shape.reads)
			part(d, to, walk->w * shape.to_size);
		step(d, s, k);
		part(to, d, walk->w * shape.to_size);
		to += walk->to_stride;
		from += walk->from_stride;
	}
}
#endif

/*
 * Long rows come from memory or a cache that is shared, and what is written is
 * read there first. To ask for it early is worth 5 % of a mix at 1920x1080, or
 * more with neighbours. Not where pixels may be left alone.
 */
enum { LONG_ROW = 4096, AHEAD = 2048, CACHE_LINE = 64 }; /* bytes */

INLINE void fetch_ahead(const uint8_t *at, int n)
{
	for (int i = 0; i < n; i += CACHE_LINE)
		__builtin_prefetch(at + AHEAD + i);
}

INLINE void row_steps(uint8_t *to, const uint8_t *from, int w,
		      struct shape shape, step_fn *step,
		      const struct constants *k)
{
	int to_bytes = shape.to_size * shape.step;
	int from_bytes = shape.from_size * shape.step;
	bool is_long = !shape.reads && w >= LONG_ROW / shape.to_size;

	for (; w >= 2 * shape.step; w -= 2 * shape.step) {
		if (is_long) {
			fetch_ahead(to, 2 * to_bytes);
			fetch_ahead(from, 2 * from_bytes);
		}
		step(to, from, k);
		step(to + to_bytes, from + from_bytes, k);
		to += 2 * to_bytes;
		from += 2 * from_bytes;
	}
	if (w >= shape.step)
		step(to, from, k);
}

/*
 * The rest of a row is done with a last step that overlaps the one before.
 * Where it depends on what was there, it is done aside first, and stored last.
 */
INLINE void walk_rows(const struct blit_walk *walk, struct shape shape,
		      step_fn *step)
{
	struct constants k = constants_init(walk);
	uint8_t *to = walk->to;
	const uint8_t *from = walk->from;
	ptrdiff_t to_last = (ptrdiff_t)(walk->w - shape.step) * shape.to_size;
	ptrdiff_t from_last = (ptrdiff_t)(walk->w - shape.step) *
			      shape.from_size;
	bool is_even = walk->w % shape.step == 0;
	__attribute__((aligned(BYTES))) uint8_t last[2 * BYTES];

#ifndef NARROWER
	if (walk->w < shape.step) {
		walk_narrow(walk, shape, step, &k);
		return;
	}
#endif
	for (int h = walk->h; h > 0; h--) {
		if (shape.reads && !is_even) {
			whole(last, to + to_last, shape.to_size * shape.step);
			step(last, from + from_last, &k);
		}
		row_steps(to, from, walk->w, shape, step, &k);
		if (shape.reads && !is_even)
			whole(to + to_last, last, shape.to_size * shape.step);
		else if (!is_even)
			step(to + to_last, from + from_last, &k);
		to += walk->to_stride;
		from += walk->from_stride;
	}
}

/* A column of characters, say: one step a row. */
INLINE void walk_column(const struct blit_walk *walk, step_fn *step)
{
	struct constants k = constants_init(walk);
	ptrdiff_t to_stride = walk->to_stride, from_stride = walk->from_stride;
	uint8_t *to = walk->to;
	const uint8_t *from = walk->from;

	for (int h = walk->h; h > 0; h--) {
		step(to, from, &k);
		to += to_stride;
		from += from_stride;
	}
}

/*
 * Defines a walk by its step and the members of its shape. Columns are apart
 * from what is wider, whose registers would have to be saved.
 */
#define WALK(name, step_of, ...) \
	static __attribute__((noinline)) void name##_rows( \
		const struct blit_walk *walk) \
	{ \
		walk_rows(walk, (struct shape){ __VA_ARGS__ }, step_of); \
	} \
	INLINE void name(const struct blit_walk *walk, blit_fn *narrower) \
	{ \
		const struct shape shape = { __VA_ARGS__ }; \
\
		if (walk->w == shape.step) \
			walk_column(walk, step_of); \
		else if (narrower && walk->w < shape.step) \
			narrower(walk); \
		else \
			name##_rows(walk); \
	}

#ifdef NARROWER
#define NARROWER_FN(operation) NARROWER(operation)
#else
#define NARROWER_FN(operation) NULL
#endif

/* Defines an operation by its step. */
#define OPERATION(operation, ...) \
	WALK(operation##_walk, operation##_step, __VA_ARGS__) \
	void NAME(operation)(const struct blit_walk *walk) \
	{ \
		operation##_walk(walk, NARROWER_FN(operation)); \
	}

#endif
