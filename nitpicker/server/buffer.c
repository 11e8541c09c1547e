/*
 * Buffers. The server makes them, so that nobody can truncate what it reads,
 * and allocates all their pages before the client gets them, so that they are
 * charged to the server, within the quota that the client donated: whatever a
 * client does to its buffer later costs the server no further memory.
 */
#include "server.h"

#include <unistd.h>

static void buffer_release(struct buffer *buffer)
{
	memory_unmap(buffer->pixels, buffer->bytes);
	if (buffer->fd >= 0)
		close(buffer->fd);
	*buffer = (struct buffer){ .fd = -1 };
}

uint64_t client_used(const struct client *client)
{
	const struct pointer_image *image = &client->session->image;
	return SESSION_OVERHEAD + (uint64_t)(image->w * image->h * 4) +
	       session_view_bytes(client->session->view_count) +
	       client->session->buffer.bytes + client->coming.bytes;
}

uint32_t client_views_max(const struct client *client)
{
	uint64_t other = client_used(client) -
			 session_view_bytes(client->session->view_count);
	uint32_t views = LIMIT_VIEWS;
	while (views > FREE_VIEWS &&
	       other + session_view_bytes(views) > client->quota)
		views--;
	return views;
}

static void answer(struct client *client, enum wire_status status)
{
	struct buffer *coming = &client->coming;
	struct nitpicker_buffer_made made = { coming->bytes, coming->stride,
					      0 };
	if (status != WIRE_OK)
		buffer_release(coming);
	if (status != WIRE_OK || client->adopted)
		wire_answer(client->wire, client->request, status);
	else
		wire_send(client->wire, OP_nitpicker_buffer_made,
			  client->request, &made, NULL, 0, coming->fd);
	client->request = 0;
}

/* A part of the pages per turn: others go on meanwhile. */
static void allocate(void *user)
{
	struct client *client = user;
	struct buffer *coming = &client->coming;
	uint64_t bytes = coming->bytes - client->allocated;
	if (bytes > ALLOCATE_BYTES)
		bytes = ALLOCATE_BYTES;
	if (!memory_allocate(coming->fd, client->allocated, bytes)) {
		log_warning("%s: no memory for its buffer",
			    client->session->label);
		answer(client, WIRE_QUOTA_EXCEEDED);
		return;
	}
	client->allocated += bytes;
	if (client->allocated < coming->bytes) {
		loop_defer(client->server->component.loop, allocate, client);
		return;
	}
	coming->pixels = memory_map(coming->fd, coming->bytes, false);
	answer(client, coming->pixels ? WIRE_OK : WIRE_QUOTA_EXCEEDED);
}

static enum wire_status check(const struct client *client,
			      struct buffer *coming)
{
	uint64_t used = client_used(client) - client->coming.bytes;
	if (client->request)
		return WIRE_BUSY; /* one at a time */
	if (used + coming->bytes > client->quota)
		return WIRE_QUOTA_EXCEEDED;
	if (coming->fd >= 0)
		return memory_is_buffer(coming->fd, coming->bytes)
			       ? WIRE_OK
			       : WIRE_INVALID;
	coming->fd = memory_create_buffer("nitpicker", coming->bytes);
	return coming->fd < 0 ? WIRE_BUSY : WIRE_OK; /* no descriptor left */
}

void client_request_buffer(struct client *client, uint32_t serial,
			   const struct nitpicker_buffer *body, int fd)
{
	uint32_t pixel = body->format == FORMAT_RGB565 ? 2 : 4;
	struct buffer coming = { .fd = fd,
				 .w = body->w,
				 .h = body->h,
				 .format = (enum pixel_format)body->format };
	bool adopted = fd >= 0;
	enum wire_status status;
	coming.stride = (body->w * pixel + 63) / 64 * 64; /* cache lines */
	coming.bytes = page_round((uint64_t)coming.stride * body->h);
	status = check(client, &coming);
	if (status != WIRE_OK) {
		if (coming.fd >= 0)
			close(coming.fd);
		wire_answer(client->wire, serial, status);
		return;
	}
	buffer_release(&client->coming); /* of one that was never shown */
	client->coming = coming;
	client->adopted = adopted;
	client->allocated = 0;
	client->request = serial;
	loop_defer(client->server->component.loop, allocate, client);
}

void client_swap_buffer(struct client *client)
{
	struct buffer old = client->session->buffer;
	if (client->coming.fd < 0 || client->request)
		return;
	session_set_buffer(client->session, &client->coming);
	client->coming = (struct buffer){ .fd = -1 };
	buffer_release(&old);
}

void client_free_buffers(struct client *client)
{
	loop_undefer(client->server->component.loop, client);
	buffer_release(&client->coming);
	buffer_release(&client->session->buffer);
}
