/*
 * The output and its frames. A frame is composed when the output has shown the
 * one before, at once if it is idle. A client is told that its frame was shown
 * when the output was; frames that change no visible pixel are told at the same
 * pace by a timer, and those of clients that can't be seen once a second.
 */
#include "server.h"

#include <unistd.h>

#include "base/alloc.h"

static const uint64_t SECOND = UINT64_C(1000000000);

static void update(void *user);

uint32_t output_refresh_rate(const struct server *server)
{
	return server->output ? framebuffer_mode(server->output)->refresh : 0;
}

void server_changed(void *user)
{
	struct server *server = user;

	if (server->update_deferred)
		return;
	server->update_deferred = true;
	loop_defer(server->component.loop, update, server);
}

/* ---- telling clients ---- */

static void tell(struct client *client, struct frame_runs *runs,
		 uint64_t time_ns, bool hidden)
{
	if (!runs->count && !client->told.count)
		return;
	if (hidden) {
		client->told_hidden = true;
		client->hidden_ns = time_ns;
	}
	if (!frame_runs_move(&client->told, runs))
		wire_fail(client->wire, "frames with numbers in disorder");
	frame_runs_send(&client->told, client->wire, time_ns, hidden);
}

/* When the frames of a client that the output does not show are due. */
static uint64_t due(const struct server *server, const struct client *client)
{
	uint32_t rate = output_refresh_rate(server);

	if (!client->session->visible || !server->output)
		return client->hidden_ns
			       ? client->hidden_ns + ANSWER_SECONDS * SECOND
			       : 0;
	return server->shown_ns + (rate ? SECOND * 1000 / rate : 0);
}

static void tell_unseen(struct server *server)
{
	uint64_t now = loop_now(), next = UINT64_MAX;

	for (struct client *c = server->clients; c; c = c->next) {
		bool hidden = !c->session->visible || !server->output;
		uint64_t when = due(server, c);

		if (!hidden && c->told_hidden) {
			c->told_hidden = false;
			wire_send(c->wire, OP_frame_exposed, 0, NULL, NULL, 0,
				  -1);
		}
		if (!c->drawn.count)
			continue;
		/* The output will tell when there is something to show. */
		if (!hidden && server->frame)
			continue;
		if (when <= now)
			tell(c, &c->drawn, now, hidden);
		else if (when < next)
			next = when;
	}
	if (next != UINT64_MAX)
		timer_set(&server->pace, next);
}

static void pace_fired(void *user)
{
	tell_unseen(user);
}

/* ---- frames ---- */

static void send_frame(struct server *server)
{
	struct core *core = &server->core;

	if (server->frame || server->frame_lost || !server->output ||
	    !core_compose(core, &server->painted))
		return;
	server->frame = framebuffer_refresh(
		server->output, server->painted.rects, server->painted.count);
	timer_set_in(&server->patience, ANSWER_SECONDS * SECOND);
	if (!server->frame) {
		server->frame_lost = true;
		region_add_region(&core->damage, &server->painted);
		return;
	}
	for (struct client *c = server->clients; c; c = c->next)
		if (c->session->visible &&
		    !frame_runs_move(&c->sent, &c->drawn))
			wire_fail(c->wire, "frames with numbers in disorder");
}

static void update(void *user)
{
	struct server *server = user;

	server->update_deferred = false;
	core_update(&server->core);
	send_frame(server);
	tell_unseen(server);
	server_report(server);
}

static void frame_ended(struct server *server, uint64_t time_ns, bool hidden)
{
	server->frame = 0;
	server->frame_lost = false;
	server->shown_ns = time_ns;
	timer_cancel(&server->patience);
	for (struct client *c = server->clients; c; c = c->next)
		tell(c, &c->sent, time_ns, hidden);
	update(server);
}

static void shown(void *user, const struct frame_shown *frame)
{
	struct server *server = user;

	if (server->frame && frame->frame == server->frame)
		frame_ended(server, frame->time_ns, frame->hidden);
}

static void patience_ended(void *user)
{
	frame_ended(user, loop_now(), false);
}

static void exposed(void *user)
{
	struct server *server = user;

	for (struct client *c = server->clients; c; c = c->next) {
		if (c->told_hidden && c->session->visible) {
			c->told_hidden = false;
			wire_send(c->wire, OP_frame_exposed, 0, NULL, NULL, 0,
				  -1);
		}
	}
}

/* ---- the devices ---- */

static bool fetch(struct server *server)
{
	struct framebuffer *output = server->output;
	const struct framebuffer_mode_info *mode;
	struct blit_surface surface;

	if (!framebuffer_fetch(output))
		return false;
	mode = framebuffer_mode(output);
	surface = (struct blit_surface){
		.pixels = framebuffer_pixels(output),
		.stride = mode->stride,
		.width = (int)mode->w,
		.height = (int)mode->h,
		.format = mode->format == FORMAT_RGB565 ? BLIT_RGB565
							: BLIT_XRGB8888,
		.slow_read = mode->flags & FRAMEBUFFER_SLOW_READ,
	};
	core_set_output(&server->core, &surface, mode->scale);
	for (struct client *c = server->clients; c; c = c->next)
		client_send_info(c);
	return true;
}

static void mode_changed(void *user)
{
	fetch(user);
}

static void reopened(void *user, enum wire_status status, int fd, uint32_t id);
static void input_reopened(void *user, enum wire_status status, int fd,
			   uint32_t id);

/* A driver that dies is started again: its sessions are opened again. */
static void output_closed(void *user, const char *reason)
{
	struct server *server = user;
	struct blit_surface none = { .width = server->core.output.width,
				     .height = server->core.output.height };

	(void)reason;
	core_set_output(&server->core, &none, server->core.scale);
	framebuffer_close(server->output);
	server->output = NULL;
	frame_ended(server, loop_now(), true);
	parent_open_later(server->component.parent, SERVICE_FRAMEBUFFER, "", 0,
			  "", reopened, server);
}

static const struct framebuffer_handler output_handler = {
	.shown = shown,
	.mode_changed = mode_changed,
	.exposed = exposed,
	.closed = output_closed,
};

static void reopened(void *user, enum wire_status status, int fd, uint32_t id)
{
	struct server *server = user;

	if (status != WIRE_OK) {
		log_error("no output any more: %s", wire_status_name(status));
		loop_stop(server->component.loop, 1);
		return;
	}
	server->output = framebuffer_attach(server->component.loop,
					    server->component.parent, fd, id,
					    &output_handler, server);
	fetch(server);
	exposed(server);
}

static void event(void *user, const struct input_event *input)
{
	struct server *server = user;

	core_input(&server->core, input);
}

static void send_keyboard(void *user, struct session *session)
{
	struct server *server = user;
	struct client *client = session->user;

	wire_send(client->wire, OP_input_keyboard, 0, &server->keyboard, NULL,
		  0, -1);
}

static void keyboard(void *user, const struct input_keyboard *now)
{
	struct server *server = user;

	server->keyboard = *now;
	if (server->core.focus)
		send_keyboard(server, server->core.focus);
}

static void input_closed(void *user, const char *reason)
{
	struct server *server = user;

	(void)reason;
	core_input_reset(&server->core);
	input_close(server->input);
	server->input = NULL;
	parent_open_later(server->component.parent, SERVICE_INPUT, "", 0, "",
			  input_reopened, server);
}

static const struct input_handler input_handler = {
	.event = event,
	.keyboard = keyboard,
	.closed = input_closed,
};

static void input_reopened(void *user, enum wire_status status, int fd,
			   uint32_t id)
{
	struct server *server = user;

	if (status == WIRE_OK)
		server->input = input_attach(server->component.loop,
					     server->component.parent, fd, id,
					     &input_handler, server);
	else
		log_error("no input any more: %s", wire_status_name(status));
}

static void client_event(void *user, struct session *session,
			 const struct input_event *input)
{
	struct client *client = session->user;

	(void)user;
	input_sender_event(&client->sender, input);
}

/* ---- begin and end ---- */

void output_init(struct server *server)
{
	static const struct core_handler handler = {
		.event = client_event,
		.keyboard = send_keyboard,
		.changed = server_changed,
	};
	struct loop *loop = server->component.loop;

	core_init(&server->core, &handler, server);
	region_init(&server->painted);
	timer_init(&server->pace, loop, pace_fired, server);
	timer_init(&server->patience, loop, patience_ended, server);
}

bool output_open(struct server *server)
{
	struct loop *loop = server->component.loop;
	struct parent *parent = server->component.parent;
	enum wire_status status;

	server->output = framebuffer_open(loop, parent, NULL, &output_handler,
					  server, &status);
	if (!server->output || !fetch(server)) {
		log_error("no output: %s", wire_status_name(status));
		return false;
	}
	server->input = input_open(loop, parent, &input_handler, server,
				   &status);
	if (!server->input)
		log_error("no input: %s", wire_status_name(status));
	return server->input;
}

void output_finish(struct server *server)
{
	input_close(server->input);
	framebuffer_close(server->output);
	core_finish(&server->core);
	loop_undefer(server->component.loop, server);
	timer_finish(&server->pace);
	timer_finish(&server->patience);
	region_finish(&server->painted);
}
