/*
 * The session with the parent: sessions that we open.
 */
#define _GNU_SOURCE
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/alloc.h"
#include "session/parent_private.h"

static bool make_open(struct parent_session_open *body, const char *service,
		      const char *label, uint64_t ram_quota, const char *args)
{
	if (!wire_name_is_valid(service) ||
	    !parent_text_fits(label, sizeof(body->label.text)) ||
	    !parent_text_fits(args, sizeof(body->args.text)) ||
	    ram_quota > INT64_MAX)
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
		if (opening->user != user)
			continue;
		opening->fn = NULL;
		opening->upgrade_fn = NULL;
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
	if (opening.upgrade_fn)
		opening.upgrade_fn(opening.user, status);
}

/* A request whose answer is nothing but a status. */
static void ask_later(struct parent *parent, uint16_t opcode, const void *body,
		      parent_upgrade_fn *fn, void *user)
{
	struct parent_opening *opening = xcalloc(1, sizeof(*opening));

	*opening = (struct parent_opening){
		.next = parent->openings,
		.parent = parent,
		.upgrade_fn = fn,
		.user = user,
	};
	parent->openings = opening;
	wire_request(parent->wire, opcode, body, NULL, 0, -1, upgraded_later,
		     opening);
}

void parent_upgrade_later(struct parent *parent, uint32_t id, uint64_t bytes,
			  parent_upgrade_fn *fn, void *user)
{
	struct parent_session_upgrade body = { .id = id, .bytes = bytes };

	ask_later(parent, OP_parent_session_upgrade, &body, fn, user);
}

void parent_start_later(struct parent *parent, const char *entry,
			parent_start_fn *fn, void *user)
{
	struct parent_start body = { 0 };

	if (!wire_name_is_valid(entry)) {
		fn(user, WIRE_INVALID);
		return;
	}
	wire_set(&body.entry, entry);
	ask_later(parent, OP_parent_start, &body, fn, user);
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

void parent_revoked(struct parent *parent,
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

void parent_finish_sessions(struct parent *parent)
{
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
}
