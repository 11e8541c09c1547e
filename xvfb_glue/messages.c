/*
 * What clients ask the window manager for (ICCCM, EWMH), and what it asks them.
 */
#include <stdlib.h>

#include "base/log.h"
#include "glue.h"

enum { STATE_REMOVE, STATE_ADD, STATE_TOGGLE };
enum { STATES_MAX = 10 };
enum { ICONIC = 3 }; /* ICCCM: a state of windows */

static const uint64_t answer_ns = 10000000000; /* for a ping */

/* ---- to clients ---- */

void messages_protocol(struct xwin *win, enum display_atom protocol,
		       uint32_t data)
{
	struct display *display = &win->glue->display;
	xcb_client_message_event_t message = {
		.response_type = XCB_CLIENT_MESSAGE,
		.format = 32,
		.window = win->id,
		.type = display->atoms[ATOM_WM_PROTOCOLS],
	};

	message.data.data32[0] = display->atoms[protocol];
	message.data.data32[1] = display->time ? display->time
					       : XCB_CURRENT_TIME;
	message.data.data32[2] = data;
	xcb_send_event(display->connection, 0, win->id, XCB_EVENT_MASK_NO_EVENT,
		       (const char *)&message);
	display_flush(display);
}

void messages_close(struct xwin *win)
{
	struct glue *glue = win->glue;

	if (win->is_root) {
		loop_stop(glue->component.loop, 0);
		return;
	}
	if (!win->can_delete || win->closing) {
		xcb_kill_client(glue->display.connection, win->id);
		display_flush(&glue->display);
		return;
	}
	messages_protocol(win, ATOM_WM_DELETE_WINDOW, 0);
	if (!win->can_ping)
		return;
	messages_protocol(win, ATOM__NET_WM_PING, win->id);
	timer_set_in(&win->ping_timer, answer_ns);
}

/* ---- states ---- */

void messages_publish_state(struct xwin *win)
{
	struct display *display = &win->glue->display;
	const xcb_atom_t *a = display->atoms;
	xcb_atom_t states[STATES_MAX];
	unsigned n = 0;

	win->glue->report_dirty = true;
	paint_wake(win->glue);
	if (win->is_root || !display->connection)
		return;
	if (win->fullscreen)
		states[n++] = a[ATOM__NET_WM_STATE_FULLSCREEN];
	if (win->maximised_w)
		states[n++] = a[ATOM__NET_WM_STATE_MAXIMIZED_HORZ];
	if (win->maximised_h)
		states[n++] = a[ATOM__NET_WM_STATE_MAXIMIZED_VERT];
	if (win->modal)
		states[n++] = a[ATOM__NET_WM_STATE_MODAL];
	if (win->above)
		states[n++] = a[ATOM__NET_WM_STATE_ABOVE];
	if (win->attention)
		states[n++] = a[ATOM__NET_WM_STATE_DEMANDS_ATTENTION];
	if (win->glue->active && win->glue->focus == win)
		states[n++] = a[ATOM__NET_WM_STATE_FOCUSED];
	xcb_change_property(display->connection, XCB_PROP_MODE_REPLACE, win->id,
			    a[ATOM__NET_WM_STATE], XCB_ATOM_ATOM, 32, n,
			    states);
	display_flush(display);
}

void messages_set_attention(struct xwin *win, bool on)
{
	const struct glue *glue = win->glue;

	/* What the user works in has it. */
	on = on && !(glue->active && glue->focus == win);
	if (win->attention == on)
		return;
	win->attention = on;
	xwin_show_title(win);
	if (win->managed)
		messages_publish_state(win);
}

static bool is_free(const struct xwin *win)
{
	return !win->fullscreen && !win->maximised_w && !win->maximised_h;
}

void messages_set_maximised(struct xwin *win, bool w, bool h)
{
	if (win->maximised_w == w && win->maximised_h == h)
		return;
	if (is_free(win))
		win->restored = win->place;
	win->maximised_w = w;
	win->maximised_h = h;
	xwin_update_frame(win);
	messages_publish_state(win);
	if (is_free(win))
		xwin_configure(win, win->restored);
	else
		xwin_replace(win);
}

void messages_set_fullscreen(struct xwin *win, bool on)
{
	if (win->fullscreen == on)
		return;
	if (is_free(win))
		win->restored = win->place;
	win->fullscreen = on;
	xwin_update_frame(win);
	messages_publish_state(win);
	if (is_free(win))
		xwin_configure(win, win->restored);
	else
		xwin_replace(win);
}

static bool changed(bool now, uint32_t action)
{
	return action == STATE_TOGGLE ? !now : action == STATE_ADD;
}

static void change_state(struct xwin *win, uint32_t action, xcb_atom_t atom)
{
	const xcb_atom_t *a = win->glue->display.atoms;

	if (atom == a[ATOM__NET_WM_STATE_MODAL])
		win->modal = changed(win->modal, action);
	else if (atom == a[ATOM__NET_WM_STATE_ABOVE])
		win->above = changed(win->above, action);
	else if (atom == a[ATOM__NET_WM_STATE_DEMANDS_ATTENTION])
		messages_set_attention(win, changed(win->attention, action));
	else
		return;
	if (win->modal && win->glue->focus != win && win->mapped)
		stack_focus(win->glue, win);
	messages_publish_state(win);
}

static void on_state(struct xwin *win, const uint32_t *data)
{
	const xcb_atom_t *a = win->glue->display.atoms;
	bool w = win->maximised_w, h = win->maximised_h;

	for (int i = 1; i <= 2; i++) {
		if (!data[i])
			continue;
		if (data[i] == a[ATOM__NET_WM_STATE_FULLSCREEN])
			messages_set_fullscreen(
				win, changed(win->fullscreen, data[0]));
		else if (data[i] == a[ATOM__NET_WM_STATE_MAXIMIZED_HORZ])
			w = changed(w, data[0]);
		else if (data[i] == a[ATOM__NET_WM_STATE_MAXIMIZED_VERT])
			h = changed(h, data[0]);
		else
			change_state(win, data[0], data[i]);
	}
	messages_set_maximised(win, w, h);
}

void messages_initial_state(struct xwin *win, const xcb_atom_t *atoms,
			    unsigned count)
{
	const xcb_atom_t *a = win->glue->display.atoms;

	for (unsigned i = 0; i < count; i++) {
		win->fullscreen |= atoms[i] == a[ATOM__NET_WM_STATE_FULLSCREEN];
		win->maximised_w |= atoms[i] ==
				    a[ATOM__NET_WM_STATE_MAXIMIZED_HORZ];
		win->maximised_h |= atoms[i] ==
				    a[ATOM__NET_WM_STATE_MAXIMIZED_VERT];
		win->modal |= atoms[i] == a[ATOM__NET_WM_STATE_MODAL];
		win->above |= atoms[i] == a[ATOM__NET_WM_STATE_ABOVE];
		win->attention |= atoms[i] ==
				  a[ATOM__NET_WM_STATE_DEMANDS_ATTENTION];
	}
}

/* ---- from clients ---- */

/* _NET_WM_MOVERESIZE: 0 to 7 edges, clockwise from the upper left one. */
static void on_move_resize(struct xwin *win, const uint32_t *data)
{
	uint32_t direction = data[2];
	struct glue *glue = win->glue;
	static const unsigned edges[] = {
		EDGE_TOP | EDGE_LEFT,
		EDGE_TOP,
		EDGE_TOP | EDGE_RIGHT,
		EDGE_RIGHT,
		EDGE_BOTTOM | EDGE_RIGHT,
		EDGE_BOTTOM,
		EDGE_BOTTOM | EDGE_LEFT,
		EDGE_LEFT,
		EDGE_MOVE,
	};

	if (direction >= sizeof(edges) / sizeof(edges[0])) {
		if (direction == 11)
			drag_end(glue);
		return;
	}
	/* It began where the client saw the press, and may be over already. */
	drag_begin_at(win, edges[direction], (int16_t)data[0],
		      (int16_t)data[1]);
	drag_motion(glue);
	if (!seat_is_holding(glue))
		drag_end(glue);
}

static void on_place(struct xwin *win, const uint32_t *data)
{
	struct rect place = win->place;
	uint32_t flags = data[0] >> 8;

	if (flags & 1)
		place.x = (int32_t)data[1];
	if (flags & 2)
		place.y = (int32_t)data[2];
	if (flags & 4)
		place.w = (int)(data[3] & 0x7fff);
	if (flags & 8)
		place.h = (int)(data[4] & 0x7fff);
	if (place.x > -COORD_MAX && place.x < COORD_MAX &&
	    place.y > -COORD_MAX && place.y < COORD_MAX && is_free(win))
		xwin_configure(win, place);
}

static void on_pong(struct glue *glue, xcb_window_t id)
{
	struct xwin *win = windows_find(glue, id);

	if (win)
		timer_cancel(&win->ping_timer);
}

/* As if it were about to be mapped. */
static void tell_extents_of_future(struct xwin *win)
{
	bool was = win->map_wanted;

	win->map_wanted = true;
	xwin_update_frame(win);
	xwin_tell_extents(win);
	win->map_wanted = was;
}

void messages_client(struct glue *glue, const xcb_client_message_event_t *event)
{
	const xcb_atom_t *a = glue->display.atoms;
	const uint32_t *data = event->data.data32;
	struct xwin *win = windows_find(glue, event->window);

	if (event->format != 32)
		return;
	if (event->type == a[ATOM_WM_PROTOCOLS] &&
	    data[0] == a[ATOM__NET_WM_PING]) {
		on_pong(glue, data[2]);
		return;
	}
	if (!win)
		return;
	if (event->type == a[ATOM__NET_REQUEST_FRAME_EXTENTS]) {
		tell_extents_of_future(win);
		return;
	}
	/* Some ask for a state just after they asked to be mapped. */
	if (!win->managed &&
	    !(win->map_wanted && event->type == a[ATOM__NET_WM_STATE]))
		return;
	if (event->type == a[ATOM__NET_WM_STATE]) {
		on_state(win, data);
	} else if (event->type == a[ATOM__NET_ACTIVE_WINDOW]) {
		stack_raise(win);
		stack_focus(glue, win);
	} else if (event->type == a[ATOM_WM_CHANGE_STATE]) {
		/* There is no place that it could be found again in. */
		if (data[0] == ICONIC)
			stack_lower(win);
	} else if (event->type == a[ATOM__NET_CLOSE_WINDOW]) {
		messages_close(win);
	} else if (event->type == a[ATOM__NET_WM_MOVERESIZE]) {
		on_move_resize(win, data);
	} else if (event->type == a[ATOM__NET_MOVERESIZE_WINDOW]) {
		on_place(win, data);
	}
}
