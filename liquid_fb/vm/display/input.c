#include <linux/input-event-codes.h>

#include "display.h"

enum { LEFT = 1, MIDDLE = 2, RIGHT = 4, WHEEL_UP = 8, WHEEL_DOWN = 16 };
enum { NOTCH = 120, STEPS_MAX = 16 };

static uint32_t button_bit(uint32_t code)
{
	switch (code) {
	case BTN_LEFT:
	case BTN_TOUCH:
		return LEFT;
	case BTN_MIDDLE:
		return MIDDLE;
	case BTN_RIGHT:
		return RIGHT;
	default:
		return 0;
	}
}

static void send_pointer(struct display *display, uint32_t buttons)
{
	rfb_pointer(display->rfb, buttons, (uint32_t)display->x,
		    (uint32_t)display->y);
}

static int32_t clamp(int32_t value, uint32_t size)
{
	return value < 0                ? 0
	       : value >= (int32_t)size ? (int32_t)size - 1
					: value;
}

static void move(struct display *display, int32_t x, int32_t y)
{
	display->x = clamp(x, display->guest_w);
	display->y = clamp(y, display->guest_h);
	send_pointer(display, display->buttons);
}

static void press(struct display *display, uint32_t code, bool down)
{
	uint32_t bit = button_bit(code), number = key_number(code);

	if (bit) {
		display->buttons = down ? display->buttons | bit
					: display->buttons & ~bit;
		send_pointer(display, display->buttons);
	} else if (number && code < BTN_MISC) {
		rfb_key(display->rfb, number, down);
	}
}

/* A notch is a press and a release of a button. */
static void wheel(struct display *display, int32_t y)
{
	uint32_t bit = y > 0 ? WHEEL_UP : WHEEL_DOWN;
	int32_t steps = (y > 0 ? y : -y) / NOTCH;

	for (int32_t i = 0; i < steps && i < STEPS_MAX; i++) {
		send_pointer(display, display->buttons | bit);
		send_pointer(display, display->buttons);
	}
}

static void on_event(void *user, const struct input_event *event)
{
	struct display *display = user;
	struct point origin;

	if (!display->rfb || !display->guest_w)
		return;
	origin = screen_origin(display);
	switch (event->type) {
	case INPUT_PRESS:
	case INPUT_RELEASE:
		press(display, event->code, event->type == INPUT_PRESS);
		break;
	case INPUT_MOTION:
	case INPUT_TOUCH:
		move(display, event->x - origin.x, event->y - origin.y);
		break;
	case INPUT_RELATIVE:
		move(display, display->x + event->x, display->y + event->y);
		break;
	case INPUT_WHEEL:
		wheel(display, event->y);
		break;
	default:
		break;
	}
}

static void on_closed(void *user, const char *reason)
{
	(void)reason;
	display_end(user, 1, "the input is gone");
}

const struct input_handler input_handler = {
	.event = on_event,
	.closed = on_closed,
};
