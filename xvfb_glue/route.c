/*
 * Input goes to frames, or to X.
 */
#include <linux/input-event-codes.h>

#include "glue.h"

enum { MOD_CONTROL = 1, MOD_ALT = 2, MOD_SHIFT = 4 };
enum { NUDGE = 16 }; /* logical pixels of a step by the keyboard */

static bool is_main(const struct input_event *event)
{
	return event->code == BTN_LEFT || event->code == BTN_TOUCH;
}

static bool is_button(const struct input_event *event)
{
	return (event->code >= BTN_MOUSE && event->code < BTN_JOYSTICK) ||
	       event->code == BTN_TOUCH;
}

/* The pointer is on its frame, not on its content. */
static bool is_on_frame(const struct xwin *win, int x, int y)
{
	return win && win->frame && !rect_has_point(win->shown, x, y);
}

static void frame_event(struct xwin *win, enum ui_event_type type)
{
	const struct route *route = &win->glue->route;
	struct margin e = xwin_extents(win);
	struct ui_event event = {
		.type = type,
		.x = route->x - (win->shown.x - e.left),
		.y = route->y - (win->shown.y - e.top),
	};

	xframe_event(win->frame, &event);
}

/* ---- the pointer moves ---- */

static void show_shape(struct glue *glue)
{
	struct route *route = &glue->route;
	const char *shape = xframe_shape(route->hover->frame);

	if (route->shape == shape)
		return;
	route->shape = shape;
	nitpicker_pointer(glue->nitpicker, shape ? shape : "arrow");
}

static void hover(struct glue *glue, struct xwin *win)
{
	struct route *route = &glue->route;

	if (route->hover && route->hover != win)
		xframe_leave(route->hover->frame);
	if (win && !route->hover) {
		seat_leave(glue);
		route->shape = "";
	}
	route->hover = win;
	if (!win)
		return;
	frame_event(win, UI_MOTION);
	show_shape(glue);
}

/* True: the frame's. */
static bool motion(struct glue *glue, const struct input_event *event)
{
	struct route *route = &glue->route;
	struct xwin *win;

	route->x = event->x;
	route->y = event->y;
	route->moved = true;
	if (route->pressed) {
		if (!glue->drag.win)
			frame_event(route->pressed, UI_MOTION);
		return true;
	}
	if (seat_is_holding(glue))
		return glue->drag.win;
	win = stack_at(glue, route->x, route->y);
	hover(glue, is_on_frame(win, route->x, route->y) ? win : NULL);
	return route->hover;
}

/* ---- buttons ---- */

/* True: the frame's. */
static bool press(struct glue *glue, const struct input_event *event)
{
	struct route *route = &glue->route;
	struct xwin *win = stack_at(glue, route->x, route->y);

	if (!win || win->override || seat_is_holding(glue))
		return route->pressed;
	if (!is_on_frame(win, route->x, route->y)) {
		/* Who has a menu open wants to know of this first. */
		if (!stack_has_menu(glue)) {
			stack_raise(win);
			stack_focus(glue, win);
		}
		return false;
	}
	if (stack_has_menu(glue))
		seat_dismiss(glue);
	stack_raise(win);
	stack_focus(glue, win);
	if (is_main(event)) {
		route->pressed = win;
		frame_event(win, UI_PRESS);
	}
	return true;
}

static bool release(struct glue *glue, const struct input_event *event)
{
	struct route *route = &glue->route;
	struct xwin *pressed = route->pressed;

	if (!is_main(event))
		return false;
	drag_motion(glue);
	drag_end(glue);
	if (!pressed)
		return false;
	frame_event(pressed, UI_RELEASE);
	route->pressed = NULL;
	return true;
}

/* ---- keys ---- */

static unsigned mod_of(uint32_t code)
{
	switch (code) {
	case KEY_LEFTCTRL:
	case KEY_RIGHTCTRL:
		return MOD_CONTROL;
	case KEY_LEFTALT:
		return MOD_ALT;
	case KEY_LEFTSHIFT:
	case KEY_RIGHTSHIFT:
		return MOD_SHIFT;
	default:
		return 0;
	}
}

/* By steps of the keyboard, -1 to 1. */
static void nudge(struct xwin *win, int dx, int dy, bool resize)
{
	int step = NUDGE * win->glue->look.scale / 100;
	const struct size_hints *h = &win->hints;
	struct rect place = win->place;

	if (resize) {
		place.w += dx * (h->inc_w > 1 ? h->inc_w : step);
		place.h += dy * (h->inc_h > 1 ? h->inc_h : step);
		if (place.w > 0 && place.h > 0)
			xwin_configure(win, place);
		return;
	}
	place = rect_moved(place, dx * step, dy * step);
	xwin_configure(win, place_reachable(win, place));
}

/* Ctrl+Alt with arrows moves, with Shift resizes, with Enter maximises: as
 * windows of scout do. True: it was such a key. */
static bool window_key(struct glue *glue, uint32_t code)
{
	unsigned mods = glue->route.mods;
	bool resize = mods & MOD_SHIFT;
	struct xwin *win = glue->focus;

	if (!win || win->fullscreen ||
	    (mods & (MOD_CONTROL | MOD_ALT)) != (MOD_CONTROL | MOD_ALT) ||
	    (resize && xwin_is_fixed(win)))
		return false;
	switch (code) {
	case KEY_LEFT:
		nudge(win, -1, 0, resize);
		return true;
	case KEY_RIGHT:
		nudge(win, 1, 0, resize);
		return true;
	case KEY_UP:
		nudge(win, 0, -1, resize);
		return true;
	case KEY_DOWN:
		nudge(win, 0, 1, resize);
		return true;
	case KEY_ENTER:
		if (!win->is_root)
			messages_set_maximised(win, !win->maximised_w,
					       !win->maximised_w);
		return true;
	default:
		return false;
	}
}

static bool key(struct glue *glue, const struct input_event *event)
{
	struct route *route = &glue->route;
	bool pressed = event->type == INPUT_PRESS;

	if (pressed)
		route->mods |= mod_of(event->code);
	else
		route->mods &= ~mod_of(event->code);
	if (pressed && window_key(glue, event->code)) {
		route->own_key = event->code;
		return true;
	}
	if (!pressed && route->own_key == event->code) {
		route->own_key = 0;
		return true;
	}
	return false;
}

/* ---- events of the session ---- */

/* True: it is not for X. */
static bool take(struct glue *glue, const struct input_event *event)
{
	switch (event->type) {
	case INPUT_MOTION:
		return motion(glue, event);
	case INPUT_WHEEL:
		return glue->route.hover;
	case INPUT_PRESS:
		return is_button(event) ? press(glue, event) : key(glue, event);
	case INPUT_RELEASE:
		return is_button(event) ? release(glue, event)
					: key(glue, event);
	case INPUT_HOVER_LEAVE:
		hover(glue, NULL);
		return false;
	case INPUT_FOCUS_LEAVE:
		if (stack_has_menu(glue))
			seat_dismiss(glue);
		glue->route.mods = 0;
		glue->route.own_key = 0;
		return false;
	default:
		return false;
	}
}

void route_event(struct glue *glue, const struct input_event *event)
{
	if (!take(glue, event))
		seat_event(glue, event);
}

void route_batch_end(struct glue *glue)
{
	if (glue->route.moved)
		drag_motion(glue);
	glue->route.moved = false;
	seat_batch_end(glue);
}

void route_forget(struct glue *glue, const struct xwin *win)
{
	struct route *route = &glue->route;

	if (route->hover == win)
		route->hover = NULL;
	if (route->pressed == win)
		route->pressed = NULL;
}
