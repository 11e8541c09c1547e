/*
 * Bars that show amounts of memory; the red ones are set with the mouse or the
 * keyboard.
 */
#include <linux/input-event-codes.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "scout/widget/paint.h"
#include "scout/widget/widgets.h"

enum { BAR = 16 };

struct bar {
	struct widget widget;
	enum bar_kind kind;
	uint64_t value, most, max;
	float shown; /* the filled part, follows the value */
	bool set;
	bar_fn *changed;
	void *user;
};

static struct size bar_measure(struct widget *widget, int for_width)
{
	(void)for_width;
	return (struct size){ ui_tx(widget->ui, 96), ui_tx(widget->ui, 24) };
}

static void bar_label(const struct bar *bar, char text[QUOTA_TEXT_MAX])
{
	if (bar->kind == BAR_GIVE)
		quota_format(bar->value, text);
	else if (bar->value == BAR_UNKNOWN)
		quota_format(bar->max, text);
	else
		quota_format_pair(bar->value, bar->max, text);
}

/* ---- painting ---- */

static void paint_groove(struct gfx *gfx, struct frect r)
{
	const struct theme *theme = gfx->theme;
	float one = (float)gfx->scale / 100;

	gfx_round(gfx, r, r.h / 2, theme->groove[0], theme->groove[1], 255);
	for (int i = 0; i < 3; i++)
		gfx_ring(gfx, r, r.h / 2, (float)(1 + i) * one, theme->inset,
			 theme->inset_alpha * (3 - i) / 3);
	gfx_fill(gfx,
		 (struct rect){ (int)(r.x + r.h / 2), (int)(r.y + r.h),
				(int)(r.w - r.h), gfx->scale / 100 },
		 0xffffff, theme->lip_alpha);
}

static void paint_fill(struct gfx *gfx, struct frect r, const uint32_t color[3],
		       float glow)
{
	float one = (float)gfx->scale / 100;
	struct frect f = { r.x + one, r.y + one, r.w - 2 * one, r.h - 2 * one };
	struct frect gloss = { f.x + 2 * one, f.y + one, f.w - 4 * one,
			       f.h * 0.16f };
	int more = (int)(24 * glow);

	gfx_round(gfx, f, f.h / 2, color_mix(color[0], 0xffffff, more),
		  color_mix(color[1], 0xffffff, more), 255);
	gfx_round(gfx, gloss, gloss.h / 2, 0xffffff, 0xffffff,
		  gfx->theme->gloss_alpha);
	gfx_ring(gfx, f, f.h / 2, one, color[2], 150);
}

/*
 * Where the number stands: at the right, but inside the fill where that would
 * end within the number, whose first digits would be hard to read then.
 */
static struct rect number_place(const struct widget *widget, struct rect groove,
				int edge, int text_w)
{
	int margin = ui_tx(widget->ui, 10);
	struct rect place = groove;

	place.w -= margin;
	if (edge > place.x + place.w - text_w - margin &&
	    edge < place.x + place.w + margin && edge > text_w + 2 * margin)
		place.w = edge - margin - place.x;
	return place;
}

/* On the fill or beside it; painted twice, since its ground may be both. */
static void paint_number(struct widget *widget, struct gfx *gfx,
			 struct rect groove, int edge)
{
	const struct bar *bar = (const struct bar *)widget;
	const struct theme *theme = gfx->theme;
	struct text_style style = ui_style(widget->ui, TEXT_REGULAR,
					   11 * QUARTERS);
	char text[QUOTA_TEXT_MAX];
	struct rect place, before;

	style.tabular = true;
	bar_label(bar, text);
	place = number_place(widget, groove, edge,
			     text_width(gfx->text, style, text, strlen(text)) /
				     64);
	before = gfx_clip(
		gfx, (struct rect){ edge, 0, widget->r.w - edge, widget->r.h });
	paint_text(gfx, place, style, ALIGN_RIGHT, text, theme->number);
	gfx_unclip(gfx, before);
	before = gfx_clip(gfx, (struct rect){ 0, 0, edge, widget->r.h });
	paint_text(gfx, place, style, ALIGN_RIGHT, text,
		   bar->kind == BAR_GIVE ? theme->on_red : theme->on_steel);
	gfx_unclip(gfx, before);
}

static struct rect groove_of(const struct widget *widget)
{
	int h = ui_tx(widget->ui, BAR);

	return (struct rect){ 0, (widget->r.h - h) / 2, widget->r.w, h };
}

static void bar_paint(struct widget *widget, struct gfx *gfx)
{
	const struct bar *bar = (const struct bar *)widget;
	struct rect g = groove_of(widget);
	struct frect r = { (float)g.x, (float)g.y, (float)g.w, (float)g.h };
	struct frect fill = r;
	bool none = bar->kind == BAR_USE &&
		    (bar->value == 0 || bar->value == BAR_UNKNOWN);
	float glow = widget->pressed ? 1 : widget->glow;

	paint_fade(widget, gfx);
	paint_groove(gfx, r);
	fill.w = r.w * bar->shown;
	fill.w = fill.w < r.h ? r.h : fill.w;
	if (!none)
		paint_fill(gfx, fill,
			   bar->kind == BAR_GIVE ? gfx->theme->red
						 : gfx->theme->steel,
			   bar->kind == BAR_GIVE ? glow : 0);
	paint_number(widget, gfx, g, none ? 0 : (int)(fill.w + 0.5f));
	if (widget->focused && widget->ui->keyboard_used &&
	    widget->ui->active) {
		int grow = ui_px(widget->ui, 3);

		g.y -= grow;
		g.h += 2 * grow;
		paint_focus_ring(gfx, g, g.h / 2);
	}
}

/* ---- changing ---- */

static void bar_show(struct bar *bar, bool at_once)
{
	float to = bar->kind == BAR_GIVE ? quota_to_place(bar->value, bar->max)
		   : bar->max ? (float)((double)bar->value / (double)bar->max)
			      : 0;

	to = to > 1 ? 1 : to;
	if (at_once) {
		bar->shown = to;
		widget_damage(&bar->widget);
	} else {
		ui_animate(bar->widget.ui, &bar->widget, &bar->shown, to,
			   MS_VALUE);
	}
}

void bar_set(struct bar *bar, uint64_t value, uint64_t most, uint64_t max)
{
	if (bar->set && bar->value == value && bar->most == most &&
	    bar->max == max)
		return;
	bar->value = value;
	bar->most = most;
	bar->max = max;
	bar_show(bar, !bar->set);
	bar->set = true;
}

uint64_t bar_value(const struct bar *bar)
{
	return bar->value;
}

static void change(struct bar *bar, uint64_t value, bool at_once)
{
	if (value == bar->value)
		return;
	bar->value = value;
	bar_show(bar, at_once);
	if (bar->changed)
		bar->changed(bar->user, value);
}

void bar_step(struct bar *bar, int direction)
{
	change(bar, quota_step(bar->value, direction, bar->most), false);
}

static void bar_drag(struct bar *bar, int x)
{
	int inset = ui_tx(bar->widget.ui, BAR / 2);
	int room = bar->widget.r.w - 2 * inset;
	float place = room > 0 ? (float)(x - inset) / (float)room : 0;
	uint64_t most = bar->most < bar->max ? bar->most : bar->max;

	change(bar, quota_snap(quota_from_place(place, bar->max), most), true);
}

static bool bar_key(struct bar *bar, const struct ui_event *event)
{
	int direction = event->code == KEY_RIGHT ? 1 : -1;

	switch (event->code) {
	case KEY_LEFT:
	case KEY_RIGHT:
		/* With Shift by eight times. */
		for (int i = 0; i < (event->mods & UI_SHIFT ? 3 : 1); i++)
			bar_step(bar, direction);
		return true;
	case KEY_HOME:
		change(bar, quota_step(0, 1, bar->most), false);
		return true;
	case KEY_END:
		change(bar, bar->most, false);
		return true;
	default:
		return false;
	}
}

static bool bar_event(struct widget *widget, const struct ui_event *event)
{
	struct bar *bar = (struct bar *)widget;

	if (bar->kind != BAR_GIVE)
		return false;
	switch (event->type) {
	case UI_PRESS:
		bar_drag(bar, event->x);
		return true;
	case UI_MOTION:
		if (widget->pressed)
			bar_drag(bar, event->x);
		return true;
	case UI_RELEASE:
		return true;
	case UI_KEY:
		return bar_key(bar, event);
	default:
		return false;
	}
}

static char *bar_words(const struct widget *widget)
{
	char text[QUOTA_TEXT_MAX];

	bar_label((const struct bar *)widget, text);
	return xstrdup(text);
}

static const struct widget_class give_class = {
	.name = "quota bar",
	.size = sizeof(struct bar),
	.role = ROLE_SLIDER,
	.shows_state = true,
	.measure = bar_measure,
	.paint = bar_paint,
	.event = bar_event,
	.value = bar_words,
};
static const struct widget_class use_class = {
	.name = "use bar",
	.size = sizeof(struct bar),
	.role = ROLE_TEXT,
	.measure = bar_measure,
	.paint = bar_paint,
	.value = bar_words,
};

struct bar *bar_create(struct ui *ui, struct widget *parent, enum bar_kind kind,
		       const char *name)
{
	struct bar *bar = widget_create(
		ui, parent, kind == BAR_GIVE ? &give_class : &use_class, name);

	bar->kind = kind;
	bar->widget.focusable = kind == BAR_GIVE;
	return bar;
}

void bar_on_change(struct bar *bar, bar_fn *changed, void *user)
{
	bar->changed = changed;
	bar->user = user;
}
