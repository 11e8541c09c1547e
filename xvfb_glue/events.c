/*
 * What X tells about windows.
 */
#include <xcb/damage.h>

#include "glue.h"

/* ---- what X tells ---- */

static void on_create(struct glue *glue, const xcb_create_notify_event_t *e)
{
	struct rect place = { e->x, e->y, e->width, e->height };

	if (glue->managing && e->parent == glue->display.root &&
	    e->window != glue->display.window && !windows_find(glue, e->window))
		windows_create(glue, e->window, place, e->border_width,
			       e->override_redirect);
}

/* Its properties may have changed since it was made: all are asked for again,
 * and xwin_manage maps it when they are there. */
static void on_map_request(struct glue *glue, xcb_window_t id)
{
	struct xwin *win = windows_find(glue, id);

	if (!win) {
		xcb_map_window(glue->display.connection, id);
		display_flush(&glue->display);
		return;
	}
	if (win->map_wanted || win->managed)
		return; /* it is on its way: some ask twice */
	win->map_wanted = true;
	properties_read(win);
}

void xwin_manage(struct xwin *win)
{
	struct glue *glue = win->glue;
	xcb_connection_t *c = glue->display.connection;
	const uint32_t state[] = { 1 /* NormalState */, XCB_NONE };
	const uint32_t no_border = 0;

	if (!win->map_wanted)
		return;
	win->map_wanted = false;
	win->managed = true;
	win->border = 0;
	xcb_configure_window(c, win->id, XCB_CONFIG_WINDOW_BORDER_WIDTH,
			     &no_border);
	xwin_update_frame(win);
	xwin_tell_extents(win);
	xwin_sync_first(win);
	xwin_place_first(win);
	xcb_change_property(c, XCB_PROP_MODE_REPLACE, win->id,
			    glue->display.atoms[ATOM_WM_STATE],
			    glue->display.atoms[ATOM_WM_STATE], 32, 2, state);
	messages_publish_state(win);
	xcb_map_window(c, win->id);
	display_flush(&glue->display);
}

static void on_map(struct glue *glue, const xcb_map_notify_event_t *e)
{
	struct xwin *win = windows_find(glue, e->window);

	if (!win || win->mapped)
		return;
	win->mapped = true;
	win->override = e->override_redirect;
	stack_add(win);
	paint_renew(win);
}

static void on_unmap(struct glue *glue, const xcb_unmap_notify_event_t *e)
{
	struct xwin *win = windows_find(glue, e->window);
	const uint32_t state[] = { 0 /* WithdrawnState */, XCB_NONE };
	bool sent = e->response_type & 0x80;

	if (!win)
		return;
	if (win->managed && (win->mapped || sent)) {
		win->managed = false;
		win->fullscreen = win->maximised_w = win->maximised_h = false;
		win->modal = false;
		xcb_change_property(
			glue->display.connection, XCB_PROP_MODE_REPLACE,
			win->id, glue->display.atoms[ATOM_WM_STATE],
			glue->display.atoms[ATOM_WM_STATE], 32, 2, state);
		display_flush(&glue->display);
	}
	win->mapped = false;
	route_forget(glue, win);
	if (glue->drag.win == win)
		glue->drag.win = NULL;
	paint_drop(win);
	stack_forget(win);
	xframe_destroy(win->frame);
	win->frame = NULL;
	glue_check_end(glue);
}

/* X had not yet read where we put the window when it sent that. */
static bool is_stale(struct xwin *win, uint16_t sequence)
{
	if (win->was_put && (int16_t)(sequence - win->put) >= 0)
		win->was_put = false;
	return win->was_put;
}

static void on_configure(struct glue *glue,
			 const xcb_configure_notify_event_t *e)
{
	struct xwin *win = windows_find(glue, e->window);
	struct rect place = { e->x, e->y, e->width, e->height };
	bool resized;

	if (e->window == glue->display.root) {
		glue->root_w = e->width;
		glue->root_h = e->height;
	}
	if (!win)
		return;
	if (win->is_root) {
		place.x = win->place.x;
		place.y = win->place.y;
	}
	resized = place.w != win->place.w || place.h != win->place.h ||
		  e->border_width != win->border;
	win->override = e->override_redirect;
	win->border = e->border_width;
	if (resized) {
		win->place = place;
		paint_renew(win);
	} else if (!is_stale(win, e->sequence) &&
		   !rect_equal(place, win->place)) {
		win->place = place;
		paint_moved(win);
	}
	if (win->override)
		stack_follow(win, e->above_sibling);
}

static void on_reparent(struct glue *glue, xcb_window_t id, xcb_window_t parent)
{
	struct xwin *win = windows_find(glue, id);

	if (win && parent != glue->display.root)
		windows_destroy(win, false);
}

static void on_destroy(struct glue *glue, xcb_window_t id)
{
	struct xwin *win = windows_find(glue, id);

	if (!win)
		return;
	windows_destroy(win, true);
	glue_check_end(glue);
}

static void on_damage(struct glue *glue, const xcb_damage_notify_event_t *e)
{
	struct xwin *win = windows_find(glue, e->drawable);

	if (win)
		paint_damaged(win);
}

static void on_property(struct glue *glue, const xcb_property_notify_event_t *e)
{
	struct xwin *win = windows_find(glue, e->window);

	if (win)
		properties_changed(win, e->atom);
}

static void on_event(void *user, const xcb_generic_event_t *event, uint8_t type)
{
	struct glue *glue = user;
	const void *e = event;

	switch (type) {
	case XCB_CREATE_NOTIFY:
		on_create(glue, e);
		break;
	case XCB_MAP_REQUEST:
		on_map_request(glue,
			       ((const xcb_map_request_event_t *)e)->window);
		break;
	case XCB_MAP_NOTIFY:
		on_map(glue, e);
		break;
	case XCB_UNMAP_NOTIFY:
		on_unmap(glue, e);
		break;
	case XCB_CONFIGURE_REQUEST:
		xwin_configure_request(glue, e);
		break;
	case XCB_CONFIGURE_NOTIFY:
		on_configure(glue, e);
		break;
	case XCB_REPARENT_NOTIFY:
		on_reparent(glue,
			    ((const xcb_reparent_notify_event_t *)e)->window,
			    ((const xcb_reparent_notify_event_t *)e)->parent);
		break;
	case XCB_DESTROY_NOTIFY:
		on_destroy(glue,
			   ((const xcb_destroy_notify_event_t *)e)->window);
		break;
	case XCB_PROPERTY_NOTIFY:
		on_property(glue, e);
		break;
	case XCB_CLIENT_MESSAGE:
		messages_client(glue, e);
		break;
	default:
		if (type == glue->display.damage_event + XCB_DAMAGE_NOTIFY)
			on_damage(glue, e);
		outline_event(glue, event, type);
		xwin_sync_event(glue, event, type);
		break;
	}
}

/* ---- those that are there ---- */

static void on_tree(void *user, void *data)
{
	struct glue *glue = user;
	const xcb_query_tree_reply_t *reply = data;
	const xcb_window_t *ids;
	const struct rect unknown = { 0, 0, 1, 1 };

	if (!reply)
		return;
	ids = xcb_query_tree_children(reply);
	for (int i = 0; i < xcb_query_tree_children_length(reply); i++)
		if (ids[i] != glue->display.window &&
		    !windows_find(glue, ids[i]))
			windows_create(glue, ids[i], unknown, 0, false);
}

void windows_listen(struct glue *glue)
{
	display_listen(&glue->display, on_event, glue);
}

void windows_begin(struct glue *glue)
{
	struct display *display = &glue->display;

	windows_listen(glue);
	display_expect(
		display,
		xcb_query_tree(display->connection, display->root).sequence,
		on_tree, glue);
}
