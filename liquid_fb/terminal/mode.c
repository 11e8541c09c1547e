/*
 * Modes that are set and reset.
 */
#include "liquid_fb/terminal/terminal_private.h"

enum { NARROW_COLUMNS = 80, WIDE_COLUMNS = 132 };

struct known_mode {
	unsigned number;
	uint32_t bit;
};

static const struct known_mode private_modes[] = {
	{ 1, MODE_CURSOR_KEYS },    { 5, MODE_REVERSED },
	{ 6, MODE_ORIGIN },         { 7, MODE_WRAP },
	{ 12, MODE_BLINKING },      { 25, MODE_CURSOR },
	{ 45, MODE_BACKWARD_WRAP }, { 66, MODE_KEYPAD },
	{ 67, MODE_BACKSPACE },     { 1004, MODE_FOCUS },
	{ 1007, MODE_WHEEL_KEYS },  { 1036, MODE_META },
	{ 2004, MODE_PASTE },       { 2026, MODE_SYNCHRONISED },
	{ 2027, MODE_CLUSTERS },    { 40, MODE_COLUMNS },
	{ 69, MODE_MARGINS },
};

static const struct known_mode public_modes[] = {
	{ 4, MODE_INSERT },
	{ 20, MODE_NEWLINE },
};

static uint32_t bit_of(bool private, unsigned mode)
{
	const struct known_mode *list = private ? private_modes : public_modes;
	const size_t size = private ? array_size(private_modes)
				    : array_size(public_modes);

	for (size_t i = 0; i < size; i++)
		if (list[i].number == mode)
			return list[i].bit;
	return 0;
}

static bool mouse_of(unsigned mode, enum mouse_mode *mouse)
{
	switch (mode) {
	case 9:
		*mouse = MOUSE_PRESS;
		return true;
	case 1000:
		*mouse = MOUSE_CLICK;
		return true;
	case 1002:
		*mouse = MOUSE_DRAG;
		return true;
	case 1003:
		*mouse = MOUSE_MOTION;
		return true;
	default:
		return false;
	}
}

static bool encoding_of(unsigned mode, enum mouse_encoding *encoding)
{
	switch (mode) {
	case 1005:
		*encoding = ENCODING_UTF8;
		return true;
	case 1006:
		*encoding = ENCODING_SGR;
		return true;
	case 1015:
		*encoding = ENCODING_URXVT;
		return true;
	case 1016:
		*encoding = ENCODING_PIXELS;
		return true;
	default:
		return false;
	}
}

/* 47, 1047, 1048, 1049: the alternate screen, the saved cursor. */
static void alternate(struct terminal *t, unsigned mode, bool on)
{
	if (mode == 1048 || (mode == 1049 && on)) {
		if (on)
			cursor_save(t);
		else
			cursor_restore(t);
	}
	if (mode == 1048)
		return;
	/* 1047 clears what it leaves, 1049 what it enters. */
	if (mode == 1047 && !on && t->screen == &t->alternate)
		screen_switch(t, true, true);
	screen_switch(t, on, mode == 1049 && on);
	if (mode == 1049 && !on)
		cursor_restore(t);
}

/* DECCOLM, where it is allowed (40): the width if the owner agrees, the rest
 * in any case. */
static void set_columns(struct terminal *t, bool on)
{
	const int columns = on ? WIDE_COLUMNS : NARROW_COLUMNS;

	if (!(t->modes & MODE_COLUMNS))
		return;
	if (t->handler->columns && t->handler->columns(t->user, columns))
		terminal_resize(t, columns, t->height);
	margins_reset(t);
	t->modes &= ~(uint32_t)(MODE_ORIGIN | MODE_MARGINS);
	for (int y = 0; y < t->height; y++)
		row_erase(t, screen_row(t, y), 0, t->columns);
	cursor_to(t, 0, 0);
}

static void changed(struct terminal *t, uint32_t bit)
{
	if (bit == MODE_ORIGIN)
		cursor_to(t, 0, 0);
	else if (bit == MODE_REVERSED)
		damage_all(t);
	else if (bit == MODE_INSERT)
		print_update(t);
	else if (bit == MODE_MARGINS)
		t->left = 0, t->right = t->columns - 1;
	else if (bit == MODE_WRAP && !(t->modes & MODE_WRAP))
		t->last_column = false;
}

void mode_set(struct terminal *t, bool private, unsigned mode, bool on)
{
	const uint32_t bit = bit_of(private, mode);
	enum mouse_encoding encoding;
	enum mouse_mode mouse;

	if (bit) {
		t->modes = on ? t->modes | bit : t->modes & ~bit;
		changed(t, bit);
	} else if (!private) {
		return;
	} else if (mouse_of(mode, &mouse)) {
		t->mouse = on ? mouse : MOUSE_OFF;
	} else if (encoding_of(mode, &encoding)) {
		t->encoding = on ? encoding : ENCODING_X10;
	} else if (mode == 3) {
		set_columns(t, on);
	} else if (mode == 47 || (mode >= 1047 && mode <= 1049)) {
		alternate(t, mode, on);
	}
}

void mode_save(struct terminal *t, unsigned mode)
{
	const uint32_t bit = bit_of(true, mode);
	enum mouse_mode mouse;

	t->saved_modes = (t->saved_modes & ~bit) | (t->modes & bit);
	if (mouse_of(mode, &mouse))
		t->saved_mouse = t->mouse;
}

void mode_restore(struct terminal *t, unsigned mode)
{
	const uint32_t bit = bit_of(true, mode);
	enum mouse_mode mouse;

	if (bit)
		mode_set(t, true, mode, t->saved_modes & bit);
	if (mouse_of(mode, &mouse))
		t->mouse = t->saved_mouse;
}

/* DECRQM: 0 not known, 1 set, 2 reset. */
void mode_report(struct terminal *t, bool private, unsigned mode)
{
	const uint32_t bit = bit_of(private, mode);
	enum mouse_encoding encoding;
	enum mouse_mode mouse;
	unsigned state = 0;

	if (bit)
		state = t->modes & bit ? 1 : 2;
	else if (private && mouse_of(mode, &mouse))
		state = t->mouse == mouse ? 1 : 2;
	else if (private && encoding_of(mode, &encoding))
		state = t->encoding == encoding ? 1 : 2;
	else if (private && mode == 3)
		state = t->columns == WIDE_COLUMNS ? 1 : 2;
	else if (private && (mode == 47 || mode == 1047 || mode == 1049))
		state = t->screen == &t->alternate ? 1 : 2;
	reply(t, "\33[%s%u;%u$y", private ? "?" : "", mode, state);
}
