/*
 * Sending input: batches, merging, and what is owed to a client that does not
 * read.
 */
#include <string.h>

#include "base/log.h"
#include "session/input.h"

/* ---- sets of codes ---- */

static bool has(const uint64_t *set, uint32_t code)
{
	return set[code / 64] >> (code % 64) & 1;
}

static void put(uint64_t *set, uint32_t code, bool on)
{
	uint64_t bit = (uint64_t)1 << (code % 64);

	if (on)
		set[code / 64] |= bit;
	else
		set[code / 64] &= ~bit;
}

/* ---- merging ---- */

static int32_t sum(int32_t a, int32_t b)
{
	int32_t s = a + b;

	return s > COORD_MAX ? COORD_MAX : s < -COORD_MAX ? -COORD_MAX : s;
}

/* True when `last` now stands for both. */
static bool merge(struct input_event *last, const struct input_event *event)
{
	if (last->type != event->type)
		return false;
	switch (event->type) {
	case INPUT_MOTION:
		*last = *event;
		return true;
	case INPUT_TOUCH:
		if (last->code != event->code)
			return false;
		*last = *event;
		return true;
	case INPUT_RELATIVE:
	case INPUT_WHEEL:
		last->time_us = event->time_us;
		last->x = sum(last->x, event->x);
		last->y = sum(last->y, event->y);
		return true;
	default:
		return false;
	}
}

/* True when the event went into a message that waits already. */
static bool merge_queued(struct input_sender *sender,
			 const struct input_event *event)
{
	struct input_event *events;
	uint16_t count;

	events = wire_last_queued(sender->wire, OP_input_events, &count);
	return events && count && merge(&events[count - 1], event);
}

/* ---- balance ---- */

/* What the client knows after it read all that was sent. */
struct known {
	uint64_t pressed[INPUT_CODE_WORDS];
	uint64_t touched;
	bool focused;
};

/* False for an event that would unbalance what the client knows. */
static bool apply(struct known *known, const struct input_event *event)
{
	switch (event->type) {
	case INPUT_PRESS:
	case INPUT_RELEASE:
		if (has(known->pressed, event->code) ==
		    (event->type == INPUT_PRESS))
			return false;
		put(known->pressed, event->code, event->type == INPUT_PRESS);
		return true;
	case INPUT_TOUCH:
		if (event->code >= INPUT_SLOTS)
			return false;
		put(&known->touched, event->code, true);
		return true;
	case INPUT_UNTOUCH:
		if (event->code >= INPUT_SLOTS ||
		    !has(&known->touched, event->code))
			return false;
		put(&known->touched, event->code, false);
		return true;
	case INPUT_FOCUS_ENTER:
	case INPUT_FOCUS_LEAVE:
		if (known->focused == (event->type == INPUT_FOCUS_ENTER))
			return false;
		known->focused = event->type == INPUT_FOCUS_ENTER;
		return true;
	default:
		return true;
	}
}

static struct known what_is_known(const struct input_sender *sender)
{
	struct known known = {
		.touched = sender->touched,
		.focused = sender->known_focused,
	};

	memcpy(known.pressed, sender->pressed, sizeof(known.pressed));
	return known;
}

static void make_known(struct input_sender *sender, const struct known *known)
{
	memcpy(sender->pressed, known->pressed, sizeof(sender->pressed));
	sender->touched = known->touched;
	sender->known_focused = known->focused;
}

/* ---- a client that does not read ---- */

/* Keeps of an event that could not be sent what the client must hear later. */
static void owe(struct input_sender *sender, const struct input_event *event)
{
	switch (event->type) {
	case INPUT_RELEASE:
		if (has(sender->pressed, event->code))
			put(sender->owed, event->code, true);
		break;
	case INPUT_UNTOUCH:
		if (has(&sender->touched, event->code))
			put(&sender->owed_untouch, event->code, true);
		break;
	case INPUT_MOTION:
		sender->owed_hover_leave = false;
		sender->owed_motion = true;
		sender->motion = *event;
		break;
	case INPUT_HOVER_LEAVE:
		sender->owed_hover_leave = true;
		sender->owed_motion = false;
		break;
	default:
		break;
	}
}

static void drop(struct input_sender *sender, const struct input_event *events,
		 unsigned count)
{
	for (unsigned i = 0; i < count; i++)
		owe(sender, &events[i]);
	if (sender->dropping || wire_is_over(sender->wire))
		return;
	sender->dropping = true;
	log_warning("%s does not read its input: presses are dropped",
		    wire_label(sender->wire));
}

static bool send(struct input_sender *sender, const struct input_event *events,
		 unsigned count)
{
	return wire_space(sender->wire) &&
	       wire_send(sender->wire, OP_input_events, 0, NULL, events, count,
			 -1);
}

static bool send_one(struct input_sender *sender, enum input_type type,
		     uint32_t code)
{
	struct input_event event = {
		.time_us = input_now(),
		.type = type,
		.code = code,
	};

	return send(sender, &event, 1);
}

/* Releases of the keys in `owed`. */
static bool send_releases(struct input_sender *sender)
{
	struct input_event events[LIMIT_INPUT_BATCH];
	uint64_t now = input_now();
	unsigned count = 0;

	for (uint32_t code = 0; code <= INPUT_CODE_MAX; code++) {
		if (!has(sender->owed, code))
			continue;
		events[count++] = (struct input_event){
			.time_us = now,
			.type = INPUT_RELEASE,
			.code = code,
		};
		if (count < LIMIT_INPUT_BATCH)
			continue;
		break;
	}
	if (!count)
		return true;
	if (!send(sender, events, count))
		return false;
	for (unsigned i = 0; i < count; i++) {
		put(sender->owed, events[i].code, false);
		put(sender->pressed, events[i].code, false);
	}
	return count < LIMIT_INPUT_BATCH || send_releases(sender);
}

/* False as long as something of it finds no room. */
static bool send_owed(struct input_sender *sender)
{
	if (!send_releases(sender))
		return false;
	for (uint32_t slot = 0; slot < INPUT_SLOTS; slot++) {
		if (!has(&sender->owed_untouch, slot))
			continue;
		if (!send_one(sender, INPUT_UNTOUCH, slot))
			return false;
		put(&sender->owed_untouch, slot, false);
		put(&sender->touched, slot, false);
	}
	if (sender->owed_motion) {
		if (!send(sender, &sender->motion, 1))
			return false;
		sender->owed_motion = false;
	}
	if (sender->owed_hover_leave) {
		if (!send_one(sender, INPUT_HOVER_LEAVE, 0))
			return false;
		sender->owed_hover_leave = false;
	}
	if (sender->focused != sender->known_focused) {
		if (!send_one(sender,
			      sender->focused ? INPUT_FOCUS_ENTER
					      : INPUT_FOCUS_LEAVE,
			      0))
			return false;
		sender->known_focused = sender->focused;
	}
	sender->dropping = false;
	return true;
}

/* ---- the interface ---- */

static void flush_deferred(void *user)
{
	struct input_sender *sender = user;

	sender->flush_deferred = false;
	input_sender_flush(sender);
}

void input_sender_init(struct input_sender *sender, struct loop *loop,
		       struct wire *wire)
{
	*sender = (struct input_sender){ .loop = loop, .wire = wire };
}

void input_sender_finish(struct input_sender *sender)
{
	if (sender->flush_deferred)
		loop_undefer(sender->loop, sender);
	sender->flush_deferred = false;
	sender->wire = NULL;
	sender->count = 0;
}

void input_sender_event(struct input_sender *sender,
			const struct input_event *event)
{
	if (!sender->wire)
		return;
	if (event->type == INPUT_FOCUS_ENTER ||
	    event->type == INPUT_FOCUS_LEAVE)
		sender->focused = event->type == INPUT_FOCUS_ENTER;
	if (sender->count && merge(&sender->batch[sender->count - 1], event))
		return;
	if (sender->count == LIMIT_INPUT_BATCH)
		input_sender_flush(sender);
	sender->batch[sender->count++] = *event;
	if (!sender->flush_deferred) {
		sender->flush_deferred = true;
		loop_defer(sender->loop, flush_deferred, sender);
	}
}

void input_sender_flush(struct input_sender *sender)
{
	struct input_event events[LIMIT_INPUT_BATCH];
	struct known known;
	unsigned count = 0, i = 0;
	bool open;

	if (!sender->wire || !sender->count)
		return;
	/* What is owed comes first: the client then knows of it. */
	open = !sender->dropping || send_owed(sender);
	known = what_is_known(sender);
	if (open && merge_queued(sender, &sender->batch[0]))
		i = 1;
	for (; i < sender->count; i++) {
		if (apply(&known, &sender->batch[i]))
			events[count++] = sender->batch[i];
	}
	sender->count = 0;
	if (!count)
		return;
	if (open && send(sender, events, count))
		make_known(sender, &known);
	else
		drop(sender, events, count);
}

void input_sender_drained(struct input_sender *sender)
{
	if (sender->wire && sender->dropping)
		send_owed(sender);
}

void input_sender_release_all(struct input_sender *sender, uint64_t time_us)
{
	struct input_event event = { .time_us = time_us };

	if (!sender->wire)
		return;
	input_sender_flush(sender);
	event.type = INPUT_RELEASE;
	for (event.code = 0; event.code <= INPUT_CODE_MAX; event.code++) {
		if (has(sender->pressed, event.code))
			input_sender_event(sender, &event);
	}
	event.type = INPUT_UNTOUCH;
	for (event.code = 0; event.code < INPUT_SLOTS; event.code++) {
		if (has(&sender->touched, event.code))
			input_sender_event(sender, &event);
	}
	input_sender_flush(sender);
}
