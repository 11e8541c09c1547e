/*
 * Keys as bytes, as xterm writes them; paste, focus.
 */
#include <stdio.h>
#include <string.h>

#include "base/utf8.h"
#include "liquid_fb/terminal/terminal_private.h"

/* xterm's number of a set of modifiers. */
static unsigned modifier_number(unsigned modifiers)
{
	return 1 + (modifiers & (KEY_MOD_SHIFT | KEY_MOD_ALT | KEY_MOD_CTRL));
}

static size_t text(char *out, const char *string)
{
	const size_t length = strlen(string);

	memcpy(out, string, length + 1);
	return length;
}

static size_t with_alt(char *out, unsigned modifiers, const char *string)
{
	size_t length = 0;

	if (modifiers & KEY_MOD_ALT)
		out[length++] = '\33';
	return length + text(out + length, string);
}

/* CSI letter, SS3 letter, or CSI 1 ; modifiers letter. */
static size_t letter_key(char *out, char letter, unsigned modifiers, bool ss3)
{
	if (modifier_number(modifiers) > 1)
		return (size_t)sprintf(out, "\33[1;%u%c",
				       modifier_number(modifiers), letter);
	return (size_t)sprintf(out, "\33%c%c", ss3 ? 'O' : '[', letter);
}

static size_t tilde_key(char *out, unsigned number, unsigned modifiers)
{
	if (modifier_number(modifiers) > 1)
		return (size_t)sprintf(out, "\33[%u;%u~", number,
				       modifier_number(modifiers));
	return (size_t)sprintf(out, "\33[%u~", number);
}

static size_t function_key(char *out, unsigned n, unsigned modifiers)
{
	static const uint8_t numbers[] = { 15, 17, 18, 19, 20, 21, 23, 24,
					   25, 26, 28, 29, 31, 32, 33, 34 };

	if (n < 4)
		return letter_key(out, (char)('P' + n), modifiers, true);
	return tilde_key(out, numbers[n - 4], modifiers);
}

static size_t pad_key(const struct terminal *t, char *out, unsigned n,
		      unsigned modifiers)
{
	static const char letters[] = "pqrstuvwxynkmjoM";

	if (t->modes & MODE_KEYPAD)
		return letter_key(out, letters[n], modifiers, true);
	if (n + TERMINAL_KEY_PAD_0 == TERMINAL_KEY_PAD_ENTER)
		return terminal_key(t, TERMINAL_KEY_ENTER, modifiers, out);
	return 0;
}

static size_t backspace(const struct terminal *t, char *out, unsigned modifiers)
{
	const bool bs = !(t->modes & MODE_BACKSPACE) !=
			!(modifiers & KEY_MOD_CTRL);

	return with_alt(out, modifiers, bs ? "\b" : "\177");
}

/* Ctrl with Enter, Tab, Escape, where the program wants to know. */
static size_t other_key(const struct terminal *t, char *out, unsigned code,
			unsigned modifiers)
{
	if (t->modify_other < 2 || modifier_number(modifiers) == 1)
		return 0;
	return (size_t)sprintf(out, "\33[27;%u;%u~", modifier_number(modifiers),
			       code);
}

static size_t plain_key(const struct terminal *t, enum terminal_key key,
			unsigned modifiers, char *out)
{
	size_t length = 0;

	switch (key) {
	case TERMINAL_KEY_ENTER:
		length = other_key(t, out, '\r', modifiers);
		return length ? length
			      : with_alt(out, modifiers,
					 t->modes & MODE_NEWLINE ? "\r\n"
								 : "\r");
	case TERMINAL_KEY_TAB:
		if ((modifiers & KEY_MOD_SHIFT) && t->modify_other < 2)
			return with_alt(out, modifiers, "\33[Z");
		length = other_key(t, out, '\t', modifiers);
		return length ? length : with_alt(out, modifiers, "\t");
	case TERMINAL_KEY_BACKSPACE:
		return backspace(t, out, modifiers);
	default:
		length = other_key(t, out, 27, modifiers);
		return length ? length : with_alt(out, modifiers, "\33");
	}
}

size_t terminal_key(const struct terminal *t, enum terminal_key key,
		    unsigned modifiers, char out[TERMINAL_KEY_MAX])
{
	static const char letters[] = "ABCDHF";
	const bool ss3 = t->modes & MODE_CURSOR_KEYS;

	if (key <= TERMINAL_KEY_END)
		return letter_key(out, letters[key], modifiers, ss3);
	if (key <= TERMINAL_KEY_DELETE)
		return tilde_key(out, 2 + key - TERMINAL_KEY_INSERT, modifiers);
	if (key <= TERMINAL_KEY_PAGE_DOWN)
		return tilde_key(out, 5 + key - TERMINAL_KEY_PAGE_UP,
				 modifiers);
	if (key <= TERMINAL_KEY_ESCAPE)
		return plain_key(t, key, modifiers, out);
	if (key <= TERMINAL_KEY_PAD_ENTER)
		return pad_key(t, out, key - TERMINAL_KEY_PAD_0, modifiers);
	return function_key(out, key - TERMINAL_KEY_F1, modifiers);
}

/* The control character of Ctrl and a character; -1: there is none. */
static int control_of(uint32_t code)
{
	if (code >= 'a' && code <= 'z')
		return (int)code - 'a' + 1;
	if (code >= '@' && code <= '_')
		return (int)code - '@';
	switch (code) {
	case ' ':
	case '2':
		return 0;
	case '8':
	case '?':
		return 0x7f;
	case '/':
	case '-':
		return 0x1f;
	case '`':
		return 0;
	case '~':
		return 0x1e;
	default:
		return code >= '3' && code <= '7' ? (int)code - '3' + 0x1b : -1;
	}
}

size_t terminal_character(const struct terminal *t, uint32_t code,
			  unsigned modifiers, char out[TERMINAL_KEY_MAX])
{
	const int control = modifiers & KEY_MOD_CTRL ? control_of(code) : -1;
	const bool ambiguous = modifiers & (KEY_MOD_CTRL | KEY_MOD_ALT);
	size_t length = 0;

	if ((ambiguous && t->modify_other == 2) ||
	    (modifiers & KEY_MOD_CTRL && control < 0 && t->modify_other))
		return (size_t)sprintf(out, "\33[27;%u;%u~",
				       modifier_number(modifiers),
				       (unsigned)code);
	if (modifiers & KEY_MOD_ALT && t->modes & MODE_META)
		out[length++] = '\33';
	if (control >= 0) {
		out[length++] = (char)control;
		return length;
	}
	return length + utf8_encode(code, out + length);
}

size_t terminal_focus(const struct terminal *t, bool in,
		      char out[TERMINAL_KEY_MAX])
{
	if (!(t->modes & MODE_FOCUS))
		return 0;
	return text(out, in ? "\33[I" : "\33[O");
}

/* No control character but Tab gets through, so that nothing that is pasted
 * can end the brackets or be a command. */
char *terminal_paste(const struct terminal *t, const char *from, size_t bytes,
		     size_t *out_bytes)
{
	const bool brackets = t->modes & MODE_PASTE;
	char *out = xcalloc(bytes + 16, 1);
	size_t used = 0;

	if (brackets)
		used += text(out, "\33[200~");
	for (size_t i = 0; i < bytes; i++) {
		const uint8_t byte = (uint8_t)from[i];

		/* C1 as UTF-8: c2 80 to c2 9f */
		if (byte == 0xc2 && i + 1 < bytes &&
		    (uint8_t)from[i + 1] < 0xa0)
			i++;
		else if (byte == '\n' && i && from[i - 1] == '\r')
			continue;
		else if (byte == '\n' || byte == '\r')
			out[used++] = '\r';
		else if (byte == '\t' || (byte >= 0x20 && byte != 0x7f))
			out[used++] = (char)byte;
	}
	if (brackets)
		used += text(out + used, "\33[201~");
	*out_bytes = used;
	return out;
}
