/*
 * Calls that wait.
 */
#include <signal.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/memory.h"
#include "peer.h"
#include "suites.h"

static struct loop *loop;
static struct peer peer;
static unsigned order[64], ordered; /* frames of the events, as they came */
static unsigned inside; /* events while a call waits */
static bool waiting;
static unsigned closed_count;
static struct wire *wire;

static void message(void *user, struct wire_packet *packet)
{
	const struct frame_shown *shown = packet->body;

	(void)user;
	inside += waiting;
	if (packet->message->opcode == OP_frame_shown && ordered < 64)
		order[ordered++] = shown->frame;
}

static void closed(void *user, const char *reason)
{
	(void)user;
	(void)reason;
	closed_count++;
}

static const struct wire_handler handler = {
	.message = message,
	.closed = closed,
};

static void connect_to(peer_fn *start, peer_fn *fn)
{
	int fd = peer_start(&peer, &nitpicker_protocol, start, fn, NULL);

	loop = loop_create();
	wire = wire_create(loop, fd, WIRE_CLIENT, &nitpicker_protocol, "test",
			   false, &handler, NULL);
}

static void disconnect(void)
{
	wire_destroy(wire);
	peer_stop(&peer);
	loop_destroy(loop);
}

static void show(struct peer *of, uint32_t frame)
{
	struct frame_shown shown = { .frame = frame };

	wire_send(of->wire, OP_frame_shown, 0, &shown, NULL, 0, -1);
}

/* Events around the answer, more than one turn takes. */
static void interleave(struct peer *of, struct wire_packet *packet)
{
	if (packet->message->kind != WIRE_REQUEST)
		return;
	for (uint32_t i = 1; i <= 40; i++)
		show(of, i);
	wire_answer(of->wire, packet->serial, WIRE_DENIED);
	for (uint32_t i = 41; i <= 50; i++)
		show(of, i);
}

static enum wire_status call(void)
{
	struct input_grab grab = { .on = 1 };
	enum wire_status status;

	waiting = true;
	status = wire_call(wire, OP_input_grab, &grab, -1, NULL, NULL);
	waiting = false;
	return status;
}

START_TEST(events_in_order)
{
	connect_to(NULL, interleave);
	ck_assert_int_eq(call(), WIRE_DENIED);
	ck_assert_uint_eq(ordered, 0);
	while (ordered < 50)
		loop_turn(loop, -1);
	ck_assert_uint_eq(inside, 0);
	for (unsigned i = 0; i < 50; i++)
		ck_assert_uint_eq(order[i], i + 1);
	disconnect();
}
END_TEST

static void make_buffer(struct peer *of, struct wire_packet *packet)
{
	struct nitpicker_buffer_made made = { .bytes = 4096, .stride = 64 };
	int fd = memory_create_buffer("test", 4096);

	wire_send(of->wire, OP_nitpicker_buffer_made, packet->serial, &made,
		  NULL, 0, fd);
	close(fd);
}

START_TEST(answer_with_fd)
{
	struct nitpicker_buffer body = { .w = 16, .h = 16 };
	struct nitpicker_buffer_made made;
	int fd;

	connect_to(NULL, make_buffer);
	ck_assert_int_eq(
		wire_call(wire, OP_nitpicker_buffer, &body, -1, &made, &fd),
		WIRE_OK);
	ck_assert_uint_eq(made.stride, 64);
	ck_assert(memory_is_buffer(fd, 4096));
	close(fd);
	/* Nobody wants it: it is closed. */
	ck_assert_int_eq(
		wire_call(wire, OP_nitpicker_buffer, &body, -1, NULL, NULL),
		WIRE_OK);
	body.w = 0;
	ck_assert_int_eq(
		wire_call(wire, OP_nitpicker_buffer, &body, -1, &made, &fd),
		WIRE_INVALID);
	disconnect();
}
END_TEST

static void die(struct peer *of, struct wire_packet *packet)
{
	(void)packet;
	show(of, 1);
	peer_end(of);
}

START_TEST(dead_peer)
{
	connect_to(NULL, die);
	ck_assert_int_eq(call(), WIRE_GONE);
	ck_assert_int_eq(call(), WIRE_GONE);
	ck_assert_uint_eq(closed_count, 0);
	while (!closed_count)
		loop_turn(loop, -1);
	ck_assert_uint_eq(closed_count, 1);
	disconnect();
}
END_TEST

static void count(struct peer *of, struct wire_packet *packet)
{
	if (packet->message->kind == WIRE_REQUEST)
		wire_answer(of->wire, packet->serial, WIRE_OK);
}

/* The queue is full when the call comes. */
START_TEST(call_behind_queue)
{
	struct frame_refresh refresh = { .frame = 1, .end = 1 };
	unsigned sent = 0;

	connect_to(NULL, count);
	while (sent < 5000 &&
	       wire_post(wire, OP_frame_refresh, &refresh, NULL, 0, -1))
		sent++;
	ck_assert_int_eq(call(), WIRE_OK);
	ck_assert(wire_wait_space(wire, WIRE_QUEUE_MAX));
	disconnect();
}
END_TEST

static void send_info(struct peer *of, struct wire_packet *packet)
{
	struct nitpicker_info info = {
		.w = 640, .h = 480, .scale = 100, .refresh = 60000
	};

	(void)packet;
	for (uint32_t i = 1; i <= 3; i++)
		show(of, i);
	wire_send(of->wire, OP_nitpicker_info, 0, &info, NULL, 0, -1);
}

START_TEST(wait_for_event)
{
	struct nitpicker_info info;

	connect_to(send_info, count);
	ck_assert(wire_wait_event(wire, OP_nitpicker_info, &info, NULL));
	ck_assert_uint_eq(info.w, 640);
	ck_assert_uint_eq(ordered, 0);
	while (ordered < 3)
		loop_turn(loop, -1);
	ck_assert_uint_eq(order[2], 3);
	disconnect();
}
END_TEST

/* An event that was kept during a call is found. */
START_TEST(wait_for_kept_event)
{
	struct nitpicker_info info;

	connect_to(send_info, count);
	ck_assert_int_eq(call(), WIRE_OK);
	ck_assert(wire_wait_event(wire, OP_nitpicker_info, &info, NULL));
	while (ordered < 3)
		loop_turn(loop, -1);
	disconnect();
}
END_TEST

static void stop(void *user, int signo)
{
	(void)signo;
	loop_stop(user, 0);
}

/* A program that waits for ever can be asked to end. */
START_TEST(signal_ends_waiting)
{
	int fds[2], status;
	pid_t pid;

	ck_assert_int_eq(pipe(fds), 0);
	pid = fork();
	if (!pid) {
		int pair[2];

		close(fds[0]);
		/* The runner has a handler of its own for all its children. */
		signal(SIGTERM, SIG_DFL);
		socketpair(AF_UNIX, SOCK_SEQPACKET, 0, pair);
		loop = loop_create();
		loop_on_signal(loop, SIGTERM, stop, loop);
		wire = wire_create(loop, pair[0], WIRE_CLIENT,
				   &nitpicker_protocol, "test", false, &handler,
				   NULL);
		if (write(fds[1], "x", 1) != 1)
			_exit(1);
		call();
		_exit(2);
	}
	close(fds[1]);
	ck_assert_int_eq(read(fds[0], &status, 1), 1);
	close(fds[0]);
	kill(pid, SIGTERM);
	ck_assert_int_eq(waitpid(pid, &status, 0), pid);
	ck_assert(WIFSIGNALED(status) && WTERMSIG(status) == SIGTERM);
}
END_TEST

Suite *call_suite(void)
{
	Suite *suite = suite_create("call");
	TCase *tcase = tcase_create("call");

	tcase_add_test(tcase, events_in_order);
	tcase_add_test(tcase, answer_with_fd);
	tcase_add_test(tcase, dead_peer);
	tcase_add_test(tcase, call_behind_queue);
	tcase_add_test(tcase, wait_for_event);
	tcase_add_test(tcase, wait_for_kept_event);
	tcase_add_test(tcase, signal_ends_waiting);
	suite_add_tcase(suite, tcase);
	return suite;
}
