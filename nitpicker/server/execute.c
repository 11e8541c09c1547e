/*
 * Records of nitpicker_execute. All are checked before the first one is done;
 * what the earlier ones will create and destroy is kept in a short list.
 */
#include "core.h"

#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "session/label.h"

struct planned {
	uint32_t id, parent, depth;
	bool exists;
};

struct plan {
	const struct session *session;
	struct planned list[LIMIT_RECORDS];
	int count;
	uint32_t views, views_max;
};

/* The index of the last plan with that view, -1: none. */
static int planned(const struct plan *plan, uint32_t id)
{
	int i = plan->count - 1;
	while (i >= 0 && plan->list[i].id != id)
		i--;
	return i;
}

/* False when there will be no such view: it goes with its parent, also when
 * another one of the parent's name comes after that. */
static bool will_exist(const struct plan *plan, uint32_t id, uint32_t *depth)
{
	int at = planned(plan, id), above;

	for (bool own = true;; own = false, at = above) {
		const struct planned *entry = at < 0 ? NULL : &plan->list[at];
		const struct view *view = view_find(plan->session, id);

		if (entry ? !entry->exists : !view)
			return false;
		if (own)
			*depth = entry ? entry->depth : view->depth;
		if (entry)
			id = entry->parent;
		else
			id = view->parent ? view->parent->id : 0;
		above = planned(plan, id);
		if (!id || above > at)
			return !id;
	}
}

static enum wire_status plan_create(struct plan *plan,
				    const struct record *record)
{
	const struct view_create *create = record->fields;
	struct planned entry = { record->view, create->parent, 0, true };

	if (!entry.id || will_exist(plan, entry.id, &entry.depth))
		return WIRE_INVALID;
	entry.depth = 0;
	if (entry.parent) {
		if (!will_exist(plan, entry.parent, &entry.depth))
			return WIRE_INVALID;
		entry.depth++;
	}
	if (entry.depth > LIMIT_VIEW_DEPTH || plan->views == LIMIT_VIEWS)
		return WIRE_INVALID;
	if (plan->views >= plan->views_max)
		return WIRE_QUOTA_EXCEEDED;
	plan->views++;
	plan->list[plan->count++] = entry;
	return WIRE_OK;
}

static enum wire_status plan_record(struct plan *plan,
				    const struct record *record)
{
	const struct view_front_of *next = record->fields;
	bool exists;
	uint32_t depth;

	if (record->op == OP_view_create)
		return plan_create(plan, record);
	exists = will_exist(plan, record->view, &depth);
	if (record->op == OP_view_destroy) {
		/* One that went with its parent may be destroyed again. */
		if (exists) {
			plan->views--;
			plan->list[plan->count++].id = record->view;
		}
		return WIRE_OK;
	}
	if (record->op == OP_view_front_of || record->op == OP_view_behind_of)
		exists = exists && next->neighbour != record->view &&
			 will_exist(plan, next->neighbour, &depth);
	return exists ? WIRE_OK : WIRE_INVALID;
}

/* The place of a view that wants to the front: NULL is the back. A session may
 * not cover what the user works with unless the user just did something in
 * it, or this is its first view. */
static struct view *front_place(struct session *session, bool fresh,
				uint64_t now_us)
{
	struct core *core = session->core;
	struct view *last = TAILQ_LAST(&core->stack, view_stack);
	bool recent = session->pressed_us &&
		      now_us - session->pressed_us <= FRONT_GRACE_US;
	while (last && last->session != core->focus)
		last = TAILQ_PREV(last, view_stack, link);
	if (!last || core->focus == session || recent || fresh)
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

	if (record->op == OP_view_front_of || record->op == OP_view_behind_of)
		next = view_find(session, of->neighbour);
	if (next && (!next->stacked || next->background))
		next = NULL;
	if (fresh) {
		session->fresh = false;
		/* A program that the focused one started, and no key went down
		 * since. */
		if (core->focus && session->birth == core->presses &&
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
	} else if (record->op == OP_view_geometry) {
		view->geometry = (struct rect){ r->x, r->y, (int32_t)r->w,
						(int32_t)r->h };
	} else {
		view->content = (struct rect){ r->x, r->y, (int32_t)r->w,
					       (int32_t)r->h };
		view->has_content = true;
	}
}

static void change_record(struct view *view, const struct record *record)
{
	struct view after = *view;
	change(&after, record);
	if (rect_equal(after.geometry, view->geometry) &&
	    after.offset.x == view->offset.x &&
	    after.offset.y == view->offset.y &&
	    rect_equal(after.content, view->content) &&
	    after.has_content == view->has_content)
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
	wire_get(&title->title, text);
	if (!strcmp(text, view->title))
		return;
	free(view->title);
	view->title = xstrdup(text);
	core_damage(core, view->label);
	if (core->focus == view->session)
		core_damage(core, core->bar);
	core->stack_changed = true;
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

enum wire_status session_execute(struct session *session,
				 struct record_walk records, uint32_t views_max,
				 uint64_t now_us)
{
	struct plan plan = { .session = session,
			     .views = session->view_count,
			     .views_max = views_max };
	struct record_walk check = records;
	struct record record;

	while (record_next(&check, &record)) {
		enum wire_status status = plan_record(&plan, &record);

		if (status != WIRE_OK)
			return status;
	}
	while (record_next(&records, &record))
		do_record(session, &record, now_us);
	session->core->handler->changed(session->core->user);
	return WIRE_OK;
}
