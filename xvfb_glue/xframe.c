#include "xframe.h"

#include <stdlib.h>

#include "base/alloc.h"

enum {
	BORDER = 4, /* logical pixels left, right and below the content */
	WIDTH_MIN = 120,
};

struct xframe {
	struct ui ui;
	struct frame *frame;
	const struct look *look;
	struct xframe_handler handler;
	void *user;
	int w, h; /* of the content */
	bool all; /* has to be painted */
};

/* ---- measures ---- */

struct margin xframe_borders(const struct xframe *frame)
{
	int border = ui_px(&frame->ui, BORDER);
	struct rect body = frame_body_place(frame->frame, 0, 0);

	return (struct margin){ border, body.y, border, border };
}

struct margin xframe_extents(const struct xframe *frame)
{
	struct margin b = xframe_borders(frame);
	struct margin m = shadow_margin(frame->look->scale);

	return (struct margin){ b.left + m.left, b.top + m.top,
				b.right + m.right, b.bottom + m.bottom };
}

int xframe_min_width(const struct xframe *frame)
{
	return ui_px(&frame->ui, WIDTH_MIN);
}

struct rect xframe_window(const struct xframe *frame)
{
	struct margin b = xframe_borders(frame);
	struct margin m = shadow_margin(frame->look->scale);
	int w = frame->w + b.left + b.right;
	int min = xframe_min_width(frame);

	return (struct rect){ m.left, m.top, w < min ? min : w,
			      frame->h + b.top + b.bottom };
}

struct rect xframe_content(const struct xframe *frame)
{
	struct margin e = xframe_extents(frame);

	return (struct rect){ e.left, e.top, frame->w, frame->h };
}

struct size xframe_size(const struct xframe *frame)
{
	struct margin m = shadow_margin(frame->look->scale);
	struct rect window = xframe_window(frame);

	return (struct size){ window.x + window.w + m.right,
			      window.y + window.h + m.bottom };
}

/* ---- painting ---- */

static void paint_part(struct xframe *frame, struct gfx *gfx, struct rect part)
{
	const struct look *look = frame->look;
	struct rect window = xframe_window(frame), before = gfx->clip;
	struct rect inner = rect_intersect(part, window);

	if (!rect_is_empty(inner))
		ui_paint(&frame->ui, gfx,
			 rect_moved(inner, -window.x, -window.y));
	gfx->clip = rect_intersect(
		before, rect_moved(part, gfx->x - window.x, gfx->y - window.y));
	shadow_paint(&look->shadows[frame->ui.active], gfx, window.w, window.h);
	gfx_unclip(gfx, before);
}

/* What has to be painted, relative to the margin, without the content. */
static void take_damage(struct xframe *frame, struct region *region)
{
	struct rect damage[UI_DAMAGE_MAX], window = xframe_window(frame);
	struct size size = xframe_size(frame);
	unsigned count = ui_take_damage(&frame->ui, damage);

	if (frame->all)
		region_add(region, (struct rect){ 0, 0, size.w, size.h });
	for (unsigned i = 0; i < count && !frame->all; i++)
		region_add(region, rect_moved(damage[i], window.x, window.y));
	frame->all = false;
	region_subtract(region, xframe_content(frame));
}

unsigned xframe_paint(struct xframe *frame, const struct blit_surface *surface,
		      int x, int y, struct rect rects[XFRAME_RECTS_MAX])
{
	struct rect window = xframe_window(frame);
	struct size size = xframe_size(frame);
	struct rect room = { 0, 0, surface->width, surface->height };
	struct gfx gfx = {
		.surface = *surface,
		.clip = rect_intersect(room,
				       (struct rect){ x, y, size.w, size.h }),
		.x = x + window.x,
		.y = y + window.y,
		.text = frame->look->text,
		.theme = frame->look->theme,
		.scale = frame->look->scale,
	};
	struct region region;
	unsigned count = 0;

	ui_update(&frame->ui, loop_now());
	region_init(&region);
	take_damage(frame, &region);
	for (size_t i = 0; i < region.count && count < XFRAME_RECTS_MAX; i++) {
		paint_part(frame, &gfx, region.rects[i]);
		rects[count++] = rect_moved(region.rects[i], x, y);
	}
	region_finish(&region);
	return count;
}

void xframe_damage(struct xframe *frame)
{
	frame->all = true;
}

/* ---- changes ---- */

void xframe_set_size(struct xframe *frame, int w, int h)
{
	struct rect window;

	frame->w = w;
	frame->h = h;
	frame->all = true;
	window = xframe_window(frame);
	widget_place(frame->ui.root, (struct rect){ 0, 0, window.w, window.h });
}

void xframe_set_title(struct xframe *frame, const char *title)
{
	frame_set_title(frame->frame, title);
}

void xframe_set_fixed(struct xframe *frame, bool fixed)
{
	frame_set_style(frame->frame, false, fixed);
}

void xframe_set_active(struct xframe *frame, bool active)
{
	if (frame->ui.active == active)
		return;
	ui_set_active(&frame->ui, active);
	frame->all = true;
	frame->handler.wake(frame->user);
}

void xframe_relook(struct xframe *frame)
{
	const struct look *look = frame->look;

	/* Nothing moves: no frames are drawn for a frame alone. */
	ui_set_theme(&frame->ui, look->theme, look->scale, look->text_percent,
		     true);
	if (frame->w)
		xframe_set_size(frame, frame->w, frame->h);
	frame->handler.wake(frame->user);
}

/* ---- input ---- */

void xframe_event(struct xframe *frame, const struct ui_event *event)
{
	struct rect window = xframe_window(frame);
	struct ui_event own = *event;

	own.x -= window.x;
	own.y -= window.y;
	ui_event(&frame->ui, &own);
}

void xframe_leave(struct xframe *frame)
{
	ui_pointer_leave(&frame->ui);
}

const char *xframe_shape(const struct xframe *frame)
{
	return frame->ui.shape;
}

char *xframe_report(const struct xframe *frame, int x, int y, int output_x,
		    int output_y)
{
	struct rect window = xframe_window(frame);

	return ui_report(&frame->ui, x + window.x, y + window.y, output_x,
			 output_y);
}

/* ---- life ---- */

static void on_wake(void *user)
{
	struct xframe *frame = user;

	frame->handler.wake(frame->user);
}

static void on_drag(void *user, unsigned edges)
{
	struct xframe *frame = user;

	frame->handler.drag(frame->user, edges);
}

static void on_close(void *user)
{
	struct xframe *frame = user;

	frame->handler.close(frame->user);
}

struct xframe *xframe_create(const struct look *look, const char *title,
			     const struct xframe_handler *handler, void *user)
{
	static const struct ui_handler ui_handler = { .wake = on_wake };
	static const struct frame_handler frame_handler = {
		.drag = on_drag,
		.close = on_close,
	};
	struct xframe *frame = xcalloc(1, sizeof(*frame));

	*frame = (struct xframe){
		.look = look, .handler = *handler, .user = user, .all = true
	};
	ui_init(&frame->ui, look->text, &ui_handler, frame);
	ui_set_theme(&frame->ui, look->theme, look->scale, look->text_percent,
		     true);
	frame->frame = frame_create(&frame->ui, title, &frame_handler, frame);
	return frame;
}

void xframe_destroy(struct xframe *frame)
{
	if (!frame)
		return;
	frame->handler.wake = NULL;
	frame->ui.handler.wake = NULL;
	ui_finish(&frame->ui);
	free(frame);
}
