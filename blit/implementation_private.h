/*
 * What an implementation of blit provides: operations on an area whose formats
 * and direction have been settled by the callers in *.c.
 */
#ifndef BLIT_IMPLEMENTATION_H
#define BLIT_IMPLEMENTATION_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Pixels lie at any address. */
typedef uint32_t blit_word __attribute__((aligned(1), may_alias));
typedef uint16_t blit_half __attribute__((aligned(1), may_alias));

enum { BLIT_OPAQUE = 0xff000000u };

/* Two rows that walk down an area together: w, h > 0 pixels. */
struct blit_walk {
	uint8_t *to;
	const uint8_t *from;
	ptrdiff_t to_stride, from_stride;
	int w, h;
	uint32_t color;
	uint32_t opaque; /* bits to set in each word that is written */
};

typedef void blit_fn(const struct blit_walk *walk);

/*
 * "8888" is a word whose alpha channel counts like the others, so that it
 * stands for xrgb8888 and argb8888; X_Y is from X to Y.
 *
 * stream_8888    words as they are, past the cache
 * stream_fill    words of `color`, past the cache
 * copy_opaque    words, with `opaque`
 * dither         8888 to 565, with `color` as the phase: x & 7 | (y & 7) << 3
 * swap           red and blue exchanged, with `opaque`
 * fill           `color` is a word of the target
 * fade_8888      over with `color` as alpha, of a source with `opaque`
 * masked_8888    words whose alpha isn't 0, with `opaque`
 * mask           `from` is the coverage
 * mirror         rows from right to left
 * transpose      from the column x of `from` to the row x of `to`; w and h are
 *                those of `to`
 * sum_8888       of each column the sum of h <= 256 rows: blue and red in the
 *                low and high half of word x of `to`, green and alpha in the
 *                plane that is `to_stride` bytes behind
 * between_8888   one row between `from` and the one `from_stride` bytes behind
 *                it, `color` is f
 */
#define BLIT_OPERATIONS(X) \
	X(stream_8888) \
	X(stream_fill) \
	X(copy_opaque) \
	X(copy_8888_565) \
	X(copy_565_8888) \
	X(dither) \
	X(swap_8888) \
	X(swap_565) \
	X(fill_8888) \
	X(fill_565) \
	X(over_8888) \
	X(over_565) \
	X(fade_8888) \
	X(masked_8888) \
	X(mix_8888_8888) \
	X(mix_8888_565) \
	X(mix_565_8888) \
	X(mix_565_565) \
	X(mask_8888) \
	X(mask_565) \
	X(mirror_8888) \
	X(mirror_565) \
	X(transpose_8888) \
	X(transpose_565) \
	X(sum_8888) \
	X(between_8888)

struct blit_implementation {
	const char *name;
	/* Bytes as they are, w of them a row; none for the C library's. */
	blit_fn *copy;
#define BLIT_MEMBER(operation) blit_fn *operation;
	BLIT_OPERATIONS(BLIT_MEMBER)
#undef BLIT_MEMBER
};

extern const struct blit_implementation blit_generic, blit_mmx, blit_sse2,
	blit_avx2, blit_avx512, blit_neon;

/* The operations by name: implementations use each other's where their own
 * would gain nothing. */
#define BLIT_DECLARE(operation) \
	blit_fn generic_##operation, sse2_##operation, avx2_##operation, \
		avx512_##operation, neon_##operation;
BLIT_OPERATIONS(BLIT_DECLARE)
#undef BLIT_DECLARE

/* What the processor and the operating system support: written without SIMD,
 * so that asking works on any machine. */
bool blit_can_mmx(void);
bool blit_can_sse2(void);
bool blit_can_avx2(void);
bool blit_can_avx512(void);

/* Fastest first, ends with NULL; those that run here. */
const struct blit_implementation *blit_available(size_t index);

/* The choice, and another one from now on: for tests. */
const struct blit_implementation *blit_chosen(void);
void blit_force(const struct blit_implementation *implementation);

#endif
