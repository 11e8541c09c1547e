/*
 * libnitpicker, and a server that dies.
 */
#include <string.h>
#include <unistd.h>

#include "base/memory.h"
#include "home.h"
#include "session/records.h"
#include "suites.h"

static struct home home;
static struct peer server; /* in the parent's thread: Nitpicker */

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

	home_note(of, packet);
	if (packet->message->opcode != OP_parent_session_open)
		return;
	opened.id += home.seen.opens;
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

	home_open(&home, home_start, open_nitpicker, NULL);
	nitpicker = nitpicker_open(home.loop, home.parent, "", &app_handler,
				   NULL, NULL);
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
		loop_turn(home.loop, -1);
	picker.die = true;
	draw(nitpicker);
	draw(nitpicker);
	while (app.shown < 3)
		loop_turn(home.loop, -1);
	/* What was held was released, and info came anew. */
	while (app.presses < 2)
		loop_turn(home.loop, -1);
	ck_assert_uint_eq(app.releases, 1);
	ck_assert_uint_eq(app.infos, 1);
	draw(nitpicker);
	while (app.shown < 4)
		loop_turn(home.loop, -1);
	nitpicker_close(nitpicker);
	home_close(&home);
	ck_assert_uint_eq(home.seen.opens, 2);
	ck_assert_uint_eq(picker.buffers, 2);
	ck_assert_uint_eq(picker.adopted, 1);
	/* Its first view was stacked, and is again. */
	ck_assert_uint_eq(picker.fronts, 2);
	ck_assert_uint_eq(home.seen.donated, SESSION_OVERHEAD + 16384 + 32768);
}
END_TEST

Suite *nitpicker_suite(void)
{
	Suite *suite = suite_create("nitpicker");
	TCase *tcase = tcase_create("nitpicker");

	tcase_set_timeout(tcase, 20);
	tcase_add_test(tcase, server_dies);
	suite_add_tcase(suite, tcase);
	return suite;
}
