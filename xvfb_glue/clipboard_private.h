/*
 * The halves of clipboard: selections of X programs come in, texts of the
 * desktop go out.
 */
#ifndef XVFB_GLUE_CLIPBOARD_PRIVATE_H
#define XVFB_GLUE_CLIPBOARD_PRIVATE_H

#include "clipboard.h"

enum { SELECTION_CLIPBOARD, SELECTION_PRIMARY, SELECTIONS };

enum incoming_state {
	INCOMING_NONE,
	INCOMING_ASKED, /* the owner, for the text */
	INCOMING_READING, /* the property that holds it */
	INCOMING_PIECES, /* more and more of it */
};

struct selection {
	struct clipboard *clipboard;
	xcb_atom_t atom; /* and the property of our window for its text */
	bool used;
	bool ours, wanted; /* owned by us; to be owned by us */
	xcb_timestamp_t since; /* we own it */

	enum incoming_state state;
	xcb_timestamp_t changed; /* its owner */
	bool latin; /* asked for as STRING */
	bool pieces; /* it comes in pieces */
	char *text;
	size_t bytes;
	struct timer stalled, pause;
};

/* A long text on its way to an X program. */
struct transfer {
	struct clipboard *clipboard;
	xcb_window_t window;
	xcb_atom_t property, type;
	xcb_selection_request_event_t request;
	char *text;
	size_t bytes, sent;
	bool begun;
	struct timer stalled;
	struct transfer *next;
};

struct clipboard {
	struct display *display;
	struct nitpicker *nitpicker;
	bool focused;
	bool has_text; /* the desktop may have one */
	struct selection selections[SELECTIONS];
	struct transfer *transfers;
	unsigned transfer_count;
};

/* clipboard_in.c */
void incoming_init(struct selection *selection);
void incoming_finish(struct selection *selection);
/* An X program owns it since `time`. */
void incoming_begin(struct selection *selection, xcb_timestamp_t time);
void incoming_notify(struct clipboard *clipboard,
		     const xcb_selection_notify_event_t *event);
void incoming_property(struct clipboard *clipboard,
		       const xcb_property_notify_event_t *event);

/* clipboard_out.c */
void outgoing_finish(struct clipboard *clipboard);
/* Becomes the owner. */
void outgoing_claim(struct selection *selection);
void outgoing_request(struct clipboard *clipboard,
		      const xcb_selection_request_event_t *event);
void outgoing_property(struct clipboard *clipboard,
		       const xcb_property_notify_event_t *event);

#endif
