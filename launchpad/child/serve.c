/* What children say on the session with their parent. */
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "family.h"

static enum wire_status announce(struct child *child, const char *service)
{
	struct entry_pair *pair;

	if (!child_name_is_valid(service))
		return WIRE_INVALID;
	if (!child_may_provide(child, service)) {
		log_warning("%s may not provide %s", child->label, service);
		return WIRE_DENIED;
	}
	if (entry_pairs_have(child->announced, service))
		return WIRE_OK;
	pair = xcalloc(1, sizeof(*pair));
	pair->name = xstrdup(service);
	pair->next = child->announced;
	child->announced = pair;
	child_changed(child);
	sessions_retry(child->family);
	if (!strcmp(service, SERVICE_LOG))
		family_log_announced(child->family);
	return WIRE_OK;
}

static enum wire_status resource_request(struct child *child, uint64_t bytes)
{
	const struct family *family = child->family;

	if (child->is_host || !family->handler.resource_request)
		return WIRE_DENIED;
	return family->handler.resource_request(family->user, child, bytes);
}

static void open_file(struct child *child, const struct parent_file *body,
		      uint32_t serial)
{
	char name[sizeof(body->name.text) + 1];
	enum wire_status status = WIRE_DENIED;
	int fd;

	wire_get(&body->name, name);
	fd = family_open_file(child, name, &status);
	if (fd < 0) {
		wire_answer(child->wire, serial, status);
		return;
	}
	wire_send(child->wire, OP_parent_file_opened, serial, NULL, NULL, 0,
		  fd);
	close(fd);
}

static void start(struct child *child, const struct parent_start *body,
		  uint32_t serial)
{
	char entry[sizeof(body->entry.text) + 1];

	wire_get(&body->entry, entry);
	request_start(child, entry, serial);
}

static void last_words(struct child *child, const struct parent_exit *body)
{
	char message[sizeof(body->message.text) + 1];

	wire_get(&body->message, message);
	free(child->last_words);
	child->last_words = message[0] ? xstrdup(message) : NULL;
}

static void take_report(struct child *child, struct wire_packet *packet)
{
	const struct parent_report *body = packet->body;
	char label[sizeof(body->label.text) + 1];
	char name[sizeof(body->name.text) + 1];

	wire_get(&body->label, label);
	wire_get(&body->name, name);
	wire_error(child->wire, packet->serial,
		   family_report(child, label, name, packet->fd));
}

/* Requests that are answered by a status at once. */
static enum wire_status answer(struct child *child, struct wire_packet *packet)
{
	const void *body = packet->body;
	char name[sizeof(((struct wire_str64 *)0)->text) + 1];

	switch (packet->message->opcode) {
	case OP_parent_session_close:
		return session_close(
			child, ((const struct parent_session_close *)body)->id);
	case OP_parent_announce:
		wire_get(&((const struct parent_announce *)body)->service,
			 name);
		return announce(child, name);
	case OP_parent_session_revoke: {
		const struct parent_session_revoke *revoke = body;

		return session_revoke(child, revoke->id, revoke->reason);
	}
	case OP_parent_resource_request:
		return resource_request(
			child,
			((const struct parent_resource_request *)body)->bytes);
	case OP_parent_power:
		return request_power(
			child, ((const struct parent_power *)body)->action);
	case OP_parent_store:
		wire_get(&((const struct parent_store *)body)->name, name);
		return family_store(child, name, packet->fd);
	default:
		return WIRE_INVALID;
	}
}

static void keep(struct child *child, const struct wire_packet *packet)
{
	free(child->kept);
	child->kept = memory_read_blob(packet->fd, LIMIT_KEPT, NULL);
}

static void message(void *user, struct wire_packet *packet)
{
	struct child *child = user;
	const struct parent_session_upgrade *upgrade = packet->body;
	const struct parent_deny *deny = packet->body;

	switch (packet->message->opcode) {
	case OP_parent_session_open:
		session_open(child, packet->body, packet->serial);
		break;
	case OP_parent_session_upgrade:
		session_upgrade(child, upgrade->id, upgrade->bytes,
				packet->serial);
		break;
	case OP_parent_accept:
		session_accepted(
			child,
			((const struct parent_accept *)packet->body)->id);
		break;
	case OP_parent_deny:
		session_denied(child, deny->id, deny->reason);
		break;
	case OP_parent_closed:
		session_closed(
			child,
			((const struct parent_closed *)packet->body)->id);
		break;
	case OP_parent_file:
		open_file(child, packet->body, packet->serial);
		break;
	case OP_parent_keep:
		keep(child, packet);
		break;
	case OP_parent_report:
		take_report(child, packet);
		break;
	case OP_parent_start:
		start(child, packet->body, packet->serial);
		break;
	case OP_parent_exit:
		last_words(child, packet->body);
		break;
	default:
		wire_answer(child->wire, packet->serial, answer(child, packet));
	}
}

static void closed(void *user, const char *reason)
{
	struct child *child = user;

	wire_destroy(child->wire);
	child->wire = NULL;
	sessions_of_dead(child);
	requests_forget(child);
	if (child->is_host) {
		host_forget(child);
		return;
	}
	entry_pairs_destroy(child->announced);
	child->announced = NULL;
	if (reason && child_is_alive(child)) {
		/* Nobody could ever take anything back from it. */
		free(child->last_words);
		child->last_words = xasprintf("broke the protocol: %s", reason);
		child_kill_now(child);
	}
}

static void drained(void *user)
{
	struct child *child = user;

	if (child->config_waits)
		child_send_config(child);
}

void child_connect(struct child *child, int fd)
{
	static const struct wire_handler handler = {
		.message = message,
		.closed = closed,
		.drained = drained,
	};

	child->late = false;
	child->wire = wire_create(child->family->loop, fd, WIRE_SERVER,
				  &parent_protocol, child->label, false,
				  &handler, child);
}
