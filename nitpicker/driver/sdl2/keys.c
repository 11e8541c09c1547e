#include "keys.h"

#include "base/alloc.h"

#include <ctype.h>
#include <linux/input-event-codes.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>

static const struct {
	const char *name;
	unsigned modifier;
	int left, right;
} modifiers[] = {
	{ "Ctrl", MODIFIER_CTRL, KEY_LEFTCTRL, KEY_RIGHTCTRL },
	{ "Alt", MODIFIER_ALT, KEY_LEFTALT, KEY_RIGHTALT },
	{ "Shift", MODIFIER_SHIFT, KEY_LEFTSHIFT, KEY_RIGHTSHIFT },
	{ "Super", MODIFIER_SUPER, KEY_LEFTMETA, KEY_RIGHTMETA },
};

enum { MODIFIER_COUNT = sizeof(modifiers) / sizeof(modifiers[0]) };

static unsigned modifier_by_name(const char *name, size_t length)
{
	for (int i = 0; i < MODIFIER_COUNT; i++)
		if (strlen(modifiers[i].name) == length &&
		    !strncasecmp(modifiers[i].name, name, length))
			return modifiers[i].modifier;
	return 0;
}

bool chord_parse(const char *text, struct chord *chord)
{
	struct chord parsed = { 0 };
	const char *plus;
	char name[64] = "KEY_";
	size_t length;

	if (!strcmp(text, "off")) {
		*chord = parsed;
		return true;
	}
	for (; (plus = strchr(text, '+')) != NULL; text = plus + 1) {
		unsigned modifier = modifier_by_name(text, plus - text);

		if (!modifier)
			return false;
		parsed.modifiers |= modifier;
	}
	length = strlen(text);
	if (!length || length >= sizeof(name) - 4)
		return false;
	for (size_t i = 0; i <= length; i++)
		name[4 + i] = (char)toupper((unsigned char)text[i]);
	parsed.key = input_code(name);
	if (parsed.key <= 0)
		return false;
	*chord = parsed;
	return true;
}

static void set_held(struct keys *keys, int code, bool on)
{
	uint64_t bit = UINT64_C(1) << (code & 63);

	if (on)
		keys->held[code / 64] |= bit;
	else
		keys->held[code / 64] &= ~bit;
}

bool keys_held(const struct keys *keys, int code)
{
	return code > 0 && code <= INPUT_CODE_MAX &&
	       (keys->held[code / 64] >> (code & 63)) & 1;
}

bool keys_any_held(const struct keys *keys)
{
	for (size_t i = 0; i < array_size(keys->held); i++)
		if (keys->held[i])
			return true;
	return false;
}

static unsigned held_modifiers(const struct keys *keys)
{
	unsigned held = 0;

	for (int i = 0; i < MODIFIER_COUNT; i++)
		if (keys_held(keys, modifiers[i].left) ||
		    keys_held(keys, modifiers[i].right))
			held |= modifiers[i].modifier;
	return held;
}

enum press_action keys_press(struct keys *keys, int code, bool repeat)
{
	keys_text_end(keys);
	if (code <= 0 || code > INPUT_CODE_MAX || code == keys->swallowed)
		return PRESS_IGNORE;
	if (keys_held(keys, code)) {
		keys->text_code = code;
		keys->text_repeat = true;
		return PRESS_IGNORE;
	}
	/* Held when the client or the focus came: not pressed for us. */
	if (repeat)
		return PRESS_IGNORE;
	if (code == keys->chord.key &&
	    held_modifiers(keys) == keys->chord.modifiers) {
		keys->swallowed = code;
		return PRESS_CHORD;
	}
	set_held(keys, code, true);
	keys->text_code = code;
	keys->text_repeat = false;
	return PRESS_SEND;
}

bool keys_release(struct keys *keys, int code)
{
	keys_text_end(keys);
	if (code == keys->swallowed)
		keys->swallowed = 0;
	if (!keys_held(keys, code))
		return false;
	set_held(keys, code, false);
	return true;
}

void keys_forget(struct keys *keys)
{
	memset(keys->held, 0, sizeof(keys->held));
	keys->swallowed = 0;
	keys_text_end(keys);
}

void keys_text_end(struct keys *keys)
{
	keys->text_code = 0;
	keys->text_repeat = false;
}

/* One code point of UTF-8 at *text, which moves behind it; 0xfffd for one
 * malformed byte; 0 at the end. */
static uint32_t next_code_point(const char **text)
{
	const unsigned char *s = (const unsigned char *)*text;
	static const uint32_t least[] = { 0, 0x80, 0x800, 0x10000 };
	unsigned more;
	uint32_t point;

	if (!*s)
		return 0;
	more = *s < 0x80   ? 0
	       : *s < 0xc0 ? 4
	       : *s < 0xe0 ? 1
	       : *s < 0xf0 ? 2
	       : *s < 0xf8 ? 3
			   : 4;
	(*text)++;
	if (more == 4)
		return 0xfffd;
	point = more ? *s & (0x3fu >> more) : *s;
	for (unsigned i = 1; i <= more; i++) {
		if ((s[i] & 0xc0) != 0x80)
			return 0xfffd;
		point = point << 6 | (s[i] & 0x3f);
	}
	if (point < least[more] || point > 0x10ffff ||
	    (point >= 0xd800 && point < 0xe000))
		return 0xfffd;
	*text += more;
	return point;
}

bool keys_text(const struct keys *keys, const char **text,
	       struct input_event *event)
{
	uint32_t point;

	if ((held_modifiers(keys) & (MODIFIER_CTRL | MODIFIER_SUPER)) ||
	    keys_held(keys, KEY_LEFTALT) || keys->swallowed)
		return false;
	do {
		point = next_code_point(text);
	} while (point == 0xfffd || (point && point < 0x20) ||
		 (point >= 0x7f && point < 0xa0));
	if (!point)
		return false;
	*event = (struct input_event){
		.type = INPUT_CHARACTER,
		.code = (uint32_t)keys->text_code,
		.character = point,
		.x = keys->text_repeat,
	};
	return true;
}
