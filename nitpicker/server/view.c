#include "core.h"

#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"

/* ---- the core ---- */

void core_init(struct core *core, const struct core_handler *handler,
	       void *user)
{
	*core = (struct core){ .handler = handler, .user = user, .scale = 100 };
	policy_init(&core->policy);
	region_init(&core->damage);
	region_init(&core->scratch);
	region_init(&core->left);
}

void core_finish(struct core *core)
{
	while (core->sessions)
		session_destroy(core->sessions);
	policy_finish(&core->policy);
	region_finish(&core->damage);
	region_finish(&core->scratch);
	region_finish(&core->left);
	free(core->pointer_image);
}

void core_set_output(struct core *core, const struct blit_surface *output,
		     uint32_t scale)
{
	bool first = !core->output.pixels;

	core->output = *output;
	core->scale = scale;

	int32_t bar = menubar_height(core);

	core->screen = (struct rect){ 0, bar, output->width,
				      output->height - bar };
	if (core->screen.h < 0)
		core->screen.h = 0;
	if (first && !core->presses)
		core->pointer = (struct point){ output->width / 2,
						output->height / 2 };
	if (core->pointer.x >= output->width)
		core->pointer.x = output->width - 1;
	if (core->pointer.y >= output->height)
		core->pointer.y = output->height - 1;
	for (struct session *s = core->sessions; s; s = s->next)
		for (uint32_t i = 0; i < s->view_count; i++)
			if (!s->views[i]->parent)
				view_replace(s->views[i]);
	region_clear(&core->damage);
	core_damage_all(core);
}

void core_configure(struct core *core, const struct config_node *config)
{
	policy_read(&core->policy, config);
	for (struct session *s = core->sessions; s; s = s->next)
		s->color = policy_color(&core->policy, s->label);
	core_damage_all(core);
}

/* ---- sessions ---- */

struct session *session_create(struct core *core, const char *label, void *user)
{
	struct session *session = xcalloc(1, sizeof(*session));

	*session = (struct session){
		.core = core,
		.previous = core->last_session,
		.user = user,
		.label = xstrdup(label),
		.color = policy_color(&core->policy, label),
		.fresh = true,
		.birth = core->presses,
	};
	region_init(&session->damage);
	if (core->last_session)
		core->last_session->next = session;
	else
		core->sessions = session;
	core->last_session = session;
	core->session_count++;
	return session;
}

void session_destroy(struct session *session)
{
	struct core *core = session->core;

	while (session->view_count)
		view_destroy(session->views[session->view_count - 1]);
	if (session->previous)
		session->previous->next = session->next;
	else
		core->sessions = session->next;
	if (session->next)
		session->next->previous = session->previous;
	else
		core->last_session = session->previous;
	core->session_count--;
	core_input_forget(core, session);
	core->stack_changed = true;
	core->handler->changed(core->user);
	region_finish(&session->damage);
	free(session->views);
	free(session->label);
	free(session);
}

void session_set_buffer(struct session *session, const struct buffer *buffer)
{
	/* The format decides which views are opaque: cover both states. */
	for (uint32_t i = 0; i < session->view_count; i++)
		view_damage(session->views[i]);
	session->buffer = *buffer;
	region_clear(&session->damage);
	for (uint32_t i = 0; i < session->view_count; i++)
		view_damage(session->views[i]);
	session->core->stack_changed = true;
}

uint64_t session_view_bytes(uint32_t views)
{
	return views <= FREE_VIEWS ? 0
				   : page_round((views - FREE_VIEWS) *
						(sizeof(struct view) +
						 sizeof(struct view *)));
}

bool session_raise(struct session *session)
{
	struct view *first = NULL, *previous;
	bool found = false;

	for (struct view *v = session->core->back; v && v != first;
	     v = previous) {
		previous = v->previous;
		if (v->session != session)
			continue;
		view_stack(v, session->core->front);
		if (!first)
			first = v;
		found = true;
	}
	return found;
}

/* ---- views by their names ---- */

/* The index of the first one whose id is not below. */
static uint32_t lower_bound(const struct session *session, uint32_t id)
{
	uint32_t from = 0, to = session->view_count;

	while (from < to) {
		uint32_t middle = (from + to) / 2;

		if (session->views[middle]->id < id)
			from = middle + 1;
		else
			to = middle;
	}
	return from;
}

struct view *view_find(const struct session *session, uint32_t id)
{
	uint32_t i = lower_bound(session, id);

	return i < session->view_count && session->views[i]->id == id
		       ? session->views[i]
		       : NULL;
}

struct view *view_create(struct session *session, uint32_t id,
			 struct view *parent)
{
	struct view *view = xcalloc(1, sizeof(*view));
	uint32_t at = lower_bound(session, id);

	*view = (struct view){
		.session = session,
		.id = id,
		.parent = parent,
		.depth = parent ? parent->depth + 1 : 0,
		.title = xstrdup(""),
	};
	if (parent)
		parent->children++;
	if (session->view_count == session->view_capacity) {
		session->view_capacity += 8 + session->view_capacity / 2;
		session->views = xreallocarray(session->views,
					       session->view_capacity,
					       sizeof(*session->views));
	}
	memmove(session->views + at + 1, session->views + at,
		(session->view_count - at) * sizeof(*session->views));
	session->views[at] = view;
	session->view_count++;
	view_replace(view);
	return view;
}

void view_destroy(struct view *view)
{
	struct session *session = view->session;

	while (view->children) {
		uint32_t i = 0;

		while (session->views[i]->parent != view)
			i++;
		view_destroy(session->views[i]);
	}
	view_unstack(view);
	if (view->parent)
		view->parent->children--;
	if (session->clicked == view)
		session->clicked = NULL;

	uint32_t at = lower_bound(session, view->id);

	session->view_count--;
	memmove(session->views + at, session->views + at + 1,
		(session->view_count - at) * sizeof(*session->views));
	free(view->title);
	free(view);
}

/* ---- where they lie ---- */

static void place(struct view *view)
{
	struct point origin = view->parent
				      ? (struct point){ view->parent->place.x,
							view->parent->place.y }
				      : (struct point){
						0, view->session->core->screen.y
					};

	view->place = rect_moved(view->geometry, origin.x, origin.y);
	view->placed = view->stacked && (!view->parent || view->parent->placed);
}

static bool hangs_on(const struct view *view, const struct view *ancestor)
{
	while (view && view->depth > ancestor->depth)
		view = view->parent;
	return view == ancestor;
}

void view_replace(struct view *view)
{
	struct session *session = view->session;

	place(view);
	/* Parents come before their children, whatever their ids are. */
	for (uint32_t depth = view->depth + 1;
	     view->children && depth <= LIMIT_VIEW_DEPTH; depth++)
		for (uint32_t i = 0; i < session->view_count; i++)
			if (session->views[i]->depth == depth &&
			    hangs_on(session->views[i], view))
				place(session->views[i]);
	session->core->stack_changed = true;
}

struct rect view_content(const struct view *view)
{
	if (view->has_content)
		return rect_intersect(view->place,
				      rect_moved(view->content, view->place.x,
						 view->place.y));
	if (view->session->buffer.format == FORMAT_ARGB8888)
		return (struct rect){ 0 };
	return view->place;
}

struct rect view_opaque(const struct view *view)
{
	bool blends = view->session->buffer.format == FORMAT_ARGB8888;

	if (!view->placed)
		return (struct rect){ 0 };
	if (view->session->core->xray || blends) {
		struct rect content = view_content(view);

		return rect_is_empty(content)
			       ? content
			       : rect_grown(content, xray_frame(view));
	}
	return view->place;
}

struct rect view_outline(const struct view *view)
{
	if (!view->placed)
		return (struct rect){ 0 };
	return view->session->core->xray ? view_opaque(view) : view->place;
}

struct view *core_view_at(const struct core *core, int32_t x, int32_t y)
{
	if (!rect_has_point(core->screen, x, y))
		return NULL;
	for (struct view *v = core->front; v; v = v->next)
		if (v->placed && rect_has_point(view_content(v), x, y))
			return v;
	if (core->background &&
	    rect_has_point(view_content(core->background), x, y))
		return core->background;
	return NULL;
}

const struct view *session_title_view(const struct session *session)
{
	if (session->clicked)
		return session->clicked;
	for (struct view *v = session->core->front; v; v = v->next)
		if (v->session == session && *v->title)
			return v;
	return session->background;
}

/* ---- the stack ---- */

static void unlink_view(struct view *view)
{
	struct core *core = view->session->core;

	if (view->previous)
		view->previous->next = view->next;
	else
		core->front = view->next;
	if (view->next)
		view->next->previous = view->previous;
	else
		core->back = view->previous;
	view->next = view->previous = NULL;
}

static void link_view(struct view *view, struct view *behind)
{
	struct core *core = view->session->core;

	view->next = behind;
	view->previous = behind ? behind->previous : core->back;
	if (view->previous)
		view->previous->next = view;
	else
		core->front = view;
	if (behind)
		behind->previous = view;
	else
		core->back = view;
}

void view_damage_family(struct view *view)
{
	struct session *session = view->session;

	view_damage(view);
	for (uint32_t i = 0; view->children && i < session->view_count; i++)
		if (session->views[i] != view &&
		    hangs_on(session->views[i], view))
			view_damage(session->views[i]);
}

/* Only where it changes places with another one does anything change. */
static void damage_overlap(struct view *view, struct view *from,
			   struct view *to, const struct view *below)
{
	struct rect outline = view_outline(view);

	if (rect_is_empty(outline))
		return;
	for (struct view *v = from; v != to; v = v->next) {
		struct rect both = rect_intersect(outline, view_outline(v));

		both = rect_intersect(both, view->session->core->screen);
		if (!rect_is_empty(both))
			core_damage(view->session->core, both, below);
	}
}

void view_stack(struct view *view, struct view *behind)
{
	struct core *core = view->session->core;

	if (view->background || view == behind ||
	    (view->stacked && view->next == behind))
		return;
	if (!view->stacked) {
		view->stacked = true;
		link_view(view, behind);
		view_replace(view);
		view_damage_family(view);
		return;
	}

	struct view *v = view->next;

	while (v && v != behind)
		v = v->next;
	if (v == behind)
		damage_overlap(view, view->next, behind, view);
	else
		damage_overlap(view, behind, view, behind);
	unlink_view(view);
	link_view(view, behind);
	core->stack_changed = true;
}

void view_unstack(struct view *view)
{
	struct core *core = view->session->core;

	if (!view->stacked && !view->background)
		return;
	view_damage_family(view);
	if (!rect_is_empty(view->label))
		core_damage(core, view->label, core->front);
	if (view->background) {
		view->background = false;
		if (view->session->background == view)
			view->session->background = NULL;
		view->stacked = false;
		core_choose_background(core);
	} else {
		view->stacked = false;
		unlink_view(view);
	}
	view_replace(view);
}

/* ---- backgrounds ---- */

static bool is_backdrop(const struct session *session)
{
	return label_match("backdrop", session->label) &&
	       !strstr(session->label, " -> ");
}

void core_choose_background(struct core *core)
{
	struct view *chosen = core->focus ? core->focus->background : NULL;

	for (struct session *s = core->sessions; s && !chosen; s = s->next)
		if (is_backdrop(s))
			chosen = s->background;
	if (chosen == core->background)
		return;
	if (core->background) {
		view_damage_family(core->background);
		core->background->stacked = false;
		view_replace(core->background);
	}
	core->background = chosen;
	if (chosen) {
		chosen->stacked = true;
		view_replace(chosen);
		view_damage_family(chosen);
	}
	core->stack_changed = true;
}

void view_set_background(struct view *view)
{
	struct session *session = view->session;

	if (session->background == view)
		return;
	view_unstack(view);
	if (session->background)
		view_unstack(session->background);
	view->background = true;
	session->background = view;
	core_choose_background(session->core);
}
