/*
 * Small buttons with a sign.
 */
#include "base/alloc.h"
#include "pieces.h"
#include "scout/widget/paint.h"

enum { SIDE = 24, ARROW = 10 };

struct sign {
	struct widget widget;
	sign_fn *paint; /* NULL: the arrow of something that opens */
	widget_fn *activate;
	void *user;
	bool armed; /* the pointer is still on it */
	bool open;
};

void sign_pencil(struct gfx *gfx, struct frect r, uint32_t color, int alpha)
{
	float one = (float)gfx->scale / 100, w = r.w, x = r.x, y = r.y;

	gfx_line(gfx, x + w * 0.25f, y + w * 0.75f, x + w * 0.78f,
		 y + w * 0.22f, 3.2f * one, color, alpha);
	gfx_line(gfx, x + w * 0.12f, y + w * 0.88f, x + w * 0.3f, y + w * 0.7f,
		 1.4f * one, color, alpha);
}

/* A circle that is open at the top, and a line into it. */
void sign_power(struct gfx *gfx, struct frect r, uint32_t color, int alpha)
{
	static const float circle[][2] = {
		{ 0.77f, 0.24f }, { 0.89f, 0.40f }, { 0.92f, 0.60f },
		{ 0.85f, 0.79f }, { 0.70f, 0.93f }, { 0.50f, 0.98f },
		{ 0.30f, 0.93f }, { 0.15f, 0.79f }, { 0.08f, 0.60f },
		{ 0.11f, 0.40f }, { 0.23f, 0.24f },
	};
	float width = 1.8f * (float)gfx->scale / 100, w = r.w;
	size_t i;

	for (i = 0; i + 1 < sizeof(circle) / sizeof(circle[0]); i++)
		gfx_line(gfx, r.x + w * circle[i][0], r.y + w * circle[i][1],
			 r.x + w * circle[i + 1][0], r.y + w * circle[i + 1][1],
			 width, color, alpha);
	gfx_line(gfx, r.x + w * 0.5f, r.y + w * 0.02f, r.x + w * 0.5f,
		 r.y + w * 0.5f, width, color, alpha);
}

static struct size sign_measure(struct widget *widget, int for_width)
{
	int side = ui_tx(widget->ui, SIDE);

	(void)for_width;
	return (struct size){ side, side };
}

static void paint_arrow(struct gfx *gfx, float side, bool open, float size,
			uint32_t color)
{
	float x = (side - size) / 2, y = x;

	if (!open) {
		gfx_arrow(gfx, x + size * 0.2f, y, size, color, 255);
		return;
	}
	for (int i = 0; i < (int)(size * 0.6f); i++) {
		float inset = (float)i / 0.6f / 2;
		float row = y + size * 0.2f + (float)i + 0.5f;

		gfx_line(gfx, x + inset, row, x + size - inset, row, 1, color,
			 255);
	}
}

static void sign_paint(struct widget *widget, struct gfx *gfx)
{
	const struct sign *sign = (const struct sign *)widget;
	const struct theme *theme = gfx->theme;
	bool down = widget->pressed && sign->armed;
	float side = (float)widget->r.w, one = (float)gfx->scale / 100;
	struct frect face = { 0, down ? one : 0, side, side };
	float part = side / 4;
	int shown = (int)(255 * (down ? 1 : widget->glow));

	gfx_round(gfx, face, 6 * one, theme->metal[down ? 1 : 0],
		  theme->metal[down ? 0 : 1], shown);
	gfx_ring(gfx, face, 6 * one, one, theme->ink2,
		 theme->outline_alpha * shown / 255);
	if (sign->paint)
		sign->paint(gfx,
			    (struct frect){ part, face.y + part, side / 2,
					    side / 2 },
			    theme->ink2, 255);
	else
		paint_arrow(gfx, side, sign->open,
			    (float)ui_tx(widget->ui, ARROW), theme->ink2);
	paint_focus(widget, gfx, ui_px(widget->ui, 6));
}

static bool sign_event(struct widget *widget, const struct ui_event *event)
{
	struct sign *sign = (struct sign *)widget;
	struct rect own = { 0, 0, widget->r.w, widget->r.h };
	bool on = rect_has_point(own, event->x, event->y);

	switch (event->type) {
	case UI_PRESS:
		sign->armed = true;
		return true;
	case UI_MOTION:
		if (widget->pressed && on != sign->armed) {
			sign->armed = on;
			widget_damage(widget);
		}
		return true;
	case UI_RELEASE:
		sign->armed = false;
		if (on)
			sign->activate(sign->user);
		return true;
	default:
		if (!is_activation(event))
			return false;
		sign->activate(sign->user);
		return true;
	}
}

static char *sign_value(const struct widget *widget)
{
	const struct sign *sign = (const struct sign *)widget;

	if (sign->paint)
		return xstrdup("");
	return xstrdup(sign->open ? "open" : "closed");
}

static const struct widget_class sign_class = {
	.name = "sign",
	.size = sizeof(struct sign),
	.role = ROLE_BUTTON,
	.shows_state = true,
	.measure = sign_measure,
	.paint = sign_paint,
	.event = sign_event,
	.value = sign_value,
};

struct sign *sign_create(struct ui *ui, struct widget *parent, const char *name,
			 sign_fn *paint, widget_fn *activate, void *user)
{
	struct sign *sign = widget_create(ui, parent, &sign_class, name);

	sign->paint = paint;
	sign->activate = activate;
	sign->user = user;
	sign->widget.focusable = true;
	return sign;
}

struct sign *sign_fold(struct ui *ui, struct widget *parent, const char *name,
		       widget_fn *activate, void *user)
{
	return sign_create(ui, parent, name, NULL, activate, user);
}

void sign_set_open(struct sign *sign, bool open)
{
	sign->open = open;
	widget_damage(&sign->widget);
}
