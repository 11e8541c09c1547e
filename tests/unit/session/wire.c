/*
 * Two ends of a wire that are both ours.
 */
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/memory.h"
#include "ends.h"
#include "suites.h"

START_TEST(talk)
{
	struct end client = { 0 }, server = { .answer = true };
	struct input_grab grab = { .on = 1 };
	uint32_t serial;

	setenv("NITPICKER_TRACE", "1", 1);
	make_pair(&client, &server);
	unsetenv("NITPICKER_TRACE");
	serial = wire_post(client.wire, OP_frame_refresh,
			   &(struct frame_refresh){ 1, 1 }, NULL, 0, -1);
	turns();
	ck_assert_uint_eq(server.messages, 1);
	ck_assert_uint_eq(server.serial, serial);
	wire_request(client.wire, OP_input_grab, &grab, NULL, 0, -1, answered,
		     &client);
	turns();
	ck_assert_uint_eq(client.answers, 1);
	ck_assert_int_eq(client.status, WIRE_DENIED);
	wire_error(server.wire, serial, WIRE_INVALID);
	turns();
	ck_assert_uint_eq(client.opcode, OP_wire_error);
	ck_assert_uint_eq(client.closed + server.closed, 0);
	finish(&client);
	turns();
	ck_assert_uint_eq(server.closed, 1);
	ck_assert_str_eq(server.reason, "");
}
END_TEST

START_TEST(other_protocol)
{
	struct end client = { 0 }, server = { 0 };
	int fds[2];

	open_pair(fds);
	make(&client, fds[0], WIRE_CLIENT, &input_protocol);
	make(&server, fds[1], WIRE_SERVER, &framebuffer_protocol);
	turns();
	ck_assert_uint_eq(client.closed, 1);
	ck_assert_uint_eq(server.closed, 1);
	ck_assert_ptr_nonnull(strstr(client.reason, "another protocol"));
}
END_TEST

START_TEST(requests_end)
{
	struct end client = { 0 }, server = { 0 };
	struct input_grab grab = { .on = 1 };

	make_pair(&client, &server);
	for (int i = 0; i < WIRE_PENDING_MAX + 1; i++)
		wire_request(client.wire, OP_input_grab, &grab, NULL, 0, -1,
			     answered, &client);
	turns();
	/* The one too many was refused here and never got there. */
	ck_assert_uint_eq(client.answers, 1);
	ck_assert_int_eq(client.status, WIRE_BUSY);
	ck_assert_uint_eq(server.messages, WIRE_PENDING_MAX);
	finish(&server);
	turns();
	ck_assert_uint_eq(client.answers, WIRE_PENDING_MAX + 1);
	ck_assert_int_eq(client.status, WIRE_GONE);
	ck_assert_uint_eq(client.closed, 1);
}
END_TEST

START_TEST(own_mistakes)
{
	struct end client = { 0 }, server = { 0 };
	struct nitpicker_buffer buffer = { .w = 0, .h = 1 };

	make_pair(&client, &server);
	ck_assert_uint_eq(wire_post(client.wire, 0x3333, NULL, NULL, 0, -1), 0);
	ck_assert_uint_eq(
		wire_post(client.wire, OP_input_events, NULL, NULL, 0, -1), 0);
	ck_assert_uint_eq(wire_post(client.wire, OP_nitpicker_buffer, &buffer,
				    NULL, 0, -1),
			  0);
	turns();
	ck_assert_uint_eq(client.closed + server.closed, 0);
	finish(&client);
	finish(&server);
}
END_TEST

START_TEST(destroyed_inside)
{
	struct end client = { 0 }, server = { .destroy = true };

	make_pair(&client, &server);
	wire_post(client.wire, OP_frame_refresh,
		  &(struct frame_refresh){ 1, 1 }, NULL, 0, -1);
	wire_post(client.wire, OP_frame_refresh,
		  &(struct frame_refresh){ 2, 1 }, NULL, 0, -1);
	turns();
	ck_assert_uint_eq(server.messages, 1);
	ck_assert_uint_eq(server.closed, 0);
	ck_assert_uint_eq(client.closed, 1);
}
END_TEST

static void keep_fd(void *user, enum wire_status status,
		    struct wire_packet *packet)
{
	int *fd = user;

	ck_assert_int_eq(status, WIRE_OK);
	*fd = wire_take_fd(packet);
}

START_TEST(descriptors)
{
	struct end client = { 0 }, server = { 0 };
	struct nitpicker_buffer buffer = { .w = 8, .h = 8 };
	struct nitpicker_buffer_made made = { .bytes = 4096, .stride = 32 };
	unsigned before;
	int fd, got = -1;

	make_pair(&client, &server);
	before = open_fds();
	wire_request(client.wire, OP_nitpicker_buffer, &buffer, NULL, 0, -1,
		     keep_fd, &got);
	turns();
	fd = memory_create_buffer("test", 4096);
	wire_send(server.wire, OP_nitpicker_buffer_made, server.serial, &made,
		  NULL, 0, fd);
	close(fd);
	turns();
	ck_assert(memory_is_buffer(got, 4096));
	ck_assert(fcntl(got, F_GETFD) & FD_CLOEXEC);
	close(got);
	ck_assert_uint_eq(open_fds(), before);
	finish(&client);
	finish(&server);
}
END_TEST

Suite *wire_suite(void)
{
	Suite *suite = suite_create("wire");
	TCase *tcase = tcase_create("wire");

	tcase_add_checked_fixture(tcase, ends_setup, ends_teardown);
	tcase_add_test(tcase, talk);
	tcase_add_test(tcase, other_protocol);
	tcase_add_test(tcase, requests_end);
	tcase_add_test(tcase, own_mistakes);
	tcase_add_test(tcase, destroyed_inside);
	tcase_add_test(tcase, descriptors);
	suite_add_tcase(suite, tcase);
	return suite;
}
