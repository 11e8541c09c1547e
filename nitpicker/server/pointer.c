/*
 * The picture of the pointer, which the hovered session chooses, and the grab,
 * with which the focused one gets motion as it comes, without a pointer.
 */
#include "core.h"

#include <stdlib.h>

#include "base/alloc.h"

static const struct pointer_image *shape_image(struct core *core,
					       enum figure_pointer shape)
{
	struct pointer_image *image = &core->shapes[shape];
	struct rect r = figure_pointer_rect(shape, core->scale);
	if (core->shapes_scale != core->scale)
		pointer_finish(core);
	core->shapes_scale = core->scale;
	if (image->pixels)
		return image;
	*image = (struct pointer_image){
		.pixels = xreallocarray(NULL, (size_t)rect_area(r),
					sizeof(uint32_t)),
		.w = r.w,
		.h = r.h,
		.hot = { r.x, r.y },
		.number = ++core->pointer_images,
	};
	figure_pointer_draw(shape, core->scale, image->pixels);
	return image;
}

void pointer_finish(struct core *core)
{
	for (int i = 0; i < POINTER_COUNT; i++) {
		free(core->shapes[i].pixels);
		core->shapes[i] = (struct pointer_image){ 0 };
	}
}

const struct pointer_image *pointer_image(struct core *core)
{
	const struct session *session = core->input.hover;
	if (session && session->image.pixels)
		return &session->image;
	return shape_image(core, session ? session->shape : POINTER_ARROW);
}

void pointer_set_shape(struct session *session, enum figure_pointer shape)
{
	free(session->image.pixels);
	session->image = (struct pointer_image){ 0 };
	session->shape = shape;
	session->core->handler->changed(session->core->user);
}

void pointer_set_image(struct session *session, uint32_t *pixels, int w, int h,
		       struct point hot)
{
	struct core *core = session->core;
	pointer_set_shape(session, POINTER_ARROW);
	session->image = (struct pointer_image){ pixels, w, h, hot,
						 ++core->pointer_images };
}

bool pointer_is_shown(const struct core *core)
{
	return !core->pointer_gone && !core_grabber(core);
}

struct rect pointer_rect(struct core *core)
{
	const struct pointer_image *image = pointer_image(core);
	struct rect r = { core->pointer.x - image->hot.x,
			  core->pointer.y - image->hot.y, image->w, image->h };
	if (core->pointer_elsewhere || !pointer_is_shown(core))
		return (struct rect){ 0 };
	return rect_intersect(r, rect_bounds(core->bar, core->screen));
}

void pointer_update(struct core *core)
{
	struct rect now;
	if (core->grab && !core_grabber(core))
		core->grab = NULL;
	now = pointer_rect(core);
	if (core->frozen.on ||
	    (rect_equal(now, core->pointer_drawn) &&
	     pointer_image(core)->number == core->pointer_number))
		return;
	core_damage(core, core->pointer_drawn);
	core_damage(core, now);
	core->pointer_drawn = now;
	core->pointer_number = pointer_image(core)->number;
}

void pointer_paint(struct core *core, const struct blit_surface *to,
		   struct rect clip)
{
	const struct pointer_image *image = pointer_image(core);
	int x = core->pointer.x - image->hot.x;
	int y = core->pointer.y - image->hot.y;
	struct rect r = rect_intersect(pointer_rect(core), clip);
	struct blit_surface from = { .pixels = image->pixels,
				     .stride = image->w * 4,
				     .width = image->w,
				     .height = image->h,
				     .format = BLIT_ARGB8888 };
	r = rect_intersect(r, core->pointer_drawn);
	if (!rect_is_empty(r))
		blit_over(to, &from,
			  (struct blit_area){ r.x, r.y, r.w, r.h, r.x - x,
					      r.y - y });
}

struct session *core_grabber(const struct core *core)
{
	return core->kill || core->grab != core->focus ? NULL : core->grab;
}

bool core_acts(const struct core *core, const struct session *session)
{
	return !core->kill && core->focus == session && session->acted;
}

bool core_set_grab(struct core *core, struct session *session)
{
	if (session && !core_acts(core, session))
		return false;
	core->grab = session;
	core->grab_point = core->pointer;
	core->handler->changed(core->user);
	return true;
}

bool grab_motion(struct core *core, const struct input_event *event)
{
	struct session *session = core_grabber(core);
	struct input_event out = *event;
	if (!session)
		return false;
	if (event->type == INPUT_MOTION) {
		/* From a device that can't but say where it is. */
		out.type = INPUT_RELATIVE;
		out.x -= core->grab_point.x;
		out.y -= core->grab_point.y;
		core->grab_point = (struct point){ event->x, event->y };
	}
	if (out.x || out.y)
		core->handler->event(core->user, session, &out);
	return true;
}
