/*
 * A Framebuffer, both halves: the parent connects them.
 */
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/memory.h"
#include "home.h"
#include "session/frames.h"
#include "suites.h"

static struct home home;

static struct {
	unsigned refreshes, frames, connected;
	int64_t area;
	uint64_t last_ns, least_gap;
} shown;

static void on_refresh(void *user, const struct rect *rects, size_t count,
		       bool end)
{
	(void)user;
	ck_assert(end);
	shown.refreshes++;
	for (size_t i = 0; i < count; i++)
		shown.area += rect_area(rects[i]);
}

static void on_connected(void *user, bool connected, const char *label)
{
	(void)user;
	(void)label;
	shown.connected += connected;
}

static const struct framebuffer_server_handler provider_handler = {
	.connected = on_connected,
	.refresh = on_refresh,
};

/* Clients' ends, handed over by the parent's thread: of the session, and of a
 * second one that is tried. */
static int client_fd, second_fd;

static void request_sessions(struct peer *of, struct wire_packet *packet)
{
	struct parent_session_request request = { .id = 5 };
	int fds[2][2];

	home_note(of, packet);
	if (packet->message->opcode != OP_parent_announce)
		return;
	wire_set(&request.service, SERVICE_FRAMEBUFFER);
	wire_set(&request.label, "client");
	/* The other thread takes them as soon as the requests arrive. */
	for (int i = 0; i < 2; i++)
		socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, fds[i]);
	client_fd = fds[0][0];
	second_fd = fds[1][0];
	for (int i = 0; i < 2; i++) {
		wire_send(of->wire, OP_parent_session_request, 0, &request,
			  NULL, 0, fds[i][1]);
		close(fds[i][1]);
		request.id++;
	}
}

static struct framebuffer_mode_info mode_of(uint32_t w, uint32_t rate)
{
	return (struct framebuffer_mode_info){
		.w = w,
		.h = 100,
		.stride = w * 4,
		.scale = 100,
		.refresh = rate,
	};
}

static void set_mode(struct framebuffer_server *of, uint32_t w, uint32_t rate)
{
	struct framebuffer_mode_info info = mode_of(w, rate);

	framebuffer_server_set_mode(of, &info,
				    memory_create_buffer("test", w * 400));
}

/* The client: a bare wire, so that nothing waits in this thread. */
static struct wire *client;
static unsigned frames_shown, hidden_frames, exposed, mode_changes, answers;
static uint32_t last_frame;
static enum wire_status last_status;

/* Frames are shown together, and then the next ones. */
static void shown_at(uint64_t ns)
{
	if (shown.last_ns && ns > shown.last_ns &&
	    ns - shown.last_ns < shown.least_gap)
		shown.least_gap = ns - shown.last_ns;
	shown.last_ns = ns;
}

static void client_message(void *user, struct wire_packet *packet)
{
	const struct frame_shown *body = packet->body;

	(void)user;
	switch (packet->message->opcode) {
	case OP_frame_shown:
		ck_assert_uint_eq(body->frame, last_frame + 1);
		last_frame = body->frame;
		frames_shown++;
		shown_at(body->time_ns);
		hidden_frames += body->hidden;
		break;
	case OP_frame_exposed:
		exposed++;
		break;
	case OP_framebuffer_mode_changed:
		mode_changes++;
		break;
	default:
		break;
	}
}

static void client_closed(void *user, const char *reason)
{
	(void)user;
	ck_abort_msg("closed: %s", reason);
}

static void client_answered(void *user, enum wire_status status,
			    struct wire_packet *packet)
{
	(void)user;
	(void)packet;
	last_status = status;
	answers++;
}

static const struct wire_handler client_handler = {
	.message = client_message,
	.closed = client_closed,
};

static enum wire_status ask(uint16_t opcode)
{
	unsigned before = answers;

	wire_request(client, opcode, NULL, NULL, 0, -1, client_answered, NULL);
	while (answers == before)
		loop_turn(home.loop, -1);
	return last_status;
}

static void send_frame(uint32_t number)
{
	struct frame_refresh body = { .frame = number, .end = 0 };
	struct rect16 rects[] = { { 0, 0, 10, 10 }, { 5, 5, 60000, 10 } };

	rects[1].w = LIMIT_SIDE;
	wire_post(client, OP_frame_refresh, &body, rects, 1, -1);
	body.end = 1;
	ck_assert_uint_ne(
		wire_post(client, OP_frame_refresh, &body, rects + 1, 1, -1),
		0);
}

/* A denied session's descriptor is closed. */
static void second_is_denied(void *user, int fd, uint32_t events)
{
	bool *denied = user;

	(void)fd;
	*denied = events & EPOLLHUP;
}

static struct framebuffer_server *provide(uint32_t rate)
{
	struct framebuffer_server *provider;
	struct loop_source *second;
	bool denied = false;

	shown.least_gap = UINT64_MAX;
	home_open(&home, home_start, request_sessions, NULL);
	provider = framebuffer_server_create(home.loop, home.parent, "test",
					     &provider_handler, NULL);
	set_mode(provider, 100, rate);
	while (!shown.connected)
		loop_turn(home.loop, -1);
	second = loop_add_fd(home.loop, second_fd, LOOP_READ, second_is_denied,
			     &denied);
	while (!denied)
		loop_turn(home.loop, -1);
	loop_remove(second);
	close(second_fd);
	client = wire_create(home.loop, client_fd, WIRE_CLIENT,
			     &framebuffer_protocol, "server", false,
			     &client_handler, NULL);
	ck_assert_int_eq(ask(OP_framebuffer_buffer), WIRE_BUSY);
	ck_assert_int_eq(ask(OP_framebuffer_mode), WIRE_OK);
	ck_assert_int_eq(ask(OP_framebuffer_buffer), WIRE_OK);
	return provider;
}

static void unprovide(struct framebuffer_server *provider)
{
	wire_destroy(client);
	framebuffer_server_destroy(provider);
	home_close(&home);
	ck_assert_uint_eq(home.seen.accepts, 1);
	ck_assert_uint_eq(home.seen.denies, 1);
	ck_assert_uint_eq(home.seen.last_reason, WIRE_BUSY);
	ck_assert_uint_eq(home.seen.closes, 1);
}

START_TEST(flood_of_frames)
{
	struct framebuffer_server *provider = provide(50000); /* 20 ms */
	uint64_t start = loop_now();
	unsigned sent = 0;

	while (frames_shown < 400) {
		/* As many as the socket takes, all the time. */
		while (sent < 400 && wire_space(client) == WIRE_QUEUE_MAX)
			send_frame(++sent);
		loop_turn(home.loop, -1);
	}
	start = loop_now() - start;
	ck_assert_uint_eq(last_frame, 400);
	ck_assert_uint_le(shown.refreshes, start / 20000000 + 2);
	if (shown.refreshes > 1)
		ck_assert_uint_ge(shown.least_gap, 10000000);
	/* Both rectangles, clipped, each pixel once. */
	ck_assert_int_eq(shown.area, (100 + 950 - 25) * shown.refreshes);
	unprovide(provider);
}
END_TEST

START_TEST(as_fast_as_asked)
{
	struct framebuffer_server *provider = provide(0);

	for (uint32_t i = 1; i <= 100; i++) {
		send_frame(i);
		while (frames_shown < i)
			loop_turn(home.loop, -1);
	}
	ck_assert_uint_eq(shown.refreshes, 100);
	unprovide(provider);
}
END_TEST

START_TEST(hidden_output)
{
	struct framebuffer_server *provider = provide(60000);

	send_frame(1);
	while (frames_shown < 1)
		loop_turn(home.loop, -1);
	framebuffer_server_set_hidden(provider, true);
	send_frame(2);
	for (int i = 0; i < 4; i++)
		loop_turn(home.loop, 30);
	ck_assert_uint_eq(frames_shown, 1); /* once a second */
	framebuffer_server_set_hidden(provider, false);
	while (frames_shown < 2)
		loop_turn(home.loop, -1);
	ck_assert_uint_eq(exposed, 1);
	ck_assert_uint_eq(hidden_frames, 0);
	framebuffer_server_set_hidden(provider, true);
	send_frame(3);
	while (frames_shown < 3)
		loop_turn(home.loop, -1);
	ck_assert_uint_eq(hidden_frames, 1);
	unprovide(provider);
}
END_TEST

START_TEST(mode_changes_midway)
{
	struct framebuffer_server *provider = provide(0);
	int64_t area;

	send_frame(1);
	while (frames_shown < 1)
		loop_turn(home.loop, -1);
	area = shown.area;
	set_mode(provider, 200, 0);
	send_frame(2); /* still of the old buffer: nothing to show */
	while (frames_shown < 2 || !mode_changes)
		loop_turn(home.loop, -1);
	ck_assert_int_eq(shown.area, area);
	ck_assert_int_eq(ask(OP_framebuffer_buffer), WIRE_BUSY);
	ck_assert_int_eq(ask(OP_framebuffer_mode), WIRE_OK);
	set_mode(provider, 100, 0);
	ck_assert_int_eq(ask(OP_framebuffer_buffer), WIRE_BUSY);
	ck_assert_int_eq(ask(OP_framebuffer_mode), WIRE_OK);
	ck_assert_int_eq(ask(OP_framebuffer_buffer), WIRE_OK);
	send_frame(3);
	while (frames_shown < 3)
		loop_turn(home.loop, -1);
	ck_assert_int_eq(shown.area, 2 * area);
	ck_assert_int_eq(ask(OP_framebuffer_mode), WIRE_OK);
	unprovide(provider);
}
END_TEST

START_TEST(runs_of_frames)
{
	struct frame_runs runs = { 0 }, other = { 0 };

	for (uint32_t i = 1; i < 100000; i++)
		ck_assert(frame_runs_add(&runs, i, 1));
	ck_assert_uint_eq(runs.count, 1);
	for (uint32_t i = 1; i < FRAME_RUNS_MAX; i++)
		ck_assert(frame_runs_add(&runs, i * 500000, 1));
	ck_assert(!frame_runs_add(&runs, 7, 1));
	ck_assert(frame_runs_move(&other, &runs));
	ck_assert_uint_eq(runs.count, 0);
	ck_assert_uint_eq(other.count, FRAME_RUNS_MAX);
	ck_assert(frame_runs_add(&runs, 9, 1));
	ck_assert(!frame_runs_move(&other, &runs));
}
END_TEST

Suite *framebuffer_suite(void)
{
	Suite *suite = suite_create("framebuffer");
	TCase *tcase = tcase_create("framebuffer");

	tcase_set_timeout(tcase, 20);
	tcase_add_test(tcase, flood_of_frames);
	tcase_add_test(tcase, as_fast_as_asked);
	tcase_add_test(tcase, hidden_output);
	tcase_add_test(tcase, mode_changes_midway);
	tcase_add_test(tcase, runs_of_frames);
	suite_add_tcase(suite, tcase);
	return suite;
}
