/*
 * libnitpicker: the session, its events, pointer and clipboard.
 */
#define _GNU_SOURCE
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/alloc.h"
#include "base/log.h"
#include "base/memory.h"
#include "session/client_private.h"
#include "session/nitpicker_private.h"

void nitpicker_enter(struct nitpicker *nitpicker)
{
	nitpicker->depth++;
}

bool nitpicker_leave(struct nitpicker *nitpicker)
{
	nitpicker->depth--;
	if (!nitpicker->closed)
		return true;
	if (!nitpicker->depth)
		free(nitpicker);
	return false;
}

void nitpicker_end(struct nitpicker *nitpicker, const char *reason)
{
	if (nitpicker->ended)
		return;
	nitpicker->ended = true;
	parent_forget_open(nitpicker->parent, nitpicker);
	wire_destroy(nitpicker->wire);
	nitpicker->wire = NULL;
	if (nitpicker->handler->closed) {
		nitpicker->handler->closed(nitpicker->user, reason);
	} else {
		log_error("no views any more: %s", reason);
		loop_stop(nitpicker->loop, 1);
	}
}

/* ---- events ---- */

void nitpicker_tell_shown(struct nitpicker *nitpicker,
			  const struct frame_shown *shown)
{
	nitpicker->shown_frame = shown->frame;
	if (nitpicker->handler->shown)
		nitpicker->handler->shown(nitpicker->user, shown);
}

static void info_changed(struct nitpicker *nitpicker,
			 const struct nitpicker_info *info)
{
	nitpicker->info = *info;
	if (nitpicker->resuming)
		nitpicker_resume(nitpicker);
	else if (nitpicker->handler->info)
		nitpicker->handler->info(nitpicker->user, info);
}

static void input_events(struct nitpicker *nitpicker,
			 const struct wire_packet *packet)
{
	const struct nitpicker_handler *handler = nitpicker->handler;
	const struct input_event *events = packet->elements;

	for (unsigned i = 0; i < packet->element_count && !nitpicker->closed;
	     i++) {
		input_held_event(&nitpicker->held, &events[i]);
		if (handler->event)
			handler->event(nitpicker->user, &events[i]);
	}
	if (!nitpicker->closed && handler->batch_end)
		handler->batch_end(nitpicker->user);
}

static void failed(struct nitpicker *nitpicker, const struct wire_error *error)
{
	if (nitpicker->handler->failed)
		nitpicker->handler->failed(nitpicker->user, error->status);
	else
		log_warning("a message to the server of our views failed: %s",
			    wire_status_name(error->status));
}

static void dispatch(struct nitpicker *nitpicker, struct wire_packet *packet)
{
	const struct nitpicker_handler *handler = nitpicker->handler;
	const struct frame_shown *shown = packet->body;

	switch (packet->message->opcode) {
	case OP_nitpicker_info:
		info_changed(nitpicker, packet->body);
		break;
	case OP_input_events:
		input_events(nitpicker, packet);
		break;
	case OP_frame_shown:
		if (shown->frame)
			nitpicker_tell_shown(nitpicker, shown);
		else
			nitpicker_resumed(nitpicker, shown);
		break;
	case OP_frame_exposed:
		if (handler->exposed)
			handler->exposed(nitpicker->user);
		break;
	case OP_input_keyboard:
		if (handler->keyboard)
			handler->keyboard(nitpicker->user, packet->body);
		break;
	case OP_input_clipboard_changed:
		if (handler->clipboard_changed)
			handler->clipboard_changed(nitpicker->user);
		break;
	case OP_wire_error:
		failed(nitpicker, packet->body);
		break;
	default:
		break;
	}
}

static void message(void *user, struct wire_packet *packet)
{
	struct nitpicker *nitpicker = user;

	nitpicker_enter(nitpicker);
	dispatch(nitpicker, packet);
	nitpicker_leave(nitpicker);
}

static void closed(void *user, const char *reason)
{
	struct nitpicker *nitpicker = user;

	nitpicker_enter(nitpicker);
	nitpicker_lost(nitpicker, reason);
	nitpicker_leave(nitpicker);
}

/* ---- life ---- */

void nitpicker_connect(struct nitpicker *nitpicker, int fd, uint32_t id)
{
	static const struct wire_handler wire_handler = {
		.message = message,
		.closed = closed,
	};

	/* Why the one before was lost may be heard later. */
	parent_forget_revoked(nitpicker->parent, nitpicker->previous_id);
	nitpicker->previous_id = nitpicker->id;
	nitpicker->id = id;
	nitpicker->wire = wire_create(nitpicker->loop, fd, WIRE_CLIENT,
				      &nitpicker_protocol, SERVICE_NITPICKER,
				      false, &wire_handler, nitpicker);
	parent_on_revoked(nitpicker->parent, id, nitpicker_revoked, nitpicker);
}

struct nitpicker *nitpicker_open(struct loop *loop, struct parent *parent,
				 const char *label,
				 const struct nitpicker_handler *handler,
				 void *user, enum wire_status *status)
{
	struct nitpicker *nitpicker;
	enum wire_status result;
	uint32_t id;
	int fd;

	result = parent_open(parent, SERVICE_NITPICKER, label, SESSION_OVERHEAD,
			     "", &fd, &id);
	if (status)
		*status = result;
	if (result != WIRE_OK)
		return NULL;
	nitpicker = xcalloc(1, sizeof(*nitpicker));
	nitpicker->loop = loop;
	nitpicker->parent = parent;
	nitpicker->label = xstrdup(label);
	nitpicker->handler = handler;
	nitpicker->user = user;
	nitpicker->donated = SESSION_OVERHEAD;
	nitpicker->memory.fd = -1;
	nitpicker_connect(nitpicker, fd, id);
	if (!wire_wait_event(nitpicker->wire, OP_nitpicker_info,
			     &nitpicker->info, NULL)) {
		if (status)
			*status = WIRE_GONE;
		nitpicker_close(nitpicker);
		return NULL;
	}
	return nitpicker;
}

void nitpicker_close(struct nitpicker *nitpicker)
{
	if (!nitpicker)
		return;
	wire_destroy(nitpicker->wire);
	nitpicker->wire = NULL;
	parent_forget_revoked(nitpicker->parent, nitpicker->previous_id);
	parent_forget_open(nitpicker->parent, nitpicker);
	parent_close(nitpicker->parent, nitpicker->id);
	nitpicker_free_buffer(nitpicker);
	nitpicker_free_views(nitpicker);
	free(nitpicker->label);
	nitpicker->closed = true;
	if (!nitpicker->depth)
		free(nitpicker);
}

const struct nitpicker_info *nitpicker_info(const struct nitpicker *nitpicker)
{
	return &nitpicker->info;
}

/* ---- pointer, grab, clipboard ---- */

static bool is_up(const struct nitpicker *nitpicker)
{
	return nitpicker->wire && !nitpicker->resuming;
}

void nitpicker_pointer(struct nitpicker *nitpicker, const char *shape)
{
	if (!wire_name_is_valid(shape))
		return;
	wire_set(&nitpicker->pointer.shape, shape);
	if (is_up(nitpicker))
		wire_post(nitpicker->wire, OP_nitpicker_pointer,
			  &nitpicker->pointer, NULL, 0, -1);
}

void nitpicker_raise(struct nitpicker *nitpicker, const char *label)
{
	struct nitpicker_raise body = { 0 };

	wire_set(&body.label, label);
	if (is_up(nitpicker) && *label)
		wire_post(nitpicker->wire, OP_nitpicker_raise, &body, NULL, 0,
			  -1);
}

enum wire_status nitpicker_pointer_image(struct nitpicker *nitpicker,
					 uint32_t w, uint32_t h, uint32_t hot_x,
					 uint32_t hot_y, const uint32_t *pixels)
{
	const uint64_t room = LIMIT_POINTER_SIDE * LIMIT_POINTER_SIDE *
			      sizeof(*pixels);
	enum wire_status status;

	if (!is_up(nitpicker))
		return WIRE_GONE;
	status = client_pointer_image(nitpicker->wire, w, h, hot_x, hot_y,
				      pixels);
	/* Sessions without pictures don't pay for one: room for any. */
	if (status == WIRE_QUOTA_EXCEEDED &&
	    nitpicker_donate(nitpicker, room) == WIRE_OK)
		status = client_pointer_image(nitpicker->wire, w, h, hot_x,
					      hot_y, pixels);
	return status;
}

enum wire_status nitpicker_lock(struct nitpicker *nitpicker, bool on)
{
	struct nitpicker_lock body = { .on = on };

	return is_up(nitpicker) ? wire_call(nitpicker->wire, OP_nitpicker_lock,
					    &body, -1, NULL, NULL)
				: WIRE_GONE;
}

enum wire_status nitpicker_grab(struct nitpicker *nitpicker, bool on)
{
	return is_up(nitpicker) ? client_grab(nitpicker->wire, on) : WIRE_GONE;
}

enum wire_status nitpicker_clipboard_offer(struct nitpicker *nitpicker,
					   const char *text, size_t bytes)
{
	if (!is_up(nitpicker))
		return WIRE_GONE;
	return client_clipboard_offer(nitpicker->wire, text, bytes);
}

char *nitpicker_clipboard_read(struct nitpicker *nitpicker, size_t *bytes)
{
	int fd = is_up(nitpicker) ? client_clipboard_read(nitpicker->wire) : -1;
	char *text;

	if (fd < 0)
		return NULL;
	text = memory_read_blob(fd, LIMIT_CLIPBOARD, bytes);
	close(fd);
	return text;
}
