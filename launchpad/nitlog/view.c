#include "view.h"

#include <linux/input-event-codes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "scout/widget/paint.h"
#include "session/label.h"

enum {
	LINE_H = 18,
	LABEL_W = 132, /* of the column of labels */
	STRIPE = 4, /* in the hue of the label */
	PAD = 8,
	BAR_W = 14, /* that can be dragged */
	THUMB_W = 6,
	THUMB_MIN = 32,
	WHEEL_LINES = 3,
	TINT = 34, /* of 255: how much of its hue a line has */
};

struct view {
	struct widget widget;
	struct scrollback *scrollback;
	uint64_t top; /* first line that is seen, unless it follows */
	bool follows; /* the end is seen */
	bool paused;
	uint64_t paused_end; /* what came later isn't shown */
	char *words; /* that are marked */
	uint64_t found; /* the line where they were found last */
	bool has_found;
	uint64_t anchor, caret; /* of the selection, lines, both included */
	bool selects;
	bool drags_bar;
	int grab_y; /* where in the thumb it was pressed */
};

/* ---- what is seen ---- */

static uint64_t first_line(const struct view *view)
{
	return scrollback_first(view->scrollback);
}

static uint64_t end_line(const struct view *view)
{
	uint64_t end = scrollback_end(view->scrollback);
	uint64_t first = first_line(view);

	if (view->paused && view->paused_end < end)
		end = view->paused_end;
	return end < first ? first : end;
}

static int rows_of(const struct view *view)
{
	int line = ui_tx(view->widget.ui, LINE_H);

	return line > 0 ? view->widget.r.h / line : 0;
}

static uint64_t last_top(const struct view *view)
{
	uint64_t first = first_line(view), end = end_line(view);
	uint64_t rows = (uint64_t)rows_of(view);

	return end - first > rows ? end - rows : first;
}

static uint64_t top_line(const struct view *view)
{
	uint64_t last = last_top(view), first = first_line(view);

	if (view->follows || view->top > last)
		return last;
	return view->top < first ? first : view->top;
}

/* ---- the bar ---- */

static struct rect bar_thumb(const struct view *view)
{
	const struct ui *ui = view->widget.ui;
	uint64_t all = end_line(view) - first_line(view);
	uint64_t rows = (uint64_t)rows_of(view);
	int track = view->widget.r.h - 2 * ui_px(ui, PAD);
	int w = ui_px(ui, THUMB_W), least = ui_px(ui, THUMB_MIN), h;

	if (all <= rows || track <= least)
		return (struct rect){ 0, 0, 0, 0 };
	h = (int)((uint64_t)track * rows / all);
	h = h < least ? least : h;
	return (struct rect){
		view->widget.r.w - w - ui_px(ui, 4),
		ui_px(ui, PAD) + (int)((uint64_t)(track - h) *
				       (top_line(view) - first_line(view)) /
				       (all - rows)),
		w,
		h,
	};
}

static void drag_bar(struct view *view, int y)
{
	const struct ui *ui = view->widget.ui;
	struct rect thumb = bar_thumb(view);
	int room = view->widget.r.h - 2 * ui_px(ui, PAD) - thumb.h;
	int at = y - view->grab_y - ui_px(ui, PAD);
	uint64_t lines = last_top(view) - first_line(view);

	if (room <= 0)
		return;
	at = at < 0 ? 0 : at > room ? room : at;
	view->top = first_line(view) + lines * (uint64_t)at / (uint64_t)room;
	view->follows = view->top >= last_top(view);
	widget_damage(&view->widget);
}

/* ---- painting ---- */

static bool is_selected(const struct view *view, uint64_t line)
{
	uint64_t from = view->anchor < view->caret ? view->anchor : view->caret;
	uint64_t to = view->anchor < view->caret ? view->caret : view->anchor;

	return view->selects && line >= from && line <= to;
}

static void paint_words(const struct view *view, struct gfx *gfx, struct rect r,
			struct text_style style, const char *text)
{
	size_t n = strlen(view->words);
	const struct ui *ui = view->widget.ui;

	if (!n)
		return;
	for (const char *at = text; (at = strcasestr(at, view->words));
	     at += n) {
		size_t before = (size_t)(at - text);
		int x0 = text_width(ui->text, style, text, before) / 64;
		int x1 = text_width(ui->text, style, text, before + n) / 64;
		struct rect mark = { r.x + x0, r.y, x1 - x0, r.h };

		mark = rect_intersect(mark, r);
		gfx_fill(gfx, mark, gfx->theme->warn, 90);
		gfx_fill(gfx,
			 (struct rect){ mark.x, mark.y + mark.h - ui_px(ui, 2),
					mark.w, ui_px(ui, 2) },
			 gfx->theme->warn, 255);
	}
}

static void paint_label(const struct view *view, struct gfx *gfx,
			struct rect line, const char *label)
{
	const struct ui *ui = view->widget.ui;
	struct text_style style = ui_style(ui, TEXT_SEMIBOLD, 12 * QUARTERS);
	char shown[300];

	label_display(label, shown, sizeof(shown));
	paint_text(gfx,
		   (struct rect){ line.x + ui_px(ui, STRIPE + PAD), line.y,
				  ui_tx(ui, LABEL_W) - ui_px(ui, 2 * PAD),
				  line.h },
		   style, ALIGN_LEFT, shown, gfx->theme->ink);
}

static void paint_line(const struct view *view, struct gfx *gfx,
		       struct rect line, uint64_t number, bool named)
{
	const struct ui *ui = view->widget.ui;
	const struct theme *theme = gfx->theme;
	const char *label = scrollback_label(view->scrollback, number);
	const char *text = scrollback_text(view->scrollback, number);
	struct text_style style = ui_style(ui, TEXT_MONO, 12 * QUARTERS);
	uint32_t hue = label_color(label);
	int left = ui_tx(ui, LABEL_W);
	struct rect words = { line.x + left, line.y,
			      line.w - left - ui_px(ui, BAR_W), line.h };

	gfx_fill(gfx, line, hue, TINT);
	gfx_fill(gfx,
		 (struct rect){ line.x, line.y, ui_px(ui, STRIPE), line.h },
		 hue, 255);
	if (is_selected(view, number))
		gfx_fill(gfx, line, theme->link, 60);
	if (view->has_found && view->found == number)
		gfx_ring(gfx,
			 (struct frect){ (float)line.x, (float)line.y,
					 (float)line.w, (float)line.h },
			 0, (float)ui_px(ui, 1), theme->link, 255);
	if (named)
		paint_label(view, gfx, line, label);
	paint_words(view, gfx, words, style, text);
	paint_text(gfx, words, style, ALIGN_LEFT, text, theme->ink);
}

static void view_paint(struct widget *widget, struct gfx *gfx)
{
	const struct view *view = (const struct view *)widget;
	const struct ui *ui = widget->ui;
	struct rect thumb = bar_thumb(view);
	struct rect line = { 0, 0, widget->r.w, ui_tx(ui, LINE_H) };
	uint64_t top = top_line(view), end = end_line(view);

	gfx_fill(gfx, (struct rect){ 0, 0, widget->r.w, widget->r.h },
		 gfx->theme->card, 255);
	for (uint64_t n = top; n < end && line.y < widget->r.h; n++) {
		bool named = n == top ||
			     scrollback_label(view->scrollback, n) !=
				     scrollback_label(view->scrollback, n - 1);

		paint_line(view, gfx, line, n, named);
		line.y += line.h;
	}
	if (top == end)
		paint_text(gfx, (struct rect){ 0, 0, widget->r.w, widget->r.h },
			   ui_style(ui, TEXT_REGULAR, 14 * QUARTERS),
			   ALIGN_CENTER, "Nothing was said yet.",
			   gfx->theme->ink3);
	if (thumb.h)
		gfx_round(gfx,
			  (struct frect){ (float)thumb.x, (float)thumb.y,
					  (float)thumb.w, (float)thumb.h },
			  (float)thumb.w / 2, gfx->theme->ink3,
			  gfx->theme->ink3, 170);
	paint_focus(widget, gfx, 0);
}

/* ---- input ---- */

static void scroll_by(struct view *view, int64_t lines)
{
	uint64_t top = top_line(view), first = first_line(view);
	uint64_t last = last_top(view);

	if (lines < 0)
		top = top - first > (uint64_t)-lines ? top - (uint64_t)-lines
						     : first;
	else
		top = last - top > (uint64_t)lines ? top + (uint64_t)lines
						   : last;
	view->top = top;
	view->follows = top >= last;
	widget_damage(&view->widget);
}

static uint64_t line_at(const struct view *view, int y)
{
	int line = ui_tx(view->widget.ui, LINE_H);
	uint64_t end = end_line(view), number = top_line(view);

	number += (uint64_t)(y < 0 ? 0 : y / line);
	return number < end ? number : end ? end - 1 : 0;
}

static void press(struct view *view, const struct ui_event *event)
{
	struct rect thumb = bar_thumb(view);
	int bar = view->widget.r.w - ui_px(view->widget.ui, BAR_W);

	view->drags_bar = thumb.h && event->x >= bar;
	if (view->drags_bar) {
		view->grab_y = event->y >= thumb.y &&
					       event->y < thumb.y + thumb.h
				       ? event->y - thumb.y
				       : thumb.h / 2;
		drag_bar(view, event->y);
		return;
	}
	view->caret = line_at(view, event->y);
	if (!view->selects || !(event->mods & UI_SHIFT))
		view->anchor = view->caret;
	view->selects = end_line(view) > first_line(view);
	widget_damage(&view->widget);
}

static void drag(struct view *view, const struct ui_event *event)
{
	if (view->drags_bar) {
		drag_bar(view, event->y);
		return;
	}
	if (event->y < 0)
		scroll_by(view, -1);
	else if (event->y >= view->widget.r.h)
		scroll_by(view, 1);
	view->caret = line_at(view, event->y);
	widget_damage(&view->widget);
}

static bool key(struct view *view, const struct ui_event *event)
{
	int page = rows_of(view) > 1 ? rows_of(view) - 1 : 1;

	switch (event->code) {
	case KEY_UP:
		scroll_by(view, -1);
		return true;
	case KEY_DOWN:
		scroll_by(view, 1);
		return true;
	case KEY_PAGEUP:
		scroll_by(view, -page);
		return true;
	case KEY_PAGEDOWN:
		scroll_by(view, page);
		return true;
	case KEY_HOME:
		scroll_by(view, -SCROLLBACK_LINES);
		return true;
	case KEY_END:
		scroll_by(view, SCROLLBACK_LINES);
		return true;
	default:
		return false;
	}
}

static bool view_event(struct widget *widget, const struct ui_event *event)
{
	struct view *view = (struct view *)widget;

	switch (event->type) {
	case UI_PRESS:
		press(view, event);
		return true;
	case UI_MOTION:
		if (widget->pressed)
			drag(view, event);
		return true;
	case UI_RELEASE:
		return true;
	case UI_WHEEL:
		scroll_by(view, -(int64_t)WHEEL_LINES * event->wheel_y / 120);
		return true;
	case UI_KEY:
		return key(view, event);
	default:
		return false;
	}
}

/* ---- the widget ---- */

static struct size view_measure(struct widget *widget, int for_width)
{
	(void)for_width;
	return (struct size){ ui_tx(widget->ui, 2 * LABEL_W),
			      ui_tx(widget->ui, 4 * LINE_H) };
}

/* The lines that are seen. */
static char *view_value(const struct widget *widget)
{
	const struct view *view = (const struct view *)widget;
	uint64_t top = top_line(view), end = end_line(view);
	uint64_t rows = (uint64_t)rows_of(view);
	size_t bytes;

	if (end - top > rows)
		end = top + rows;
	return scrollback_copy(view->scrollback, top, end, SIZE_MAX / 2,
			       &bytes);
}

static void view_finish(struct widget *widget)
{
	free(((struct view *)widget)->words);
}

static const struct widget_class view_class = {
	.name = "log",
	.size = sizeof(struct view),
	.role = ROLE_LIST,
	.finish = view_finish,
	.measure = view_measure,
	.paint = view_paint,
	.event = view_event,
	.value = view_value,
};

struct view *view_create(struct ui *ui, struct widget *parent,
			 struct scrollback *scrollback)
{
	struct view *view = widget_create(ui, parent, &view_class, "log");

	view->scrollback = scrollback;
	view->follows = true;
	view->words = xstrdup("");
	view->widget.focusable = true;
	view->widget.grow = true;
	return view;
}

void view_changed(struct view *view)
{
	/* Paused and at the end of what is shown, nothing looks different. */
	if (!view->paused || first_line(view) > view->top)
		widget_damage(&view->widget);
}

void view_pause(struct view *view, bool paused)
{
	if (paused && !view->paused)
		view->paused_end = scrollback_end(view->scrollback);
	view->paused = paused;
	widget_damage(&view->widget);
}

bool view_is_paused(const struct view *view)
{
	return view->paused;
}

uint64_t view_held_back(const struct view *view)
{
	return view->paused
		       ? scrollback_end(view->scrollback) - view->paused_end
		       : 0;
}

/* ---- words and selection ---- */

void view_mark(struct view *view, const char *words)
{
	free(view->words);
	view->words = xstrdup(words);
	view->has_found = false;
	widget_damage(&view->widget);
}

static void show_line(struct view *view, uint64_t number)
{
	uint64_t rows = (uint64_t)rows_of(view), top = top_line(view);

	if (number < top || number >= top + rows) {
		view->top = number > rows / 2 ? number - rows / 2 : 0;
		view->follows = view->top >= last_top(view);
	}
	widget_damage(&view->widget);
}

bool view_go(struct view *view, int direction)
{
	uint64_t from = view->has_found
				? view->found + (uint64_t)(int64_t)direction
				: end_line(view);
	uint64_t found;

	if (view->has_found && direction < 0 && view->found == 0)
		return false;
	if (!scrollback_find(view->scrollback, view->words, from, direction,
			     end_line(view), &found))
		return false;
	view->found = found;
	view->has_found = true;
	show_line(view, found);
	return true;
}

void view_selected(const struct view *view, uint64_t *from, uint64_t *end)
{
	*from = first_line(view);
	*end = end_line(view);
	if (!view->selects)
		return;
	*from = view->anchor < view->caret ? view->anchor : view->caret;
	*end = (view->anchor < view->caret ? view->caret : view->anchor) + 1;
}

void view_select_all(struct view *view)
{
	view->anchor = first_line(view);
	view->caret = end_line(view) ? end_line(view) - 1 : 0;
	view->selects = end_line(view) > first_line(view);
	widget_damage(&view->widget);
}
