#include "scout/widget/paint.h"

#include <linux/input-event-codes.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"

int paint_baseline(struct gfx *gfx, struct text_style style, int h)
{
	return (h + text_metrics(gfx->text, style).cap + 1) / 2;
}

struct rect paint_text(struct gfx *gfx, struct rect r, struct text_style style,
		       enum align align, const char *text, uint32_t color)
{
	size_t bytes = strlen(text);
	size_t fit = text_fit(gfx->text, style, text, bytes, r.w * 64);
	char *shown = fit == bytes
			      ? xstrdup(text)
			      : xasprintf("%.*s\xe2\x80\xa6", (int)fit, text);
	int width = text_width(gfx->text, style, shown, strlen(shown));
	int x = r.x * 64;

	if (align == ALIGN_RIGHT)
		x += r.w * 64 - width;
	else if (align == ALIGN_CENTER)
		x += (r.w * 64 - width) / 2;
	gfx_text(gfx, style, x, r.y + paint_baseline(gfx, style, r.h), shown,
		 color);
	free(shown);
	return (struct rect){ x / 64, r.y, (width + 63) / 64, r.h };
}

int paint_width(const struct ui *ui, struct text_style style, const char *text)
{
	return (text_width(ui->text, style, text, strlen(text)) + 63) / 64;
}

int paint_alpha(const struct widget *widget)
{
	float most = 0;

	/* What stands in something disabled is so, too. */
	for (const struct widget *w = widget; w; w = w->parent) {
		float faint = w->disabled;

		if (ui_is_animated(w->ui, &w->faint))
			faint = w->faint;
		most = faint > most ? faint : most;
	}
	return 255 - (int)((255 - DISABLED_ALPHA) * most);
}

uint32_t paint_faint(const struct widget *widget, uint32_t color)
{
	int alpha = paint_alpha(widget);

	return alpha == 255
		       ? color
		       : color_mix(widget->ui->theme->ground[0], color, alpha);
}

void paint_fade(const struct widget *widget, struct gfx *gfx)
{
	gfx->veil = (uint8_t)(255 -
			      (255 - gfx->veil) * paint_alpha(widget) / 255);
}

void paint_focus(const struct widget *widget, struct gfx *gfx, int radius)
{
	const struct ui *ui = widget->ui;

	if (widget->focused && ui->keyboard_used && ui->active)
		paint_focus_ring(
			gfx, (struct rect){ 0, 0, widget->r.w, widget->r.h },
			radius);
}

void paint_cross(struct gfx *gfx, float x, float y, float side, float width,
		 uint32_t color, int alpha)
{
	gfx_line(gfx, x, y, x + side, y + side, width, color, alpha);
	gfx_line(gfx, x + side, y, x, y + side, width, color, alpha);
}

bool is_activation(const struct ui_event *event)
{
	return event->type == UI_KEY &&
	       (event->code == KEY_ENTER || event->code == KEY_KPENTER ||
		event->code == KEY_SPACE);
}
