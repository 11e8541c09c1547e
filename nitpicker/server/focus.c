/* Who has the focus, and what the keys of modes do. */
#include "core.h"

#include <string.h>

void core_focus(struct core *core, struct session *session)
{
	struct session *old = core->focus;
	if (old == session || (session && session_hidden(session)))
		return;
	core->focus = session;
	core->grab = NULL;
	if (session)
		session->acted = false;
	core_send(core, old, input_event_of(INPUT_FOCUS_LEAVE, 0));
	core_send(core, session, input_event_of(INPUT_FOCUS_ENTER, 0));
	if (session)
		core->handler->keyboard(core->user, session);
	core_choose_background(core);
	if (core_marks(core) || core->policy.marks)
		core_damage_all(core); /* frames and colours of all change */
	else
		core_damage(core, core->bar);
	core->stack_changed = true; /* reports, hover */
}

bool session_takes_focus(const struct session *session)
{
	return session->domain->focus == FOCUS_CLICK && !session->locked_out;
}

void core_check_focus(struct core *core)
{
	if (core->focus && core->focus != core->input.transient &&
	    !session_takes_focus(core->focus))
		core_focus(core, NULL);
}

struct session *core_find_label(const struct core *core, const char *label)
{
	struct session *s;
	for (s = TAILQ_FIRST(&core->sessions); s; s = TAILQ_NEXT(s, link))
		if (label && !strcmp(s->label, label))
			return s;
	return NULL;
}

bool focus_window(struct session *session)
{
	if (!session_raise(session) || !session_takes_focus(session))
		return false;
	core_focus(session->core, session);
	return true;
}

/* Around the ring once, in the order of creation. */
static void switch_session(struct core *core, bool forwards)
{
	struct session *s = core->focus;
	for (unsigned i = 0; i <= core->session_count; i++) {
		if (s && forwards)
			s = TAILQ_NEXT(s, link);
		else if (s)
			s = TAILQ_PREV(s, session_list, link);
		if (!s && forwards)
			s = TAILQ_FIRST(&core->sessions);
		else if (!s)
			s = TAILQ_LAST(&core->sessions, session_list);
		if (s && session_takes_focus(s) && focus_window(s))
			return;
	}
}

enum wire_status core_lock(struct core *core, const struct session *asker,
			   bool on)
{
	struct session *locker = TAILQ_FIRST(&core->sessions);
	if (asker && !asker->domain->lock && !(on && core_acts(core, asker)))
		return WIRE_DENIED;
	while (locker && !locker->domain->lock)
		locker = TAILQ_NEXT(locker, link);
	if (!locker)
		return WIRE_NO_SERVICE;
	core->unlocked = core->locked ? core->unlocked : core->focus;
	core_set_kill(core, false);
	core_set_xray(core, false);
	core_silence(core);
	core->locked = on;
	core_apply(core);
	core_focus(core, on ? locker : core->unlocked);
	return WIRE_OK;
}

void core_do_mode(struct core *core, const struct mode_key *key)
{
	struct session *launcher = core_find_label(core, key->label);
	if ((core->kill && key->mode != MODE_KILL) || core->locked)
		return;
	restore_finish(&core->restore);
	switch (key->mode) {
	case MODE_XRAY:
		core_set_xray(core, !core->xray);
		break;
	case MODE_KILL:
		core_set_kill(core, !core->kill);
		break;
	case MODE_NEXT:
	case MODE_PREVIOUS:
		switch_session(core, key->mode == MODE_NEXT);
		break;
	case MODE_LAUNCHER:
		if (launcher)
			focus_window(launcher);
		break;
	case MODE_LOCK:
		core_lock(core, NULL, true);
		break;
	default: /* MODE_SCREENSHOT */
		if (core->handler->screenshot)
			core->handler->screenshot(core->user);
	}
}
