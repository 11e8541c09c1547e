/*
 * Records of nitpicker_execute. All are checked before the first one is done;
 * what the earlier ones will create and destroy is kept in a short list.
 */
#include "core.h"

#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"

struct planned {
	uint32_t id, parent;
	uint32_t depth;
	bool exists;
};

struct plan {
	const struct session *session;
	struct planned list[LIMIT_RECORDS];
	unsigned count;
	uint32_t views;
};

/* The index of the last plan with that view, -1: none. */
static int planned(const struct plan *plan, uint32_t id)
{
	int i = (int)plan->count - 1;

	while (i >= 0 && plan->list[i].id != id)
		i--;
	return i;
}

/* False when there will be no such view: it goes with its parent, also when
 * another one of the parent's name comes after that. */
static bool will_exist(const struct plan *plan, uint32_t id, uint32_t *depth)
{
	int at = planned(plan, id);

	for (bool own = true;; own = false) {
		const struct planned *entry = at < 0 ? NULL : &plan->list[at];
		const struct view *view = view_find(plan->session, id);
		int above;

		if (entry ? !entry->exists : !view)
			return false;
		if (own)
			*depth = entry ? entry->depth : view->depth;
		id = entry          ? entry->parent
		     : view->parent ? view->parent->id
				    : 0;
		above = planned(plan, id);
		if (!id || above > at)
			return !id;
		at = above;
	}
}

static enum wire_status plan_create(struct plan *plan,
				    const struct record *record,
				    uint32_t views_max)
{
	const struct view_create *create = record->fields;
	uint32_t depth = 0, parent_depth = 0;

	if (!record->view || will_exist(plan, record->view, &depth))
		return WIRE_INVALID;
	if (create->parent) {
		if (!will_exist(plan, create->parent, &parent_depth))
			return WIRE_INVALID;
		depth = parent_depth + 1;
	} else {
		depth = 0;
	}
	if (depth > LIMIT_VIEW_DEPTH || plan->views == LIMIT_VIEWS)
		return WIRE_INVALID;
	if (plan->views >= views_max)
		return WIRE_QUOTA_EXCEEDED;
	plan->views++;
	plan->list[plan->count++] = (struct planned){ record->view,
						      create->parent, depth,
						      true };
	return WIRE_OK;
}

static enum wire_status plan_record(struct plan *plan,
				    const struct record *record,
				    uint32_t views_max)
{
	uint32_t depth;

	switch (record->op) {
	case OP_view_create:
		return plan_create(plan, record, views_max);
	case OP_view_destroy:
		/* One that went with its parent may be destroyed again. */
		if (!will_exist(plan, record->view, &depth))
			return WIRE_OK;
		plan->views--;
		plan->list[plan->count++] = (struct planned){
			.id = record->view
		};
		return WIRE_OK;
	case OP_view_front_of:
	case OP_view_behind_of: {
		const struct view_front_of *next = record->fields;

		if (!will_exist(plan, next->neighbour, &depth) ||
		    next->neighbour == record->view)
			return WIRE_INVALID;
		break;
	}
	}
	return will_exist(plan, record->view, &depth) ? WIRE_OK : WIRE_INVALID;
}

/* ---- doing it ---- */

/* The place of a view that wants to the front: NULL is the back. A session may
 * not cover what the user works with unless the user just did something in
 * it, or this is its first view. */
static struct view *front_place(struct session *session, bool fresh,
				uint64_t now_us)
{
	struct core *core = session->core;
	bool recent = session->pressed_us &&
		      now_us - session->pressed_us <= FRONT_GRACE_US;
	struct view *last = core->back;

	if (!core->focus || core->focus == session || recent || fresh)
		return core->front;
	while (last && last->session != core->focus)
		last = last->previous;
	return last ? last->next : core->front;
}

/* A program that the focused one started, and no key went down since. */
static void focus_first(struct session *session)
{
	struct core *core = session->core;

	if (core->focus && session->birth == core->presses &&
	    label_is_below(session->label, core->focus->label))
		core_focus(core, session);
}

static void stack_record(struct view *view, const struct record *record,
			 uint64_t now_us)
{
	struct session *session = view->session;
	const struct view_front_of *fields = record->fields;
	struct view *neighbour = NULL;
	bool fresh = session->fresh && !view->background;

	if (record->op == OP_view_front_of || record->op == OP_view_behind_of)
		neighbour = view_find(session, fields->neighbour);
	if (neighbour && (!neighbour->stacked || neighbour->background))
		neighbour = NULL;
	if (fresh) {
		session->fresh = false;
		focus_first(session);
	}
	switch (record->op) {
	case OP_view_back:
		view_stack(view, NULL);
		break;
	case OP_view_front_of:
	case OP_view_front:
		view_stack(view, neighbour
					 ? neighbour
					 : front_place(session, fresh, now_us));
		break;
	case OP_view_behind_of:
		if (neighbour && neighbour->next == view)
			break;
		view_stack(view, neighbour ? neighbour->next : NULL);
		break;
	}
}

static void change_record(struct view *view, const struct record *record)
{
	switch (record->op) {
	case OP_view_geometry: {
		const struct view_geometry *g = record->fields;

		view->geometry = (struct rect){ g->x, g->y, (int32_t)g->w,
						(int32_t)g->h };
		break;
	}
	case OP_view_offset: {
		const struct view_offset *offset = record->fields;

		view->offset = (struct point){ offset->x, offset->y };
		break;
	}
	case OP_view_content: {
		const struct view_content *c = record->fields;

		view->content = (struct rect){ c->x, c->y, (int32_t)c->w,
					       (int32_t)c->h };
		view->has_content = true;
		break;
	}
	}
}

/* True when the record would change nothing. */
static bool is_idle(const struct view *view, const struct record *record)
{
	struct view after = *view;

	change_record(&after, record);
	return rect_equal(after.geometry, view->geometry) &&
	       after.offset.x == view->offset.x &&
	       after.offset.y == view->offset.y &&
	       rect_equal(after.content, view->content) &&
	       after.has_content == view->has_content;
}

static void set_title(struct view *view, const struct view_title *title)
{
	struct core *core = view->session->core;
	char text[65];

	wire_get(&title->title, text);
	if (!strcmp(text, view->title))
		return;
	free(view->title);
	view->title = xstrdup(text);
	if (!rect_is_empty(view->label))
		core_damage(core, view->label, core->front);
	if (core->focus == view->session)
		core_damage(
			core,
			(struct rect){ 0, 0, core->screen.w, core->screen.y },
			core->front);
	core->stack_changed = true;
}

static void do_record(struct session *session, const struct record *record,
		      uint64_t now_us)
{
	struct view *view = view_find(session, record->view);

	switch (record->op) {
	case OP_view_create: {
		const struct view_create *create = record->fields;

		view_create(session, record->view,
			    view_find(session, create->parent));
		break;
	}
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
		if (is_idle(view, record))
			break;
		view_damage_family(view);
		change_record(view, record);
		view_replace(view);
		view_damage_family(view);
		break;
	default:
		stack_record(view, record, now_us);
	}
}

enum wire_status session_execute(struct session *session,
				 struct record_walk records, uint32_t views_max,
				 uint64_t now_us)
{
	struct plan plan = { .session = session, .views = session->view_count };
	struct record_walk check = records;
	struct record record;

	while (record_next(&check, &record)) {
		enum wire_status status = plan_record(&plan, &record,
						      views_max);

		if (status != WIRE_OK)
			return status;
	}
	while (record_next(&records, &record))
		do_record(session, &record, now_us);
	session->core->handler->changed(session->core->user);
	return WIRE_OK;
}
