/*
 * What a field looks like, and where in it something stands.
 */
#include <string.h>

#include "scout/widget/field_private.h"
#include "scout/widget/gfx_private.h"
#include "scout/widget/paint.h"

struct text_style field_style(const struct widget *widget)
{
	return ui_style(widget->ui, TEXT_REGULAR, 14 * QUARTERS);
}

bool field_runs_left(const struct field *field)
{
	const struct widget *widget = &field->widget;

	return text_is_rtl(widget->ui->text, field_style(widget),
			   field->edit.text, strlen(field->edit.text));
}

/* Where the text begins, real pixels from the pad: what runs to the left ends
 * at the right. */
int field_indent(const struct field *field)
{
	const struct widget *widget = &field->widget;
	int room = widget->r.w - 2 * ui_tx(widget->ui, FIELD_PAD);

	return field_runs_left(field)
		       ? imax(room - paint_width(widget->ui,
						 field_style(widget),
						 field->edit.text),
			      0)
		       : 0;
}

int field_caret(const struct field *field, size_t offset)
{
	const struct widget *widget = &field->widget;
	const char *text = field->edit.text;

	return field_indent(field) +
	       (text_caret(widget->ui->text, field_style(widget), text,
			   strlen(text), offset) +
		32) / 64;
}

static void paint_ground(struct widget *widget, struct gfx *gfx, bool error)
{
	const struct theme *theme = gfx->theme;
	float one = (float)gfx->scale / 100;
	struct frect r = { 0, 0, (float)widget->r.w, (float)widget->r.h };
	struct frect edge = { one, 6 * one, 4 * one, r.h - 12 * one };
	int faint = paint_alpha(widget);

	gfx_round(gfx, r, 8 * one, theme->card, theme->card, faint);
	gfx_ring(gfx, r, 8 * one, one,
		 error                 ? theme->error
		 : widget->glow > 0.5f ? theme->ink2
				       : theme->ink3,
		 faint);
	if (error)
		gfx_round(gfx, edge, 2 * one, theme->error, theme->error, 255);
}

static void paint_selection(const struct field *field, struct gfx *gfx, int x)
{
	const struct edit *edit = &field->edit;
	struct text_span spans[TEXT_SPANS_MAX];
	size_t count = text_spans(gfx->text, field_style(&field->widget),
				  edit->text, strlen(edit->text),
				  edit_from(edit), edit_to(edit), spans);
	int air = ui_tx(field->widget.ui, 6);

	for (size_t i = 0; i < count; i++) {
		int from = (spans[i].left + 32) / 64;
		int to = (spans[i].right + 32) / 64;

		gfx_fill(gfx,
			 (struct rect){ x + from, air, to - from,
					field->widget.r.h - 2 * air },
			 gfx->theme->link, field->widget.focused ? 90 : 50);
	}
}

void field_paint(struct widget *widget, struct gfx *gfx)
{
	const struct field *field = (const struct field *)widget;
	struct ui *ui = widget->ui;
	struct text_style style = field_style(widget);
	int pad = ui_tx(ui, FIELD_PAD), x = pad - field->scroll;
	int y = paint_baseline(gfx, style, widget->r.h);
	struct rect inner = { pad - 1, 0, widget->r.w - 2 * pad + 2,
			      widget->r.h };
	struct rect before;

	paint_ground(widget, gfx, field->error);
	before = gfx_clip(gfx, inner);
	if (!field->edit.text[0] && field->hint)
		paint_text(gfx, inner, style, ALIGN_LEFT, field->hint,
			   paint_faint(widget, gfx->theme->ink3));
	if (edit_from(&field->edit) != edit_to(&field->edit))
		paint_selection(field, gfx, x + field_indent(field));
	gfx_text(gfx, style, (x + field_indent(field)) * 64, y,
		 field->edit.text, paint_faint(widget, gfx->theme->ink));
	if (widget->focused && ui->active && !widget->disabled)
		gfx_fill(gfx,
			 (struct rect){
				 x + field_caret(field, field->edit.caret),
				 ui_tx(ui, 7), ui_px(ui, 1),
				 widget->r.h - 2 * ui_tx(ui, 7) },
			 gfx->theme->ink, 255);
	gfx_unclip(gfx, before);
	paint_focus(widget, gfx, ui_px(ui, 8));
}
