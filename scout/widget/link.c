#include <string.h>

#include "scout/widget/paint.h"
#include "scout/widget/widgets.h"

struct link {
	struct widget widget;
	widget_fn *activate;
	void *user;
	uint64_t marks;
};

static struct text_style link_style(const struct widget *widget)
{
	return ui_style(widget->ui, TEXT_REGULAR, 14 * QUARTERS);
}

static struct size link_measure(struct widget *widget, int for_width)
{
	int w = (text_width(widget->ui->text, link_style(widget), widget->name,
			    strlen(widget->name)) +
		 63) /
		64;

	return (struct size){ for_width >= 0 && w > for_width ? for_width : w,
			      ui_tx(widget->ui, 24) };
}

/* A strong line below each run of marked letters, to be seen without colour. */
static void paint_marks(const struct link *link, struct gfx *gfx,
			struct rect text, int y)
{
	const struct widget *widget = &link->widget;
	const struct ui *ui = widget->ui;
	struct text_style style = link_style(widget);
	size_t length = strlen(widget->name);

	for (size_t from = 0, to; from < length && from < 64; from = to + 1) {
		to = from;
		while (to < length && to < 64 && link->marks >> to & 1)
			to++;
		if (to == from)
			continue;
		int x0 = text_width(ui->text, style, widget->name, from) / 64;
		int x1 = text_width(ui->text, style, widget->name, to) / 64;
		struct rect r = { text.x + x0, y, x1 - x0, ui_px(ui, 3) };

		gfx_fill(gfx, rect_intersect(r, text), gfx->theme->link, 255);
	}
}

static void link_paint(struct widget *widget, struct gfx *gfx)
{
	struct ui *ui = widget->ui;
	struct text_style style = link_style(widget);
	struct rect all = { 0, 0, widget->r.w, widget->r.h };
	struct rect text = paint_text(gfx, all, style, ALIGN_LEFT, widget->name,
				      paint_faint(widget, gfx->theme->link));
	bool strong = widget->focused && ui->keyboard_used;
	int y = paint_baseline(gfx, style, widget->r.h) + ui_px(ui, 3);
	int alpha = strong || widget->pressed ? 255
					      : 110 + (int)(145 * widget->glow);

	gfx_fill(gfx, (struct rect){ text.x, y, text.w, ui_px(ui, 1) },
		 paint_faint(widget, gfx->theme->link), alpha);
	text.h = widget->r.h;
	text.y = 0;
	paint_marks((const struct link *)widget, gfx, text, y);
}

void link_activate(struct link *link)
{
	if (link->activate)
		link->activate(link->user);
}

static bool link_event(struct widget *widget, const struct ui_event *event)
{
	struct link *link = (struct link *)widget;
	struct rect own = { 0, 0, widget->r.w, widget->r.h };

	switch (event->type) {
	case UI_PRESS:
		return true;
	case UI_MOTION:
		widget->ui->shape = "hand";
		return true;
	case UI_RELEASE:
		if (rect_has_point(own, event->x, event->y))
			link_activate(link);
		return true;
	default:
		if (!is_activation(event))
			return false;
		link_activate(link);
		return true;
	}
}

static const struct widget_class link_class = {
	.name = "link",
	.size = sizeof(struct link),
	.role = ROLE_LINK,
	.shows_state = true,
	.measure = link_measure,
	.paint = link_paint,
	.event = link_event,
};

struct link *link_create(struct ui *ui, struct widget *parent, const char *text,
			 widget_fn *activate, void *user)
{
	struct link *link = widget_create(ui, parent, &link_class, text);

	link->activate = activate;
	link->user = user;
	link->widget.focusable = true;
	return link;
}

void link_set_marks(struct link *link, uint64_t marks)
{
	if (link->marks == marks)
		return;
	link->marks = marks;
	widget_damage(&link->widget);
}
