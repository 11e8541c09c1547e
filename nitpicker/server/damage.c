#include "core.h"

void rect_split_around(struct rect part[4], struct rect outer,
		       struct rect inner)
{
	int32_t right = outer.x + outer.w, bottom = outer.y + outer.h;

	inner = rect_intersect(outer, inner);
	if (rect_is_empty(inner))
		inner = (struct rect){ outer.x, bottom, 0, 0 };
	part[0] = (struct rect){ outer.x, outer.y, outer.w, inner.y - outer.y };
	part[1] = (struct rect){ outer.x, inner.y, inner.x - outer.x, inner.h };
	part[2] = (struct rect){ inner.x + inner.w, inner.y,
				 right - inner.x - inner.w, inner.h };
	part[3] = (struct rect){ outer.x, inner.y + inner.h, outer.w,
				 bottom - inner.y - inner.h };
}

enum { PIECES_MAX = 256 };

/* Adds what is in core->scratch, without what is hidden. */
static void damage_scratch(struct core *core, const struct view *below)
{
	struct region *region = &core->scratch;

	for (const struct view *v = core->front; v && v != below; v = v->next) {
		struct rect opaque = rect_intersect(view_opaque(v),
						    region->bounds);

		if (!rect_is_empty(opaque))
			region_subtract(region, opaque);
		if (region_is_empty(region))
			return;
	}
	if (region_is_empty(region))
		return;
	region_add_region(&core->damage, region);
	core->handler->changed(core->user);
}

void core_damage(struct core *core, struct rect rect, const struct view *below)
{
	struct rect all = { 0, 0, core->output.width, core->output.height };

	region_clear(&core->scratch);
	region_add(&core->scratch, rect_intersect(rect, all));
	damage_scratch(core, below);
}

void core_damage_all(struct core *core)
{
	core_damage(
		core,
		(struct rect){ 0, 0, core->output.width, core->output.height },
		core->front);
	core->stack_changed = true;
}

void view_damage(const struct view *view)
{
	struct core *core = view->session->core;
	struct rect outline = rect_intersect(view_outline(view), core->screen);

	if (!rect_is_empty(outline))
		core_damage(core, outline, view->background ? NULL : view);
}

void session_refresh(struct session *session, const struct rect *rects,
		     size_t count)
{
	struct rect all = { 0, 0, (int32_t)session->buffer.w,
			    (int32_t)session->buffer.h };

	for (size_t i = 0; i < count; i++)
		region_add(&session->damage, rect_intersect(rects[i], all));
	if (region_is_empty(&session->damage))
		return;
	/* Whoever draws in more pieces pays with more pixels, not with time
	 * of the server. */
	if (session->damage.count > PIECES_MAX) {
		struct rect bounds = session->damage.bounds;

		region_clear(&session->damage);
		region_add(&session->damage, bounds);
	}
	session->core->session_damage = true;
	session->core->handler->changed(session->core->user);
}

/* What a session drew, where one of its views shows it. */
static void damage_by_session(struct core *core, const struct session *session,
			      const struct view *view)
{
	struct rect shown = rect_intersect(view_outline(view), core->screen);
	int32_t x = view->place.x + view->offset.x;
	int32_t y = view->place.y + view->offset.y;

	/* A frame in X-ray shows no pixels of the buffer. */
	if (core->xray)
		shown = rect_intersect(shown, view_content(view));
	region_clear(&core->scratch);
	for (size_t i = 0; i < session->damage.count; i++) {
		struct rect r = rect_moved(session->damage.rects[i], x, y);

		region_add(&core->scratch, rect_intersect(r, shown));
	}
	damage_scratch(core, view->background ? NULL : view);
}

static void take_session_damage(struct core *core)
{
	if (!core->session_damage)
		return;
	core->session_damage = false;
	for (struct session *s = core->sessions; s; s = s->next) {
		if (region_is_empty(&s->damage))
			continue;
		for (uint32_t i = 0; i < s->view_count; i++)
			if (s->views[i]->visible)
				damage_by_session(core, s, s->views[i]);
		region_clear(&s->damage);
	}
}

/* One pass from front to back over what is left of the screen. */
static void find_visible(struct core *core)
{
	struct region *left = &core->left;

	for (struct session *s = core->sessions; s; s = s->next) {
		s->visible = false;
		for (uint32_t i = 0; i < s->view_count; i++)
			s->views[i]->visible = false;
	}
	region_clear(left);
	region_add(left, core->screen);
	for (struct view *v = core->front; v || core->background; v = v->next) {
		struct view *view = v ? v : core->background;
		struct rect outline = rect_intersect(view_outline(view),
						     core->screen);

		view->visible = region_overlaps(left, outline);
		view->session->visible |= view->visible;
		if (!v)
			break;
		if (view->visible)
			region_subtract(left, view_opaque(view));
	}
}

void core_update(struct core *core)
{
	/* Finding the hovered session can't change the stack again. */
	if (core->stack_changed) {
		core->stack_changed = false;
		find_visible(core);
		xray_place_labels(core);
		core_hover(core);
	}
	take_session_damage(core);

	struct rect pointer = pointer_rect(core);

	if (!rect_equal(pointer, core->pointer_drawn)) {
		core_damage(core, core->pointer_drawn, core->front);
		core_damage(core, pointer, core->front);
		core->pointer_drawn = pointer;
	}
}

bool core_is_damaged(const struct core *core)
{
	return !region_is_empty(&core->damage);
}
