/* What children ask for and the owner of the family decides, in its own time:
 * mostly the user is asked. */
#include <stdlib.h>

#include "family.h"

enum { REQUESTS_MAX = 4 /* of one child at a time */ };

struct request {
	struct request *next;
	struct child *asker;
	uint32_t serial; /* of its message */
	uint32_t id;
};

void request_start(struct child *asker, const char *entry, uint32_t serial)
{
	struct family *family = asker->family;
	struct request *request;
	unsigned count = 0;

	for (request = family->requests; request; request = request->next)
		count += request->asker == asker;
	if (asker->is_host || !family->handler.start ||
	    !child_name_is_valid(entry) || count >= REQUESTS_MAX) {
		wire_answer(asker->wire, serial,
			    count >= REQUESTS_MAX ? WIRE_BUSY : WIRE_DENIED);
		return;
	}
	request = xcalloc(1, sizeof(*request));
	*request = (struct request){
		.next = family->requests,
		.asker = asker,
		.serial = serial,
		.id = ++family->last_request,
	};
	family->requests = request;
	family->handler.start(family->user, asker, entry, request->id);
}

void family_answer_start(struct family *family, uint32_t id,
			 enum wire_status status)
{
	struct request **at = &family->requests;
	struct request *request;

	while (*at && (*at)->id != id)
		at = &(*at)->next;
	request = *at;
	if (!request)
		return;
	*at = request->next;
	if (request->asker->wire)
		wire_answer(request->asker->wire, request->serial, status);
	free(request);
}

void requests_forget(struct child *asker)
{
	struct request **at = &asker->family->requests;

	while (*at) {
		struct request *request = *at;

		if (request->asker != asker) {
			at = &request->next;
			continue;
		}
		*at = request->next;
		free(request);
	}
}

void child_send_powers(struct child *child)
{
	const struct parent_powers body = { .powers = child->family->powers };

	if (child->wire && child->entry && child->entry->power)
		wire_send(child->wire, OP_parent_powers, 0, &body, NULL, 0, -1);
}

void family_set_powers(struct family *family, unsigned powers)
{
	struct child *child;

	if (family->powers == powers)
		return;
	family->powers = powers;
	for (child = family->first; child; child = child->next)
		child_send_powers(child);
}

enum wire_status request_power(struct child *asker, enum power_action action)
{
	const struct family *family = asker->family;

	if (!asker->entry || !asker->entry->power ||
	    !(family->powers & 1u << action) || !family->handler.power) {
		log_warning("%s may not end the desktop", asker->label);
		return WIRE_DENIED;
	}
	return family->handler.power(family->user, asker, action);
}
