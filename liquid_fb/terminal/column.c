/*
 * Columns: margins on the left and right, and what moves between them. Where
 * there are none, rows move as a whole (screen.c).
 */
#include <string.h>

#include "liquid_fb/terminal/terminal_private.h"

void margins_reset(struct terminal *t)
{
	t->top = t->left = 0;
	t->bottom = t->height - 1;
	t->right = t->columns - 1;
}

void margins_set_columns(struct terminal *t)
{
	const unsigned columns = (unsigned)t->columns;
	unsigned left = param(t, 0, 1), right = param(t, 1, columns);

	if (right > columns)
		right = columns;
	if (left >= right)
		return;
	t->left = (int)left - 1;
	t->right = (int)right - 1;
	cursor_to(t, 0, 0);
}

static void blank_cells(struct terminal *t, struct row *row, int first, int end)
{
	const struct cell blank = cell_blank(t);

	for (int x = first; x < end; x++)
		row->cells[x] = blank;
	if (!t->pen.bg || first >= end)
		return;
	row->special = true;
	row->used = row->used > end ? row->used : end;
}

static int smaller(int a, int b)
{
	return a < b ? a : b;
}

static int larger(int a, int b)
{
	return a > b ? a : b;
}

void row_shift(struct terminal *t, struct row *row, int first, int end,
	       int count)
{
	const int width = end - first;
	const int size = smaller(count < 0 ? -count : count, width);
	struct cell *cells = row->cells;

	row_split(row, first, t->columns);
	row_split(row, end, t->columns);
	row_split(row, count > 0 ? end - size : first + size, t->columns);
	if (count > 0) {
		memmove(cells + first + size, cells + first,
			(size_t)(width - size) * sizeof(*cells));
		if (row->used > first)
			row->used = larger(row->used,
					   smaller(row->used + size, end));
		blank_cells(t, row, first, first + size);
	} else {
		memmove(cells + first, cells + first + size,
			(size_t)(width - size) * sizeof(*cells));
		if (end == t->columns && row->used > first)
			row->used = larger(row->used - size, first);
		blank_cells(t, row, end - size, end);
	}
	if (end == t->columns)
		row->wrapped = false;
	row_touch(row, first, end);
}

/* Cells first .. end - 1 of one row come from another one. */
static void copy_part(struct terminal *t, struct row *to, struct row *from,
		      int first, int end)
{
	row_split(to, first, t->columns);
	row_split(to, end, t->columns);
	row_split(from, first, t->columns);
	row_split(from, end, t->columns);
	memcpy(to->cells + first, from->cells + first,
	       (size_t)(end - first) * sizeof(struct cell));
	if (from->used > first)
		to->used = larger(to->used, smaller(from->used, end));
	to->wide |= from->wide;
	to->special |= from->special;
	if (end == t->columns)
		to->wrapped = false;
	row_touch(to, first, end);
}

void scroll_part(struct terminal *t, int top, int bottom, int count)
{
	struct row **rows = t->screen->rows;
	const int height = bottom - top + 1, end = t->right + 1;
	const int size = smaller(count < 0 ? -count : count, height);

	if (count > 0) {
		for (int y = top; y + size <= bottom; y++)
			copy_part(t, rows[y], rows[y + size], t->left, end);
		for (int y = bottom - size + 1; y <= bottom; y++)
			row_erase(t, rows[y], t->left, end);
	} else {
		for (int y = bottom; y - size >= top; y--)
			copy_part(t, rows[y], rows[y - size], t->left, end);
		for (int y = top; y < top + size; y++)
			row_erase(t, rows[y], t->left, end);
	}
}

void shift_columns(struct terminal *t, int x, int count)
{
	for (int y = t->top; y <= t->bottom; y++)
		row_shift(t, screen_row(t, y), x, t->right + 1, count);
	t->last_column = false;
}

void column_index(struct terminal *t)
{
	if (t->x == t->right && in_rows(t))
		shift_columns(t, t->left, -1);
	else
		cursor_right(t, 1);
}

void column_reverse_index(struct terminal *t)
{
	if (t->x == t->left && in_rows(t))
		shift_columns(t, t->left, 1);
	else
		cursor_left(t, 1);
}
