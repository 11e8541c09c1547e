#include "events.h"

enum {
	NOTCH = 120,
	/* libinput: a mouse's notch is 15 degrees; fingers scroll by pixels,
	 * and as far as that feels alike. */
	PER_NOTCH = 15,
};

static void send(struct events *events, uint64_t time_us,
		 struct input_event event)
{
	event.time_us = time_us;
	events->handler->event(events->user, &event);
}

static int take_whole(double *rest, double more)
{
	int whole = (int)(*rest + more);

	*rest += more - whole;
	return whole;
}

/* ---- keyboard ---- */

static void take_key(struct events *events,
		     struct libinput_event_keyboard *event)
{
	bool pressed = libinput_event_keyboard_get_key_state(event) ==
		       LIBINPUT_KEY_STATE_PRESSED;
	unsigned held = libinput_event_keyboard_get_seat_key_count(event);
	unsigned code = libinput_event_keyboard_get_key(event);

	if (held == (pressed ? 1 : 0) && code <= INPUT_CODE_MAX)
		events->handler->key(
			events->user, code, pressed,
			libinput_event_keyboard_get_time_usec(event));
}

/* ---- pointer ---- */

static void take_motion(struct events *events,
			struct libinput_event_pointer *event)
{
	int x = take_whole(&events->rest_x,
			   libinput_event_pointer_get_dx(event));
	int y = take_whole(&events->rest_y,
			   libinput_event_pointer_get_dy(event));

	if (x || y)
		send(events, libinput_event_pointer_get_time_usec(event),
		     (struct input_event){
			     .type = INPUT_RELATIVE, .x = x, .y = y });
}

static void take_place(struct events *events,
		       struct libinput_event_pointer *event)
{
	if (!events->area_w || !events->area_h)
		return;
	send(events, libinput_event_pointer_get_time_usec(event),
	     (struct input_event){
		     .type = INPUT_MOTION,
		     .x = (int)
			     libinput_event_pointer_get_absolute_x_transformed(
				     event, events->area_w),
		     .y = (int)
			     libinput_event_pointer_get_absolute_y_transformed(
				     event, events->area_h) });
}

static void take_button(struct events *events,
			struct libinput_event_pointer *event)
{
	bool pressed = libinput_event_pointer_get_button_state(event) ==
		       LIBINPUT_BUTTON_STATE_PRESSED;
	unsigned held = libinput_event_pointer_get_seat_button_count(event);
	unsigned code = libinput_event_pointer_get_button(event);

	if (held == (pressed ? 1 : 0) && code <= INPUT_CODE_MAX)
		send(events, libinput_event_pointer_get_time_usec(event),
		     (struct input_event){ .type = pressed ? INPUT_PRESS
							   : INPUT_RELEASE,
					   .code = code });
}

/* In notches' 120ths, > 0: right and down. */
static double scrolled(struct libinput_event_pointer *event,
		       enum libinput_pointer_axis axis, bool is_wheel)
{
	if (!libinput_event_pointer_has_axis(event, axis))
		return 0;
	return is_wheel ? libinput_event_pointer_get_scroll_value_v120(event,
								       axis)
			: libinput_event_pointer_get_scroll_value(event, axis) *
				  NOTCH / PER_NOTCH;
}

static void take_wheel(struct events *events,
		       struct libinput_event_pointer *event, bool is_wheel)
{
	double x = scrolled(event, LIBINPUT_POINTER_AXIS_SCROLL_HORIZONTAL,
			    is_wheel);
	double y = scrolled(event, LIBINPUT_POINTER_AXIS_SCROLL_VERTICAL,
			    is_wheel);
	int whole_x = take_whole(&events->wheel_x, x);
	int whole_y = take_whole(&events->wheel_y, -y);

	if (whole_x || whole_y)
		send(events, libinput_event_pointer_get_time_usec(event),
		     (struct input_event){
			     .type = INPUT_WHEEL, .x = whole_x, .y = whole_y });
}

/* ---- touch ---- */

static void take_touch(struct events *events,
		       struct libinput_event_touch *event)
{
	int32_t slot = libinput_event_touch_get_seat_slot(event);

	if (!events->area_w || !events->area_h || slot < 0 ||
	    slot >= INPUT_SLOTS)
		return;
	send(events, libinput_event_touch_get_time_usec(event),
	     (struct input_event){
		     .type = INPUT_TOUCH,
		     .code = (uint32_t)slot,
		     .x = (int)libinput_event_touch_get_x_transformed(
			     event, events->area_w),
		     .y = (int)libinput_event_touch_get_y_transformed(
			     event, events->area_h) });
}

static void take_untouch(struct events *events,
			 struct libinput_event_touch *event)
{
	int32_t slot = libinput_event_touch_get_seat_slot(event);

	if (slot >= 0 && slot < INPUT_SLOTS)
		send(events, libinput_event_touch_get_time_usec(event),
		     (struct input_event){ .type = INPUT_UNTOUCH,
					   .code = (uint32_t)slot });
}

void events_take(struct events *events, struct libinput_event *event)
{
	switch ((int)libinput_event_get_type(event)) {
	case LIBINPUT_EVENT_KEYBOARD_KEY:
		take_key(events, libinput_event_get_keyboard_event(event));
		break;
	case LIBINPUT_EVENT_POINTER_MOTION:
		take_motion(events, libinput_event_get_pointer_event(event));
		break;
	case LIBINPUT_EVENT_POINTER_MOTION_ABSOLUTE:
		take_place(events, libinput_event_get_pointer_event(event));
		break;
	case LIBINPUT_EVENT_POINTER_BUTTON:
		take_button(events, libinput_event_get_pointer_event(event));
		break;
	case LIBINPUT_EVENT_POINTER_SCROLL_WHEEL:
		take_wheel(events, libinput_event_get_pointer_event(event),
			   true);
		break;
	case LIBINPUT_EVENT_POINTER_SCROLL_FINGER:
	case LIBINPUT_EVENT_POINTER_SCROLL_CONTINUOUS:
		take_wheel(events, libinput_event_get_pointer_event(event),
			   false);
		break;
	case LIBINPUT_EVENT_TOUCH_DOWN:
	case LIBINPUT_EVENT_TOUCH_MOTION:
		take_touch(events, libinput_event_get_touch_event(event));
		break;
	case LIBINPUT_EVENT_TOUCH_UP:
	case LIBINPUT_EVENT_TOUCH_CANCEL:
		take_untouch(events, libinput_event_get_touch_event(event));
		break;
	default:
		break;
	}
}
