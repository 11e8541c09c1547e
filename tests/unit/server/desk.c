#include "desk.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"

static void note(struct desk *desk, const char *text)
{
	size_t used = strlen(desk->log);

	if (used + strlen(text) + 2 < sizeof(desk->log)) {
		if (used)
			strcat(desk->log, " ");
		strcat(desk->log, text);
	}
}

/* +30 press, -30 release, ~ motion, < leave of hover, ( ) focus, w wheel,
 * c character, t u touch. */
static void got_event(void *user, struct session *session,
		      const struct input_event *event)
{
	static const char signs[] = "+-c~rwtu()<";
	char text[96];

	if (event->type <= INPUT_CHARACTER || event->type == INPUT_TOUCH ||
	    event->type == INPUT_UNTOUCH)
		snprintf(text, sizeof(text), "%s%c%u", session->label,
			 signs[event->type], event->code);
	else
		snprintf(text, sizeof(text), "%s%c", session->label,
			 signs[event->type]);
	note(user, text);
}

static void got_keyboard(void *user, struct session *session)
{
	(void)user;
	(void)session;
}

static void got_change(void *user)
{
	(void)user;
}

static const struct core_handler handler = {
	.event = got_event,
	.keyboard = got_keyboard,
	.changed = got_change,
};

void desk_init(struct desk *desk, int w, int h)
{
	*desk = (struct desk){ .w = w, .h = h, .now_us = 1000000 };
	desk->pixels = xcalloc((size_t)(w * h), sizeof(uint32_t));
	region_init(&desk->painted);
	core_init(&desk->core, &handler, desk);

	struct blit_surface output = { .pixels = desk->pixels,
				       .stride = w * 4,
				       .width = w,
				       .height = h,
				       .format = BLIT_XRGB8888 };

	core_set_output(&desk->core, &output, 100);
	/* Out of the way of what tests compare. */
	desk_move(desk, w - 1, 0);
	desk->log[0] = '\0';
}

void desk_finish(struct desk *desk)
{
	while (TAILQ_FIRST(&desk->core.sessions))
		desk_end(TAILQ_FIRST(&desk->core.sessions));
	core_finish(&desk->core);
	region_finish(&desk->painted);
	free(desk->pixels);
}

uint32_t desk_random(uint32_t *state, uint32_t below)
{
	*state = *state * 1664525u + 1013904223u;
	return (uint32_t)((uint64_t)(*state >> 4) * below >> 28);
}

struct session *desk_session(struct desk *desk, const char *label, int w, int h,
			     enum pixel_format format, uint32_t seed)
{
	struct session *session = session_create(&desk->core, label, NULL);
	uint32_t stride = (uint32_t)w * (format == FORMAT_RGB565 ? 2 : 4);
	struct buffer buffer = {
		.fd = -1,
		.pixels = malloc(stride * (size_t)h),
		.bytes = stride * (uint64_t)h,
		.w = (uint32_t)w,
		.h = (uint32_t)h,
		.stride = stride,
		.format = format,
	};

	for (uint32_t i = 0; i < buffer.bytes / 4; i++) {
		uint32_t alpha = desk_random(&seed, 256);
		uint32_t color = 0;

		if (format == FORMAT_XRGB8888)
			alpha = 255;
		for (int k = 0; k < 3; k++)
			color = color << 8 | desk_random(&seed, alpha + 1);
		((uint32_t *)buffer.pixels)[i] = alpha << 24 | color;
	}
	session_set_buffer(session, &buffer);
	session->touch = true;
	return session;
}

void desk_end(struct session *session)
{
	void *pixels = session->buffer.pixels;

	session_destroy(session);
	free(pixels);
}

void desk_record(struct desk *desk, enum record_op op, uint32_t view,
		 const void *fields, size_t size)
{
	struct record_header header = {
		.op = (uint16_t)op,
		.size = (uint16_t)(sizeof(header) + size),
		.view = view,
	};

	memcpy(desk->records + desk->length, &header, sizeof(header));
	if (size)
		memcpy(desk->records + desk->length + sizeof(header), fields,
		       size);
	desk->length += header.size;
}

enum wire_status desk_execute(struct desk *desk, struct session *session)
{
	struct record_walk walk = { desk->records, desk->length };
	enum wire_status status;

	ck_assert_ptr_null(wire_check_records(desk->records, desk->length));
	status = session_execute(session, walk, LIMIT_VIEWS, desk->now_us);
	desk->length = 0;
	return status;
}

void desk_window(struct desk *desk, struct session *session, uint32_t view,
		 int x, int y, int w, int h)
{
	struct view_create create = { 0 };
	struct view_geometry geometry = { x, y, (uint32_t)w, (uint32_t)h };

	desk_record(desk, OP_view_create, view, &create, sizeof(create));
	desk_record(desk, OP_view_geometry, view, &geometry, sizeof(geometry));
	desk_record(desk, OP_view_front, view, NULL, 0);
	ck_assert_int_eq(desk_execute(desk, session), WIRE_OK);
	core_update(&desk->core);
}

int64_t desk_show(struct desk *desk)
{
	core_update(&desk->core);
	return core_compose(&desk->core, &desk->painted)
		       ? region_area(&desk->painted)
		       : 0;
}

void desk_event(struct desk *desk, struct input_event event)
{
	desk->now_us += 1000;
	event.time_us = desk->now_us;
	core_input(&desk->core, &event);
	core_update(&desk->core);
}

void desk_press(struct desk *desk, uint32_t code)
{
	desk_event(desk,
		   (struct input_event){ .type = INPUT_PRESS, .code = code });
}

void desk_release(struct desk *desk, uint32_t code)
{
	desk_event(desk,
		   (struct input_event){ .type = INPUT_RELEASE, .code = code });
}

void desk_key(struct desk *desk, uint32_t code)
{
	desk_press(desk, code);
	desk_release(desk, code);
}

void desk_move(struct desk *desk, int x, int y)
{
	desk_event(desk, (struct input_event){
				 .type = INPUT_MOTION, .x = x, .y = y });
}

const char *desk_log(struct desk *desk)
{
	static char text[DESK_LOG_MAX];

	strcpy(text, desk->log);
	desk->log[0] = '\0';
	return text;
}

bool desk_pixel_is(const struct desk *desk, int x, int y, uint32_t color)
{
	return (desk->pixels[y * desk->w + x] & 0xffffff) == color;
}

void desk_configure(struct desk *desk, const char *text)
{
	struct config *config = config_parse(text, strlen(text), "test", 1, 1,
					     NULL);

	ck_assert_ptr_nonnull(config);
	core_configure(&desk->core, config_root(config));
	config_destroy(config);
}
