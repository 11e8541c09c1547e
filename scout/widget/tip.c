/*
 * Tooltips: one for a window, made when it is first needed, above all else and
 * never in the pointer's way.
 */
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "scout/widget/gfx_private.h"
#include "scout/widget/paint.h"

enum { PAD_X = 10, PAD_Y = 6, LINE = 18, WIDEST = 320, MARGIN = 8, AWAY = 6 };

static struct text_style style_of(const struct ui *ui)
{
	return ui_style(ui, TEXT_REGULAR, 13 * QUARTERS);
}

/* ---- the sheet ---- */

static struct text_line next_line(const struct ui *ui, const char *text,
				  int room)
{
	return text_line(ui->text, style_of(ui), text, strlen(text), room * 64);
}

/* Its name is what it says; measured with the shadow below. */
static struct size tip_measure(struct widget *widget, int for_width)
{
	const struct ui *ui = widget->ui;
	int pad = ui_tx(ui, PAD_X), room = for_width - 2 * pad, wide = 0;
	int h = 2 * ui_tx(ui, PAD_Y);
	struct text_line line;

	for (const char *at = widget->name; *at; at += line.bytes) {
		line = next_line(ui, at, room);
		wide = imax(wide, (line.width + 63) / 64);
		h += ui_tx(ui, LINE);
	}
	return (struct size){ wide + 2 * pad, h };
}

static void tip_paint(struct widget *widget, struct gfx *gfx)
{
	const struct ui *ui = widget->ui;
	const struct theme *theme = gfx->theme;
	float one = (float)gfx->scale / 100;
	int margin = ui_px(ui, MARGIN), pad = ui_tx(ui, PAD_X);
	struct frect r = { (float)margin, (float)margin,
			   (float)(widget->r.w - 2 * margin),
			   (float)(widget->r.h - 2 * margin) };
	struct frect shade = { r.x, r.y + 2 * one, r.w, r.h };
	int room = widget->r.w - 2 * margin - 2 * pad;
	struct text_style style = style_of(ui);
	struct rect row = { margin + pad, margin + ui_tx(ui, PAD_Y), room + 1,
			    ui_tx(ui, LINE) };
	struct text_line line;

	gfx_soft_shadow(gfx, shade, 6 * one, 3 * one, theme->shadow, 90);
	gfx_round(gfx, r, 6 * one, theme->card, theme->card, 255);
	gfx_ring(gfx, r, 6 * one, one, theme->ink3, 150);
	for (const char *at = widget->name; *at; at += line.bytes) {
		line = next_line(ui, at, room + 1);
		char *shown = xstrndup(at, line.shown);

		paint_text(gfx, row, style, ALIGN_LEFT, shown, theme->ink);
		free(shown);
		row.y += row.h;
	}
}

/* The pointer goes through it. */
static bool tip_hit(struct widget *widget, int x, int y)
{
	(void)widget;
	(void)x;
	(void)y;
	return false;
}

/* Below its target, else above; where there's no room at all (the target is as
 * high as the window) below the pointer. */
static void put(struct widget *tip, struct rect target)
{
	struct ui *ui = tip->ui;
	struct rect all = ui->root->r;
	int margin = ui_px(ui, MARGIN), away = ui_px(ui, AWAY);
	int most = imin(ui_tx(ui, WIDEST), all.w - 2 * margin);
	struct size size = widget_measure(tip, most);
	int x = target.x + (target.w - size.w) / 2;
	int y = target.y + target.h + away;

	if (y + size.h > all.h - margin)
		y = target.y - away - size.h;
	if (y < 0 && ui->pointer_inside)
		y = imin(ui->pointer_y + ui_px(ui, 24), all.h - size.h);
	x = imax(imin(x, all.w - margin - size.w), margin);
	widget_place(tip,
		     (struct rect){ x - margin, imax(y, 0) - margin,
				    size.w + 2 * margin, size.h + 2 * margin });
}

/* It was waited for. */
static void tip_alarm(struct widget *tip)
{
	struct ui *ui = tip->ui;
	struct rect target;

	if (!ui->tip_target || !ui->tip_target->tip)
		return;
	target = widget_visible_rect(ui->tip_target);
	if (rect_is_empty(target))
		return;
	widget_set_name(tip, ui->tip_target->tip);
	widget_move_after(tip, ui->root->last);
	widget_set_hidden(tip, false);
	put(tip, target);
}

static const struct widget_class tip_class = {
	.name = "tooltip",
	.size = sizeof(struct widget),
	.role = ROLE_TOOLTIP,
	.measure = tip_measure,
	.paint = tip_paint,
	.hit = tip_hit,
	.alarm = tip_alarm,
};

/* ---- when ---- */

static bool is_shown(const struct ui *ui)
{
	return ui->tip && !ui->tip->hidden;
}

bool ui_tip_dismiss(struct ui *ui)
{
	bool shown = is_shown(ui);

	if (!ui->tip)
		return false;
	widget_set_alarm(ui->tip, -1);
	widget_set_hidden(ui->tip, true);
	return shown;
}

/* What the user looks at: with the keyboard the focus, else what the pointer
 * is on. */
static struct widget *candidate(const struct ui *ui)
{
	struct widget *w = ui->hover;

	/* Once pressed, it is known: it doesn't come back on release. */
	if (ui->grab)
		return ui->tip_target;
	if (ui->keyboard_used && ui->active)
		return ui->focus && ui->focus->tip ? ui->focus : NULL;
	while (w && !w->tip)
		w = w->parent;
	return w;
}

void ui_tip_follow(struct ui *ui)
{
	struct widget *target = candidate(ui);
	bool warm = is_shown(ui);

	if (target == ui->tip_target)
		return;
	ui_tip_dismiss(ui);
	ui->tip_target = target;
	if (!target)
		return;
	if (!ui->tip) {
		ui->tip = widget_create(ui, ui->root, &tip_class, "");
		ui->tip->hidden = true;
	}
	widget_set_alarm(ui->tip, warm ? MS_TIP_NEXT : MS_TIP);
}

void ui_tip_forget(struct ui *ui, const struct widget *widget)
{
	if (ui->tip == widget)
		ui->tip = NULL;
	if (ui->tip_target != widget)
		return;
	ui->tip_target = NULL;
	if (ui->tip)
		ui_tip_dismiss(ui);
}

void widget_set_tip(struct widget *widget, const char *tip)
{
	struct ui *ui = widget->ui;

	if (tip && widget->tip && strcmp(tip, widget->tip) == 0)
		return;
	free(widget->tip);
	widget->tip = tip ? xstrdup(tip) : NULL;
	if (ui->tip_target != widget)
		return;
	/* It says the new words when it is next asked. */
	ui_tip_dismiss(ui);
	ui->tip_target = NULL;
}
