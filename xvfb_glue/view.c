/*
 * The views of windows.
 */
#include "glue.h"

void view_send_place(struct xwin *win)
{
	struct nitpicker *nitpicker = win->glue->nitpicker;
	const struct margin *e = &win->shown_inset;
	struct rect spot = win->spot.r;

	nitpicker_view_geometry(nitpicker, win->view,
				(struct rect){ win->shown.x - e->left,
					       win->shown.y - e->top, spot.w,
					       spot.h });
	nitpicker_view_offset(nitpicker, win->view, -spot.x, -spot.y);
}

static const struct xwin *view_above(struct xwin *win)
{
	for (win = TAILQ_PREV(win, xwins, link); win;
	     win = TAILQ_PREV(win, xwins, link))
		if (win->has_view)
			return win;
	return NULL;
}

static void send_title(struct xwin *win)
{
	struct nitpicker *nitpicker = win->glue->nitpicker;
	struct rect content = xwin_content(win);
	char title[TITLE_BYTES + 1];

	xwin_marked_title(win, title);
	nitpicker_view_title(nitpicker, win->view, title);
	win->view_dirty = false;
	/* Of which nothing is said, that is all marked in X-ray. */
	if (rect_is_empty(content))
		return;
	nitpicker_view_content(nitpicker, win->view, content);
	win->has_content = true;
}

void view_destroy(struct xwin *win)
{
	if (!win->has_view)
		return;
	nitpicker_view_destroy(win->glue->nitpicker, win->view);
	win->has_view = win->has_content = false;
	/* The same number is not used again. */
	win->view = ++win->glue->last_view;
}

void view_send(struct xwin *win)
{
	struct nitpicker *nitpicker = win->glue->nitpicker;
	const struct xwin *above;

	/* What was said can't be taken back. */
	if (win->has_content && rect_is_empty(xwin_content(win)))
		view_destroy(win);
	if (!win->has_view)
		nitpicker_view_create(nitpicker, win->view, 0);
	win->glue->report_dirty = true;
	view_send_place(win);
	send_title(win);
	if (win->staging.is_file) {
		nitpicker_view_background(nitpicker, win->view);
		win->has_view = true;
		attach_root_moved(win->glue);
		return;
	}
	if (win->has_view)
		return;
	above = view_above(win);
	if (above)
		nitpicker_view_behind_of(nitpicker, win->view, above->view);
	else
		nitpicker_view_front(nitpicker, win->view);
	win->has_view = true;
}
