#include "input.h"

#include <linux/input-event-codes.h>
#include <stdlib.h>
#include <string.h>
#include <xcb/xtest.h>

#include "base/alloc.h"
#include "base/log.h"
#include "codes.h"
#include "keyboard.h"
#include "wheel.h"

enum { COORDINATE_MAX = 32767 };

struct injector {
	struct display *display;
	struct keyboard *keyboard;
	const struct injector_handler *handler;
	void *user;

	uint32_t buttons; /* bit set of X buttons that we hold */
	struct wheel wheel_x, wheel_y;

	struct point target; /* of the session, not sent yet */
	bool moved;
	struct point last; /* of the root: where we put the X pointer */
	bool last_known;

	/* Games. */
	bool hidden; /* the X pointer has no picture */
	bool warps; /* and was moved by a program */
	bool grabbed; /* by us, of nitpicker */
	bool asking; /* X, where its pointer is */
	struct point expected;

	struct input_event *queue; /* a ring; NULL while nothing waits */
	unsigned first, count;
	bool dropping;
};

/* Beside the types of events: the state of the locks (code) from there on. */
enum { TOLD_LOCKS = INPUT_LAST + 1 };

/* ---- to X ---- */

static void fake(struct injector *injector, uint8_t type, uint8_t detail,
		 struct point at)
{
	struct display *display = injector->display;

	xcb_test_fake_input(display->connection, type, detail, XCB_CURRENT_TIME,
			    type == XCB_MOTION_NOTIFY && !detail ? display->root
								 : XCB_NONE,
			    (int16_t)at.x, (int16_t)at.y, 0);
	display_flush(display);
}

static int32_t clamp(int32_t value, int32_t min, int32_t max)
{
	return value < min ? min : value > max ? max : value;
}

/* X keeps it on the root by itself, if it is told a place in 16 bits. */
static void put_pointer(struct injector *injector, struct point root)
{
	root.x = clamp(root.x, 0, COORDINATE_MAX);
	root.y = clamp(root.y, 0, COORDINATE_MAX);
	fake(injector, XCB_MOTION_NOTIFY, 0, root);
	injector->last = root;
	injector->last_known = true;
}

static void button(struct injector *injector, uint8_t number, bool pressed)
{
	if (pressed)
		injector->buttons |= 1u << number;
	else
		injector->buttons &= ~(1u << number);
	fake(injector, pressed ? XCB_BUTTON_PRESS : XCB_BUTTON_RELEASE, number,
	     (struct point){ 0 });
}

static void release_buttons(struct injector *injector)
{
	for (uint8_t number = 1; number <= BUTTON_MAX; number++)
		if (injector->buttons >> number & 1)
			button(injector, number, false);
}

bool injector_is_holding(const struct injector *injector)
{
	return injector->buttons != 0;
}

/* ---- programs that move the pointer ---- */

static void set_grab(struct injector *injector, bool on)
{
	if (injector->grabbed == on)
		return;
	if (injector->handler->grab(injector->user, on) == WIRE_OK || !on)
		injector->grabbed = on;
	injector->last_known = false;
}

static void got_place(void *user, void *data)
{
	struct injector *injector = user;
	const xcb_query_pointer_reply_t *reply = data;

	injector->asking = false;
	if (!reply || !injector->hidden)
		return;
	if (reply->root_x != injector->expected.x ||
	    reply->root_y != injector->expected.y)
		injector->warps = true;
}

/* Is it where we put it? Asked before it is put elsewhere; the edges of the
 * root are places where it can't be put. */
static void watch_pointer(struct injector *injector)
{
	struct display *display = injector->display;

	if (!injector->hidden || injector->asking || !injector->last_known ||
	    injector->last.x >= display->screen->width_in_pixels - 1 ||
	    injector->last.y >= display->screen->height_in_pixels - 1)
		return;
	injector->asking = true;
	injector->expected = injector->last;
	display_expect(
		display,
		xcb_query_pointer(display->connection, display->root).sequence,
		got_place, injector);
}

void injector_pointer_shown(struct injector *injector, bool shown)
{
	injector->hidden = !shown;
	if (!shown)
		return;
	injector->warps = false;
	set_grab(injector, false);
}

/* ---- what the session says ---- */

static void flush_motion(struct injector *injector)
{
	struct point root;

	if (!injector->moved)
		return;
	injector->moved = false;
	root = injector->handler->aim(injector->user, injector->target,
				      injector->buttons != 0);
	watch_pointer(injector);
	put_pointer(injector, root);
}

static void move(struct injector *injector, const struct input_event *event)
{
	/* Nitpicker ended the grab (Super does that). */
	injector->grabbed = false;
	injector->target = (struct point){ event->x, event->y };
	injector->moved = true;
}

static void move_by(struct injector *injector, const struct input_event *event)
{
	const struct point by = {
		clamp(event->x, -COORDINATE_MAX, COORDINATE_MAX),
		clamp(event->y, -COORDINATE_MAX, COORDINATE_MAX)
	};

	flush_motion(injector);
	fake(injector, XCB_MOTION_NOTIFY, 1, by);
	injector->last_known = false;
}

static void press_button(struct injector *injector, uint8_t number,
			 bool pressed)
{
	if ((injector->buttons >> number & 1) == pressed)
		return;
	/* Windows may have changed under a pointer that stood still. */
	if (pressed && !injector->buttons && injector->last_known)
		injector->moved = true;
	flush_motion(injector);
	button(injector, number, pressed);
	if (pressed && injector->hidden && injector->warps)
		set_grab(injector, true);
}

/* False: later. */
static bool press(struct injector *injector, const struct input_event *event)
{
	uint8_t number = codes_button(event->code);
	bool pressed = event->type == INPUT_PRESS;

	if (number) {
		press_button(injector, number, pressed);
		return true;
	}
	flush_motion(injector);
	return keyboard_key(injector->keyboard, event->code, pressed);
}

static void turn(struct injector *injector, struct wheel *wheel, int32_t by,
		 uint8_t plus, uint8_t minus)
{
	int notches = wheel_turn(wheel, by);
	uint8_t number = notches > 0 ? plus : minus;

	for (int i = abs(notches); i; i--) {
		button(injector, number, true);
		button(injector, number, false);
	}
}

static void scroll(struct injector *injector, const struct input_event *event)
{
	flush_motion(injector);
	turn(injector, &injector->wheel_y, event->y, BUTTON_WHEEL_UP,
	     BUTTON_WHEEL_DOWN);
	turn(injector, &injector->wheel_x, event->x, BUTTON_WHEEL_RIGHT,
	     BUTTON_WHEEL_LEFT);
}

/* The first finger is the pointer and its left button; the others do nothing.
 */
static void touch(struct injector *injector, const struct input_event *event)
{
	if (event->code)
		return;
	if (event->type == INPUT_TOUCH)
		move(injector, event);
	press_button(injector, 1, event->type == INPUT_TOUCH);
}

/* Nothing there lights up any more: to the last corner of the root. */
static void leave(struct injector *injector)
{
	injector->wheel_x = injector->wheel_y = (struct wheel){ 0 };
	injector->moved = false;
	if (!injector->buttons && !injector->grabbed)
		put_pointer(injector,
			    (struct point){ COORDINATE_MAX, COORDINATE_MAX });
	injector->last_known = false;
}

/* First the releases, or another window would get them. */
static void unfocus(struct injector *injector)
{
	flush_motion(injector);
	release_buttons(injector);
	keyboard_release_all(injector->keyboard);
	injector->grabbed = injector->warps = false;
	injector->count = 0;
	injector->handler->focus(injector->user, false);
}

/* The characters of keys are X's own business, and so are repetitions. */
static bool character(struct injector *injector,
		      const struct input_event *event)
{
	if (event->code)
		return true;
	flush_motion(injector);
	return keyboard_character(injector->keyboard, event->character);
}

/* False: it has to wait. */
static bool take(struct injector *injector, const struct input_event *event)
{
	switch (event->type) {
	case INPUT_PRESS:
	case INPUT_RELEASE:
		return press(injector, event);
	case INPUT_CHARACTER:
		return character(injector, event);
	case TOLD_LOCKS:
		return keyboard_locks(injector->keyboard, event->code);
	case INPUT_MOTION:
		move(injector, event);
		break;
	case INPUT_RELATIVE:
		move_by(injector, event);
		break;
	case INPUT_WHEEL:
		scroll(injector, event);
		break;
	case INPUT_TOUCH:
	case INPUT_UNTOUCH:
		touch(injector, event);
		break;
	case INPUT_HOVER_LEAVE:
		leave(injector);
		break;
	default:
		break;
	}
	return true;
}

/* ---- what has to wait ---- */

static void put_off(struct injector *injector, const struct input_event *event)
{
	bool owed = event->type == INPUT_RELEASE || event->type == TOLD_LOCKS;
	unsigned room = INJECTOR_QUEUE - (owed ? 0 : INJECTOR_QUEUE_RELEASES);

	if (injector->count >= room) {
		if (!injector->dropping)
			log_warning("input faster than X takes it is dropped");
		injector->dropping = true;
		return;
	}
	if (!injector->queue)
		injector->queue = xcalloc(INJECTOR_QUEUE,
					  sizeof(*injector->queue));
	injector->queue[(injector->first + injector->count++) %
			INJECTOR_QUEUE] = *event;
}

static void on_ready(void *user)
{
	struct injector *injector = user;

	while (injector->count &&
	       take(injector, &injector->queue[injector->first])) {
		injector->first = (injector->first + 1) % INJECTOR_QUEUE;
		injector->count--;
	}
	flush_motion(injector);
	if (injector->count)
		return;
	free(injector->queue);
	injector->queue = NULL;
	injector->first = 0;
	injector->dropping = false;
}

void injector_event(struct injector *injector, const struct input_event *event)
{
	/* What waited for the focus is gone with it. */
	if (event->type == INPUT_FOCUS_LEAVE)
		unfocus(injector);
	else if (event->type == INPUT_FOCUS_ENTER)
		injector->handler->focus(injector->user, true);
	else if (injector->count || !take(injector, event))
		put_off(injector, event);
}

void injector_batch_end(struct injector *injector)
{
	flush_motion(injector);
}

void injector_keyboard(struct injector *injector,
		       const struct input_keyboard *keyboard)
{
	const struct input_event locks = { .type = TOLD_LOCKS,
					   .code = keyboard->locks };

	keyboard_layout(injector->keyboard, keyboard);
	/* Between the keys before and behind it. */
	if (injector->count || !take(injector, &locks))
		put_off(injector, &locks);
}

/* ---- menus, begin and end ---- */

void injector_dismiss(struct injector *injector, struct point root)
{
	if (injector->buttons)
		return;
	put_pointer(injector, root);
	injector->last_known = false;
	button(injector, 1, true);
	button(injector, 1, false);
}

struct injector *injector_create(struct display *display, const char *authority,
				 const struct injector_handler *handler,
				 void *user)
{
	struct injector *injector = xcalloc(1, sizeof(*injector));

	*injector = (struct injector){
		.display = display,
		.handler = handler,
		.user = user,
		.buttons = (1u << (BUTTON_MAX + 1)) - 2, /* whoever was it */
	};
	injector->keyboard = keyboard_create(display, authority, on_ready,
					     injector);
	release_buttons(injector);
	return injector;
}

void injector_destroy(struct injector *injector)
{
	if (!injector)
		return;
	if (injector->display->connection) {
		release_buttons(injector);
		display_forget(injector->display, injector);
	}
	keyboard_destroy(injector->keyboard);
	free(injector->queue);
	free(injector);
}
