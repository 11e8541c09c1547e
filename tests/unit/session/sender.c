/*
 * input_sender: merging, balance, and clients that do not read.
 */
#include <linux/input-event-codes.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "session/input_held.h"
#include "suites.h"

static struct loop *loop;
static struct wire *server;
static struct input_sender sender;
static int raw;
static struct input_held held;
static struct input_event got[16384];
static unsigned count, unbalanced;

static void message(void *user, struct wire_packet *packet)
{
	(void)user;
	(void)packet;
}

static void closed(void *user, const char *reason)
{
	(void)user;
	ck_abort_msg("closed: %s", reason);
}

static void drained(void *user)
{
	(void)user;
	input_sender_drained(&sender);
}

static const struct wire_handler handler = {
	.message = message,
	.closed = closed,
	.drained = drained,
};

static void setup(void)
{
	int fds[2];

	ck_assert_int_eq(
		socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, fds), 0);
	loop = loop_create();
	raw = fds[0];
	server = wire_create(loop, fds[1], WIRE_SERVER, &input_protocol, "test",
			     false, &handler, NULL);
	input_sender_init(&sender, loop, server);
}

static void teardown(void)
{
	input_sender_finish(&sender);
	wire_destroy(server);
	close(raw);
	loop_destroy(loop);
}

static void check_balance(const struct input_event *event)
{
	bool pressed = held.pressed[event->code / 64] >> (event->code % 64) & 1;

	if ((event->type == INPUT_PRESS && pressed) ||
	    (event->type == INPUT_RELEASE && !pressed))
		unbalanced++;
	input_held_event(&held, event);
}

/* The client reads all there is. */
static void client_reads(void)
{
	_Alignas(8) unsigned char bytes[WIRE_PACKET_MAX];
	struct wire_header header;
	ssize_t length;

	while ((length = recv(raw, bytes, sizeof(bytes), MSG_DONTWAIT)) > 0) {
		const struct input_event *events =
			(const void *)(bytes + sizeof(header));

		memcpy(&header, bytes, sizeof(header));
		if (header.opcode != OP_input_events)
			continue;
		for (size_t i = 0;
		     i < ((size_t)length - sizeof(header)) / sizeof(*events);
		     i++) {
			check_balance(&events[i]);
			if (count < 16384)
				got[count++] = events[i];
		}
	}
}

static void turns(void)
{
	for (int i = 0; i < 60; i++) {
		loop_turn(loop, 0);
		client_reads();
	}
}

static void event(enum input_type type, uint32_t code, int32_t x, int32_t y)
{
	struct input_event one = {
		.time_us = input_now(),
		.type = type,
		.code = code,
		.x = x,
		.y = y,
	};

	input_sender_event(&sender, &one);
}

START_TEST(merging)
{
	for (int i = 0; i < 100; i++)
		event(INPUT_MOTION, 0, i, i);
	event(INPUT_PRESS, BTN_LEFT, 0, 0);
	for (int i = 0; i < 100; i++)
		event(INPUT_WHEEL, 0, 0, 120);
	event(INPUT_RELEASE, BTN_LEFT, 0, 0);
	for (int i = 0; i < 100; i++)
		event(INPUT_RELATIVE, 0, 1, -1);
	client_reads();
	ck_assert_uint_eq(count, 0); /* at the end of the turn */
	turns();
	ck_assert_uint_eq(count, 5);
	ck_assert_int_eq(got[0].x, 99);
	ck_assert_int_eq(got[2].y, 12000);
	ck_assert_int_eq(got[4].x, 100);
	ck_assert_int_eq(got[4].y, -100);
}
END_TEST

START_TEST(saturation)
{
	for (int i = 0; i < 3; i++)
		event(INPUT_RELATIVE, 0, COORD_MAX, -COORD_MAX);
	turns();
	ck_assert_uint_eq(count, 1);
	ck_assert_int_eq(got[0].x, COORD_MAX);
	ck_assert_int_eq(got[0].y, -COORD_MAX);
}
END_TEST

START_TEST(balance)
{
	event(INPUT_RELEASE, KEY_A, 0, 0);
	event(INPUT_PRESS, KEY_B, 0, 0);
	event(INPUT_PRESS, KEY_B, 0, 0);
	event(INPUT_RELEASE, KEY_B, 0, 0);
	event(INPUT_RELEASE, KEY_B, 0, 0);
	event(INPUT_UNTOUCH, 3, 0, 0);
	event(INPUT_TOUCH, INPUT_SLOTS, 0, 0);
	event(INPUT_FOCUS_LEAVE, 0, 0, 0);
	turns();
	ck_assert_uint_eq(count, 2);
	ck_assert_uint_eq(unbalanced, 0);
}
END_TEST

START_TEST(full_batch)
{
	for (uint32_t i = 0; i < LIMIT_INPUT_BATCH + 10; i++)
		event(INPUT_PRESS, i, 0, 0);
	turns();
	ck_assert_uint_eq(count, LIMIT_INPUT_BATCH + 10);
	input_sender_release_all(&sender, input_now());
	turns();
	ck_assert_uint_eq(count, 2 * (LIMIT_INPUT_BATCH + 10));
	for (unsigned i = 0; i < INPUT_CODE_WORDS; i++)
		ck_assert_uint_eq(held.pressed[i], 0);
}
END_TEST

/* Until nothing fits any more. */
static void fill(void)
{
	for (int i = 0; i < 3000 && wire_space(server); i++) {
		event(i % 2 ? INPUT_WHEEL : INPUT_MOTION, 0, i, 0);
		input_sender_flush(&sender);
		event(INPUT_CHARACTER, 0, 0, 0);
		input_sender_flush(&sender);
	}
	ck_assert_uint_eq(wire_space(server), 0);
}

START_TEST(stopped_client)
{
	event(INPUT_FOCUS_ENTER, 0, 0, 0);
	event(INPUT_PRESS, KEY_A, 0, 0);
	event(INPUT_PRESS, BTN_LEFT, 0, 0);
	event(INPUT_TOUCH, 5, 1, 1);
	input_sender_flush(&sender);
	fill();
	event(INPUT_RELEASE, KEY_A, 0, 0);
	event(INPUT_PRESS, KEY_A, 0, 0);
	event(INPUT_PRESS, KEY_B, 0, 0);
	input_sender_flush(&sender);
	event(INPUT_RELEASE, KEY_B, 0, 0);
	event(INPUT_RELEASE, KEY_A, 0, 0);
	event(INPUT_RELEASE, BTN_LEFT, 0, 0);
	event(INPUT_UNTOUCH, 5, 0, 0);
	event(INPUT_MOTION, 0, 77, 78);
	event(INPUT_FOCUS_LEAVE, 0, 0, 0);
	input_sender_flush(&sender);
	ck_assert(sender.dropping);
	turns();
	ck_assert(!sender.dropping);
	ck_assert_uint_eq(unbalanced, 0);
	for (unsigned i = 0; i < INPUT_CODE_WORDS; i++)
		ck_assert_uint_eq(held.pressed[i], 0);
	ck_assert_uint_eq(held.touched, 0);
	ck_assert(!held.focused);
	for (unsigned i = 0; i < count; i++)
		ck_assert(got[i].code != KEY_B);
	ck_assert_int_eq(got[count - 2].x, 77);
	/* And it goes on as if nothing had been. */
	event(INPUT_PRESS, KEY_A, 0, 0);
	event(INPUT_RELEASE, KEY_A, 0, 0);
	turns();
	ck_assert_int_eq(got[count - 2].type, INPUT_PRESS);
	ck_assert_uint_eq(unbalanced, 0);
}
END_TEST

/* Motion goes into the message that waits last, so the newest place counts. */
START_TEST(motion_in_queue)
{
	fill();
	while (wire_space(server) < WIRE_QUEUE_MAX) {
		loop_turn(loop, 0);
		client_reads();
	}
	event(INPUT_MOTION, 0, 1, 1);
	input_sender_flush(&sender);
	while (wire_space(server) == WIRE_QUEUE_MAX) {
		event(INPUT_CHARACTER, 0, 0, 0);
		input_sender_flush(&sender);
		event(INPUT_MOTION, 0, 2, 2);
		input_sender_flush(&sender);
	}
	if (wire_space(server) == WIRE_QUEUE_MAX - 1) {
		event(INPUT_CHARACTER, 0, 0, 0);
		input_sender_flush(&sender);
	}
	event(INPUT_MOTION, 0, 3, 3);
	input_sender_flush(&sender);
	size_t space = wire_space(server);
	for (int i = 4; i < 1000; i++) {
		event(INPUT_MOTION, 0, i, i);
		input_sender_flush(&sender);
	}
	ck_assert_uint_eq(wire_space(server), space);
	turns();
	ck_assert_int_eq(got[count - 1].x, 999);
}
END_TEST

/* Random sequences against a client that reads now and then. */
START_TEST(random_sequences)
{
	uint32_t seed = 12345;

	for (int i = 0; i < 30000; i++) {
		seed = seed * 1664525 + 1013904223;
		event(seed >> 30 ? INPUT_PRESS : INPUT_RELEASE, seed >> 20 & 15,
		      0, 0);
		if ((seed >> 8 & 7) == 0)
			input_sender_flush(&sender);
		if ((seed & 0x1fff) == 0)
			turns();
		count = 0;
	}
	input_sender_release_all(&sender, input_now());
	turns();
	ck_assert_uint_eq(unbalanced, 0);
	for (unsigned i = 0; i < INPUT_CODE_WORDS; i++)
		ck_assert_uint_eq(held.pressed[i], 0);
}
END_TEST

Suite *sender_suite(void)
{
	Suite *suite = suite_create("sender");
	TCase *tcase = tcase_create("sender");

	tcase_add_checked_fixture(tcase, setup, teardown);
	tcase_add_test(tcase, merging);
	tcase_add_test(tcase, saturation);
	tcase_add_test(tcase, balance);
	tcase_add_test(tcase, full_batch);
	tcase_add_test(tcase, stopped_client);
	tcase_add_test(tcase, motion_in_queue);
	tcase_add_test(tcase, random_sequences);
	suite_add_tcase(suite, tcase);
	return suite;
}
