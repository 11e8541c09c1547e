/*
 * The input state machine: device events in, clients' events out.
 *
 * A *sequence* lasts from the first press of a key or button, with none held,
 * until all are released. Its receiver is found at its begin and stays: it gets
 * all presses, releases, characters, motion and wheels of it, so that each
 * client gets as many releases as presses, whatever happens to the focus. The
 * hovered session is frozen meanwhile; if the pointer moves, the receiver takes
 * its place until the end. Keys that are the server's own (Super, what is
 * pressed while it is held, mode keys) are swallowed and belong to no sequence.
 */
#include "core.h"

#include <linux/input-event-codes.h>
#include <string.h>
#include <sys/param.h>

static bool is_button(uint32_t code)
{
	return code >= BTN_LEFT && code <= BTN_TASK;
}

void core_send(struct core *core, struct session *to, struct input_event event)
{
	if (!to)
		return;
	event.time_us = core->input.time_us;
	core->handler->event(core->user, to, &event);
}

/* In the coordinates of sessions. */
static void tell_pointer(struct core *core, struct session *to,
			 enum input_type type)
{
	struct input_event event = { .type = type };
	if (!to)
		return;
	event.x = core->pointer.x - to->origin.x;
	event.y = core->pointer.y - to->origin.y;
	core_send(core, to, event);
}

static void set_hover(struct core *core, struct session *session)
{
	struct input_state *in = &core->input;
	struct session *old = in->hover;
	if (old == session)
		return;
	in->hover = session;
	if (old)
		pointer_set_shape(old, POINTER_ARROW);
	tell_pointer(core, old, INPUT_HOVER_LEAVE);
	tell_pointer(core, session, INPUT_MOTION);
}

void core_hover(struct core *core)
{
	struct view *view = core_view_at(core, core->pointer.x,
					 core->pointer.y);
	struct session *session = view ? view->session : NULL;
	/* In X-ray only the focused one knows where the pointer is. */
	if (core->kill || (core->xray && session != core->focus) ||
	    (session && session->domain->hover_focused &&
	     !(core->focus && core->focus->domain == session->domain)))
		session = NULL;
	if (!core->input.held)
		set_hover(core, session);
}

/* True when the key belongs to the server. Acts unless something other than
 * Shift is held: then a client is in the middle of a sequence. Kill mode ends
 * that sequence, so that its key always acts. */
static bool take_mode_key(struct core *core, uint32_t code)
{
	struct input_state *in = &core->input;
	const struct mode_key *key = policy_mode_key(
		&core->policy, (int)code, in->supers > 0, in->shifts > 0);
	unsigned shifts_held = 0;
	for (uint32_t of = KEY_LEFTSHIFT; of <= KEY_RIGHTSHIFT; of++)
		shifts_held += chord_is_shift(of) && isset(in->down, of) &&
			       isclr(in->swallowed, of);
	if (!in->supers && !key)
		return false;
	setbit(in->swallowed, code);
	in->super_alone = false;
	if (key && (in->held == shifts_held || key->mode == MODE_KILL))
		core_do_mode(core, key);
	return true;
}

static void click(struct core *core, struct view *view)
{
	struct session *session = view->session;
	session->clicked = view;
	core->stack_changed = true; /* the title */
	if (session->domain->focus == FOCUS_NONE)
		return;
	if (session->domain->focus == FOCUS_TRANSIENT &&
	    core->focus != session) {
		core->input.transient = session;
		core->input.former = core->focus;
	}
	core_focus(core, session);
}

/* At the end of the sequence the focus goes back to who had it. */
static void end_transient(struct core *core)
{
	struct input_state *in = &core->input;
	struct session *former = in->former;
	bool back = in->transient && core->focus == in->transient;
	in->transient = in->former = NULL;
	if (back)
		core_focus(core, former);
}

/* The first one in the order of the config that is there. */
static struct session *global_receiver(const struct core *core, int code)
{
	const struct policy *policy = &core->policy;
	struct session *found = NULL;
	for (unsigned i = 0; i < policy->global_count && !found; i++)
		if (policy->globals[i].code == code)
			found = core_find_label(core, policy->globals[i].label);
	return found;
}

static void begin_sequence(struct core *core, uint32_t code)
{
	struct input_state *in = &core->input;
	struct view *view;
	if (!is_button(code)) {
		if (!core->locked)
			in->receiver = global_receiver(core, (int)code);
		if (!in->receiver)
			in->receiver = core->focus;
		return;
	}
	in->receiver = core_grabber(core);
	if (in->receiver)
		return;
	view = core_view_at(core, core->pointer.x, core->pointer.y);
	in->receiver = view ? view->session : NULL;
	core->clicked = in->receiver;
	core->clicks++;
	if (view) {
		click(core, view);
		core_hover(core);
	}
}

static void press(struct core *core, const struct input_event *event)
{
	struct input_state *in = &core->input;
	if (isset(in->down, event->code))
		return; /* a device lost a release, or there are two of them */
	setbit(in->down, event->code);
	in->keys++;
	in->shifts += chord_is_shift(event->code);
	if (chord_is_super(event->code)) {
		setbit(in->swallowed, event->code);
		in->super_alone = !in->supers++ && !in->held;
		core_set_grab(core, NULL);
		return;
	}
	if (take_mode_key(core, event->code))
		return;
	core->presses++;
	if (core->kill) {
		setbit(in->swallowed, event->code);
		if (event->code == KEY_ESC)
			core_set_kill(core, false);
		else if (is_button(event->code))
			kill_click(core, core->pointer.x, core->pointer.y);
		return;
	}
	if (!in->held)
		begin_sequence(core, event->code);
	in->held++;
	if (!in->receiver)
		return;
	setbit(in->delivered, event->code);
	in->receiver->pressed_us = in->time_us;
	in->receiver->acted = true;
	if (is_button(event->code) && in->hover != in->receiver &&
	    !core_grabber(core))
		set_hover(core, in->receiver);
	core_send(core, in->receiver, *event);
}

static void release(struct core *core, const struct input_event *event)
{
	struct input_state *in = &core->input;
	const struct mode_key *key;
	if (!isset(in->down, event->code))
		return;
	clrbit(in->down, event->code);
	in->keys--;
	in->shifts -= chord_is_shift(event->code);
	if (isset(in->swallowed, event->code)) {
		clrbit(in->swallowed, event->code);
		if (!chord_is_super(event->code) || --in->supers ||
		    !in->super_alone)
			return;
		key = policy_mode_key(&core->policy, 0, true, false);
		if (key)
			core_do_mode(core, key);
		return;
	}
	if (isset(in->delivered, event->code)) {
		clrbit(in->delivered, event->code);
		core_send(core, in->receiver, *event);
	}
	if (--in->held)
		return;
	in->receiver = NULL;
	if (!in->touching)
		end_transient(core);
	core_hover(core);
}

static void character(struct core *core, const struct input_event *event)
{
	const struct input_state *in = &core->input;
	if (core->kill)
		return;
	if (!event->code)
		core_send(core, in->held ? in->receiver : core->focus, *event);
	else if (isset(in->delivered, event->code))
		core_send(core, in->receiver, *event);
}

static int32_t clamp(int32_t value, int32_t max)
{
	return value < 0 || max < 0 ? 0 : value > max ? max : value;
}

void core_move_pointer(struct core *core, int32_t x, int32_t y)
{
	core->pointer.x = clamp(x, core->output.width - 1);
	core->pointer.y = clamp(y, core->output.height - 1);
	core->pointer_gone = false;
	core->handler->changed(core->user); /* its picture moves */
}

static void move(struct core *core, const struct input_event *event)
{
	struct input_state *in = &core->input;
	struct session *told = in->hover;
	bool relative = event->type == INPUT_RELATIVE;
	if (grab_motion(core, event))
		return;
	core_move_pointer(core, event->x + (relative ? core->pointer.x : 0),
			  event->y + (relative ? core->pointer.y : 0));
	core_hover(core);
	/* Nobody but the receiver may believe to be hovered. */
	if (in->held)
		set_hover(core, in->receiver);
	if (in->hover == told)
		tell_pointer(core, in->hover, INPUT_MOTION);
}

static void wheel(struct core *core, const struct input_event *event)
{
	struct input_state *in = &core->input;
	in->super_alone = false;
	if (in->supers)
		return;
	if (in->held)
		core_send(core, in->receiver, *event);
	else
		core_send(core,
			  core_grabber(core) ? core_grabber(core) : in->hover,
			  *event);
}

/* The finger that is the pointer. */
static void point(struct core *core, const struct input_event *event)
{
	struct input_event motion = input_event_of(INPUT_MOTION, 0);
	motion.x = event->x;
	motion.y = event->y;
	move(core, &motion);
}

/* The first finger on who doesn't understand touch is pointer and left button;
 * others there are ignored. */
static void begin_pointing(struct core *core, const struct input_event *event)
{
	const struct input_event button = input_event_of(INPUT_PRESS, BTN_LEFT);
	struct input_state *in = &core->input;
	in->touching |= 1u << event->code;
	if (in->pointing || isset(in->down, BTN_LEFT))
		return;
	in->pointing = event->code + 1;
	point(core, event);
	press(core, &button);
}

static void touch(struct core *core, const struct input_event *event)
{
	struct input_state *in = &core->input;
	uint32_t slot = event->code;
	struct input_event out = *event;
	if (slot >= TOUCH_SLOTS)
		return;
	if (!(in->touching >> slot & 1)) {
		struct view *view = NULL;
		if (core->kill)
			kill_click(core, event->x, event->y);
		else
			view = core_view_at(core, event->x, event->y);
		if (view && !view->session->touch) {
			begin_pointing(core, event);
			return;
		}
		in->touch[slot] = view ? view->session : NULL;
		if (!in->touching && !in->held) {
			core->presses++;
			core->clicks++;
			core->clicked = view ? view->session : NULL;
			if (view)
				click(core, view);
		}
		in->touching |= 1u << slot;
		if (view) {
			view->session->pressed_us = in->time_us;
			view->session->acted = true;
		}
	}
	if (in->touch[slot]) {
		out.x -= in->touch[slot]->origin.x;
		out.y -= in->touch[slot]->origin.y;
	}
	core_send(core, in->touch[slot], out);
	if (in->pointing == slot + 1)
		point(core, event);
}

static void untouch(struct core *core, const struct input_event *event)
{
	const struct input_event button = input_event_of(INPUT_RELEASE,
							 BTN_LEFT);
	struct input_state *in = &core->input;
	uint32_t slot = event->code;
	if (slot >= TOUCH_SLOTS || !(in->touching >> slot & 1))
		return;
	in->touching &= ~(1u << slot);
	core_send(core, in->touch[slot], *event);
	in->touch[slot] = NULL;
	if (in->pointing == slot + 1) {
		in->pointing = 0;
		release(core, &button);
	}
	if (!in->touching && !in->held)
		end_transient(core);
}

/* The pointer left the output. */
static void leave(struct core *core, const struct input_event *event)
{
	(void)event;
	core->pointer_gone = true;
	core->handler->changed(core->user);
	if (!core->input.held)
		set_hover(core, NULL);
}

void core_input(struct core *core, const struct input_event *event)
{
	static void (*const take[INPUT_LAST + 1])(
		struct core * core, const struct input_event *event) = {
		[INPUT_PRESS] = press,       [INPUT_RELEASE] = release,
		[INPUT_MOTION] = move,       [INPUT_RELATIVE] = move,
		[INPUT_WHEEL] = wheel,       [INPUT_CHARACTER] = character,
		[INPUT_TOUCH] = touch,       [INPUT_UNTOUCH] = untouch,
		[INPUT_HOVER_LEAVE] = leave,
	};
	core->input.time_us = event->time_us;
	if (event->code <= INPUT_CODE_MAX && event->type <= INPUT_LAST &&
	    take[event->type])
		take[event->type](core, event);
	if (core->policy.report_keystate)
		core->handler->changed(core->user);
}

void core_input_forget(struct core *core, struct session *session)
{
	struct input_state *in = &core->input;
	bool focused = core->focus == session;
	if (in->hover == session)
		in->hover = NULL;
	if (core->clicked == session)
		core->clicked = NULL;
	if (core->unlocked == session)
		core->unlocked = NULL;
	if (in->receiver == session) {
		/* The rest of the sequence is nobody's. */
		in->receiver = NULL;
		memset(in->delivered, 0, sizeof(in->delivered));
	}
	for (unsigned i = 0; i < TOUCH_SLOTS; i++)
		if (in->touch[i] == session)
			in->touch[i] = NULL;
	if (in->former == session)
		in->former = NULL;
	if (core->grab == session)
		core->grab = NULL;
	if (focused) {
		core->focus = NULL;
		core_choose_background(core);
		core_damage(core, core->bar);
		if (core->policy.marks)
			core_damage_all(core);
	}
	if (in->transient == session) {
		in->transient = NULL;
		if (focused)
			core_focus(core, in->former);
		in->former = NULL;
	}
}

void core_silence(struct core *core)
{
	struct input_state *in = &core->input;
	for (uint32_t code = 0; code <= INPUT_CODE_MAX; code++)
		if (isset(in->delivered, code))
			core_send(core, in->receiver,
				  input_event_of(INPUT_RELEASE, code));
	memset(in->delivered, 0, sizeof(in->delivered));
	in->receiver = NULL;
	end_transient(core);
	for (uint32_t slot = 0; slot < TOUCH_SLOTS; slot++) {
		core_send(core, in->touch[slot],
			  input_event_of(INPUT_UNTOUCH, slot));
		in->touch[slot] = NULL;
	}
	set_hover(core, NULL);
}

void core_input_reset(struct core *core)
{
	struct input_event event = { .type = INPUT_RELEASE };
	core->input.super_alone = false;
	for (; event.code <= INPUT_CODE_MAX; event.code++)
		release(core, &event);
	event.type = INPUT_UNTOUCH;
	for (event.code = 0; event.code < TOUCH_SLOTS; event.code++)
		untouch(core, &event);
}
