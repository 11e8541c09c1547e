/*
 * vm_display: a QEMU guest on a framebuffer.
 *
 * QEMU's display comes over RFB; its pixels are written straight into the
 * buffer of the Framebuffer session. Where guest and buffer differ in size the
 * picture is in the middle, or cut; never stretched. The guest's mode is wished
 * from the framebuffer, the framebuffer's from the guest.
 */
#ifndef LIQUID_FB_DISPLAY_H
#define LIQUID_FB_DISPLAY_H

#include "qemu.h"
#include "liquid_fb/vm/display/rfb/rfb.h"
#include "session/component.h"
#include "session/framebuffer.h"
#include "session/input.h"

struct display {
	struct component component;
	struct qemu *qemu;
	struct rfb *rfb; /* NULL: not connected yet */
	struct framebuffer *framebuffer;
	struct input *input;
	int code; /* to exit with */

	/* screen.c */
	uint32_t guest_w, guest_h; /* 0: not known yet */
	bool asking; /* the guest was asked for a size */
	uint32_t asked_w, asked_h; /* the last one it was asked for */
	bool refuses; /* its display can't change */
	bool requested; /* an update is on its way */
	bool in_flight, hidden; /* our frame */
	bool all; /* the next update has to be complete */
	struct region damage;

	/* input.c */
	uint32_t buttons;
	int32_t x, y; /* of the guest's screen */
};

/* ---- screen.c ---- */

extern const struct framebuffer_handler screen_framebuffer_handler;
extern const struct rfb_handler screen_rfb_handler;
/* Where the guest's (0,0) is in the buffer; may be negative. */
struct point screen_origin(const struct display *display);
/* Fetches the present mode and paints all of it. */
bool screen_fetch(struct display *display);

/* ---- input.c ---- */

extern const struct input_handler input_handler;

/* ---- keys.c ---- */

/* Of a Linux key; 0: a PC has none. */
uint32_t key_number(uint32_t code);

/* ---- main.c ---- */

/* Ends with these last words. */
void display_end(struct display *display, int code, const char *words);

#endif
