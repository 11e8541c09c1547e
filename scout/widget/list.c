/*
 * Lists: a scroll area, in it the sheet with all lines, on it one widget for
 * each line in sight. Scrolling gives these widgets other lines.
 */
#include <linux/input-event-codes.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/alloc.h"
#include "base/loop.h"
#include "base/utf8.h"
#include "scout/widget/controls.h"
#include "scout/widget/gfx_private.h"
#include "scout/widget/list_private.h"
#include "scout/widget/scroll_private.h"

/* ---- lines ---- */

static size_t words_of(size_t rows)
{
	return (rows + 63) / 64;
}

bool list_is_selected(const struct list *list, size_t row)
{
	if (row >= list->rows)
		return false;
	if (list->mode == LIST_ONE)
		return row == list->current;
	return list->chosen[row / 64] >> row % 64 & 1;
}

size_t list_selected(const struct list *list)
{
	size_t count = 0;

	if (list->mode == LIST_ONE)
		return list->current < list->rows;
	for (size_t i = 0; i < words_of(list->rows); i++)
		count += (size_t)__builtin_popcountll(list->chosen[i]);
	return count;
}

static void choose(struct list *list, size_t row, bool on)
{
	uint64_t bit = 1ull << row % 64;

	if (list->mode == LIST_ONE || row >= list->rows)
		return;
	list->chosen[row / 64] = on ? list->chosen[row / 64] | bit
				    : list->chosen[row / 64] & ~bit;
}

static void choose_none(struct list *list)
{
	if (list->rows && list->mode == LIST_MANY)
		memset(list->chosen, 0,
		       words_of(list->rows) * sizeof(*list->chosen));
}

static void choose_range(struct list *list, size_t from, size_t to)
{
	if (from > to) {
		size_t swap = from;

		from = to;
		to = swap;
	}
	for (size_t row = from; row <= to && row < list->rows; row++)
		choose(list, row, true);
}

/* ---- what is in sight ---- */

int list_row_height(const struct list *list)
{
	return ui_tx(list->widget.ui, LIST_ROW);
}

/* Gives the widgets their lines: those that show one of them keep it. */
void list_show(struct list *list)
{
	int high = list_row_height(list);
	struct rect seen = list->view->r;
	size_t first = (size_t)(imax(-list->sheet->r.y, 0) / high);
	size_t wanted = (size_t)(seen.h / high + 2);
	size_t made = 0;

	if (first + wanted > list->rows)
		wanted = list->rows > first ? list->rows - first : 0;
	for (struct widget *w = list->sheet->first; w; w = w->next)
		made++;
	for (; made < wanted; made++)
		list_item_create(list);
	/* Line n is always shown by widget n modulo their number. */
	for (struct widget *w = list->sheet->first; w; w = w->next) {
		size_t place = (size_t)((struct list_item *)w)->place;
		size_t row = first + (place + made - first % made) % made;

		list_item_show((struct list_item *)w, row,
			       row < first + wanted);
		widget_place(w, (struct rect){ 0, (int)row * high,
					       list->sheet->r.w, high });
	}
}

static void reveal(struct list *list, size_t row)
{
	int high = list_row_height(list), y = (int)row * high;
	int seen = list->view->r.h, top = scroll_position(list->scroll);

	if (y < top)
		scroll_glide(list->scroll, y);
	else if (y + high > top + seen)
		scroll_glide(list->scroll, y + high - seen);
}

static void refresh(struct list *list)
{
	if (list->sheet->first)
		list_show(list);
	widget_damage(&list->widget);
}

/* ---- going somewhere ---- */

static void tell(struct list *list)
{
	refresh(list);
	if (list->source.changed)
		list->source.changed(list->user, list->current);
}

void list_activate(struct list *list)
{
	if (list->source.activate && list->current < list->rows)
		list->source.activate(list->user, list->current);
}

/* The user goes to a line; `mods` as for files: Shift from the last one on,
 * Ctrl one more or less. */
void list_go(struct list *list, size_t row, unsigned mods)
{
	if (row >= list->rows)
		return;
	if (list->mode == LIST_MANY && mods & UI_SHIFT) {
		if (list->anchor >= list->rows)
			list->anchor = 0;
		choose_none(list);
		choose_range(list, list->anchor, row);
	} else if (list->mode == LIST_MANY && mods & UI_CONTROL) {
		choose(list, row, !list_is_selected(list, row));
		list->anchor = row;
	} else {
		choose_none(list);
		choose(list, row, true);
		list->anchor = row;
	}
	list->current = row;
	reveal(list, row);
	tell(list);
}

/* Ctrl and arrows go without selecting. */
static void walk(struct list *list, size_t row, unsigned mods)
{
	if (list->mode == LIST_MANY && mods & UI_CONTROL) {
		list->current = row;
		reveal(list, row);
		refresh(list);
		return;
	}
	list_go(list, row, mods);
}

static bool go_by(struct list *list, int by, unsigned mods)
{
	size_t last = list->rows - 1, row = list->current;

	if (!list->rows)
		return false;
	if (row > last)
		row = by == LIST_ROWS_MAX ? last : 0;
	else if (by < 0)
		row = row > (size_t)-by ? row - (size_t)-by : 0;
	else
		row = last - row > (size_t)by ? row + (size_t)by : last;
	/* At the end the focus may go on. */
	if (row == list->current && (by == 1 || by == -1))
		return false;
	walk(list, row, mods);
	return true;
}

/* Characters that follow each other within a second are one word. */
static bool is_typing(const struct list *list)
{
	return list->typed && loop_now() - list->typed_at < LIST_TYPE_NS;
}

bool list_key(struct list *list, const struct ui_event *event)
{
	int page = imax(list->view->r.h / list_row_height(list) - 1, 2);
	unsigned mods = event->mods;

	switch (event->code) {
	case KEY_UP:
	case KEY_DOWN:
		return go_by(list, event->code == KEY_UP ? -1 : 1, mods);
	case KEY_PAGEUP:
	case KEY_PAGEDOWN:
		go_by(list, event->code == KEY_PAGEUP ? -page : page, mods);
		return true;
	case KEY_HOME:
	case KEY_END:
		go_by(list,
		      event->code == KEY_HOME ? -LIST_ROWS_MAX : LIST_ROWS_MAX,
		      mods);
		return true;
	case KEY_ENTER:
	case KEY_KPENTER:
		list_activate(list);
		return true;
	case KEY_A:
		if (!(mods & UI_CONTROL))
			return true;
		if (list->mode != LIST_MANY)
			return false;
		choose_range(list, 0, list->rows);
		tell(list);
		return true;
	case KEY_SPACE:
		if (!is_typing(list))
			list_go(list, list->current, UI_CONTROL);
		return true;
	default:
		/* What will be a character is nobody's key. */
		return !(mods & (UI_ALT | UI_CONTROL)) &&
		       event->code >= KEY_1 && event->code <= KEY_SLASH &&
		       event->code != KEY_TAB && event->code != KEY_BACKSPACE;
	}
}

bool list_character(struct list *list, uint32_t character)
{
	size_t from = list->current < list->rows ? list->current : 0;

	if (character < ' ' || character == 0x7f || !list->rows)
		return false;
	if (!is_typing(list))
		list->typed = 0;
	list->typed_at = loop_now();
	if (character == ' ' && !list->typed)
		return true;
	if (list->typed + 4 > LIST_TYPED_MAX)
		return true;
	/* A new word looks behind the present line. */
	if (!list->typed)
		from++;
	list->typed += utf8_encode(character, list->prefix + list->typed);
	for (size_t i = 0; i < list->rows; i++) {
		size_t row = (from + i) % list->rows;

		if (strncasecmp(list->source.text(list->user, row),
				list->prefix, list->typed) == 0) {
			list_go(list, row, 0);
			break;
		}
	}
	return true;
}

/* ---- for programs ---- */

void list_set_rows(struct list *list, size_t rows)
{
	size_t before = list->rows;

	rows = rows < LIST_ROWS_MAX ? rows : LIST_ROWS_MAX;
	if (list->mode == LIST_MANY) {
		for (size_t row = rows; row < before; row++)
			choose(list, row, false);
		list->chosen = xreallocarray(list->chosen, words_of(rows) + 1,
					     sizeof(*list->chosen));
		for (size_t i = words_of(before); i < words_of(rows); i++)
			list->chosen[i] = 0;
	}
	list->rows = rows;
	if (list->current >= rows)
		list->current = list->anchor = LIST_NONE;
	/* Texts are asked for anew. */
	for (struct widget *w = list->sheet->first; w; w = w->next)
		((struct list_item *)w)->row = LIST_NONE;
	widget_relayout(list->sheet);
	widget_damage(&list->widget);
}

size_t list_current(const struct list *list)
{
	return list->current < list->rows ? list->current : LIST_NONE;
}

void list_set_current(struct list *list, size_t row)
{
	choose_none(list);
	list->current = list->anchor = row < list->rows ? row : LIST_NONE;
	if (row < list->rows) {
		choose(list, row, true);
		reveal(list, row);
	}
	refresh(list);
}

void list_set_height(struct list *list, int rows)
{
	list->height = rows;
	widget_relayout(&list->widget);
}
