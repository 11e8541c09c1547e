/*
 * Framebuffer, client half.
 */
#define _GNU_SOURCE
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/alloc.h"
#include "base/log.h"
#include "base/memory.h"
#include "session/client_private.h"
#include "session/framebuffer.h"

/* How often a mode may change while we fetch it. */
enum { FETCH_TRIES = 16 };

struct framebuffer {
	struct parent *parent;
	struct wire *wire;
	uint32_t id;
	const struct framebuffer_handler *handler;
	void *user;
	struct framebuffer_mode_info mode;
	void *pixels;
	size_t bytes; /* mapped */
	uint32_t frame; /* the last one */
};

static void message(void *user, struct wire_packet *packet)
{
	struct framebuffer *framebuffer = user;
	const struct framebuffer_handler *handler = framebuffer->handler;

	switch (packet->message->opcode) {
	case OP_frame_shown:
		wire_rest(framebuffer->wire);
		handler->shown(framebuffer->user, packet->body);
		break;
	case OP_framebuffer_mode_changed:
		handler->mode_changed(framebuffer->user);
		break;
	case OP_frame_exposed:
		if (handler->exposed)
			handler->exposed(framebuffer->user);
		break;
	default:
		break;
	}
}

static void closed(void *user, const char *reason)
{
	struct framebuffer *framebuffer = user;

	framebuffer->handler->closed(framebuffer->user, reason);
}

struct framebuffer *framebuffer_attach(
	struct loop *loop, struct parent *parent, int fd, uint32_t id,
	const struct framebuffer_handler *handler, void *user)
{
	static const struct wire_handler wire_handler = {
		.message = message,
		.closed = closed,
	};
	struct framebuffer *framebuffer = xcalloc(1, sizeof(*framebuffer));

	*framebuffer = (struct framebuffer){
		.parent = parent,
		.id = id,
		.handler = handler,
		.user = user,
	};
	framebuffer->wire = wire_create(
		loop, fd, WIRE_CLIENT, &framebuffer_protocol,
		SERVICE_FRAMEBUFFER, false, &wire_handler, framebuffer);
	return framebuffer;
}

struct framebuffer *framebuffer_open(struct loop *loop, struct parent *parent,
				     const char *output,
				     const struct framebuffer_handler *handler,
				     void *user, enum wire_status *status)
{
	enum wire_status result = WIRE_INVALID;
	char args[96] = "";
	uint32_t id;
	int fd;

	if (!output || wire_name_is_valid(output)) {
		if (output)
			snprintf(args, sizeof(args), "output=%s", output);
		result = parent_open(parent, SERVICE_FRAMEBUFFER, "", 0, args,
				     &fd, &id);
	}
	if (status)
		*status = result;
	if (result != WIRE_OK)
		return NULL;
	return framebuffer_attach(loop, parent, fd, id, handler, user);
}

void framebuffer_open_later(struct parent *parent, const char *output,
			    parent_open_fn *fn, void *user)
{
	char args[96] = "";

	if (output && wire_name_is_valid(output))
		snprintf(args, sizeof(args), "output=%s", output);
	else if (output)
		log_error("%s: no name of an output", output);
	parent_open_later(parent, SERVICE_FRAMEBUFFER, "", 0, args, fn, user);
}

void framebuffer_close(struct framebuffer *framebuffer)
{
	if (!framebuffer)
		return;
	wire_destroy(framebuffer->wire);
	parent_close(framebuffer->parent, framebuffer->id);
	memory_unmap(framebuffer->pixels, framebuffer->bytes);
	free(framebuffer);
}

/* ---- mode and buffer ---- */

static unsigned pixel_bytes(uint32_t format)
{
	return format == FORMAT_RGB565 ? 2 : 4;
}

/* Maps the buffer behind `fd`; the provider is trusted, but for its sums. */
static bool map_buffer(struct framebuffer *framebuffer,
		       const struct framebuffer_mode_info *mode, int fd,
		       uint64_t bytes)
{
	uint64_t needed = (uint64_t)mode->stride * mode->h;
	off_t size = lseek(fd, 0, SEEK_END);
	void *pixels;

	if (mode->stride < mode->w * pixel_bytes(mode->format) ||
	    bytes < needed || (size > 0 && (uint64_t)size < needed)) {
		log_error("Framebuffer: the buffer is too small for its mode");
		return false;
	}
	pixels = memory_map(fd, needed, true);
	if (!pixels) {
		log_error("Framebuffer: can't map the buffer: %s",
			  strerror(errno));
		return false;
	}
	memory_unmap(framebuffer->pixels, framebuffer->bytes);
	framebuffer->pixels = pixels;
	framebuffer->bytes = needed;
	framebuffer->mode = *mode;
	return true;
}

bool framebuffer_fetch(struct framebuffer *framebuffer)
{
	struct framebuffer_mode_info mode;
	struct framebuffer_buffer_made made;
	enum wire_status status = WIRE_BUSY;
	bool mapped;
	int fd;

	/* Busy: the mode changed between the two requests. */
	for (int i = 0; i < FETCH_TRIES && status == WIRE_BUSY; i++) {
		status = wire_call(framebuffer->wire, OP_framebuffer_mode, NULL,
				   -1, &mode, NULL);
		if (status == WIRE_OK)
			status = wire_call(framebuffer->wire,
					   OP_framebuffer_buffer, NULL, -1,
					   &made, &fd);
	}
	if (status != WIRE_OK)
		return false;
	mapped = map_buffer(framebuffer, &mode, fd, made.bytes);
	close(fd);
	return mapped;
}

const struct framebuffer_mode_info *framebuffer_mode(
	const struct framebuffer *framebuffer)
{
	return &framebuffer->mode;
}

void *framebuffer_pixels(const struct framebuffer *framebuffer)
{
	return framebuffer->pixels;
}

/* ---- frames and the rest ---- */

uint32_t framebuffer_refresh(struct framebuffer *framebuffer,
			     const struct rect *rects, size_t count)
{
	uint32_t frame = framebuffer->frame + 1;

	if (!frame)
		frame = 1;
	if (!client_refresh(framebuffer->wire, frame, rects, count,
			    framebuffer->mode.w, framebuffer->mode.h))
		return 0;
	framebuffer->frame = frame;
	return frame;
}

void framebuffer_title(struct framebuffer *framebuffer, const char *title)
{
	struct framebuffer_title body = { 0 };

	wire_set(&body.title, title);
	wire_post(framebuffer->wire, OP_framebuffer_title, &body, NULL, 0, -1);
}

enum wire_status framebuffer_wish(struct framebuffer *framebuffer, uint32_t w,
				  uint32_t h)
{
	struct framebuffer_mode_wish body = { .w = w, .h = h };

	if (!w || !h || w > LIMIT_SIDE || h > LIMIT_SIDE)
		return WIRE_INVALID;
	return wire_call(framebuffer->wire, OP_framebuffer_mode_wish, &body, -1,
			 NULL, NULL);
}

enum wire_status framebuffer_pointer_image(struct framebuffer *framebuffer,
					   uint32_t w, uint32_t h,
					   uint32_t hot_x, uint32_t hot_y,
					   const uint32_t *pixels)
{
	return client_pointer_image(framebuffer->wire, w, h, hot_x, hot_y,
				    pixels);
}

void framebuffer_pointer_move(struct framebuffer *framebuffer, int32_t x,
			      int32_t y, bool visible)
{
	struct framebuffer_pointer_move body = {
		.x = x,
		.y = y,
		.visible = visible,
	};

	wire_post(framebuffer->wire, OP_framebuffer_pointer_move, &body, NULL,
		  0, -1);
}
