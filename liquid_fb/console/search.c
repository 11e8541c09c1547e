/*
 * Finding words in the scrollback and on the screen.
 */
#include <linux/input-event-codes.h>
#include <stdio.h>
#include <string.h>

#include "base/utf8.h"
#include "console.h"

/* So that the match is seen, not in the last row. */
static void show(struct console *c, uint64_t line)
{
	const uint64_t screen = terminal_screen_line(c->terminal);
	const uint64_t top = paint_line(c, 0);

	if (line >= top && line + 1 < top + (uint64_t)c->rows)
		return;
	c->back = 0;
	if (line < screen)
		paint_scroll(c, (int64_t)(screen - line) + c->rows / 2);
	else if (line + 1 >= screen + (uint64_t)c->rows)
		paint_scroll(c, 0);
}

static void find(struct console *c, bool forward, bool again)
{
	struct search *s = &c->search;
	struct terminal_point from = s->from, to;

	if (!s->words[0]) {
		s->found = false;
		return;
	}
	/* While words are typed, the same place is as good. */
	if (!again && !forward)
		from.x++;
	s->found = terminal_find(c->terminal, s->words, forward, &from, &to);
	if (!s->found)
		return;
	s->from = from;
	s->to = to;
	show(c, from.line);
}

void search_open(struct console *c)
{
	c->search = (struct search){
		.open = true,
		.from = { terminal_screen_line(c->terminal) + (uint64_t)c->rows,
			  0 },
	};
	console_redraw(c);
}

static void search_close(struct console *c)
{
	c->search.open = false;
	if (c->search.found) {
		/* What was found stays marked. */
		c->selection = (struct selection){
			.kind = SELECT_TEXT,
			.anchor = c->search.from,
			.at = { c->search.to.line, c->search.to.x - 1 },
		};
	}
	console_redraw(c);
}

static void drop_character(struct search *s)
{
	size_t length = strlen(s->words);

	while (length && (s->words[length - 1] & 0xc0) == 0x80)
		length--;
	s->words[length ? length - 1 : 0] = '\0';
}

bool search_key(struct console *c, unsigned code, unsigned modifiers)
{
	struct search *s = &c->search;

	if (!s->open)
		return false;
	switch (code) {
	case KEY_ESC:
		search_close(c);
		break;
	case KEY_ENTER:
	case KEY_KPENTER:
	case KEY_UP:
	case KEY_F3:
		find(c, (modifiers & KEY_MOD_SHIFT) != 0, true);
		break;
	case KEY_DOWN:
		find(c, true, true);
		break;
	case KEY_BACKSPACE:
		drop_character(s);
		s->from.line = terminal_screen_line(c->terminal) +
			       (uint64_t)c->rows;
		find(c, false, false);
		break;
	default:
		return !(modifiers & (KEY_MOD_CTRL | KEY_MOD_ALT));
	}
	console_redraw(c);
	return true;
}

bool search_character(struct console *c, uint32_t code)
{
	struct search *s = &c->search;
	const size_t length = strlen(s->words);
	char bytes[4];
	size_t count = utf8_encode(code, bytes);

	if (!s->open)
		return false;
	if (length + count + 1 < sizeof(s->words)) {
		memcpy(s->words + length, bytes, count);
		s->words[length + count] = '\0';
		find(c, false, false);
	}
	console_redraw(c);
	return true;
}

void search_text(const struct console *c, char *out, size_t size)
{
	const struct search *s = &c->search;

	snprintf(out, size, "Find: %s%s", s->words,
		 !s->words[0] ? "  (Enter: further up, Down: back, Esc: end)"
		 : s->found   ? ""
			      : "  (not found)");
}
