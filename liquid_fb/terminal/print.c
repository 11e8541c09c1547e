/*
 * Characters into cells.
 */
#include <string.h>

#include "liquid_fb/terminal/terminal_private.h"

enum {
	CHARSET_DRAWING = '0',
	CHARSET_BRITISH = 'A',
	CHARSET_ASCII = 'B',
	REGIONAL_FIRST = 0x1f1e6,
	REGIONAL_LAST = 0x1f1ff,
	VARIATION_PICTURE = 0xfe0f,
};

/* DEC's line drawing set from 0x5f on, in Unicode. */
static const uint16_t drawing[] = {
	0x00a0, 0x25c6, 0x2592, 0x2409, 0x240c, 0x240d, 0x240a, 0x00b0,
	0x00b1, 0x2424, 0x240b, 0x2518, 0x2510, 0x250c, 0x2514, 0x253c,
	0x23ba, 0x23bb, 0x2500, 0x23bc, 0x23bd, 0x251c, 0x2524, 0x2534,
	0x252c, 0x2502, 0x2264, 0x2265, 0x03c0, 0x2260, 0x00a3, 0x00b7,
};

void print_update(struct terminal *t)
{
	t->plain = !(t->modes & MODE_INSERT) && !t->single &&
		   t->charsets[t->gl] == CHARSET_ASCII;
}

static void wrap(struct terminal *t)
{
	struct row *row = screen_row(t, t->y);

	/* Text between margins is no line that could flow. */
	row->wrapped = t->left == 0 && t->x == t->columns - 1;
	cursor_return(t);
	cursor_index(t);
	/* The row that a scroll brought in continues the one above. */
}

/* Two stores a cell. */
static inline void put(struct cell *to, const uint8_t *text, size_t count,
		       struct cell pen)
{
	uint64_t words[2];

	_Static_assert(sizeof(pen) == sizeof(words), "a cell is two words");
	memcpy(words, &pen, sizeof(words));
	for (size_t i = 0; i < count; i++) {
		const uint64_t low = words[0] | text[i];

		memcpy(&to[i], &low, sizeof(low));
		memcpy((char *)&to[i] + sizeof(low), &words[1], sizeof(low));
	}
}

/* Up to the end of the line; how many. */
static size_t print_run(struct terminal *t, const uint8_t *text, size_t count)
{
	struct row *row;
	size_t room, n;
	int end;

	if (t->last_column && t->modes & MODE_WRAP)
		wrap(t);
	row = screen_row(t, t->y);
	end = line_end(t);
	room = (size_t)(end - t->x);
	n = count < room ? count : room;
	if (row->wide) {
		row_split(row, t->x, t->columns);
		row_split(row, t->x + (int)n, t->columns);
	}
	put(row->cells + t->x, text, n, t->pen);
	row->special |= t->pen.fg || t->pen.bg || t->pen.flags || t->pen.extra;
	row_touch(row, t->x, t->x + (int)n);
	t->x += (int)n;
	if (row->used < t->x)
		row->used = t->x;
	if (t->x == end) {
		t->x--;
		t->last_column = true;
	}
	return n;
}

void print_ascii(struct terminal *t, const uint8_t *text, size_t count)
{
	if (!t->plain || (t->last_code >= 0x300 && t->cluster_joins)) {
		while (count && (!t->plain || t->last_code >= 0x300)) {
			print_code(t, *text++);
			count--;
		}
		if (!count)
			return;
	}
	t->last_code = text[count - 1];
	while (count) {
		const size_t room = (size_t)(line_end(t) - t->x);
		size_t n;

		if (!(t->modes & MODE_WRAP) && count > room) {
			/* The last column takes all that comes. */
			if (room > 1)
				print_run(t, text, room - 1);
			print_run(t, text + count - 1, 1);
			break;
		}
		n = print_run(t, text, count);
		text += n;
		count -= n;
	}
	t->cluster_joins = 1;
	t->cluster_state = 0;
}

/* ---- joining ---- */

static int width_of(const uint32_t *codes, size_t count)
{
	int width = 0;
	unsigned regional = 0;

	for (size_t i = 0; i < count; i++) {
		int w = character_width(codes[i]);

		regional += codes[i] >= REGIONAL_FIRST &&
			    codes[i] <= REGIONAL_LAST;
		if (codes[i] == VARIATION_PICTURE || regional == 2)
			w = 2;
		width = w > width ? w : width;
	}
	return width;
}

static void widen(struct terminal *t, struct row *row, int x)
{
	struct cell *cell = &row->cells[x];
	const int end = x > t->right ? t->columns : t->right + 1;

	if (cell->flags & CELL_WIDE || x + 1 >= end)
		return;
	row_split(row, x + 1, t->columns);
	row_split(row, x + 2, t->columns);
	cell->flags |= CELL_WIDE;
	cell[1] = *cell;
	cell[1].code = 0;
	cell[1].flags = (uint16_t)((cell->flags & ~CELL_WIDE) | CELL_TAIL);
	row->wide = true;
	if (row->used < x + 2)
		row->used = x + 2;
	row_touch(row, x, x + 2);
	t->x = x + 2;
	t->last_column = false;
	if (t->x == end) {
		t->x--;
		t->last_column = true;
	}
}

/* The character is put onto the one before the cursor. */
static void join(struct terminal *t, uint32_t code)
{
	uint32_t codes[TERMINAL_CLUSTER_MAX + 1];
	struct row *row = screen_row(t, t->y);
	int x = t->last_column ? t->x : t->x - 1;
	size_t count;

	if (x > 0 && row->cells[x].flags & CELL_TAIL)
		x--;
	if (x < 0 || !row->cells[x].code)
		return;
	count = terminal_characters(t, &row->cells[x], codes);
	if (count >= TERMINAL_CLUSTER_MAX)
		return;
	codes[count++] = code;
	code = store_cluster(t, codes, count);
	if (!code)
		return;
	row->cells[x].code = code;
	row->special = true;
	row_touch(row, x, x + 1);
	if (t->modes & MODE_CLUSTERS && width_of(codes, count) == 2)
		widen(t, row, x);
}

/* ---- one character ---- */

static uint32_t translated(struct terminal *t, uint32_t code)
{
	const uint8_t set = t->charsets[t->single ? t->single - 1 : t->gl];

	if (t->single) {
		t->single = 0;
		print_update(t);
	}
	if (set == CHARSET_DRAWING && code >= 0x5f && code <= 0x7e)
		return drawing[code - 0x5f];
	if (set == CHARSET_BRITISH && code == '#')
		return 0xa3;
	return code;
}

static void put_code(struct terminal *t, uint32_t code, int width)
{
	const int end = line_end(t);
	struct row *row;
	struct cell *cell;

	if (t->modes & MODE_INSERT) {
		const struct cell pen = t->pen;
		const bool wrapped = screen_row(t, t->y)->wrapped;

		insert_characters(t, width);
		screen_row(t, t->y)->wrapped = wrapped;
		t->pen = pen;
	}
	row = screen_row(t, t->y);
	row_split(row, t->x, t->columns);
	row_split(row, t->x + width, t->columns);
	cell = &row->cells[t->x];
	cell[0] = t->pen;
	cell[0].code = code;
	row->special = true;
	if (width == 2) {
		cell[1] = t->pen;
		cell[0].flags |= CELL_WIDE;
		cell[1].flags |= CELL_TAIL;
		row->wide = true;
	}
	row_touch(row, t->x, t->x + width);
	t->x += width;
	if (row->used < t->x)
		row->used = t->x;
	if (t->x >= end) {
		t->x = end - 1;
		t->last_column = true;
	}
}

/* True when the character belongs to the one before. */
static bool joins(struct terminal *t, uint32_t code, int width)
{
	if (!t->cluster_joins)
		return false;
	if (t->modes & MODE_CLUSTERS)
		return !character_breaks(t->last_code, code, &t->cluster_state);
	return width == 0;
}

void print_code(struct terminal *t, uint32_t code)
{
	int width, end;

	if (code < 0x80)
		code = translated(t, code);
	else if (t->single)
		translated(t, ' ');
	width = character_width(code);
	if (joins(t, code, width)) {
		join(t, code);
		t->last_code = code;
		return;
	}
	if (width == 0)
		return;
	if (width == 2 && t->columns < 2)
		width = 1;
	if (t->last_column && t->modes & MODE_WRAP)
		wrap(t);
	end = line_end(t);
	if (t->x + width > end) {
		struct row *row = screen_row(t, t->y);

		if (!(t->modes & MODE_WRAP))
			return;
		row_erase(t, row, t->x, end);
		if (end == t->columns) {
			row->cells[t->x].flags |= CELL_FILLER;
			row->special = true;
			row->used = end;
		}
		t->x = end - 1;
		wrap(t);
	}
	put_code(t, code, width);
	t->last_code = code;
	t->cluster_state = 0;
	t->cluster_joins = 1;
}

/* The character before the cursor, with its marks. */
void print_repeat(struct terminal *t, int count)
{
	uint32_t codes[TERMINAL_CLUSTER_MAX];
	const struct row *row = screen_row(t, t->y);
	int x = t->last_column ? t->x : t->x - 1;
	size_t length;

	if (!t->cluster_joins || x < 0)
		return;
	if (x > 0 && row->cells[x].flags & CELL_TAIL)
		x--;
	length = terminal_characters(t, &row->cells[x], codes);
	while (count-- > 0 && length) {
		t->cluster_joins = 0;
		for (size_t i = 0; i < length; i++)
			print_code(t, codes[i]);
	}
	/* A second one repeats nothing: it follows no character. */
	t->cluster_joins = 0;
}
