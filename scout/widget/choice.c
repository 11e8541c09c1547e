/*
 * Check boxes and radio buttons.
 */
#include <linux/input-event-codes.h>

#include "base/alloc.h"
#include "scout/widget/controls.h"
#include "scout/widget/paint.h"

enum { BOX = 18, TEXT_X = 28, HEIGHT = 32 };

struct choice {
	struct widget widget;
	bool on;
	float shown; /* 0..1, follows `on` */
	choice_fn *changed;
	void *user;
};

static const struct widget_class check_class, radio_class;

static struct text_style style_of(const struct widget *widget)
{
	return ui_style(widget->ui, TEXT_REGULAR, 14 * QUARTERS);
}

static struct size choice_measure(struct widget *widget, int for_width)
{
	int w = paint_width(widget->ui, style_of(widget), widget->name);

	(void)for_width;
	return (struct size){ ui_tx(widget->ui, TEXT_X + 8) + w,
			      ui_tx(widget->ui, HEIGHT) };
}

static void paint_tick(struct gfx *gfx, struct frect r, uint32_t color,
		       int alpha)
{
	float u = r.w / 18;

	gfx_line(gfx, r.x + 4.5f * u, r.y + 9.5f * u, r.x + 7.7f * u,
		 r.y + 12.7f * u, 2 * u, color, alpha);
	gfx_line(gfx, r.x + 7.7f * u, r.y + 12.7f * u, r.x + 13.7f * u,
		 r.y + 5.7f * u, 2 * u, color, alpha);
}

static void choice_paint(struct widget *widget, struct gfx *gfx)
{
	const struct choice *choice = (const struct choice *)widget;
	const struct theme *theme = gfx->theme;
	struct ui *ui = widget->ui;
	float side = (float)ui_tx(ui, BOX), one = (float)gfx->scale / 100;
	int faint = paint_alpha(widget);
	int mark = (int)(choice->shown * (float)faint);
	struct frect r = { (float)ui_px(ui, 4), ((float)widget->r.h - side) / 2,
			   side, side };
	bool round = widget->cls == &radio_class;
	float radius = round ? side / 2 : 4 * one;
	struct rect text = { ui_tx(ui, TEXT_X), 0,
			     widget->r.w - ui_tx(ui, TEXT_X), widget->r.h };
	struct frect dot = { r.x + side * 0.3f, r.y + side * 0.3f, side * 0.4f,
			     side * 0.4f };

	gfx_round(gfx, r, radius, theme->card, theme->card, faint);
	gfx_round(gfx, r, radius, theme->link, theme->link,
		  (int)(90 * widget->sink));
	gfx_ring(gfx, r, radius, one, theme->ink3, faint);
	gfx_ring(gfx, r, radius, 2 * one, theme->link,
		 (int)(widget->glow * (float)faint / 2));
	if (round) {
		gfx_ring(gfx, r, radius, 1.5f * one, theme->link, mark);
		gfx_round(gfx, dot, side / 2, theme->link, theme->link, mark);
	} else {
		gfx_round(gfx, r, radius, theme->link, theme->link, mark);
		paint_tick(gfx, r, theme->card, mark);
	}
	paint_text(gfx, text, style_of(widget), ALIGN_LEFT, widget->name,
		   paint_faint(widget, theme->ink));
	paint_focus(widget, gfx, ui_px(ui, 6));
}

static void show(struct choice *choice, bool on)
{
	choice->on = on;
	ui_animate(choice->widget.ui, &choice->widget, &choice->shown, on,
		   MS_HOVER_IN);
}

void choice_set(struct choice *choice, bool on)
{
	struct widget *parent = choice->widget.parent;

	if (on && choice->widget.cls == &radio_class)
		for (struct widget *w = parent->first; w; w = w->next)
			if (w->cls == &radio_class && w != &choice->widget &&
			    ((struct choice *)w)->on)
				show((struct choice *)w, false);
	if (choice->on != on)
		show(choice, on);
}

bool choice_is_on(const struct choice *choice)
{
	return choice->on;
}

static void choose(struct choice *choice)
{
	bool on = choice->widget.cls == &radio_class || !choice->on;

	if (on == choice->on)
		return;
	choice_set(choice, on);
	if (choice->changed)
		choice->changed(choice->user, on);
}

/* Arrows go to the next radio button of the parent, and choose it. */
static bool walk(struct widget *widget, bool forward)
{
	struct widget *w = widget;

	do
		w = forward ? w->next : w->previous;
	while (w && (w->cls != &radio_class || w->disabled || w->hidden));
	if (!w)
		return false;
	ui_set_focus(widget->ui, w);
	choose((struct choice *)w);
	return true;
}

static bool choice_event(struct widget *widget, const struct ui_event *event)
{
	struct rect own = { 0, 0, widget->r.w, widget->r.h };

	switch (event->type) {
	case UI_PRESS:
	case UI_MOTION:
		return true;
	case UI_RELEASE:
		if (rect_has_point(own, event->x, event->y))
			choose((struct choice *)widget);
		return true;
	case UI_KEY:
		if (widget->cls == &radio_class &&
		    (event->code == KEY_DOWN || event->code == KEY_RIGHT))
			return walk(widget, true);
		if (widget->cls == &radio_class &&
		    (event->code == KEY_UP || event->code == KEY_LEFT))
			return walk(widget, false);
		if (!is_activation(event))
			return false;
		choose((struct choice *)widget);
		return true;
	default:
		return false;
	}
}

static char *choice_value(const struct widget *widget)
{
	return xstrdup(((const struct choice *)widget)->on ? "on" : "off");
}

static const struct widget_class check_class = {
	.name = "check box",
	.size = sizeof(struct choice),
	.role = ROLE_CHECK,
	.shows_state = true,
	.measure = choice_measure,
	.paint = choice_paint,
	.event = choice_event,
	.value = choice_value,
};
static const struct widget_class radio_class = {
	.name = "radio button",
	.size = sizeof(struct choice),
	.role = ROLE_RADIO,
	.shows_state = true,
	.measure = choice_measure,
	.paint = choice_paint,
	.event = choice_event,
	.value = choice_value,
};

static struct choice *create(struct ui *ui, struct widget *parent,
			     const struct widget_class *cls, const char *name,
			     choice_fn *changed, void *user)
{
	struct choice *choice = widget_create(ui, parent, cls, name);

	choice->changed = changed;
	choice->user = user;
	choice->widget.focusable = true;
	return choice;
}

struct choice *check_create(struct ui *ui, struct widget *parent,
			    const char *name, choice_fn *changed, void *user)
{
	return create(ui, parent, &check_class, name, changed, user);
}

struct choice *radio_create(struct ui *ui, struct widget *parent,
			    const char *name, choice_fn *changed, void *user)
{
	return create(ui, parent, &radio_class, name, changed, user);
}
