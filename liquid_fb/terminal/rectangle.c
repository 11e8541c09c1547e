/*
 * Rectangles of cells, as a VT420 has them: filled, erased, copied, styled.
 * Their checksum (DECRQCRA) is not there: with it a program could read what
 * others left on the screen.
 */
#include <string.h>

#include "liquid_fb/terminal/terminal_private.h"

struct area {
	int top, left, bottom,
		right; /* bottom, right: the first ones outside */
};

static int limited(int value, int low, int high)
{
	return value < low ? low : value > high ? high : value;
}

/* What may be changed: in origin mode what is between the margins. */
static struct area whole(const struct terminal *t)
{
	if (t->modes & MODE_ORIGIN)
		return (struct area){ t->top, t->left, t->bottom + 1,
				      t->right + 1 };
	return (struct area){ 0, 0, t->height, t->columns };
}

/* Four parameters from `first` on; false: nothing of it is on the screen. */
static bool read_area(const struct terminal *t, unsigned first,
		      struct area *area)
{
	const struct area all = whole(t);
	const int top = (int)param(t, first, 1),
		  left = (int)param(t, first + 1, 1);
	const int bottom = (int)param(t, first + 2, PARAM_MAX);
	const int right = (int)param(t, first + 3, PARAM_MAX);

	*area = (struct area){
		.top = all.top + top - 1,
		.left = all.left + left - 1,
		.bottom = limited(all.top + bottom, all.top, all.bottom),
		.right = limited(all.left + right, all.left, all.right),
	};
	return top <= bottom && left <= right && area->top < area->bottom &&
	       area->left < area->right;
}

/* ---- DECFRA, DECERA, DECSERA ---- */

static void fill_area(struct terminal *t, const struct area *area,
		      uint32_t code)
{
	struct cell with = t->pen;

	with.code = code;
	for (int y = area->top; y < area->bottom; y++) {
		struct row *row = screen_row(t, y);

		row_split(row, area->left, t->columns);
		row_split(row, area->right, t->columns);
		for (int x = area->left; x < area->right; x++)
			row->cells[x] = with;
		row->special = true;
		row->used = row->used > area->right ? row->used : area->right;
		row_touch(row, area->left, area->right);
	}
}

static void fill_dispatch(struct terminal *t)
{
	const unsigned code = param(t, 0, 0);
	struct area area;

	if (read_area(t, 1, &area) &&
	    ((code >= 0x20 && code < 0x7f) || (code >= 0xa0 && code < 0x100)))
		fill_area(t, &area, code);
}

static void erase_area(struct terminal *t, bool selective)
{
	struct area area;

	if (!read_area(t, 0, &area))
		return;
	for (int y = area.top; y < area.bottom; y++)
		if (selective)
			row_erase_selective(t, screen_row(t, y), area.left,
					    area.right);
		else
			row_erase(t, screen_row(t, y), area.left, area.right);
}

/* ---- DECCRA ---- */

/* `cells`: a copy of the source, which may lie in the same row. */
static void copy_row(struct terminal *t, struct row *to, int x,
		     const struct row *from, const struct cell *cells,
		     int count)
{
	struct cell *at = to->cells + x;

	row_split(to, x, t->columns);
	row_split(to, x + count, t->columns);
	memcpy(at, cells, (size_t)count * sizeof(*at));
	/* Halves whose other half was left behind. */
	if (at[0].flags & CELL_TAIL)
		cell_blank_half(&at[0]);
	if (at[count - 1].flags & CELL_WIDE)
		cell_blank_half(&at[count - 1]);
	to->wide |= from->wide;
	to->special |= from->special;
	to->used = to->used > x + count ? to->used : x + count;
	row_touch(to, x, x + count);
}

static void copy_area(struct terminal *t)
{
	const struct area all = whole(t);
	const int x = all.left + (int)param(t, 6, 1) - 1;
	const int y = all.top + (int)param(t, 5, 1) - 1;
	struct cell *cells;
	struct area area;
	int width, height;

	if (!read_area(t, 0, &area) || x >= all.right || y >= all.bottom)
		return;
	width = limited(area.right - area.left, 0, all.right - x);
	height = limited(area.bottom - area.top, 0, all.bottom - y);
	cells = xcalloc((size_t)width, sizeof(*cells));
	for (int i = 0; i < height; i++) {
		/* Such that no row is overwritten before it was read. */
		const int step = y > area.top ? height - 1 - i : i;
		const struct row *from = screen_row(t, area.top + step);

		memcpy(cells, from->cells + area.left,
		       (size_t)width * sizeof(*cells));
		copy_row(t, screen_row(t, y + step), x, from, cells, width);
	}
	free(cells);
}

/* ---- DECCARA, DECRARA ---- */

enum {
	STYLED = CELL_BOLD | CELL_UNDERLINE | CELL_BLINK | CELL_INVERSE,
	UNDERLINED = UNDERLINE_SINGLE << CELL_UNDERLINE_SHIFT,
};

static unsigned style_flag(unsigned number)
{
	switch (number) {
	case 1:
		return CELL_BOLD;
	case 5:
		return CELL_BLINK;
	case 7:
		return CELL_INVERSE;
	default:
		return 0;
	}
}

/* DECCARA: SGR's numbers, as far as a VT420 has them. */
static unsigned changed(unsigned flags, unsigned n)
{
	if (n == 0)
		return flags & ~(unsigned)STYLED;
	if (n == 4)
		return (flags & ~(unsigned)CELL_UNDERLINE) | UNDERLINED;
	if (n == 24)
		return flags & ~(unsigned)CELL_UNDERLINE;
	if (n == 22)
		return flags & ~(unsigned)CELL_BOLD;
	if (n > 24)
		return flags & ~style_flag(n - 20);
	return flags | style_flag(n);
}

/* DECRARA. */
static unsigned reversed(unsigned flags, unsigned n)
{
	if (n == 0)
		return reversed(flags ^ (CELL_BOLD | CELL_BLINK | CELL_INVERSE),
				4);
	if (n == 4)
		return flags & CELL_UNDERLINE
			       ? flags & ~(unsigned)CELL_UNDERLINE
			       : flags | UNDERLINED;
	return flags ^ style_flag(n);
}

/* What parameters from 4 on make of a cell's flags. */
static uint16_t styled(const struct terminal *t, unsigned flags, bool reverse)
{
	for (unsigned i = 4; i < t->parser.count || i == 4; i++) {
		const unsigned n = param(t, i, 0);

		flags = reverse ? reversed(flags, n) : changed(flags, n);
	}
	return (uint16_t)flags;
}

static void style_row(struct terminal *t, struct row *row, int first, int end,
		      bool reverse)
{
	for (int x = first; x < end; x++)
		row->cells[x].flags = styled(t, row->cells[x].flags, reverse);
	row->special = true;
	row->used = row->used > end ? row->used : end;
	row_touch(row, first, end);
}

/* Along the lines from the first corner to the last one, unless DECSACE chose
 * rectangles. */
static void style_area(struct terminal *t, bool reverse)
{
	const struct area all = whole(t);
	struct area area;

	if (!read_area(t, 0, &area))
		return;
	for (int y = area.top; y < area.bottom; y++) {
		const bool whole_line = !t->blocks;
		int first = area.left, end = area.right;

		if (whole_line && y > area.top)
			first = all.left;
		if (whole_line && y < area.bottom - 1)
			end = all.right;
		if (first < end)
			style_row(t, screen_row(t, y), first, end, reverse);
	}
}

bool rectangle_dispatch(struct terminal *t, char final)
{
	switch (final) {
	case 'r':
		style_area(t, false);
		break;
	case 't':
		style_area(t, true);
		break;
	case 'v':
		copy_area(t);
		break;
	case 'x':
		fill_dispatch(t);
		break;
	case 'z':
		erase_area(t, false);
		break;
	case '{':
		erase_area(t, true);
		break;
	default:
		return false;
	}
	return true;
}
