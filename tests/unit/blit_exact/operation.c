/* The public call of each operation. */
#include "case.h"

const char *const operation_names[OPERATIONS] = {
	[COPY] = "copy",     [SCROLL] = "scroll", [DITHER] = "dither",
	[SWAP] = "swap",     [FILL] = "fill",     [OVER] = "over",
	[FADE] = "fade",     [MASKED] = "masked", [MIX] = "mix",
	[MASK] = "mask",     [ROTATE] = "rotate", [ENLARGE] = "enlarge",
	[SHRINK] = "shrink", [SMOOTH] = "smooth",
};

static const uint8_t *mask_at(const struct blit_case *c)
{
	const struct blit_surface *from = &c->from.surface;

	return (const uint8_t *)from->pixels + c->area.sy * from->stride +
	       c->area.sx;
}

void case_call(const struct blit_case *c)
{
	const struct blit_surface *to = &c->to.surface,
				  *from = &c->from.surface;
	struct blit_area area = c->area;

	switch (c->operation) {
	case COPY:
	case SCROLL:
		blit_copy(to, from, area);
		break;
	case DITHER:
		blit_dither(to, from, area);
		break;
	case SWAP:
		blit_swap(to, from, area);
		break;
	case FILL:
		blit_fill(to, area.x, area.y, area.w, area.h, c->color);
		break;
	case OVER:
		blit_over(to, from, area);
		break;
	case FADE:
		blit_fade(to, from, area, c->alpha);
		break;
	case MASKED:
		blit_masked(to, from, area);
		break;
	case MIX:
		blit_mix(to, from, area, c->color);
		break;
	case MASK:
		blit_mask(to, area.x, area.y, area.w, area.h, mask_at(c),
			  from->stride, c->color);
		break;
	case ROTATE:
		blit_rotate(to, from, area, c->turn, c->flip);
		break;
	case ENLARGE:
		blit_enlarge(to, from, c->scale);
		break;
	case SHRINK:
		blit_shrink(to, from, c->scale);
		break;
	case SMOOTH:
		blit_smooth(to, from, c->scale);
		break;
	case OPERATIONS:
		break;
	}
}
