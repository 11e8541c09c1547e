/*
 * The session with the parent: connection, config, requests.
 */
#define _GNU_SOURCE
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/alloc.h"
#include "base/log.h"
#include "base/memory.h"
#include "session/parent_private.h"

enum { PARENT_REQUESTS_MAX = WIRE_PENDING_MAX / 2 };

/* ---- telling ---- */

static void flush_posts(struct parent *parent);

static void told(void *user, enum wire_status status,
		 struct wire_packet *packet)
{
	struct parent *parent = user;

	(void)status;
	(void)packet;
	parent->requests--;
	flush_posts(parent);
}

static bool try_tell(struct parent *parent, uint16_t opcode, const void *body)
{
	const struct wire_message *message = wire_find(&parent_protocol,
						       opcode);

	if (!wire_space(parent->wire))
		return false;
	if (message->kind != WIRE_REQUEST)
		return wire_post(parent->wire, opcode, body, NULL, 0, -1) != 0;
	if (parent->requests == PARENT_REQUESTS_MAX)
		return false;
	parent->requests++;
	wire_request(parent->wire, opcode, body, NULL, 0, -1, told, parent);
	return true;
}

static void flush_posts(struct parent *parent)
{
	struct parent_post *post;

	while ((post = parent->posts) &&
	       try_tell(parent, post->opcode, post->body)) {
		parent->posts = post->next;
		free(post);
	}
}

void parent_tell(struct parent *parent, uint16_t opcode, const void *body)
{
	size_t size = wire_find(&parent_protocol, opcode)->body->size;
	struct parent_post **link = &parent->posts;
	struct parent_post *post;

	if (!parent->posts && try_tell(parent, opcode, body))
		return;
	post = xcalloc(1, sizeof(*post));
	post->opcode = opcode;
	memcpy(post->body, body, size);
	while (*link)
		link = &(*link)->next;
	*link = post;
}

static void drained(void *user)
{
	struct parent *parent = user;

	flush_posts(parent);
	if (!parent->posts)
		parent_send_reports(parent);
}

/* ---- config ---- */

static struct config *empty_config(void)
{
	static const char text[] = "<config/>";

	return config_parse(text, strlen(text), "config", 1, 1, NULL);
}

/* NULL when it is malformed (then logged). Takes `fd` over. */
static struct config *read_config(const struct parent_config *body, int fd)
{
	struct config *config = NULL;
	char file[sizeof(body->file.text) + 1];
	char *text, *error = NULL;
	size_t bytes;

	text = memory_read_blob(fd, BLOB_MAX, &bytes);
	close(fd);
	if (!text) {
		log_warning("config: not a sealed blob");
		return NULL;
	}
	wire_get(&body->file, file);
	if (bytes)
		config = config_parse(text, bytes, *file ? file : "config",
				      body->line, body->column, &error);
	else
		config = empty_config();
	if (!config)
		log_warning("%s", error ? error : "config: not readable");
	free(error);
	free(text);
	return config;
}

static void config_changed(struct parent *parent, struct wire_packet *packet)
{
	struct config *old = parent->config;
	struct config *config = read_config(packet->body, wire_take_fd(packet));

	if (!config && old)
		return;
	parent->config = config ? config : empty_config();
	if (parent->handler && parent->handler->config)
		parent->handler->config(parent->user,
					config_root(parent->config));
	config_destroy(old);
}

const struct config_node *parent_config(struct parent *parent)
{
	struct parent_config body;
	int fd;

	if (!parent->config) {
		if (!parent->host &&
		    wire_wait_event(parent->wire, OP_parent_config, &body, &fd))
			parent->config = read_config(&body, fd);
		if (!parent->config)
			parent->config = empty_config();
	}
	return config_root(parent->config);
}

uint64_t parent_quota(struct parent *parent)
{
	struct parent_resource resource;

	if (!parent->quota && !parent->host &&
	    wire_wait_event(parent->wire, OP_parent_resource, &resource, NULL))
		parent->quota = resource.quota;
	return parent->quota;
}

bool parent_keep(struct parent *parent, const char *text)
{
	size_t bytes = strlen(text);
	int fd = bytes > LIMIT_KEPT ? -1
				    : memory_create_blob("kept", text, bytes);
	bool sent = fd >= 0 &&
		    wire_post(parent->wire, OP_parent_keep, NULL, NULL, 0, fd);

	if (fd >= 0)
		close(fd);
	return sent;
}

/* ---- events ---- */

static void give_kept(struct parent *parent, int fd)
{
	char *text = memory_read_blob(fd, LIMIT_KEPT, NULL);

	if (text && parent->handler && parent->handler->kept)
		parent->handler->kept(parent->user, text);
	free(text);
}

static void message(void *user, struct wire_packet *packet)
{
	struct parent *parent = user;
	const struct parent_resource *resource = packet->body;
	const struct parent_powers *powers;

	switch (packet->message->opcode) {
	case OP_parent_config:
		config_changed(parent, packet);
		break;
	case OP_parent_kept:
		give_kept(parent, packet->fd);
		break;
	case OP_parent_resource:
		parent->quota = resource->quota;
		if (parent->handler && parent->handler->resource)
			parent->handler->resource(parent->user, resource->quota,
						  resource->used);
		break;
	case OP_parent_powers:
		powers = packet->body;
		if (parent->handler && parent->handler->powers)
			parent->handler->powers(parent->user, powers->powers);
		break;
	case OP_parent_session_request:
		parent_requested(parent, packet);
		break;
	case OP_parent_session_upgraded:
		parent_upgraded(parent, packet);
		break;
	case OP_parent_session_closing:
		parent_closing(parent, packet);
		break;
	case OP_parent_session_revoked:
		parent_revoked(parent, packet->body);
		break;
	default:
		/* wire_error: what failed concerned a session that is gone. */
		break;
	}
}

static void closed(void *user, const char *reason)
{
	struct parent *parent = user;

	(void)reason;
	if (parent->handler && parent->handler->closed)
		parent->handler->closed(parent->user);
	else
		loop_stop(parent->loop, 1);
}

/* ---- life ---- */

struct parent *parent_connect(struct loop *loop,
			      const struct parent_handler *handler, void *user)
{
	static const struct wire_handler wire_handler = {
		.message = message,
		.closed = closed,
		.drained = drained,
	};
	struct parent *parent;
	bool host;
	int fd = parent_socket(&host);

	if (fd < 0)
		return NULL;
	parent = xcalloc(1, sizeof(*parent));
	*parent = (struct parent){
		.loop = loop,
		.handler = handler,
		.user = user,
		.host = host,
	};
	parent_init_reports(parent);
	parent->wire = wire_create(loop, fd, WIRE_CLIENT, &parent_protocol,
				   "parent", false, &wire_handler, parent);
	return parent;
}

void parent_destroy(struct parent *parent)
{
	if (!parent)
		return;
	wire_destroy(parent->wire);
	parent_finish_providers(parent);
	parent_finish_reports(parent);
	while (parent->posts) {
		struct parent_post *next = parent->posts->next;

		free(parent->posts);
		parent->posts = next;
	}
	parent_finish_sessions(parent);
	config_destroy(parent->config);
	free(parent);
}

/* ---- the rest ---- */

bool parent_text_fits(const char *text, size_t max)
{
	size_t length = text ? strlen(text) : 0;

	return length <= max && wire_text_is_valid(text ? text : "", length);
}

enum wire_status parent_request_resource(struct parent *parent, uint64_t bytes)
{
	struct parent_resource_request body = { .bytes = bytes };

	return wire_call(parent->wire, OP_parent_resource_request, &body, -1,
			 NULL, NULL);
}

int parent_file(struct parent *parent, const char *name,
		enum wire_status *status)
{
	struct parent_file body = { 0 };
	enum wire_status result = WIRE_INVALID;
	int fd = -1;

	if (*name && parent_text_fits(name, sizeof(body.name.text))) {
		wire_set(&body.name, name);
		result = wire_call(parent->wire, OP_parent_file, &body, -1,
				   NULL, &fd);
	}
	if (status)
		*status = result;
	return fd;
}

enum wire_status parent_store(struct parent *parent, const char *name,
			      const void *data, size_t bytes)
{
	struct parent_store body = { 0 };
	enum wire_status status;
	int fd;

	if (!wire_name_is_valid(name) || bytes > BLOB_MAX)
		return WIRE_INVALID;
	fd = memory_create_blob(name, data, bytes);
	if (fd < 0)
		return WIRE_QUOTA_EXCEEDED;
	wire_set(&body.name, name);
	status = wire_call(parent->wire, OP_parent_store, &body, fd, NULL,
			   NULL);
	close(fd);
	return status;
}

enum wire_status parent_start(struct parent *parent, const char *entry)
{
	struct parent_start body = { 0 };

	if (!wire_name_is_valid(entry))
		return WIRE_INVALID;
	wire_set(&body.entry, entry);
	return wire_call(parent->wire, OP_parent_start, &body, -1, NULL, NULL);
}

enum wire_status parent_power(struct parent *parent, enum power_action action)
{
	struct parent_power body = { .action = action };

	return wire_call(parent->wire, OP_parent_power, &body, -1, NULL, NULL);
}

void parent_exit(struct parent *parent, int code, const char *format, ...)
{
	struct parent_exit body = { .code = code };
	char message_text[sizeof(body.message.text) + 1];
	va_list arguments;

	va_start(arguments, format);
	vsnprintf(message_text, sizeof(message_text), format, arguments);
	va_end(arguments);
	wire_set(&body.message, message_text);
	if (!wire_wait_space(parent->wire, 1))
		return;
	wire_post(parent->wire, OP_parent_exit, &body, NULL, 0, -1);
	wire_wait_space(parent->wire, WIRE_QUEUE_MAX);
}
