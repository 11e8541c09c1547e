/* Copies and fills: which operation of the implementation, in which order of
 * rows. */
#include "blit/blit.h"

#include <string.h>

#include "blit/walk_private.h"

/* ---- narrow rows ---- */

/* 16 bytes in one register, where the architecture has such. */
typedef uint8_t quarter __attribute__((vector_size(16), aligned(1), may_alias));

enum { QUARTER = sizeof(quarter), NARROW = 4 * QUARTER };

/*
 * Rows of 16 to 64 bytes, where a call a row would cost more than its moves.
 * The first and the last registers overlap; all of a row is read before any of
 * it is written, since source and destination may overlap.
 */
static void copy_narrow(uint8_t *to, const uint8_t *from, ptrdiff_t to_stride,
			ptrdiff_t from_stride, ptrdiff_t bytes, int h)
{
	ptrdiff_t last = bytes - QUARTER;

	if (bytes <= 2 * QUARTER) {
		for (; h > 0; h--, to += to_stride, from += from_stride) {
			quarter a = *(const quarter *)from;
			quarter b = *(const quarter *)(from + last);

			*(quarter *)to = a;
			*(quarter *)(to + last) = b;
		}
		return;
	}
	for (; h > 0; h--, to += to_stride, from += from_stride) {
		quarter a = *(const quarter *)from;
		quarter b = *(const quarter *)(from + QUARTER);
		quarter c = *(const quarter *)(from + last - QUARTER);
		quarter d = *(const quarter *)(from + last);

		*(quarter *)to = a;
		*(quarter *)(to + QUARTER) = b;
		*(quarter *)(to + last - QUARTER) = c;
		*(quarter *)(to + last) = d;
	}
}

/* ---- copy ---- */

/*
 * The C library's copy is as fast as the machine allows. Within one surface
 * rows are copied in the order in which none is overwritten before it is read.
 */
static void copy_plain(const struct blit_surface *to,
		       const struct blit_surface *from, struct blit_area area)
{
	bool is_one = to->pixels == from->pixels && to->stride == from->stride;
	size_t bytes = (size_t)area.w *
		       (size_t)blit_bytes_per_pixel(to->format);
	ptrdiff_t to_stride = to->stride, from_stride = from->stride;
	uint8_t *d = surface_pixel(to, area.x, area.y);
	const uint8_t *s = surface_pixel(from, area.sx, area.sy);

	if (is_one && (d > s) == (to_stride > 0)) {
		d += (area.h - 1) * to_stride;
		s += (area.h - 1) * from_stride;
		to_stride = -to_stride;
		from_stride = -from_stride;
	}
	if (bytes >= QUARTER && bytes <= NARROW) {
		copy_narrow(d, s, to_stride, from_stride, (ptrdiff_t)bytes,
			    area.h);
		return;
	}
	for (int h = area.h; h > 0; h--) {
		memmove(d, s, bytes);
		d += to_stride;
		s += from_stride;
	}
}

void blit_convert(const struct blit_implementation *chosen,
		  const struct blit_walk *walk, enum blit_format to,
		  enum blit_format from)
{
	if (to == BLIT_RGB565)
		chosen->copy_8888_565(walk);
	else if (from == BLIT_RGB565)
		chosen->copy_565_8888(walk);
	else
		chosen->copy_opaque(walk);
}

/* By an implementation that has a copy of its own; its width is in bytes. */
static void copy_own(blit_fn *copy, struct blit_walk walk, int pixel_size)
{
	walk.w *= pixel_size;
	copy(&walk);
}

static bool is_streamed(const struct blit_surface *to,
			const struct blit_surface *from)
{
	return to->slow_read && !from->slow_read && to->format != BLIT_RGB565;
}

void blit_copy(const struct blit_surface *to, const struct blit_surface *from,
	       struct blit_area area)
{
	if (area_is_empty(area))
		return;

	const struct blit_implementation *chosen = blit_chosen();
	bool is_same = to->format == from->format;

	if (is_same && !chosen->copy && !is_streamed(to, from)) {
		copy_plain(to, from, area);
		return;
	}

	struct blit_walk walk = walk_init(to, from, area);

	if (!is_same)
		blit_convert(chosen, &walk, to->format, from->format);
	else if (is_streamed(to, from))
		chosen->stream_8888(&walk);
	else if (to->pixels == from->pixels)
		copy_plain(to, from, area);
	else
		copy_own(chosen->copy, walk, blit_bytes_per_pixel(to->format));
}

void blit_dither(const struct blit_surface *to, const struct blit_surface *from,
		 struct blit_area area)
{
	if (to->format != BLIT_RGB565 || from->format == BLIT_RGB565) {
		blit_copy(to, from, area);
		return;
	}
	if (area_is_empty(area))
		return;

	struct blit_walk walk = walk_init(to, from, area);

	walk.color = (uint32_t)((area.x & 7) | (area.y & 7) << 3);
	blit_chosen()->dither(&walk);
}

void blit_swap(const struct blit_surface *to, const struct blit_surface *from,
	       struct blit_area area)
{
	if (area_is_empty(area))
		return;

	const struct blit_implementation *chosen = blit_chosen();
	struct blit_walk walk = walk_init(to, from, area), block;
	bool to_565 = to->format == BLIT_RGB565;
	bool from_565 = from->format == BLIT_RGB565;
	struct blocks blocks = {
		.whole = walk,
		.to_size = to_565 ? 2 : 4,
		.from_size = from_565 ? 2 : 4,
	};

	if (to_565 == from_565) {
		(to_565 ? chosen->swap_565 : chosen->swap_8888)(&walk);
		return;
	}
	/* Exchanged in the format of the target, after the conversion. */
	while (blocks_next(&blocks, &block)) {
		uint32_t pixels[BLOCK];
		struct blit_walk half = block;

		half.to = (uint8_t *)pixels;
		half.to_stride = (ptrdiff_t)half.w * blocks.to_size;
		blit_convert(chosen, &half, to->format, from->format);
		block.from = half.to;
		block.from_stride = half.to_stride;
		(to_565 ? chosen->swap_565 : chosen->swap_8888)(&block);
	}
}

/* ---- fill ---- */

void blit_fill(const struct blit_surface *to, int x, int y, int w, int h,
	       uint32_t color)
{
	if (w <= 0 || h <= 0)
		return;

	const struct blit_implementation *chosen = blit_chosen();
	struct blit_walk walk = {
		.to = surface_pixel(to, x, y),
		.to_stride = to->stride,
		.w = w,
		.h = h,
		.color = color,
	};

	if (to->format == BLIT_RGB565) {
		walk.color = (color >> 8 & 0xf800) | (color >> 5 & 0x07e0) |
			     (color >> 3 & 0x001f);
		walk.color |= walk.color << 16;
		chosen->fill_565(&walk);
		return;
	}
	if (to->format == BLIT_XRGB8888)
		walk.color |= BLIT_OPAQUE;
	if (to->slow_read)
		chosen->stream_fill(&walk);
	else
		chosen->fill_8888(&walk);
}
