/*
 * A view on something higher: wheel, bar, keys.
 */
#include <linux/input-event-codes.h>

#include "scout/widget/scroll_private.h"

enum { LINE = 36, BAR_THIN = 6, BAR_WIDE = 10, BAR_ROOM = 14, THUMB_MIN = 32 };

struct scroll {
	struct widget widget;
	struct widget *bar;
	int y; /* first row of the content that is to be seen */
	float lag; /* real pixels that are still to go */
	int placed; /* the row that was seen last */
};

struct scroll_bar {
	struct widget widget;
	struct scroll *scroll;
	int grab_y; /* where in the thumb it was pressed; -1: not */
};

static struct widget *content_of(const struct scroll *scroll)
{
	struct widget *first = scroll->widget.first;

	return first && first != scroll->bar ? first : NULL;
}

static int content_height(const struct scroll *scroll)
{
	const struct widget *content = content_of(scroll);

	return content ? content->r.h : 0;
}

static int most(const struct scroll *scroll)
{
	int more = content_height(scroll) - scroll->widget.r.h;

	return more > 0 ? more : 0;
}

/* ---- the bar ---- */

static struct rect thumb(const struct scroll_bar *bar)
{
	const struct scroll *scroll = bar->scroll;
	struct ui *ui = bar->widget.ui;
	int track = bar->widget.r.h, all = content_height(scroll);
	int least = ui_px(ui, THUMB_MIN);
	int h = all > 0 ? (int)((int64_t)track * scroll->widget.r.h / all) : 0;
	int thin = ui_px(ui, BAR_THIN), wide = ui_px(ui, BAR_WIDE);
	float glow = bar->widget.pressed ? 1 : bar->widget.glow;
	int w = thin + (int)((float)(wide - thin) * glow + 0.5f);

	h = h < least ? least : h;
	h = h > track ? track : h;
	int y = most(scroll) ? (int)((int64_t)(track - h) * scroll->placed /
				     most(scroll))
			     : 0;

	return (struct rect){ bar->widget.r.w - ui_px(ui, 4) - w, y, w, h };
}

static void bar_paint(struct widget *widget, struct gfx *gfx)
{
	struct rect r = thumb((const struct scroll_bar *)widget);
	struct frect f = { (float)r.x, (float)r.y, (float)r.w, (float)r.h };
	uint32_t color = gfx->theme->ink3;

	gfx_round(gfx, f, f.w / 2, color, color,
		  THUMB_ALPHA + (int)(45 * widget->glow));
}

static bool bar_event(struct widget *widget, const struct ui_event *event)
{
	struct scroll_bar *bar = (struct scroll_bar *)widget;
	struct rect r = thumb(bar);
	int room = widget->r.h - r.h;
	int page = bar->scroll->widget.r.h;

	switch (event->type) {
	case UI_PRESS:
		bar->grab_y = -1;
		if (event->y < r.y)
			scroll_glide(bar->scroll, bar->scroll->y - page);
		else if (event->y >= r.y + r.h)
			scroll_glide(bar->scroll, bar->scroll->y + page);
		else
			bar->grab_y = event->y - r.y;
		return true;
	case UI_MOTION:
		if (widget->pressed && bar->grab_y >= 0 && room > 0)
			scroll_to(bar->scroll,
				  (int)((int64_t)(event->y - bar->grab_y) *
					most(bar->scroll) / room));
		return true;
	case UI_RELEASE:
		return true;
	default:
		return false;
	}
}

static const struct widget_class bar_class = {
	.name = "scroll bar",
	.size = sizeof(struct scroll_bar),
	.role = ROLE_NONE,
	.shows_state = true,
	.paint = bar_paint,
	.event = bar_event,
};

/* ---- the view ---- */

static void scroll_place(struct widget *widget)
{
	struct scroll *scroll = (struct scroll *)widget;
	struct widget *content = content_of(scroll);
	int w = widget->r.w, h = widget->r.h;

	if (!content)
		return;
	int high = widget_measure(content, w).h;
	int limit = high > h ? high - h : 0;

	scroll->y = scroll->y > limit ? limit : scroll->y;

	int seen = scroll->y + (int)scroll->lag;

	seen = seen > limit ? limit : seen < 0 ? 0 : seen;
	scroll->placed = seen;
	/* It may care for what of it is in sight. */
	content->dirty = true;
	widget_place(content, (struct rect){ 0, -seen, w, high });
	if (scroll->bar->hidden != (limit == 0))
		widget_set_hidden(scroll->bar, limit == 0);

	int room = ui_px(widget->ui, BAR_ROOM), edge = ui_px(widget->ui, 8);

	widget_place(scroll->bar,
		     (struct rect){ w - room, edge, room, h - 2 * edge });
}

void scroll_to(struct scroll *scroll, int y)
{
	int limit = most(scroll);

	y = y > limit ? limit : y;
	y = y < 0 ? 0 : y;
	if (y == scroll->y && scroll->lag == 0)
		return;
	scroll->y = y;
	scroll->lag = 0;
	/* It stops where it was on its way. */
	ui_animate(scroll->widget.ui, &scroll->widget, &scroll->lag, 0, 0);
	widget_relayout(&scroll->widget);
}

/* From where it is now. */
void scroll_glide(struct scroll *scroll, int y)
{
	int before = scroll->placed;

	scroll_to(scroll, y);
	if (scroll->y == before || scroll->widget.ui->reduced)
		return;
	scroll->lag = (float)(before - scroll->y);
	ui_animate(scroll->widget.ui, &scroll->widget, &scroll->lag, 0,
		   MS_SCROLL);
}

int scroll_position(const struct scroll *scroll)
{
	return scroll->y;
}

static bool scroll_key(struct scroll *scroll, uint32_t code)
{
	int page = scroll->widget.r.h - ui_tx(scroll->widget.ui, LINE);

	switch (code) {
	case KEY_PAGEUP:
		scroll_glide(scroll, scroll->y - page);
		return true;
	case KEY_PAGEDOWN:
		scroll_glide(scroll, scroll->y + page);
		return true;
	case KEY_HOME:
		scroll_glide(scroll, 0);
		return true;
	case KEY_END:
		scroll_glide(scroll, most(scroll));
		return true;
	default:
		return false;
	}
}

static bool scroll_event(struct widget *widget, const struct ui_event *event)
{
	struct scroll *scroll = (struct scroll *)widget;
	int line = ui_tx(widget->ui, LINE);

	if (event->type == UI_KEY)
		return scroll_key(scroll, event->code);
	if (event->type != UI_WHEEL)
		return false;
	/* Two rows a notch, so that one knows where one is. */
	scroll_glide(scroll, scroll->y - 2 * line * event->wheel_y / 120);
	return true;
}

static void scroll_reveal(struct widget *widget, struct rect r)
{
	struct scroll *scroll = (struct scroll *)widget;
	int air = ui_px(widget->ui, 8);

	if (r.y < air)
		scroll_glide(scroll, scroll->y + r.y - air);
	else if (r.y + r.h > widget->r.h - air)
		scroll_glide(scroll, scroll->y + r.y + r.h - widget->r.h + air);
}

static const struct widget_class scroll_class = {
	.name = "scroll",
	.size = sizeof(struct scroll),
	.role = ROLE_NONE,
	.place = scroll_place,
	.scrolls = true,
	.event = scroll_event,
	.reveal = scroll_reveal,
};

struct scroll *scroll_create_bare(struct ui *ui, struct widget *parent)
{
	return widget_create(ui, parent, &scroll_class, "");
}

void scroll_add_bar(struct scroll *scroll)
{
	struct ui *ui = scroll->widget.ui;
	struct scroll_bar *bar = widget_create(ui, &scroll->widget, &bar_class,
					       "scroll bar");

	bar->scroll = scroll;
	scroll->bar = &bar->widget;
}

struct scroll *scroll_create(struct ui *ui, struct widget *parent)
{
	struct scroll *scroll = scroll_create_bare(ui, parent);

	box_create(ui, &scroll->widget, ROLE_NONE, "");
	scroll_add_bar(scroll);
	return scroll;
}

struct widget *scroll_content(struct scroll *scroll)
{
	return content_of(scroll);
}
