/*
 * The user moves and resizes windows with the pointer.
 */
#include "glue.h"

enum { NEAR = 5, SIDE_MIN = 32 };

#define DOUBLE_NS ((uint64_t)400000000)

static bool is_near(const struct glue *glue, int x, int y)
{
	int dx = glue->route.x - x, dy = glue->route.y - y;
	int near = NEAR * glue->look.scale / 100;

	return dx > -near && dx < near && dy > -near && dy < near;
}

static bool can_resize(const struct xwin *win)
{
	const struct size_hints *h = &win->hints;

	return !h->max_w || h->max_w != h->min_w || h->max_h != h->min_h;
}

/* The title was pressed twice: as large as can be, or as it was. */
static bool is_second(struct glue *glue, const struct xwin *win, unsigned edges)
{
	struct route *route = &glue->route;
	uint64_t now = loop_now();
	bool again = edges == EDGE_MOVE && route->pressed == win &&
		     now - route->title_time < DOUBLE_NS &&
		     is_near(glue, route->title_x, route->title_y);

	route->title_time = edges == EDGE_MOVE && !again ? now : 0;
	route->title_x = route->x;
	route->title_y = route->y;
	return again;
}

void drag_begin_at(struct xwin *win, unsigned edges, int x, int y)
{
	struct glue *glue = win->glue;

	if (!win->mapped || win->fullscreen || glue->drag.win ||
	    (edges != EDGE_MOVE && !can_resize(win)))
		return;
	glue->drag = (struct drag){
		.win = win, .edges = edges, .x = x, .y = y, .place = win->place
	};
}

void drag_begin(struct xwin *win, unsigned edges)
{
	struct glue *glue = win->glue;

	if (is_second(glue, win, edges)) {
		if (can_resize(win))
			messages_set_maximised(
				win, !(win->maximised_w && win->maximised_h),
				!(win->maximised_w && win->maximised_h));
		return;
	}
	drag_begin_at(win, edges, glue->route.x, glue->route.y);
}

/* A size by the hints, held at the edge that isn't dragged. */
static struct rect resized(const struct xwin *win, unsigned edges,
			   struct rect r, int dx, int dy)
{
	struct rect to = r;
	struct size size;

	if (edges & EDGE_LEFT)
		to.w -= dx;
	else if (edges & EDGE_RIGHT)
		to.w += dx;
	if (edges & EDGE_TOP)
		to.h -= dy;
	else if (edges & EDGE_BOTTOM)
		to.h += dy;
	if (to.w < SIDE_MIN)
		to.w = SIDE_MIN;
	if (to.h < SIDE_MIN)
		to.h = SIDE_MIN;
	size = xwin_constrain(win, to.w, to.h);
	to.w = size.w;
	to.h = size.h;
	if (edges & EDGE_LEFT)
		to.x = r.x + r.w - to.w;
	if (edges & EDGE_TOP)
		to.y = r.y + r.h - to.h;
	return to;
}

void drag_motion(struct glue *glue)
{
	const struct drag *drag = &glue->drag;
	int dx = glue->route.x - drag->x, dy = glue->route.y - drag->y;
	struct xwin *win = drag->win;
	struct rect to;

	if (!win)
		return;
	if (!is_near(glue, glue->route.title_x, glue->route.title_y))
		glue->route.title_time = 0; /* who drags doesn't press twice */
	if (drag->edges == EDGE_MOVE) {
		if (win->maximised_w || win->maximised_h) {
			if (!dx && !dy)
				return;
			/* It comes off, and hangs on the pointer. */
			messages_set_maximised(win, false, false);
			glue->drag.place = win->restored;
			glue->drag.place.x = drag->x - win->restored.w / 2;
			glue->drag.place.y = win->place.y;
		}
		to = rect_moved(glue->drag.place, dx, dy);
		to.w = win->place.w;
		to.h = win->place.h;
		xwin_configure(win, place_reachable(win, to));
	} else {
		to = resized(win, drag->edges, drag->place, dx, dy);
		if (!rect_equal(to, win->place))
			xwin_configure(win, to);
	}
}

void drag_end(struct glue *glue)
{
	glue->drag.win = NULL;
}
