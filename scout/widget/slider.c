/*
 * Sliders: a whole number between two others.
 */
#include <linux/input-event-codes.h>

#include "base/alloc.h"
#include "scout/widget/controls.h"
#include "scout/widget/gfx_private.h"
#include "scout/widget/paint.h"

enum { HEIGHT = 32, GROOVE = 6, KNOB = 18, PAGE = 10 };

struct slider {
	struct widget widget;
	int least, most, step, value;
	slider_fn *changed;
	void *user;
};

static struct size slider_measure(struct widget *widget, int for_width)
{
	(void)for_width;
	return (struct size){ ui_tx(widget->ui, 120),
			      ui_tx(widget->ui, HEIGHT) };
}

/* Where the knob's middle is. */
static float place_of(const struct slider *slider)
{
	const struct widget *widget = &slider->widget;
	float room = (float)(widget->r.w - ui_tx(widget->ui, KNOB));
	float part = slider->most > slider->least
			     ? ((float)slider->value - (float)slider->least) /
				       ((float)slider->most -
					(float)slider->least)
			     : 0;

	return (float)ui_tx(widget->ui, KNOB) / 2 + room * part;
}

static void slider_paint(struct widget *widget, struct gfx *gfx)
{
	const struct slider *slider = (const struct slider *)widget;
	const struct theme *theme = gfx->theme;
	struct ui *ui = widget->ui;
	float one = (float)gfx->scale / 100, h = (float)ui_tx(ui, GROOVE);
	float knob = (float)ui_tx(ui, KNOB), x = place_of(slider);
	float middle = (float)widget->r.h / 2;
	int faint = paint_alpha(widget), down = (int)(255 * widget->sink);
	int more = (int)(60 * widget->glow);
	uint32_t top = color_mix(theme->metal[0], theme->metal[1], down);
	uint32_t bottom = color_mix(theme->metal[1], theme->metal[0], down);
	struct frect groove = { knob / 2 - h / 2, middle - h / 2,
				(float)widget->r.w - knob + h, h };
	struct frect fill = { groove.x, groove.y, x - groove.x, h };
	struct frect r = { x - knob / 2, middle - knob / 2, knob, knob };
	struct frect shade = { r.x, r.y + one, r.w, r.h };

	gfx_round(gfx, groove, h / 2, theme->groove[0], theme->groove[1],
		  faint);
	gfx_ring(gfx, groove, h / 2, one, theme->ink3, faint);
	gfx_round(gfx, fill, h / 2, theme->link, theme->link, faint);
	if (faint == 255)
		gfx_soft_shadow(gfx, shade, knob / 2, 1.2f * one, theme->shadow,
				70);
	gfx_round(gfx, r, knob / 2, color_mix(top, theme->metal_edge, more),
		  color_mix(bottom, theme->metal_edge, more),
		  faint == 255 ? 255 : 80 + faint);
	gfx_ring(gfx, r, knob / 2, one, theme->ink3, faint);
	paint_focus(widget, gfx, ui_px(ui, 6));
}

static void change(struct slider *slider, int64_t value)
{
	int before = slider->value;

	slider_set(slider, value < slider->least  ? slider->least
			   : value > slider->most ? slider->most
						  : (int)value);
	if (slider->value != before && slider->changed)
		slider->changed(slider->user, slider->value);
}

/* To the nearest step. */
static void drag(struct slider *slider, int x)
{
	int knob = ui_tx(slider->widget.ui, KNOB);
	int room = imax(slider->widget.r.w - knob, 1);
	int64_t range = (int64_t)slider->most - slider->least;
	int64_t at = imin(imax(x - knob / 2, 0), room) * range;
	int64_t steps = (at / room + slider->step / 2) / slider->step;

	/* The end may lie between two steps. */
	change(slider, at == room * range
			       ? slider->most
			       : slider->least + steps * slider->step);
}

static bool slider_key(struct slider *slider, const struct ui_event *event)
{
	int64_t value = slider->value, step = slider->step;

	switch (event->code) {
	case KEY_LEFT:
		change(slider, value - step);
		return true;
	case KEY_RIGHT:
		change(slider, value + step);
		return true;
	case KEY_PAGEDOWN:
		change(slider, value - PAGE * step);
		return true;
	case KEY_PAGEUP:
		change(slider, value + PAGE * step);
		return true;
	case KEY_HOME:
		change(slider, slider->least);
		return true;
	case KEY_END:
		change(slider, slider->most);
		return true;
	default:
		return false;
	}
}

static bool slider_event(struct widget *widget, const struct ui_event *event)
{
	struct slider *slider = (struct slider *)widget;

	switch (event->type) {
	case UI_PRESS:
		drag(slider, event->x);
		return true;
	case UI_MOTION:
		if (widget->pressed)
			drag(slider, event->x);
		return true;
	case UI_RELEASE:
		return true;
	case UI_KEY:
		return slider_key(slider, event);
	default:
		return false;
	}
}

static char *slider_words(const struct widget *widget)
{
	return xasprintf("%d", ((const struct slider *)widget)->value);
}

static const struct widget_class slider_class = {
	.name = "slider",
	.size = sizeof(struct slider),
	.role = ROLE_SLIDER,
	.shows_state = true,
	.measure = slider_measure,
	.paint = slider_paint,
	.event = slider_event,
	.value = slider_words,
};

struct slider *slider_create(struct ui *ui, struct widget *parent,
			     const char *name, int least, int most, int step,
			     slider_fn *changed, void *user)
{
	struct slider *slider = widget_create(ui, parent, &slider_class, name);

	slider->least = slider->value = least;
	slider->most = imax(most, least);
	slider->step = imax(step, 1);
	slider->changed = changed;
	slider->user = user;
	slider->widget.focusable = true;
	return slider;
}

void slider_set(struct slider *slider, int value)
{
	value = imin(imax(value, slider->least), slider->most);
	if (value == slider->value)
		return;
	slider->value = value;
	widget_damage(&slider->widget);
}

int slider_value(const struct slider *slider)
{
	return slider->value;
}
