/*
 * The views of a window: one, or four around a hole where the view of another
 * session is. Nothing of the two overlaps, so that neither has to be in front
 * of the other.
 */
#include "scout/widget/window_private.h"

struct margin window_margin(const struct window *window)
{
	return window->bare ? (struct margin){ 0 }
			    : shadow_margin(window->ui.scale);
}

/* Shows that part of the window and its shadow; window coordinates. */
static void send_side(struct window *window, uint32_t view, struct rect side)
{
	const struct margin *m = &window->margin;
	const struct rect *p = &window->place;

	nitpicker_view_geometry(window->nitpicker, view,
				rect_moved(side, p->x, p->y + window->rise));
	nitpicker_view_offset(window->nitpicker, view, -(side.x + m->left),
			      -(side.y + m->top));
}

static void send_content(struct window *window, struct rect content)
{
	struct rect in_view = rect_moved(content, window->margin.left,
					 window->margin.top);

	nitpicker_view_content(window->nitpicker, VIEW, in_view);
}

static void create_sides(struct window *window)
{
	struct rect none = { 0 };

	window->hollow = true;
	for (uint32_t view = VIEW_LEFT; view <= VIEW_BOTTOM; view++) {
		nitpicker_view_create(window->nitpicker, view, 0);
		/* In X-ray they are decoration. */
		nitpicker_view_content(window->nitpicker, view, none);
	}
}

static void destroy_sides(struct window *window)
{
	window->hollow = false;
	for (uint32_t view = VIEW_LEFT; view <= VIEW_BOTTOM; view++)
		nitpicker_view_destroy(window->nitpicker, view);
}

static void stack(struct window *window)
{
	if (window->hollow)
		for (uint32_t view = VIEW_LEFT; view <= VIEW_BOTTOM; view++)
			nitpicker_view_front(window->nitpicker, view);
	nitpicker_view_front(window->nitpicker, VIEW);
}

static void send_sides(struct window *window)
{
	const struct margin *m = &window->margin;
	const struct rect *p = &window->place, *hole = &window->hole;
	int all = p->w + m->left + m->right;
	int right = hole->x + hole->w, bottom = hole->y + hole->h;
	int inset = window->bare ? 0 : ui_px(&window->ui, WINDOW_INSET);
	bool fresh = !window->hollow;

	if (fresh)
		create_sides(window);
	send_side(window, VIEW,
		  (struct rect){ -m->left, -m->top, all, m->top + hole->y });
	send_content(window, (struct rect){ inset, inset, p->w - 2 * inset,
					    hole->y - inset });
	send_side(
		window, VIEW_LEFT,
		(struct rect){ -m->left, hole->y, m->left + hole->x, hole->h });
	send_side(window, VIEW_RIGHT,
		  (struct rect){ right, hole->y, p->w - right + m->right,
				 hole->h });
	send_side(window, VIEW_BOTTOM,
		  (struct rect){ -m->left, bottom, all,
				 p->h - bottom + m->bottom });
	if (fresh)
		stack(window);
}

static void send_whole(struct window *window)
{
	const struct margin *m = &window->margin;
	const struct rect *p = &window->place;
	int inset = window->bare ? 0 : ui_px(&window->ui, WINDOW_INSET);

	if (window->hollow)
		destroy_sides(window);
	send_side(window, VIEW,
		  (struct rect){ -m->left, -m->top, p->w + m->left + m->right,
				 p->h + m->top + m->bottom });
	struct rect content = { inset, inset, p->w - 2 * inset,
				p->h - 2 * inset };

	/* What can be seen through isn't there for input yet, or any more. */
	send_content(window, window->faded ? (struct rect){ 0 } : content);
}

void window_send_place(struct window *window)
{
	window->hole_dirty = false;
	if (!window->stacked) {
		nitpicker_view_create(window->nitpicker, VIEW, 0);
		nitpicker_view_title(window->nitpicker, VIEW, window->title);
	}
	if (rect_is_empty(window->hole))
		send_whole(window);
	else
		send_sides(window);
	nitpicker_execute(window->nitpicker);
	if (window->handler.placed)
		window->handler.placed(window->user);
}

struct rect window_place(const struct window *window)
{
	return window->stacked ? window->place : window->next;
}

struct rect window_body_place(const struct window *window, int w, int h)
{
	return frame_body_place(window->frame, w, h);
}

void window_set_place(struct window *window, struct rect place)
{
	window->next = window_fit(window, place);
	window_wake(window);
}

void window_set_first_place(struct window *window, struct rect place)
{
	window->next = window_first_place(window, place);
}

void window_set_hole(struct window *window, struct rect hole)
{
	if (rect_equal(hole, window->hole))
		return;
	window->hole = hole;
	window->hole_dirty = true;
	window_wake(window);
}

void window_raise(struct window *window)
{
	if (!window->stacked)
		return;
	stack(window);
	nitpicker_execute(window->nitpicker);
	if (window->handler.raised)
		window->handler.raised(window->user);
}

void window_set_style(struct window *window, bool bare, bool fixed)
{
	window->bare = bare;
	window->fixed = fixed;
	frame_set_style(window->frame, bare, fixed);
	window->margin_dirty = window->hole_dirty = true;
	window_wake(window);
}

struct nitpicker *window_nitpicker(struct window *window)
{
	return window->nitpicker;
}
