/*
 * What is sent. Never waits: what QEMU doesn't read is queued up to a limit.
 */
#include <errno.h>
#include <string.h>
#include <sys/socket.h>

#include "base/alloc.h"
#include "liquid_fb/vm/display/rfb/rfb_private.h"

enum {
	SET_FORMAT = 0,
	SET_ENCODINGS = 2,
	REQUEST = 3,
	POINTER = 5,
	SET_SIZE = 251,
	QEMU = 255,
	QEMU_KEY = 0,
};

void rfb_flush(struct rfb *rfb)
{
	while (rfb->queued) {
		ssize_t n = send(rfb->fd, rfb->queue, rfb->queued,
				 MSG_NOSIGNAL);

		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0 && errno != EAGAIN) {
			rfb->queued = 0; /* reading tells why */
			break;
		}
		if (n <= 0)
			break;
		rfb->queued -= (size_t)n;
		memmove(rfb->queue, rfb->queue + n, rfb->queued);
	}
	if (rfb->source)
		loop_set_events(rfb->source, rfb->queued
						     ? LOOP_READ | LOOP_WRITE
						     : LOOP_READ);
}

void rfb_send(struct rfb *rfb, const void *bytes, size_t count)
{
	if (rfb->over)
		return;
	if (rfb->queued + count > RFB_QUEUE_MAX) {
		rfb_fail(rfb, "it doesn't read what it is sent");
		return;
	}
	if (rfb->queued + count > rfb->capacity) {
		rfb->capacity = (rfb->queued + count) * 2;
		rfb->queue = xreallocarray(rfb->queue, rfb->capacity, 1);
	}
	memcpy(rfb->queue + rfb->queued, bytes, count);
	rfb->queued += count;
	rfb_flush(rfb);
}

void rfb_begin(struct rfb *rfb)
{
	/* Little-endian xrgb8888, true colour. */
	static const unsigned char format[] = {
		SET_FORMAT, 0,   0, 0,   32, 24, 0, 1, 0, 255,
		0,          255, 0, 255, 16, 8,  0, 0, 0, 0,
	};
	static const int32_t encodings[] = {
		0, /* raw */
		-239, /* pointer's picture */
		-223, /* size of the screen */
		-308, /* the same, and wishes for it */
		-258, /* keys by number */
	};
	unsigned char list[4 + sizeof(encodings)] = { SET_ENCODINGS };

	rfb_send(rfb, format, sizeof(format));
	rfb_put16(list + 2, array_size(encodings));
	for (size_t i = 0; i < array_size(encodings); i++)
		rfb_put32(list + 4 + 4 * i, (uint32_t)encodings[i]);
	rfb_send(rfb, list, sizeof(list));
}

void rfb_request(struct rfb *rfb, bool all)
{
	unsigned char message[10] = { REQUEST, !all };

	rfb_put16(message + 6, rfb->w);
	rfb_put16(message + 8, rfb->h);
	rfb_send(rfb, message, sizeof(message));
}

void rfb_key(struct rfb *rfb, uint32_t number, bool down)
{
	unsigned char message[12] = { QEMU, QEMU_KEY, 0, down };

	rfb_put32(message + 8, number);
	rfb_send(rfb, message, sizeof(message));
}

void rfb_pointer(struct rfb *rfb, uint32_t buttons, uint32_t x, uint32_t y)
{
	unsigned char message[6] = { POINTER, (unsigned char)buttons };

	rfb_put16(message + 2, x);
	rfb_put16(message + 4, y);
	rfb_send(rfb, message, sizeof(message));
}

void rfb_resize(struct rfb *rfb, uint32_t w, uint32_t h)
{
	unsigned char message[24] = { SET_SIZE };

	if (!rfb->sizes)
		return;
	rfb_put16(message + 2, w);
	rfb_put16(message + 4, h);
	message[6] = 1; /* screens */
	rfb_put32(message + 8, rfb->screen);
	rfb_put16(message + 16, w);
	rfb_put16(message + 18, h);
	rfb_put32(message + 20, rfb->flags);
	rfb_send(rfb, message, sizeof(message));
}
