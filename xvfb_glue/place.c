/*
 * Where windows are, and how large.
 */
#include "glue.h"

enum {
	REACH = 64, /* logical pixels of a window that stay on the screen */
	CASCADE = 32, /* between two new windows */
	CASCADE_STEPS = 8,
	FIRST_X = 48,
	FIRST_Y = 32,
	SIDE_MAX = 16000,
	INSET = 4, /* round corners of clients lie in it */
	FRAME_INSET = 3,
};

static int scaled(const struct glue *glue, int logical)
{
	return logical * glue->look.scale / 100;
}

static int clamp(int v, int low, int high)
{
	return v > high && high >= low ? high : v < low ? low : v;
}

struct rect place_usable(const struct glue *glue)
{
	const struct nitpicker_info *info = nitpicker_info(glue->nitpicker);

	return (struct rect){ info->usable_x, info->usable_y,
			      (int)info->usable_w, (int)info->usable_h };
}

static struct rect screen(const struct glue *glue)
{
	const struct nitpicker_info *info = nitpicker_info(glue->nitpicker);

	return (struct rect){ 0, 0, (int)info->w, (int)info->h };
}

/* ---- frames ---- */

struct margin xwin_extents(const struct xwin *win)
{
	int b = win->border;

	return win->frame ? xframe_extents(win->frame)
			  : (struct margin){ b, b, b, b };
}

struct margin xwin_borders(const struct xwin *win)
{
	return win->frame ? xframe_borders(win->frame)
			  : (struct margin){ 0, 0, 0, 0 };
}

bool xwin_has_client_margin(const struct xwin *win)
{
	const struct margin *m = &win->client_margin;

	return m->left || m->top || m->right || m->bottom;
}

/* What the user takes for the window, and back. */
static struct rect outer(const struct xwin *win, struct rect r)
{
	struct margin b = xwin_borders(win), c = win->client_margin;

	return (struct rect){ r.x - b.left + c.left, r.y - b.top + c.top,
			      r.w + b.left + b.right - c.left - c.right,
			      r.h + b.top + b.bottom - c.top - c.bottom };
}

static struct rect inner(const struct xwin *win, struct rect r)
{
	struct margin b = xwin_borders(win), c = win->client_margin;

	return (struct rect){ r.x + b.left - c.left, r.y + b.top - c.top,
			      r.w - b.left - b.right + c.left + c.right,
			      r.h - b.top - b.bottom + c.top + c.bottom };
}

struct rect xwin_content(const struct xwin *win)
{
	struct rect all = { 0, 0, win->shown.w + 2 * win->border,
			    win->shown.h + 2 * win->border };
	const struct margin *m = &win->client_margin;
	int inset = scaled(win->glue, INSET);

	if (win->shaped && win->frame)
		return (struct rect){ 0, 0, 0, 0 };
	if (win->frame)
		return rect_grown(xframe_window(win->frame),
				  -scaled(win->glue, FRAME_INSET));
	if (win->shaped)
		return rect_moved(contour_solid(&win->shape, rect_area(all)),
				  win->border, win->border);
	if (win->depth != 32)
		return all;
	if (xwin_has_client_margin(win))
		return rect_intersect(
			all, (struct rect){
				     m->left + inset, m->top + inset,
				     all.w - m->left - m->right - 2 * inset,
				     all.h - m->top - m->bottom - 2 * inset });
	return rect_intersect(all, win->opaque);
}

/* ---- sizes ---- */

static int stepped(int v, int base, int step, int min, int max)
{
	if (max && v > max)
		v = max;
	if (step > 1 && v > base)
		v = base + (v - base) / step * step;
	return v < min ? min : v;
}

struct size xwin_constrain(const struct xwin *win, int w, int h)
{
	const struct size_hints *hints = &win->hints;

	w = clamp(w, 1, SIDE_MAX);
	h = clamp(h, 1, SIDE_MAX);
	w = stepped(w, hints->base_w, hints->inc_w, hints->min_w, hints->max_w);
	h = stepped(h, hints->base_h, hints->inc_h, hints->min_h, hints->max_h);
	/* w/h >= min_aspect, w/h <= max_aspect */
	if (hints->min_aspect_w && hints->min_aspect_h &&
	    (int64_t)w * hints->min_aspect_h < (int64_t)h * hints->min_aspect_w)
		h = (int)((int64_t)w * hints->min_aspect_h /
			  hints->min_aspect_w);
	if (hints->max_aspect_w && hints->max_aspect_h &&
	    (int64_t)w * hints->max_aspect_h > (int64_t)h * hints->max_aspect_w)
		w = (int)((int64_t)h * hints->max_aspect_w /
			  hints->max_aspect_h);
	return (struct size){ w > 0 ? w : 1, h > 0 ? h : 1 };
}

/* Its title can be reached. */
struct rect place_reachable(const struct xwin *win, struct rect place)
{
	struct rect all = place_usable(win->glue), o = outer(win, place);
	int reach = scaled(win->glue, REACH);
	struct rect r = o;

	r.x = clamp(o.x, all.x + reach - o.w, all.x + all.w - reach);
	r.y = clamp(o.y, all.y, all.y + all.h - reach / 2);
	return rect_moved(place, r.x - o.x, r.y - o.y);
}

/* ---- where it begins ---- */

static struct rect centered(struct rect in, struct rect r)
{
	r.x = in.x + (in.w - r.w) / 2;
	r.y = in.y + (in.h - r.h) / 2;
	return r;
}

/* A place among others of its kind. */
static struct rect cascaded(struct xwin *win, struct rect o)
{
	struct glue *glue = win->glue;
	struct rect all = place_usable(glue);
	int step = scaled(glue, CASCADE) *
		   (int)(glue->cascade++ % CASCADE_STEPS);

	o.x = all.x + scaled(glue, FIRST_X) + step;
	o.y = all.y + scaled(glue, FIRST_Y) + step;
	return o;
}

/* All of it is seen where that can be, else its upper left. */
static struct rect into(struct rect all, struct rect o)
{
	if (o.x + o.w > all.x + all.w)
		o.x = all.x + all.w - o.w;
	if (o.y + o.h > all.y + all.h)
		o.y = all.y + all.h - o.h;
	if (o.x < all.x)
		o.x = all.x;
	if (o.y < all.y)
		o.y = all.y;
	return o;
}

/* Does its own position count? Toolkits say so of dialogs before they know
 * where those belong. */
static bool is_placed(const struct xwin *win, const struct xwin *parent)
{
	return win->hints.user_placed ||
	       ((win->hints.placed || win->put_itself) && !parent &&
		(win->place.x || win->place.y));
}

static struct rect first_outer(struct xwin *win)
{
	const struct xwin *parent = windows_find(win->glue, win->transient_for);
	struct rect all = place_usable(win->glue), o = outer(win, win->place);

	if (is_placed(win, parent)) {
		/* The position is that of the frame. */
		if (win->hints.gravity != XCB_GRAVITY_STATIC) {
			o.x = win->place.x + win->client_margin.left;
			o.y = win->place.y + win->client_margin.top;
		}
	} else if (parent && parent->mapped) {
		o = centered(outer(parent, parent->place), o);
	} else if (win->type == TYPE_SPLASH || win->type == TYPE_DIALOG) {
		o = centered(all, o);
	} else {
		o = cascaded(win, o);
	}
	return into(all, o);
}

/* What it asked for before it was mapped was granted, but X may not have told
 * yet. */
static void take_wish(struct xwin *win)
{
	if (win->wishes & XCB_CONFIG_WINDOW_X)
		win->place.x = win->wish.x;
	if (win->wishes & XCB_CONFIG_WINDOW_Y)
		win->place.y = win->wish.y;
	if (win->wishes & XCB_CONFIG_WINDOW_WIDTH)
		win->place.w = win->wish.w;
	if (win->wishes & XCB_CONFIG_WINDOW_HEIGHT)
		win->place.h = win->wish.h;
	win->wishes = 0;
}

void xwin_place_first(struct xwin *win)
{
	struct rect all = place_usable(win->glue), place;

	take_wish(win);
	if (win->fullscreen || win->maximised_w || win->maximised_h) {
		win->restored = inner(win, first_outer(win));
		xwin_replace(win);
		return;
	}
	if (win->type == TYPE_DOCK)
		return;
	place = inner(win, first_outer(win));
	/* Larger than the screen: as large as it. */
	if (outer(win, place).w > all.w && !xwin_is_fixed(win))
		place.w -= outer(win, place).w - all.w;
	if (outer(win, place).h > all.h && !xwin_is_fixed(win))
		place.h -= outer(win, place).h - all.h;
	xwin_configure(win, place);
}

void xwin_replace(struct xwin *win)
{
	struct rect all = place_usable(win->glue), place = win->place, o;

	if (win->fullscreen) {
		xwin_configure(win, screen(win->glue));
		return;
	}
	if (!win->maximised_w && !win->maximised_h) {
		xwin_configure(win, place_reachable(win, place));
		return;
	}
	o = outer(win, place);
	if (win->maximised_w) {
		o.x = all.x;
		o.w = all.w;
	}
	if (win->maximised_h) {
		o.y = all.y;
		o.h = all.h;
	}
	xwin_configure(win, inner(win, o));
}
