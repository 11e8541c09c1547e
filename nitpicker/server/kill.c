/*
 * Kill mode: the emergency brake. From the frame that tints all red until the
 * mode is left nothing is painted but the pointer, whatever the clients do; a
 * click means what the user sees there, not what lies there meanwhile. The
 * pixels below the pointer are kept instead of the whole picture.
 */
#include "core.h"

#include <stdlib.h>

#include "base/alloc.h"

static void copy_under(struct core *core, bool save)
{
	struct rect r = core->pointer_drawn;
	struct blit_surface under = { .pixels = core->frozen.under,
				      .stride = r.w * 4,
				      .width = r.w,
				      .height = r.h,
				      .format = core->output.format };
	if (rect_is_empty(r))
		return;
	if (save)
		blit_copy(&under, &core->output,
			  (struct blit_area){ 0, 0, r.w, r.h, r.x, r.y });
	else
		blit_copy(&core->output, &under,
			  (struct blit_area){ r.x, r.y, r.w, r.h, 0, 0 });
}

static void show_pointer(struct core *core)
{
	struct frozen *frozen = &core->frozen;
	struct rect r = core->pointer_drawn = pointer_rect(core);
	if (rect_is_empty(r))
		return;
	frozen->under = xreallocarray(frozen->under, (size_t)rect_area(r),
				      sizeof(uint32_t));
	copy_under(core, true);
	pointer_paint(core, &core->output, r);
}

static void note(struct frozen *frozen, const struct view *view)
{
	if (!view->visible)
		return;
	frozen->views = xgrow(frozen->views, &frozen->capacity, frozen->count,
			      1, sizeof(*frozen->views));
	frozen->views[frozen->count++] = (struct frozen_view){
		rect_intersect(view_outline(view), view->session->core->screen),
		view->session
	};
}

void kill_freeze(struct core *core)
{
	const struct view *v;
	core->frozen.on = true;
	for (v = TAILQ_FIRST(&core->stack); v; v = TAILQ_NEXT(v, link))
		note(&core->frozen, v);
	if (core->background)
		note(&core->frozen, core->background);
	show_pointer(core);
}

bool kill_compose(struct core *core, struct region *painted)
{
	struct rect old = core->pointer_drawn;
	/* What was painted and could not be sent. */
	region_swap(painted, &core->damage);
	region_clear(&core->damage);
	if (!rect_equal(old, pointer_rect(core))) {
		copy_under(core, false);
		show_pointer(core);
		region_add(painted, old);
		region_add(painted, core->pointer_drawn);
	}
	return !region_is_empty(painted);
}

void core_set_kill(struct core *core, bool on)
{
	struct frozen *frozen = &core->frozen;
	if (core->kill == on)
		return;
	free(frozen->views);
	free(frozen->under);
	*frozen = (struct frozen){ 0 };
	core->kill = on;
	if (on)
		core_silence(core);
	core_mark_anew(core);
}

static void lock_out(struct session *session)
{
	struct core *core = session->core;
	session->locked_out = true;
	for (uint32_t i = 0; i < session->view_count; i++)
		view_unstack(session->views[i]);
	if (core->focus == session)
		core_focus(core, NULL);
	if (core->handler->locked_out)
		core->handler->locked_out(core->user, session);
}

void kill_click(struct core *core, int32_t x, int32_t y)
{
	struct session *session = NULL;
	for (size_t i = 0; i < core->frozen.count && !session; i++)
		if (rect_has_point(core->frozen.views[i].rect, x, y))
			session = core->frozen.views[i].session;
	if (!session)
		return; /* nothing there, or it is gone already */
	core_set_kill(core, false);
	lock_out(session);
}

void kill_forget(struct core *core, const struct session *session)
{
	for (size_t i = 0; i < core->frozen.count; i++)
		if (core->frozen.views[i].session == session)
			core->frozen.views[i].session = NULL;
}
