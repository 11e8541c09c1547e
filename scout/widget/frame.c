/*
 * The root of a window: ground, title bar, edges for resizing, and what lies
 * above the body.
 */
#include <string.h>

#include "scout/widget/paint.h"
#include "scout/widget/widgets.h"

enum { TITLE = 40, TITLE_FADE = 7, EDGE = 8, CORNER = 24, RADIUS = 10 };

struct frame {
	struct widget widget;
	struct widget *title, *body, *overlay, *edges;
	struct frame_handler handler;
	void *user;
	bool bare, fixed;
};

/* ---- title ---- */

static void title_place(struct widget *widget)
{
	int side = ui_tx(widget->ui, 24);
	int top = (ui_tx(widget->ui, TITLE) - side) / 2;

	if (widget->first)
		widget_place(widget->first,
			     (struct rect){ widget->r.w - side - top, top, side,
					    side });
}

static void title_paint(struct widget *widget, struct gfx *gfx)
{
	const struct theme *theme = gfx->theme;
	struct text_style style = ui_style(widget->ui, TEXT_SEMIBOLD,
					   15 * QUARTERS);
	int h = ui_tx(widget->ui, TITLE), line = ui_px(widget->ui, 1);
	int side = ui_tx(widget->ui, TITLE);
	struct rect middle = { side, 0, widget->r.w - 2 * side, h };

	gfx_metal(gfx, (struct rect){ 0, 0, widget->r.w, h });
	gfx_fill(gfx, (struct rect){ 0, h, widget->r.w, line }, theme->line,
		 255);
	middle.y += line;
	if (theme->title_shadow_alpha)
		paint_text(gfx, middle, style, ALIGN_CENTER, widget->name,
			   theme->title_shadow);
	middle.y -= line;
	paint_text(gfx, middle, style, ALIGN_CENTER, widget->name, theme->ink);
}

static bool title_event(struct widget *widget, const struct ui_event *event)
{
	struct frame *frame = (struct frame *)widget->parent;

	if (event->type == UI_PRESS && frame->handler.drag)
		frame->handler.drag(frame->user, EDGE_MOVE);
	return event->type <= UI_MOTION;
}

static const struct widget_class title_class = {
	.name = "title bar",
	.size = sizeof(struct widget),
	.role = ROLE_TITLEBAR,
	.place = title_place,
	.paint = title_paint,
	.event = title_event,
};

/* ---- edges ---- */

static unsigned edges_at(struct widget *widget, int x, int y)
{
	int w = widget->r.w, h = widget->r.h;
	int edge = ui_px(widget->ui, EDGE), corner = ui_px(widget->ui, CORNER);
	unsigned edges = 0;

	if (x >= w - corner && y >= h - corner &&
	    x - (w - corner) + y - (h - corner) >= corner)
		return EDGE_RIGHT | EDGE_BOTTOM;
	if (x < edge)
		edges |= EDGE_LEFT;
	else if (x >= w - edge)
		edges |= EDGE_RIGHT;
	/* The title needs its upper rows for dragging. */
	if (y < edge / 2)
		edges |= EDGE_TOP;
	else if (y >= h - edge)
		edges |= EDGE_BOTTOM;
	return edges;
}

static const char *shape_of(unsigned edges)
{
	static const char *const shapes[16] = {
		[EDGE_LEFT] = "resize-w",
		[EDGE_RIGHT] = "resize-e",
		[EDGE_TOP] = "resize-n",
		[EDGE_BOTTOM] = "resize-s",
		[EDGE_TOP | EDGE_LEFT] = "resize-nw",
		[EDGE_TOP | EDGE_RIGHT] = "resize-ne",
		[EDGE_BOTTOM | EDGE_LEFT] = "resize-sw",
		[EDGE_BOTTOM | EDGE_RIGHT] = "resize-se",
	};

	return shapes[edges & 15];
}

static bool edges_hit(struct widget *widget, int x, int y)
{
	return edges_at(widget, x, y) != 0;
}

static bool edges_event(struct widget *widget, const struct ui_event *event)
{
	struct frame *frame = (struct frame *)widget->parent;
	unsigned edges = edges_at(widget, event->x, event->y);

	switch (event->type) {
	case UI_PRESS:
		if (frame->handler.drag)
			frame->handler.drag(frame->user, edges);
		return true;
	case UI_MOTION:
		widget->ui->shape = shape_of(edges);
		return true;
	case UI_RELEASE:
		return true;
	default:
		return false;
	}
}

static const struct widget_class edges_class = {
	.name = "edges",
	.size = sizeof(struct widget),
	.role = ROLE_NONE,
	.event = edges_event,
	.hit = edges_hit,
};

/* ---- frame ---- */

static int title_height(const struct frame *frame)
{
	const struct ui *ui = frame->widget.ui;

	return frame->bare ? 0 : ui_tx(ui, TITLE) + ui_px(ui, 1);
}

struct rect frame_body_place(const struct frame *frame, int w, int h)
{
	int top = title_height(frame);

	return (struct rect){ 0, top, w, h - top };
}

static void frame_place(struct widget *widget)
{
	struct frame *frame = (struct frame *)widget;
	int top = title_height(frame);
	int w = widget->r.w, h = widget->r.h;
	struct rect below = frame_body_place(frame, w, h);

	widget_place(frame->title, (struct rect){ 0, 0, w, top });
	widget_place(frame->body, below);
	if (frame->body->first)
		widget_place(frame->body->first,
			     (struct rect){ 0, 0, w, h - top });
	widget_place(frame->overlay, below);
	widget_place(frame->edges, (struct rect){ 0, 0, w, h });
}

static void frame_paint(struct widget *widget, struct gfx *gfx)
{
	gfx_ground(gfx, (struct rect){ 0, 0, widget->r.w, widget->r.h },
		   widget->r.h);
}

static void paint_sizer(struct widget *widget, struct gfx *gfx)
{
	float one = (float)gfx->scale / 100;
	float x = (float)widget->r.w - 5 * one,
	      y = (float)widget->r.h - 5 * one;

	for (int i = 1; i <= 3; i++) {
		float far = (float)i * 4 * one;

		gfx_line(gfx, x - far, y + one, x + one, y - far, one, 0xffffff,
			 gfx->theme->dark ? 30 : 150);
		gfx_line(gfx, x - far, y, x, y - far, one, gfx->theme->ink2,
			 130);
	}
}

static void frame_paint_above(struct widget *widget, struct gfx *gfx)
{
	const struct frame *frame = (const struct frame *)widget;
	const struct theme *theme = gfx->theme;
	int top = title_height(frame);
	float one = (float)gfx->scale / 100, radius = RADIUS * one;
	float w = (float)widget->r.w, h = (float)widget->r.h;

	if (frame->bare)
		return;
	gfx_fade(gfx, 0, top, widget->r.w, ui_px(widget->ui, TITLE_FADE - 1),
		 theme->shadow, theme->fade_alpha);
	if (!frame->fixed)
		paint_sizer(widget, gfx);
	gfx_ring(gfx, (struct frect){ 0, 0, w, h }, radius, one, theme->frame,
		 theme->frame_alpha);
	gfx_ring(gfx, (struct frect){ one, one, w - 2 * one, h - 2 * one },
		 radius - one, one, 0xffffff, theme->frame_inner_alpha);
}

static const struct widget_class frame_class = {
	.name = "window",
	.size = sizeof(struct frame),
	.role = ROLE_WINDOW,
	.place = frame_place,
	.paint = frame_paint,
	.paint_above = frame_paint_above,
};
static const struct widget_class body_class = {
	.name = "body",
	.size = sizeof(struct widget),
	.role = ROLE_NONE,
};

static void close_pressed(void *user)
{
	struct frame *frame = user;

	frame->handler.close(frame->user);
}

struct frame *frame_create(struct ui *ui, const char *title,
			   const struct frame_handler *handler, void *user)
{
	struct frame *frame = widget_create(ui, NULL, &frame_class, title);

	frame->handler = *handler;
	frame->user = user;
	frame->body = widget_create(ui, &frame->widget, &body_class, "");
	frame->overlay = toasts_create(ui, &frame->widget);
	frame->title = widget_create(ui, &frame->widget, &title_class, title);
	frame->edges = widget_create(ui, &frame->widget, &edges_class, "");
	if (handler->close) {
		struct button *button = button_create(ui, frame->title,
						      BUTTON_CLOSE, "close",
						      close_pressed, frame);

		(void)button;
	}
	return frame;
}

void frame_set_title(struct frame *frame, const char *title)
{
	widget_set_name(&frame->widget, title);
	widget_set_name(frame->title, title);
}

void frame_set_style(struct frame *frame, bool bare, bool fixed)
{
	if (frame->bare == bare && frame->fixed == fixed)
		return;
	frame->bare = bare;
	frame->fixed = fixed;
	widget_set_hidden(frame->title, bare);
	widget_set_hidden(frame->edges, bare || fixed);
	widget_relayout(&frame->widget);
	widget_damage(&frame->widget);
}

struct widget *frame_body(struct frame *frame)
{
	return frame->body;
}

struct widget *frame_overlay(struct frame *frame)
{
	return frame->overlay;
}
