/*
 * Mouse and touch: for the program where it asked for them and Shift isn't
 * held, else for selecting and scrolling.
 */
#include <linux/input-event-codes.h>
#include <stdlib.h>

#include "console.h"

enum {
	NOTCH = 120,
	LINES_PER_NOTCH = 3,
	DOUBLE_CLICK_US = 400000,
	CLICK_MOVES = 4, /* pixels */
};

static bool is_for_program(const struct console *c)
{
	return terminal_mouse_mode(c->terminal) != MOUSE_OFF &&
	       !(keys_modifiers(c) & KEY_MOD_SHIFT) && !c->back;
}

static int cell_x(const struct console *c)
{
	return c->pointer_x / c->glyphs.cell_w;
}

/* Negative above the window. */
static int cell_y(const struct console *c)
{
	return c->pointer_y < 0 ? -1 : c->pointer_y / c->glyphs.cell_h;
}

static int within(int value, int size)
{
	return value < 0 ? 0 : value >= size ? size - 1 : value;
}

static bool report(struct console *c, enum mouse_button button,
		   enum mouse_action action)
{
	const int x = within(cell_x(c), c->columns);
	const int y = within(cell_y(c), c->rows);
	char out[TERMINAL_KEY_MAX];
	size_t count;

	if (action == MOUSE_MOVED && x == c->last_cell_x && y == c->last_cell_y)
		return true;
	c->last_cell_x = x;
	c->last_cell_y = y;
	count = terminal_mouse(c->terminal, button, action, keys_modifiers(c),
			       x, y, c->pointer_x < 0 ? 0 : c->pointer_x,
			       c->pointer_y < 0 ? 0 : c->pointer_y, out);
	shell_write(c, out, count);
	return count > 0;
}

/* ---- buttons ---- */

static bool button_of(unsigned code, enum mouse_button *button)
{
	switch (code) {
	case BTN_LEFT:
		*button = MOUSE_LEFT;
		return true;
	case BTN_MIDDLE:
		*button = MOUSE_MIDDLE;
		return true;
	case BTN_RIGHT:
		*button = MOUSE_RIGHT;
		return true;
	default:
		return false;
	}
}

/* One, two or three clicks at the same place. */
static unsigned count_clicks(struct console *c, uint64_t time_us)
{
	const bool again = time_us - c->click_us < DOUBLE_CLICK_US &&
			   abs(c->pointer_x - c->click_x) <= CLICK_MOVES &&
			   abs(c->pointer_y - c->click_y) <= CLICK_MOVES;

	c->clicks = again ? c->clicks % 3 + 1 : 1;
	c->click_us = time_us;
	c->click_x = c->pointer_x;
	c->click_y = c->pointer_y;
	return c->clicks;
}

static void press_left(struct console *c, uint64_t time_us)
{
	static const enum selection_kind kinds[] = { SELECT_TEXT, SELECT_WORD,
						     SELECT_LINE };
	const unsigned modifiers = keys_modifiers(c);
	const unsigned clicks = count_clicks(c, time_us);

	if (modifiers & KEY_MOD_CTRL)
		select_link(c, cell_x(c), cell_y(c));
	else
		select_begin(c,
			     modifiers & KEY_MOD_ALT ? SELECT_BLOCK
						     : kinds[clicks - 1],
			     cell_x(c), cell_y(c));
}

static void press(struct console *c, enum mouse_button button, uint64_t time_us)
{
	c->buttons |= 1u << button;
	if (c->message[0] && !c->selection.by_keys)
		console_message(c, "%s", "");
	if (is_for_program(c)) {
		report(c, button, MOUSE_PRESSED);
	} else if (button == MOUSE_LEFT) {
		press_left(c, time_us);
	} else if (button == MOUSE_MIDDLE) {
		select_paste(c, false);
	} else if (c->selection.kind != SELECT_NONE) {
		/* The right button moves the end of what is selected. */
		c->selection.dragging = true;
		select_drag(c, cell_x(c), cell_y(c));
	}
}

static void release(struct console *c, enum mouse_button button)
{
	c->buttons &= ~(1u << button);
	if (c->selection.dragging)
		select_end(c);
	else if (is_for_program(c))
		report(c, button, MOUSE_RELEASED);
}

static void moved(struct console *c)
{
	enum mouse_button button = MOUSE_LEFT;

	if (c->selection.dragging) {
		select_drag(c, cell_x(c), cell_y(c));
	} else if (is_for_program(c)) {
		while (button < MOUSE_NONE && !(c->buttons >> button & 1))
			button++;
		report(c, button, MOUSE_MOVED);
	}
}

/* ---- wheel ---- */

/* Whole notches of what came; the rest waits. */
static int notches(int *waiting, int more)
{
	int whole;

	*waiting += more;
	whole = *waiting / NOTCH;
	*waiting -= whole * NOTCH;
	return whole;
}

static void turn(struct console *c, int count, enum mouse_button up)
{
	const enum mouse_button button = count > 0 ? up : up + 1;
	const bool alternate = terminal_on_alternate(c->terminal);
	const bool program = is_for_program(c);
	int times = abs(count);

	if (!program && !alternate) {
		if (up == MOUSE_WHEEL_UP)
			paint_scroll(c, count * LINES_PER_NOTCH);
		return;
	}
	if (!program)
		times *= LINES_PER_NOTCH;
	while (times-- > 0)
		report(c, button, MOUSE_PRESSED);
}

static void wheel(struct console *c, const struct input_event *event)
{
	const int y = notches(&c->wheel_y, event->y);
	const int x = notches(&c->wheel_x, -event->x);

	if (y)
		turn(c, y, MOUSE_WHEEL_UP);
	if (x)
		turn(c, x, MOUSE_WHEEL_LEFT);
}

void pointer_event(struct console *c, const struct input_event *event)
{
	enum mouse_button button;

	switch (event->type) {
	case INPUT_PRESS:
		if (button_of(event->code, &button))
			press(c, button, event->time_us);
		break;
	case INPUT_RELEASE:
		if (button_of(event->code, &button))
			release(c, button);
		break;
	case INPUT_TOUCH:
	case INPUT_MOTION:
		c->pointer_x = event->x;
		c->pointer_y = event->y;
		if (event->type == INPUT_TOUCH && event->code == 0 &&
		    !(c->buttons & 1u << MOUSE_LEFT))
			press(c, MOUSE_LEFT, event->time_us);
		else
			moved(c);
		break;
	case INPUT_UNTOUCH:
		if (event->code == 0 && c->buttons & 1u << MOUSE_LEFT)
			release(c, MOUSE_LEFT);
		break;
	case INPUT_WHEEL:
		wheel(c, event);
		break;
	default:
		break;
	}
}
