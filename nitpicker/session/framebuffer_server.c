/*
 * Framebuffer, server half: one client at a time, and the pace of its frames.
 */
#define _GNU_SOURCE
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/alloc.h"
#include "base/log.h"
#include "base/memory.h"
#include "session/framebuffer.h"
#include "session/frames.h"

#define HIDDEN_PERIOD_NS ((uint64_t)1000000000)

struct framebuffer_server {
	struct framebuffer_server *first, *next; /* outputs of one provider */
	struct loop *loop;
	struct parent *parent;
	char *name; /* of the output */
	const struct framebuffer_server_handler *handler;
	void *user;
	struct framebuffer_mode_info mode;
	int fd; /* of the buffer; -1: no mode yet */
	bool announced;
	bool hidden;
	struct wire *wire; /* NULL: no client */
	uint32_t id;
	bool fetched; /* the client has the present buffer */
	bool mode_told; /* it asked for the present mode */
	struct region partial; /* of a frame that is not complete */
	struct region ready; /* of complete frames */
	struct frame_runs owed; /* complete frames */
	struct frame_runs told; /* shown, but the queue was full */
	uint64_t shown_ns; /* when something was shown last; 0: never */
	bool shown_hidden;
	struct timer timer; /* set while a frame is owed */
};

/* ---- pace ---- */

static uint64_t period(const struct framebuffer_server *server)
{
	if (server->hidden)
		return HIDDEN_PERIOD_NS;
	if (!server->mode.refresh)
		return 0;
	return (uint64_t)1000000000000 / server->mode.refresh;
}

static void tell(struct framebuffer_server *server)
{
	if (server->told.count)
		frame_runs_send(&server->told, server->wire, server->shown_ns,
				server->shown_hidden);
}

/* Shows what is complete. `now` counts as its time. */
static void show(struct framebuffer_server *server, uint64_t now)
{
	server->shown_ns = now;
	server->shown_hidden = server->hidden;
	if (server->fetched)
		server->handler->refresh(server->user, server->ready.rects,
					 server->ready.count, true);
	region_clear(&server->ready);
	if (!frame_runs_move(&server->told, &server->owed))
		wire_fail(server->wire, "frames with numbers in disorder");
	tell(server);
}

static void timer_fired(void *user)
{
	struct framebuffer_server *server = user;
	uint64_t now = loop_now();
	uint64_t due = server->shown_ns + period(server);

	/* A timer that is a little late does not make the pace slower. */
	show(server, now - due < period(server) / 2 ? due : now);
}

/* At once if the last one was a period ago, else when it will be. */
static void schedule(struct framebuffer_server *server)
{
	uint64_t now = loop_now();
	uint64_t due = server->shown_ns + period(server);

	if (!server->shown_ns || now >= due) {
		timer_cancel(&server->timer);
		show(server, now);
	} else {
		timer_set(&server->timer, due);
	}
}

/* ---- requests ---- */

static void refresh(struct framebuffer_server *server,
		    const struct wire_packet *packet)
{
	const struct frame_refresh *body = packet->body;
	const struct rect16 *rects = packet->elements;
	struct rect all = { 0, 0, (int32_t)server->mode.w,
			    (int32_t)server->mode.h };

	/* Rectangles of a buffer that was replaced mean nothing. */
	for (unsigned i = 0; i < packet->element_count && server->fetched; i++)
		region_add(
			&server->partial,
			rect_intersect((struct rect){ rects[i].x, rects[i].y,
						      rects[i].w, rects[i].h },
				       all));
	if (!body->end)
		return;
	if (region_is_empty(&server->ready))
		region_swap(&server->ready, &server->partial);
	else
		region_add_region(&server->ready, &server->partial);
	region_clear(&server->partial);
	if (!frame_runs_add(&server->owed, body->frame, 1)) {
		wire_fail(server->wire, "frames with numbers in disorder");
		return;
	}
	if (!timer_is_set(&server->timer))
		schedule(server);
}

static void answer_buffer(struct framebuffer_server *server, uint32_t serial)
{
	struct framebuffer_buffer_made made = {
		.bytes = (uint64_t)server->mode.stride * server->mode.h,
	};

	if (!server->mode_told) {
		wire_answer(server->wire, serial, WIRE_BUSY);
		return;
	}
	server->fetched = true;
	region_clear(&server->partial);
	region_clear(&server->ready);
	wire_send(server->wire, OP_framebuffer_buffer_made, serial, &made, NULL,
		  0, server->fd);
}

static void answer_mode(struct framebuffer_server *server, uint32_t serial)
{
	server->mode_told = true;
	wire_send(server->wire, OP_framebuffer_mode_info, serial, &server->mode,
		  NULL, 0, -1);
}

static void pointer_image(struct framebuffer_server *server,
			  const struct wire_packet *packet)
{
	const struct frame_pointer_image *body = packet->body;
	enum wire_status status = WIRE_DENIED;
	uint32_t *pixels = frame_pointer_pixels(server->wire, packet);

	if (!pixels)
		return;
	if (server->handler->pointer_image &&
	    (server->mode.flags & FRAMEBUFFER_CURSOR))
		status = server->handler->pointer_image(server->user, body,
							pixels);
	free(pixels);
	wire_answer(server->wire, packet->serial, status);
}

static void mode_wish(struct framebuffer_server *server,
		      const struct wire_packet *packet)
{
	const struct framebuffer_mode_wish *body = packet->body;
	enum wire_status status = WIRE_DENIED;

	if (server->handler->mode_wish)
		status = server->handler->mode_wish(server->user, body->w,
						    body->h);
	wire_answer(server->wire, packet->serial, status);
}

static void title(struct framebuffer_server *server,
		  const struct framebuffer_title *body)
{
	char text[sizeof(body->title.text) + 1];

	if (!server->handler->title)
		return;
	wire_get(&body->title, text);
	server->handler->title(server->user, text);
}

static void pointer_move(struct framebuffer_server *server,
			 const struct framebuffer_pointer_move *body)
{
	if (server->handler->pointer_move &&
	    (server->mode.flags & FRAMEBUFFER_CURSOR))
		server->handler->pointer_move(server->user, body->x, body->y,
					      body->visible);
}

static void message(void *user, struct wire_packet *packet)
{
	struct framebuffer_server *server = user;

	switch (packet->message->opcode) {
	case OP_frame_refresh:
		refresh(server, packet);
		break;
	case OP_framebuffer_mode:
		answer_mode(server, packet->serial);
		break;
	case OP_framebuffer_buffer:
		answer_buffer(server, packet->serial);
		break;
	case OP_framebuffer_mode_wish:
		mode_wish(server, packet);
		break;
	case OP_frame_pointer_image:
		pointer_image(server, packet);
		break;
	case OP_framebuffer_title:
		title(server, packet->body);
		break;
	case OP_framebuffer_pointer_move:
		pointer_move(server, packet->body);
		break;
	default:
		break;
	}
}

/* ---- the client comes and goes ---- */

static void disconnect(struct framebuffer_server *server)
{
	if (!server->wire)
		return;
	timer_cancel(&server->timer);
	wire_destroy(server->wire);
	server->wire = NULL;
	server->fetched = server->mode_told = false;
	server->owed.count = server->told.count = 0;
	region_clear(&server->partial);
	region_clear(&server->ready);
	if (server->handler->connected)
		server->handler->connected(server->user, false, "");
	parent_closed(server->parent, server->id);
}

static void closed(void *user, const char *reason)
{
	(void)reason;
	disconnect(user);
}

static void drained(void *user)
{
	tell(user);
}

static bool wants_other_output(const struct framebuffer_server *server,
			       const char *args)
{
	static const char key[] = "output=";
	size_t length = strlen(key);

	return !strncmp(args, key, length) &&
	       strcmp(args + length, server->name);
}

static void send_outputs(struct framebuffer_server *server)
{
	struct output_name outputs[LIMIT_OUTPUTS] = { 0 };
	struct framebuffer_server *at;
	unsigned count = 0;

	for (at = server->first; at && count < LIMIT_OUTPUTS; at = at->next) {
		wire_set(&outputs[count].name, at->name);
		count++;
	}
	wire_send(server->wire, OP_framebuffer_outputs, 0, NULL, outputs, count,
		  -1);
}

static enum wire_status open_output(struct framebuffer_server *server,
				    const struct session_request *request,
				    int fd)
{
	static const struct wire_handler handler = {
		.message = message,
		.closed = closed,
		.drained = drained,
	};

	if (server->wire)
		return WIRE_BUSY;
	server->id = request->id;
	server->wire = wire_create(server->loop, fd, WIRE_SERVER,
				   &framebuffer_protocol, request->label, false,
				   &handler, server);
	send_outputs(server);
	if (server->handler->connected)
		server->handler->connected(server->user, true, request->label);
	return WIRE_OK;
}

/* The output that is asked for, else the first. */
static enum wire_status open_session(void *user,
				     const struct session_request *request,
				     int fd)
{
	struct framebuffer_server *server = user;

	while (server &&
	       (server->fd < 0 || wants_other_output(server, request->args)))
		server = server->next;
	return server ? open_output(server, request, fd) : WIRE_NO_SERVICE;
}

static void close_session(void *user, uint32_t id)
{
	struct framebuffer_server *server = user;

	while (server && !(server->wire && server->id == id))
		server = server->next;
	if (server)
		disconnect(server);
}

struct framebuffer_server *framebuffer_server_create(
	struct loop *loop, struct parent *parent, const char *name,
	const struct framebuffer_server_handler *handler, void *user)
{
	struct framebuffer_server *server = xcalloc(1, sizeof(*server));

	*server = (struct framebuffer_server){
		.first = server,
		.loop = loop,
		.parent = parent,
		.name = xstrdup(name),
		.handler = handler,
		.user = user,
		.fd = -1,
	};
	region_init(&server->partial);
	region_init(&server->ready);
	timer_init(&server->timer, loop, timer_fired, server);
	return server;
}

struct framebuffer_server *framebuffer_server_add(
	struct framebuffer_server *first, const char *name,
	const struct framebuffer_server_handler *handler, void *user)
{
	struct framebuffer_server *server = framebuffer_server_create(
		first->loop, first->parent, name, handler, user);
	struct framebuffer_server *last = first;

	while (last->next)
		last = last->next;
	last->next = server;
	server->first = first;
	return server;
}

static void leave(struct framebuffer_server *server)
{
	struct framebuffer_server *before = server->first;

	while (before != server && before->next != server)
		before = before->next;
	if (before != server)
		before->next = server->next;
}

void framebuffer_server_destroy(struct framebuffer_server *server)
{
	if (!server)
		return;
	disconnect(server);
	leave(server);
	parent_withdraw(server->parent, SERVICE_FRAMEBUFFER, server);
	timer_finish(&server->timer);
	region_finish(&server->partial);
	region_finish(&server->ready);
	if (server->fd >= 0)
		close(server->fd);
	free(server->name);
	free(server);
}

/* ---- mode ---- */

void framebuffer_server_set_mode(struct framebuffer_server *server,
				 const struct framebuffer_mode_info *mode,
				 int fd)
{
	static const struct provider_handler provider = {
		.open = open_session,
		.close = close_session,
	};

	if (server->fd >= 0)
		close(server->fd);
	server->fd = fd;
	server->mode = *mode;
	server->fetched = server->mode_told = false;
	region_clear(&server->partial);
	region_clear(&server->ready);
	if (server->wire)
		wire_send(server->wire, OP_framebuffer_mode_changed, 0, NULL,
			  NULL, 0, -1);
	if (!server->announced && server->first == server) {
		server->announced = true;
		parent_announce(server->parent, SERVICE_FRAMEBUFFER, &provider,
				server);
	}
}

void framebuffer_server_set_hidden(struct framebuffer_server *server,
				   bool hidden)
{
	if (server->hidden == hidden)
		return;
	server->hidden = hidden;
	if (!server->wire)
		return;
	if (!hidden)
		wire_send(server->wire, OP_frame_exposed, 0, NULL, NULL, 0, -1);
	if (timer_is_set(&server->timer))
		schedule(server);
}
