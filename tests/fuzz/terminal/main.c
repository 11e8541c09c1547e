/*
 * Any bytes as what a program writes, in pieces, with resizes in between: 0xff
 * (which UTF-8 never has), columns, rows. 0xfe and a byte: what a user does.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "liquid_fb/terminal/terminal.h"

enum { RESIZE = 0xff, USER = 0xfe, SIDE_MAX = 140, SCROLLBACK = 60 };

static void demand(bool what)
{
	if (!what)
		abort();
}

static void check_cells(const struct terminal *t, const struct cell *cells,
			int columns)
{
	uint32_t codes[TERMINAL_CLUSTER_MAX];

	for (int x = 0; x < columns; x++) {
		const struct cell *cell = &cells[x];

		if (cell->flags & CELL_WIDE)
			demand(x + 1 < columns && (cell[1].flags & CELL_TAIL));
		if (cell->flags & CELL_TAIL)
			demand(x > 0 && (cell[-1].flags & CELL_WIDE));
		terminal_characters(t, cell, codes);
		terminal_link(t, cell);
		terminal_line_color(t, cell);
	}
}

static void check(struct terminal *t)
{
	const int columns = terminal_columns(t), rows = terminal_rows(t);
	struct terminal_span spans[SIDE_MAX + 1];
	struct terminal_cursor cursor;
	struct terminal_damage damage;
	size_t bytes;

	terminal_get_cursor(t, &cursor);
	demand(cursor.x >= 0 && cursor.x < columns && cursor.y >= 0 &&
	       cursor.y < rows);
	for (int y = 0; y < rows; y++)
		check_cells(t, terminal_row(t, y), columns);
	demand(terminal_screen_line(t) - terminal_first_line(t) <= SCROLLBACK);
	terminal_take_damage(t, &damage, spans);
	demand(!damage.scrolled ||
	       (damage.top >= 0 && damage.end <= rows &&
		abs(damage.scrolled) < damage.end - damage.top));
	for (int y = 0; y < rows; y++)
		demand(spans[y].first >= 0 && spans[y].last <= columns);
	terminal_replies(t, &bytes);
	demand(bytes <= TERMINAL_REPLY_MAX);
}

static void check_scrollback(const struct terminal *t)
{
	struct cell cells[SIDE_MAX + 1];

	for (uint64_t i = terminal_first_line(t); i < terminal_screen_line(t);
	     i++) {
		terminal_line(t, i, cells);
		check_cells(t, cells, terminal_columns(t));
	}
}

static void user(struct terminal *t, unsigned what)
{
	struct terminal_point from = { terminal_screen_line(t), (int)what % 8 };
	struct terminal_point to = from;
	char out[TERMINAL_KEY_MAX];
	size_t bytes;
	char *text;

	demand(terminal_key(t, what % TERMINAL_KEYS, what / 32, out) <
	       TERMINAL_KEY_MAX);
	demand(terminal_mouse(t, what % 4, what % 3, what / 16, (int)what,
			      (int)what / 2, 5, 5, out) < TERMINAL_KEY_MAX);
	demand(terminal_character(t, what * 1000, what / 32, out) <
	       TERMINAL_KEY_MAX);
	terminal_word(t, from, &from, &to);
	text = terminal_text(t, from, to, what & 1, &bytes);
	demand(strlen(text) <= bytes);
	free(text);
	terminal_find(t, "e", what & 1, &from, &to);
	text = terminal_paste(t, "\33[201~\n", 7, &bytes);
	demand(!memchr(text + 6, '\33', bytes > 12 ? bytes - 12 : 0));
	free(text);
	if (what == 0)
		terminal_set_scrollback(t, SCROLLBACK);
	if (what == 1)
		terminal_reset(t);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static bool agree(void *user, int columns)
{
	(void)user;
	return columns <= SIDE_MAX;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static const struct terminal_handler handler = { .columns = agree };
	struct terminal *t = terminal_create(20, 8, SCROLLBACK, &handler, NULL);
	const uint8_t *end = data + size;

	while (data < end) {
		const uint8_t *stop = data;

		while (stop < end && *stop < USER)
			stop++;
		terminal_write(t, data, (size_t)(stop - data));
		data = stop;
		if (end - data >= 3 && *data == RESIZE) {
			check(t);
			terminal_resize(t, data[1] % SIDE_MAX + 1,
					data[2] % SIDE_MAX + 1);
			check(t);
			data += 3;
		} else if (end - data >= 2 && *data == USER) {
			user(t, data[1]);
			data += 2;
		} else if (data < end) {
			data++;
		}
	}
	check(t);
	check_scrollback(t);
	terminal_destroy(t);
	return 0;
}
