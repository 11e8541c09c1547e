/*
 * Another size: wrapped lines of the primary screen and its scrollback flow
 * into the new width; the cursor stays on its character. The alternate screen
 * is cut or filled.
 */
#include <string.h>

#include "liquid_fb/terminal/terminal_private.h"

/* Rows of the new width are pushed into a new scrollback; those that are the
 * screen's at the end come back from there. */
struct flow {
	struct terminal *t;
	struct scrollback out;
	uint64_t rows; /* pushed */
	struct cell *row; /* of the new width, being filled */
	int columns, x;
	/* Where these are now: the screen's first row, the cursor. */
	uint64_t top_row, cursor_row;
	int cursor_x;
	bool last_column;
};

static void push_row(struct flow *flow, bool wrapped)
{
	scrollback_push(&flow->out, flow->row, flow->x, wrapped, true);
	flow->rows++;
	memset(flow->row, 0, (size_t)flow->x * sizeof(*flow->row));
	flow->x = 0;
}

static void add_cell(struct flow *flow, const struct cell *cell)
{
	const int width = cell->flags & CELL_WIDE ? 2 : 1;

	if (cell->flags & (CELL_FILLER | CELL_TAIL))
		return;
	if (flow->x + width > flow->columns) {
		if (width == 2 && flow->columns < 2)
			return;
		if (flow->x < flow->columns)
			flow->row[flow->x++].flags = CELL_FILLER;
		push_row(flow, true);
	}
	flow->row[flow->x] = *cell;
	if (width == 2) {
		flow->row[flow->x + 1] = *cell;
		flow->row[flow->x + 1].code = 0;
		flow->row[flow->x + 1].flags =
			(uint16_t)((cell->flags & ~CELL_WIDE) | CELL_TAIL);
	}
	flow->x += width;
}

static void place_cursor(struct flow *flow, bool behind)
{
	if (flow->x >= flow->columns && !behind)
		push_row(flow, true);
	flow->last_column = flow->x >= flow->columns;
	flow->cursor_row = flow->rows;
	flow->cursor_x = flow->last_column ? flow->columns - 1 : flow->x;
}

/* One old row. `cursor`: the column of the cursor when it is in this row, else
 * -1. */
static void add_row(struct flow *flow, const struct cell *cells, int used,
		    int columns, bool wrapped, int cursor)
{
	/* What follows in the line comes at its old distance. */
	const int end = wrapped ? columns : used;

	for (int x = 0; x < end || x <= cursor; x++) {
		if (x == cursor)
			place_cursor(flow, x >= end);
		if (x < end)
			add_cell(flow, &cells[x]);
		else if (x < cursor && flow->x < flow->columns)
			flow->x++; /* behind the text */
	}
	if (!wrapped)
		push_row(flow, false);
}

static int last_used_row(const struct terminal *t)
{
	int last = t->height - 1;

	while (last > t->y && !t->primary.rows[last]->used)
		last--;
	return last;
}

static void flow_all(struct flow *flow, struct cell *scratch)
{
	struct terminal *t = flow->t;
	const int last = last_used_row(t);
	bool wrapped = false;

	for (size_t i = 0; i < t->scrollback.count; i++) {
		int used = scrollback_used(&t->scrollback, i, &wrapped);

		if (used > TERMINAL_COLUMNS_MAX)
			used = TERMINAL_COLUMNS_MAX;
		scrollback_get(&t->scrollback, i, scratch, t->columns,
			       &wrapped);
		add_row(flow, scratch, used, t->columns, wrapped, -1);
	}
	flow->top_row = flow->rows;
	for (int y = 0; y <= last; y++) {
		const struct row *row = t->primary.rows[y];

		wrapped = row->wrapped && y < last;
		add_row(flow, row->cells, row->used, t->columns, wrapped,
			y == t->y ? t->x + t->last_column : -1);
	}
	if (wrapped)
		push_row(flow, false);
}

/* ---- the new screen ---- */

static bool has_wide(const struct cell *cells, int used)
{
	for (int x = 0; x < used; x++)
		if (cells[x].flags & CELL_WIDE)
			return true;
	return false;
}

/* The first row that the new screen shows. */
static uint64_t choose_top(const struct flow *flow, bool was_full, int height)
{
	const uint64_t rows = flow->rows, most = (uint64_t)height;

	if (rows - flow->top_row > most)
		return rows - most < flow->cursor_row ? rows - most
						      : flow->cursor_row;
	if (was_full)
		return rows > most ? rows - most : 0;
	return flow->top_row;
}

static void fill_screen(struct flow *flow, struct screen *screen, int columns,
			int height, bool was_full)
{
	const uint64_t top = choose_top(flow, was_full, height);
	struct row *row = screen->rows[0];
	uint64_t y = flow->rows - top;

	/* What is too far below the cursor goes. */
	for (; y > (uint64_t)height; y--)
		scrollback_pop(&flow->out, row->cells, columns, &row->used,
			       &row->wrapped);
	memset(row->cells, 0, (size_t)columns * sizeof(*row->cells));
	row->used = 0;
	row->wrapped = false;
	while (y-- > 0) {
		row = screen->rows[y];
		if (scrollback_pop(&flow->out, row->cells, columns, &row->used,
				   &row->wrapped)) {
			row->wide = has_wide(row->cells, row->used);
			row->special = true;
		}
	}
	flow->t->y = (int)(flow->cursor_row - top);
	flow->t->x = flow->cursor_x;
}

static void reflow(struct terminal *t, int columns, int height)
{
	struct cell *scratch = xcalloc((size_t)t->columns, sizeof(*scratch));
	struct screen fresh = { .saved = t->primary.saved };
	const bool was_full = last_used_row(t) == t->height - 1;
	struct flow flow = {
		.t = t,
		.columns = columns,
		.row = xcalloc((size_t)columns + 1, sizeof(struct cell)),
	};

	/* Room for the screen as well. */
	scrollback_init(&flow.out, t->scrollback.limit + (unsigned)height +
					   (unsigned)t->height + 1);
	flow_all(&flow, scratch);
	screen_init(&fresh, columns, height);
	fill_screen(&flow, &fresh, columns, height, was_full);
	scrollback_finish(&t->scrollback);
	flow.out.limit = t->scrollback.limit;
	t->scrollback = flow.out;
	scrollback_set_limit(&t->scrollback, t->scrollback.limit);
	screen_finish(&t->primary, t->height);
	t->primary = fresh;
	t->pushed = t->scrollback.count;
	t->last_column = flow.last_column;
	free(flow.row);
	free(scratch);
}

/* ---- the alternate screen, and all of it ---- */

static void crop(struct screen *screen, int old_columns, int old_height,
		 int columns, int height)
{
	struct screen fresh = { .saved = screen->saved };
	const int rows = old_height < height ? old_height : height;
	const int cells = old_columns < columns ? old_columns : columns;

	screen_init(&fresh, columns, height);
	for (int y = 0; y < rows; y++) {
		const struct row *from = screen->rows[y];
		struct row *to = fresh.rows[y];

		memcpy(to->cells, from->cells,
		       (size_t)cells * sizeof(struct cell));
		to->used = from->used < cells ? from->used : cells;
		to->wide = from->wide;
		to->special = from->special;
		if (to->wide && to->cells[cells - 1].flags & CELL_WIDE) {
			to->cells[cells - 1].code = 0;
			to->cells[cells - 1].flags &= (uint16_t)~CELL_WIDE;
		}
	}
	screen_finish(screen, old_height);
	*screen = fresh;
}

static void resize_tabs(struct terminal *t, int columns)
{
	const int old = t->columns;

	t->tabs = xreallocarray(t->tabs, (size_t)columns, 1);
	for (int x = old; x < columns; x++)
		t->tabs[x] = x % 8 == 0;
}

static int limited(int value, int max)
{
	return value < 1 ? 1 : value > max ? max : value;
}

void terminal_resize(struct terminal *t, int columns, int height)
{
	const bool alternate = t->screen == &t->alternate;
	bool last_column = t->last_column;
	int x = t->x, y = t->y;

	columns = limited(columns, TERMINAL_COLUMNS_MAX);
	height = limited(height, TERMINAL_ROWS_MAX);
	if (columns == t->columns && height == t->height)
		return;
	if (alternate) {
		/* The primary screen's cursor is the one that was saved. */
		t->last_column = t->primary.saved.last_column;
		t->x = t->primary.saved.x < t->columns ? t->primary.saved.x
						       : t->columns - 1;
		t->y = t->primary.saved.y < t->height ? t->primary.saved.y
						      : t->height - 1;
	}
	reflow(t, columns, height);
	if (alternate) {
		t->primary.saved.x = t->x;
		t->primary.saved.y = t->y;
		t->primary.saved.last_column = t->last_column;
		t->x = x;
		t->y = y;
		last_column = false;
	} else {
		last_column = t->last_column;
	}
	crop(&t->alternate, t->columns, t->height, columns, height);
	resize_tabs(t, columns);
	t->columns = columns;
	t->height = height;
	margins_reset(t);
	cursor_clip(t);
	t->last_column = last_column;
	t->scrolled = 0;
	damage_all(t);
}
