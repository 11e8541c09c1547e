#include "session/screenshot.h"

#include <stdlib.h>
#include <unistd.h>

#include "base/alloc.h"
#include "base/log.h"
#include "base/memory.h"

struct screenshot_server {
	struct loop *loop;
	struct parent *parent;
	const struct screenshot_server_handler *handler;
	void *user;
	struct wire *wire; /* NULL: there is no session */
	uint32_t id;
	char *label;
	struct screenshot_session session;
	struct timer told; /* set for so long that the user has read of it */
};

static void end_session(struct screenshot_server *server)
{
	wire_destroy(server->wire);
	free(server->label);
	server->wire = NULL;
	server->label = NULL;
	server->session = (struct screenshot_session){ 0 };
	parent_closed(server->parent, server->id);
	server->handler->changed(server->user);
}

static void message(void *user, struct wire_packet *packet)
{
	struct screenshot_server *server = user;

	if (packet->message->opcode != OP_screenshot_done)
		return;
	server->session.busy = false;
	server->session.used = SESSION_OVERHEAD;
	server->handler->changed(server->user);
}

static void wire_closed(void *user, const char *reason)
{
	(void)reason;
	end_session(user);
}

static enum wire_status open_session(void *user,
				     const struct session_request *request,
				     int fd)
{
	static const struct wire_handler handler = {
		.message = message,
		.closed = wire_closed,
	};
	struct screenshot_server *server = user;

	if (!server->handler->may(server->user, request->label)) {
		log_warning("%s may not take screenshots", request->label);
		return WIRE_DENIED;
	}
	if (server->wire)
		return WIRE_BUSY;
	if (request->ram_quota < SESSION_OVERHEAD)
		return WIRE_QUOTA_EXCEEDED;
	server->id = request->id;
	server->label = xstrdup(request->label);
	server->session = (struct screenshot_session){
		.label = server->label,
		.quota = request->ram_quota,
		.used = SESSION_OVERHEAD,
	};
	server->wire = wire_create(server->loop, fd, WIRE_SERVER,
				   &screenshot_protocol, server->label, false,
				   &handler, server);
	server->handler->changed(server->user);
	return WIRE_OK;
}

static void upgrade_session(void *user, uint32_t id, uint64_t bytes)
{
	struct screenshot_server *server = user;

	if (server->wire && server->id == id)
		server->session.quota += bytes;
}

static void close_session(void *user, uint32_t id)
{
	struct screenshot_server *server = user;

	if (server->wire && server->id == id)
		end_session(server);
}

struct screenshot_server *screenshot_server_create(
	struct loop *loop, struct parent *parent,
	const struct screenshot_server_handler *handler, void *user)
{
	static const struct provider_handler provider = {
		.open = open_session,
		.upgrade = upgrade_session,
		.close = close_session,
	};
	struct screenshot_server *server = xcalloc(1, sizeof(*server));
	enum wire_status status;

	*server = (struct screenshot_server){
		.loop = loop,
		.parent = parent,
		.handler = handler,
		.user = user,
	};
	timer_init(&server->told, loop, handler->changed, user);
	status = parent_announce(parent, SERVICE_SCREENSHOT, &provider, server);
	if (status == WIRE_OK)
		return server;
	log_error("can't provide %s: %s", SERVICE_SCREENSHOT,
		  wire_status_name(status));
	timer_finish(&server->told);
	free(server);
	return NULL;
}

void screenshot_server_destroy(struct screenshot_server *server)
{
	if (!server)
		return;
	if (server->wire)
		end_session(server);
	parent_withdraw(server->parent, SERVICE_SCREENSHOT, server);
	timer_finish(&server->told);
	free(server);
}

const struct screenshot_session *screenshot_server_session(
	const struct screenshot_server *server)
{
	return server && server->wire ? &server->session : NULL;
}

bool screenshot_server_tells(const struct screenshot_server *server)
{
	return server && (server->session.busy || timer_is_set(&server->told));
}

void screenshot_server_check(struct screenshot_server *server)
{
	if (server && server->wire &&
	    !server->handler->may(server->user, server->label))
		end_session(server);
}

bool screenshot_server_send(struct screenshot_server *server,
			    const struct screenshot_picture *picture,
			    const void *pixels)
{
	uint64_t bytes = (uint64_t)picture->h * picture->stride;
	struct screenshot_session *session = &server->session;
	int fd = -1;

	if (!server->wire || session->busy) {
		log_info("no screenshot: nobody is there to take it");
		return false;
	}
	if (SESSION_OVERHEAD + page_round(bytes) <= session->quota)
		fd = memory_create_sealed("screenshot", pixels, bytes);
	if (fd < 0) {
		log_warning("no screenshot: %s donated too little for %llu KiB",
			    server->label, (unsigned long long)bytes >> 10);
		return false;
	}
	session->busy = true;
	session->used += page_round(bytes);
	wire_send(server->wire, OP_screenshot_picture, 0, picture, NULL, 0, fd);
	close(fd);
	timer_set_in(&server->told, SCREENSHOT_TELL_MS * UINT64_C(1000000));
	server->handler->changed(server->user);
	return true;
}
