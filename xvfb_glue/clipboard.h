/*
 * clipboard: the selections CLIPBOARD and PRIMARY of an X server <-> the
 * clipboard of the desktop.
 *
 * What an X program selects is offered to the desktop, which takes it from the
 * program that the user works in. What another program of the desktop offers
 * is owned by us in X, and read only when an X program asks for it: nitpicker
 * decides then whether it may. Text only, at most LIMIT_CLIPBOARD bytes.
 */
#ifndef XVFB_GLUE_CLIPBOARD_H
#define XVFB_GLUE_CLIPBOARD_H

#include "display.h"
#include "session/nitpicker.h"

enum {
	CLIPBOARD_CHUNK = 64 << 10, /* bytes; what is longer goes in pieces */
	CLIPBOARD_TRANSFERS = 8, /* of long texts at a time */
	CLIPBOARD_PAIRS = 16, /* targets of one request */
};

/* A program that stops in the middle of a long text is given up. */
#define CLIPBOARD_STALLED_NS 5000000000ull
/* PRIMARY changes with each step of the mouse. */
#define CLIPBOARD_PRIMARY_NS 200000000ull

struct clipboard;

/* Of a connected display. `primary`: with that selection. Never NULL. */
struct clipboard *clipboard_create(struct display *display,
				   struct nitpicker *nitpicker, bool primary);
void clipboard_destroy(struct clipboard *clipboard); /* NULL is fine */

/* The desktop's clipboard changed: for the handler of the session. */
void clipboard_changed(struct clipboard *clipboard);

/* Does an X window have the desktop's focus? */
void clipboard_focus(struct clipboard *clipboard, bool focused);

#endif
