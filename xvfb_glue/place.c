/*
 * Where windows are, and how large.
 */
#include <string.h>
#include <xcb/sync.h>

#include "glue.h"

enum {
	REACH = 64, /* logical pixels of a window that stay on the screen */
	CASCADE = 32, /* between two new windows */
	CASCADE_STEPS = 8,
	FIRST_X = 48,
	FIRST_Y = 32,
	SIDE_MAX = 16000,
	INSET = 4, /* round corners of clients lie in it */
	FRAME_INSET = 3,
};

static int scaled(const struct glue *glue, int logical)
{
	return logical * glue->look.scale / 100;
}

static int clamp(int v, int low, int high)
{
	return v > high && high >= low ? high : v < low ? low : v;
}

struct rect place_usable(const struct glue *glue)
{
	const struct nitpicker_info *info = nitpicker_info(glue->nitpicker);

	return (struct rect){ info->usable_x, info->usable_y,
			      (int)info->usable_w, (int)info->usable_h };
}

static struct rect screen(const struct glue *glue)
{
	const struct nitpicker_info *info = nitpicker_info(glue->nitpicker);

	return (struct rect){ 0, 0, (int)info->w, (int)info->h };
}

/* ---- frames ---- */

struct margin xwin_extents(const struct xwin *win)
{
	int b = win->border;

	return win->frame ? xframe_extents(win->frame)
			  : (struct margin){ b, b, b, b };
}

struct margin xwin_borders(const struct xwin *win)
{
	return win->frame ? xframe_borders(win->frame)
			  : (struct margin){ 0, 0, 0, 0 };
}

static bool has_client_margin(const struct xwin *win)
{
	const struct margin *m = &win->client_margin;

	return m->left || m->top || m->right || m->bottom;
}

/* What the user takes for the window, and back. */
static struct rect outer(const struct xwin *win, struct rect r)
{
	struct margin b = xwin_borders(win), c = win->client_margin;

	return (struct rect){ r.x - b.left + c.left, r.y - b.top + c.top,
			      r.w + b.left + b.right - c.left - c.right,
			      r.h + b.top + b.bottom - c.top - c.bottom };
}

static struct rect inner(const struct xwin *win, struct rect r)
{
	struct margin b = xwin_borders(win), c = win->client_margin;

	return (struct rect){ r.x + b.left - c.left, r.y + b.top - c.top,
			      r.w - b.left - b.right + c.left + c.right,
			      r.h - b.top - b.bottom + c.top + c.bottom };
}

static struct rect shape_content(const struct xwin *win)
{
	struct rect best = { 0, 0, 0, 0 };

	for (size_t i = 0; i < win->shape.count; i++)
		if (rect_area(win->shape.rects[i]) > rect_area(best))
			best = win->shape.rects[i];
	return rect_moved(best, win->border, win->border);
}

struct rect xwin_content(const struct xwin *win)
{
	struct rect all = { 0, 0, win->shown.w + 2 * win->border,
			    win->shown.h + 2 * win->border };
	const struct margin *m = &win->client_margin;
	int inset = scaled(win->glue, INSET);

	if (win->frame)
		return rect_grown(xframe_window(win->frame),
				  -scaled(win->glue, FRAME_INSET));
	if (win->shaped)
		return shape_content(win);
	if (win->depth != 32)
		return all;
	if (has_client_margin(win))
		return rect_intersect(
			all, (struct rect){
				     m->left + inset, m->top + inset,
				     all.w - m->left - m->right - 2 * inset,
				     all.h - m->top - m->bottom - 2 * inset });
	return rect_intersect(all, win->opaque);
}

static bool is_fixed(const struct xwin *win)
{
	const struct size_hints *h = &win->hints;

	return (h->max_w && h->max_w == h->min_w && h->max_h == h->min_h) ||
	       (win->maximised_w && win->maximised_h);
}

static bool wants_frame(const struct xwin *win)
{
	return (win->managed || win->map_wanted) && !win->undecorated &&
	       !win->fullscreen && !has_client_margin(win) &&
	       (win->type == TYPE_NORMAL || win->type == TYPE_DIALOG ||
		win->type == TYPE_UTILITY);
}

static void tell_extents(struct xwin *win)
{
	struct display *display = &win->glue->display;
	struct margin b = xwin_borders(win);
	const uint32_t words[] = { (uint32_t)b.left, (uint32_t)b.right,
				   (uint32_t)b.top, (uint32_t)b.bottom };

	xcb_change_property(display->connection, XCB_PROP_MODE_REPLACE, win->id,
			    display->atoms[ATOM__NET_FRAME_EXTENTS],
			    XCB_ATOM_CARDINAL, 32, 4, words);
	display_flush(display);
}

static void frame_drag(void *user, unsigned edges)
{
	drag_begin(user, edges);
}

static void frame_close(void *user)
{
	messages_close(user);
}

static void frame_wake(void *user)
{
	struct xwin *win = user;

	paint_wake(win->glue);
}

void xwin_update_frame(struct xwin *win)
{
	static const struct xframe_handler handler = {
		.drag = frame_drag,
		.close = frame_close,
		.wake = frame_wake,
	};
	struct glue *glue = win->glue;

	if (wants_frame(win) == (win->frame != NULL)) {
		if (win->frame)
			xframe_set_fixed(win->frame, is_fixed(win));
		return;
	}
	if (win->frame) {
		route_forget(glue, win);
		xframe_destroy(win->frame);
		win->frame = NULL;
	} else {
		win->frame = xframe_create(&glue->look, xwin_title(win),
					   &handler, win);
		xframe_set_fixed(win->frame, is_fixed(win));
		xframe_set_active(win->frame,
				  glue->active && glue->focus == win);
	}
	if (win->is_root)
		return;
	tell_extents(win);
	if (win->mapped)
		paint_renew(win);
}

/* ---- sizes ---- */

static int stepped(int v, int base, int step, int min, int max)
{
	if (max && v > max)
		v = max;
	if (step > 1 && v > base)
		v = base + (v - base) / step * step;
	return v < min ? min : v;
}

struct size xwin_constrain(const struct xwin *win, int w, int h)
{
	const struct size_hints *hints = &win->hints;

	w = clamp(w, 1, SIDE_MAX);
	h = clamp(h, 1, SIDE_MAX);
	w = stepped(w, hints->base_w, hints->inc_w, hints->min_w, hints->max_w);
	h = stepped(h, hints->base_h, hints->inc_h, hints->min_h, hints->max_h);
	/* w/h >= min_aspect, w/h <= max_aspect */
	if (hints->min_aspect_w && hints->min_aspect_h &&
	    (int64_t)w * hints->min_aspect_h < (int64_t)h * hints->min_aspect_w)
		h = (int)((int64_t)w * hints->min_aspect_h /
			  hints->min_aspect_w);
	if (hints->max_aspect_w && hints->max_aspect_h &&
	    (int64_t)w * hints->max_aspect_h > (int64_t)h * hints->max_aspect_w)
		w = (int)((int64_t)h * hints->max_aspect_w /
			  hints->max_aspect_h);
	return (struct size){ w > 0 ? w : 1, h > 0 ? h : 1 };
}

/* Its title can be reached. */
struct rect place_reachable(const struct xwin *win, struct rect place)
{
	struct rect all = place_usable(win->glue), o = outer(win, place);
	int reach = scaled(win->glue, REACH);
	struct rect r = o;

	r.x = clamp(o.x, all.x + reach - o.w, all.x + all.w - reach);
	r.y = clamp(o.y, all.y, all.y + all.h - reach / 2);
	return rect_moved(place, r.x - o.x, r.y - o.y);
}

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

	xcb_configure_window(display->connection, win->id,
			     XCB_CONFIG_WINDOW_X | XCB_CONFIG_WINDOW_Y |
				     XCB_CONFIG_WINDOW_WIDTH |
				     XCB_CONFIG_WINDOW_HEIGHT,
			     values);
	display_flush(display);
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
	if (win->syncing) {
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

/* ---- where it begins ---- */

static struct rect centered(struct rect in, struct rect r)
{
	r.x = in.x + (in.w - r.w) / 2;
	r.y = in.y + (in.h - r.h) / 2;
	return r;
}

/* A place among others of its kind. */
static struct rect cascaded(struct xwin *win, struct rect o)
{
	struct glue *glue = win->glue;
	struct rect all = place_usable(glue);
	int step = scaled(glue, CASCADE) *
		   (int)(glue->cascade++ % CASCADE_STEPS);

	o.x = all.x + scaled(glue, FIRST_X) + step;
	o.y = all.y + scaled(glue, FIRST_Y) + step;
	return o;
}

/* All of it is seen where that can be, else its upper left. */
static struct rect into(struct rect all, struct rect o)
{
	if (o.x + o.w > all.x + all.w)
		o.x = all.x + all.w - o.w;
	if (o.y + o.h > all.y + all.h)
		o.y = all.y + all.h - o.h;
	if (o.x < all.x)
		o.x = all.x;
	if (o.y < all.y)
		o.y = all.y;
	return o;
}

static struct rect first_outer(struct xwin *win)
{
	const struct xwin *parent = windows_find(win->glue, win->transient_for);
	struct rect all = place_usable(win->glue), o = outer(win, win->place);

	if (win->hints.placed && win->hints.gravity != XCB_GRAVITY_STATIC) {
		struct margin c = win->client_margin;

		/* The position is that of the frame. */
		o.x = win->place.x + c.left;
		o.y = win->place.y + c.top;
	} else if (!win->hints.placed && parent && parent->mapped) {
		o = centered(outer(parent, parent->place), o);
	} else if (!win->hints.placed &&
		   (win->type == TYPE_SPLASH || win->type == TYPE_DIALOG)) {
		o = centered(all, o);
	} else if (!win->hints.placed) {
		o = cascaded(win, o);
	}
	return into(all, o);
}

void xwin_place_first(struct xwin *win)
{
	struct rect all = place_usable(win->glue), place;

	if (win->fullscreen || win->maximised_w || win->maximised_h) {
		win->restored = inner(win, first_outer(win));
		xwin_replace(win);
		return;
	}
	if (win->type == TYPE_DOCK)
		return;
	place = inner(win, first_outer(win));
	/* Larger than the screen: as large as it. */
	if (outer(win, place).w > all.w && !is_fixed(win))
		place.w -= outer(win, place).w - all.w;
	if (outer(win, place).h > all.h && !is_fixed(win))
		place.h -= outer(win, place).h - all.h;
	xwin_configure(win, place);
}

void xwin_replace(struct xwin *win)
{
	struct rect all = place_usable(win->glue), place = win->place, o;

	if (win->fullscreen) {
		xwin_configure(win, screen(win->glue));
		return;
	}
	if (!win->maximised_w && !win->maximised_h) {
		xwin_configure(win, place_reachable(win, place));
		return;
	}
	o = outer(win, place);
	if (win->maximised_w) {
		o.x = all.x;
		o.w = all.w;
	}
	if (win->maximised_h) {
		o.y = all.y;
		o.h = all.h;
	}
	xwin_configure(win, inner(win, o));
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

void xwin_configure_request(struct glue *glue,
			    const xcb_configure_request_event_t *e)
{
	struct xwin *win = windows_find(glue, e->window);
	struct rect place, before;
	struct margin b;

	if (!win || !win->managed) {
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
