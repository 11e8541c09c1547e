/*
 * An end of a wire that faces a raw socket, whose other side may do anything.
 */
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "ends.h"
#include "sample.h"
#include "suites.h"

static void expect_end(struct end *server, const char *reason)
{
	turns();
	ck_assert_uint_eq(server->closed, 1);
	ck_assert_msg(strstr(server->reason, reason) != NULL, "%s",
		      server->reason);
}

START_TEST(no_hello)
{
	struct end server = { 0 };

	make_server(&server);
	raw_message(OP_frame_refresh);
	expect_end(&server, "no hello");
}
END_TEST

START_TEST(two_hellos)
{
	struct end server = { 0 };

	make_server(&server);
	raw_hello();
	raw_hello();
	expect_end(&server, "second hello");
}
END_TEST

START_TEST(other_version)
{
	struct end server = { 0 };

	make_server(&server);
	raw_hello_of(SERVICE_NITPICKER, nitpicker_protocol.version + 1);
	expect_end(&server, "another version");
}
END_TEST

START_TEST(wrong_side)
{
	struct end server = { 0 };

	make_server(&server);
	raw_hello();
	raw_message(OP_frame_shown);
	expect_end(&server, "wrong side");
}
END_TEST

START_TEST(answer_to_nothing)
{
	struct end client = { 0 };
	int fds[2];

	open_pair(fds);
	ends.raw = fds[0];
	make(&client, fds[1], WIRE_CLIENT, &nitpicker_protocol);
	raw_hello();
	raw_message(OP_wire_answer);
	expect_end(&client, "no request");
}
END_TEST

START_TEST(bare_ok)
{
	struct end client = { 0 };
	struct nitpicker_buffer buffer = { .w = 8, .h = 8 };
	struct {
		struct wire_header header;
		struct wire_answer body;
	} ok = { .header = { .opcode = OP_wire_answer, .size = sizeof(ok) } };
	int fds[2];

	open_pair(fds);
	ends.raw = fds[0];
	make(&client, fds[1], WIRE_CLIENT, &nitpicker_protocol);
	raw_hello();
	wire_request(client.wire, OP_nitpicker_buffer, &buffer, NULL, 0, -1,
		     answered, &client);
	ok.header.serial = 1;
	raw_send(&ok, sizeof(ok), NULL, 0);
	expect_end(&client, "no request");
	ck_assert_int_eq(client.status, WIRE_GONE);
}
END_TEST

START_TEST(surplus_fds)
{
	const struct wire_message *of = wire_find(&nitpicker_protocol,
						  OP_frame_refresh);
	unsigned char packet[WIRE_PACKET_MAX];
	size_t length = sample_packet(of, SAMPLE_LEAST, 0, packet);
	int fds[8] = { 0, 1, 2, 0, 1, 2, 0, 1 };
	unsigned before = open_fds();

	for (unsigned count = 1; count <= 8; count++) {
		struct end server = { 0 };

		make_server(&server);
		raw_hello();
		raw_send(packet, length, fds, count);
		expect_end(&server, "descriptors");
		close(ends.raw);
		ends.raw = -1;
		ck_assert_uint_eq(open_fds(), before);
	}
}
END_TEST

START_TEST(too_long)
{
	static const unsigned char bytes[WIRE_PACKET_MAX + 100];
	struct end server = { 0 };

	make_server(&server);
	raw_hello();
	raw_send(bytes, sizeof(bytes), NULL, 0);
	expect_end(&server, "longer than a packet");
}
END_TEST

START_TEST(too_many_requests)
{
	struct end server = { 0 };

	make_server(&server);
	raw_hello();
	for (int i = 0; i < WIRE_PENDING_MAX; i++)
		raw_message(OP_input_grab);
	turns();
	ck_assert_uint_eq(server.closed, 0);
	raw_message(OP_input_grab);
	expect_end(&server, "too many requests");
}
END_TEST

START_TEST(turn_limit)
{
	struct end server = { 0 };

	make_server(&server);
	raw_hello();
	for (int i = 0; i < WIRE_TURN_MAX + 10; i++)
		raw_message(OP_frame_refresh);
	loop_turn(ends.loop, 0);
	ck_assert_uint_le(server.messages, WIRE_TURN_MAX);
	ck_assert_uint_gt(server.messages, 0);
	turns();
	ck_assert_uint_eq(server.messages, WIRE_TURN_MAX + 10);
	finish(&server);
}
END_TEST

START_TEST(rest)
{
	struct end server = { .rest = true };

	make_server(&server);
	raw_hello();
	for (int i = 0; i < 3; i++)
		raw_message(OP_frame_refresh);
	for (unsigned i = 1; i <= 3; i++) {
		loop_turn(ends.loop, 0);
		ck_assert_uint_eq(server.messages, i);
	}
	finish(&server);
}
END_TEST

/* Reads all that `raw` gets; returns the number of packets. */
static unsigned raw_read(void)
{
	char bytes[WIRE_PACKET_MAX];
	unsigned count = 0;

	while (recv(ends.raw, bytes, sizeof(bytes), MSG_DONTWAIT) > 0)
		count++;
	return count;
}

static unsigned fill(struct end *server)
{
	struct frame_shown shown = { 0 };
	unsigned sent = 0;

	while (wire_send(server->wire, OP_frame_shown, 0, &shown, NULL, 0, -1))
		sent++;
	return sent;
}

START_TEST(queue_full)
{
	struct end server = { 0 };
	unsigned sent, read = 0;

	make_server(&server);
	raw_hello();
	sent = fill(&server);
	ck_assert_uint_gt(sent, WIRE_QUEUE_MAX);
	ck_assert_uint_eq(wire_space(server.wire), 0);
	turns();
	ck_assert_uint_eq(server.drained, 0);
	ck_assert_uint_eq(server.closed, 0);
	for (int i = 0; i < 20; i++) {
		read += raw_read();
		turns();
	}
	ck_assert_uint_eq(read, sent + 1); /* and the hello */
	ck_assert_uint_eq(server.drained, 1);
	ck_assert_uint_eq(wire_space(server.wire), WIRE_QUEUE_MAX);
	finish(&server);
}
END_TEST

START_TEST(answers_pile_up)
{
	struct end server = { .answer = true };

	make_server(&server);
	raw_hello();
	fill(&server);
	raw_message(OP_input_grab);
	expect_end(&server, "does not read its answers");
}
END_TEST

START_TEST(last_queued)
{
	struct end server = { 0 };
	struct input_event event = { .type = INPUT_MOTION, .x = 1 };
	struct input_event *last;
	uint16_t count;

	make_server(&server);
	ck_assert_ptr_null(
		wire_last_queued(server.wire, OP_input_events, &count));
	fill(&server);
	raw_read();
	turns();
	while (wire_space(server.wire) == WIRE_QUEUE_MAX)
		wire_send(server.wire, OP_input_events, 0, NULL, &event, 1, -1);
	ck_assert_ptr_null(
		wire_last_queued(server.wire, OP_frame_shown, &count));
	last = wire_last_queued(server.wire, OP_input_events, &count);
	ck_assert_uint_eq(count, 1);
	ck_assert_int_eq(last->x, 1);
	finish(&server);
}
END_TEST

/* The peer dies after each step of a conversation. */
START_TEST(death_at_every_step)
{
	for (int steps = 0; steps < 6; steps++) {
		struct end server = { .answer = true };

		make_server(&server);
		if (steps > 0)
			raw_hello();
		if (steps > 1)
			raw_message(OP_frame_refresh);
		if (steps > 2)
			raw_message(OP_input_grab);
		if (steps > 3)
			turns();
		if (steps > 4)
			raw_read();
		close(ends.raw);
		ends.raw = -1;
		expect_end(&server, "");
		ck_assert_str_eq(server.reason, "");
		/* What it said before counts, also if it did not read. */
		ck_assert_uint_eq(server.messages,
				  (unsigned)(steps > 2 ? 2 : steps > 1));
	}
}
END_TEST

START_TEST(failed_by_owner)
{
	struct end server = { 0 };

	make_server(&server);
	wire_fail(server.wire, "because");
	ck_assert_uint_eq(server.closed, 0);
	ck_assert(wire_is_over(server.wire));
	ck_assert(!wire_send(server.wire, OP_frame_exposed, 0, NULL, NULL, 0,
			     -1));
	expect_end(&server, "because");
}
END_TEST

Suite *wire_raw_suite(void)
{
	Suite *suite = suite_create("wire_raw");
	TCase *tcase = tcase_create("wire_raw");

	tcase_add_checked_fixture(tcase, ends_setup, ends_teardown);
	tcase_add_test(tcase, no_hello);
	tcase_add_test(tcase, two_hellos);
	tcase_add_test(tcase, other_version);
	tcase_add_test(tcase, wrong_side);
	tcase_add_test(tcase, answer_to_nothing);
	tcase_add_test(tcase, bare_ok);
	tcase_add_test(tcase, surplus_fds);
	tcase_add_test(tcase, too_long);
	tcase_add_test(tcase, too_many_requests);
	tcase_add_test(tcase, turn_limit);
	tcase_add_test(tcase, rest);
	tcase_add_test(tcase, queue_full);
	tcase_add_test(tcase, answers_pile_up);
	tcase_add_test(tcase, last_queued);
	tcase_add_test(tcase, death_at_every_step);
	tcase_add_test(tcase, failed_by_owner);
	suite_add_tcase(suite, tcase);
	return suite;
}
