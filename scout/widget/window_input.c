/*
 * Input of a window: events of the session become those of the widgets.
 */
#include <linux/input-event-codes.h>

#include "scout/widget/window_private.h"

enum { REPEAT_DELAY_NS = 400000000, REPEAT_NS = 33333333 };

static unsigned mod_of(uint32_t code)
{
	switch (code) {
	case KEY_LEFTSHIFT:
	case KEY_RIGHTSHIFT:
		return UI_SHIFT;
	case KEY_LEFTCTRL:
	case KEY_RIGHTCTRL:
		return UI_CONTROL;
	case KEY_LEFTALT:
	case KEY_RIGHTALT:
		return UI_ALT;
	default:
		return 0;
	}
}

/* Drivers repeat characters only; these move something, so one holds them. */
static bool repeats(uint32_t code)
{
	switch (code) {
	case KEY_UP:
	case KEY_DOWN:
	case KEY_LEFT:
	case KEY_RIGHT:
	case KEY_PAGEUP:
	case KEY_PAGEDOWN:
	case KEY_TAB:
	case KEY_BACKSPACE:
		return true;
	default:
		return false;
	}
}

static void key_event(struct window *window, uint32_t code)
{
	struct ui_event event = { .type = UI_KEY,
				  .code = code,
				  .mods = window->mods };

	if (window_place_key(window, &event))
		return;
	ui_event(&window->ui, &event);
}

void window_repeat(void *user)
{
	struct window *window = user;

	key_event(window, window->repeat_code);
	timer_set_in(&window->repeat, REPEAT_NS);
}

static void pointer_event(struct window *window, enum ui_event_type type)
{
	struct ui_event event = {
		.type = type,
		.x = window->pointer_x - window->place.x,
		.y = window->pointer_y - window->place.y,
		.mods = window->mods,
	};

	ui_event(&window->ui, &event);
}

static void press(struct window *window, uint32_t code)
{
	if (code == BTN_LEFT || code == BTN_TOUCH) {
		window_raise(window);
		pointer_event(window, UI_PRESS);
	} else if (mod_of(code)) {
		window->mods |= mod_of(code);
	} else if (code < BTN_MISC || code >= KEY_OK) {
		timer_cancel(&window->repeat);
		window->repeat_code = code;
		if (repeats(code))
			timer_set_in(&window->repeat, REPEAT_DELAY_NS);
		key_event(window, code);
	}
}

static void release(struct window *window, uint32_t code)
{
	if (code == BTN_LEFT || code == BTN_TOUCH) {
		window_drag(window);
		window->dragging = false;
		pointer_event(window, UI_RELEASE);
	}
	if (code == window->repeat_code)
		timer_cancel(&window->repeat);
	window->mods &= ~mod_of(code);
}

static void motion(struct window *window, const struct input_event *event)
{
	window->pointer_x = event->x;
	window->pointer_y = event->y;
	/* Where the window is being dragged, its widgets stay still. */
	if (!window->dragging)
		pointer_event(window, UI_MOTION);
}

static void set_active(struct window *window, bool active)
{
	if (window->ui.active == active)
		return;
	/* Focus that came by the keyboard is worth showing. */
	if (active && !window->ui.pointer_inside)
		window->ui.keyboard_used = true;
	ui_set_active(&window->ui, active);
	window->mods = 0;
	timer_cancel(&window->repeat);
	window->margin_dirty = true;
	window_wake(window);
}

static void take(struct window *window, const struct input_event *event)
{
	struct ui_event other = { .mods = window->mods };

	switch (event->type) {
	case INPUT_PRESS:
		press(window, event->code);
		break;
	case INPUT_RELEASE:
		release(window, event->code);
		break;
	case INPUT_MOTION:
	case INPUT_TOUCH:
		motion(window, event);
		break;
	case INPUT_WHEEL:
		other.type = UI_WHEEL;
		other.wheel_x = event->x;
		other.wheel_y = event->y;
		ui_event(&window->ui, &other);
		break;
	case INPUT_CHARACTER:
		other.type = UI_CHARACTER;
		other.code = event->code;
		other.character = event->character;
		ui_event(&window->ui, &other);
		break;
	case INPUT_FOCUS_ENTER:
	case INPUT_FOCUS_LEAVE:
		set_active(window, event->type == INPUT_FOCUS_ENTER);
		break;
	case INPUT_HOVER_LEAVE:
		ui_pointer_leave(&window->ui);
		break;
	default:
		break;
	}
}

void window_on_event(void *user, const struct input_event *event)
{
	struct window *window = user;

	if (!window->handler.input ||
	    !window->handler.input(window->user, event))
		take(window, event);
}

void window_input(struct window *window, const struct input_event *event)
{
	take(window, event);
	window_on_batch_end(window);
}

void window_on_batch_end(void *user)
{
	struct window *window = user;

	window_drag(window);
	if (window->shape == window->ui.shape)
		return;
	window->shape = window->ui.shape;
	nitpicker_pointer(window->nitpicker,
			  window->shape ? window->shape : "arrow");
}
