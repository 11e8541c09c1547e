/*
 * Selection by mouse and keyboard, clipboard, links.
 */
#include <linux/input-event-codes.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "console.h"

static bool is_before(struct terminal_point a, struct terminal_point b)
{
	return a.line < b.line || (a.line == b.line && a.x < b.x);
}

/* From the first cell up to, without, the last one. */
static void range(const struct console *c, struct terminal_point *from,
		  struct terminal_point *to)
{
	const struct selection *s = &c->selection;
	const bool back = is_before(s->at, s->anchor);
	const struct terminal_point first = back ? s->at : s->anchor;
	struct terminal_point last = back ? s->anchor : s->at;
	struct terminal_point unused;

	*from = first;
	*to = last;
	to->x++;
	if (s->kind == SELECT_WORD) {
		terminal_word(c->terminal, first, from, &unused);
		terminal_word(c->terminal, last, &unused, to);
	} else if (s->kind == SELECT_LINE) {
		terminal_whole_line(c->terminal, first.line, from, &unused);
		terminal_whole_line(c->terminal, last.line, &unused, to);
	} else if (s->kind == SELECT_BLOCK) {
		from->x = s->at.x < s->anchor.x ? s->at.x : s->anchor.x;
		to->x = (s->at.x > s->anchor.x ? s->at.x : s->anchor.x) + 1;
	}
}

bool select_has(const struct console *c, uint64_t line, int x)
{
	const struct selection *s = &c->selection;
	const uint64_t low = s->at.line < s->anchor.line ? s->at.line
							 : s->anchor.line;
	const uint64_t high = s->at.line > s->anchor.line ? s->at.line
							  : s->anchor.line;
	struct terminal_point from, to;

	/* Words and whole lines reach into rows around. */
	if (s->kind == SELECT_NONE || (s->by_keys && !s->marking) ||
	    ((s->kind == SELECT_TEXT || s->kind == SELECT_BLOCK) &&
	     (line < low || line > high)))
		return false;
	range(c, &from, &to);
	if (s->kind == SELECT_BLOCK)
		return x >= from.x && x < to.x;
	return (line > from.line || (line == from.line && x >= from.x)) &&
	       (line < to.line || (line == to.line && x < to.x));
}

/* ---- by mouse ---- */

static struct terminal_point point(const struct console *c, int x, int row)
{
	x = x < 0 ? 0 : x >= c->columns ? c->columns - 1 : x;
	row = row < 0 ? 0 : row >= c->rows ? c->rows - 1 : row;
	return (struct terminal_point){ paint_line(c, row), x };
}

void select_begin(struct console *c, enum selection_kind kind, int x, int row)
{
	c->selection = (struct selection){
		.kind = kind,
		.anchor = point(c, x, row),
		.at = point(c, x, row),
		.dragging = true,
	};
	/* A mere click selects nothing. */
	if (kind == SELECT_TEXT || kind == SELECT_BLOCK)
		c->selection.kind = SELECT_NONE;
	c->selection.wanted = kind;
	console_redraw(c);
}

void select_drag(struct console *c, int x, int row)
{
	struct selection *s = &c->selection;

	if (!s->dragging)
		return;
	if (row < 0)
		paint_scroll(c, 1);
	else if (row >= c->rows && c->back)
		paint_scroll(c, -1);
	s->at = point(c, x, row);
	if (s->at.line != s->anchor.line || s->at.x != s->anchor.x)
		s->kind = s->wanted;
	console_redraw(c);
}

static char *selected(const struct console *c, size_t *bytes)
{
	struct terminal_point from, to;

	if (c->selection.kind == SELECT_NONE)
		return NULL;
	range(c, &from, &to);
	return terminal_text(c->terminal, from, to,
			     c->selection.kind == SELECT_BLOCK, bytes);
}

void select_end(struct console *c)
{
	size_t bytes;
	char *text;

	c->selection.dragging = false;
	text = selected(c, &bytes);
	if (!text)
		return;
	free(c->copied);
	c->copied = text;
	c->copied_bytes = bytes;
}

void select_clear(struct console *c)
{
	if (c->selection.kind == SELECT_NONE && !c->selection.by_keys)
		return;
	c->selection = (struct selection){ .kind = SELECT_NONE };
	console_redraw(c);
}

/* ---- clipboard ---- */

void select_copy(struct console *c)
{
	enum wire_status status;

	select_end(c);
	if (c->selection.kind == SELECT_NONE || !c->copied)
		return;
	if (c->copied_bytes > LIMIT_CLIPBOARD) {
		console_message(c, "More than 1 MiB is not copied");
		return;
	}
	status = input_clipboard_offer(c->input, c->copied, c->copied_bytes);
	if (status != WIRE_OK)
		console_message(c, "The clipboard refused it");
}

void select_paste(struct console *c, bool clipboard)
{
	char *text = NULL, *clean;
	size_t bytes = 0, clean_bytes;
	int fd = -1;

	if (clipboard)
		fd = input_clipboard_read(c->input);
	if (fd >= 0) {
		text = memory_read_blob(fd, LIMIT_CLIPBOARD, &bytes);
		close(fd);
	} else if (!clipboard && c->copied) {
		text = xstrndup(c->copied, c->copied_bytes);
		bytes = strlen(text);
	}
	if (!text)
		return;
	clean = terminal_paste(c->terminal, text, bytes, &clean_bytes);
	shell_write(c, clean, clean_bytes);
	free(clean);
	free(text);
	if (c->back)
		paint_scroll(c, -(int64_t)c->back);
}

/* ---- by keyboard ---- */

void select_by_keys(struct console *c)
{
	struct terminal_cursor cursor;

	terminal_get_cursor(c->terminal, &cursor);
	c->selection = (struct selection){
		.by_keys = true,
		.at = { terminal_screen_line(c->terminal) + (uint64_t)cursor.y,
			cursor.x },
	};
	console_message(c, "Select: arrows move, Space begins, Enter copies, "
			   "Esc ends");
}

static void see(struct console *c)
{
	const uint64_t top = paint_line(c, 0), line = c->selection.at.line;

	if (line < top)
		paint_scroll(c, (int64_t)(top - line));
	else if (line >= top + (uint64_t)c->rows)
		paint_scroll(c, -(int64_t)(line - top - (uint64_t)c->rows + 1));
}

static void step(struct console *c, int dx, int64_t dy)
{
	struct selection *s = &c->selection;
	const int64_t first = (int64_t)terminal_first_line(c->terminal);
	const int64_t last = (int64_t)terminal_screen_line(c->terminal) +
			     c->rows - 1;
	int64_t line = (int64_t)s->at.line + dy;
	int x = s->at.x + dx;

	line = line < first ? first : line > last ? last : line;
	x = x < 0 ? 0 : x >= c->columns ? c->columns - 1 : x;
	s->at = (struct terminal_point){ (uint64_t)line, x };
	see(c);
	console_redraw(c);
}

static void mark(struct console *c, enum selection_kind kind)
{
	struct selection *s = &c->selection;

	s->marking = !s->marking || s->kind != kind;
	s->kind = s->marking ? kind : SELECT_NONE;
	s->anchor = s->at;
	console_redraw(c);
}

static void leave(struct console *c, bool copy)
{
	c->message[0] = '\0';
	if (copy && c->selection.marking)
		select_copy(c);
	c->selection.by_keys = false;
	if (!c->selection.marking)
		c->selection.kind = SELECT_NONE;
	if (!copy)
		select_clear(c);
	console_redraw(c);
}

bool select_key(struct console *c, unsigned code, unsigned modifiers)
{
	const bool word = modifiers & KEY_MOD_CTRL;

	if (!c->selection.by_keys)
		return false;
	switch (code) {
	case KEY_LEFT:
		step(c, word ? -8 : -1, 0);
		break;
	case KEY_RIGHT:
		step(c, word ? 8 : 1, 0);
		break;
	case KEY_UP:
		step(c, 0, -1);
		break;
	case KEY_DOWN:
		step(c, 0, 1);
		break;
	case KEY_PAGEUP:
		step(c, 0, -c->rows);
		break;
	case KEY_PAGEDOWN:
		step(c, 0, c->rows);
		break;
	case KEY_HOME:
		step(c, -c->columns, word ? INT32_MIN : 0);
		break;
	case KEY_END:
		step(c, c->columns, word ? INT32_MAX : 0);
		break;
	case KEY_SPACE:
		mark(c, modifiers & KEY_MOD_SHIFT ? SELECT_BLOCK : SELECT_TEXT);
		break;
	case KEY_ENTER:
		leave(c, true);
		break;
	case KEY_ESC:
		leave(c, false);
		break;
	default:
		break;
	}
	return true;
}

/* ---- links ---- */

/* Programs write links; following one is left to the user: its address is
 * shown and copied. */
void select_link(struct console *c, int x, int row)
{
	const struct terminal_point at = point(c, x, row);
	const char *address;

	terminal_line(c->terminal, at.line, c->cells);
	address = terminal_link(c->terminal, &c->cells[at.x]);
	if (!address)
		return;
	if (input_clipboard_offer(c->input, address, strlen(address)) ==
	    WIRE_OK)
		console_message(c, "Copied: %s", address);
	else
		console_message(c, "Link: %s", address);
}
