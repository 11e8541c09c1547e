/*
 * Which windows have a frame, and what clients learn of it.
 */
#include "glue.h"

bool xwin_is_fixed(const struct xwin *win)
{
	const struct size_hints *h = &win->hints;

	return (h->max_w && h->max_w == h->min_w && h->max_h == h->min_h) ||
	       (win->maximised_w && win->maximised_h);
}

static bool wants_frame(const struct xwin *win)
{
	return (win->managed || win->map_wanted) && !win->undecorated &&
	       !win->fullscreen && !xwin_has_client_margin(win) &&
	       (win->type == TYPE_NORMAL || win->type == TYPE_DIALOG ||
		win->type == TYPE_UTILITY);
}

void xwin_tell_extents(struct xwin *win)
{
	struct display *display = &win->glue->display;
	struct margin b = xwin_borders(win);
	const uint32_t words[] = { (uint32_t)b.left, (uint32_t)b.right,
				   (uint32_t)b.top, (uint32_t)b.bottom };

	xcb_change_property(display->connection, XCB_PROP_MODE_REPLACE, win->id,
			    display->atoms[ATOM__NET_FRAME_EXTENTS],
			    XCB_ATOM_CARDINAL, 32, 4, words);
	display_flush(display);
}

static void frame_drag(void *user, unsigned edges)
{
	drag_begin(user, edges);
}

static void frame_close(void *user)
{
	messages_close(user);
}

static void frame_wake(void *user)
{
	struct xwin *win = user;

	paint_wake(win->glue);
}

void xwin_update_frame(struct xwin *win)
{
	static const struct xframe_handler handler = {
		.drag = frame_drag,
		.close = frame_close,
		.wake = frame_wake,
	};
	struct glue *glue = win->glue;
	char title[TITLE_BYTES + 1];

	if (wants_frame(win) == (win->frame != NULL)) {
		if (win->frame)
			xframe_set_fixed(win->frame, xwin_is_fixed(win));
		return;
	}
	if (win->frame) {
		route_forget(glue, win);
		xframe_destroy(win->frame);
		win->frame = NULL;
	} else {
		xwin_marked_title(win, title);
		win->frame = xframe_create(&glue->look, title, &handler, win);
		xframe_set_fixed(win->frame, xwin_is_fixed(win));
		xframe_set_active(win->frame,
				  glue->active && glue->focus == win);
	}
	if (win->is_root)
		return;
	xwin_tell_extents(win);
	if (win->mapped)
		paint_renew(win);
}
