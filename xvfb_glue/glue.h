/*
 * xvfb_glue: the windows of an X server as views of one Nitpicker session.
 *
 *   display    the connection to the X server
 *   server     an Xvfb of our own            programs  what runs in it
 *   options    the config
 *   manager    the window manager's share of the X screen itself
 *   windows    its windows, and their parts: properties place stack paint view
 *              staging messages outline contour drag
 *   pool       the one buffer                xframe look   frames of scout
 *   route      input: to frames, or to X     seat   what goes to X
 *   keyboard input clipboard pointer settings   from and to X, each for itself
 *
 * In the mode `rootless` X coordinates are session coordinates: the X screen
 * lies where nitpicker's is, and each X window where its view is.
 */
#ifndef XVFB_GLUE_GLUE_H
#define XVFB_GLUE_GLUE_H

#include "options.h"
#include "programs.h"
#include "seat.h"
#include "server.h"
#include "session/component.h"
#include "windows.h"

/* The user moves or resizes a window. */
struct drag {
	struct xwin *win; /* NULL: nobody does */
	unsigned edges; /* EDGE_... */
	int x, y; /* of the pointer at the beginning */
	struct rect place;
};

struct route {
	int x, y; /* of the pointer, session coordinates */
	struct xwin *hover; /* its frame has the pointer */
	struct xwin *pressed; /* its frame got the press */
	const char *shape; /* of the pointer over frames, as it was told */
	unsigned mods; /* of the keyboard */
	uint32_t own_key; /* pressed, and not told to X; 0: none */
	bool moved; /* not told yet */
	uint64_t title_time; /* of the last press on a title, ns; 0: none */
	int title_x, title_y;
};

struct attach;

struct glue {
	struct component component;
	struct options options;
	struct nitpicker *nitpicker;
	struct server *server; /* NULL: somebody else's */
	struct programs *programs;
	struct display display;
	struct look look;
	struct pool pool;

	struct xwins windows; /* front to back */
	uint32_t last_view; /* ids are given in order */
	int root_w, root_h; /* of the X screen */
	int max_w, max_h; /* that it can have */
	uint32_t mode; /* RandR's, of that size; 0: that of its start */
	unsigned modes; /* that were made: names are used once */
	bool managing; /* we are the window manager */

	/* paint */
	unsigned outstanding; /* copies that X was asked for */
	uint64_t asked; /* when, ns */
	bool busy; /* X took its time to answer: clients keep it busy */
	struct timer pause; /* until more is asked for, then */
	bool in_flight; /* a frame is on its way to the screen */
	bool paint_deferred;
	struct region damage; /* of the buffer, for the next refresh */
	uint32_t colors[CONVERT_COLORS]; /* of depth 8 */
	char *report, *widgets; /* as they were told last */
	bool report_dirty; /* more than pixels changed since */

	struct xwin *focus; /* has the X focus when we are active */
	bool active; /* the session has the focus */
	bool lists_dirty; /* the root's lists of windows are old */
	unsigned cascade;
	struct drag drag;
	struct route route;
	struct seat seat;
	struct attach *attach; /* NULL: not attached */
};

/* ---- manager.c ---- */

/* Becomes window manager and compositor. False with one log line: somebody
 * else is. */
bool manager_begin(struct glue *glue);
/* The X screen gets the size of nitpicker's. */
void manager_resize(struct glue *glue);
/* Size of an X screen, by RandR; at most what it was started with. */
void manager_set_size(struct glue *glue, int w, int h);

/* ---- route.c ---- */

void route_event(struct glue *glue, const struct input_event *event);
void route_batch_end(struct glue *glue);
void route_forget(struct glue *glue, const struct xwin *win);

/* ---- screen.c: the whole X screen as one window ---- */

/* Of the mode `screen`. */
void screen_begin(struct glue *glue);
/* Makes that window, X screen and all, of that size. */
struct xwin *screen_create(struct glue *glue, struct rect place);
/* A place of the session, on the X root. */
struct point screen_to_root(const struct glue *glue, struct point at);

/* ---- attach.c: an X server that somebody else started and manages ---- */

/* Shows it as it is, its pixels out of its file. False with one log line. */
bool attach_begin(struct glue *glue);
void attach_end(struct glue *glue); /* also without */
/* Its pixels lie elsewhere in the buffer. */
void attach_root_moved(struct glue *glue);
/* Reads a rectangle of the screen into the staging of its window. */
bool attach_fetch(struct glue *glue, struct rect r);

/* ---- main.c ---- */

/* Ends when nobody is left to stay for. */
void glue_check_end(struct glue *glue);

#endif
