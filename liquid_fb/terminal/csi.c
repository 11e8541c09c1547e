/*
 * Control sequences: CSI parameters letter.
 */
#include "liquid_fb/terminal/terminal_private.h"

unsigned param(const struct terminal *t, unsigned i, unsigned otherwise)
{
	const struct parser *p = &t->parser;

	return i < p->count && p->values[i] ? p->values[i] : otherwise;
}

static void each_mode(struct terminal *t, bool private,
		      void (*fn)(struct terminal *t, unsigned mode))
{
	const struct parser *p = &t->parser;

	for (unsigned i = 0; i < p->count && private; i++)
		fn(t, p->values[i]);
}

static void set_modes(struct terminal *t, bool private, bool on)
{
	/* A mode may reset the parser's terminal, not its parameters. */
	for (unsigned i = 0; i < t->parser.count; i++)
		mode_set(t, private, t->parser.values[i], on);
}

static void set_margins(struct terminal *t)
{
	const unsigned height = (unsigned)t->height;
	unsigned top = param(t, 0, 1), bottom = param(t, 1, height);

	if (bottom > height)
		bottom = height;
	if (top >= bottom)
		return;
	t->top = (int)top - 1;
	t->bottom = (int)bottom - 1;
	cursor_to(t, 0, 0);
}

static void clear_tabs(struct terminal *t)
{
	if (param(t, 0, 0) == 0)
		t->tabs[t->x] = 0;
	else if (param(t, 0, 0) == 3)
		for (int x = 0; x < t->columns; x++)
			t->tabs[x] = 0;
}

/* Letters without prefix and intermediates; false: none of these. */
static bool move(struct terminal *t, char final, int n)
{
	switch (final) {
	case 'A':
		cursor_up(t, n);
		break;
	case 'B':
		cursor_down(t, n);
		break;
	case 'e':
		/* Margins don't stop it. */
		t->y = n < t->height - t->y ? t->y + n : t->height - 1;
		cursor_clip(t);
		break;
	case 'a':
		/* Nor this one. */
		t->x = n < t->columns - t->x ? t->x + n : t->columns - 1;
		cursor_clip(t);
		break;
	case 'C':
		cursor_right(t, n);
		break;
	case 'D':
		cursor_left(t, n);
		break;
	case 'E':
		cursor_down(t, n);
		cursor_return(t);
		break;
	case 'F':
		cursor_up(t, n);
		cursor_return(t);
		break;
	case 'G':
	case '`':
		cursor_to_column(t, n - 1);
		break;
	case 'H':
	case 'f':
		cursor_to(t, (int)param(t, 1, 1) - 1, n - 1);
		break;
	case 'I':
		cursor_tab(t, n);
		break;
	case 'Z':
		cursor_back_tab(t, n);
		break;
	case 'd':
		cursor_to_row(t, n - 1);
		break;
	default:
		return false;
	}
	return true;
}

static bool edit(struct terminal *t, char final, int n)
{
	switch (final) {
	case '@':
		insert_characters(t, n);
		break;
	case 'P':
		delete_characters(t, n);
		break;
	case 'X':
		erase_characters(t, n);
		break;
	case 'L':
		insert_lines(t, n);
		break;
	case 'M':
		delete_lines(t, n);
		break;
	case 'J':
		erase_display(t, param(t, 0, 0), false);
		break;
	case 'K':
		erase_line(t, param(t, 0, 0), false);
		break;
	case 'S':
		scroll_up(t, t->top, t->bottom, n);
		break;
	case 'T':
		if (t->parser.count < 2)
			scroll_down(t, t->top, t->bottom, n);
		break;
	case 'b':
		/* More than a screen full changes nothing more. */
		if (n > t->columns * t->height)
			n = t->columns * t->height;
		print_repeat(t, n);
		break;
	default:
		return false;
	}
	return true;
}

static void plain(struct terminal *t, char final)
{
	const int n = (int)param(t, 0, 1);

	if (final == 'm') {
		style_dispatch(t);
		return;
	}
	if (move(t, final, n) || edit(t, final, n))
		return;
	switch (final) {
	case 'g':
		clear_tabs(t);
		break;
	case 'h':
	case 'l':
		set_modes(t, false, final == 'h');
		break;
	case 'r':
		set_margins(t);
		break;
	case 's':
		if (t->modes & MODE_MARGINS)
			margins_set_columns(t);
		else
			cursor_save(t);
		break;
	case 'u':
		cursor_restore(t);
		break;
	case 't':
		window_dispatch(t);
		break;
	case 'c':
	case 'n':
	case 'x':
		report_dispatch(t, final);
		break;
	default:
		break;
	}
}

static void questioned(struct terminal *t, char final)
{
	switch (final) {
	case 'h':
	case 'l':
		set_modes(t, true, final == 'h');
		break;
	case 'J':
		erase_display(t, param(t, 0, 0), true);
		break;
	case 'K':
		erase_line(t, param(t, 0, 0), true);
		break;
	case 's':
		each_mode(t, true, mode_save);
		break;
	case 'r':
		each_mode(t, true, mode_restore);
		break;
	case 'n':
		report_dispatch(t, final);
		break;
	default:
		break;
	}
}

/* CSI > m: how keys are written that xterm writes in several ways. */
static void key_options(struct terminal *t, char final)
{
	unsigned value = param(t, 1, 0);

	if (final == 'n') {
		t->modify_other = 0;
		return;
	}
	if (param(t, 0, 0) == 4)
		t->modify_other = value > 2 ? 2 : value;
}

static void set_shape(struct terminal *t)
{
	const unsigned style = param(t, 0, 0);

	if (style > 6)
		return;
	t->shape = style < 3   ? CURSOR_BLOCK
		   : style < 5 ? CURSOR_UNDERLINE
			       : CURSOR_BAR;
	if (style && style % 2 == 0)
		t->modes &= ~(uint32_t)MODE_BLINKING;
	else if (style)
		t->modes |= MODE_BLINKING;
	else
		t->modes &= ~(uint32_t)MODE_BLINKING;
}

static void set_protected(struct terminal *t)
{
	const unsigned what = param(t, 0, 0);

	if (what == 1)
		t->pen.flags |= CELL_PROTECTED;
	else if (what == 0 || what == 2)
		t->pen.flags &= (uint16_t)~CELL_PROTECTED;
}

/* The columns of the region move. */
static void move_columns(struct terminal *t, char intermediate, char final)
{
	const int n = (int)param(t, 0, 1);

	if (intermediate == ' ')
		shift_columns(t, t->left, final == '@' ? -n : n);
	else if (in_rows(t) && in_columns(t))
		shift_columns(t, t->x, final == '}' ? n : -n);
}

static void with_intermediate(struct terminal *t, char intermediate, char final)
{
	const struct parser *p = &t->parser;

	if (!p->prefix &&
	    ((intermediate == ' ' && (final == '@' || final == 'A')) ||
	     (intermediate == '\'' && (final == '}' || final == '~'))))
		move_columns(t, intermediate, final);
	else if (intermediate == '*' && final == 'x' && !p->prefix)
		t->blocks = param(t, 0, 0) == 2;
	else if (intermediate == '$' && !p->prefix &&
		 rectangle_dispatch(t, final))
		return;
	else if (intermediate == '!' && final == 'p' && !p->prefix)
		terminal_soft_reset(t);
	else if (intermediate == ' ' && final == 'q' && !p->prefix)
		set_shape(t);
	else if (intermediate == '"' && final == 'q' && !p->prefix)
		set_protected(t);
	else if (intermediate == '$' && final == 'p' &&
		 (!p->prefix || p->prefix == '?'))
		mode_report(t, p->prefix == '?', param(t, 0, 0));
}

void csi_dispatch(struct terminal *t, char final)
{
	const struct parser *p = &t->parser;

	if (p->intermediate_count == 1)
		with_intermediate(t, p->intermediates[0], final);
	else if (p->intermediate_count)
		return;
	else if (!p->prefix)
		plain(t, final);
	else if (p->prefix == '?')
		questioned(t, final);
	else if (p->prefix == '>' && (final == 'm' || final == 'n'))
		key_options(t, final);
	else if (final == 'c' || final == 'q')
		report_dispatch(t, final);
}
