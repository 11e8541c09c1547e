/*
 * The output and its frames. A frame is composed when the output has shown the
 * one before, at once if it is idle. A client is told that its frame was shown
 * when the output was; frames that change no visible pixel are told at the same
 * pace by a timer, and those of clients that can't be seen once a second.
 */
#include "server.h"

static const uint64_t SECOND = UINT64_C(1000000000); /* our patience, too */

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

static void move_frames(struct client *client, struct frame_runs *to,
			struct frame_runs *from)
{
	if (!frame_runs_move(to, from))
		wire_fail(client->wire, "frames with numbers in disorder");
}

static void tell(struct client *client, struct frame_runs *frames,
		 uint64_t time_ns, bool hidden)
{
	if (frames->count && hidden) {
		client->told_hidden = true;
		client->hidden_ns = time_ns;
	}
	move_frames(client, &client->told, frames);
	frame_runs_send(&client->told, client->wire, time_ns, hidden);
}

/* Frames that the output will not show, and who can be seen again. */
static void tell_unseen(void *user)
{
	struct server *server = user;
	uint64_t now = loop_now(), next = UINT64_MAX;
	uint32_t rate = output_refresh_rate(server);
	for (struct client *c = server->clients; c; c = c->next) {
		bool hidden = !c->session->visible || !server->output ||
			      server->hidden;
		uint64_t due = server->shown_ns;
		if (hidden)
			due = c->told_hidden ? c->hidden_ns + SECOND : 0;
		else if (rate)
			due += SECOND * 1000 / rate;
		if (!hidden && c->told_hidden) {
			c->told_hidden = false;
			wire_send(c->wire, OP_frame_exposed, 0, NULL, NULL, 0,
				  -1);
		}
		if (!c->drawn.count || (!hidden && server->frame))
			continue;
		if (due <= now)
			tell(c, &c->drawn, now, hidden);
		else if (due < next)
			next = due;
	}
	if (next != UINT64_MAX)
		timer_set(&server->pace, next);
}

static void send_frame(struct server *server)
{
	struct region *painted = &server->painted;
	if (server->waits || !server->output ||
	    !core_compose(&server->core, painted))
		return;
	server->frame = framebuffer_refresh(server->output, painted->rects,
					    painted->count);
	server->waits = loop_now();
	/* It runs on from frame to frame: setting it is a system call. */
	if (!timer_is_set(&server->patience))
		timer_set(&server->patience, server->waits + SECOND);
	if (!server->frame) { /* no room: once more, later */
		region_add_region(&server->core.damage, painted);
		return;
	}
	for (struct client *c = server->clients; c; c = c->next)
		if (c->session->visible)
			move_frames(c, &c->sent, &c->drawn);
}

static void update(void *user)
{
	struct server *server = user;
	core_update(&server->core);
	cursor_update(server);
	/* What these two changed is done below. */
	server->update_deferred = false;
	clipboard_update(server);
	if (server->input && server->grabbed != (server->core.grab != NULL)) {
		server->grabbed = !server->grabbed;
		input_grab_later(server->input, server->grabbed);
	}
	send_frame(server);
	tell_unseen(server);
	server_report(server);
}

static void frame_ended(struct server *server, uint64_t time_ns)
{
	server->frame = 0;
	server->waits = 0;
	server->shown_ns = time_ns;
	for (struct client *c = server->clients; c; c = c->next)
		tell(c, &c->sent, time_ns, server->hidden);
	if (server->update_deferred)
		return;
	send_frame(server);
	tell_unseen(server);
}

static void shown(void *user, const struct frame_shown *frame)
{
	struct server *server = user;
	if (!server->frame || frame->frame != server->frame)
		return;
	server->hidden = frame->hidden;
	frame_ended(server, frame->time_ns);
}

static void patience_ended(void *user)
{
	struct server *server = user;
	uint64_t now = loop_now();
	if (server->waits && server->waits + SECOND <= now)
		frame_ended(server, now);
	else if (server->waits) /* for a later frame */
		timer_set(&server->patience, server->waits + SECOND);
}

static void exposed(void *user)
{
	struct server *server = user;
	server->hidden = false;
	tell_unseen(server);
}

/* What absolute pointers point at. */
static void tell_area(struct server *server)
{
	const struct blit_surface *output = &server->core.output;
	if (server->input && output->width > 0 && output->height > 0)
		input_set_area(server->input, (uint32_t)output->width,
			       (uint32_t)output->height);
}

static void fetch(void *user)
{
	struct server *server = user;
	const struct framebuffer_mode_info *mode;
	struct blit_surface surface;
	/* Where it fails, the session is about to end, or the mode stays. */
	if (!framebuffer_fetch(server->output))
		return;
	mode = framebuffer_mode(server->output);
	server->cursor_image = 0;
	surface = (struct blit_surface){
		.pixels = framebuffer_pixels(server->output),
		.stride = mode->stride,
		.width = (int)mode->w,
		.height = (int)mode->h,
		.format = mode->format == FORMAT_RGB565 ? BLIT_RGB565
							: BLIT_XRGB8888,
		.slow_read = mode->flags & FRAMEBUFFER_SLOW_READ,
	};
	core_set_output(&server->core, &surface, mode->scale);
	tell_area(server);
	for (struct client *c = server->clients; c; c = c->next)
		client_send_info(server, c->session);
}

/* A driver that dies is started again: its sessions are opened again. */
static void output_closed(void *user, const char *reason)
{
	struct server *server = user;
	struct blit_surface none = server->core.output;
	(void)reason;
	none.pixels = NULL;
	core_set_output(&server->core, &none, server->core.scale);
	framebuffer_close(server->output);
	server->output = NULL;
	frame_ended(server, loop_now());
	server_open_output(server);
}

static void output_opened(void *user, enum wire_status status, int fd,
			  uint32_t id)
{
	static const struct framebuffer_handler handler = {
		.shown = shown,
		.mode_changed = fetch,
		.exposed = exposed,
		.closed = output_closed,
	};
	struct server *server = user;
	struct parent *parent = server->component.parent;
	if (status == WIRE_OK) {
		server->output = framebuffer_attach(server->component.loop,
						    parent, fd, id, &handler,
						    server);
		fetch(server);
		if (!server->announced)
			status = parent_announce(parent, SERVICE_NITPICKER,
						 &server_provider, server);
		if (!server->announced && !screenshot_announce(server))
			status = WIRE_DENIED;
		server->announced = true;
		exposed(server);
	}
	if (status != WIRE_OK) {
		log_error("no output: %s", wire_status_name(status));
		loop_stop(server->component.loop, 1);
	}
}

void server_open_output(struct server *server)
{
	struct parent *parent = server->component.parent;
	framebuffer_open_later(parent,
			       config_value(parent_config(parent), "output"),
			       output_opened, server);
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
	input_sender_flush(&client->sender); /* what was written before */
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
	core_set_grab(&server->core, NULL);
	server->grabbed = false;
	input_close(server->input);
	server->input = NULL;
	server_open_input(server);
}

static void input_opened(void *user, enum wire_status status, int fd,
			 uint32_t id)
{
	static const struct input_handler handler = {
		.event = event,
		.keyboard = keyboard,
		.closed = input_closed,
		.clipboard_changed = clipboard_host_changed,
	};
	struct server *server = user;
	if (status == WIRE_OK) {
		server->input = input_attach(server->component.loop,
					     server->component.parent, fd, id,
					     &handler, server);
		tell_area(server);
	} else {
		log_error("no input: %s", wire_status_name(status));
	}
}

void server_open_input(struct server *server)
{
	parent_open_later(server->component.parent, SERVICE_INPUT, "", 0, "",
			  input_opened, server);
}

static void client_event(void *user, struct session *session,
			 const struct input_event *input)
{
	struct client *client = session->user;
	(void)user;
	input_sender_event(&client->sender, input);
}

void output_init(struct server *server)
{
	static const struct core_handler handler = {
		.event = client_event,
		.keyboard = send_keyboard,
		.changed = server_changed,
		.area = client_send_info,
		.locked_out = client_locked_out,
		.screenshot = screenshot_take,
	};
	struct loop *loop = server->component.loop;
	core_init(&server->core, &handler, server);
	region_init(&server->painted);
	clipboard_init(&server->clipboard);
	timer_init(&server->pace, loop, tell_unseen, server);
	timer_init(&server->patience, loop, patience_ended, server);
	report_init(server);
}

void output_finish(struct server *server)
{
	input_close(server->input);
	clipboard_forget(&server->clipboard);
	screenshot_finish(server);
	framebuffer_close(server->output);
	core_finish(&server->core);
	loop_undefer(server->component.loop, server);
	timer_finish(&server->pace);
	report_finish(server);
	timer_finish(&server->patience);
	region_finish(&server->painted);
}
