/* From surfaces to walks, for the callers of implementations. */
#ifndef BLIT_WALK_H
#define BLIT_WALK_H

#include "blit/blit.h"
#include "blit/implementation_private.h"

static inline uint8_t *surface_pixel(const struct blit_surface *surface, int x,
				     int y)
{
	return (uint8_t *)surface->pixels + y * surface->stride +
	       (ptrdiff_t)x * blit_bytes_per_pixel(surface->format);
}

/* The bits that a copy sets: there is no alpha to take from the source, or
 * nothing but opaque for the target. */
static inline uint32_t opaque_bits(enum blit_format to, enum blit_format from)
{
	return to == BLIT_ARGB8888 && from == BLIT_ARGB8888 ? 0 : BLIT_OPAQUE;
}

/* Without opaque bits: for what takes all of the source. */
static inline struct blit_walk walk_plain(const struct blit_surface *to,
					  const struct blit_surface *from,
					  struct blit_area area)
{
	return (struct blit_walk){
		.to = surface_pixel(to, area.x, area.y),
		.from = surface_pixel(from, area.sx, area.sy),
		.to_stride = to->stride,
		.from_stride = from->stride,
		.w = area.w,
		.h = area.h,
	};
}

static inline struct blit_walk walk_init(const struct blit_surface *to,
					 const struct blit_surface *from,
					 struct blit_area area)
{
	struct blit_walk walk = walk_plain(to, from, area);

	walk.opaque = opaque_bits(to->format, from->format);
	return walk;
}

static inline bool area_is_empty(struct blit_area area)
{
	return area.w <= 0 || area.h <= 0;
}

/*
 * Blocks that walk over an area, small enough for the stack and the nearest
 * cache, for what needs two steps.
 */
enum { BLOCK = 1024 }; /* pixels */

struct blocks {
	struct blit_walk whole;
	int to_size, from_size; /* bytes of a pixel */
	int x, y; /* of the next block */
};

static inline bool blocks_next(struct blocks *blocks, struct blit_walk *block)
{
	const struct blit_walk *whole = &blocks->whole;
	int w = whole->w - blocks->x, h = whole->h - blocks->y;

	if (h <= 0)
		return false;
	w = w > BLOCK ? BLOCK : w;
	h = w < whole->w ? 1 : h > BLOCK / w ? BLOCK / w : h;
	*block = *whole;
	block->to += blocks->y * whole->to_stride +
		     (ptrdiff_t)blocks->x * blocks->to_size;
	block->from += blocks->y * whole->from_stride +
		       (ptrdiff_t)blocks->x * blocks->from_size;
	block->w = w;
	block->h = h;
	blocks->x += w;
	if (blocks->x >= whole->w) {
		blocks->x = 0;
		blocks->y += h;
	}
	return true;
}

/* Copies between different formats; both walks of the same size. */
void blit_convert(const struct blit_implementation *chosen,
		  const struct blit_walk *walk, enum blit_format to,
		  enum blit_format from);

#endif
