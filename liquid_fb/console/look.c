/*
 * What cells look like: colours, cursor, selection, matches, links.
 */
#include <string.h>

#include "base/utf8.h"
#include "console.h"

enum {
	SEEN = CELL_BOLD | CELL_ITALIC | CELL_CONCEALED | CELL_STRUCK |
	       CELL_OVERLINED | CELL_UNDERLINE | CELL_WIDE,
};

/* `part` of 16 of a, the rest of b. */
static uint32_t mixed(uint32_t a, uint32_t b, unsigned part)
{
	const uint32_t rb = ((a & 0xff00ff) * part +
			     (b & 0xff00ff) * (16 - part)) >>
				    4 &
			    0xff00ff;
	const uint32_t g = ((a & 0x00ff00) * part +
			    (b & 0x00ff00) * (16 - part)) >>
				   4 &
			   0x00ff00;

	return rb | g;
}

static uint64_t hash_of(const uint32_t *codes, size_t count)
{
	uint64_t hash = 0xcbf29ce484222325u;

	for (size_t i = 0; i < count; i++)
		hash = (hash ^ codes[i]) * 0x100000001b3u;
	return hash | 1ull << 63;
}

static uint64_t code_of(const struct console *c, const struct cell *cell)
{
	uint32_t codes[TERMINAL_CLUSTER_MAX];

	if (!(cell->code & CELL_CLUSTER))
		return cell->code == ' ' ? 0 : cell->code;
	return hash_of(codes, terminal_characters(c->terminal, cell, codes));
}

/* A default colour, exchanged where the screen is reversed. */
static uint32_t color(const struct console *c, uint32_t value, bool background,
		      bool reversed)
{
	if (!value && reversed)
		background = !background;
	return terminal_rgb(c->terminal, value, background);
}

static void plain_look(const struct console *c, const struct cell *cell,
		       bool reversed, struct look *look)
{
	const uint32_t line = cell->extra
				      ? terminal_line_color(c->terminal, cell)
				      : 0;
	uint32_t fg = color(c, cell->fg, false, reversed);
	uint32_t bg = color(c, cell->bg, true, reversed);

	if (cell->flags & CELL_INVERSE) {
		const uint32_t was = fg;

		fg = bg;
		bg = was;
	}
	if (cell->flags & CELL_FAINT)
		fg = mixed(fg, bg, 9);
	*look = (struct look){
		.code = code_of(c, cell),
		.fg = fg,
		.bg = bg,
		.flags = cell->flags & SEEN,
	};
	if (cell->flags & CELL_UNDERLINE)
		look->line = line ? color(c, line, false, false) : fg;
	/* A link is underlined, unless the program says how. */
	if (cell->extra && !(cell->flags & CELL_UNDERLINE) &&
	    terminal_link(c->terminal, cell)) {
		look->flags |= UNDERLINE_DOTTED << CELL_UNDERLINE_SHIFT;
		look->line = fg;
	}
	if (c->blink_off && cell->flags & CELL_BLINK) {
		look->code = 0;
		look->flags &= CELL_WIDE;
		look->line = 0;
	}
	if (!look->code)
		look->fg = look->flags & (CELL_STRUCK | CELL_OVERLINED)
				   ? look->fg
				   : 0;
}

static void select_look(const struct console *c, struct look *look)
{
	const uint32_t *palette = terminal_palette(c->terminal);

	look->bg = mixed(palette[12], palette[PALETTE_BG], 7);
	if (look->code)
		look->fg = palette[PALETTE_FG];
}

static bool in_match(const struct console *c, uint64_t line, int x)
{
	const struct search *s = &c->search;

	if (!s->open || !s->found || line < s->from.line || line > s->to.line)
		return false;
	return (line > s->from.line || x >= s->from.x) &&
	       (line < s->to.line || x < s->to.x);
}

static void match_look(const struct console *c, struct look *look)
{
	const uint32_t *palette = terminal_palette(c->terminal);

	look->bg = palette[3];
	look->fg = palette[PALETTE_BG];
}

static void cursor_look(const struct console *c, struct look *look,
			enum cursor_shape shape)
{
	const uint32_t *palette = terminal_palette(c->terminal);

	if (c->focused && shape == CURSOR_BLOCK) {
		look->fg = look->bg;
		look->line = look->bg;
		look->bg = palette[PALETTE_CURSOR];
		return;
	}
	look->cursor = !c->focused                 ? LOOK_HOLLOW
		       : shape == CURSOR_UNDERLINE ? LOOK_UNDERLINE
						   : LOOK_BAR;
	if (!look->code)
		look->fg = palette[PALETTE_CURSOR];
}

/* The second halves look like the first ones. */
static void join_halves(struct look *looks, const struct cell *cells,
			int columns)
{
	for (int x = 1; x < columns; x++)
		if (cells[x].flags & CELL_TAIL) {
			looks[x] = looks[x - 1];
			looks[x].half = 1;
		}
}

static void add_cursor(struct console *c, int row, struct look *looks)
{
	struct terminal_cursor cursor;

	terminal_get_cursor(c->terminal, &cursor);
	if (c->selection.by_keys) {
		cursor.x = c->selection.at.x;
		cursor.visible = paint_line(c, row) == c->selection.at.line;
		cursor.shape = CURSOR_BLOCK;
	} else {
		cursor.visible = cursor.visible && cursor.y == row &&
				 !c->back &&
				 !(c->blink_off && cursor.blinking &&
				   c->focused);
	}
	if (cursor.visible)
		cursor_look(c, &looks[cursor.x], cursor.shape);
}

void look_row(struct console *c, int row, struct look *looks)
{
	const uint64_t line = paint_line(c, row);
	const bool reversed = terminal_is_reversed(c->terminal) != c->flashing;
	const struct cell *cells;
	unsigned flags = 0;

	if (c->back) {
		terminal_line(c->terminal, line, c->cells);
		cells = c->cells;
	} else {
		cells = terminal_row(c->terminal, row);
	}
	for (int x = 0; x < c->columns; x++) {
		plain_look(c, &cells[x], reversed, &looks[x]);
		flags |= cells[x].flags;
	}
	c->blinks[row] = flags & CELL_BLINK;
	if (c->selection.kind != SELECT_NONE)
		for (int x = 0; x < c->columns; x++)
			if (select_has(c, line, x))
				select_look(c, &looks[x]);
	if (c->search.open)
		for (int x = 0; x < c->columns; x++)
			if (in_match(c, line, x))
				match_look(c, &looks[x]);
	add_cursor(c, row, looks);
	join_halves(looks, cells, c->columns);
}

void look_text(struct console *c, const char *text, struct look *looks)
{
	const uint32_t *palette = terminal_palette(c->terminal);
	size_t bytes = strlen(text), at = 0;
	int x = 0;

	while (x < c->columns) {
		uint32_t code = 0;

		if (at < bytes) {
			size_t n = utf8_decode(text + at, bytes - at, &code);

			at += n ? n : 1;
			if (!n || character_width(code) != 1)
				code = '?';
		}
		looks[x++] = (struct look){
			.code = code == ' ' ? 0 : code,
			.fg = code && code != ' ' ? palette[PALETTE_BG] : 0,
			.bg = palette[PALETTE_FG],
		};
	}
}
