/*
 * Buttons with a sign or words.
 */
#include <string.h>

#include "scout/widget/controls.h"
#include "scout/widget/gfx_private.h"
#include "scout/widget/paint.h"

enum { ROUND = 40, HEIGHT = 32, PAD = 16 };

struct tool {
	struct widget widget;
	sign_fn *sign; /* NULL: its name */
	widget_fn *activate;
	void *user;
	bool armed; /* the pointer is still on it */
};

static struct text_style style_of(const struct widget *widget)
{
	return ui_style(widget->ui, TEXT_SEMIBOLD, 14 * QUARTERS);
}

static struct size tool_measure(struct widget *widget, int for_width)
{
	const struct tool *tool = (const struct tool *)widget;
	int side = ui_tx(widget->ui, ROUND);
	int w = paint_width(widget->ui, style_of(widget), widget->name);

	(void)for_width;
	if (tool->sign)
		return (struct size){ side, side };
	return (struct size){ w + 2 * ui_tx(widget->ui, PAD),
			      ui_tx(widget->ui, HEIGHT) };
}

/* The face sinks by a pixel when pressed, and its gradient turns round. */
static void paint_face(struct widget *widget, struct gfx *gfx, struct frect r,
		       float radius)
{
	const struct theme *theme = gfx->theme;
	float one = (float)gfx->scale / 100;
	int faint = paint_alpha(widget), down = (int)(255 * widget->sink);
	int more = (int)(40 * widget->glow);
	uint32_t top = color_mix(theme->metal[0], theme->metal[1], down);
	uint32_t bottom = color_mix(theme->metal[1], theme->metal[0], down);

	if (faint == 255 && down < 255)
		gfx_soft_shadow(gfx, (struct frect){ r.x, r.y + one, r.w, r.h },
				radius, 1.2f * one, theme->shadow,
				70 * (255 - down) / 255);
	gfx_round(gfx, r, radius, color_mix(top, theme->metal_edge, more),
		  color_mix(bottom, theme->metal_edge, more), faint);
	gfx_ring(gfx, r, radius, one, theme->ink2,
		 imin(theme->outline_alpha + more, 255) * faint / 255);
}

static void tool_paint(struct widget *widget, struct gfx *gfx)
{
	const struct tool *tool = (const struct tool *)widget;
	struct ui *ui = widget->ui;
	float one = (float)gfx->scale / 100, inset = 2 * one;
	float sink = one * widget->sink;
	int air = ui_tx(ui, PAD / 2);
	struct frect r = { inset, inset + sink, (float)widget->r.w - 2 * inset,
			   (float)widget->r.h - 2 * inset };
	float radius = tool->sign ? r.w / 2 : 6 * one;
	struct frect sign = { r.x + r.w * 0.25f, r.y + r.h * 0.25f, r.w / 2,
			      r.h / 2 };

	paint_face(widget, gfx, r, radius);
	if (tool->sign)
		tool->sign(gfx, sign, gfx->theme->ink, paint_alpha(widget));
	else
		paint_text(gfx,
			   (struct rect){ air, (int)(sink + 0.5f),
					  widget->r.w - 2 * air, widget->r.h },
			   style_of(widget), ALIGN_CENTER, widget->name,
			   paint_faint(widget, gfx->theme->ink));
	paint_focus(widget, gfx, tool->sign ? widget->r.h / 2 : ui_px(ui, 8));
}

static bool tool_event(struct widget *widget, const struct ui_event *event)
{
	struct tool *tool = (struct tool *)widget;
	struct rect own = { 0, 0, widget->r.w, widget->r.h };
	bool on = rect_has_point(own, event->x, event->y);

	switch (event->type) {
	case UI_PRESS:
		tool->armed = true;
		return true;
	case UI_MOTION:
		if (widget->pressed && on != tool->armed) {
			tool->armed = on;
			ui_animate(widget->ui, widget, &widget->sink, on,
				   on ? MS_PRESS : MS_RELEASE);
		}
		return true;
	case UI_RELEASE:
		tool->armed = false;
		if (on && tool->activate)
			tool->activate(tool->user);
		return true;
	default:
		if (!is_activation(event))
			return false;
		if (tool->activate)
			tool->activate(tool->user);
		return true;
	}
}

static const struct widget_class tool_class = {
	.name = "tool",
	.size = sizeof(struct tool),
	.role = ROLE_BUTTON,
	.shows_state = true,
	.measure = tool_measure,
	.paint = tool_paint,
	.event = tool_event,
};

struct tool *tool_create(struct ui *ui, struct widget *parent, const char *name,
			 sign_fn *sign, widget_fn *activate, void *user)
{
	struct tool *tool = widget_create(ui, parent, &tool_class, name);

	tool->sign = sign;
	tool->activate = activate;
	tool->user = user;
	tool->widget.focusable = true;
	return tool;
}
