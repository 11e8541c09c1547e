/*
 * xframe: scout's frame around an X window, in the same view as its pixels.
 *
 *   margin   the shadow: blended, no window
 *   window   title and border             (xframe_window)
 *   content  the X window's own pixels    (xframe_content): never painted here
 *
 * All rectangles are relative to the upper left of the margin, in real pixels.
 */
#ifndef XVFB_GLUE_XFRAME_H
#define XVFB_GLUE_XFRAME_H

#include "look.h"
#include "scout/widget/widgets.h"

struct xframe;

struct xframe_handler {
	/* The user drags the title (EDGE_MOVE) or edges. */
	void (*drag)(void *user, unsigned edges);
	void (*close)(void *user);
	/* Something has to be painted. */
	void (*wake)(void *user);
};

struct xframe *xframe_create(const struct look *look, const char *title,
			     const struct xframe_handler *handler, void *user);
void xframe_destroy(struct xframe *frame); /* NULL is fine */

/* What a content needs at its sides, window and margin together. */
struct margin xframe_extents(const struct xframe *frame);
/* The same without the margin: _NET_FRAME_EXTENTS. */
struct margin xframe_borders(const struct xframe *frame);
/* Narrower contents get a frame of that width, real pixels. */
int xframe_min_width(const struct xframe *frame);

/* The size of its content; all is painted anew. */
void xframe_set_size(struct xframe *frame, int w, int h);
struct rect xframe_window(const struct xframe *frame);
struct rect xframe_content(const struct xframe *frame);
struct size xframe_size(const struct xframe *frame); /* with the margin */

void xframe_set_title(struct xframe *frame, const char *title);
void xframe_set_fixed(struct xframe *frame, bool fixed);
void xframe_set_active(struct xframe *frame, bool active);
/* The look changed. */
void xframe_relook(struct xframe *frame);

/* Input, relative to the margin's upper left. */
void xframe_event(struct xframe *frame, const struct ui_event *event);
void xframe_leave(struct xframe *frame);
/* The pointer's shape over it; NULL: the usual one. */
const char *xframe_shape(const struct xframe *frame);

enum { XFRAME_RECTS_MAX = 64 };

/*
 * Paints what changed into `surface`, whose pixel (x,y) is the margin's upper
 * left. Returns how many rectangles of the surface that were.
 */
unsigned xframe_paint(struct xframe *frame, const struct blit_surface *surface,
		      int x, int y, struct rect rects[XFRAME_RECTS_MAX]);
/* All of it, next time. */
void xframe_damage(struct xframe *frame);

/* Its widgets, for the report `widgets`; owned by the caller. */
char *xframe_report(const struct xframe *frame, int x, int y, int output_x,
		    int output_y);

#endif
