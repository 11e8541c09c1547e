/*
 * Windows that are no rectangles (SHAPE).
 */
#include <xcb/shape.h>

#include "glue.h"

static void on_rectangles(void *user, void *data)
{
	struct xwin *win = user;
	const xcb_shape_get_rectangles_reply_t *reply = data;
	const struct rect all = { -win->border, -win->border,
				  win->place.w + 2 * win->border,
				  win->place.h + 2 * win->border };
	const xcb_rectangle_t *r;

	if (!reply || !win->shaped)
		return;
	contour_clear(&win->shape);
	r = xcb_shape_get_rectangles_rectangles(reply);
	for (int i = 0; i < xcb_shape_get_rectangles_rectangles_length(reply);
	     i++) {
		const struct rect one = { r[i].x, r[i].y, r[i].width,
					  r[i].height };

		contour_add(&win->shape, rect_intersect(one, all));
	}
	if (win->mapped)
		paint_renew(win);
}

static void ask(struct xwin *win)
{
	struct display *display = &win->glue->display;
	xcb_shape_get_rectangles_cookie_t cookie = xcb_shape_get_rectangles(
		display->connection, win->id, XCB_SHAPE_SK_BOUNDING);

	display_expect(display, cookie.sequence, on_rectangles, win);
}

static void on_extents(void *user, void *data)
{
	struct xwin *win = user;
	const xcb_shape_query_extents_reply_t *reply = data;

	if (!reply || !reply->bounding_shaped)
		return;
	win->shaped = true;
	ask(win);
}

void outline_read(struct xwin *win)
{
	struct display *display = &win->glue->display;

	display_expect(
		display,
		xcb_shape_query_extents(display->connection, win->id).sequence,
		on_extents, win);
}

void outline_event(struct glue *glue, const xcb_generic_event_t *event,
		   uint8_t type)
{
	const xcb_shape_notify_event_t *e = (const void *)event;
	struct xwin *win;

	if (type != glue->display.shape_event + XCB_SHAPE_NOTIFY ||
	    e->shape_kind != XCB_SHAPE_SK_BOUNDING)
		return;
	win = windows_find(glue, e->affected_window);
	if (!win)
		return;
	if (!win->shaped && !e->shaped)
		return;
	win->shaped = e->shaped;
	if (win->shaped)
		ask(win);
	else if (win->mapped)
		paint_renew(win);
}
