/*
 * Blinking text and cursors: a timer that exists only while something of that
 * kind is to be seen. A cursor rests when nothing was typed for a while; with
 * reduced motion nothing blinks.
 */
#include "console.h"

static const uint64_t half_ns = 500000000, cursor_ns = 10000000000;

static bool cursor_blinks(const struct console *c)
{
	struct terminal_cursor cursor;

	terminal_get_cursor(c->terminal, &cursor);
	return cursor.visible && cursor.blinking && c->focused && !c->back &&
	       loop_now() < c->blink_until;
}

static bool text_blinks(const struct console *c)
{
	for (int row = 0; row < c->rows; row++)
		if (c->blinks[row])
			return true;
	return false;
}

static void show_all(struct console *c)
{
	if (!c->blink_off)
		return;
	c->blink_off = false;
	c->blink_due = true;
	console_changed(c);
}

void blink_turn(void *user)
{
	struct console *c = user;

	c->blink_off = !c->blink_off;
	c->blink_due = true;
	console_changed(c);
}

void blink_painted(struct console *c)
{
	if (!c->still && (cursor_blinks(c) || text_blinks(c))) {
		if (!timer_is_set(&c->blink_timer))
			timer_set_in(&c->blink_timer, half_ns);
		return;
	}
	timer_cancel(&c->blink_timer);
	show_all(c);
}

void blink_wake(struct console *c)
{
	struct terminal_cursor cursor;

	c->blink_until = loop_now() + cursor_ns;
	if (!c->terminal || c->still)
		return;
	terminal_get_cursor(c->terminal, &cursor);
	if (!cursor.blinking)
		return;
	timer_cancel(&c->blink_timer);
	show_all(c);
	if (!c->hidden)
		timer_set_in(&c->blink_timer, half_ns);
}
