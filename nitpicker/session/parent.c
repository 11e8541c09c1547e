/*
 * The session with the parent: connection, config, sessions as a client.
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

/* ---- events ---- */

static void revoked(struct parent *parent,
		    const struct parent_session_revoked *body)
{
	for (struct parent_revocation **link = &parent->revocations; *link;
	     link = &(*link)->next) {
		struct parent_revocation *found = *link;

		if (found->id != body->id)
			continue;
		*link = found->next;
		found->fn(found->user, body->reason);
		free(found);
		return;
	}
}

static void message(void *user, struct wire_packet *packet)
{
	struct parent *parent = user;
	const struct parent_resource *resource = packet->body;

	switch (packet->message->opcode) {
	case OP_parent_config:
		config_changed(parent, packet);
		break;
	case OP_parent_resource:
		if (parent->handler && parent->handler->resource)
			parent->handler->resource(parent->user, resource->quota,
						  resource->used);
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
		revoked(parent, packet->body);
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
	while (parent->revocations) {
		struct parent_revocation *next = parent->revocations->next;

		free(parent->revocations);
		parent->revocations = next;
	}
	while (parent->openings) {
		struct parent_opening *next = parent->openings->next;

		free(parent->openings);
		parent->openings = next;
	}
	config_destroy(parent->config);
	free(parent);
}

/* ---- sessions ---- */

static bool fits(const char *text, size_t max)
{
	size_t length = text ? strlen(text) : 0;

	return length <= max && wire_text_is_valid(text ? text : "", length);
}

static bool make_open(struct parent_session_open *body, const char *service,
		      const char *label, uint64_t ram_quota, const char *args)
{
	if (!wire_name_is_valid(service) ||
	    !fits(label, sizeof(body->label.text)) ||
	    !fits(args, sizeof(body->args.text)) || ram_quota > INT64_MAX)
		return false;
	*body = (struct parent_session_open){ .ram_quota = ram_quota };
	wire_set(&body->service, service);
	wire_set(&body->label, label);
	wire_set(&body->args, args);
	return true;
}

enum wire_status parent_open(struct parent *parent, const char *service,
			     const char *label, uint64_t ram_quota,
			     const char *args, int *fd, uint32_t *id)
{
	struct parent_session_opened opened = { 0 };
	struct parent_session_open body;
	enum wire_status status;

	*fd = -1;
	*id = 0;
	if (!make_open(&body, service, label, ram_quota, args))
		return WIRE_INVALID;
	status = wire_call(parent->wire, OP_parent_session_open, &body, -1,
			   &opened, fd);
	*id = opened.id;
	return status;
}

/* Takes it off the list; what it was is returned. */
static struct parent_opening take_opening(struct parent_opening *opening)
{
	struct parent_opening **link = &opening->parent->openings;
	struct parent_opening taken = *opening;

	while (*link != opening)
		link = &(*link)->next;
	*link = opening->next;
	free(opening);
	return taken;
}

static void opened_later(void *user, enum wire_status status,
			 struct wire_packet *packet)
{
	struct parent_opening opening = take_opening(user);
	uint32_t id = 0;
	int fd = -1;

	if (packet && status == WIRE_OK) {
		const struct parent_session_opened *body = packet->body;

		id = body->id;
		fd = wire_take_fd(packet);
	}
	if (opening.fn) {
		opening.fn(opening.user, status, fd, id);
	} else if (fd >= 0) {
		close(fd);
		parent_close(opening.parent, id);
	}
}

void parent_forget_open(struct parent *parent, void *user)
{
	for (struct parent_opening *opening = parent->openings; opening;
	     opening = opening->next) {
		if (opening->user == user)
			opening->fn = NULL;
	}
}

void parent_open_later(struct parent *parent, const char *service,
		       const char *label, uint64_t ram_quota, const char *args,
		       parent_open_fn *fn, void *user)
{
	struct parent_opening *opening = xcalloc(1, sizeof(*opening));
	struct parent_session_open body = { 0 };

	*opening = (struct parent_opening){
		.next = parent->openings,
		.parent = parent,
		.fn = fn,
		.user = user,
	};
	parent->openings = opening;
	/* What does not fit is refused by the wire, and fn called for it. */
	make_open(&body, service, label, ram_quota, args);
	wire_request(parent->wire, OP_parent_session_open, &body, NULL, 0, -1,
		     opened_later, opening);
}

enum wire_status parent_upgrade(struct parent *parent, uint32_t id,
				uint64_t bytes)
{
	struct parent_session_upgrade body = { .id = id, .bytes = bytes };

	return wire_call(parent->wire, OP_parent_session_upgrade, &body, -1,
			 NULL, NULL);
}

static void upgraded_later(void *user, enum wire_status status,
			   struct wire_packet *packet)
{
	struct parent_opening opening = take_opening(user);

	(void)packet;
	opening.upgrade_fn(opening.user, status);
}

void parent_upgrade_later(struct parent *parent, uint32_t id, uint64_t bytes,
			  parent_upgrade_fn *fn, void *user)
{
	struct parent_opening *opening = xcalloc(1, sizeof(*opening));
	struct parent_session_upgrade body = { .id = id, .bytes = bytes };

	*opening = (struct parent_opening){
		.next = parent->openings,
		.parent = parent,
		.upgrade_fn = fn,
		.user = user,
	};
	parent->openings = opening;
	wire_request(parent->wire, OP_parent_session_upgrade, &body, NULL, 0,
		     -1, upgraded_later, opening);
}

void parent_close(struct parent *parent, uint32_t id)
{
	struct parent_session_close body = { .id = id };

	parent_forget_revoked(parent, id);
	parent_tell(parent, OP_parent_session_close, &body);
}

void parent_on_revoked(struct parent *parent, uint32_t id,
		       parent_revoked_fn *fn, void *user)
{
	struct parent_revocation *revocation = xcalloc(1, sizeof(*revocation));

	parent_forget_revoked(parent, id);
	*revocation = (struct parent_revocation){
		.next = parent->revocations,
		.id = id,
		.fn = fn,
		.user = user,
	};
	parent->revocations = revocation;
}

void parent_forget_revoked(struct parent *parent, uint32_t id)
{
	struct parent_revocation **link = &parent->revocations;

	while (*link && (*link)->id != id)
		link = &(*link)->next;
	if (*link) {
		struct parent_revocation *found = *link;

		*link = found->next;
		free(found);
	}
}

/* ---- the rest ---- */

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

	if (*name && fits(name, sizeof(body.name.text))) {
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
