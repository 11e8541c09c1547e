/*
 * Pixels: from X into the pool, and on the screen.
 *
 * In turns: all windows with damage are copied, when the answers are there one
 * refresh and one batch of view records bring it to the screen, and the next
 * turn begins when that was shown. A window that was resized goes on being
 * shown at its old spot until its new one is filled.
 *
 * Each copy costs the X server time that its clients could use. Where they keep
 * it busy, every other frame is enough.
 */
#include <stdlib.h>
#include <xcb/composite.h>
#include <xcb/damage.h>
#include <xcb/xfixes.h>

#include "base/log.h"
#include "glue.h"

enum { RECTS_MAX = 64 }; /* of one window; beyond: what surrounds them */

static const uint64_t busy_ns = 3000000; /* it answers in 0.3 ms else */
static const uint64_t pause_ns = 16000000; /* a frame */

void paint_moved(struct xwin *win)
{
	if (!win->has_view)
		return;
	win->shown.x = win->place.x;
	win->shown.y = win->place.y;
	win->glue->report_dirty = true;
	paint_wake(win->glue);
	view_send_place(win);
	nitpicker_execute(win->glue->nitpicker);
}

static bool is_ready(const struct xwin *win)
{
	return win->mapped && win->pixmap && win->depth && !win->input_only &&
	       !win->syncing && !win->no_room &&
	       (win->override || win->managed || win->is_root);
}

/* ---- commit: what was copied comes to the screen ---- */

static void paint_frame(struct xwin *win)
{
	struct glue *glue = win->glue;
	struct rect rects[XFRAME_RECTS_MAX];
	const struct blit_surface surface = {
		.pixels = nitpicker_pixels(glue->nitpicker),
		.stride = (ptrdiff_t)nitpicker_stride(glue->nitpicker),
		.width = glue->pool.w,
		.height = glue->pool.h,
		.format = BLIT_ARGB8888,
	};
	unsigned count = xframe_paint(win->frame, &surface, win->spot.r.x,
				      win->spot.r.y, rects);

	for (unsigned i = 0; i < count; i++)
		region_add(&glue->damage, rects[i]);
	glue->report_dirty |= count > 0;
}

/* It got a frame, lost it, or that has another size since. All of it is copied
 * again, into another spot. */
static bool is_outdated(const struct xwin *win)
{
	const struct margin *is = win->complete ? &win->inset
						: &win->shown_inset;
	struct margin e = xwin_extents(win);

	return e.left != is->left || e.top != is->top || e.right != is->right ||
	       e.bottom != is->bottom;
}

static void commit_window(struct xwin *win)
{
	struct glue *glue = win->glue;

	if (is_outdated(win)) {
		win->full |= win->complete;
		win->complete = false;
		pool_give(&glue->pool, &win->next);
		return;
	}
	if (win->complete) {
		win->shown_inset = win->inset;
		win->complete = false;
		if (win->next.used)
			pool_move(&glue->pool, &win->spot, &win->next);
		win->shown = win->copied;
		/* It may have been moved since. */
		if (win->place.w == win->shown.w &&
		    win->place.h == win->shown.h)
			win->shown = win->place;
		view_send(win);
		region_add(&glue->damage, win->spot.r);
	} else if (win->view_dirty && win->has_view) {
		view_send(win);
	}
	if (win->frame && win->has_view)
		paint_frame(win);
}

static void commit(struct glue *glue)
{
	struct xwin *win;

	TAILQ_FOREACH(win, &glue->windows, link)
	commit_window(win);
	nitpicker_execute(glue->nitpicker);
	if (!region_is_empty(&glue->damage))
		glue->in_flight = nitpicker_refresh(glue->nitpicker,
						    glue->damage.rects,
						    glue->damage.count) != 0;
	region_clear(&glue->damage);
	if (glue->lists_dirty) {
		stack_publish(glue);
		glue->report_dirty = true;
	}
	if (glue->report_dirty)
		report_windows(glue);
	glue->report_dirty = false;
	TAILQ_FOREACH(win, &glue->windows, link)
	if (win->full && is_ready(win))
		paint_wake(glue);
}

/* ---- copying ---- */

/* Pixels with the border. */
static struct rect pixmap_of(const struct xwin *win)
{
	return (struct rect){ 0, 0, win->copied.w + 2 * win->copied_border,
			      win->copied.h + 2 * win->copied_border };
}

/* Where pixel (0,0) of the pixmap lies in the buffer. */
static struct point origin(const struct xwin *win)
{
	const struct rect *spot = win->next.used ? &win->next.r : &win->spot.r;

	return (struct point){ spot->x + win->inset.left - win->copied_border,
			       spot->y + win->inset.top - win->copied_border };
}

static void add_damage(struct xwin *win, struct rect r)
{
	struct point at = origin(win);

	r = rect_intersect(r, pixmap_of(win));
	if (rect_is_empty(r))
		return;
	if (win->staging.segment || win->staging.is_file)
		staging_convert(win, r, at.x, at.y);
	region_add(&win->glue->damage, rect_moved(r, at.x, at.y));
}

static void on_copied(void *user, void *data)
{
	struct xwin *win = ((struct property_query *)user)->win;
	const xcb_xfixes_fetch_region_reply_t *reply = data;
	const xcb_rectangle_t *r;
	int count;

	win->waiting = false;
	if (!--win->glue->outstanding)
		win->glue->busy = loop_now() - win->glue->asked > busy_ns;
	if (reply && win->complete) {
		add_damage(win, pixmap_of(win));
	} else if (reply) {
		r = xcb_xfixes_fetch_region_rectangles(reply);
		count = xcb_xfixes_fetch_region_rectangles_length(reply);
		if (count > RECTS_MAX) {
			r = &reply->extents;
			count = 1;
		}
		for (int i = 0; i < count; i++)
			add_damage(win,
				   (struct rect){ r[i].x + win->copied_border,
						  r[i].y + win->copied_border,
						  r[i].width, r[i].height });
	}
	if (!win->glue->outstanding)
		commit(win->glue);
}

/* Into the pool or the staging; what was damaged, or all. */
static void copy_area(struct xwin *win, bool full)
{
	struct glue *glue = win->glue;
	xcb_connection_t *c = glue->display.connection;
	int depth = win->depth == 32 ? POOL_32 : POOL_24;
	bool staged = win->staging.segment != 0;
	struct point at = staged ? (struct point){ 0, 0 } : origin(win);
	xcb_gcontext_t gc = staged ? win->staging.gc : glue->pool.gcs[depth];
	xcb_pixmap_t to = staged ? win->staging.pixmap
				 : glue->pool.pixmaps[depth];
	struct rect all = pixmap_of(win);
	const uint32_t none = XCB_NONE;

	if (full)
		xcb_change_gc(c, gc, XCB_GC_CLIP_MASK, &none);
	else
		xcb_xfixes_set_gc_clip_region(
			c, gc, win->region,
			(int16_t)(at.x + win->copied_border),
			(int16_t)(at.y + win->copied_border));
	xcb_copy_area(c, win->pixmap, to, gc, 0, 0, (int16_t)at.x,
		      (int16_t)at.y, (uint16_t)all.w, (uint16_t)all.h);
	if (staged)
		staging_ask_colors(win);
}

static void copy(struct xwin *win, bool full)
{
	struct glue *glue = win->glue;
	xcb_connection_t *c = glue->display.connection;

	xcb_damage_subtract(c, win->damage, XCB_NONE, win->region);
	if (!win->staging.is_file)
		copy_area(win, full);
	win->dirty = false;
	win->waiting = true;
	win->fetch.win = win;
	glue->outstanding++;
	display_expect(&glue->display,
		       xcb_xfixes_fetch_region(c, win->region).sequence,
		       on_copied, &win->fetch);
}

/* ---- room ---- */

static struct size size_of(struct xwin *win)
{
	if (!win->frame)
		return (struct size){ win->place.w + 2 * win->border,
				      win->place.h + 2 * win->border };
	xframe_set_size(win->frame, win->place.w, win->place.h);
	return xframe_size(win->frame);
}

/* A spot for all of it; the old one where it fits. */
static bool reserve(struct xwin *win)
{
	struct size size = size_of(win);
	struct rect old = win->spot.r;

	win->copied = win->place;
	win->copied_border = win->border;
	win->inset = xwin_extents(win);
	if (win->staging.is_file) {
		/* That is where its pixels are. */
	} else if (staging_is_needed(win)) {
		struct rect all = pixmap_of(win);

		if (!staging_prepare(win, all.w, all.h))
			return false;
	} else {
		staging_drop(win);
	}
	if (win->spot.used && old.w == size.w && old.h == size.h)
		return true;
	return pool_take(&win->glue->pool, &win->next, size.w, size.h);
}

static void turn(void *user)
{
	struct glue *glue = user;
	struct xwin *win;

	glue->paint_deferred = false;
	if (glue->outstanding || glue->in_flight ||
	    timer_is_set(&glue->pause) || !glue->display.connection)
		return;
	glue->asked = loop_now();
	/* All that makes the buffer larger comes before what uses it. */
	TAILQ_FOREACH(win, &glue->windows, link)
	{
		if (!is_ready(win) || !win->full)
			continue;
		win->complete = reserve(win);
		win->no_room = !win->complete;
	}
	TAILQ_FOREACH(win, &glue->windows, link)
	{
		if (!is_ready(win) || (!win->complete && !win->dirty))
			continue;
		if (win->full && !win->complete)
			continue;
		copy(win, win->full);
		win->full = false;
	}
	if (!glue->outstanding)
		commit(glue);
	display_pump(&glue->display);
}

void paint_wake(struct glue *glue)
{
	if (glue->paint_deferred || glue->outstanding || glue->in_flight ||
	    timer_is_set(&glue->pause))
		return;
	glue->paint_deferred = true;
	loop_defer(glue->component.loop, turn, glue);
}

void paint_shown(struct glue *glue)
{
	glue->in_flight = false;
	if (glue->busy)
		timer_set_in(&glue->pause, pause_ns);
	else
		paint_wake(glue);
}

static void pause_over(void *user)
{
	paint_wake(user);
}

void paint_damaged(struct xwin *win)
{
	win->dirty = true;
	if (win->mapped)
		paint_wake(win->glue);
}

static void drop_pixmap(struct xwin *win)
{
	if (win->pixmap && !win->is_root && win->glue->display.connection)
		xcb_free_pixmap(win->glue->display.connection, win->pixmap);
	win->pixmap = XCB_NONE;
}

void paint_renew(struct xwin *win)
{
	xcb_connection_t *c = win->glue->display.connection;

	drop_pixmap(win);
	if (!win->mapped || win->input_only)
		return;
	win->full = true;
	win->no_room = false;
	if (win->is_root) {
		win->pixmap = win->id;
	} else {
		win->pixmap = xcb_generate_id(c);
		xcb_composite_name_window_pixmap(c, win->id, win->pixmap);
	}
	display_flush(&win->glue->display);
	paint_wake(win->glue);
}

void paint_drop(struct xwin *win)
{
	struct glue *glue = win->glue;
	struct xwin *other;

	drop_pixmap(win);
	if (win->waiting) {
		display_forget(&glue->display, &win->fetch);
		win->waiting = false;
		glue->outstanding--;
	}
	win->full = win->dirty = win->complete = win->syncing = false;
	timer_cancel(&win->sync_timer);
	if (win->has_view) {
		view_destroy(win);
		nitpicker_execute(glue->nitpicker);
	}
	pool_give(&glue->pool, &win->spot);
	pool_give(&glue->pool, &win->next);
	staging_drop(win);
	win->shown = (struct rect){ 0, 0, 0, 0 };
	TAILQ_FOREACH(other, &glue->windows, link)
	other->no_room = false;
	paint_wake(glue);
}

void paint_init(struct glue *glue)
{
	timer_init(&glue->pause, glue->component.loop, pause_over, glue);
	region_init(&glue->damage);
}

void paint_finish(struct glue *glue)
{
	loop_undefer(glue->component.loop, glue);
	timer_finish(&glue->pause);
	region_finish(&glue->damage);
}
