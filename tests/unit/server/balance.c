/*
 * Random events, clients that come and go: what each client got is balanced at
 * any moment, and only one of them has focus, hover and keys.
 */
#include "desk.h"

#include <linux/input-event-codes.h>
#include <stdlib.h>
#include <string.h>

enum { CLIENTS = 4, EVENTS = 400, ROUNDS = 300 };

struct client {
	struct session *session;
	bool keys[INPUT_CODE_MAX + 1], slots[TOUCH_SLOTS];
	bool focused, hovered;
};

static struct client clients[CLIENTS];

static struct client *client_of(struct session *session)
{
	return session->user;
}

static void got_event(void *user, struct session *session,
		      const struct input_event *event)
{
	struct client *client = client_of(session);

	(void)user;
	switch (event->type) {
	case INPUT_PRESS:
		ck_assert(!client->keys[event->code]);
		ck_assert(event->code != KEY_LEFTMETA);
		for (int i = 0; i < CLIENTS; i++)
			for (int k = 0; k <= INPUT_CODE_MAX; k++)
				ck_assert(&clients[i] == client ||
					  !clients[i].keys[k]);
		client->keys[event->code] = true;
		break;
	case INPUT_RELEASE:
		ck_assert(client->keys[event->code]);
		client->keys[event->code] = false;
		break;
	case INPUT_FOCUS_ENTER:
		for (int i = 0; i < CLIENTS; i++)
			ck_assert(!clients[i].focused);
		client->focused = true;
		break;
	case INPUT_FOCUS_LEAVE:
		ck_assert(client->focused);
		client->focused = false;
		break;
	case INPUT_MOTION:
		for (int i = 0; i < CLIENTS; i++)
			ck_assert(&clients[i] == client || !clients[i].hovered);
		client->hovered = true;
		break;
	case INPUT_HOVER_LEAVE:
		ck_assert(client->hovered);
		client->hovered = false;
		break;
	case INPUT_TOUCH:
		client->slots[event->code] = true;
		break;
	case INPUT_UNTOUCH:
		ck_assert(client->slots[event->code]);
		client->slots[event->code] = false;
		break;
	default:
		break;
	}
}

static void nothing(void *user)
{
	(void)user;
}

static void no_keyboard(void *user, struct session *session)
{
	(void)user;
	(void)session;
}

static const struct core_handler handler = {
	.event = got_event,
	.keyboard = no_keyboard,
	.changed = nothing,
};

static void come_or_go(struct desk *desk, struct client *client, uint32_t *seed)
{
	if (client->session) {
		desk_end(client->session);
		*client = (struct client){ 0 };
		return;
	}
	client->session = desk_session(desk, "c", 8, 8, FORMAT_XRGB8888, 1);
	client->session->user = client;
	client->session->touch = desk_random(seed, 2);
	desk_window(desk, client->session, 1, (int)desk_random(seed, 60),
		    (int)desk_random(seed, 60), 50, 50);
}

static void random_event(struct desk *desk, uint32_t *seed)
{
	static const uint32_t codes[] = { BTN_LEFT,      BTN_RIGHT,     KEY_A,
					  KEY_LEFTSHIFT, KEY_LEFTMETA,  KEY_TAB,
					  KEY_X,         KEY_SCROLLLOCK };
	uint32_t code = codes[desk_random(seed, array_size(codes))];
	int x = (int)desk_random(seed, 120), y = (int)desk_random(seed, 120);
	uint32_t slot = desk_random(seed, 3);

	switch (desk_random(seed, 8)) {
	case 0:
	case 1:
		desk_press(desk, code);
		break;
	case 2:
	case 3:
		desk_release(desk, code);
		break;
	case 4:
		desk_event(desk, (struct input_event){ .type = INPUT_TOUCH,
						       .code = slot,
						       .x = x,
						       .y = y });
		break;
	case 5:
		desk_event(desk, (struct input_event){ .type = INPUT_UNTOUCH,
						       .code = slot });
		break;
	default:
		desk_move(desk, x, y);
	}
}

START_TEST(whatever_happens_clients_stay_balanced)
{
	for (uint32_t round = 0; round < ROUNDS; round++) {
		struct desk desk;
		uint32_t seed = round * 77777 + 1;

		memset(clients, 0, sizeof(clients));
		desk_init(&desk, 120, 120);
		desk.core.handler = &handler;
		for (int i = 0; i < EVENTS; i++) {
			struct client *client =
				&clients[desk_random(&seed, CLIENTS)];

			if (!desk_random(&seed, 12))
				come_or_go(&desk, client, &seed);
			else if (client->session && !desk_random(&seed, 20))
				core_focus(&desk.core, client->session);
			random_event(&desk, &seed);
		}
		core_input_reset(&desk.core);
		for (int i = 0; i < CLIENTS; i++) {
			for (int k = 0; k <= INPUT_CODE_MAX; k++)
				ck_assert(!clients[i].keys[k]);
			for (int k = 0; k < TOUCH_SLOTS; k++)
				ck_assert(!clients[i].slots[k]);
		}
		desk_finish(&desk);
	}
}
END_TEST

Suite *balance_suite(void)
{
	Suite *suite = suite_create("balance");
	TCase *tcase = tcase_create("balance");

	tcase_set_timeout(tcase, 60);
	tcase_add_test(tcase, whatever_happens_clients_stay_balanced);
	suite_add_tcase(suite, tcase);
	return suite;
}
