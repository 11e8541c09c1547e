/*
 * The order of windows, and which of them has the keyboard.
 *
 * X and nitpicker have the same order, so that X finds the window below the
 * pointer that the user sees there.
 */
#include <stdlib.h>

#include "base/alloc.h"
#include "glue.h"

enum { CHAIN_MAX = 16 }; /* of transient windows */

/* What pops up stays above all windows. */
static bool floats(const struct xwin *win)
{
	return win->override;
}

/* The window at the end of the chain of those that it is transient for. */
static const struct xwin *owner(const struct xwin *win)
{
	for (int i = 0; i < CHAIN_MAX; i++) {
		const struct xwin *next = windows_find(win->glue,
						       win->transient_for);

		if (!next || next->override)
			return win;
		win = next;
	}
	return win;
}

static bool hangs_on(const struct xwin *win, const struct xwin *other)
{
	for (int i = 0; i < CHAIN_MAX && win; i++) {
		if (win->transient_for == other->id)
			return true;
		win = windows_find(win->glue, win->transient_for);
	}
	return false;
}

/* ---- order ---- */

static void to_front(struct xwin *win)
{
	struct glue *glue = win->glue;
	const uint32_t above = XCB_STACK_MODE_ABOVE;

	TAILQ_REMOVE(&glue->windows, win, link);
	TAILQ_INSERT_HEAD(&glue->windows, win, link);
	if (!win->is_root && glue->managing)
		xcb_configure_window(glue->display.connection, win->id,
				     XCB_CONFIG_WINDOW_STACK_MODE, &above);
	if (win->has_view)
		nitpicker_view_front(glue->nitpicker, win->view);
}

/* Windows from back to front, as they are now. */
static unsigned list(const struct glue *glue, struct xwin ***out)
{
	struct xwin *win, **all;
	unsigned count = 0, i = 0;

	TAILQ_FOREACH(win, &glue->windows, link)
	count++;
	all = xcalloc(count ? count : 1, sizeof(*all));
	TAILQ_FOREACH_REVERSE(win, &glue->windows, xwins, link)
	all[i++] = win;
	*out = all;
	return count;
}

static bool is_on_top(const struct xwin *win)
{
	const struct xwin *first;

	TAILQ_FOREACH(first, &win->glue->windows, link)
	if (first->mapped && !floats(first))
		return first == win;
	return false;
}

void stack_raise(struct xwin *win)
{
	struct glue *glue = win->glue;
	const struct xwin *family = owner(win);
	struct xwin **all;
	unsigned count;

	if (win->type == TYPE_DOCK || floats(win))
		return;
	/* Its own dialogs, docks and menus are above it anyway. */
	if (!is_on_top(win)) {
		count = list(glue, &all);
		for (unsigned i = 0; i < count; i++)
			if (all[i] == family)
				to_front(all[i]);
		for (unsigned i = 0; i < count; i++)
			if (all[i] != family && all[i] != win &&
			    owner(all[i]) == family && !floats(all[i]) &&
			    !hangs_on(all[i], win))
				to_front(all[i]);
		if (win != family)
			to_front(win);
		for (unsigned i = 0; i < count; i++)
			if (all[i] != family && hangs_on(all[i], win) &&
			    !floats(all[i]))
				to_front(all[i]);
		for (unsigned i = 0; i < count; i++)
			if (all[i]->above && !floats(all[i]))
				to_front(all[i]);
		for (unsigned i = 0; i < count; i++)
			if (floats(all[i]) && all[i]->mapped)
				to_front(all[i]);
		free(all);
	} else if (win->has_view) {
		/* Other programs may lie above it. */
		struct xwin *one;

		TAILQ_FOREACH_REVERSE(one, &glue->windows, xwins, link)
		if (one->has_view)
			nitpicker_view_front(glue->nitpicker, one->view);
	}
	nitpicker_execute(glue->nitpicker);
	glue->lists_dirty = true;
	display_flush(&glue->display);
	paint_wake(glue);
}

static void to_back(struct xwin *win)
{
	struct glue *glue = win->glue;
	const uint32_t below = XCB_STACK_MODE_BELOW;

	TAILQ_REMOVE(&glue->windows, win, link);
	TAILQ_INSERT_TAIL(&glue->windows, win, link);
	xcb_configure_window(glue->display.connection, win->id,
			     XCB_CONFIG_WINDOW_STACK_MODE, &below);
	if (win->has_view)
		nitpicker_view_back(glue->nitpicker, win->view);
}

void stack_lower(struct xwin *win)
{
	struct glue *glue = win->glue;
	const struct xwin *family = owner(win);
	struct xwin **all, *next = NULL;
	unsigned count;

	if (win->type == TYPE_DOCK || floats(win) || win->is_root)
		return;
	count = list(glue, &all);
	/* The front one first, so that they keep their order. */
	for (unsigned i = count; i-- > 0;)
		if (owner(all[i]) == family && !floats(all[i]))
			to_back(all[i]);
		else if (!next && all[i]->managed && all[i]->mapped &&
			 all[i]->type != TYPE_DOCK && all[i]->type != TYPE_TIP)
			next = all[i];
	for (unsigned i = count; i-- > 0;)
		if (all[i]->type == TYPE_DOCK)
			to_back(all[i]);
	free(all);
	nitpicker_execute(glue->nitpicker);
	glue->lists_dirty = true;
	display_flush(&glue->display);
	if (next && glue->focus && owner(glue->focus) == family)
		stack_focus(glue, next);
	paint_wake(glue);
}

void stack_add(struct xwin *win)
{
	struct glue *glue = win->glue;
	bool wants = win->managed && win->type != TYPE_DOCK &&
		     win->type != TYPE_SPLASH && win->type != TYPE_TIP;

	if (floats(win) || win->type != TYPE_DOCK) {
		TAILQ_REMOVE(&glue->windows, win, link);
		TAILQ_INSERT_HEAD(&glue->windows, win, link);
	}
	if (!win->override)
		stack_raise(win);
	if (wants)
		stack_focus(glue, win);
	glue->lists_dirty = true;
}

void stack_follow(struct xwin *win, xcb_window_t sibling)
{
	struct glue *glue = win->glue;
	struct xwin *below = windows_find(glue, sibling);
	const struct xwin *next = TAILQ_NEXT(win, link);

	/* The next one down that X has, not those that aren't mapped. */
	while (next && !next->mapped && next != below)
		next = TAILQ_NEXT(next, link);
	if (!below || below == win || next == below || !win->mapped)
		return;
	TAILQ_REMOVE(&glue->windows, win, link);
	TAILQ_INSERT_BEFORE(below, win, link);
	if (!win->has_view || !below->has_view)
		return;
	nitpicker_view_front_of(glue->nitpicker, win->view, below->view);
	nitpicker_execute(glue->nitpicker);
}

/* Whose content or frame has that point of the session. */
static bool has_point(const struct xwin *win, int x, int y)
{
	struct rect r = rect_grown(win->shown, win->border);
	struct margin b;
	struct rect window;

	if (rect_has_point(r, x, y))
		return !win->shaped ||
		       contour_has_point(&win->shape, x - win->shown.x,
					 y - win->shown.y);
	if (!win->frame)
		return false;
	b = xframe_borders(win->frame);
	window = xframe_window(win->frame);
	window.x = win->shown.x - b.left;
	window.y = win->shown.y - b.top;
	return rect_has_point(window, x, y);
}

struct xwin *stack_at(const struct glue *glue, int x, int y)
{
	struct xwin *win;

	TAILQ_FOREACH(win, &glue->windows, link)
	if (win->has_view && win->type != TYPE_TIP && has_point(win, x, y))
		return win;
	return NULL;
}

bool stack_has_menu(const struct glue *glue)
{
	const struct xwin *win;

	TAILQ_FOREACH(win, &glue->windows, link)
	if (win->override && win->mapped && win->type == TYPE_MENU &&
	    !win->input_only)
		return true;
	return false;
}

/* ---- focus ---- */

/* What is modal for it has its place. */
static struct xwin *modal_for(struct xwin *win)
{
	struct xwin *one;

	TAILQ_FOREACH(one, &win->glue->windows, link)
	if (one != win && one->modal && one->mapped && one->managed &&
	    hangs_on(one, win))
		return one;
	return win;
}

static void give(struct glue *glue, xcb_window_t id)
{
	xcb_set_input_focus(glue->display.connection,
			    XCB_INPUT_FOCUS_POINTER_ROOT, id, XCB_CURRENT_TIME);
	display_flush(&glue->display);
}

static void tell_active(struct glue *glue, xcb_window_t id)
{
	xcb_change_property(glue->display.connection, XCB_PROP_MODE_REPLACE,
			    glue->display.root,
			    glue->display.atoms[ATOM__NET_ACTIVE_WINDOW],
			    XCB_ATOM_WINDOW, 32, 1, &id);
}

static void show_active(struct xwin *win, bool active)
{
	if (active && win->attention) {
		win->attention = false;
		xwin_show_title(win);
	}
	if (win->frame)
		xframe_set_active(win->frame, active);
	if (!win->is_root)
		messages_publish_state(win);
}

static void enter(struct glue *glue)
{
	struct xwin *win = glue->focus;

	if (!glue->managing || !glue->active)
		return;
	if (!win) {
		give(glue, glue->display.window);
		tell_active(glue, XCB_NONE);
		return;
	}
	if (!win->no_input)
		give(glue, win->id);
	else if (!win->takes_focus)
		give(glue, glue->display.window);
	if (win->takes_focus)
		messages_protocol(win, ATOM_WM_TAKE_FOCUS, 0);
	tell_active(glue, win->id);
}

void stack_focus(struct glue *glue, struct xwin *win)
{
	struct xwin *before = glue->focus;

	if (win)
		win = modal_for(win);
	if (win && (win->override || !win->mapped))
		return;
	glue->focus = win;
	if (before && before != win)
		show_active(before, false);
	if (win)
		show_active(win, glue->active);
	if (win != before)
		enter(glue);
}

void stack_activate(struct glue *glue, bool active)
{
	glue->active = active;
	if (glue->focus)
		show_active(glue->focus, active);
	if (active) {
		enter(glue);
	} else if (glue->managing) {
		give(glue, glue->display.window);
		tell_active(glue, XCB_NONE);
	}
}

void stack_forget(struct xwin *gone)
{
	struct glue *glue = gone->glue;
	struct xwin *win, *next = NULL;

	glue->lists_dirty = true;
	if (glue->focus != gone)
		return;
	glue->focus = NULL;
	next = windows_find(glue, gone->transient_for);
	if (next && (!next->mapped || !next->managed))
		next = NULL;
	TAILQ_FOREACH(win, &glue->windows, link)
	if (!next && win != gone && win->managed && win->mapped &&
	    win->type != TYPE_DOCK && win->type != TYPE_TIP)
		next = win;
	if (!glue->display.connection)
		return;
	stack_focus(glue, next);
	if (!next)
		enter(glue);
}

/* ---- the root's lists ---- */

void stack_publish(struct glue *glue)
{
	struct display *display = &glue->display;
	xcb_window_t *ids;
	struct xwin **all;
	unsigned count, n = 0;

	glue->lists_dirty = false;
	if (!glue->managing || !display->connection)
		return;
	count = list(glue, &all);
	ids = xcalloc(count ? count : 1, sizeof(*ids));
	for (unsigned i = 0; i < count; i++)
		if (all[i]->managed)
			ids[n++] = all[i]->id;
	xcb_change_property(display->connection, XCB_PROP_MODE_REPLACE,
			    display->root,
			    display->atoms[ATOM__NET_CLIENT_LIST_STACKING],
			    XCB_ATOM_WINDOW, 32, n, ids);
	xcb_change_property(display->connection, XCB_PROP_MODE_REPLACE,
			    display->root,
			    display->atoms[ATOM__NET_CLIENT_LIST],
			    XCB_ATOM_WINDOW, 32, n, ids);
	free(all);
	free(ids);
	display_flush(display);
}
