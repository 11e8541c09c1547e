/*
 * Rows: scrolling, erasing, inserting, deleting, two screens.
 */
#include <string.h>

#include "liquid_fb/terminal/terminal_private.h"

struct row *row_create(int columns)
{
	struct row *row = xcalloc(1, sizeof(*row));

	row->cells = xcalloc((size_t)columns, sizeof(*row->cells));
	row->dirty_last = columns;
	return row;
}

void row_destroy(struct row *row)
{
	free(row->cells);
	free(row);
}

bool screen_init(struct screen *screen, int columns, int height)
{
	screen->rows = xcalloc((size_t)height, sizeof(struct row *));
	for (int y = 0; y < height; y++)
		screen->rows[y] = row_create(columns);
	return true;
}

void screen_finish(struct screen *screen, int height)
{
	for (int y = 0; screen->rows && y < height; y++)
		row_destroy(screen->rows[y]);
	free(screen->rows);
	screen->rows = NULL;
}

/* ---- parts of a row ---- */

void cell_blank_half(struct cell *cell)
{
	cell->code = 0;
	cell->flags &= (uint16_t) ~(CELL_WIDE | CELL_TAIL);
}

void row_split(struct row *row, int x, int columns)
{
	if (!row->wide || x <= 0 || x >= columns ||
	    !(row->cells[x].flags & CELL_TAIL))
		return;
	cell_blank_half(&row->cells[x - 1]);
	cell_blank_half(&row->cells[x]);
	row_touch(row, x - 1, x + 1);
}

struct cell cell_blank(const struct terminal *t)
{
	return (struct cell){ .bg = t->pen.bg };
}

static void fill(struct cell *cells, int count, struct cell with)
{
	for (int i = 0; i < count; i++)
		cells[i] = with;
}

void row_erase(struct terminal *t, struct row *row, int first, int last)
{
	if (first >= last)
		return;
	row_split(row, first, t->columns);
	row_split(row, last, t->columns);
	if (t->pen.bg) {
		fill(row->cells + first, last - first, cell_blank(t));
		row->special = true;
		row->used = last > row->used ? last : row->used;
	} else if (first < row->used) {
		int end = last < row->used ? last : row->used;

		memset(row->cells + first, 0,
		       (size_t)(end - first) * sizeof(struct cell));
		if (last >= row->used)
			row->used = first;
	}
	if (last == t->columns)
		row->wrapped = false;
	if (first == 0 && last == t->columns)
		row->wide = false;
	row_touch(row, first, last);
}

/* DECSED, DECSEL: protected cells stay. */
void row_erase_selective(struct terminal *t, struct row *row, int first,
			 int last)
{
	const struct cell pen = t->pen;

	/* Its blanks have the style that was there. */
	for (int x = first; x < last && x < row->used; x++) {
		if (row->cells[x].flags & CELL_PROTECTED)
			continue;
		t->pen.bg = row->cells[x].bg;
		row_erase(t, row, x, x + 1);
	}
	t->pen = pen;
}

static void erase_part(struct terminal *t, int y, int first, int last,
		       bool selective)
{
	if (selective)
		row_erase_selective(t, screen_row(t, y), first, last);
	else
		row_erase(t, screen_row(t, y), first, last);
}

/* ---- scrolling ---- */

static void recycle(struct terminal *t, struct row *row)
{
	row->dirty_first = row->dirty_last = 0;
	row->wide = row->wrapped = row->special = false;
	if (row->used)
		memset(row->cells, 0, (size_t)row->used * sizeof(struct cell));
	row->used = 0;
	if (t->pen.bg) {
		fill(row->cells, t->columns, cell_blank(t));
		row->used = t->columns;
		row->special = true;
	}
	row->dirty_last = t->columns;
}

static void keep(struct terminal *t, const struct row *row)
{
	t->pushed++;
	scrollback_push(&t->scrollback, row->cells, row->used, row->wrapped,
			row->special);
}

void scroll_up(struct terminal *t, int top, int bottom, int count)
{
	struct row **rows = t->screen->rows;
	const int height = bottom - top + 1;

	if (count > height)
		count = height;
	if (has_margins(t)) {
		scroll_part(t, top, bottom, count);
		return;
	}
	for (int i = 0; i < count; i++) {
		struct row *row = rows[top];

		if (top == 0 && t->screen == &t->primary)
			keep(t, row);
		memmove(rows + top, rows + top + 1,
			(size_t)(height - 1) * sizeof(*rows));
		rows[bottom] = row;
		recycle(t, row);
	}
	damage_scroll(t, top, bottom, count);
}

void scroll_down(struct terminal *t, int top, int bottom, int count)
{
	struct row **rows = t->screen->rows;
	const int height = bottom - top + 1;

	if (count > height)
		count = height;
	if (has_margins(t)) {
		scroll_part(t, top, bottom, -count);
		return;
	}
	for (int i = 0; i < count; i++) {
		struct row *row = rows[bottom];

		memmove(rows + top + 1, rows + top,
			(size_t)(height - 1) * sizeof(*rows));
		rows[top] = row;
		recycle(t, row);
	}
	/* The last one goes on in a row that is gone. */
	rows[bottom]->wrapped = false;
	damage_scroll(t, top, bottom, -count);
}

/* ---- erasing ---- */

/* What is on the screen goes to the scrollback, as far as it was used. */
static void keep_screen(struct terminal *t)
{
	int last = t->height - 1;

	if (t->screen != &t->primary)
		return;
	while (last >= 0 && !screen_row(t, last)->used)
		last--;
	for (int y = 0; y <= last; y++)
		keep(t, screen_row(t, y));
}

void erase_display(struct terminal *t, unsigned what, bool selective)
{
	const int x = t->x;
	int first = 0, last = t->height;

	switch (what) {
	case 0:
		erase_part(t, t->y, x, t->columns, selective);
		first = t->y + 1;
		break;
	case 1:
		erase_part(t, t->y, 0, x + 1, selective);
		last = t->y;
		break;
	case 2:
		if (!selective)
			keep_screen(t);
		break;
	case 3:
		if (!selective)
			terminal_clear_scrollback(t);
		return;
	default:
		return;
	}
	for (int y = first; y < last; y++)
		erase_part(t, y, 0, t->columns, selective);
	t->last_column = false;
}

void erase_line(struct terminal *t, unsigned what, bool selective)
{
	switch (what) {
	case 0:
		erase_part(t, t->y, t->x, t->columns, selective);
		break;
	case 1:
		erase_part(t, t->y, 0, t->x + 1, selective);
		break;
	case 2:
		erase_part(t, t->y, 0, t->columns, selective);
		break;
	default:
		return;
	}
	t->last_column = false;
}

void erase_characters(struct terminal *t, int count)
{
	const int last = count < t->columns - t->x ? t->x + count : t->columns;

	row_erase(t, screen_row(t, t->y), t->x, last);
	t->last_column = false;
}

/* ---- moving cells ---- */

void insert_characters(struct terminal *t, int count)
{
	if (!in_columns(t))
		return;
	t->last_column = false;
	row_shift(t, screen_row(t, t->y), t->x, t->right + 1, count);
}

void delete_characters(struct terminal *t, int count)
{
	if (!in_columns(t))
		return;
	t->last_column = false;
	row_shift(t, screen_row(t, t->y), t->x, t->right + 1, -count);
}

void insert_lines(struct terminal *t, int count)
{
	if (!in_rows(t) || !in_columns(t))
		return;
	scroll_down(t, t->y, t->bottom, count);
	if (t->y > 0)
		screen_row(t, t->y - 1)->wrapped = false;
	cursor_return(t);
}

void delete_lines(struct terminal *t, int count)
{
	const int height = t->bottom - t->y + 1;
	struct row **rows = t->screen->rows;

	if (!in_rows(t) || !in_columns(t))
		return;
	if (count > height)
		count = height;
	if (has_margins(t)) {
		scroll_part(t, t->y, t->bottom, count);
		cursor_return(t);
		return;
	}
	/* Deleted is not scrolled out: nothing is kept. */
	for (int i = 0; i < count; i++) {
		struct row *row = rows[t->y];

		memmove(rows + t->y, rows + t->y + 1,
			(size_t)(height - 1) * sizeof(*rows));
		rows[t->bottom] = row;
		recycle(t, row);
	}
	damage_scroll(t, t->y, t->bottom, count);
	if (t->y > 0)
		screen_row(t, t->y - 1)->wrapped = false;
	cursor_return(t);
}

void fill_with_e(struct terminal *t)
{
	for (int y = 0; y < t->height; y++) {
		struct row *row = screen_row(t, y);

		fill(row->cells, t->columns, (struct cell){ .code = 'E' });
		row->used = t->columns;
		row->wide = row->wrapped = false;
		row_touch(row, 0, t->columns);
	}
}

void screen_switch(struct terminal *t, bool alternate, bool clear)
{
	struct screen *to = alternate ? &t->alternate : &t->primary;

	if (to != t->screen) {
		t->screen = to;
		damage_all(t);
	}
	if (clear)
		for (int y = 0; y < t->height; y++)
			row_erase(t, screen_row(t, y), 0, t->columns);
}
