#include "signs.h"

#include <string.h>

#include "scout/widget/paint.h"

enum { SIGN_FADE_MS = 200 };

void paint_round_face(struct gfx *gfx, float x, float y, float side, float glow,
		      bool down)
{
	const struct theme *theme = gfx->theme;
	float one = side / 40;
	struct frect face = { x, y + (down ? one : 0), side, side };
	struct frect lower = { x, y + 2 * one, side, side };
	struct frect gloss = { x + 5 * one, face.y + 2 * one, side - 10 * one,
			       side * 0.46f };

	if (!down)
		gfx_soft_shadow(gfx, lower, side / 2, 3 * one, theme->shadow,
				70);
	gfx_round(gfx, face, side / 2, theme->metal[down],
		  color_mix(theme->metal[!down], theme->ink3, 40), 255);
	gfx_round(gfx, gloss, side * 0.23f, 0xffffff, 0xffffff,
		  theme->dark ? 22 : 120);
	if (glow > 0)
		gfx_round(gfx, face, side / 2, theme->link, theme->link,
			  (int)(38 * glow));
	gfx_ring(gfx, face, side / 2, one, theme->ink2, theme->outline_alpha);
}

/* ---- signs, in units of 1/40 of the side ---- */

struct pen {
	struct gfx *gfx;
	float x, y, unit;
	uint32_t color;
	int alpha;
};

static void box(const struct pen *pen, float x, float y, float w, float h,
		float radius)
{
	float u = pen->unit;

	gfx_round(
		pen->gfx,
		(struct frect){ pen->x + x * u, pen->y + y * u, w * u, h * u },
		radius * u, pen->color, pen->color, pen->alpha);
}

static void line(const struct pen *pen, float x0, float y0, float x1, float y1,
		 float width)
{
	float u = pen->unit;

	gfx_line(pen->gfx, pen->x + x0 * u, pen->y + y0 * u, pen->x + x1 * u,
		 pen->y + y1 * u, width * u, pen->color, pen->alpha);
}

/* A filled triangle with its tip at one side, by rows or columns. */
static void triangle(const struct pen *pen, bool left)
{
	float u = pen->unit, x = pen->x, y = pen->y;

	if (!left) {
		gfx_arrow(pen->gfx, x + 15 * u, y + 11 * u, 18 * u, pen->color,
			  pen->alpha);
		return;
	}
	for (float row = 0; row < 18 * u; row += 1) {
		float near = row < 9 * u ? row : 18 * u - row;
		float w = near * 10.8f / 9;

		gfx_round(pen->gfx,
			  (struct frect){ x + 25 * u - w, y + 11 * u + row, w,
					  1 },
			  0, pen->color, pen->color, pen->alpha);
	}
}

static void home(const struct pen *pen)
{
	for (int i = 0; i < 5; i++) {
		float f = (float)i;

		line(pen, 20, 11 + f, 11 + f, 20, 1.6f);
		line(pen, 20, 11 + f, 29 - f, 20, 1.6f);
	}
	line(pen, 10.5f, 20.5f, 20, 11, 2.2f);
	line(pen, 29.5f, 20.5f, 20, 11, 2.2f);
	box(pen, 13.5f, 19, 13, 3, 0);
	box(pen, 13.5f, 20, 4.5f, 9, 0.8f);
	box(pen, 22, 20, 4.5f, 9, 0.8f);
	box(pen, 25, 12, 2.4f, 5, 0.5f);
	box(pen, 13.5f, 19, 13, 5, 0);
}

static void contents(const struct pen *pen)
{
	for (int i = 0; i < 5; i++) {
		float y = 12 + (float)i * 4;

		box(pen, 11, y - 1, 2, 2, 1);
		box(pen, 15, y - 1, 14, 2, 1);
	}
}

static void find(const struct pen *pen)
{
	float u = pen->unit;

	gfx_ring(pen->gfx,
		 (struct frect){ pen->x + 11 * u, pen->y + 11 * u, 13 * u,
				 13 * u },
		 6.5f * u, 2 * u, pen->color, pen->alpha);
	line(pen, 22.5f, 22.5f, 28.5f, 28.5f, 2.4f);
}

static void help(const struct pen *pen)
{
	struct text_style style = { .weight = TEXT_SEMIBOLD,
				    .size = (int)(22 * 64 * pen->unit) };
	int width = text_width(pen->gfx->text, style, "?", 1);

	gfx_text(pen->gfx, style,
		 (int)((pen->x + 20 * pen->unit) * 64) - width / 2,
		 (int)(pen->y + 28 * pen->unit), "?",
		 pen->alpha < 255 ? color_mix(pen->gfx->theme->metal[1],
					      pen->color, pen->alpha)
				  : pen->color);
}

void paint_sign(struct gfx *gfx, float x, float y, float side, enum sign sign,
		uint32_t color, int alpha)
{
	struct pen pen = { gfx, x, y, side / 40, color, alpha };

	switch (sign) {
	case SIGN_HOME:
		home(&pen);
		break;
	case SIGN_BACK:
	case SIGN_FORWARD:
		triangle(&pen, sign == SIGN_BACK);
		break;
	case SIGN_CONTENTS:
		contents(&pen);
		break;
	case SIGN_HELP:
		help(&pen);
		break;
	case SIGN_FIND:
		find(&pen);
		break;
	case SIGN_UP:
		line(&pen, 12, 24, 20, 16, 3);
		line(&pen, 28, 24, 20, 16, 3);
		break;
	case SIGN_DOWN:
		line(&pen, 12, 16, 20, 24, 3);
		line(&pen, 28, 16, 20, 24, 3);
		break;
	case SIGN_CLOSE:
		line(&pen, 13, 13, 27, 27, 3);
		line(&pen, 27, 13, 13, 27, 3);
		break;
	}
}

/* ---- buttons ---- */

struct sign_button {
	struct widget widget;
	enum sign sign;
	int side; /* logical */
	bool armed, marked;
	float shown; /* 1: enabled */
	sign_button_fn *fn;
	void *user;
};

static struct size button_measure(struct widget *widget, int for_width)
{
	int side = ui_tx(widget->ui, ((struct sign_button *)widget)->side);

	(void)for_width;
	return (struct size){ side, side };
}

static void button_paint(struct widget *widget, struct gfx *gfx)
{
	const struct sign_button *button = (const struct sign_button *)widget;
	struct ui *ui = widget->ui;
	bool down = widget->pressed && button->armed;
	float side = (float)ui_tx(ui, button->side), air;
	float shown = button->shown;

	air = ((float)widget->r.w - side) / 2;
	if (shown > 0.99f)
		paint_round_face(gfx, air, air, side, widget->glow, down);
	else
		gfx_ring(gfx, (struct frect){ air, air, side, side }, side / 2,
			 side / 40, gfx->theme->ink3, 90);
	paint_sign(gfx, air, air + (down ? side / 40 : 0), side, button->sign,
		   gfx->theme->ink, 90 + (int)(165 * shown));
	if (button->marked)
		gfx_ring(gfx,
			 (struct frect){ air - 2, air - 2, side + 4, side + 4 },
			 side / 2 + 2, side / 20, gfx->theme->link, 170);
	if (widget->focused && ui->keyboard_used && ui->active)
		paint_focus_ring(
			gfx, (struct rect){ 0, 0, widget->r.w, widget->r.h },
			widget->r.w / 2);
}

static bool button_event(struct widget *widget, const struct ui_event *event)
{
	struct sign_button *button = (struct sign_button *)widget;
	struct rect own = { 0, 0, widget->r.w, widget->r.h };
	bool on = rect_has_point(own, event->x, event->y);

	switch (event->type) {
	case UI_PRESS:
		button->armed = true;
		return true;
	case UI_MOTION:
		if (widget->pressed && on != button->armed) {
			button->armed = on;
			widget_damage(widget);
		}
		return true;
	case UI_RELEASE:
		button->armed = false;
		if (on)
			button->fn(button->user);
		return true;
	default:
		if (!is_activation(event))
			return false;
		button->fn(button->user);
		return true;
	}
}

static const struct widget_class button_class = {
	.name = "sign button",
	.size = sizeof(struct sign_button),
	.role = ROLE_BUTTON,
	.shows_state = true,
	.measure = button_measure,
	.paint = button_paint,
	.event = button_event,
};

struct sign_button *sign_button_create(struct ui *ui, struct widget *parent,
				       enum sign sign, int side,
				       const char *name, sign_button_fn *fn,
				       void *user)
{
	struct sign_button *button = widget_create(ui, parent, &button_class,
						   name);

	button->sign = sign;
	button->side = side;
	button->fn = fn;
	button->user = user;
	button->shown = 1;
	button->widget.focusable = true;
	return button;
}

void sign_button_enable(struct sign_button *button, bool enabled)
{
	struct ui *ui = button->widget.ui;

	if (button->widget.disabled != enabled)
		return;
	button->widget.disabled = !enabled;
	if (!enabled && ui->focus == &button->widget)
		ui_set_focus(ui, NULL);
	ui_animate(ui, &button->widget, &button->shown, enabled ? 1 : 0,
		   SIGN_FADE_MS);
}

void sign_button_mark(struct sign_button *button, bool marked)
{
	if (button->marked == marked)
		return;
	button->marked = marked;
	widget_damage(&button->widget);
}
