/*
 * Frames of a window: painting, when, and what is reported of them.
 */
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "scout/widget/window_private.h"

/* How far below its place a window begins. */
enum { FRAME_NS = 16666667, RISE = 8 };

/* ---- painting ---- */

static void make_shadows(struct window *window)
{
	const struct theme *theme = window->ui.theme;
	int scale = window->ui.scale;

	if (window->shadow_theme == theme && window->shadow_scale == scale)
		return;
	for (int i = 0; i < 2; i++) {
		shadow_finish(&window->shadows[i]);
		shadow_init(&window->shadows[i], theme, scale, i == 1);
	}
	window->shadow_theme = theme;
	window->shadow_scale = scale;
	window->margin_dirty = true;
}

static struct gfx window_gfx(struct window *window)
{
	int w = window->buffer_w, h = window->buffer_h;

	return (struct gfx){
		.surface = {
			.pixels = nitpicker_pixels(window->nitpicker),
			.stride = (ptrdiff_t)nitpicker_stride(
				window->nitpicker),
			.width = w,
			.height = h,
			.format = BLIT_ARGB8888,
		},
		.clip = { 0, 0, w, h },
		.x = window->margin.left,
		.y = window->margin.top,
		.text = window->text,
		.theme = window->ui.theme,
		.scale = window->ui.scale,
	};
}

/* Paints the margin by its four sides; the corners come with upper and lower
 * one. Returns how many rectangles of the buffer that were. */
static unsigned paint_margin(struct window *window, struct gfx *gfx,
			     struct rect out[4])
{
	const struct margin *m = &window->margin;
	int w = window->place.w, h = window->place.h;
	int all = w + m->left + m->right;
	int corner = window->shadows[0].corner;
	struct rect sides[] = {
		{ 0, 0, all, m->top + corner },
		{ 0, m->top + h - corner, all, m->bottom + corner },
		{ 0, m->top + corner, m->left, h - 2 * corner },
		{ m->left + w, m->top + corner, m->right, h - 2 * corner },
	};

	for (int i = 0; i < 4; i++) {
		struct rect before = gfx->clip;
		struct rect inner = { 0, 0, w, h };
		struct rect part = rect_intersect(
			rect_moved(sides[i], -m->left, -m->top), inner);

		/* What is round is cut out of fresh pixels. */
		ui_paint(&window->ui, gfx, part);
		gfx->clip = rect_intersect(sides[i], before);
		shadow_paint(&window->shadows[window->ui.active], gfx, w, h);
		gfx_unclip(gfx, before);
		out[i] = sides[i];
	}
	window->margin_dirty = false;
	return 4;
}

/* ---- coming and going ---- */

bool window_can_fade(const struct window *window)
{
	return !window->bare && rect_is_empty(window->hole);
}

/* All that is there becomes as transparent as the veil says. */
static void fade(struct window *window)
{
	const struct gfx gfx = window_gfx(window);
	uint32_t left = (uint32_t)(255 * (1 - window->veil));

	for (int y = 0; y < gfx.surface.height; y++) {
		uint32_t *row = (uint32_t *)((char *)gfx.surface.pixels +
					     y * gfx.surface.stride);

		for (int x = 0; x < gfx.surface.width; x++) {
			uint32_t rb = (row[x] & 0xff00ff) * left + 0x800080;
			uint32_t ag = (row[x] >> 8 & 0xff00ff) * left +
				      0x800080;

			row[x] = (rb >> 8 & 0xff00ff) | (ag & 0xff00ff00);
		}
	}
}

/* A faded frame is made of fresh pixels, all of them; so is the first one that
 * isn't. True: the server has to be told. */
static bool prepare_fade(struct window *window)
{
	bool faded = window->veil > 0;
	bool opens = !timer_is_set(&window->closing);

	if (faded && !window_can_fade(window)) {
		window->veil = 0;
		ui_animate(&window->ui, window->ui.root, &window->veil, 0, 0);
		faded = false;
	}
	if (!faded && !window->faded)
		return false;
	window->faded = faded;
	window->rise = opens ? (int)((float)ui_px(&window->ui, RISE) *
				     window->veil)
			     : 0;
	window->margin_dirty = true;
	widget_damage(window->ui.root);
	return true;
}

/* Paints what is damaged; rectangles of the buffer. */
static unsigned paint(struct window *window, struct rect *rects)
{
	struct gfx gfx = window_gfx(window);
	const struct margin *m = &window->margin;
	struct rect damage[UI_DAMAGE_MAX];
	unsigned damages = ui_take_damage(&window->ui, damage), count = 0;

	for (unsigned i = 0; i < damages; i++) {
		struct rect in_buffer = rect_moved(damage[i], m->left, m->top);
		struct rect before = gfx.clip;

		ui_paint(&window->ui, &gfx, damage[i]);
		gfx.clip = rect_intersect(before, in_buffer);
		if (!window->bare)
			shadow_paint(&window->shadows[window->ui.active], &gfx,
				     window->place.w, window->place.h);
		gfx_unclip(&gfx, before);
		rects[count++] = in_buffer;
	}
	if (window->margin_dirty && !window->bare)
		count += paint_margin(window, &gfx, rects + count);
	return count;
}

/* ---- reports ---- */

static void report_widgets(struct window *window)
{
	const struct nitpicker_info *info;
	char *report;

	if (!parent_report_wanted(window->parent, "widgets"))
		return;
	info = nitpicker_info(window->nitpicker);
	report = ui_report(&window->ui, window->place.x, window->place.y,
			   info->output_x, info->output_y);
	if (!report || (window->report && !strcmp(report, window->report))) {
		free(report);
		return;
	}
	parent_report(window->parent, "", "widgets", report);
	free(window->report);
	window->report = report;
}

static void report_first_picture(struct window *window, uint64_t time_ns)
{
	char *report = xasprintf("<first_picture time_ns=\"%llu\"/>\n",
				 (unsigned long long)time_ns);

	window->seen_once = true;
	parent_report(window->parent, "", "first_picture", report);
	free(report);
}

/* ---- frames ---- */

void window_draw(struct window *window)
{
	struct rect rects[UI_DAMAGE_MAX + 4];
	unsigned count = 0;
	bool placed = window_resize(window);

	window->wanted = false;
	make_shadows(window);
	ui_update(&window->ui, loop_now());
	placed |= prepare_fade(window);
	if (!window->hidden || !window->stacked || placed) {
		count = paint(window, rects);
		if (window->veil > 0)
			fade(window);
		window->last_frame = loop_now();
	}
	if (placed)
		window_send_place(window);
	if (count) {
		window->in_flight = nitpicker_refresh(window->nitpicker, rects,
						      count) != 0;
		window->stacked = true;
	}
	report_widgets(window);
	if (window->in_flight)
		return;
	if (!window->hidden && ui_is_moving(&window->ui))
		timer_set(&window->timer, window->last_frame + FRAME_NS);
}

static void draw_later(void *user)
{
	struct window *window = user;

	window->deferred = false;
	if (window->in_flight || !window->wanted)
		return;
	window_draw(window);
}

void window_wake(void *user)
{
	struct window *window = user;

	window->wanted = true;
	if (!window->shown_once || window->in_flight || window->deferred ||
	    timer_is_set(&window->timer))
		return;
	window->deferred = true;
	loop_defer(window->loop, draw_later, window);
}

void window_frame_timer(void *user)
{
	struct window *window = user;

	window->wanted = true;
	if (!window->in_flight)
		window_draw(window);
}

void window_on_shown(void *user, const struct frame_shown *shown)
{
	struct window *window = user;

	window->in_flight = false;
	window->hidden = shown->hidden;
	if (!window->hidden && !window->seen_once)
		report_first_picture(window, shown->time_ns);
	if (!window->hidden && ui_is_moving(&window->ui))
		timer_set(&window->timer, window->last_frame + FRAME_NS);
	else if (window->wanted)
		window_wake(window);
	if (window->handler.shown)
		window->handler.shown(window->user, window->hidden);
}

void window_on_exposed(void *user)
{
	struct window *window = user;

	window->hidden = false;
	window_wake(window);
	if (window->handler.shown)
		window->handler.shown(window->user, false);
}
