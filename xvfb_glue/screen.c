/*
 * The whole X screen as one window.
 */
#include <stdlib.h>

#include "base/alloc.h"
#include "glue.h"

enum { SIDE_MIN = 64 };

struct point screen_to_root(const struct glue *glue, struct point at)
{
	const struct xwin *win;

	TAILQ_FOREACH(win, &glue->windows, link)
	if (win->is_root)
		return (struct point){ at.x - win->shown.x,
				       at.y - win->shown.y };
	return at;
}

struct xwin *screen_create(struct glue *glue, struct rect place)
{
	struct xwin *win = windows_create(glue, glue->display.root, place, 0,
					  false);

	if (!win)
		return NULL;
	win->title = xstrdup(glue->options.title);
	win->type = TYPE_NORMAL;
	win->hints = (struct size_hints){ .min_w = SIDE_MIN,
					  .min_h = SIDE_MIN,
					  .max_w = glue->max_w,
					  .max_h = glue->max_h };
	win->mapped = true;
	return win;
}

void screen_begin(struct glue *glue)
{
	const uint32_t mask = XCB_EVENT_MASK_STRUCTURE_NOTIFY;
	int scale = glue->look.scale;
	struct xwin *win;

	xcb_change_window_attributes(glue->display.connection,
				     glue->display.root, XCB_CW_EVENT_MASK,
				     &mask);
	windows_listen(glue);
	manager_set_size(glue, glue->options.width * scale / 100,
			 glue->options.height * scale / 100);
	win = screen_create(glue,
			    (struct rect){ 0, 0, glue->root_w, glue->root_h });
	if (!win)
		return;
	win->managed = true;
	xwin_update_frame(win);
	xwin_place_first(win);
	glue->focus = win;
	paint_renew(win);
}
