/*
 * What a client of input believes to be held.
 */
#include "session/input_held.h"

static void put(uint64_t *set, uint32_t code, bool on)
{
	uint64_t bit = (uint64_t)1 << (code % 64);

	if (on)
		set[code / 64] |= bit;
	else
		set[code / 64] &= ~bit;
}

void input_held_event(struct input_held *held, const struct input_event *event)
{
	switch (event->type) {
	case INPUT_PRESS:
	case INPUT_RELEASE:
		put(held->pressed, event->code, event->type == INPUT_PRESS);
		break;
	case INPUT_TOUCH:
	case INPUT_UNTOUCH:
		if (event->code < INPUT_SLOTS)
			put(&held->touched, event->code,
			    event->type == INPUT_TOUCH);
		break;
	case INPUT_FOCUS_ENTER:
	case INPUT_FOCUS_LEAVE:
		held->focused = event->type == INPUT_FOCUS_ENTER;
		break;
	case INPUT_MOTION:
	case INPUT_HOVER_LEAVE:
		held->hovered = event->type == INPUT_MOTION;
		break;
	default:
		break;
	}
}

/* The smallest member of a set; -1: none. */
static int first(const uint64_t *set, int words)
{
	for (int i = 0; i < words; i++) {
		if (set[i])
			return i * 64 + __builtin_ctzll(set[i]);
	}
	return -1;
}

bool input_held_release(struct input_held *held, struct input_event *event)
{
	int code = first(held->pressed, INPUT_CODE_WORDS);
	int slot = first(&held->touched, 1);

	*event = (struct input_event){ .time_us = input_now() };
	if (code >= 0) {
		event->type = INPUT_RELEASE;
		event->code = (uint32_t)code;
	} else if (slot >= 0) {
		event->type = INPUT_UNTOUCH;
		event->code = (uint32_t)slot;
	} else if (held->hovered) {
		event->type = INPUT_HOVER_LEAVE;
	} else if (held->focused) {
		event->type = INPUT_FOCUS_LEAVE;
	} else {
		return false;
	}
	input_held_event(held, event);
	return true;
}
