/*
 * What an implementation of blit provides: operations on one row of `n` > 0
 * pixels. Rows have the alignment of their pixels and no more. blit.c walks
 * the rows of an area and has chosen the row operation by the two formats.
 */
#ifndef BLIT_IMPLEMENTATION_H
#define BLIT_IMPLEMENTATION_H

#include <stddef.h>
#include <stdint.h>

typedef void blit_row_fn(void *to, const void *from, int n);
typedef void blit_fill_fn(void *to, int n, uint32_t color);
typedef void blit_mix_fn(void *to, const void *from, int n, uint32_t color);
typedef void blit_mask_fn(void *to, const uint8_t *mask, int n, uint32_t color);

/* "8888" stands for xrgb8888 or argb8888 where that makes no difference. */
struct blit_implementation {
	const char *name;
	/* Words as they are, past the cache: for targets nobody reads. */
	blit_row_fn *stream_8888;
	blit_row_fn *copy_opaque; /* 8888 to 8888 with alpha 0xff */
	blit_row_fn *copy_8888_565, *copy_565_8888;
	blit_fill_fn *fill_8888, *fill_565; /* colour: a word of the target */
	blit_row_fn *over_xrgb, *over_argb, *over_565;
	blit_mix_fn *mix_8888_8888, *mix_8888_565; /* from, to */
	blit_mix_fn *mix_565_8888, *mix_565_565;
	blit_mask_fn *mask_xrgb, *mask_argb, *mask_565;
};

extern const struct blit_implementation blit_generic;
extern const struct blit_implementation blit_sse2;

/* The operations of generic.c that others take over, and use for what is left
 * of a row behind their last full step. */
void generic_copy_opaque(void *to, const void *from, int n);
void generic_copy_8888_565(void *to, const void *from, int n);
void generic_copy_565_8888(void *to, const void *from, int n);
void generic_fill_8888(void *to, int n, uint32_t color);
void generic_fill_565(void *to, int n, uint32_t color);
void generic_over_xrgb(void *to, const void *from, int n);
void generic_over_argb(void *to, const void *from, int n);
void generic_over_565(void *to, const void *from, int n);
void generic_mix_8888_8888(void *to, const void *from, int n, uint32_t color);
void generic_mix_8888_565(void *to, const void *from, int n, uint32_t color);
void generic_mix_565_8888(void *to, const void *from, int n, uint32_t color);
void generic_mix_565_565(void *to, const void *from, int n, uint32_t color);
void generic_mask_xrgb(void *to, const uint8_t *mask, int n, uint32_t color);
void generic_mask_argb(void *to, const uint8_t *mask, int n, uint32_t color);
void generic_mask_565(void *to, const uint8_t *mask, int n, uint32_t color);

#endif
