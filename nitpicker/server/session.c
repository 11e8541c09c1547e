/* One client: its messages, its frames, its end. */
#include "server.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "session/label.h"

void client_send_info(void *user, struct session *session)
{
	const struct server *server = user;
	const struct client *client = session->user;
	struct rect area = session->area;
	struct nitpicker_info info = {
		.w = (uint32_t)area.w,
		.h = (uint32_t)area.h,
		.usable_x = area.x,
		.usable_y = area.y,
		.usable_w = (uint32_t)area.w,
		.usable_h = (uint32_t)area.h,
		.scale = session->core->scale,
		.refresh = output_refresh_rate(server),
		.output_x = session->origin.x,
		.output_y = session->origin.y,
	};
	wire_send(client->wire, OP_nitpicker_info, 0, &info, NULL, 0, -1);
}

static void refresh(struct client *client, const struct wire_packet *packet)
{
	const struct frame_refresh *body = packet->body;
	const struct rect16 *from = packet->elements;
	struct rect rects[LIMIT_RECTS];
	client_swap_buffer(client);
	for (unsigned i = 0; i < packet->element_count; i++)
		rects[i] = (struct rect){ from[i].x, from[i].y, from[i].w,
					  from[i].h };
	session_refresh(client->session, rects, packet->element_count);
	if (body->end && !frame_runs_add(&client->drawn, body->frame, 1))
		wire_fail(client->wire, "frames with numbers in disorder");
	if (body->end)
		wire_rest(client->wire);
	server_changed(client->server);
}

static enum wire_status pointer(struct session *session,
				const struct nitpicker_pointer *body)
{
	char name[sizeof(body->shape.text) + 1];
	wire_get(&body->shape, name);
	int shape = figure_pointer_find(name);
	if (shape < 0)
		return WIRE_INVALID;
	pointer_set_shape(session, (enum figure_pointer)shape);
	return WIRE_OK;
}

/* The first of them that the label means, from the front. */
static enum wire_status raise_below(struct session *asker,
				    const struct nitpicker_raise *body)
{
	char label[sizeof(body->label.text) + 1], full[2 * sizeof(label)];
	struct core *core = asker->core;
	struct session *s;
	wire_get(&body->label, label);
	snprintf(full, sizeof(full), "%s -> %s", asker->label, label);
	if (!core_acts(core, asker))
		return WIRE_DENIED;
	for (s = TAILQ_FIRST(&core->sessions); s; s = TAILQ_NEXT(s, link))
		if ((!strcmp(s->label, full) ||
		     label_is_below(s->label, full)) &&
		    focus_window(s))
			return WIRE_OK;
	return WIRE_NO_SERVICE;
}

static enum wire_status grab(struct session *session,
			     const struct input_grab *body)
{
	struct core *core = session->core;
	if (!body->on && core->grab != session)
		return WIRE_OK;
	return core_set_grab(core, body->on ? session : NULL) ? WIRE_OK
							      : WIRE_DENIED;
}

static void message(void *user, struct wire_packet *packet)
{
	struct client *client = user;
	struct session *session = client->session;
	enum wire_status status = WIRE_OK;
	const struct nitpicker_lock *locks = packet->body;
	switch (packet->message->opcode) {
	case OP_frame_refresh:
		refresh(client, packet);
		break;
	case OP_nitpicker_execute:
		client_swap_buffer(client);
		status = session_execute(session, record_walk(packet),
					 client_views_max(client), input_now());
		break;
	case OP_nitpicker_buffer:
		client_request_buffer(client, packet->serial, packet->body, -1);
		break;
	case OP_nitpicker_adopt:
		client_request_buffer(client, packet->serial, packet->body,
				      wire_take_fd(packet));
		break;
	case OP_nitpicker_pointer:
		status = pointer(session, packet->body);
		break;
	case OP_nitpicker_raise:
		status = raise_below(session, packet->body);
		break;
	case OP_frame_pointer_image:
		wire_answer(client->wire, packet->serial,
			    client_take_image(client, packet));
		break;
	case OP_input_grab:
		wire_answer(client->wire, packet->serial,
			    grab(session, packet->body));
		break;
	case OP_nitpicker_lock:
		wire_answer(client->wire, packet->serial,
			    core_lock(session->core, session, locks->on));
		break;
	case OP_input_clipboard_offer:
		clipboard_offer(client, packet);
		break;
	case OP_input_clipboard_read:
		clipboard_read(client, packet->serial);
		break;
	}
	wire_error(client->wire, packet->serial, status);
}

/* The parent kills what the session belongs to, and closes it. */
void client_locked_out(void *user, struct session *session)
{
	struct server *server = user;
	const struct client *client = session->user;
	log_info("%s: locked out by the user", session->label);
	parent_revoke(server->component.parent, client->id, REVOKE_LOCKED_OUT);
}

static void drained(void *user)
{
	struct client *client = user;
	input_sender_drained(&client->sender);
	/* No later frame need ever come to take these along. */
	frame_runs_send(&client->told, client->wire, client->server->shown_ns,
			client->told_hidden);
	server_changed(client->server);
}

static void wire_closed(void *user, const char *reason)
{
	struct client *client = user;
	struct parent *parent = client->server->component.parent;
	uint32_t id = client->id;
	if (reason)
		parent_revoke(parent, id, REVOKE_MALFORMED);
	client_destroy(client);
	parent_closed(parent, id);
}

static enum wire_status open_session(void *user,
				     const struct session_request *request,
				     int fd)
{
	static const struct wire_handler handler = {
		.message = message,
		.closed = wire_closed,
		.drained = drained,
	};
	struct server *server = user;
	struct loop *loop = server->component.loop;
	struct client *client;
	if (server->core.session_count == LIMIT_SERVER_SESSIONS)
		return WIRE_BUSY;
	if (request->ram_quota < SESSION_OVERHEAD)
		return WIRE_QUOTA_EXCEEDED;
	client = xcalloc(1, sizeof(*client));
	*client = (struct client){
		.server = server,
		.next = server->clients,
		.session = session_create(&server->core, request->label,
					  client),
		.wire = wire_create(loop, fd, WIRE_SERVER, &nitpicker_protocol,
				    request->label, false, &handler, client),
		.id = request->id,
		.quota = request->ram_quota,
		.coming = { .fd = -1 },
	};
	client->session->touch = !strcmp(request->args, "touch");
	server->clients = client;
	input_sender_init(&client->sender, loop, client->wire);
	client_send_info(server, client->session);
	wire_send(client->wire, OP_input_keyboard, 0, &server->keyboard, NULL,
		  0, -1);
	if (server->core.locked) /* where it may, it goes on with that */
		core_focus(&server->core, client->session);
	server_changed(server);
	return WIRE_OK;
}

void client_destroy(struct client *client)
{
	struct server *server = client->server;
	struct client **link = &server->clients;
	while (*link != client)
		link = &(*link)->next;
	*link = client->next;
	client_free_buffers(client);
	session_destroy(client->session);
	input_sender_finish(&client->sender);
	wire_destroy(client->wire);
	free(client);
}

struct client *client_find(struct server *server, uint32_t id)
{
	struct client *client = server->clients;
	while (client && client->id != id)
		client = client->next;
	return client;
}

static void upgrade_session(void *user, uint32_t id, uint64_t bytes)
{
	struct client *client = client_find(user, id);
	if (client)
		client->quota += bytes;
}

static void close_session(void *user, uint32_t id)
{
	struct server *server = user;
	struct client *client = client_find(server, id);
	if (client)
		client_destroy(client);
	parent_closed(server->component.parent, id);
}

const struct provider_handler server_provider = {
	.open = open_session,
	.upgrade = upgrade_session,
	.close = close_session,
};
