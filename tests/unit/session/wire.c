/*
 * Two ends of a wire in one loop, and ends that face a raw socket.
 */
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/memory.h"
#include "sample.h"
#include "suites.h"

struct end {
	struct wire *wire;
	unsigned messages, answers, closed, drained;
	uint16_t opcode; /* of the last message */
	uint32_t serial;
	enum wire_status status; /* of the last answer */
	char reason[128];
	bool answer; /* requests at once */
	bool destroy; /* the wire, at the first message */
};

static struct loop *loop;
static int raw; /* the other side of an end without a wire */

static void message(void *user, struct wire_packet *packet)
{
	struct end *end = user;

	end->messages++;
	end->opcode = packet->message->opcode;
	end->serial = packet->serial;
	if (end->answer && packet->message->kind == WIRE_REQUEST)
		wire_answer(end->wire, packet->serial, WIRE_DENIED);
	if (end->destroy)
		wire_destroy(end->wire);
}

static void closed(void *user, const char *reason)
{
	struct end *end = user;

	end->closed++;
	snprintf(end->reason, sizeof(end->reason), "%s", reason ? reason : "");
	wire_destroy(end->wire);
	end->wire = NULL;
}

static void drained(void *user)
{
	struct end *end = user;

	end->drained++;
}

static void answered(void *user, enum wire_status status,
		     struct wire_packet *packet)
{
	struct end *end = user;

	(void)packet;
	end->answers++;
	end->status = status;
}

static const struct wire_handler handler = {
	.message = message,
	.closed = closed,
	.drained = drained,
};

static void setup(void)
{
	loop = loop_create();
	raw = -1;
}

static void teardown(void)
{
	if (raw >= 0)
		close(raw);
	loop_destroy(loop);
}

static void turns(void)
{
	for (int i = 0; i < 40; i++)
		loop_turn(loop, 0);
}

static void open_pair(int fds[2])
{
	ck_assert_int_eq(
		socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, fds), 0);
}

static struct wire *make(struct end *end, int fd, enum wire_side side,
			 const struct wire_protocol *protocol)
{
	end->wire = wire_create(loop, fd, side, protocol, "test", false,
				&handler, end);
	return end->wire;
}

static void make_pair(struct end *client, struct end *server)
{
	int fds[2];

	open_pair(fds);
	make(client, fds[0], WIRE_CLIENT, &nitpicker_protocol);
	make(server, fds[1], WIRE_SERVER, &nitpicker_protocol);
}

/* A server that faces `raw`. */
static void make_server(struct end *server)
{
	int fds[2];

	open_pair(fds);
	raw = fds[0];
	make(server, fds[1], WIRE_SERVER, &nitpicker_protocol);
}

static void finish(struct end *end)
{
	wire_destroy(end->wire);
}

static int raw_send(const void *bytes, size_t length, const int *fds,
		    unsigned count)
{
	char control[CMSG_SPACE(8 * sizeof(int))] = { 0 };
	struct iovec part = { .iov_base = (void *)bytes, .iov_len = length };
	struct msghdr header = { .msg_iov = &part, .msg_iovlen = 1 };

	if (count) {
		struct cmsghdr *c = (struct cmsghdr *)control;

		c->cmsg_level = SOL_SOCKET;
		c->cmsg_type = SCM_RIGHTS;
		c->cmsg_len = CMSG_LEN(count * sizeof(int));
		memcpy(CMSG_DATA(c), fds, count * sizeof(int));
		header.msg_control = control;
		header.msg_controllen = c->cmsg_len;
	}
	return (int)sendmsg(raw, &header, MSG_DONTWAIT | MSG_NOSIGNAL);
}

/* The least packet of a message of the Nitpicker protocol. */
static void raw_message(uint16_t opcode)
{
	const struct wire_message *of = wire_find(&nitpicker_protocol, opcode);
	unsigned char packet[WIRE_PACKET_MAX];
	size_t length = sample_packet(of, SAMPLE_LEAST, 0, packet);

	ck_assert_int_eq(raw_send(packet, length, NULL, 0), (int)length);
}

static void raw_hello_of(const char *protocol, uint32_t version)
{
	struct {
		struct wire_header header;
		struct wire_hello body;
	} hello = {
		.header = { .opcode = OP_wire_hello, .size = sizeof(hello) },
		.body = { .magic = WIRE_MAGIC, .version = version },
	};

	wire_set(&hello.body.protocol, protocol);
	raw_send(&hello, sizeof(hello), NULL, 0);
}

static void raw_hello(void)
{
	raw_hello_of(SERVICE_NITPICKER, nitpicker_protocol.version);
}

static unsigned open_fds(void)
{
	DIR *folder = opendir("/proc/self/fd");
	unsigned count = 0;

	while (readdir(folder))
		count++;
	closedir(folder);
	return count;
}

/* ---- both ends ours ---- */

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

/* ---- a raw peer ---- */

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
	raw = fds[0];
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
	raw = fds[0];
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
		close(raw);
		raw = -1;
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
	loop_turn(loop, 0);
	ck_assert_uint_le(server.messages, WIRE_TURN_MAX);
	ck_assert_uint_gt(server.messages, 0);
	turns();
	ck_assert_uint_eq(server.messages, WIRE_TURN_MAX + 10);
	finish(&server);
}
END_TEST

/* Reads all that `raw` gets; returns the number of packets. */
static unsigned raw_read(void)
{
	char bytes[WIRE_PACKET_MAX];
	unsigned count = 0;

	while (recv(raw, bytes, sizeof(bytes), MSG_DONTWAIT) > 0)
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
		close(raw);
		raw = -1;
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

Suite *wire_suite(void)
{
	Suite *suite = suite_create("wire");
	TCase *tcase = tcase_create("wire");

	tcase_add_checked_fixture(tcase, setup, teardown);
	tcase_add_test(tcase, talk);
	tcase_add_test(tcase, other_protocol);
	tcase_add_test(tcase, requests_end);
	tcase_add_test(tcase, own_mistakes);
	tcase_add_test(tcase, destroyed_inside);
	tcase_add_test(tcase, descriptors);
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
	tcase_add_test(tcase, queue_full);
	tcase_add_test(tcase, answers_pile_up);
	tcase_add_test(tcase, last_queued);
	tcase_add_test(tcase, death_at_every_step);
	tcase_add_test(tcase, failed_by_owner);
	suite_add_tcase(suite, tcase);
	return suite;
}
