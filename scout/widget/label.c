/*
 * Text that stands alone: labels and section bands.
 */
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "scout/widget/paint.h"
#include "scout/widget/widgets.h"

enum { LINE = 20 };

struct label {
	struct widget widget;
	enum align align;
	bool minor, wrapped;
};

static struct text_style label_style(const struct label *label)
{
	return ui_style(label->widget.ui, TEXT_REGULAR,
			(label->minor ? 13 : 14) * QUARTERS);
}

static struct text_line next_line(const struct label *label, const char *text,
				  int width)
{
	return text_line(label->widget.ui->text, label_style(label), text,
			 strlen(text), width * 64);
}

static int lines_of(const struct label *label, int width)
{
	int lines = 0;

	for (const char *at = label->widget.name; *at; lines++)
		at += next_line(label, at, width).bytes;
	return lines ? lines : 1;
}

static struct size label_measure(struct widget *widget, int for_width)
{
	const struct label *label = (const struct label *)widget;
	struct text_style style = label_style(label);
	int w = text_width(widget->ui->text, style, widget->name,
			   strlen(widget->name));

	if (label->wrapped && for_width > 0)
		return (struct size){ for_width,
				      ui_tx(widget->ui, 4) +
					      lines_of(label, for_width) *
						      ui_tx(widget->ui, LINE) };
	return (struct size){ (w + 63) / 64, ui_tx(widget->ui, 24) };
}

static void label_paint(struct widget *widget, struct gfx *gfx)
{
	const struct label *label = (const struct label *)widget;
	uint32_t color = paint_faint(widget, label->minor ? gfx->theme->ink2
							  : gfx->theme->ink);
	struct rect row = { 0, 0, widget->r.w, widget->r.h };
	struct text_line line;

	if (!label->wrapped) {
		paint_text(gfx, row, label_style(label), label->align,
			   widget->name, color);
		return;
	}
	row.y = ui_tx(widget->ui, 2);
	row.h = ui_tx(widget->ui, LINE);
	for (const char *at = widget->name; *at; at += line.bytes) {
		line = next_line(label, at, row.w);
		char *shown = xstrndup(at, line.shown);

		paint_text(gfx, row, label_style(label), label->align, shown,
			   color);
		free(shown);
		row.y += row.h;
	}
}

static const struct widget_class label_class = {
	.name = "label",
	.size = sizeof(struct label),
	.role = ROLE_TEXT,
	.measure = label_measure,
	.paint = label_paint,
};

struct label *label_create(struct ui *ui, struct widget *parent,
			   enum align align, const char *text)
{
	struct label *label = widget_create(ui, parent, &label_class, text);

	label->align = align;
	return label;
}

void label_set_text(struct label *label, const char *text)
{
	widget_set_name(&label->widget, text);
}

void label_set_minor(struct label *label, bool minor)
{
	label->minor = minor;
	widget_damage(&label->widget);
}

void label_set_wrapped(struct label *label, bool wrapped)
{
	label->wrapped = wrapped;
	widget_relayout(&label->widget);
	widget_damage(&label->widget);
}

/* ---- band ---- */

enum { BAND = 28, BAND_FADE = 6, BAND_PAD = 16 };

struct band {
	struct widget widget;
	char *note; /* NULL: none */
};

static struct size band_measure(struct widget *widget, int for_width)
{
	(void)for_width;
	/* One row more: the line below. */
	return (struct size){ 0, ui_tx(widget->ui, BAND) +
					 ui_px(widget->ui, BAND_FADE) };
}

static void band_paint(struct widget *widget, struct gfx *gfx)
{
	const struct band *band = (const struct band *)widget;
	const struct theme *theme = gfx->theme;
	struct ui *ui = widget->ui;
	int w = widget->r.w, h = ui_tx(ui, BAND), line = ui_px(ui, 1);
	int fade = ui_px(ui, BAND_FADE) - line, pad = ui_px(ui, BAND_PAD);
	struct rect inner = { pad, 0, w - 2 * pad, h };
	struct text_style title = ui_style(ui, TEXT_SEMIBOLD, 12 * QUARTERS);
	struct text_style note = ui_style(ui, TEXT_REGULAR, 12 * QUARTERS);

	title.tracking = title.size / 30;
	gfx_gradient(gfx, (struct rect){ 0, 0, w, h }, theme->band[0],
		     theme->band[1], theme->band_alpha);
	gfx_fill(gfx, (struct rect){ 0, 0, w, line }, 0xffffff,
		 theme->band_edge_alpha);
	gfx_fill(gfx, (struct rect){ 0, h, w, line }, theme->line, 200);
	gfx_fade(gfx, 0, h + line, w, fade, theme->shadow, theme->fade_alpha);
	paint_text(gfx, inner, title, ALIGN_LEFT, widget->name, theme->ink2);
	if (band->note)
		paint_text(gfx, inner, note, ALIGN_RIGHT, band->note,
			   theme->ink3);
}

static void band_finish(struct widget *widget)
{
	free(((struct band *)widget)->note);
}

static char *band_value(const struct widget *widget)
{
	return xstrdup(((const struct band *)widget)->note);
}

static const struct widget_class band_class = {
	.name = "band",
	.size = sizeof(struct band),
	.role = ROLE_TEXT,
	.finish = band_finish,
	.measure = band_measure,
	.paint = band_paint,
	.value = band_value,
};

struct band *band_create(struct ui *ui, struct widget *parent,
			 const char *title)
{
	return widget_create(ui, parent, &band_class, title);
}

void band_set_note(struct band *band, const char *note)
{
	if (band->note && note && strcmp(band->note, note) == 0)
		return;
	free(band->note);
	band->note = xstrdup(note);
	widget_damage(&band->widget);
}
