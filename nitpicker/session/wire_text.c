/*
 * Text on the wire: UTF-8 without control characters, explicit length, the
 * rest of its field zero.
 */
#include <string.h>

#include "base/utf8.h"
#include "session/wire.h"

/* C0, DEL and C1. */
static bool code_is_control(uint32_t code)
{
	return code < 0x20 || (code >= 0x7f && code < 0xa0);
}

/* Length of the character at `text`, 0 if it is none or a control one. */
static size_t character_length(const char *text, size_t left)
{
	uint32_t code;
	size_t length = utf8_decode(text, left, &code);

	return code_is_control(length ? code : 0) ? 0 : length;
}

bool wire_text_is_valid(const char *text, size_t length)
{
	for (size_t at = 0, step; at < length; at += step) {
		step = character_length(text + at, length - at);
		if (!step)
			return false;
	}
	return true;
}

bool wire_name_is_valid(const char *name)
{
	static const char allowed[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
				      "abcdefghijklmnopqrstuvwxyz"
				      "0123456789._+-";
	size_t length = strspn(name, allowed);

	return length >= 1 && length <= 63 && !name[length] && name[0] != '.';
}

void wire_set_text(uint32_t *length, char *text, size_t size, const char *from)
{
	size_t left = from ? strlen(from) : 0;
	size_t used = 0;

	memset(text, 0, size);
	while (left && used < size) {
		size_t step = character_length(from, left);

		if (!step) {
			text[used++] = '?';
			step = 1;
		} else if (step <= size - used) {
			memcpy(text + used, from, step);
			used += step;
		} else {
			break;
		}
		from += step;
		left -= step;
	}
	*length = (uint32_t)used;
}

void wire_get_text(uint32_t length, const char *text, char *out,
		   size_t out_size)
{
	size_t used = length < out_size ? length : out_size - 1;

	memcpy(out, text, used);
	out[used] = '\0';
}
