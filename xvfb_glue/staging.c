/*
 * Windows whose pixels are not those of the pool: other depths, and shapes.
 * X copies them into memory that we share, we bring them into the pool.
 */
#include <fcntl.h>
#include <stdlib.h>
#include <unistd.h>
#include <xcb/shm.h>

#include "base/alloc.h"
#include "base/log.h"
#include "base/memory.h"
#include "glue.h"

bool staging_is_needed(const struct xwin *win)
{
	return win->shaped || (win->depth != 24 && win->depth != 32);
}

void staging_drop(struct xwin *win)
{
	struct staging *s = &win->staging;
	xcb_connection_t *c = win->glue->display.connection;

	if (!s->segment)
		return;
	if (c) {
		xcb_free_gc(c, s->gc);
		xcb_free_pixmap(c, s->pixmap);
		xcb_shm_detach(c, s->segment);
		display_flush(&win->glue->display);
	}
	memory_unmap(s->pixels, s->bytes);
	*s = (struct staging){ .segment = 0 };
}

bool staging_prepare(struct xwin *win, int w, int h)
{
	const uint32_t values[] = { XCB_SUBWINDOW_MODE_INCLUDE_INFERIORS, 0 };
	struct staging *s = &win->staging;
	struct display *display = &win->glue->display;
	xcb_connection_t *c = display->connection;
	int bytes = convert_bytes(win->depth), fd;

	if (s->segment && s->w == w && s->h == h)
		return true;
	staging_drop(win);
	if (!bytes || !display->shared_pixmaps) {
		log_warning("a window of depth %d can't be shown", win->depth);
		return false;
	}
	*s = (struct staging){ .w = w, .h = h };
	s->stride = ((size_t)w * (size_t)bytes + 3) & ~(size_t)3;
	s->bytes = s->stride * (size_t)h;
	fd = memory_create_buffer("x-window", s->bytes);
	s->pixels = fd < 0 ? NULL : memory_map(fd, s->bytes, true);
	if (!s->pixels) {
		log_warning("no memory for a window of %dx%d", w, h);
		if (fd >= 0)
			close(fd);
		return false;
	}
	s->segment = xcb_generate_id(c);
	xcb_shm_attach_fd(c, s->segment, fd, 0); /* closes it */
	s->pixmap = xcb_generate_id(c);
	xcb_shm_create_pixmap(c, s->pixmap, display->root, (uint16_t)w,
			      (uint16_t)h, win->depth, s->segment, 0);
	s->gc = xcb_generate_id(c);
	xcb_create_gc(c, s->gc, s->pixmap,
		      XCB_GC_SUBWINDOW_MODE | XCB_GC_GRAPHICS_EXPOSURES,
		      values);
	return true;
}

/* ---- colours of depth 8 ---- */

static void on_colors(void *user, void *data)
{
	struct xwin *win = user;
	const xcb_query_colors_reply_t *reply = data;
	const xcb_rgb_t *rgb;
	int count;

	if (!reply)
		return;
	rgb = xcb_query_colors_colors(reply);
	count = xcb_query_colors_colors_length(reply);
	for (int i = 0; i < count && i < CONVERT_COLORS; i++)
		win->glue->colors[i] = (uint32_t)rgb[i].red >> 8 << 16 |
				       (uint32_t)rgb[i].green >> 8 << 8 |
				       (uint32_t)rgb[i].blue >> 8;
}

void staging_ask_colors(struct xwin *win)
{
	struct display *display = &win->glue->display;
	uint32_t pixels[CONVERT_COLORS];
	xcb_colormap_t map = win->colormap ? win->colormap
					   : display->screen->default_colormap;

	if (win->depth != 8)
		return;
	for (int i = 0; i < CONVERT_COLORS; i++)
		pixels[i] = (uint32_t)i;
	display_expect(display,
		       xcb_query_colors(display->connection, map,
					CONVERT_COLORS, pixels)
			       .sequence,
		       on_colors, win);
}

/* ---- into the pool ---- */

void staging_convert(struct xwin *win, struct rect r, int dx, int dy)
{
	const struct staging *s = &win->staging;
	const struct convert_source source = {
		.pixels = s->pixels,
		.stride = s->stride,
		.w = s->w,
		.h = s->h,
		.depth = win->depth,
		.colors = win->glue->colors,
	};

	r = rect_intersect(r, (struct rect){ 0, 0, s->w, s->h });
	if (rect_is_empty(r) || (s->is_file && !attach_fetch(win->glue, r)))
		return;
	convert(&source, r, nitpicker_pixels(win->glue->nitpicker),
		nitpicker_stride(win->glue->nitpicker), dx, dy);
	/* What lies outside its shape is not there, for input neither. */
	if (win->shaped)
		contour_cut(&win->shape,
			    rect_moved(r, -win->border, -win->border),
			    nitpicker_pixels(win->glue->nitpicker),
			    nitpicker_stride(win->glue->nitpicker),
			    dx + win->border, dy + win->border);
}
