/* Blending: which operation of the implementation; what few need goes through
 * blocks of 8888. */
#include "blit/blit.h"

#include "blit/walk_private.h"

void blit_over(const struct blit_surface *to, const struct blit_surface *from,
	       struct blit_area area)
{
	if (area_is_empty(area))
		return;

	const struct blit_implementation *chosen = blit_chosen();
	struct blit_walk walk = walk_plain(to, from, area);

	if (to->format == BLIT_RGB565)
		chosen->over_565(&walk);
	else
		chosen->over_8888(&walk);
}

/*
 * An operation from 8888 onto 8888, for other formats: both are widened into
 * blocks, and the result is narrowed. Widening and narrowing rgb565 without
 * change gives the same pixel.
 */
static void widened(blit_fn *operation,
		    const struct blit_implementation *chosen,
		    const struct blit_walk *walk, bool to_565, bool from_565)
{
	struct blit_walk block;
	struct blocks blocks = {
		.whole = *walk,
		.to_size = to_565 ? 2 : 4,
		.from_size = from_565 ? 2 : 4,
	};

	while (blocks_next(&blocks, &block)) {
		uint32_t to_pixels[BLOCK], from_pixels[BLOCK];
		struct blit_walk wide = block, half = block;

		half.opaque = BLIT_OPAQUE;
		if (from_565) {
			wide.from = (uint8_t *)from_pixels;
			wide.from_stride = (ptrdiff_t)wide.w * 4;
			half.to = (uint8_t *)from_pixels;
			half.to_stride = wide.from_stride;
			chosen->copy_565_8888(&half);
		}
		if (to_565) {
			wide.to = (uint8_t *)to_pixels;
			wide.to_stride = (ptrdiff_t)wide.w * 4;
			half.to = wide.to;
			half.to_stride = wide.to_stride;
			half.from = block.to;
			half.from_stride = block.to_stride;
			chosen->copy_565_8888(&half);
		}
		operation(&wide);
		if (to_565) {
			block.from = wide.to;
			block.from_stride = wide.to_stride;
			chosen->copy_8888_565(&block);
		}
	}
}

void blit_fade(const struct blit_surface *to, const struct blit_surface *from,
	       struct blit_area area, uint8_t alpha)
{
	bool to_565 = to->format == BLIT_RGB565;
	bool from_565 = from->format == BLIT_RGB565;

	if (area_is_empty(area) || !alpha)
		return;
	if (alpha == 0xff) {
		(from->format == BLIT_ARGB8888 ? blit_over
					       : blit_copy)(to, from, area);
		return;
	}

	const struct blit_implementation *chosen = blit_chosen();
	struct blit_walk walk = walk_init(to, from, area);

	walk.color = alpha;
	walk.opaque = from->format == BLIT_ARGB8888 ? 0 : BLIT_OPAQUE;
	if (to_565 || from_565)
		widened(chosen->fade_8888, chosen, &walk, to_565, from_565);
	else
		chosen->fade_8888(&walk);
}

void blit_masked(const struct blit_surface *to, const struct blit_surface *from,
		 struct blit_area area)
{
	if (area_is_empty(area))
		return;

	const struct blit_implementation *chosen = blit_chosen();
	struct blit_walk walk = walk_init(to, from, area);

	if (to->format == BLIT_RGB565)
		widened(chosen->masked_8888, chosen, &walk, true, false);
	else
		chosen->masked_8888(&walk);
}

void blit_mix(const struct blit_surface *to, const struct blit_surface *from,
	      struct blit_area area, uint32_t color)
{
	if (area_is_empty(area))
		return;

	const struct blit_implementation *chosen = blit_chosen();
	bool to_565 = to->format == BLIT_RGB565;
	blit_fn *mix = from->format == BLIT_RGB565
			       ? to_565 ? chosen->mix_565_565
					: chosen->mix_565_8888
		       : to_565 ? chosen->mix_8888_565
				: chosen->mix_8888_8888;
	struct blit_walk walk = walk_plain(to, from, area);

	walk.color = color;
	mix(&walk);
}

void blit_mask(const struct blit_surface *to, int x, int y, int w, int h,
	       const uint8_t *mask, ptrdiff_t mask_stride, uint32_t color)
{
	if (w <= 0 || h <= 0)
		return;

	const struct blit_implementation *chosen = blit_chosen();
	struct blit_walk walk = {
		.to = surface_pixel(to, x, y),
		.from = mask,
		.to_stride = to->stride,
		.from_stride = mask_stride,
		.w = w,
		.h = h,
		.color = color,
	};

	if (to->format == BLIT_RGB565)
		chosen->mask_565(&walk);
	else
		chosen->mask_8888(&walk);
}
