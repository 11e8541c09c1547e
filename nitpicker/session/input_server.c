/*
 * Input, server half: one client at a time.
 */
#include <stdlib.h>
#include <unistd.h>

#include "base/alloc.h"
#include "base/memory.h"
#include "session/input.h"

struct input_server {
	struct loop *loop;
	struct parent *parent;
	const struct input_server_handler *handler;
	void *user;
	struct wire *wire; /* NULL: no client */
	uint32_t id;
	struct input_sender sender;
	struct input_keyboard keyboard;
	bool has_keyboard;
};

static void send_keyboard(struct input_server *server)
{
	input_sender_flush(&server->sender);
	wire_send(server->wire, OP_input_keyboard, 0, &server->keyboard, NULL,
		  0, -1);
}

/* ---- requests ---- */

static void offer(struct input_server *server, struct wire_packet *packet)
{
	enum wire_status status = WIRE_DENIED;
	size_t bytes;
	char *text = memory_read_blob(packet->fd, LIMIT_CLIPBOARD, &bytes);

	if (!text) {
		wire_fail(server->wire, "clipboard: not a sealed blob");
		return;
	}
	if (server->handler->clipboard_offer)
		status = server->handler->clipboard_offer(server->user, text,
							  bytes);
	free(text);
	wire_answer(server->wire, packet->serial, status);
}

static void read_clipboard(struct input_server *server, uint32_t serial)
{
	int fd = -1;

	if (server->handler->clipboard_read)
		fd = server->handler->clipboard_read(server->user);
	if (fd < 0) {
		wire_answer(server->wire, serial, WIRE_DENIED);
		return;
	}
	wire_send(server->wire, OP_input_clipboard_content, serial, NULL, NULL,
		  0, fd);
	close(fd);
}

static void grab(struct input_server *server, const struct wire_packet *packet)
{
	const struct input_grab *body = packet->body;
	enum wire_status status = WIRE_DENIED;

	if (server->handler->grab)
		status = server->handler->grab(server->user, body->on);
	wire_answer(server->wire, packet->serial, status);
}

static void set_area(struct input_server *server, const struct input_area *body)
{
	if (server->handler->area)
		server->handler->area(server->user, body->w, body->h);
}

static void message(void *user, struct wire_packet *packet)
{
	struct input_server *server = user;

	switch (packet->message->opcode) {
	case OP_input_grab:
		grab(server, packet);
		break;
	case OP_input_area:
		set_area(server, packet->body);
		break;
	case OP_input_clipboard_offer:
		offer(server, packet);
		break;
	case OP_input_clipboard_read:
		read_clipboard(server, packet->serial);
		break;
	default:
		break;
	}
}

/* ---- the client comes and goes ---- */

static void disconnect(struct input_server *server)
{
	if (!server->wire)
		return;
	input_sender_finish(&server->sender);
	wire_destroy(server->wire);
	server->wire = NULL;
	if (server->handler->connected)
		server->handler->connected(server->user, false);
	parent_closed(server->parent, server->id);
}

static void closed(void *user, const char *reason)
{
	(void)reason;
	disconnect(user);
}

static void drained(void *user)
{
	struct input_server *server = user;

	input_sender_drained(&server->sender);
}

static enum wire_status open_session(void *user,
				     const struct session_request *request,
				     int fd)
{
	static const struct wire_handler handler = {
		.message = message,
		.closed = closed,
		.drained = drained,
	};
	struct input_server *server = user;

	if (server->wire)
		return WIRE_BUSY;
	server->id = request->id;
	server->wire = wire_create(server->loop, fd, WIRE_SERVER,
				   &input_protocol, request->label, false,
				   &handler, server);
	input_sender_init(&server->sender, server->loop, server->wire);
	if (server->has_keyboard)
		send_keyboard(server);
	if (server->handler->connected)
		server->handler->connected(server->user, true);
	return WIRE_OK;
}

static void close_session(void *user, uint32_t id)
{
	struct input_server *server = user;

	if (server->wire && server->id == id)
		disconnect(server);
}

struct input_server *input_server_create(
	struct loop *loop, struct parent *parent,
	const struct input_server_handler *handler, void *user)
{
	static const struct provider_handler provider = {
		.open = open_session,
		.close = close_session,
	};
	struct input_server *server = xcalloc(1, sizeof(*server));

	*server = (struct input_server){
		.loop = loop,
		.parent = parent,
		.handler = handler,
		.user = user,
	};
	parent_announce(parent, SERVICE_INPUT, &provider, server);
	return server;
}

void input_server_destroy(struct input_server *server)
{
	if (!server)
		return;
	disconnect(server);
	parent_withdraw(server->parent, SERVICE_INPUT, server);
	free(server);
}

/* ---- events ---- */

void input_server_event(struct input_server *server,
			const struct input_event *event)
{
	if (server->wire)
		input_sender_event(&server->sender, event);
}

void input_server_flush(struct input_server *server)
{
	if (server->wire)
		input_sender_flush(&server->sender);
}

void input_server_release_all(struct input_server *server)
{
	if (server->wire)
		input_sender_release_all(&server->sender, input_now());
}

void input_server_keyboard(struct input_server *server,
			   const struct input_keyboard *keyboard)
{
	server->keyboard = *keyboard;
	server->has_keyboard = true;
	if (server->wire)
		send_keyboard(server);
}

void input_server_clipboard_changed(struct input_server *server)
{
	if (server->wire)
		wire_send(server->wire, OP_input_clipboard_changed, 0, NULL,
			  NULL, 0, -1);
}
