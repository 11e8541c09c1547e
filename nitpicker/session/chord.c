#include "session/chord.h"

#include <ctype.h>
#include <linux/input-event-codes.h>
#include <stdio.h>
#include <string.h>

#include "session/input.h"

bool chord_is_super(uint32_t code)
{
	return code == KEY_LEFTMETA || code == KEY_RIGHTMETA;
}

bool chord_is_shift(uint32_t code)
{
	return code == KEY_LEFTSHIFT || code == KEY_RIGHTSHIFT;
}

bool chord_parse(const char *text, struct chord *chord)
{
	*chord = (struct chord){ 0 };
	chord->super = !strncmp(text, "Super", 5) &&
		       (!text[5] || text[5] == '+');
	if (chord->super && !text[5])
		return true;
	text += chord->super ? 6 : 0;
	chord->shift = !strncmp(text, "Shift+", 6);
	chord->code = input_code(text + (chord->shift ? 6 : 0));
	return chord->code > 0;
}

void chord_text(const struct chord *chord, char *out, size_t size)
{
	const char *name = chord->code ? input_name(chord->code) : "";
	char key[32];

	if (name && !strncmp(name, "KEY_", 4))
		name += 4;
	/* KEY_TAB is shown as Tab, KEY_F11 as F11. */
	snprintf(key, sizeof(key), "%s", name ? name : "?");
	for (size_t i = 1; i < strlen(key); i++)
		key[i] = (char)tolower((unsigned char)key[i]);
	snprintf(out, size, "%s%s%s%s", chord->super ? "Super" : "",
		 chord->super && chord->code ? "+" : "",
		 chord->shift ? "Shift+" : "", key);
}
