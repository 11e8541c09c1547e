/*
 * The session with the parent, Framebuffer, Input and Nitpicker, against a
 * parent in a thread.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/alloc.h"
#include "base/memory.h"
#include "peer.h"
#include "session/frames.h"
#include "session/records.h"
#include "suites.h"

static struct loop *loop;
static struct parent *parent;
static struct peer peer; /* the parent */
static struct peer server; /* in its thread: Nitpicker */

/* Seen by the parent; to be read after finish(). */
static struct {
	unsigned announces, accepts, denies, closes, revokes, reports, opens;
	uint64_t donated;
	uint32_t last_reason;
	char report[64];
} seen;

static void send_config(struct peer *of, const char *text)
{
	struct parent_config body = { .line = 7, .column = 3 };
	int fd = memory_create_blob("config", text, strlen(text));

	wire_set(&body.file, "test.xml");
	wire_send(of->wire, OP_parent_config, 0, &body, NULL, 0, fd);
	close(fd);
}

static void start_with_config(struct peer *of, struct wire_packet *packet)
{
	struct parent_resource resource = { .quota = 1 << 20, .used = 1 };

	(void)packet;
	wire_send(of->wire, OP_parent_resource, 0, &resource, NULL, 0, -1);
	send_config(of, "<config mode=\"x\"/>");
}

static void keep_report(struct wire_packet *packet)
{
	size_t bytes;
	char *text = memory_read_blob(packet->fd, LIMIT_REPORT, &bytes);

	seen.reports++;
	snprintf(seen.report, sizeof(seen.report), "%s", text ? text : "");
	free(text);
}

/* What every parent here does. */
static void note(struct peer *of, struct wire_packet *packet)
{
	const struct parent_session_open *open = packet->body;
	const struct parent_session_upgrade *upgrade = packet->body;
	const struct parent_deny *deny = packet->body;

	switch (packet->message->opcode) {
	case OP_parent_announce:
		seen.announces++;
		break;
	case OP_parent_accept:
		seen.accepts++;
		break;
	case OP_parent_deny:
		seen.denies++;
		seen.last_reason = deny->reason;
		break;
	case OP_parent_session_open:
		seen.opens++;
		seen.donated = open->ram_quota;
		return; /* answered by others */
	case OP_parent_session_upgrade:
		seen.donated += upgrade->bytes;
		break;
	case OP_parent_session_close:
	case OP_parent_closed:
		seen.closes++;
		break;
	case OP_parent_session_revoke:
		seen.revokes++;
		break;
	case OP_parent_report:
		keep_report(packet);
		break;
	default:
		break;
	}
	if (packet->message->kind == WIRE_REQUEST)
		wire_answer(of->wire, packet->serial, WIRE_OK);
}

static void connect_parent(peer_fn *start, peer_fn *message,
			   const struct parent_handler *handler)
{
	char number[16];
	int fd = peer_start(&peer, &parent_protocol, start, message, NULL);

	snprintf(number, sizeof(number), "%d", fd);
	setenv("NITPICKER_PARENT", number, 1);
	setenv("NITPICKER_REPORTS", "views focus", 1);
	loop = loop_create();
	parent = parent_connect(loop, handler, NULL);
	ck_assert_ptr_nonnull(parent);
	ck_assert_ptr_null(getenv("NITPICKER_PARENT"));
}

static void finish(void)
{
	parent_destroy(parent);
	peer_stop(&peer);
	loop_destroy(loop);
}

/* ---- parent ---- */

static unsigned configs;
static char mode[16];

static void config_changed(void *user, const struct config_node *root)
{
	(void)user;
	configs++;
	snprintf(mode, sizeof(mode), "%s", config_value(root, "mode"));
}

static void store_means_config(struct peer *of, struct wire_packet *packet)
{
	note(of, packet);
	if (packet->message->opcode != OP_parent_store)
		return;
	send_config(of, "<config mode=\"broken\">");
	send_config(of, "<config mode=\"y\"/>");
}

START_TEST(config_and_change)
{
	static const struct parent_handler handler = {
		.config = config_changed,
	};
	const struct config_node *root;

	connect_parent(start_with_config, store_means_config, &handler);
	root = parent_config(parent);
	ck_assert_str_eq(config_value(root, "mode"), "x");
	ck_assert_uint_eq(root->line, 7);
	ck_assert_int_eq(parent_store(parent, "name", "abc", 3), WIRE_OK);
	ck_assert_int_eq(parent_store(parent, "../x", "abc", 3), WIRE_INVALID);
	while (!configs)
		loop_turn(loop, -1);
	ck_assert_str_eq(mode, "y");
	ck_assert_ptr_eq(parent_config(parent), parent_config(parent));
	finish();
}
END_TEST

START_TEST(reports)
{
	connect_parent(start_with_config, note, NULL);
	ck_assert(parent_report_wanted(parent, "focus"));
	ck_assert(!parent_report_wanted(parent, "foc"));
	parent_report(parent, "", "hover", "<no/>");
	for (int i = 0; i < 2000; i++)
		parent_report(parent, "", "views", "<views/>");
	parent_report(parent, "", "views", "<last/>");
	parent_report(parent, "a -> b", "focus", "<focus/>");
	/* All is out when a later request is answered and nothing waits. */
	for (int i = 0; i < 100; i++)
		loop_turn(loop, 0);
	parent_report(parent, "", "views", "<last/>");
	parent_exit(parent, 3, "the %s", "end");
	for (int i = 0; i < 100; i++)
		loop_turn(loop, 0);
	ck_assert_int_eq(parent_start(parent, "entry"), WIRE_OK);
	finish();
	ck_assert_str_eq(seen.report, "<last/>");
	ck_assert_uint_gt(seen.reports, 2);
}
END_TEST

START_TEST(never_lost)
{
	connect_parent(start_with_config, note, NULL);
	/* More than the queue and the socket hold. */
	for (uint32_t i = 0; i < 3000; i++)
		parent_revoke(parent, i, REVOKE_MALFORMED);
	ck_assert_int_eq(parent_start(parent, "entry"), WIRE_OK);
	while (true) {
		/* Answers bring the rest out, so each turn has something to do
		 * until all were sent. */
		if (!loop_turn(loop, 0))
			break;
		if (parent_start(parent, "again") != WIRE_OK)
			break;
		if (__atomic_load_n(&seen.revokes, __ATOMIC_RELAXED) == 3000)
			break;
	}
	finish();
	ck_assert_uint_eq(seen.revokes, 3000);
}
END_TEST

START_TEST(no_parent)
{
	setenv("NITPICKER_PARENT", "/nonexistent/socket", 1);
	loop = loop_create();
	ck_assert_ptr_null(parent_connect(loop, NULL, NULL));
	setenv("NITPICKER_PARENT", "0", 1);
	ck_assert_ptr_null(parent_connect(loop, NULL, NULL));
	setenv("NITPICKER_PARENT", "12x", 1);
	ck_assert_ptr_null(parent_connect(loop, NULL, NULL));
	loop_destroy(loop);
}
END_TEST

START_TEST(runtime_folder)
{
	char folder[] = "/tmp/unit_session_XXXXXX", *path, *expected;

	ck_assert_ptr_nonnull(mkdtemp(folder));
	setenv("XDG_RUNTIME_DIR", folder, 1);
	path = runtime_directory();
	expected = xasprintf("%s/nitpicker", folder);
	ck_assert_str_eq(path, expected);
	free(path);
	rmdir(expected);
	/* A link that somebody put there is not followed. */
	ck_assert_int_eq(symlink("/tmp", expected), 0);
	ck_assert_ptr_null(runtime_directory());
	unlink(expected);
	rmdir(folder);
	free(expected);
}
END_TEST

/* ---- a Framebuffer, both halves: the parent connects them ---- */

static struct {
	unsigned refreshes, frames, connected;
	int64_t area;
	uint64_t last_ns, least_gap;
} shown;

static void on_refresh(void *user, const struct rect *rects, size_t count,
		       bool end)
{
	uint64_t now = loop_now();

	(void)user;
	ck_assert(end);
	shown.refreshes++;
	for (size_t i = 0; i < count; i++)
		shown.area += rect_area(rects[i]);
	if (shown.last_ns && now - shown.last_ns < shown.least_gap)
		shown.least_gap = now - shown.last_ns;
	shown.last_ns = now;
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

	note(of, packet);
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

static void client_message(void *user, struct wire_packet *packet)
{
	const struct frame_shown *body = packet->body;

	(void)user;
	switch (packet->message->opcode) {
	case OP_frame_shown:
		ck_assert_uint_eq(body->frame, last_frame + 1);
		last_frame = body->frame;
		frames_shown++;
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
		loop_turn(loop, -1);
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
	connect_parent(start_with_config, request_sessions, NULL);
	provider = framebuffer_server_create(loop, parent, "test",
					     &provider_handler, NULL);
	set_mode(provider, 100, rate);
	while (!shown.connected)
		loop_turn(loop, -1);
	second = loop_add_fd(loop, second_fd, LOOP_READ, second_is_denied,
			     &denied);
	while (!denied)
		loop_turn(loop, -1);
	loop_remove(second);
	close(second_fd);
	client = wire_create(loop, client_fd, WIRE_CLIENT,
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
	finish();
	ck_assert_uint_eq(seen.accepts, 1);
	ck_assert_uint_eq(seen.denies, 1);
	ck_assert_uint_eq(seen.last_reason, WIRE_BUSY);
	ck_assert_uint_eq(seen.closes, 1);
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
		loop_turn(loop, -1);
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
			loop_turn(loop, -1);
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
		loop_turn(loop, -1);
	framebuffer_server_set_hidden(provider, true);
	send_frame(2);
	for (int i = 0; i < 4; i++)
		loop_turn(loop, 30);
	ck_assert_uint_eq(frames_shown, 1); /* once a second */
	framebuffer_server_set_hidden(provider, false);
	while (frames_shown < 2)
		loop_turn(loop, -1);
	ck_assert_uint_eq(exposed, 1);
	ck_assert_uint_eq(hidden_frames, 0);
	framebuffer_server_set_hidden(provider, true);
	send_frame(3);
	while (frames_shown < 3)
		loop_turn(loop, -1);
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
		loop_turn(loop, -1);
	area = shown.area;
	set_mode(provider, 200, 0);
	send_frame(2); /* still of the old buffer: nothing to show */
	while (frames_shown < 2 || !mode_changes)
		loop_turn(loop, -1);
	ck_assert_int_eq(shown.area, area);
	ck_assert_int_eq(ask(OP_framebuffer_buffer), WIRE_BUSY);
	ck_assert_int_eq(ask(OP_framebuffer_mode), WIRE_OK);
	set_mode(provider, 100, 0);
	ck_assert_int_eq(ask(OP_framebuffer_buffer), WIRE_BUSY);
	ck_assert_int_eq(ask(OP_framebuffer_mode), WIRE_OK);
	ck_assert_int_eq(ask(OP_framebuffer_buffer), WIRE_OK);
	send_frame(3);
	while (frames_shown < 3)
		loop_turn(loop, -1);
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

/* ---- libnitpicker, and a server that dies ---- */

static struct {
	unsigned buffers, adopted, executes, refreshes, records, fronts;
	bool die; /* at the next refresh */
} picker;

static void nitpicker_server(struct peer *of, struct wire_packet *packet)
{
	const struct nitpicker_buffer *buffer = packet->body;
	const struct frame_refresh *refresh = packet->body;
	struct nitpicker_buffer_made made;
	struct record_walk walk;
	struct record record;
	int fd;

	switch (packet->message->opcode) {
	case OP_nitpicker_buffer:
		picker.buffers++;
		made = (struct nitpicker_buffer_made){
			.stride = buffer->w * 4,
			.bytes = page_round(buffer->w * 4 * buffer->h),
		};
		fd = memory_create_buffer("test", made.bytes);
		wire_send(of->wire, OP_nitpicker_buffer_made, packet->serial,
			  &made, NULL, 0, fd);
		close(fd);
		break;
	case OP_nitpicker_adopt:
		picker.adopted += memory_is_buffer(
			packet->fd, page_round(buffer->w * 4 * buffer->h));
		wire_answer(of->wire, packet->serial, WIRE_OK);
		break;
	case OP_nitpicker_execute:
		picker.executes++;
		walk = record_walk(packet);
		while (record_next(&walk, &record)) {
			picker.records++;
			picker.fronts += record.op == OP_view_front;
		}
		break;
	case OP_frame_refresh:
		picker.refreshes++;
		if (picker.die) {
			picker.die = false;
			peer_end(of);
		} else if (refresh->end) {
			struct frame_shown body = { .frame = refresh->frame };

			wire_send(of->wire, OP_frame_shown, 0, &body, NULL, 0,
				  -1);
		}
		break;
	default:
		if (packet->message->kind == WIRE_REQUEST)
			wire_answer(of->wire, packet->serial, WIRE_DENIED);
		break;
	}
}

static void open_nitpicker(struct peer *of, struct wire_packet *packet)
{
	struct parent_session_opened opened = { .id = 40 };
	struct nitpicker_info info = { .w = 640, .h = 480, .scale = 100 };
	struct input_event press = { .type = INPUT_PRESS, .code = 30 };
	int fd;

	note(of, packet);
	if (packet->message->opcode != OP_parent_session_open)
		return;
	opened.id += seen.opens;
	fd = peer_add(of, &server, &nitpicker_protocol, nitpicker_server, NULL);
	wire_send(server.wire, OP_nitpicker_info, 0, &info, NULL, 0, -1);
	wire_send(server.wire, OP_input_events, 0, NULL, &press, 1, -1);
	wire_send(of->wire, OP_parent_session_opened, packet->serial, &opened,
		  NULL, 0, fd);
	close(fd);
}

static struct {
	unsigned shown, presses, releases, infos;
	uint32_t frame;
} app;

static void app_shown(void *user, const struct frame_shown *body)
{
	(void)user;
	ck_assert_uint_eq(body->frame, app.frame + 1);
	app.frame = body->frame;
	app.shown++;
}

static void app_event(void *user, const struct input_event *event)
{
	(void)user;
	app.presses += event->type == INPUT_PRESS;
	app.releases += event->type == INPUT_RELEASE;
}

static void app_info(void *user, const struct nitpicker_info *info)
{
	(void)user;
	ck_assert_uint_eq(info->w, 640);
	app.infos++;
}

static const struct nitpicker_handler app_handler = {
	.shown = app_shown,
	.event = app_event,
	.info = app_info,
};

static void draw(struct nitpicker *nitpicker)
{
	struct rect all = { 0, 0, 64, 64 };

	ck_assert_uint_ne(nitpicker_refresh(nitpicker, &all, 1), 0);
}

START_TEST(server_dies)
{
	struct nitpicker *nitpicker;
	uint32_t *pixels;

	connect_parent(start_with_config, open_nitpicker, NULL);
	nitpicker = nitpicker_open(loop, parent, "", &app_handler, NULL, NULL);
	ck_assert_ptr_nonnull(nitpicker);
	ck_assert_int_eq(
		nitpicker_set_buffer(nitpicker, 64, 64, FORMAT_XRGB8888),
		WIRE_OK);
	pixels = nitpicker_pixels(nitpicker);
	pixels[5] = 0x123456;
	ck_assert_int_eq(
		nitpicker_set_buffer(nitpicker, 128, 64, FORMAT_XRGB8888),
		WIRE_OK);
	ck_assert_uint_eq(nitpicker_stride(nitpicker), 512);
	ck_assert_uint_eq(((uint32_t *)nitpicker_pixels(nitpicker))[5],
			  0x123456);
	nitpicker_view_create(nitpicker, 1, 0);
	nitpicker_view_geometry(nitpicker, 1, (struct rect){ 1, 2, 64, 64 });
	nitpicker_view_title(nitpicker, 1, "One");
	nitpicker_view_create(nitpicker, 2, 1);
	nitpicker_view_create(nitpicker, 3, 2);
	nitpicker_view_destroy(nitpicker, 2);
	nitpicker_execute(nitpicker);
	draw(nitpicker);
	while (app.shown < 1 || app.presses < 1)
		loop_turn(loop, -1);
	picker.die = true;
	draw(nitpicker);
	draw(nitpicker);
	while (app.shown < 3)
		loop_turn(loop, -1);
	/* What was held was released, and info came anew. */
	while (app.presses < 2)
		loop_turn(loop, -1);
	ck_assert_uint_eq(app.releases, 1);
	ck_assert_uint_eq(app.infos, 1);
	draw(nitpicker);
	while (app.shown < 4)
		loop_turn(loop, -1);
	nitpicker_close(nitpicker);
	finish();
	ck_assert_uint_eq(seen.opens, 2);
	ck_assert_uint_eq(picker.buffers, 2);
	ck_assert_uint_eq(picker.adopted, 1);
	/* Its first view was stacked, and is again. */
	ck_assert_uint_eq(picker.fronts, 2);
	ck_assert_uint_eq(seen.donated, SESSION_OVERHEAD + 16384 + 32768);
}
END_TEST

static void deny_all(struct peer *of, struct wire_packet *packet)
{
	if (packet->message->kind == WIRE_REQUEST)
		wire_answer(of->wire, packet->serial, WIRE_NO_SERVICE);
}

START_TEST(denied)
{
	enum wire_status status = WIRE_OK;

	connect_parent(start_with_config, deny_all, NULL);
	ck_assert_ptr_null(
		nitpicker_open(loop, parent, "", &app_handler, NULL, &status));
	ck_assert_int_eq(status, WIRE_NO_SERVICE);
	ck_assert_ptr_null(
		framebuffer_open(loop, parent, NULL, NULL, NULL, &status));
	ck_assert_ptr_null(input_open(loop, parent, NULL, NULL, &status));
	ck_assert_int_eq(parent_file(parent, "name", &status), -1);
	ck_assert_int_eq(status, WIRE_NO_SERVICE);
	finish();
}
END_TEST

Suite *services_suite(void)
{
	Suite *suite = suite_create("services");
	TCase *tcase = tcase_create("services");

	tcase_set_timeout(tcase, 20);
	tcase_add_test(tcase, config_and_change);
	tcase_add_test(tcase, reports);
	tcase_add_test(tcase, never_lost);
	tcase_add_test(tcase, no_parent);
	tcase_add_test(tcase, runtime_folder);
	tcase_add_test(tcase, flood_of_frames);
	tcase_add_test(tcase, as_fast_as_asked);
	tcase_add_test(tcase, hidden_output);
	tcase_add_test(tcase, mode_changes_midway);
	tcase_add_test(tcase, runs_of_frames);
	tcase_add_test(tcase, server_dies);
	tcase_add_test(tcase, denied);
	suite_add_tcase(suite, tcase);
	return suite;
}
