/*
 * Escape sequences, soft and hard reset.
 */
#include <string.h>

#include "liquid_fb/terminal/terminal_private.h"

/* ESC ( B and the like: a character set for G0 to G3. */
static bool designate(struct terminal *t, char intermediate, char final)
{
	static const char sets[] = "()*+";
	const char *set = strchr(sets, intermediate);

	if (!intermediate || !set)
		return false;
	switch (final) {
	case '0':
	case '2':
		t->charsets[set - sets] = '0';
		break;
	case 'A':
		t->charsets[set - sets] = 'A';
		break;
	default:
		t->charsets[set - sets] = 'B';
	}
	print_update(t);
	return true;
}

static void lock_shift(struct terminal *t, uint8_t set)
{
	t->gl = set;
	print_update(t);
}

static void single_shift(struct terminal *t, uint8_t set)
{
	t->single = set + 1;
	print_update(t);
}

static void without_intermediate(struct terminal *t, char final)
{
	switch (final) {
	case '6':
		column_reverse_index(t);
		break;
	case '9':
		column_index(t);
		break;
	case '7':
		cursor_save(t);
		break;
	case '8':
		cursor_restore(t);
		break;
	case 'D':
		cursor_index(t);
		break;
	case 'E':
		cursor_index(t);
		cursor_return(t);
		break;
	case 'H':
		t->tabs[t->x] = 1;
		break;
	case 'M':
		cursor_reverse_index(t);
		break;
	case 'N':
	case 'O':
		single_shift(t, final == 'N' ? 2 : 3);
		break;
	case 'n':
	case 'o':
		lock_shift(t, final == 'n' ? 2 : 3);
		break;
	case 'V':
		t->pen.flags |= CELL_PROTECTED;
		break;
	case 'W':
		t->pen.flags &= (uint16_t)~CELL_PROTECTED;
		break;
	case 'Z':
		identify(t);
		break;
	case 'c':
		terminal_hard_reset(t);
		break;
	case '=':
		t->modes |= MODE_KEYPAD;
		break;
	case '>':
		t->modes &= ~(uint32_t)MODE_KEYPAD;
		break;
	default:
		break;
	}
}

void esc_dispatch(struct terminal *t, char final)
{
	const struct parser *p = &t->parser;

	if (!p->intermediate_count)
		without_intermediate(t, final);
	else if (p->intermediate_count > 1)
		return;
	else if (!designate(t, p->intermediates[0], final) &&
		 p->intermediates[0] == '#' && final == '8') {
		margins_reset(t);
		t->modes &= ~(uint32_t)MODE_ORIGIN;
		cursor_to(t, 0, 0);
		fill_with_e(t);
	}
}

/* ---- resets ---- */

static void reset_charsets(struct terminal *t)
{
	memset(t->charsets, 'B', sizeof(t->charsets));
	t->gl = t->single = 0;
}

static void reset_saved(struct terminal *t)
{
	struct saved_cursor saved = { .x = 0 };

	memset(saved.charsets, 'B', sizeof(saved.charsets));
	t->primary.saved = t->alternate.saved = saved;
}

void terminal_soft_reset(struct terminal *t)
{
	t->modes &= ~(uint32_t)(MODE_INSERT | MODE_ORIGIN | MODE_CURSOR_KEYS |
				MODE_KEYPAD | MODE_BACKWARD_WRAP |
				MODE_MARGINS);
	t->modes |= MODE_CURSOR | MODE_WRAP;
	margins_reset(t);
	t->blocks = false;
	t->pen = (struct cell){ .code = 0 };
	reset_charsets(t);
	t->screen->saved = (struct saved_cursor){ .x = 0 };
	memset(t->screen->saved.charsets, 'B', 4);
	print_update(t);
}

void terminal_hard_reset(struct terminal *t)
{
	t->pen = (struct cell){ .code = 0 };
	screen_switch(t, true, true);
	screen_switch(t, false, true);
	t->modes = MODE_CURSOR | MODE_WRAP | MODE_META | MODE_WHEEL_KEYS;
	t->saved_modes = t->modes;
	t->mouse = t->saved_mouse = MOUSE_OFF;
	t->encoding = ENCODING_X10;
	t->shape = CURSOR_BLOCK;
	t->modify_other = 0;
	margins_reset(t);
	t->blocks = false;
	t->x = t->y = 0;
	t->last_column = false;
	t->last_code = 0;
	t->cluster_joins = 0;
	reset_charsets(t);
	reset_saved(t);
	tabs_reset(t);
	memcpy(t->palette, t->user_palette, sizeof(t->palette));
	if (t->handler->palette)
		t->handler->palette(t->user);
	print_update(t);
	damage_all(t);
}
