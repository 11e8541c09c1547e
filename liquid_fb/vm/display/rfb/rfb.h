/*
 * rfb: the viewer's half of the Remote Framebuffer protocol 3.8 (RFC 6143), as
 * far as QEMU speaks it to a viewer on the same machine: no password, raw
 * pixels, changes of the size in both directions, the pointer's picture, and
 * keys as numbers of the hardware.
 *
 * QEMU is trusted as little as any peer: each length is checked against a
 * limit, each rectangle against the size of the screen.
 */
#ifndef LIQUID_FB_RFB_H
#define LIQUID_FB_RFB_H

#include "base/geometry.h"
#include "base/loop.h"

enum {
	RFB_SIDE_MAX = 16384, /* pixels of the screen */
	RFB_POINTER_MAX = 64, /* of the pointer's picture; larger: skipped */
	RFB_SKIP_MAX = 1 << 20, /* bytes of what is of no use here */
	RFB_SCREENS_MAX = 255,
	RFB_QUEUE_MAX = 1 << 16, /* bytes that QEMU has not read */
};

enum rfb_resize {
	RFB_BY_GUEST, /* it has another mode */
	RFB_ACCEPTED, /* what we asked for was handed to the guest */
	RFB_REFUSED, /* its display can't */
};

struct rfb_handler {
	/* The screen has that size from here on; also at the beginning. */
	void (*size)(void *user, uint32_t w, uint32_t h);
	/* How a wish for another size ended; the size is told on its own. */
	void (*asked)(void *user, enum rfb_resize how);
	/* `count` pixels (xrgb8888) of row y from x on. */
	void (*pixels)(void *user, uint32_t x, uint32_t y,
		       const uint32_t *pixels, uint32_t count);
	/* That rectangle is complete. */
	void (*drawn)(void *user, struct rect r);
	/* All of an update is there. */
	void (*end)(void *user);
	/* argb8888, premultiplied; w 0: no pointer. */
	void (*pointer)(void *user, uint32_t w, uint32_t h, uint32_t hot_x,
			uint32_t hot_y, const uint32_t *pixels);
	/* The connection is over; rfb_destroy is the owner's to call. */
	void (*closed)(void *user, const char *reason);
};

struct rfb;

/* Takes the connected descriptor (non-blocking) over. */
struct rfb *rfb_create(struct loop *loop, int fd,
		       const struct rfb_handler *handler, void *user);
void rfb_destroy(struct rfb *rfb); /* NULL is fine */

/* Asks for what changed (or all of it) since the last update. */
void rfb_request(struct rfb *rfb, bool all);
void rfb_key(struct rfb *rfb, uint32_t number, bool down);
/* `buttons`: 1 left, 2 middle, 4 right, 8 wheel up, 16 wheel down. */
void rfb_pointer(struct rfb *rfb, uint32_t buttons, uint32_t x, uint32_t y);
void rfb_resize(struct rfb *rfb, uint32_t w, uint32_t h);

#endif
