/*
 * What each client was told, and what it may be told: at most one is focused,
 * one hovered, one has each key; presses and releases, enter and leave pair up.
 */
#include <linux/input-event-codes.h>
#include <string.h>
#include <sys/param.h>

#include "scene.h"

static struct ledger *ledger_of(struct scene *scene, struct session *session)
{
	struct scene_client *client = session->user;

	if (client->session != session)
		scene_fail(scene, "an event for a session that is gone");
	return &client->ledger;
}

static void got_press(struct scene *scene, struct session *session,
		      uint32_t code)
{
	for (int i = 0; i < SCENE_CLIENTS; i++)
		if (isset(scene->clients[i].ledger.keys, code))
			scene_fail(scene, "key %u twice", code);
	setbit(ledger_of(scene, session)->keys, code);
	scene->outcome.presses++;
	scene->outcome.press = session;
}

static void got_motion(struct scene *scene, struct session *session)
{
	for (int i = 0; i < SCENE_CLIENTS; i++)
		if (scene->clients[i].ledger.hovered &&
		    scene->clients[i].session != session)
			scene_fail(scene, "two clients are hovered");
	ledger_of(scene, session)->hovered = true;
	scene->outcome.motions++;
	scene->outcome.motion = session;
}

static void got_focus(struct scene *scene, struct session *session, bool enter)
{
	for (int i = 0; i < SCENE_CLIENTS && enter; i++)
		if (scene->clients[i].ledger.focused)
			scene_fail(scene, "two clients are focused");
	if (ledger_of(scene, session)->focused == enter)
		scene_fail(scene, "focus %s twice", enter ? "enter" : "leave");
	ledger_of(scene, session)->focused = enter;
}

static void got_event(void *user, struct session *session,
		      const struct input_event *event)
{
	struct scene *scene = user;
	struct ledger *ledger = ledger_of(scene, session);

	switch (event->type) {
	case INPUT_PRESS:
		got_press(scene, session, event->code);
		break;
	case INPUT_RELEASE:
		if (isclr(ledger->keys, event->code))
			scene_fail(scene, "key %u is not pressed", event->code);
		clrbit(ledger->keys, event->code);
		scene->outcome.releases++;
		break;
	case INPUT_MOTION:
		got_motion(scene, session);
		break;
	case INPUT_FOCUS_ENTER:
	case INPUT_FOCUS_LEAVE:
		got_focus(scene, session, event->type == INPUT_FOCUS_ENTER);
		break;
	case INPUT_HOVER_LEAVE:
		if (!ledger->hovered)
			scene_fail(scene, "hover leave without hover");
		ledger->hovered = false;
		break;
	case INPUT_TOUCH:
		ledger->slots |= 1u << event->code;
		break;
	case INPUT_UNTOUCH:
		if (!(ledger->slots >> event->code & 1))
			scene_fail(scene, "slot %u is not touched",
				   event->code);
		ledger->slots &= ~(1u << event->code);
		break;
	case INPUT_RELATIVE:
		if (session != core_grabber(&scene->core) || !ledger->focused)
			scene_fail(scene, "relative motion without a grab");
		scene->outcome.others++;
		break;
	case INPUT_CHARACTER:
		if (event->code && isclr(ledger->keys, event->code))
			scene_fail(scene, "a character without its key");
		/* fall through */
	default:
		scene->outcome.others++;
	}
}

static void got_keyboard(void *user, struct session *session)
{
	if (!ledger_of(user, session)->focused)
		scene_fail(user, "the keyboard of one that is not focused");
}

static void got_change(void *user)
{
	(void)user;
}

const struct core_handler scene_handler = {
	.event = got_event,
	.keyboard = got_keyboard,
	.changed = got_change,
};

void ledger_check(const struct scene *scene)
{
	const struct core *core = &scene->core;

	for (int i = 0; i < SCENE_CLIENTS; i++) {
		const struct scene_client *client = &scene->clients[i];

		if (!client->session)
			continue;
		if (client->ledger.focused != (core->focus == client->session))
			scene_fail(scene, "client %d and the focus", i);
		if (client->ledger.hovered !=
		    (core->input.hover == client->session))
			scene_fail(scene, "client %d and hover", i);
		for (uint32_t v = 0; v < client->session->view_count; v++)
			if (client->session->locked_out &&
			    client->session->views[v]->stacked)
				scene_fail(scene, "client %d: back again", i);
		for (unsigned code = 0; code <= INPUT_CODE_MAX; code++)
			if (isset(client->ledger.keys, code) &&
			    isclr(scene->down, code) &&
			    !(code == BTN_LEFT && core->input.pointing))
				scene_fail(scene, "client %d: key %u is stuck",
					   i, code);
	}
}
