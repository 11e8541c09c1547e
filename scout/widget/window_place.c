/*
 * Where a window is, how large, and how the user changes that.
 */
#include <linux/input-event-codes.h>
#include <stdlib.h>

#include "base/log.h"
#include "scout/widget/window_private.h"

enum { REACH = 64, TITLE = 40, ROUND_UP = 64, NUDGE = 16, NEAR = 5 };
enum { DOUBLE_NS = 400000000, STEPS_MAX = 1000 };

static int clamp(int v, int low, int high)
{
	return v < low ? low : v > high && high >= low ? high : v;
}

static struct rect usable(const struct window *window)
{
	const struct nitpicker_info *info = nitpicker_info(window->nitpicker);
	struct rect r = { info->usable_x, info->usable_y, (int)info->usable_w,
			  (int)info->usable_h };

	return r;
}

struct rect window_fit(const struct window *window, struct rect place)
{
	struct rect all = usable(window);
	int reach = ui_px(&window->ui, REACH);
	int title = ui_px(&window->ui, TITLE);

	place.w = clamp(place.w, ui_px(&window->ui, window->min_w),
			LIMIT_SIDE / 2);
	place.h = clamp(place.h, ui_px(&window->ui, window->min_h),
			LIMIT_SIDE / 2);
	place.x = clamp(place.x, all.x + reach - place.w,
			all.x + all.w - reach);
	place.y = clamp(place.y, all.y, all.y + all.h - title);
	return place;
}

struct rect window_first_place(const struct window *window, struct rect place)
{
	struct rect all = usable(window);

	place.w = clamp(place.w, 1, all.w);
	place.h = clamp(place.h, 1, all.h);
	place = window_fit(window, place);
	/* Where it is larger than the screen, its upper left is seen. */
	place.x = clamp(place.x, all.x,
			place.w < all.w ? all.x + all.w - place.w : all.x);
	place.y = clamp(place.y, all.y,
			place.h < all.h ? all.y + all.h - place.h : all.y);
	return place;
}

int window_from_right(const struct window *window, struct rect place)
{
	struct rect all = usable(window);

	return all.x + all.w - place.w - place.x;
}

static int wrapped(int v, int from, int room)
{
	return room > 0 && v > from ? from + (v - from) % (room + 1) : v;
}

struct rect window_cascade(const struct window *window, struct rect place)
{
	const char *text = getenv(WINDOW_CASCADE);
	long steps = text ? strtol(text, NULL, 10) : 0;
	struct rect all = usable(window);
	int shift;

	if (steps <= 0 || steps > STEPS_MAX)
		return place;
	/* Back at the left and top where the screen ends. */
	shift = (int)steps * ui_px(&window->ui, WINDOW_STEP);
	place.x = wrapped(place.x + shift, all.x, all.w - place.w);
	place.y = wrapped(place.y + shift, all.y, all.h - place.h);
	return place;
}

void window_move(struct window *window)
{
	window->place.x = window->next.x;
	window->place.y = window->next.y;
	if (window->stacked)
		window_send_place(window);
	window_wake(window);
}

/* Beside what the program needs itself; without a quota all is. */
static bool is_affordable(const struct window *window, int w, int h)
{
	uint64_t quota = parent_quota(window->parent);
	uint64_t reserve = window->reserve < quota / 2 ? window->reserve
						       : quota / 2;

	return !quota || (uint64_t)w * (uint64_t)h * 4 <= quota - reserve;
}

/* A buffer for w x h; larger than needed while the user drags. */
static bool make_buffer(struct window *window, int w, int h)
{
	enum wire_status status;

	if (w <= window->buffer_w && h <= window->buffer_h &&
	    (window->dragging ||
	     (int64_t)w * h * 2 > (int64_t)window->buffer_w * window->buffer_h))
		return true;
	if (window->dragging) {
		w = (w + ROUND_UP - 1) / ROUND_UP * ROUND_UP;
		h = (h + ROUND_UP - 1) / ROUND_UP * ROUND_UP;
	}
	status = is_affordable(window, w, h)
			 ? nitpicker_set_buffer(window->nitpicker, (uint32_t)w,
						(uint32_t)h, FORMAT_ARGB8888)
			 : WIRE_QUOTA_EXCEEDED;
	if (status != WIRE_OK) {
		log_warning("no buffer of %dx%d: %s", w, h,
			    wire_status_name(status));
		return false;
	}
	window->buffer_w = w;
	window->buffer_h = h;
	return true;
}

/* What is too large for the memory that the window may have becomes smaller, as
 * long as it is larger than the window is. */
static bool fit_memory(struct window *window, struct rect *next,
		       struct margin margin)
{
	struct rect now = window->place;
	bool made;

	while (!(made = make_buffer(window,
				    next->w + margin.left + margin.right,
				    next->h + margin.top + margin.bottom)) &&
	       !window->dragging && next->w * 7 / 8 > now.w &&
	       next->h * 7 / 8 > now.h) {
		next->w = next->w * 7 / 8;
		next->h = next->h * 7 / 8;
	}
	return made;
}

/* True when the server has to be told. */
bool window_resize(struct window *window)
{
	struct margin margin = window_margin(window);
	struct rect next = window->next;
	bool same = next.w == window->place.w && next.h == window->place.h &&
		    margin.left == window->margin.left;

	if (same && next.x == window->place.x && next.y == window->place.y)
		return window->hole_dirty;
	if (!same) {
		if (!fit_memory(window, &next, margin)) {
			window->next = window->place;
			return false;
		}
		window->next = next;
		window->margin = margin;
		window->margin_dirty = true;
		widget_place(window->ui.root,
			     (struct rect){ 0, 0, next.w, next.h });
		widget_damage(window->ui.root);
	}
	window->place = next;
	return true;
}

void window_go(struct window *window, struct rect next)
{
	bool same = next.w == window->place.w && next.h == window->place.h;

	if (!same && window->handler.wish &&
	    window->handler.wish(window->user, next))
		return;
	window->next = next;
	if (rect_equal(next, window->place))
		return;
	if (same)
		window_move(window);
	else
		window_wake(window);
}

/* ---- the user drags ---- */

void window_maximise(struct window *window)
{
	struct rect all = usable(window);

	window->dragging = false;
	if (rect_equal(window->place, all) && window->restored.w) {
		window_go(window, window_fit(window, window->restored));
	} else {
		window->restored = window->place;
		window_go(window, all);
	}
}

/* By steps of the keyboard, -1 to 1. */
static void nudge(struct window *window, int dx, int dy, bool resize)
{
	int step = ui_px(&window->ui, NUDGE);
	struct rect r = window->place;

	if (resize) {
		r.w += dx * step;
		r.h += dy * step;
	} else {
		r = rect_moved(r, dx * step, dy * step);
	}
	window_go(window, window_fit(window, r));
}

bool window_place_key(struct window *window, const struct ui_event *event)
{
	bool resize = event->mods & UI_SHIFT;

	if (window->bare || (window->fixed && resize))
		return false;
	if (event->type != UI_KEY || !(event->mods & UI_CONTROL) ||
	    !(event->mods & UI_ALT))
		return false;
	switch (event->code) {
	case KEY_LEFT:
		nudge(window, -1, 0, resize);
		return true;
	case KEY_RIGHT:
		nudge(window, 1, 0, resize);
		return true;
	case KEY_UP:
		nudge(window, 0, -1, resize);
		return true;
	case KEY_DOWN:
		nudge(window, 0, 1, resize);
		return true;
	case KEY_ENTER:
		window_maximise(window);
		return true;
	default:
		return false;
	}
}

/* The pointer is where it was pressed last. */
static bool is_near(const struct window *window)
{
	int dx = window->pointer_x - window->drag_x;
	int dy = window->pointer_y - window->drag_y;
	int near = ui_px(&window->ui, NEAR);

	return dx > -near && dx < near && dy > -near && dy < near;
}

void window_drag_begin(void *user, unsigned edges)
{
	struct window *window = user;
	uint64_t now = loop_now();
	bool again = edges == EDGE_MOVE &&
		     now - window->title_pressed < DOUBLE_NS && is_near(window);

	window->title_pressed = edges == EDGE_MOVE && !again ? now : 0;
	if (again) {
		if (!window->fixed)
			window_maximise(window);
		return;
	}
	window->dragging = true;
	window->drag_edges = edges;
	window->drag_x = window->pointer_x;
	window->drag_y = window->pointer_y;
	window->drag_place = window->place;
}

static struct rect dragged(const struct window *window)
{
	int dx = window->pointer_x - window->drag_x;
	int dy = window->pointer_y - window->drag_y;
	unsigned edges = window->drag_edges;
	struct rect r = window->drag_place;
	int min_w = ui_px(&window->ui, window->min_w);
	int min_h = ui_px(&window->ui, window->min_h);

	if (edges == EDGE_MOVE)
		return window_fit(window, rect_moved(r, dx, dy));
	if (edges & EDGE_LEFT) {
		dx = dx > r.w - min_w ? r.w - min_w : dx;
		r.x += dx;
		r.w -= dx;
	} else if (edges & EDGE_RIGHT) {
		r.w += dx;
	}
	if (edges & EDGE_TOP) {
		dy = dy > r.h - min_h ? r.h - min_h : dy;
		r.y += dy;
		r.h -= dy;
	} else if (edges & EDGE_BOTTOM) {
		r.h += dy;
	}
	return window_fit(window, r);
}

void window_drag(struct window *window)
{
	if (!window->dragging)
		return;
	/* Who drags doesn't press twice. */
	if (!is_near(window))
		window->title_pressed = 0;
	window_go(window, dragged(window));
}
