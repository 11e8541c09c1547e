/*
 * What was used lately, as a curve; and what was said, as lines.
 */
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "pieces.h"
#include "scout/widget/paint.h"

struct graph {
	struct widget widget;
	float values[GRAPH_VALUES]; /* the latest last */
	int count;
	char *words; /* NULL: nothing was measured */
};

static struct size graph_measure(struct widget *widget, int for_width)
{
	(void)for_width;
	return (struct size){ ui_tx(widget->ui, 96), ui_tx(widget->ui, 24) };
}

static void paint_curve(const struct graph *graph, struct gfx *gfx,
			struct frect r)
{
	float one = (float)gfx->scale / 100;
	float step = r.w / (GRAPH_VALUES - 1), room = r.h - 2 * one;
	float x = r.x + r.w - step * (float)(graph->count - 1);
	uint32_t color = gfx->theme->steel[1];

	for (int i = 0; i < graph->count; i++, x += step) {
		float h = room * graph->values[i];
		int left = (int)(x - step), right = (int)x;

		gfx_fill(gfx,
			 (struct rect){ left, (int)(r.y + r.h - one - h),
					right - left, (int)(h + 0.5f) },
			 color, 90);
		if (i)
			gfx_line(gfx, x - step,
				 r.y + r.h - one - room * graph->values[i - 1],
				 x, r.y + r.h - one - h, 1.4f * one, color,
				 255);
	}
}

static void graph_paint(struct widget *widget, struct gfx *gfx)
{
	const struct graph *graph = (const struct graph *)widget;
	const struct theme *theme = gfx->theme;
	float one = (float)gfx->scale / 100;
	int h = ui_tx(widget->ui, 22), words = ui_tx(widget->ui, 88);
	struct frect r = { 0, (float)(widget->r.h - h) / 2,
			   (float)(widget->r.w - words), (float)h };
	struct rect side = { widget->r.w - words, 0, words, widget->r.h };
	struct text_style style = ui_style(widget->ui, TEXT_REGULAR,
					   12 * QUARTERS);

	style.tabular = true;
	gfx_round(gfx, r, 4 * one, theme->card, theme->card, 150);
	if (graph->count) {
		struct rect before = gfx_clip(
			gfx, (struct rect){ (int)r.x, (int)r.y, (int)r.w, h });

		paint_curve(graph, gfx, r);
		gfx_unclip(gfx, before);
	}
	gfx_ring(gfx, r, 4 * one, one, theme->line, 200);
	paint_text(gfx, side, style, ALIGN_RIGHT,
		   graph->words ? graph->words : "\u2013", theme->ink2);
}

static void graph_finish(struct widget *widget)
{
	free(((struct graph *)widget)->words);
}

static char *graph_value(const struct widget *widget)
{
	const struct graph *graph = (const struct graph *)widget;

	return xasprintf("%s (%d)", graph->words ? graph->words : "",
			 graph->count);
}

static const struct widget_class graph_class = {
	.name = "graph",
	.size = sizeof(struct graph),
	.role = ROLE_IMAGE,
	.finish = graph_finish,
	.measure = graph_measure,
	.paint = graph_paint,
	.value = graph_value,
};

struct graph *graph_create(struct ui *ui, struct widget *parent,
			   const char *name)
{
	return widget_create(ui, parent, &graph_class, name);
}

void graph_add(struct graph *graph, float value, const char *words)
{
	value = value < 0 ? 0 : value > 1 ? 1 : value;
	if (graph->count == GRAPH_VALUES)
		memmove(graph->values, graph->values + 1,
			(GRAPH_VALUES - 1) * sizeof(*graph->values));
	else
		graph->count++;
	graph->values[graph->count - 1] = value;
	free(graph->words);
	graph->words = xstrdup(words);
	widget_damage(&graph->widget);
}

/* ---- lines ---- */

enum { LINE_H = 17, CARD_PAD = 8 };

struct lines {
	struct widget widget;
	char *text;
};

static int count_lines(const struct lines *lines)
{
	int count = 0;

	for (const char *c = lines->text; *c; c++)
		count += *c == '\n';
	return count;
}

static struct size lines_measure(struct widget *widget, int for_width)
{
	int count = count_lines((const struct lines *)widget);
	int h = ui_tx(widget->ui, LINE_H * count) +
		2 * ui_px(widget->ui, CARD_PAD);

	(void)for_width;
	return (struct size){ ui_tx(widget->ui, 200), count ? h : 0 };
}

static void lines_paint(struct widget *widget, struct gfx *gfx)
{
	const struct lines *lines = (const struct lines *)widget;
	const struct theme *theme = gfx->theme;
	struct text_style style = ui_style(widget->ui, TEXT_MONO,
					   12 * QUARTERS);
	int pad = ui_px(widget->ui, CARD_PAD), air = ui_px(widget->ui, 2);
	struct frect r = { 0, 0, (float)widget->r.w,
			   (float)(widget->r.h - air) };
	struct rect line = { pad, pad, widget->r.w - 2 * pad,
			     ui_tx(widget->ui, LINE_H) };

	gfx_round(gfx, r, (float)pad, theme->card, theme->card, 255);
	gfx_ring(gfx, r, (float)pad, (float)gfx->scale / 100, theme->line, 160);
	for (const char *at = lines->text, *end; (end = strchr(at, '\n'));
	     at = end + 1) {
		char *text = xstrndup(at, (size_t)(end - at));

		paint_text(gfx, line, style, ALIGN_LEFT, text, theme->ink);
		free(text);
		line.y += line.h;
	}
}

static void lines_finish(struct widget *widget)
{
	free(((struct lines *)widget)->text);
}

static char *lines_value(const struct widget *widget)
{
	return xstrdup(((const struct lines *)widget)->text);
}

static const struct widget_class lines_class = {
	.name = "lines",
	.size = sizeof(struct lines),
	.role = ROLE_TEXT,
	.finish = lines_finish,
	.measure = lines_measure,
	.paint = lines_paint,
	.value = lines_value,
};

struct lines *lines_create(struct ui *ui, struct widget *parent,
			   const char *name)
{
	struct lines *lines = widget_create(ui, parent, &lines_class, name);

	lines->text = xstrdup("");
	return lines;
}

void lines_set(struct lines *lines, const char *text)
{
	if (strcmp(lines->text, text) == 0)
		return;
	free(lines->text);
	lines->text = xstrdup(text);
	widget_relayout(&lines->widget);
	widget_damage(&lines->widget);
}
