/*
 * Keys: what the console does itself, what the program gets.
 */
#include <linux/input-event-codes.h>

#include "console.h"

static const uint64_t repeat_first_ns = 400000000, repeat_ns = 33333333;

/* ---- modifiers ---- */

static const struct {
	unsigned code, modifier;
} modifier_keys[] = {
	{ KEY_LEFTSHIFT, KEY_MOD_SHIFT }, { KEY_RIGHTSHIFT, KEY_MOD_SHIFT },
	{ KEY_LEFTCTRL, KEY_MOD_CTRL },   { KEY_RIGHTCTRL, KEY_MOD_CTRL },
	{ KEY_LEFTALT, KEY_MOD_ALT },     { KEY_LEFTMETA, KEY_MOD_SUPER },
	{ KEY_RIGHTMETA, KEY_MOD_SUPER },
};

/* Keeps which of them are held; false: it is none. */
static bool modifier_event(struct console *c, unsigned code, bool press)
{
	for (unsigned i = 0; i < array_size(modifier_keys); i++) {
		if (modifier_keys[i].code != code)
			continue;
		if (press)
			c->held |= 1u << i;
		else
			c->held &= ~(1u << i);
		return true;
	}
	return code == KEY_RIGHTALT || code == KEY_CAPSLOCK ||
	       code == KEY_NUMLOCK || code == KEY_SCROLLLOCK;
}

unsigned keys_modifiers(const struct console *c)
{
	unsigned modifiers = 0;

	for (unsigned i = 0; i < array_size(modifier_keys); i++)
		if (c->held >> i & 1)
			modifiers |= modifier_keys[i].modifier;
	return modifiers;
}

void keys_forget(struct console *c)
{
	c->held = 0;
	c->repeat_code = 0;
	c->silent_code = 0;
	timer_cancel(&c->repeat_timer);
}

/* ---- keys that are no characters ---- */

static const struct {
	uint16_t code;
	uint16_t key;
} special_keys[] = {
	{ KEY_UP, TERMINAL_KEY_UP },
	{ KEY_DOWN, TERMINAL_KEY_DOWN },
	{ KEY_RIGHT, TERMINAL_KEY_RIGHT },
	{ KEY_LEFT, TERMINAL_KEY_LEFT },
	{ KEY_HOME, TERMINAL_KEY_HOME },
	{ KEY_END, TERMINAL_KEY_END },
	{ KEY_INSERT, TERMINAL_KEY_INSERT },
	{ KEY_DELETE, TERMINAL_KEY_DELETE },
	{ KEY_PAGEUP, TERMINAL_KEY_PAGE_UP },
	{ KEY_PAGEDOWN, TERMINAL_KEY_PAGE_DOWN },
	{ KEY_ENTER, TERMINAL_KEY_ENTER },
	{ KEY_TAB, TERMINAL_KEY_TAB },
	{ KEY_BACKSPACE, TERMINAL_KEY_BACKSPACE },
	{ KEY_ESC, TERMINAL_KEY_ESCAPE },
	{ KEY_KP0, TERMINAL_KEY_PAD_0 },
	{ KEY_KP1, TERMINAL_KEY_PAD_0 + 1 },
	{ KEY_KP2, TERMINAL_KEY_PAD_0 + 2 },
	{ KEY_KP3, TERMINAL_KEY_PAD_0 + 3 },
	{ KEY_KP4, TERMINAL_KEY_PAD_0 + 4 },
	{ KEY_KP5, TERMINAL_KEY_PAD_0 + 5 },
	{ KEY_KP6, TERMINAL_KEY_PAD_0 + 6 },
	{ KEY_KP7, TERMINAL_KEY_PAD_0 + 7 },
	{ KEY_KP8, TERMINAL_KEY_PAD_0 + 8 },
	{ KEY_KP9, TERMINAL_KEY_PAD_9 },
	{ KEY_KPDOT, TERMINAL_KEY_PAD_DOT },
	{ KEY_KPPLUS, TERMINAL_KEY_PAD_PLUS },
	{ KEY_KPMINUS, TERMINAL_KEY_PAD_MINUS },
	{ KEY_KPASTERISK, TERMINAL_KEY_PAD_TIMES },
	{ KEY_KPSLASH, TERMINAL_KEY_PAD_DIVIDE },
	{ KEY_KPENTER, TERMINAL_KEY_PAD_ENTER },
};

static bool special_key(unsigned code, enum terminal_key *key)
{
	if (code >= KEY_F1 && code <= KEY_F10)
		*key = TERMINAL_KEY_F1 + code - KEY_F1;
	else if (code == KEY_F11 || code == KEY_F12)
		*key = TERMINAL_KEY_F1 + 10 + code - KEY_F11;
	else if (code >= KEY_F13 && code <= KEY_F20)
		*key = TERMINAL_KEY_F1 + 12 + code - KEY_F13;
	else
		for (size_t i = 0; i < array_size(special_keys); i++)
			if (special_keys[i].code == code) {
				*key = special_keys[i].key;
				return true;
			}
	return code >= KEY_F1 &&
	       (code <= KEY_F10 || code == KEY_F11 || code == KEY_F12 ||
		(code >= KEY_F13 && code <= KEY_F20));
}

/* The program got something: the user looks at it. */
static void typed(struct console *c, const char *bytes, size_t count)
{
	if (c->message[0])
		console_message(c, "%s", "");
	if (c->selection.kind != SELECT_NONE)
		select_clear(c);
	if (c->back)
		paint_scroll(c, -(int64_t)c->back);
	shell_write(c, bytes, count);
}

/* Sends what that key is without being a character; false: nothing. */
static bool send_key(struct console *c, unsigned code, uint32_t character)
{
	const unsigned modifiers = keys_modifiers(c);
	char out[TERMINAL_KEY_MAX];
	enum terminal_key key;
	size_t count = 0;

	if (special_key(code, &key))
		count = terminal_key(c->terminal, key, modifiers, out);
	else if (modifiers & (KEY_MOD_CTRL | KEY_MOD_ALT) && character) {
		if (modifiers & KEY_MOD_SHIFT && character >= 'a' &&
		    character <= 'z' && !(modifiers & KEY_MOD_CTRL))
			character -= 'a' - 'A';
		count = terminal_character(c->terminal, character, modifiers,
					   out);
	}
	if (count)
		typed(c, out, count);
	return count > 0;
}

/* What drivers repeat are characters only. */
void keys_repeat(void *user)
{
	struct console *c = user;

	if (!c->repeat_code)
		return;
	if (!shortcut(c, c->repeat_code, keys_modifiers(c)))
		send_key(c, c->repeat_code, c->repeat_character);
	timer_set_in(&c->repeat_timer, repeat_ns);
}

static void press(struct console *c, unsigned code, uint32_t character)
{
	const unsigned modifiers = keys_modifiers(c);

	if (!c->shell.pid && code == KEY_ENTER) {
		console_message(c, "%s", "");
		shell_start(c);
		return;
	}
	c->silent_code = 0;
	if (!shortcut(c, code, modifiers)) {
		if (!send_key(c, code, character))
			return;
		c->silent_code = code;
	}
	c->repeat_code = code;
	c->repeat_character = character;
	timer_set_in(&c->repeat_timer, repeat_first_ns);
}

static void character(struct console *c, const struct input_event *event)
{
	char out[TERMINAL_KEY_MAX];
	size_t count;

	/* Enter and its like were sent as keys. */
	if (event->character < 0x20 || event->character == 0x7f ||
	    (event->code && event->code == c->silent_code))
		return;
	if (c->selection.by_keys || search_character(c, event->character))
		return;
	count = terminal_character(c->terminal, event->character, 0, out);
	typed(c, out, count);
}

void keys_event(struct console *c, const struct input_event *event)
{
	switch (event->type) {
	case INPUT_PRESS:
		if (event->code < BTN_MISC &&
		    !modifier_event(c, event->code, true))
			press(c, event->code, event->character);
		break;
	case INPUT_RELEASE:
		if (event->code == c->repeat_code) {
			c->repeat_code = 0;
			timer_cancel(&c->repeat_timer);
		}
		modifier_event(c, event->code, false);
		break;
	case INPUT_CHARACTER:
		character(c, event);
		break;
	default:
		break;
	}
}
