/*
 * The session with the parent: services that we provide.
 */
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/alloc.h"
#include "base/log.h"
#include "session/parent_private.h"

static struct parent_provider *find_provider(struct parent *parent,
					     const char *service)
{
	struct parent_provider *provider = parent->providers;

	while (provider && strcmp(provider->service, service))
		provider = provider->next;
	return provider;
}

static struct parent_provided *find_provided(struct parent *parent, uint32_t id)
{
	struct parent_provided *provided = parent->provided;

	while (provided && provided->id != id)
		provided = provided->next;
	return provided;
}

static bool forget_provided(struct parent *parent, uint32_t id)
{
	struct parent_provided **link = &parent->provided;

	while (*link && (*link)->id != id)
		link = &(*link)->next;
	if (!*link)
		return false;

	struct parent_provided *found = *link;

	*link = found->next;
	free(found);
	return true;
}

enum wire_status parent_announce(struct parent *parent, const char *service,
				 const struct provider_handler *handler,
				 void *user)
{
	struct parent_provider *provider = find_provider(parent, service);
	struct parent_announce body = { 0 };
	enum wire_status status;

	if (!wire_name_is_valid(service))
		return WIRE_INVALID;
	if (!provider) {
		provider = xcalloc(1, sizeof(*provider));
		provider->service = xstrdup(service);
		provider->next = parent->providers;
		parent->providers = provider;
	}
	provider->handler = handler;
	provider->user = user;
	wire_set(&body.service, service);
	status = wire_call(parent->wire, OP_parent_announce, &body, -1, NULL,
			   NULL);
	if (status != WIRE_OK)
		log_warning("the parent refuses our service %s: %s", service,
			    wire_status_name(status));
	return status;
}

void parent_withdraw(struct parent *parent, const char *service, void *user)
{
	struct parent_provider *provider = find_provider(parent, service);

	if (provider && provider->user == user)
		provider->handler = NULL;
}

/* The strings of a request, NUL-terminated. */
struct request_text {
	char service[sizeof(((struct wire_str64 *)0)->text) + 1];
	char label[sizeof(((struct wire_str256 *)0)->text) + 1];
	char args[sizeof(((struct wire_str512 *)0)->text) + 1];
};

static enum wire_status open_provided(struct parent *parent,
				      struct parent_provider *provider,
				      const struct session_request *request,
				      int fd)
{
	struct parent_provided *provided = xcalloc(1, sizeof(*provided));
	enum wire_status status;

	*provided = (struct parent_provided){
		.next = parent->provided,
		.id = request->id,
		.provider = provider,
	};
	parent->provided = provided;
	status = provider->handler->open(provider->user, request, fd);
	if (status != WIRE_OK)
		forget_provided(parent, request->id);
	return status;
}

void parent_requested(struct parent *parent, struct wire_packet *packet)
{
	const struct parent_session_request *body = packet->body;
	struct parent_provider *provider;
	enum wire_status status = WIRE_NO_SERVICE;
	struct request_text text;
	int fd = wire_take_fd(packet);

	wire_get(&body->service, text.service);
	wire_get(&body->label, text.label);
	wire_get(&body->args, text.args);
	provider = find_provider(parent, text.service);
	if (provider && provider->handler) {
		struct session_request request = {
			.id = body->id,
			.service = text.service,
			.label = text.label,
			.args = text.args,
			.ram_quota = body->ram_quota,
		};

		status = open_provided(parent, provider, &request, fd);
	}
	if (status == WIRE_OK) {
		struct parent_accept accept = { .id = body->id };

		parent_tell(parent, OP_parent_accept, &accept);
	} else {
		struct parent_deny deny = { .id = body->id, .reason = status };

		close(fd);
		parent_tell(parent, OP_parent_deny, &deny);
	}
}

void parent_upgraded(struct parent *parent, const struct wire_packet *packet)
{
	const struct parent_session_upgraded *body = packet->body;
	struct parent_provided *provided = find_provided(parent, body->id);
	struct parent_accept accept = { .id = body->id };

	if (!provided)
		return;
	if (provided->provider->handler && provided->provider->handler->upgrade)
		provided->provider->handler->upgrade(provided->provider->user,
						     body->id, body->bytes);
	/* Only now may the client be told, who uses it on another wire. */
	parent_tell(parent, OP_parent_accept, &accept);
}

void parent_closing(struct parent *parent, const struct wire_packet *packet)
{
	const struct parent_session_closing *body = packet->body;
	struct parent_provided *provided = find_provided(parent, body->id);

	/* One that we ended ourselves meanwhile was told already. */
	if (provided && provided->provider->handler)
		provided->provider->handler->close(provided->provider->user,
						   body->id);
}

void parent_closed(struct parent *parent, uint32_t id)
{
	struct parent_closed body = { .id = id };

	if (forget_provided(parent, id))
		parent_tell(parent, OP_parent_closed, &body);
}

void parent_revoke(struct parent *parent, uint32_t id,
		   enum revoke_reason reason)
{
	struct parent_session_revoke body = { .id = id, .reason = reason };

	parent_tell(parent, OP_parent_session_revoke, &body);
}

void parent_finish_providers(struct parent *parent)
{
	while (parent->provided)
		forget_provided(parent, parent->provided->id);
	while (parent->providers) {
		struct parent_provider *next = parent->providers->next;

		free(parent->providers->service);
		free(parent->providers);
		parent->providers = next;
	}
}
