/*
 * The widgets of a list: frame, sheet, lines.
 */
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/loop.h"
#include "scout/widget/gfx_private.h"
#include "scout/widget/list_private.h"
#include "scout/widget/paint.h"
#include "scout/widget/scroll_private.h"

enum { PAD_X = 12, ICON = 20, ICON_ROOM = 30, EDGE = 1, RADIUS = 6, BAR = 14 };

/* ---- a line ---- */

static void item_paint(struct widget *widget, struct gfx *gfx)
{
	const struct list_item *item = (const struct list_item *)widget;
	struct list *list = item->list;
	struct ui *ui = widget->ui;
	const struct theme *theme = gfx->theme;
	int pad = ui_tx(ui, PAD_X), radius = ui_px(ui, RADIUS);
	int edge = ui_px(ui, 3);
	struct rect all = { edge, 0, widget->r.w - 2 * edge, widget->r.h };
	struct frect r = { (float)all.x, 0, (float)all.w, (float)all.h };
	struct rect text = { pad, 0, widget->r.w - 2 * pad - ui_px(ui, BAR),
			     widget->r.h };
	const char *icon = list->source.icon
				   ? list->source.icon(list->user, item->row)
				   : NULL;
	const char *note = list->source.note
				   ? list->source.note(list->user, item->row)
				   : NULL;
	int faint = paint_alpha(&list->widget);

	if (widget->selected) {
		struct frect mark = { r.x, r.h * 0.2f, (float)edge,
				      r.h * 0.6f };

		gfx_round(gfx, r, (float)radius, theme->link, theme->link,
			  theme->chosen_alpha * faint / 255);
		gfx_round(gfx, mark, mark.w / 2, theme->link, theme->link,
			  faint);
	}
	gfx_round(gfx, r, (float)radius, theme->ink, theme->ink,
		  (int)(theme->press_alpha * (widget->glow > widget->sink
						      ? widget->glow
						      : widget->sink)));
	if (icon && icon[0]) {
		float side = (float)ui_tx(ui, ICON);

		gfx_program_icon(gfx, (float)pad, (r.h - side) / 2, side, icon);
	}
	if (icon) {
		text.x += ui_tx(ui, ICON_ROOM);
		text.w -= ui_tx(ui, ICON_ROOM);
	}
	if (note && note[0]) {
		struct text_style style = ui_style(ui, TEXT_REGULAR,
						   13 * QUARTERS);
		int w = imin(paint_width(ui, style, note), text.w / 2);
		struct rect place = { text.x + text.w - w, 0, w, text.h };

		paint_text(gfx, place, style, ALIGN_RIGHT, note,
			   paint_faint(widget, theme->ink2));
		text.w -= w + pad;
	}
	paint_text(gfx, text, ui_style(ui, TEXT_REGULAR, 14 * QUARTERS),
		   ALIGN_LEFT, widget->name, paint_faint(widget, theme->ink));
	if (list->widget.focused && ui->keyboard_used && ui->active &&
	    item->row == list->current)
		paint_focus_ring(gfx, all, radius);
}

static bool item_event(struct widget *widget, const struct ui_event *event)
{
	const struct list_item *item = (const struct list_item *)widget;
	struct list *list = item->list;
	uint64_t now;
	bool again;

	switch (event->type) {
	case UI_PRESS:
		now = loop_now();
		again = list->pressed_row == item->row &&
			now - list->pressed_at < LIST_DOUBLE_NS;
		list->pressed_at = again ? 0 : now;
		list->pressed_row = item->row;
		if (again)
			list_activate(list);
		else
			list_go(list, item->row, event->mods);
		return true;
	case UI_RELEASE:
		return true;
	default:
		return false;
	}
}

static const struct widget_class item_class = {
	.name = "list line",
	.size = sizeof(struct list_item),
	.role = ROLE_ROW,
	.shows_state = true,
	.paint = item_paint,
	.event = item_event,
};

struct list_item *list_item_create(struct list *list)
{
	struct list_item *item = widget_create(list->widget.ui, list->sheet,
					       &item_class, "");

	item->list = list;
	item->place = list->made++;
	item->row = LIST_NONE;
	return item;
}

void list_item_show(struct list_item *item, size_t row, bool shown)
{
	struct list *list = item->list;
	struct widget *widget = &item->widget;
	bool selected = shown && list_is_selected(list, row);

	if (widget->hidden == shown) {
		widget->hidden = !shown;
		widget_damage(widget);
	}
	if (selected != widget->selected) {
		widget->selected = selected;
		widget_damage(widget);
	}
	if (!shown || item->row == row)
		return;
	item->row = row;
	/* Not widget_set_name: no place depends on it. */
	free(widget->name);
	widget->name = xstrdup(list->source.text(list->user, row));
	widget_damage(widget);
}

/* ---- the sheet ---- */

static struct list *list_of(const struct widget *sheet)
{
	return (struct list *)sheet->parent->parent;
}

static struct size sheet_measure(struct widget *widget, int for_width)
{
	const struct list *list = list_of(widget);

	return (struct size){ for_width,
			      (int)list->rows * list_row_height(list) };
}

static void sheet_place(struct widget *widget)
{
	list_show(list_of(widget));
}

static const struct widget_class sheet_class = {
	.name = "sheet",
	.size = sizeof(struct widget),
	.role = ROLE_NONE,
	.measure = sheet_measure,
	.place = sheet_place,
};

/* ---- the list ---- */

static struct size list_measure(struct widget *widget, int for_width)
{
	const struct list *list = (const struct list *)widget;

	(void)for_width;
	return (struct size){ ui_tx(widget->ui, 160),
			      list->height * list_row_height(list) +
				      2 * ui_px(widget->ui, 2 * EDGE) };
}

static void list_place(struct widget *widget)
{
	struct list *list = (struct list *)widget;
	int edge = ui_px(widget->ui, 2 * EDGE);

	widget_place(list->view,
		     rect_grown((struct rect){ 0, 0, widget->r.w, widget->r.h },
				-edge));
}

static void list_paint(struct widget *widget, struct gfx *gfx)
{
	float one = (float)gfx->scale / 100;
	struct frect r = { 0, 0, (float)widget->r.w, (float)widget->r.h };

	gfx_round(gfx, r, 8 * one, gfx->theme->card, gfx->theme->card,
		  paint_alpha(widget));
	gfx_ring(gfx, r, 8 * one, one, gfx->theme->ink3, paint_alpha(widget));
}

/* The ring is around the current line; without one around all. */
static void list_paint_above(struct widget *widget, struct gfx *gfx)
{
	if (list_current((const struct list *)widget) == LIST_NONE)
		paint_focus(widget, gfx, ui_px(widget->ui, 8));
}

static bool list_event(struct widget *widget, const struct ui_event *event)
{
	struct list *list = (struct list *)widget;

	if (event->type == UI_KEY)
		return list_key(list, event);
	if (event->type == UI_CHARACTER)
		return list_character(list, event->character);
	return event->type == UI_PRESS || event->type == UI_RELEASE;
}

static char *list_value(const struct widget *widget)
{
	const struct list *list = (const struct list *)widget;
	size_t current = list_current(list);

	if (current == LIST_NONE)
		return xasprintf("of %zu", list->rows);
	return xasprintf("%zu of %zu", current + 1, list->rows);
}

static void list_finish(struct widget *widget)
{
	free(((struct list *)widget)->chosen);
}

static const struct widget_class list_class = {
	.name = "long list",
	.size = sizeof(struct list),
	.role = ROLE_LIST,
	.shows_state = false,
	.finish = list_finish,
	.measure = list_measure,
	.place = list_place,
	.paint = list_paint,
	.paint_above = list_paint_above,
	.event = list_event,
	.value = list_value,
};

struct list *list_create(struct ui *ui, struct widget *parent, const char *name,
			 enum list_mode mode, const struct list_source *source,
			 void *user)
{
	struct list *list = widget_create(ui, parent, &list_class, name);

	list->mode = mode;
	list->source = *source;
	list->user = user;
	list->current = list->anchor = LIST_NONE;
	list->pressed_row = LIST_NONE;
	list->height = LIST_ROWS;
	list->widget.focusable = true;
	list->scroll = scroll_create_bare(ui, &list->widget);
	list->view = (struct widget *)list->scroll;
	list->sheet = widget_create(ui, list->view, &sheet_class, "");
	scroll_add_bar(list->scroll);
	return list;
}
