/*
 * Input goes to frames, or to X.
 */
#include <linux/input-event-codes.h>

#include "glue.h"

static bool is_main(const struct input_event *event)
{
	return event->code == BTN_LEFT || event->code == BTN_TOUCH;
}

static bool is_button(const struct input_event *event)
{
	return event->code >= BTN_MOUSE && event->code < BTN_JOYSTICK;
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

static void hover(struct glue *glue, struct xwin *win)
{
	struct route *route = &glue->route;

	if (route->hover && route->hover != win)
		xframe_leave(route->hover->frame);
	route->hover = win;
	if (win)
		frame_event(win, UI_MOTION);
}

static void follow_pointer(struct glue *glue)
{
	struct route *route = &glue->route;
	struct xwin *win;

	if (route->pressed) {
		if (!glue->drag.win)
			frame_event(route->pressed, UI_MOTION);
		return;
	}
	win = stack_at(glue, route->x, route->y);
	hover(glue, is_on_frame(win, route->x, route->y) ? win : NULL);
}

/* ---- presses ---- */

/* True: the frame's. */
static bool press(struct glue *glue, const struct input_event *event)
{
	struct route *route = &glue->route;
	struct xwin *win = stack_at(glue, route->x, route->y);

	if (!win || win->override || !is_button(event))
		return false;
	if (!is_on_frame(win, route->x, route->y)) {
		/* Who has a menu open wants to know of this first. */
		if (!stack_has_menu(glue)) {
			stack_raise(win);
			stack_focus(glue, win);
		}
		return false;
	}
	route_press_nowhere(glue);
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

void route_press_nowhere(struct glue *glue)
{
	(void)glue;
}

/* ---- events of the session ---- */

void route_event(struct glue *glue, const struct input_event *event)
{
	struct route *route = &glue->route;

	switch (event->type) {
	case INPUT_MOTION:
	case INPUT_TOUCH:
		route->x = event->x;
		route->y = event->y;
		route->moved = true;
		follow_pointer(glue);
		if (route->hover || route->pressed)
			return;
		break;
	case INPUT_PRESS:
		if (press(glue, event))
			return;
		break;
	case INPUT_RELEASE:
		if (release(glue, event))
			return;
		break;
	case INPUT_HOVER_LEAVE:
		hover(glue, NULL);
		break;
	case INPUT_FOCUS_ENTER:
	case INPUT_FOCUS_LEAVE:
		stack_activate(glue, event->type == INPUT_FOCUS_ENTER);
		break;
	default:
		break;
	}
}

void route_batch_end(struct glue *glue)
{
	if (glue->route.moved)
		drag_motion(glue);
	glue->route.moved = false;
}

void route_forget(struct glue *glue, const struct xwin *win)
{
	struct route *route = &glue->route;

	if (route->hover == win)
		route->hover = NULL;
	if (route->pressed == win)
		route->pressed = NULL;
}
