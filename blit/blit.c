/*
 * The operations of blit.h: the choice of an implementation, and the walk over
 * the rows of an area.
 */
#include "blit/blit.h"

#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "blit/implementation.h"

/* ---- the choice ---- */

/* Fastest first. This file is compiled without flags for SIMD, so that asking
 * works on any machine. */
static const struct blit_implementation *const implementations[] = {
#if defined(__x86_64__) || defined(__i386__)
	&blit_sse2,
#endif
	&blit_generic,
};

enum { COUNT = sizeof(implementations) / sizeof(*implementations) };

static bool is_available(const struct blit_implementation *implementation)
{
#if defined(__x86_64__) || defined(__i386__)
	if (implementation == &blit_sse2)
		return __builtin_cpu_supports("sse2");
#endif
	return implementation == &blit_generic;
}

/* A wrong name would silently measure or test something else. */
static void refuse(const char *name)
{
	fprintf(stderr,
		"BLIT=%s: no such implementation here, there is:", name);
	for (size_t i = 0; i < COUNT; i++)
		if (is_available(implementations[i]))
			fprintf(stderr, " %s", implementations[i]->name);
	fputc('\n', stderr);
	exit(1);
}

static const struct blit_implementation *choose(void)
{
	const char *name = getenv("BLIT");

	for (size_t i = 0; i < COUNT; i++)
		if (is_available(implementations[i]) &&
		    (!name || !*name ||
		     strcmp(name, implementations[i]->name) == 0))
			return implementations[i];
	refuse(name);
	return NULL;
}

static const struct blit_implementation *chosen(void)
{
	/* The one state of blit. Threads that race here find the same. */
	static const struct blit_implementation *_Atomic choice;
	const struct blit_implementation *implementation = atomic_load_explicit(
		&choice, memory_order_relaxed);

	if (__builtin_expect(!implementation, 0)) {
		implementation = choose();
		atomic_store_explicit(&choice, implementation,
				      memory_order_relaxed);
	}
	return implementation;
}

const char *blit_implementation(void)
{
	return chosen()->name;
}

/* ---- rows ---- */

/* Two rows that walk down an area together. */
struct walk {
	uint8_t *to;
	const uint8_t *from;
	ptrdiff_t to_stride, from_stride;
	int w, h;
};

static uint8_t *pixel(const struct blit_surface *surface, int x, int y)
{
	return (uint8_t *)surface->pixels + y * surface->stride +
	       (ptrdiff_t)x * blit_bytes_per_pixel(surface->format);
}

static struct walk walk_init(const struct blit_surface *to,
			     const struct blit_surface *from,
			     struct blit_area area)
{
	return (struct walk){
		.to = pixel(to, area.x, area.y),
		.from = pixel(from, area.sx, area.sy),
		.to_stride = to->stride,
		.from_stride = from->stride,
		.w = area.w,
		.h = area.h,
	};
}

static void walk_rows(struct walk walk, blit_row_fn *row)
{
	for (; walk.h > 0; walk.h--) {
		row(walk.to, walk.from, walk.w);
		walk.to += walk.to_stride;
		walk.from += walk.from_stride;
	}
}

/* ---- operations ---- */

static bool is_empty(struct blit_area area)
{
	return area.w <= 0 || area.h <= 0;
}

/*
 * The C library's copy is as fast as the machine allows. Within one surface
 * rows are copied in the order in which none is overwritten before it is read.
 */
static void copy_plain(struct walk walk, size_t row_bytes)
{
	if (walk.to_stride == walk.from_stride &&
	    (walk.to > walk.from) == (walk.to_stride > 0)) {
		walk.to += (walk.h - 1) * walk.to_stride;
		walk.from += (walk.h - 1) * walk.from_stride;
		walk.to_stride = -walk.to_stride;
		walk.from_stride = -walk.from_stride;
	}
	for (; walk.h > 0; walk.h--) {
		memmove(walk.to, walk.from, row_bytes);
		walk.to += walk.to_stride;
		walk.from += walk.from_stride;
	}
}

void blit_copy(const struct blit_surface *to, const struct blit_surface *from,
	       struct blit_area area)
{
	if (is_empty(area))
		return;

	const struct blit_implementation *chose = chosen();
	struct walk walk = walk_init(to, from, area);
	bool to_565 = to->format == BLIT_RGB565;
	bool from_565 = from->format == BLIT_RGB565;

	if (to->format == from->format && to->slow_read && !from->slow_read &&
	    !to_565)
		walk_rows(walk, chose->stream_8888);
	else if (to->format == from->format)
		copy_plain(walk, (size_t)area.w * (to_565 ? 2 : 4));
	else if (to_565)
		walk_rows(walk, chose->copy_8888_565);
	else if (from_565)
		walk_rows(walk, chose->copy_565_8888);
	else
		walk_rows(walk, chose->copy_opaque);
}

void blit_fill(const struct blit_surface *to, int x, int y, int w, int h,
	       uint32_t color)
{
	if (w <= 0 || h <= 0)
		return;

	const struct blit_implementation *chose = chosen();
	blit_fill_fn *fill = chose->fill_8888;
	uint8_t *row = pixel(to, x, y);

	if (to->format == BLIT_RGB565) {
		fill = chose->fill_565;
		color = (color >> 8 & 0xf800) | (color >> 5 & 0x07e0) |
			(color >> 3 & 0x001f);
	} else if (to->format == BLIT_XRGB8888) {
		color |= 0xff000000u;
	}
	for (; h > 0; h--, row += to->stride)
		fill(row, w, color);
}

void blit_over(const struct blit_surface *to, const struct blit_surface *from,
	       struct blit_area area)
{
	if (is_empty(area))
		return;

	const struct blit_implementation *chose = chosen();
	blit_row_fn *const rows[] = {
		[BLIT_XRGB8888] = chose->over_xrgb,
		[BLIT_ARGB8888] = chose->over_argb,
		[BLIT_RGB565] = chose->over_565,
	};

	walk_rows(walk_init(to, from, area), rows[to->format]);
}

void blit_mix(const struct blit_surface *to, const struct blit_surface *from,
	      struct blit_area area, uint32_t color)
{
	if (is_empty(area))
		return;

	const struct blit_implementation *chose = chosen();
	bool to_565 = to->format == BLIT_RGB565;
	blit_mix_fn *mix = from->format == BLIT_RGB565
				   ? to_565 ? chose->mix_565_565
					    : chose->mix_565_8888
			   : to_565 ? chose->mix_8888_565
				    : chose->mix_8888_8888;
	struct walk walk = walk_init(to, from, area);

	for (; walk.h > 0; walk.h--) {
		mix(walk.to, walk.from, walk.w, color);
		walk.to += walk.to_stride;
		walk.from += walk.from_stride;
	}
}

void blit_mask(const struct blit_surface *to, int x, int y, int w, int h,
	       const uint8_t *mask, ptrdiff_t mask_stride, uint32_t color)
{
	if (w <= 0 || h <= 0)
		return;

	const struct blit_implementation *chose = chosen();
	blit_mask_fn *const rows[] = {
		[BLIT_XRGB8888] = chose->mask_xrgb,
		[BLIT_ARGB8888] = chose->mask_argb,
		[BLIT_RGB565] = chose->mask_565,
	};
	uint8_t *row = pixel(to, x, y);

	for (; h > 0; h--, row += to->stride, mask += mask_stride)
		rows[to->format](row, mask, w, color);
}
