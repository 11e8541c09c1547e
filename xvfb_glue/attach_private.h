/*
 * The parts of attach: windows, their names, the file of their pixels.
 */
#ifndef XVFB_GLUE_ATTACH_PRIVATE_H
#define XVFB_GLUE_ATTACH_PRIVATE_H

#include "glue.h"
#include "xwd.h"

/* What is asked for to name a window: two properties of its own; those of the
 * client's window in it, and whether its window manager manages that. */
enum {
	OWN_TITLE,
	OWN_OLD_TITLE,
	CLIENT_TITLE,
	CLIENT_OLD_TITLE,
	CLIENT_STATE,
	NAMES,
	TITLES = CLIENT_STATE,
};

/* A window of theirs on the root. */
struct theirs {
	struct attach *attach;
	xcb_window_t id;
	uint32_t view;
	struct rect place; /* with the border; root coordinates */
	/* known: what kind it is; placed: X told its place */
	bool known, placed, input_only;
	bool mapped, has_view;
	TAILQ_ENTRY(theirs) link;

	xcb_window_t client; /* its window manager put it there; 0: none */
	bool managed; /* it is a client's, and no other part of the frame */
	char *titles[TITLES]; /* NULL: none */
	struct name_query {
		struct theirs *one;
		int index;
	} queries[NAMES];
};

struct attach {
	struct glue *glue;
	int fd; /* the screen's file */
	struct xwd xwd;
	struct xwin *root;
	TAILQ_HEAD(theirs_list, theirs) windows; /* front to back */
	unsigned count;
	LIST_HEAD(, climb) climbs;
	int climbing; /* how many */
	bool managed, asked; /* by a window manager; whether it is */
};

struct theirs *attach_find(struct attach *attach, xcb_window_t id);

/* ---- attach_file.c ---- */

/* Opens it and reads its head. False with one log line. */
bool attach_open(struct attach *attach);
/* The colour map may change without any pixel doing so. */
void attach_read_colors(struct attach *attach);

/* ---- attach_names.c ---- */

/* Follows the name of a window, which is there or comes. */
void names_begin(struct theirs *one);
void names_end(struct theirs *one); /* it goes */
/* Looks for the client's window in one that was there before; waits. */
void names_search(struct theirs *one);
/* A window was put into another one, into the root too, or destroyed. */
void names_reparented(struct attach *attach, xcb_window_t id,
		      xcb_window_t parent);
void names_destroyed(struct attach *attach, xcb_window_t id);
void names_changed(struct attach *attach,
		   const xcb_property_notify_event_t *event);
/* No answer comes any more. */
void names_finish(struct attach *attach);
/* What its view is called. */
const char *names_title(const struct theirs *one);

#endif
