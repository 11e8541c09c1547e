#include "core.h"

#include "base/alloc.h"

struct rect pointer_rect(const struct core *core)
{
	struct rect r = { core->pointer.x, core->pointer.y,
			  scaled(core, ARROW_W), scaled(core, ARROW_H) };

	return rect_intersect(r, (struct rect){ 0, 0, core->output.width,
						core->output.height });
}

void pointer_paint(struct core *core, const struct blit_surface *to,
		   struct rect clip)
{
	int w = scaled(core, ARROW_W), h = scaled(core, ARROW_H);
	struct rect r = rect_intersect(core->pointer_drawn, clip);

	if (rect_is_empty(r))
		return;
	if (core->pointer_scale != core->scale) {
		core->pointer_scale = core->scale;
		core->pointer_image = xreallocarray(
			core->pointer_image, (size_t)(w * h), sizeof(uint32_t));
		figure_arrow(core->pointer_image, w, h, core->scale);
	}

	struct blit_surface from = {
		.pixels = core->pointer_image,
		.stride = w * 4,
		.width = w,
		.height = h,
		.format = BLIT_ARGB8888,
	};

	blit_over(to, &from,
		  (struct blit_area){ r.x, r.y, r.w, r.h,
				      r.x - core->pointer_drawn.x,
				      r.y - core->pointer_drawn.y });
}
