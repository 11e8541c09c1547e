/*
 * From the terminal to the framebuffer: at most one frame at a time, only the
 * cells that look different, scrolled pixels moved.
 */
#include <string.h>

#include "console.h"

enum { RECTS_MAX = 512 };

struct rects {
	struct rect list[RECTS_MAX];
	size_t count;
};

uint64_t paint_line(const struct console *c, int row)
{
	return terminal_screen_line(c->terminal) - c->back + (uint64_t)row;
}

void paint_resize(struct console *c)
{
	const size_t cells = (size_t)c->columns * (size_t)c->rows;

	c->drawn = xreallocarray(c->drawn, cells, sizeof(*c->drawn));
	c->wanted = xreallocarray(c->wanted, (size_t)c->columns,
				  sizeof(*c->wanted));
	c->cells = xreallocarray(c->cells, (size_t)c->columns,
				 sizeof(*c->cells));
	c->spans = xreallocarray(c->spans, (size_t)c->rows, sizeof(*c->spans));
	c->blinks = xreallocarray(c->blinks, (size_t)c->rows,
				  sizeof(*c->blinks));
	memset(c->blinks, 0, (size_t)c->rows * sizeof(*c->blinks));
	c->everything = true;
	c->cursor_row = -1;
}

void paint_scroll(struct console *c, int64_t lines)
{
	const uint64_t most = terminal_screen_line(c->terminal) -
			      terminal_first_line(c->terminal);
	int64_t back = (int64_t)c->back + lines;

	back = back < 0 ? 0 : back;
	c->back = (uint64_t)back < most ? (uint64_t)back : most;
	console_redraw(c);
}

/* What is looked at above the screen stays while the screen scrolls. */
static void hold_view(struct console *c)
{
	const uint64_t pushed = terminal_screen_line(c->terminal);
	const uint64_t most = pushed - terminal_first_line(c->terminal);

	if (c->back && pushed > c->seen_pushed)
		c->back += pushed - c->seen_pushed;
	c->back = c->back < most ? c->back : most;
	c->seen_pushed = pushed;
}

/* ---- what is told ---- */

static void add_rect(struct rects *rects, struct rect r)
{
	struct rect *last = rects->count ? &rects->list[rects->count - 1]
					 : NULL;

	if (last && last->x == r.x && last->w == r.w &&
	    last->y + last->h == r.y)
		last->h += r.h;
	else if (rects->count < RECTS_MAX)
		rects->list[rects->count++] = r;
	else
		*last = rect_bounds(*last, r);
}

/* ---- cells ---- */

static void put(struct console *c, int x, int y, const uint32_t *pixels)
{
	const struct glyphs *g = &c->glyphs;
	const struct blit_surface from = {
		.pixels = (void *)(uintptr_t)pixels,
		.stride = g->cell_w * (ptrdiff_t)sizeof(*pixels),
		.width = g->cell_w,
		.height = g->cell_h,
		.format = BLIT_XRGB8888,
	};

	blit_copy(&c->surface, &from,
		  (struct blit_area){ .x = x * g->cell_w,
				      .y = y * g->cell_h,
				      .w = g->cell_w,
				      .h = g->cell_h });
}

static bool is_blank(const struct look *look)
{
	return !look->code && !look->cursor &&
	       !(look->flags & (CELL_UNDERLINE | CELL_STRUCK | CELL_OVERLINED));
}

/* The characters of a cell that is shown in that row. */
static size_t characters(const struct console *c, int row, int x,
			 const struct look *look, uint32_t *codes)
{
	const struct cell *cells;

	if (!(look->code >> 63)) {
		codes[0] = (uint32_t)look->code;
		return look->code != 0;
	}
	cells = c->back ? c->cells : terminal_row(c->terminal, row);
	return terminal_characters(c->terminal, &cells[x - look->half], codes);
}

static int draw_blanks(struct console *c, const struct look *looks, int x,
		       int last, int row)
{
	const struct glyphs *g = &c->glyphs;
	const int first = x;

	while (x < last && is_blank(&looks[x]) &&
	       looks[x].bg == looks[first].bg)
		x++;
	blit_fill(&c->surface, first * g->cell_w, row * g->cell_h,
		  (x - first) * g->cell_w, g->cell_h,
		  0xff000000u | looks[first].bg);
	return x;
}

static void draw_cells(struct console *c, int row, int first, int last)
{
	uint32_t codes[TERMINAL_CLUSTER_MAX];

	for (int x = first; x < last;) {
		const struct look *look = &c->wanted[x];
		size_t count;

		if (is_blank(look)) {
			x = draw_blanks(c, c->wanted, x, last, row);
			continue;
		}
		count = characters(c, row, x, look, codes);
		put(c, x, row, glyphs_get(&c->glyphs, look, codes, count));
		x++;
	}
}

/* The console's own words, if it has any, stand in the last row. */
static bool own_row(const struct console *c, int row, char *out, size_t size)
{
	if (row != c->rows - 1 || (!c->search.open && !c->message[0]))
		return false;
	if (c->search.open)
		search_text(c, out, size);
	else
		memcpy(out, c->message, sizeof(c->message));
	return true;
}

static void draw_row(struct console *c, int row, struct rects *rects)
{
	struct look *drawn = c->drawn + (size_t)row * (size_t)c->columns;
	const struct glyphs *g = &c->glyphs;
	int first = 0, last = c->seen_columns;
	char text[sizeof(c->message) + sizeof(c->search.words)];

	if (own_row(c, row, text, sizeof(text))) {
		look_text(c, text, c->wanted);
		c->blinks[row] = false;
	} else {
		look_row(c, row, c->wanted);
	}
	if (!c->everything) {
		while (first < last && !memcmp(&c->wanted[first], &drawn[first],
					       sizeof(*drawn)))
			first++;
		while (last > first &&
		       !memcmp(&c->wanted[last - 1], &drawn[last - 1],
			       sizeof(*drawn)))
			last--;
	}
	if (first >= last)
		return;
	draw_cells(c, row, first, last);
	memcpy(drawn + first, c->wanted + first,
	       (size_t)(last - first) * sizeof(*drawn));
	add_rect(rects, (struct rect){ first * g->cell_w, row * g->cell_h,
				       (last - first) * g->cell_w, g->cell_h });
}

/* ---- scrolling ---- */

static void move_rows(struct console *c, const struct terminal_damage *damage,
		      struct rects *rects)
{
	const struct glyphs *g = &c->glyphs;
	const int up = damage->scrolled, size = up < 0 ? -up : up;
	const int to = up > 0 ? damage->top : damage->top + size;
	const int from = up > 0 ? damage->top + size : damage->top;
	const int rows = damage->end - damage->top - size;
	const int w = c->seen_columns * g->cell_w;

	blit_copy(&c->surface, &c->surface,
		  (struct blit_area){ .x = 0,
				      .y = to * g->cell_h,
				      .w = w,
				      .h = rows * g->cell_h,
				      .sx = 0,
				      .sy = from * g->cell_h });
	memmove(c->blinks + to, c->blinks + from,
		(size_t)rows * sizeof(*c->blinks));
	memmove(c->drawn + (size_t)to * (size_t)c->columns,
		c->drawn + (size_t)from * (size_t)c->columns,
		(size_t)rows * (size_t)c->columns * sizeof(*c->drawn));
	if (c->cursor_row >= from && c->cursor_row < from + rows)
		c->cursor_row -= up;
	add_rect(rects,
		 (struct rect){ 0, to * g->cell_h, w, rows * g->cell_h });
}

static bool may_move(const struct console *c,
		     const struct terminal_damage *damage)
{
	return damage->scrolled && !c->everything && !c->back &&
	       c->seen_rows == c->rows && !c->surface.slow_read;
}

/* ---- a frame ---- */

/* Right and below of the cells. */
static void draw_margins(struct console *c, struct rects *rects)
{
	const int w = c->seen_columns * c->glyphs.cell_w;
	const int h = c->seen_rows * c->glyphs.cell_h;
	const uint32_t ground = 0xff000000u |
				terminal_rgb(c->terminal, 0, true);

	if (w < c->surface.width)
		blit_fill(&c->surface, w, 0, c->surface.width - w,
			  c->surface.height, ground);
	if (h < c->surface.height)
		blit_fill(&c->surface, 0, h, c->surface.width,
			  c->surface.height - h, ground);
	rects->count = 0;
	add_rect(rects,
		 (struct rect){ 0, 0, c->surface.width, c->surface.height });
}

/* True when all rows have to be compared. */
static bool compare_all(const struct console *c,
			const struct terminal_damage *damage, bool moved)
{
	return c->everything || c->back || c->search.open || c->message[0] ||
	       c->selection.kind != SELECT_NONE || c->selection.by_keys ||
	       (damage->scrolled && !moved);
}

static void draw_rows(struct console *c, bool all, struct rects *rects)
{
	struct terminal_cursor cursor;

	terminal_get_cursor(c->terminal, &cursor);
	for (int row = 0; row < c->seen_rows; row++)
		if (all || c->spans[row].first < c->spans[row].last ||
		    (c->blink_due && c->blinks[row]) || row == c->cursor_row ||
		    row == cursor.y)
			draw_row(c, row, rects);
	c->cursor_row = cursor.y;
}

void paint(struct console *c)
{
	struct terminal_damage damage;
	struct rects rects = { .count = 0 };
	bool moved;

	terminal_take_damage(c->terminal, &damage, c->spans);
	hold_view(c);
	moved = may_move(c, &damage);
	if (moved)
		move_rows(c, &damage, &rects);
	draw_rows(c, compare_all(c, &damage, moved), &rects);
	if (c->everything)
		draw_margins(c, &rects);
	c->everything = c->dirty = c->blink_due = false;
	if (rects.count)
		c->waiting = framebuffer_refresh(c->framebuffer, rects.list,
						 rects.count) != 0;
	report_text(c);
	blink_painted(c);
}
