/*
 * Log, server half.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/log.h"
#include "session/log_session.h"

enum { LABEL_BYTES = 640 }; /* two labels of 256 and what joins them */

struct log_source {
	struct log_server *server;
	struct log_source *next;
	uint32_t id;
	struct wire *wire;
	char *label;
	char line[LIMIT_LOG_LINE + 1];
	size_t length;
};

struct log_server {
	struct loop *loop;
	struct parent *parent;
	const struct log_server_handler *handler;
	void *user;
	struct log_source *sources;
	unsigned count;
};

static void end_line(struct log_source *source, const char *below)
{
	struct log_server *server = source->server;
	char label[LABEL_BYTES];

	source->line[source->length] = '\0';
	source->length = 0;
	snprintf(label, sizeof(label), "%s%s%s", source->label,
		 below[0] ? " -> " : "", below);
	if (server->handler->line)
		server->handler->line(server->user, source->id, label,
				      source->line);
}

static void message(void *user, struct wire_packet *packet)
{
	struct log_source *source = user;
	const struct log_write *body = packet->body;
	char text[sizeof(body->text.text) + 1];
	char below[sizeof(body->label.text) + 1];
	size_t length;

	if (packet->message->opcode != OP_log_write)
		return;
	wire_get(&body->text, text);
	wire_get(&body->label, below);
	length = strlen(text);
	if (source->length + length > LIMIT_LOG_LINE) {
		wire_fail(source->wire, "a line is too long");
		return;
	}
	memcpy(source->line + source->length, text, length);
	source->length += length;
	if (!body->more)
		end_line(source, below);
}

static void remove_source(struct log_source *source)
{
	struct log_server *server = source->server;
	struct log_source **at = &server->sources;

	while (*at != source)
		at = &(*at)->next;
	*at = source->next;
	server->count--;
	wire_destroy(source->wire);
	if (server->handler->closed)
		server->handler->closed(server->user, source->id);
	parent_closed(server->parent, source->id);
	free(source->label);
	free(source);
}

static void closed(void *user, const char *reason)
{
	(void)reason;
	remove_source(user);
}

static enum wire_status open_session(void *user,
				     const struct session_request *request,
				     int fd)
{
	static const struct wire_handler handler = {
		.message = message,
		.closed = closed,
	};
	struct log_server *server = user;
	struct log_source *source;

	if (server->count == LIMIT_SERVER_SESSIONS)
		return WIRE_BUSY;
	source = xcalloc(1, sizeof(*source));
	*source = (struct log_source){
		.server = server,
		.next = server->sources,
		.id = request->id,
		.label = xstrdup(request->label),
	};
	server->sources = source;
	server->count++;
	source->wire = wire_create(server->loop, fd, WIRE_SERVER, &log_protocol,
				   source->label, false, &handler, source);
	if (server->handler->opened)
		server->handler->opened(server->user, source->id,
					source->label);
	return WIRE_OK;
}

static void close_session(void *user, uint32_t id)
{
	struct log_server *server = user;
	struct log_source *source = server->sources;

	while (source && source->id != id)
		source = source->next;
	if (source)
		remove_source(source);
}

struct log_server *log_server_create(struct loop *loop, struct parent *parent,
				     const struct log_server_handler *handler,
				     void *user)
{
	static const struct provider_handler provider = {
		.open = open_session,
		.close = close_session,
	};
	struct log_server *server = xcalloc(1, sizeof(*server));
	enum wire_status status;

	*server = (struct log_server){
		.loop = loop,
		.parent = parent,
		.handler = handler,
		.user = user,
	};
	status = parent_announce(parent, SERVICE_LOG, &provider, server);
	if (status == WIRE_OK)
		return server;
	log_error("can't provide %s: %s", SERVICE_LOG,
		  wire_status_name(status));
	free(server);
	return NULL;
}

void log_server_destroy(struct log_server *server)
{
	if (!server)
		return;
	while (server->sources)
		remove_source(server->sources);
	parent_withdraw(server->parent, SERVICE_LOG, server);
	free(server);
}
