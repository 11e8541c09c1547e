/* Records of nitpicker_execute: all are checked before the first is done. */
#include "core.h"

#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "session/label.h"
#include "session/plan.h"

/* The place of a view that wants to the front: NULL is the back. A
 * session may not cover what the user works with unless the user just
 * did something in it, or this is its first view. */
static struct view *front_place(struct session *session, bool fresh,
				uint64_t now_us)
{
	struct core *core = session->core;
	struct view *last = TAILQ_LAST(&core->stack, view_stack);
	bool recent = session->pressed_us &&
		      now_us - session->pressed_us <= FRONT_GRACE_US;
	while (last && last->session != core->focus)
		last = TAILQ_PREV(last, view_stack, link);
	if (!last || core->focus->domain->layer != session->domain->layer ||
	    core->focus == session || recent || fresh)
		return TAILQ_FIRST(&core->stack);
	return TAILQ_NEXT(last, link);
}

static void stack_record(struct view *view, const struct record *record,
			 uint64_t now_us)
{
	struct session *session = view->session;
	struct core *core = session->core;
	const struct view_front_of *of = record->fields;
	struct view *next = NULL;
	bool fresh = session->fresh && !view->background;
	if (view_restore(view)) {
		session->fresh = false;
		return;
	}
	if (record->op == OP_view_front_of || record->op == OP_view_behind_of)
		next = view_find(session, of->neighbour);
	if (next && (!next->stacked || next->background))
		next = NULL;
	if (fresh) {
		session->fresh = false;
		/* The focused one started it, and no key went down since. */
		if (core->focus && !core->kill &&
		    session_takes_focus(session) &&
		    session->birth == core->presses &&
		    label_is_below(session->label, core->focus->label))
			core_focus(core, session);
	}
	if (record->op == OP_view_behind_of && next) {
		next = TAILQ_NEXT(next, link);
		if (next == view)
			return;
	} else if (record->op != OP_view_back &&
		   record->op != OP_view_behind_of && !next) {
		next = front_place(session, fresh, now_us);
	}
	view_stack(view, next);
}

static void change(struct view *view, const struct record *record)
{
	const struct view_geometry *r = record->fields;
	const struct view_offset *offset = record->fields;
	if (record->op == OP_view_offset) {
		view->offset = (struct point){ offset->x, offset->y };
		return;
	}
	*(record->op == OP_view_geometry ? &view->geometry : &view->content) =
		(struct rect){ r->x, r->y, (int32_t)r->w, (int32_t)r->h };
	view->has_content |= record->op == OP_view_content;
}

static void change_record(struct view *view, const struct record *record)
{
	struct view after = *view;
	change(&after, record);
	if (!memcmp(&after, view, sizeof(after)))
		return;
	view_damage_family(view);
	change(view, record);
	view_place_family(view);
	view_damage_family(view);
}

static void set_title(struct view *view, const struct view_title *title)
{
	struct core *core = view->session->core;
	char text[sizeof(title->title.text) + 1];
	_Static_assert(sizeof(text) == TITLE_MAX + 1, "it fits the menubar");
	wire_get(&title->title, text);
	if (!strcmp(text, view->title))
		return;
	free(view->title);
	view->title = xstrdup(text);
	core_damage(core, view->label);
	core->stack_changed = true; /* the menubar, the place of the label */
}

static void do_record(struct session *session, const struct record *record,
		      uint64_t now_us)
{
	struct view *view = view_find(session, record->view);
	const struct view_create *create = record->fields;
	switch (record->op) {
	case OP_view_create:
		view_create(session, record->view,
			    view_find(session, create->parent));
		break;
	case OP_view_destroy:
		if (view)
			view_destroy(view);
		break;
	case OP_view_title:
		set_title(view, record->fields);
		break;
	case OP_view_background:
		view_set_background(view);
		break;
	case OP_view_geometry:
	case OP_view_offset:
	case OP_view_content:
		change_record(view, record);
		break;
	default:
		stack_record(view, record, now_us);
	}
}

static bool lookup(const void *user, uint32_t id, uint32_t *parent,
		   uint32_t *depth)
{
	const struct view *view = view_find(user, id);
	if (!view)
		return false;
	*parent = view->parent ? view->parent->id : 0;
	*depth = view->depth;
	return true;
}

enum wire_status session_execute(struct session *session,
				 struct record_walk records, uint32_t views_max,
				 uint64_t now_us)
{
	struct record record;
	enum wire_status status = record_plan(records, lookup, session,
					      session->view_count, views_max);
	if (status != WIRE_OK)
		return status;
	while (record_next(&records, &record))
		do_record(session, &record, now_us);
	session->core->handler->changed(session->core->user);
	return WIRE_OK;
}
