#include "core.h"

#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "session/label.h"

void core_init(struct core *core, const struct core_handler *handler,
	       void *user)
{
	*core = (struct core){ .handler = handler, .user = user, .scale = 100 };
	TAILQ_INIT(&core->sessions);
	TAILQ_INIT(&core->stack);
	policy_init(&core->policy);
	region_init(&core->damage);
	region_init(&core->scratch);
	region_init(&core->left);
}

void core_finish(struct core *core)
{
	while (!TAILQ_EMPTY(&core->sessions))
		session_destroy(TAILQ_FIRST(&core->sessions));
	policy_finish(&core->policy);
	region_finish(&core->damage);
	region_finish(&core->scratch);
	region_finish(&core->left);
	pointer_finish(core);
	restore_finish(&core->restore);
	free(core->frozen.views);
	free(core->frozen.under);
}

/* What a session gets from the policy and the output; all its views with it. */
static void apply(struct session *session)
{
	const struct rule *rule = policy_rule(&session->core->policy,
					      session->label);
	session->domain = rule->domain;
	session->color = rule_color(rule, session->label);
	session_place_area(session);
	for (uint32_t i = 0; i < session->view_count; i++)
		if (!session->views[i]->parent)
			view_place_family(session->views[i]);
}

void core_apply(struct core *core)
{
	struct session *s;
	for (s = TAILQ_FIRST(&core->sessions); s; s = TAILQ_NEXT(s, link))
		apply(s);
	core_damage_all(core);
}

void core_set_output(struct core *core, const struct blit_surface *output,
		     uint32_t scale)
{
	int32_t w = output->width, h = output->height;
	if (!core->output.width && !core_restores(core)) /* the first one */
		core->pointer = (struct point){ w / 2, h / 2 };
	core_set_kill(core, false); /* its picture is lost */
	core->output = *output;
	core->scale = scale;
	core->bar = (struct rect){ 0, 0, w, menubar_height(core) };
	core->screen = (struct rect){ 0, core->bar.h, w, h - core->bar.h };
	core_move_pointer(core, core->pointer.x, core->pointer.y);
	region_clear(&core->damage);
	core_apply(core);
}

static uint32_t layer_of(const struct view *view)
{
	return view->session->domain->layer;
}

static void insert(struct view *view, struct view *behind)
{
	if (behind)
		TAILQ_INSERT_BEFORE(behind, view, link);
	else
		TAILQ_INSERT_TAIL(&view->session->core->stack, view, link);
	view->session->core->stack_changed = true;
}

/* The nearest place to `behind` among the views of its layer. */
static struct view *in_layer(const struct view *view, struct view *behind)
{
	struct view_stack *stack = &view->session->core->stack;
	uint32_t layer = layer_of(view);
	struct view *previous;
	while (behind && layer_of(behind) < layer)
		behind = TAILQ_NEXT(behind, link);
	for (;; behind = previous) {
		previous = behind ? TAILQ_PREV(behind, view_stack, link)
				  : TAILQ_LAST(stack, view_stack);
		if (!previous || layer_of(previous) <= layer)
			return behind;
	}
}

/* Stable, by layer: each goes behind those of its layer that are there. */
static void sort_stack(struct core *core)
{
	struct view_stack old = TAILQ_HEAD_INITIALIZER(old);
	struct view *v;
	TAILQ_CONCAT(&old, &core->stack, link);
	while ((v = TAILQ_FIRST(&old))) {
		TAILQ_REMOVE(&old, v, link);
		insert(v, in_layer(v, NULL));
	}
}

void core_configure(struct core *core, const struct config_node *config)
{
	const struct core_handler *handler = core->handler;
	struct session *s;
	policy_read(&core->policy, config);
	for (s = TAILQ_FIRST(&core->sessions); s; s = TAILQ_NEXT(s, link)) {
		struct point origin = s->origin;
		struct rect area = s->area;
		apply(s);
		if (handler->area &&
		    (memcmp(&origin, &s->origin, sizeof(origin)) ||
		     !rect_equal(area, s->area)))
			handler->area(core->user, s);
	}
	sort_stack(core);
	core_check_focus(core);
	if (core->locked && core_lock(core, NULL, true) != WIRE_OK) {
		core_silence(core); /* nobody may any more */
		core_focus(core, NULL);
	}
	core_choose_background(core);
	core_mark_anew(core);
}

struct session *session_create(struct core *core, const char *label, void *user)
{
	struct session *session = xcalloc(1, sizeof(*session));
	*session = (struct session){ .core = core,
				     .user = user,
				     .label = xstrdup(label),
				     .buffer = { .fd = -1 },
				     .fresh = true,
				     .birth = core->presses };
	region_init(&session->damage);
	apply(session);
	TAILQ_INSERT_TAIL(&core->sessions, session, link);
	core->session_count++;
	return session;
}

void session_destroy(struct session *session)
{
	struct core *core = session->core;
	while (session->view_count)
		view_destroy(session->views[session->view_count - 1]);
	TAILQ_REMOVE(&core->sessions, session, link);
	core->session_count--;
	core_input_forget(core, session);
	kill_forget(core, session);
	core->stack_changed = true;
	core->handler->changed(core->user);
	region_finish(&session->damage);
	free(session->image.pixels);
	free(session->views);
	free(session->label);
	free(session);
}

void session_set_buffer(struct session *session, const struct buffer *buffer)
{
	/* The format decides which views are opaque: damage both states. */
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
	size_t each = sizeof(struct view) + sizeof(struct view *);
	return views > FREE_VIEWS ? page_round((views - FREE_VIEWS) * each) : 0;
}

bool session_raise(struct session *session)
{
	struct view_stack *stack = &session->core->stack;
	struct view *first = NULL, *previous;
	for (struct view *v = TAILQ_LAST(stack, view_stack); v && v != first;
	     v = previous) {
		previous = TAILQ_PREV(v, view_stack, link);
		if (v->session != session)
			continue;
		view_stack(v, TAILQ_FIRST(stack));
		if (!first)
			first = v;
	}
	return first;
}

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
	if (i == session->view_count || session->views[i]->id != id)
		return NULL;
	return session->views[i];
}

struct view *view_create(struct session *session, uint32_t id,
			 struct view *parent)
{
	struct view *view = xcalloc(1, sizeof(*view)), **at;
	uint32_t index = lower_bound(session, id);
	*view = (struct view){ .session = session,
			       .id = id,
			       .parent = parent,
			       .depth = parent ? parent->depth + 1 : 0,
			       .title = xstrdup("") };
	if (parent)
		parent->children++;
	session->views = xgrow(session->views, &session->view_capacity,
			       session->view_count, 1, sizeof(view));
	at = session->views + index;
	memmove(at + 1, at, (session->view_count++ - index) * sizeof(view));
	*at = view;
	view_place_family(view);
	return view;
}

void view_destroy(struct view *view)
{
	struct session *session = view->session;
	struct view **at;
	for (uint32_t i = 0; view->children; i++) {
		if (session->views[i]->parent != view)
			continue;
		view_destroy(session->views[i]);
		i = UINT32_MAX; /* others went with it: from the start */
	}
	view_unstack(view);
	if (view->parent)
		view->parent->children--;
	if (session->clicked == view)
		session->clicked = NULL;
	at = session->views + lower_bound(session, view->id);
	memmove(at, at + 1,
		(size_t)(session->views + --session->view_count - at) *
			sizeof(view));
	free(view->title);
	free(view);
}

static bool hangs_on(const struct view *view, const struct view *ancestor)
{
	while (view && view->depth > ancestor->depth)
		view = view->parent;
	return view == ancestor;
}

/* Parents come before their children, whatever their ids are. */
static void for_family(struct view *view, void (*fn)(struct view *view))
{
	struct session *session = view->session;
	fn(view);
	for (uint32_t depth = view->depth + 1;
	     view->children && depth <= LIMIT_VIEW_DEPTH; depth++)
		for (uint32_t i = 0; i < session->view_count; i++)
			if (session->views[i]->depth == depth &&
			    hangs_on(session->views[i], view))
				fn(session->views[i]);
}

static void place(struct view *view)
{
	const struct view *parent = view->parent;
	int32_t x = parent ? parent->place.x : view->session->origin.x;
	int32_t y = parent ? parent->place.y : view->session->origin.y;
	view->place = rect_moved(view->geometry, x, y);
	view->placed = view->stacked && !session_hidden(view->session) &&
		       (!parent || parent->placed);
}

void view_place_family(struct view *view)
{
	for_family(view, place);
	view->session->core->stack_changed = true;
}

void view_damage_family(struct view *view)
{
	for_family(view, view_damage);
}

bool view_blends(const struct view *view)
{
	return !core_marks(view->session->core) &&
	       !view->session->domain->tinted &&
	       view->session->buffer.format == FORMAT_ARGB8888;
}

bool view_framed(const struct view *view)
{
	return !view->background && (core_marks(view->session->core) ||
				     view->session->domain->label);
}

struct rect view_content(const struct view *view)
{
	struct rect content = rect_moved(view->content, view->place.x,
					 view->place.y);
	if (view->has_content)
		return rect_intersect(view->place, content);
	return view_blends(view) ? (struct rect){ 0 } : view->place;
}

struct rect view_solid(const struct view *view)
{
	bool cut = core_marks(view->session->core) || view_framed(view) ||
		   view->session->buffer.format == FORMAT_ARGB8888;
	return cut ? view_content(view) : view->place;
}

struct rect view_opaque(const struct view *view)
{
	struct rect solid = view_solid(view);
	if (!view->placed || rect_is_empty(solid))
		return (struct rect){ 0 };
	return rect_grown(solid, xray_frame(view));
}

struct rect view_outline(const struct view *view)
{
	struct rect opaque = view_opaque(view);
	return view->placed && view_blends(view)
		       ? rect_bounds(view->place, opaque)
		       : opaque;
}

/* Of the pixel that the view shows there. */
static bool is_transparent(const struct view *view, int32_t x, int32_t y)
{
	const struct buffer *buffer = &view->session->buffer;
	const struct rect all = { 0, 0, (int32_t)buffer->w,
				  (int32_t)buffer->h };
	const char *row = buffer->pixels;
	x -= view->place.x + view->offset.x;
	y -= view->place.y + view->offset.y;
	if (!row || !rect_has_point(all, x, y))
		return true;
	row += (size_t)y * buffer->stride;
	return !(((const uint32_t *)row)[x] >> 24);
}

static bool takes_input(const struct view *view, int32_t x, int32_t y)
{
	if (!view->placed || !rect_has_point(view->place, x, y))
		return false;
	if (rect_has_point(view_content(view), x, y))
		return true;
	if (core_marks(view->session->core))
		return false;
	return view->session->domain->input_always ||
	       (view_blends(view) && !is_transparent(view, x, y));
}

struct view *core_view_at(const struct core *core, int32_t x, int32_t y)
{
	struct view *v;
	if (!rect_has_point(core->screen, x, y))
		return NULL;
	for (v = TAILQ_FIRST(&core->stack); v; v = TAILQ_NEXT(v, link))
		if (takes_input(v, x, y))
			return v;
	v = core->background;
	return v && takes_input(v, x, y) ? v : NULL;
}

const struct view *session_title_view(const struct session *session)
{
	const struct view *v;
	if (session->clicked)
		return session->clicked;
	for (v = TAILQ_FIRST(&session->core->stack); v; v = TAILQ_NEXT(v, link))
		if (v->session == session && *v->title)
			return v;
	return session->background;
}

/* Only where it changes places with another one does anything change. */
static void damage_overlap(struct view *view, struct view *from,
			   struct view *to, const struct view *below)
{
	struct core *core = view->session->core;
	struct rect own = rect_intersect(view_outline(view), core->screen);
	for (struct view *v = from; v != to; v = TAILQ_NEXT(v, link))
		core_damage_below(core, rect_intersect(own, view_outline(v)),
				  below);
}

void view_stack(struct view *view, struct view *behind)
{
	struct view *v;
	if (view->background || view->session->locked_out)
		return;
	behind = in_layer(view, behind);
	if (view == behind)
		return;
	if (!view->stacked) {
		view->stacked = true;
		insert(view, behind);
		view_place_family(view);
		view_damage_family(view);
		return;
	}
	v = TAILQ_NEXT(view, link);
	if (v == behind)
		return;
	while (v && v != behind)
		v = TAILQ_NEXT(v, link);
	if (v == behind)
		damage_overlap(view, TAILQ_NEXT(view, link), behind, view);
	else
		damage_overlap(view, behind, view, behind);
	TAILQ_REMOVE(&view->session->core->stack, view, link);
	insert(view, behind);
}

void view_unstack(struct view *view)
{
	struct core *core = view->session->core;
	if (!view->stacked && !view->background)
		return;
	view_damage_family(view);
	core_damage(core, view->label);
	if (view->background) {
		view->background = false;
		if (view->session->background == view)
			view->session->background = NULL;
		core_choose_background(core);
	} else {
		TAILQ_REMOVE(&core->stack, view, link);
	}
	view->stacked = false;
	view_place_family(view);
}

static void set_in_force(struct view *view, bool on)
{
	if (!view)
		return;
	view_damage_family(view);
	view->stacked = on;
	view_place_family(view);
	view_damage_family(view);
}

void core_choose_background(struct core *core)
{
	struct view *old = core->background;
	struct view *chosen = core->focus ? core->focus->background : NULL;
	struct session *s;
	for (s = TAILQ_FIRST(&core->sessions); s; s = TAILQ_NEXT(s, link))
		if (!chosen && session_is_backdrop(s))
			chosen = s->background;
	if (chosen == old)
		return;
	core->background = chosen;
	set_in_force(old, false);
	set_in_force(chosen, true);
}

void view_set_background(struct view *view)
{
	struct session *session = view->session;
	if (session->background == view || session->locked_out)
		return;
	view_unstack(view);
	if (session->background)
		view_unstack(session->background);
	view->background = true;
	session->background = view;
	core_choose_background(session->core);
}
