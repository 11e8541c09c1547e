/*
 * Keys that are for the console itself.
 */
#include <linux/input-event-codes.h>

#include "console.h"

enum { CTRL_SHIFT = KEY_MOD_CTRL | KEY_MOD_SHIFT };

static bool with_ctrl_shift(struct console *c, unsigned code)
{
	switch (code) {
	case KEY_C:
		select_copy(c);
		break;
	case KEY_V:
		select_paste(c, true);
		break;
	case KEY_F:
		search_open(c);
		break;
	case KEY_SPACE:
		select_by_keys(c);
		break;
	case KEY_K:
		terminal_clear_scrollback(c->terminal);
		c->back = 0;
		console_redraw(c);
		break;
	case KEY_EQUAL:
	case KEY_KPPLUS:
		console_zoom(c, c->zoom + 1);
		break;
	case KEY_UP:
		paint_scroll(c, 1);
		break;
	case KEY_DOWN:
		paint_scroll(c, -1);
		break;
	default:
		return false;
	}
	return true;
}

static bool with_ctrl(struct console *c, unsigned code)
{
	switch (code) {
	case KEY_EQUAL:
	case KEY_KPPLUS:
		console_zoom(c, c->zoom + 1);
		break;
	case KEY_MINUS:
	case KEY_KPMINUS:
		console_zoom(c, c->zoom - 1);
		break;
	case KEY_0:
	case KEY_KP0:
		console_zoom(c, 0);
		break;
	case KEY_INSERT:
		select_copy(c);
		break;
	default:
		return false;
	}
	return true;
}

static bool with_shift(struct console *c, unsigned code)
{
	const bool other = terminal_on_alternate(c->terminal);

	switch (code) {
	case KEY_INSERT:
		select_paste(c, true);
		break;
	case KEY_PAGEUP:
		paint_scroll(c, other ? 0 : c->rows - 1);
		break;
	case KEY_PAGEDOWN:
		paint_scroll(c, -(c->rows - 1));
		break;
	case KEY_HOME:
		paint_scroll(c, other ? 0 : TERMINAL_SCROLLBACK_MAX);
		break;
	case KEY_END:
		paint_scroll(c, -(int64_t)TERMINAL_SCROLLBACK_MAX);
		break;
	default:
		return false;
	}
	return true;
}

bool shortcut(struct console *c, unsigned code, unsigned modifiers)
{
	if (search_key(c, code, modifiers) || select_key(c, code, modifiers))
		return true;
	if (modifiers == CTRL_SHIFT)
		return with_ctrl_shift(c, code);
	if (modifiers == KEY_MOD_CTRL)
		return with_ctrl(c, code);
	if (modifiers == KEY_MOD_SHIFT)
		return with_shift(c, code);
	return false;
}
