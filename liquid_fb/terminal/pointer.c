/*
 * The mouse as bytes.
 */
#include <stdio.h>

#include "base/utf8.h"
#include "liquid_fb/terminal/terminal_private.h"

enum { X10_OFFSET = 32, MOTION = 32, RELEASE = 3 };

static bool is_wanted(const struct terminal *t, enum mouse_button button,
		      enum mouse_action action)
{
	switch (t->mouse) {
	case MOUSE_PRESS:
		return action == MOUSE_PRESSED && button < MOUSE_WHEEL_UP;
	case MOUSE_CLICK:
		return action != MOUSE_MOVED;
	case MOUSE_DRAG:
		return action != MOUSE_MOVED || button != MOUSE_NONE;
	case MOUSE_MOTION:
		return true;
	default:
		return false;
	}
}

static unsigned modifier_bits(const struct terminal *t, unsigned modifiers)
{
	if (t->mouse == MOUSE_PRESS)
		return 0;
	return (modifiers & KEY_MOD_SHIFT ? 4u : 0) |
	       (modifiers & KEY_MOD_ALT ? 8u : 0) |
	       (modifiers & KEY_MOD_CTRL ? 16u : 0);
}

/* CSI M and three characters, each plus 32. */
static size_t short_form(const struct terminal *t, unsigned code, int x, int y,
			 char *out)
{
	const unsigned values[] = { code, (unsigned)x + 1, (unsigned)y + 1 };
	const unsigned most = t->encoding == ENCODING_UTF8 ? 2015 : 223;
	size_t used = (size_t)sprintf(out, "\33[M");

	for (int i = 0; i < 3; i++) {
		if (values[i] > most)
			return 0;
		if (t->encoding == ENCODING_UTF8)
			used += utf8_encode(values[i] + X10_OFFSET, out + used);
		else
			out[used++] = (char)(values[i] + X10_OFFSET);
	}
	return used;
}

/* Of programs on the alternate screen that know no mouse. */
static size_t wheel_keys(const struct terminal *t, enum mouse_button button,
			 enum mouse_action action, char *out)
{
	if (t->screen != &t->alternate || !(t->modes & MODE_WHEEL_KEYS) ||
	    action != MOUSE_PRESSED)
		return 0;
	if (button == MOUSE_WHEEL_UP)
		return terminal_key(t, TERMINAL_KEY_UP, 0, out);
	if (button == MOUSE_WHEEL_DOWN)
		return terminal_key(t, TERMINAL_KEY_DOWN, 0, out);
	return 0;
}

size_t terminal_mouse(const struct terminal *t, enum mouse_button button,
		      enum mouse_action action, unsigned modifiers, int x,
		      int y, int px, int py, char out[TERMINAL_KEY_MAX])
{
	unsigned code = (unsigned)button | modifier_bits(t, modifiers);
	const bool pixels = t->encoding == ENCODING_PIXELS;

	if (t->mouse == MOUSE_OFF && button >= MOUSE_WHEEL_UP)
		return wheel_keys(t, button, action, out);
	if (!is_wanted(t, button, action) || x < 0 || y < 0 ||
	    x >= t->columns || y >= t->height || px < 0 || py < 0)
		return 0;
	if (action == MOUSE_MOVED)
		code += MOTION;
	if (t->encoding == ENCODING_SGR || pixels)
		return (size_t)sprintf(out, "\33[<%u;%d;%d%c", code,
				       (pixels ? px : x) + 1,
				       (pixels ? py : y) + 1,
				       action == MOUSE_RELEASED ? 'm' : 'M');
	if (action == MOUSE_RELEASED)
		code = (code & ~3u) | RELEASE;
	if (t->encoding == ENCODING_URXVT)
		return (size_t)sprintf(out, "\33[%u;%d;%dM", code + X10_OFFSET,
				       x + 1, y + 1);
	return short_form(t, code, x, y, out);
}
