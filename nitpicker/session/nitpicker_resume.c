/*
 * libnitpicker: another server takes over after one died.
 */
#include <stdlib.h>
#include <unistd.h>

#include "base/log.h"
#include "session/client_private.h"
#include "session/nitpicker_private.h"

enum { TRIES_MAX = 4 };

static void reopened(void *user, enum wire_status status, int fd, uint32_t id)
{
	struct nitpicker *nitpicker = user;

	if (status != WIRE_OK) {
		nitpicker_end(nitpicker, wire_status_name(status));
		return;
	}
	nitpicker_connect(nitpicker, fd, id);
}

/* What the old server would have ended. */
static bool release_held(struct nitpicker *nitpicker)
{
	const struct nitpicker_handler *handler = nitpicker->handler;
	struct input_event event;
	bool any = false;

	nitpicker_enter(nitpicker);
	while (!nitpicker->closed &&
	       input_held_release(&nitpicker->held, &event)) {
		any = true;
		if (handler->event)
			handler->event(nitpicker->user, &event);
	}
	if (any && !nitpicker->closed && handler->batch_end)
		handler->batch_end(nitpicker->user);
	return nitpicker_leave(nitpicker);
}

void nitpicker_lost(struct nitpicker *nitpicker, const char *reason)
{
	wire_destroy(nitpicker->wire);
	nitpicker->wire = NULL;
	if (!release_held(nitpicker))
		return;
	if (reason || nitpicker->tries == TRIES_MAX) {
		nitpicker_end(nitpicker,
			      reason ? reason : "the server ends sessions");
		return;
	}
	log_info("the server of our views is gone: waiting for another");
	nitpicker->tries++;
	nitpicker->resuming = true;
	nitpicker->adopting = false;
	parent_open_later(nitpicker->parent, SERVICE_NITPICKER,
			  nitpicker->label, nitpicker->donated, "", reopened,
			  nitpicker);
}

void nitpicker_revoked(void *user, enum revoke_reason reason)
{
	struct nitpicker *nitpicker = user;

	switch (reason) {
	case REVOKE_MALFORMED:
		nitpicker_end(nitpicker, "the server refused a message");
		break;
	case REVOKE_LOCKED_OUT:
		nitpicker_end(nitpicker, "locked out by the user");
		break;
	case REVOKE_SERVER_GONE:
		if (nitpicker->wire && !nitpicker->ended)
			nitpicker_lost(nitpicker, NULL);
		break;
	}
}

/* Views and picture; the buffer is there. */
static void show_all(struct nitpicker *nitpicker)
{
	struct rect all = { 0, 0, (int32_t)nitpicker->memory.w,
			    (int32_t)nitpicker->memory.h };

	nitpicker->resuming = false;
	nitpicker->resumed_frame = nitpicker->frame;
	nitpicker_replay_views(nitpicker);
	if (nitpicker->pointer.shape.length)
		wire_post(nitpicker->wire, OP_nitpicker_pointer,
			  &nitpicker->pointer, NULL, 0, -1);
	if (nitpicker->memory.pixels) {
		client_refresh(nitpicker->wire, 0, &all, 1, nitpicker->memory.w,
			       nitpicker->memory.h);
		nitpicker_swapped(nitpicker);
	}
	if (nitpicker->handler->info)
		nitpicker->handler->info(nitpicker->user, &nitpicker->info);
}

static void adopted(void *user, enum wire_status status,
		    struct wire_packet *packet)
{
	struct nitpicker *nitpicker = user;
	const struct nitpicker_memory *memory = &nitpicker->memory;

	(void)packet;
	nitpicker->adopting = false;
	if (status == WIRE_GONE)
		return; /* the end of the wire is told next */
	/* A server that takes no buffer back may still make one. */
	if (status != WIRE_OK)
		status = nitpicker_make_buffer(nitpicker, memory->w, memory->h,
					       memory->format);
	if (status == WIRE_GONE)
		return;
	if (status != WIRE_OK) {
		nitpicker_end(nitpicker, wire_status_name(status));
		return;
	}
	show_all(nitpicker);
}

void nitpicker_resume(struct nitpicker *nitpicker)
{
	const struct nitpicker_memory *memory = &nitpicker->memory;
	struct nitpicker_buffer body = {
		.w = memory->w,
		.h = memory->h,
		.format = memory->format,
	};

	if (nitpicker->adopting)
		return;
	nitpicker->tries = 0;
	nitpicker->replaced = 0;
	if (!memory->pixels) {
		show_all(nitpicker);
		return;
	}
	nitpicker->adopting = true;
	wire_request(nitpicker->wire, OP_nitpicker_adopt, &body, NULL, 0,
		     memory->fd, adopted, nitpicker);
}

void nitpicker_resumed(struct nitpicker *nitpicker,
		       const struct frame_shown *shown)
{
	struct frame_shown each = *shown;

	while (!nitpicker->closed &&
	       nitpicker->shown_frame != nitpicker->resumed_frame) {
		each.frame = nitpicker->shown_frame + 1;
		if (!each.frame)
			each.frame = 1;
		nitpicker_tell_shown(nitpicker, &each);
	}
}
