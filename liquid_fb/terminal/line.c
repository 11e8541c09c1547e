/*
 * Lines, the scrollback's and the screen's alike, as text.
 */
#include <string.h>

#include "base/utf8.h"
#include "liquid_fb/terminal/terminal_private.h"

uint64_t terminal_first_line(const struct terminal *t)
{
	return t->pushed - t->scrollback.count;
}

uint64_t terminal_screen_line(const struct terminal *t)
{
	return t->pushed;
}

bool terminal_line(const struct terminal *t, uint64_t line, struct cell *cells)
{
	const uint64_t first = terminal_first_line(t);
	const struct row *row;
	bool wrapped;

	if (line >= t->pushed && line < t->pushed + (uint64_t)t->height) {
		row = screen_row(t, (int)(line - t->pushed));
		memcpy(cells, row->cells, (size_t)t->columns * sizeof(*cells));
		return row->wrapped;
	}
	if (line < first || line >= t->pushed) {
		memset(cells, 0, (size_t)t->columns * sizeof(*cells));
		return false;
	}
	scrollback_get(&t->scrollback, (size_t)(line - first), cells,
		       t->columns, &wrapped);
	return wrapped;
}

static uint64_t end_line(const struct terminal *t)
{
	return t->pushed + (uint64_t)t->height;
}

/* ---- text ---- */

struct text_out {
	char *text;
	size_t bytes, capacity;
};

static void add_bytes(struct text_out *out, const char *bytes, size_t count)
{
	if (out->bytes + count + 1 > out->capacity) {
		out->capacity = (out->bytes + count + 1) * 2;
		out->text = xreallocarray(out->text, out->capacity, 1);
	}
	memcpy(out->text + out->bytes, bytes, count);
	out->bytes += count;
	out->text[out->bytes] = '\0';
}

static void add_cell(struct text_out *out, const struct terminal *t,
		     const struct cell *cell)
{
	uint32_t codes[TERMINAL_CLUSTER_MAX];
	const size_t count = terminal_characters(t, cell, codes);
	char bytes[4];

	if (!count && !(cell->flags & (CELL_TAIL | CELL_FILLER)))
		add_bytes(out, " ", 1);
	for (size_t i = 0; i < count; i++)
		add_bytes(out, bytes, utf8_encode(codes[i], bytes));
}

/* One past the last cell with something in it. */
static int text_end(const struct cell *cells, int columns)
{
	while (columns > 0 && !cells[columns - 1].code &&
	       !(cells[columns - 1].flags & CELL_TAIL))
		columns--;
	return columns;
}

static void add_line(struct text_out *out, const struct terminal *t,
		     const struct cell *cells, int from, int to, bool wrapped)
{
	const int end = wrapped ? t->columns : text_end(cells, t->columns);

	for (int x = from; x < to && x < end; x++)
		add_cell(out, t, &cells[x]);
}

char *terminal_text(const struct terminal *t, struct terminal_point from,
		    struct terminal_point to, bool block, size_t *bytes)
{
	struct cell *cells = xcalloc((size_t)t->columns, sizeof(*cells));
	struct text_out out = { .text = NULL };

	add_bytes(&out, "", 0);
	if (from.line < terminal_first_line(t))
		from.line = terminal_first_line(t);
	for (uint64_t line = from.line; line <= to.line && line < end_line(t);
	     line++) {
		const bool wrapped = terminal_line(t, line, cells) && !block;
		const bool last = line == to.line;

		add_line(&out, t, cells,
			 block || line == from.line ? from.x : 0,
			 block || last ? to.x : t->columns, wrapped);
		if (!last && !wrapped)
			add_bytes(&out, "\n", 1);
	}
	free(cells);
	if (bytes)
		*bytes = out.bytes;
	return out.text;
}

/* ---- words and whole lines ---- */

void terminal_whole_line(const struct terminal *t, uint64_t line,
			 struct terminal_point *from, struct terminal_point *to)
{
	struct cell *cells = xcalloc((size_t)t->columns, sizeof(*cells));
	uint64_t first = line, last = line;

	while (first > terminal_first_line(t) &&
	       terminal_line(t, first - 1, cells))
		first--;
	while (last + 1 < end_line(t) && terminal_line(t, last, cells))
		last++;
	*from = (struct terminal_point){ first, 0 };
	*to = (struct terminal_point){ last, t->columns };
	free(cells);
}

/* Letters, digits, and what stands inside of addresses and file names. */
static bool is_word(const struct cell *cell)
{
	const uint32_t code = cell->code;

	if (cell->flags & CELL_TAIL)
		return true;
	if (code >= 0x80)
		return code != 0xa0 && !(code >= 0x2500 && code < 0x2600);
	return (code >= '0' && code <= '9') || (code >= 'A' && code <= 'Z') ||
	       (code >= 'a' && code <= 'z') ||
	       (code && strchr("_-./~:?&=%+#@", (int)code));
}

void terminal_word(const struct terminal *t, struct terminal_point at,
		   struct terminal_point *from, struct terminal_point *to)
{
	struct cell *cells = xcalloc((size_t)t->columns, sizeof(*cells));
	bool wrapped = terminal_line(t, at.line, cells);

	*from = *to = at;
	to->x++;
	if (at.x >= t->columns || !is_word(&cells[at.x])) {
		free(cells);
		return;
	}
	for (;;) {
		while (to->x < t->columns && is_word(&cells[to->x]))
			to->x++;
		if (to->x < t->columns || !wrapped ||
		    to->line + 1 >= end_line(t))
			break;
		wrapped = terminal_line(t, to->line + 1, cells);
		if (!is_word(&cells[0]))
			break;
		*to = (struct terminal_point){ to->line + 1, 1 };
	}
	terminal_line(t, from->line, cells);
	for (;;) {
		while (from->x > 0 && is_word(&cells[from->x - 1]))
			from->x--;
		if (from->x > 0 || from->line <= terminal_first_line(t) ||
		    !terminal_line(t, from->line - 1, cells) ||
		    !is_word(&cells[t->columns - 1]))
			break;
		*from = (struct terminal_point){ from->line - 1, t->columns };
	}
	free(cells);
}
