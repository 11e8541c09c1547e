/*
 * Where the columns of tables are.
 */
#include <stdlib.h>

#include "base/alloc.h"
#include "flow_private.h"

void tables_forget(struct flow *flow)
{
	while (flow->tables) {
		struct flow_columns *next = flow->tables->next;

		free(flow->tables);
		flow->tables = next;
	}
}

struct wish {
	int line[FLOW_COLUMNS_MAX], word[FLOW_COLUMNS_MAX];
};

static void measure_row(struct flow *flow, uint32_t row, struct wish *wish)
{
	const struct block *blocks = flow->document->blocks;
	unsigned column = 0;

	for (uint32_t cell = row + 1;
	     cell < blocks[row].end && column < FLOW_COLUMNS_MAX;
	     cell = blocks[cell].end, column++) {
		int line, word;

		words_measure(flow, &blocks[cell], &line, &word);
		if (line > wish->line[column])
			wish->line[column] = line;
		if (word > wish->word[column])
			wish->word[column] = word;
	}
}

/* Those that ask for more than there is get it by what they ask for, but no
 * less than their longest word or half of an equal share. */
static void share_rest(const struct wish *wish, unsigned count, int room,
		       const bool *done, int *w)
{
	int64_t asked = 0;
	int taken = 0, left = 0;

	for (unsigned i = 0; i < count; i++)
		if (!done[i]) {
			asked += wish->line[i];
			left++;
		}
	for (unsigned i = 0; i < count; i++) {
		int least, equal = left ? room / left : 0;

		if (done[i])
			continue;
		least = wish->word[i] < equal / 2 ? equal / 2 : wish->word[i];
		least = least > equal ? equal : least;
		w[i] = asked ? (int)(room * (int64_t)wish->line[i] / asked)
			     : equal;
		w[i] = w[i] < least ? least : w[i];
		taken += w[i];
	}
	/* What was given beyond the room is taken from the widest. */
	while (taken > room) {
		unsigned widest = 0;

		for (unsigned i = 1; i < count; i++)
			if (!done[i] && (done[widest] || w[i] > w[widest]))
				widest = i;
		int most = w[widest] - room / (left ? left : 1);
		int step = taken - room < most ? taken - room : most;

		if (done[widest] || step <= 0)
			break;
		w[widest] -= step;
		taken -= step;
	}
}

/* Columns that ask for less than their share get it; the others share what is
 * left. */
static void share(const struct wish *wish, unsigned count, int room, int *w)
{
	bool done[FLOW_COLUMNS_MAX] = { false };
	unsigned left = count;
	bool again = true;

	while (again && left) {
		again = false;
		for (unsigned i = 0; i < count; i++)
			if (!done[i] && wish->line[i] <= room / (int)left) {
				w[i] = wish->line[i];
				room -= w[i];
				left--;
				done[i] = again = true;
				if (!left)
					break;
			}
	}
	share_rest(wish, count, room, done, w);
}

const struct flow_columns *table_columns(struct flow *flow, uint32_t table)
{
	const struct block *blocks = flow->document->blocks;
	struct flow_columns *columns;
	struct wish wish = { { 0 }, { 0 } };
	int pad = flow_px(flow, FLOW_CELL_PAD), x, rows = 0, room;

	for (columns = flow->tables; columns; columns = columns->next)
		if (columns->table == table)
			return columns;
	columns = xcalloc(1, sizeof(*columns));
	columns->table = table;
	columns->count = blocks[table].number;
	if (columns->count > FLOW_COLUMNS_MAX)
		columns->count = FLOW_COLUMNS_MAX;
	if (!columns->count)
		columns->count = 1;
	for (uint32_t i = table + 1;
	     i < blocks[table].end && rows < MEASURE_ROWS; i++)
		if (blocks[i].kind == BLOCK_ROW) {
			measure_row(flow, i, &wish);
			rows++;
		}
	x = flow_indent(flow, table);
	room = flow->width - x - 2 * pad * (int)columns->count;
	share(&wish, columns->count, room > 0 ? room : 0, columns->w);
	for (unsigned i = 0; i < columns->count; i++) {
		columns->w[i] = columns->w[i] < pad ? pad : columns->w[i];
		columns->x[i] = x + pad;
		x += columns->w[i] + 2 * pad;
	}
	columns->next = flow->tables;
	flow->tables = columns;
	return columns;
}

void flow_column(struct flow *flow, uint32_t row, unsigned column, int *x,
		 int *w)
{
	const struct block *blocks = flow->document->blocks;
	uint32_t table = blocks[blocks[row].parent].parent;
	const struct flow_columns *columns = table_columns(flow, table);

	if (column >= columns->count)
		column = columns->count - 1;
	*x = columns->x[column];
	*w = columns->w[column];
}
