#include "case.h"

#include <stdio.h>
#include <stdlib.h>

static bool is_565(const struct blit_case *c)
{
	return c->to.surface.format == BLIT_RGB565;
}

/*
 * A surface somewhere in the region: its first byte at the alignment, or its
 * last or first one beside a guard page.
 */
static struct place place_init(struct random *random, uint8_t *region, int w,
			       int h, int pixel_size, const int *alignment)
{
	int rest = random_below(random, 3);
	int stride = w * pixel_size + rest * random_below(random, 34);
	size_t size = h > 0 && w > 0 ? (size_t)(h - 1) * (size_t)stride +
					       (size_t)(w * pixel_size)
				     : 0;
	bool is_upside_down = random_below(random, 3) == 0;
	bool is_at_end = random_below(random, 2);
	int offset = alignment ? *alignment : random_below(random, 64);

	if (!alignment && random_below(random, 2))
		offset = 0;
	if (size + 64 > REGION)
		abort();

	uint8_t *bytes = is_at_end && !alignment
				 ? region + REGION - offset - size
				 : region + offset;
	bool is_slow = random_below(random, 4) == 0;

	return (struct place){
		.bytes = bytes,
		.size = size,
		.surface = {
			.pixels = is_upside_down && h > 0
					  ? bytes + (h - 1) * stride
					  : bytes,
			.stride = is_upside_down ? -stride : stride,
			.width = w,
			.height = h,
			.slow_read = is_slow,
		},
	};
}

static int format_size(int format)
{
	return blit_bytes_per_pixel((enum blit_format)format);
}

/* Formats that the operation is for. */
static void choose_formats(struct blit_case *c, struct random *random, int *to,
			   int *from)
{
	*to = random_below(random, 3);
	*from = random_below(random, 3);
	if (c->operation == OVER || c->operation == MASKED)
		*from = BLIT_ARGB8888;
	if (c->operation == DITHER && random_below(random, 4))
		*to = BLIT_RGB565;
}

/* Where the area lies, in surfaces that are larger by `right` and `below`. */
static void choose_corners(struct blit_area *area, struct random *random,
			   int right, int below)
{
	area->x = random_below(random, right + 1);
	area->y = random_below(random, below + 1);
	area->sx = random_below(random, right + 1);
	area->sy = random_below(random, below + 1);
}

/* Both surfaces are larger than the area, or just as large. */
static void choose_area(struct blit_case *c, struct random *random,
			uint8_t *to_region, uint8_t *from_region)
{
	bool is_tight = random_below(random, 4) > 0;
	int right = is_tight ? 0 : random_below(random, 9);
	int below = is_tight ? 0 : random_below(random, 3);
	int from_w = c->w, from_h = c->h, to_format, from_format;

	choose_formats(c, random, &to_format, &from_format);
	if (c->operation == ROTATE && (c->turn & 1)) {
		from_w = c->h;
		from_h = c->w;
	}
	if (c->operation == ENLARGE || c->operation == SHRINK ||
	    c->operation == SMOOTH) {
		from_w = 1 + random_below(random, 140);
		from_h = 1 + random_below(random, 60);
	}
	c->area = (struct blit_area){ .w = c->w, .h = c->h };
	choose_corners(&c->area, random, right, below);
	c->to = place_init(random, to_region, c->w + right, c->h + below,
			   format_size(to_format),
			   c->is_aligned ? &c->alignment : NULL);
	c->from = place_init(
		random, from_region, from_w + right, from_h + below,
		c->operation == MASK ? 1 : format_size(from_format), NULL);
	c->to.surface.format = (enum blit_format)to_format;
	c->from.surface.format = (enum blit_format)from_format;
	c->scale = (struct blit_scale){
		.x = c->area.x,
		.y = c->area.y,
		.w = c->w,
		.h = c->h,
		.sx = c->area.sx,
		.sy = c->area.sy,
		.sw = from_w,
		.sh = from_h,
		.clip_x = c->area.x,
		.clip_y = c->area.y,
		.clip_w = c->w,
		.clip_h = c->h,
	};
}

/* A destination's rectangle of which the clip is the middle. */
static void widen_scale(struct blit_case *c, struct random *random)
{
	int left = random_below(random, 100), above = random_below(random, 50);

	c->scale.x -= left;
	c->scale.y -= above;
	c->scale.w += left + random_below(random, 50);
	c->scale.h += above + random_below(random, 50);
}

/* Within one surface, by up to as much as fits. */
static void choose_scroll(struct blit_case *c, struct random *random,
			  uint8_t *to_region)
{
	int right = random_below(random, 40), below = random_below(random, 9);
	int format = random_below(random, 3);

	c->to = place_init(random, to_region, c->w + right, c->h + below,
			   format_size(format),
			   c->is_aligned ? &c->alignment : NULL);
	c->to.surface.format = (enum blit_format)format;
	c->from = c->to;
	c->area = (struct blit_area){ .w = c->w, .h = c->h };
	choose_corners(&c->area, random, right, below);
}

struct blit_case case_init(uint64_t seed, uint32_t number, uint8_t *to,
			   uint8_t *from)
{
	struct random random = random_init(seed, number);
	/* Scattered, so that the first cases are a sample of all. */
	uint32_t k = number / OPERATIONS;
	uint32_t scattered = k % SYSTEMATIC * 4801 % SYSTEMATIC;
	struct blit_case c = {
		.operation = (enum operation)(number % OPERATIONS),
		.is_aligned = k < SYSTEMATIC,
		.w = (int)(scattered % WIDTHS),
		.alignment = (int)(scattered / WIDTHS),
	};

	/* One statement each: what is stored depends on their order. */
	c.h = 1 + random_below(&random, 3);
	c.turn = (enum blit_turn)random_below(&random, 4);
	c.flip = random_below(&random, 2);
	c.alpha = (uint8_t)random_next(&random);
	c.color = random_next(&random);
	if (!c.is_aligned)
		c.w = random_below(&random, WIDTHS);
	if (random_below(&random, 8) == 0)
		c.h = random_below(&random, 100);
	if (random_below(&random, 3) == 0)
		c.color |= 0xff000000u;
	if (random_below(&random, 16) == 0)
		c.alpha = c.alpha & 1 ? 0xff : 0;
	if (c.operation == SCROLL) {
		choose_scroll(&c, &random, to);
	} else {
		choose_area(&c, &random, to, from);
		if (random_below(&random, 2))
			widen_scale(&c, &random);
		random_fill(&random, c.from.bytes, c.from.size);
	}
	return c;
}

void case_print(const struct blit_case *c)
{
	const struct blit_surface *to = &c->to.surface,
				  *from = &c->from.surface;

	fprintf(stderr,
		"%s: %dx%d at %d,%d of %dx%d format %d stride %td%s, from "
		"%d,%d "
		"of %dx%d format %d stride %td, alpha %d color %08x turn "
		"%d%s\n",
		operation_names[c->operation], c->area.w, c->area.h, c->area.x,
		c->area.y, to->width, to->height, to->format, to->stride,
		to->slow_read ? " slow" : "", c->area.sx, c->area.sy,
		from->width, from->height, from->format, from->stride, c->alpha,
		c->color, c->turn, c->flip ? " flip" : "");
	if (c->operation >= ENLARGE)
		fprintf(stderr, "  %dx%d at %d,%d from %dx%d, %s\n", c->scale.w,
			c->scale.h, c->scale.x, c->scale.y, c->scale.sw,
			c->scale.sh, is_565(c) ? "565" : "8888");
}
