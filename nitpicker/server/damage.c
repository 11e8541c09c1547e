#include "core.h"

#include <stdio.h>
#include <string.h>

/* Adds what is in core->scratch, without what is hidden. */
static void damage_scratch(struct core *core, const struct view *below)
{
	struct region *region = &core->scratch;
	const struct view *v;
	for (v = TAILQ_FIRST(&core->stack); v; v = TAILQ_NEXT(v, link)) {
		struct rect opaque;
		if (v == below || region_is_empty(region))
			break;
		opaque = rect_intersect(view_opaque(v), region->bounds);
		if (!rect_is_empty(opaque))
			region_subtract(region, opaque);
	}
	if (region_is_empty(region) || core->frozen.on)
		return;
	region_add_region(&core->damage, region);
	core->handler->changed(core->user);
}

void core_damage_below(struct core *core, struct rect rect,
		       const struct view *below)
{
	struct rect all = rect_bounds(core->bar, core->screen);
	rect = rect_intersect(rect, all);
	if (rect_is_empty(rect))
		return;
	region_clear(&core->scratch);
	region_add(&core->scratch, rect);
	damage_scratch(core, below);
}

void core_damage(struct core *core, struct rect rect)
{
	core_damage_below(core, rect, TAILQ_FIRST(&core->stack));
}

void core_damage_all(struct core *core)
{
	core_damage(core, rect_bounds(core->bar, core->screen));
	core->stack_changed = true;
}

void view_damage(struct view *view)
{
	struct core *core = view->session->core;
	core_damage_below(core,
			  rect_intersect(view_outline(view), core->screen),
			  view->background ? NULL : view);
}

void session_refresh(struct session *session, const struct rect *rects,
		     size_t count)
{
	struct region *damage = &session->damage;
	struct rect all = { 0, 0, (int32_t)session->buffer.w,
			    (int32_t)session->buffer.h };
	for (size_t i = 0; i < count; i++)
		region_add(damage, rect_intersect(rects[i], all));
	/* More pieces cost more pixels, not more of the server's time. */
	if (damage->count > PIECES_MAX) {
		all = damage->bounds;
		region_clear(damage);
		region_add(damage, all);
	}
	if (region_is_empty(damage))
		return;
	session->core->session_damage = true;
	session->core->handler->changed(session->core->user);
}

/* What a session drew, where one of its views shows it. */
static void damage_by_session(struct core *core, const struct session *session,
			      const struct view *view)
{
	int32_t x = view->place.x + view->offset.x;
	int32_t y = view->place.y + view->offset.y;
	struct rect shown = view_blends(view) ? view->place : view_solid(view);
	shown = rect_intersect(shown, core->screen);
	region_clear(&core->scratch);
	for (size_t i = 0; i < session->damage.count; i++) {
		struct rect r = rect_moved(session->damage.rects[i], x, y);
		region_add(&core->scratch, rect_intersect(r, shown));
	}
	damage_scratch(core, view->background ? NULL : view);
}

static void take_session_damage(struct core *core)
{
	struct session *s;
	core->session_damage = false;
	for (s = TAILQ_FIRST(&core->sessions); s; s = TAILQ_NEXT(s, link)) {
		if (region_is_empty(&s->damage))
			continue;
		for (uint32_t i = 0; i < s->view_count; i++)
			if (s->views[i]->visible)
				damage_by_session(core, s, s->views[i]);
		region_clear(&s->damage);
	}
}

static void look_at(struct core *core, struct view *view)
{
	struct rect outline = rect_intersect(view_outline(view), core->screen);
	view->visible = region_overlaps(&core->left, outline);
	view->session->visible |= view->visible;
	if (view->visible)
		region_subtract(&core->left, view_opaque(view));
}

/* One pass from front to back over what is left of the screen. */
static void find_visible(struct core *core)
{
	struct session *s;
	struct view *v;
	for (s = TAILQ_FIRST(&core->sessions); s; s = TAILQ_NEXT(s, link)) {
		s->visible = false;
		for (uint32_t i = 0; i < s->view_count; i++)
			s->views[i]->visible = false;
	}
	region_clear(&core->left);
	region_add(&core->left, core->screen);
	for (v = TAILQ_FIRST(&core->stack); v && !region_is_empty(&core->left);
	     v = TAILQ_NEXT(v, link))
		look_at(core, v);
	if (core->background)
		look_at(core, core->background);
}

/* The title in the menubar follows clicks, views and what they are called. */
static void check_title(struct core *core)
{
	const struct view *view = core->focus ? session_title_view(core->focus)
					      : NULL;
	const char *title = view ? view->title : "";
	if (!strcmp(core->title, title))
		return;
	snprintf(core->title, sizeof(core->title), "%s", title);
	core_damage(core, core->bar);
}

void core_update(struct core *core)
{
	if (core->stack_changed) {
		core->stack_changed = false;
		core->updates++;
		check_title(core);
		find_visible(core);
		xray_place_labels(core);
		core_hover(core);
	}
	if (core->session_damage)
		take_session_damage(core);
	pointer_update(core);
}
