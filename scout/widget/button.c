/*
 * Buttons with a cross, and the icons of programs.
 */
#include "scout/widget/gfx_private.h"
#include "scout/widget/paint.h"
#include "scout/widget/widgets.h"

/* The face of the larger one leaves room for sinking. */
enum { BUTTON = 24, SQUARE = 22, ROUND = 16 };

struct button {
	struct widget widget;
	enum button_kind kind;
	widget_fn *activate;
	void *user;
	bool armed; /* the pointer is still on it */
};

static struct size button_measure(struct widget *widget, int for_width)
{
	int side = ui_tx(widget->ui, BUTTON);

	(void)for_width;
	return (struct size){ side, side };
}

/* The face sinks by a pixel when pressed, and its gradient turns round. */
static void button_paint(struct widget *widget, struct gfx *gfx)
{
	const struct button *button = (const struct button *)widget;
	const struct theme *theme = gfx->theme;
	bool close = button->kind == BUTTON_CLOSE;
	float down = widget->sink;
	int turned = (int)(255 * down), faint = paint_alpha(widget);
	float side = (float)ui_tx(widget->ui, close ? ROUND : SQUARE);
	float one = side / (close ? ROUND : SQUARE);
	float x = ((float)widget->r.w - side) / 2;
	float y = ((float)widget->r.h - side) / 2 + one * down;
	struct frect face = { x, y, side, side };
	float radius = close ? side / 2 : 6 * one;
	float cross = (close ? 6 : 9) * one;
	float inset = (side - cross) / 2;
	float glow = down > widget->glow ? down : widget->glow;
	int shown = close ? faint : (int)((float)faint * glow);

	gfx_round(gfx, face, radius,
		  color_mix(theme->metal[0], theme->metal[1], turned),
		  color_mix(theme->metal[1], theme->metal[0], turned), shown);
	gfx_ring(gfx, face, radius, one, theme->ink2,
		 imin(theme->outline_alpha + (int)(40 * glow), 255) * shown /
			 255);
	paint_cross(gfx, x + inset, y + inset, cross, 1.3f * one, theme->ink2,
		    (close ? 255 : 190 + (int)(65 * glow)) * faint / 255);
	if (widget->focused && widget->ui->keyboard_used && widget->ui->active)
		paint_focus_ring(
			gfx, (struct rect){ 0, 0, widget->r.w, widget->r.h },
			ui_px(widget->ui, 6));
}

static bool button_event(struct widget *widget, const struct ui_event *event)
{
	struct button *button = (struct button *)widget;
	struct rect own = { 0, 0, widget->r.w, widget->r.h };
	bool on = rect_has_point(own, event->x, event->y);

	switch (event->type) {
	case UI_PRESS:
		button->armed = true;
		return true;
	case UI_MOTION:
		if (widget->pressed && on != button->armed) {
			button->armed = on;
			ui_animate(widget->ui, widget, &widget->sink, on,
				   on ? MS_PRESS : MS_RELEASE);
		}
		return true;
	case UI_RELEASE:
		button->armed = false;
		if (on)
			button->activate(button->user);
		return true;
	default:
		if (!is_activation(event))
			return false;
		button->activate(button->user);
		return true;
	}
}

static const struct widget_class button_class = {
	.name = "button",
	.size = sizeof(struct button),
	.role = ROLE_BUTTON,
	.shows_state = true,
	.measure = button_measure,
	.paint = button_paint,
	.event = button_event,
};

struct button *button_create(struct ui *ui, struct widget *parent,
			     enum button_kind kind, const char *name,
			     widget_fn *activate, void *user)
{
	struct button *button = widget_create(ui, parent, &button_class, name);

	button->kind = kind;
	button->activate = activate;
	button->user = user;
	button->widget.focusable = true;
	return button;
}

/* ---- icon ---- */

static struct size icon_measure(struct widget *widget, int for_width)
{
	return button_measure(widget, for_width);
}

static void icon_paint(struct widget *widget, struct gfx *gfx)
{
	float side = (float)ui_tx(widget->ui, BUTTON);

	paint_fade(widget, gfx);
	gfx_program_icon(gfx, ((float)widget->r.w - side) / 2,
			 ((float)widget->r.h - side) / 2, side, widget->name);
}

static const struct widget_class icon_class = {
	.name = "icon",
	.size = sizeof(struct widget),
	.role = ROLE_NONE,
	.measure = icon_measure,
	.paint = icon_paint,
};

struct widget *icon_create(struct ui *ui, struct widget *parent,
			   const char *program)
{
	return widget_create(ui, parent, &icon_class, program);
}
