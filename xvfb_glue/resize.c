/*
 * Windows are moved and resized, in step with their clients.
 */
#include <xcb/sync.h>

#include "glue.h"

/* ---- in step with the client ---- */

static void send_sync(struct xwin *win)
{
	struct display *display = &win->glue->display;
	xcb_connection_t *c = display->connection;
	const xcb_sync_int64_t zero = { 0, 0 };
	xcb_client_message_event_t message = {
		.response_type = XCB_CLIENT_MESSAGE,
		.format = 32,
		.window = win->id,
		.type = display->atoms[ATOM_WM_PROTOCOLS],
	};

	if (!win->alarm) {
		const uint32_t values[] = {
			win->counter,
			XCB_SYNC_VALUETYPE_ABSOLUTE,
			0,
			1,
			XCB_SYNC_TESTTYPE_POSITIVE_COMPARISON,
			0,
			1,
			1
		};

		xcb_sync_set_counter(c, win->counter, zero);
		win->alarm = xcb_generate_id(c);
		xcb_sync_create_alarm(
			c, win->alarm,
			XCB_SYNC_CA_COUNTER | XCB_SYNC_CA_VALUE_TYPE |
				XCB_SYNC_CA_VALUE | XCB_SYNC_CA_TEST_TYPE |
				XCB_SYNC_CA_DELTA | XCB_SYNC_CA_EVENTS,
			values);
	}
	win->sync_value++;
	message.data.data32[0] = display->atoms[ATOM__NET_WM_SYNC_REQUEST];
	message.data.data32[1] = display->time;
	message.data.data32[2] = (uint32_t)win->sync_value;
	message.data.data32[3] = (uint32_t)(win->sync_value >> 32);
	xcb_send_event(c, 0, win->id, XCB_EVENT_MASK_NO_EVENT,
		       (const char *)&message);
	win->syncing = true;
	timer_set_in(&win->sync_timer, 100000000);
}

static void send_configure(struct xwin *win, struct rect place)
{
	struct display *display = &win->glue->display;
	const uint32_t values[] = { (uint32_t)place.x, (uint32_t)place.y,
				    (uint32_t)place.w, (uint32_t)place.h };

	win->put = (uint16_t)xcb_configure_window(
			   display->connection, win->id,
			   XCB_CONFIG_WINDOW_X | XCB_CONFIG_WINDOW_Y |
				   XCB_CONFIG_WINDOW_WIDTH |
				   XCB_CONFIG_WINDOW_HEIGHT,
			   values)
			   .sequence;
	win->was_put = true;
	display_flush(display);
}

void xwin_sync_first(struct xwin *win)
{
	if (win->can_sync && win->counter)
		send_sync(win);
}

/* It asked for something and got nothing new. */
static void send_notify(struct xwin *win)
{
	struct display *display = &win->glue->display;
	const xcb_configure_notify_event_t event = {
		.response_type = XCB_CONFIGURE_NOTIFY,
		.event = win->id,
		.window = win->id,
		.x = (int16_t)win->place.x,
		.y = (int16_t)win->place.y,
		.width = (uint16_t)win->place.w,
		.height = (uint16_t)win->place.h,
		.override_redirect = win->override,
	};

	xcb_send_event(display->connection, 0, win->id,
		       XCB_EVENT_MASK_STRUCTURE_NOTIFY, (const char *)&event);
	display_flush(display);
}

void xwin_configure(struct xwin *win, struct rect place)
{
	struct size size = xwin_constrain(win, place.w, place.h);

	if (win->is_root) {
		win->place.x = place.x;
		win->place.y = place.y;
		if (place.w != win->place.w || place.h != win->place.h)
			manager_set_size(win->glue, place.w, place.h);
		else
			paint_moved(win);
		return;
	}
	if (!win->fullscreen && !(win->maximised_w && win->maximised_h)) {
		place.w = size.w;
		place.h = size.h;
	}
	if (place.w == win->place.w && place.h == win->place.h) {
		win->has_queued = false;
		win->place = place;
		send_configure(win, place);
		paint_moved(win);
		return;
	}
	if (win->syncing && win->mapped) {
		win->queued = place;
		win->has_queued = true;
		return;
	}
	if (win->mapped && win->can_sync && win->counter)
		send_sync(win);
	send_configure(win, place);
}

void xwin_synced(struct xwin *win)
{
	timer_cancel(&win->sync_timer);
	win->syncing = false;
	if (win->has_queued) {
		win->has_queued = false;
		xwin_configure(win, win->queued);
	}
	paint_wake(win->glue);
}

void xwin_sync_event(struct glue *glue, const xcb_generic_event_t *event,
		     uint8_t type)
{
	const xcb_sync_alarm_notify_event_t *e = (const void *)event;
	struct xwin *win;

	if (type != glue->display.sync_event + XCB_SYNC_ALARM_NOTIFY)
		return;
	TAILQ_FOREACH(win, &glue->windows, link)
	{
		uint64_t value = (uint64_t)(uint32_t)e->counter_value.hi << 32 |
				 e->counter_value.lo;

		if (win->alarm != e->alarm || !win->syncing)
			continue;
		if (value >= win->sync_value)
			xwin_synced(win);
	}
}

/* ---- what it asks for ---- */

static void pass_on(struct glue *glue, const xcb_configure_request_event_t *e)
{
	const uint32_t all[] = { (uint32_t)e->x,
				 (uint32_t)e->y,
				 e->width,
				 e->height,
				 e->border_width,
				 e->sibling,
				 (uint32_t)e->stack_mode };
	uint32_t values[7];
	unsigned count = 0;

	for (unsigned i = 0; i < 7; i++)
		if (e->value_mask & 1u << i)
			values[count++] = all[i];
	xcb_configure_window(glue->display.connection, e->window, e->value_mask,
			     values);
	display_flush(&glue->display);
}

/* Its first place may be chosen before X tells of this one. */
static void put_itself(struct xwin *win, const xcb_configure_request_event_t *e)
{
	if (e->value_mask & XCB_CONFIG_WINDOW_X)
		win->wish.x = e->x;
	if (e->value_mask & XCB_CONFIG_WINDOW_Y)
		win->wish.y = e->y;
	if (e->value_mask & XCB_CONFIG_WINDOW_WIDTH)
		win->wish.w = e->width;
	if (e->value_mask & XCB_CONFIG_WINDOW_HEIGHT)
		win->wish.h = e->height;
	win->wishes |= e->value_mask;
	if (e->value_mask & (XCB_CONFIG_WINDOW_X | XCB_CONFIG_WINDOW_Y))
		win->put_itself = true;
}

void xwin_configure_request(struct glue *glue,
			    const xcb_configure_request_event_t *e)
{
	struct xwin *win = windows_find(glue, e->window);
	struct rect place, before;
	struct margin b;

	if (!win || !win->managed) {
		if (win)
			put_itself(win, e);
		pass_on(glue, e);
		return;
	}
	place = before = win->place;
	b = xwin_borders(win);
	if (e->value_mask & XCB_CONFIG_WINDOW_X)
		place.x = e->x + b.left;
	if (e->value_mask & XCB_CONFIG_WINDOW_Y)
		place.y = e->y + b.top;
	if (e->value_mask & XCB_CONFIG_WINDOW_WIDTH)
		place.w = e->width;
	if (e->value_mask & XCB_CONFIG_WINDOW_HEIGHT)
		place.h = e->height;
	if (e->value_mask & XCB_CONFIG_WINDOW_STACK_MODE &&
	    e->stack_mode == XCB_STACK_MODE_ABOVE)
		stack_raise(win);
	if (win->fullscreen || win->maximised_w || win->maximised_h ||
	    glue->drag.win == win || rect_equal(place, before))
		send_notify(win);
	else
		xwin_configure(win, place_reachable(win, place));
}
