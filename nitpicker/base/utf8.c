#include "base/utf8.h"

size_t utf8_decode(const char *text, size_t max, uint32_t *code)
{
	const unsigned char *s = (const unsigned char *)text;
	uint32_t c, smallest;
	size_t length;

	if (max == 0)
		return 0;
	if (s[0] < 0x80) {
		c = s[0];
		length = 1;
		smallest = 0;
	} else if (s[0] >= 0xc2 && s[0] < 0xe0) {
		c = s[0] & 0x1f;
		length = 2;
		smallest = 0x80;
	} else if (s[0] >= 0xe0 && s[0] < 0xf0) {
		c = s[0] & 0x0f;
		length = 3;
		smallest = 0x800;
	} else if (s[0] >= 0xf0 && s[0] < 0xf5) {
		c = s[0] & 0x07;
		length = 4;
		smallest = 0x10000;
	} else {
		return 0;
	}
	if (length > max)
		return 0;
	for (size_t i = 1; i < length; i++) {
		if ((s[i] & 0xc0) != 0x80)
			return 0;
		c = c << 6 | (s[i] & 0x3f);
	}
	if (c < smallest || c > 0x10ffff || (c >= 0xd800 && c < 0xe000))
		return 0;
	if (code)
		*code = c;
	return length;
}

bool utf8_is_text(const char *text, size_t bytes)
{
	uint32_t code;

	for (size_t i = 0, n; i < bytes; i += n) {
		n = utf8_decode(text + i, bytes - i, &code);
		if (!n || !code)
			return false;
	}
	return true;
}

size_t utf8_encode(uint32_t code, char out[4])
{
	if (code < 0x80) {
		out[0] = (char)code;
		return 1;
	}
	if (code < 0x800) {
		out[0] = (char)(0xc0 | code >> 6);
		out[1] = (char)(0x80 | (code & 0x3f));
		return 2;
	}
	if (code > 0x10ffff || (code >= 0xd800 && code < 0xe000))
		return 0;
	if (code < 0x10000) {
		out[0] = (char)(0xe0 | code >> 12);
		out[1] = (char)(0x80 | (code >> 6 & 0x3f));
		out[2] = (char)(0x80 | (code & 0x3f));
		return 3;
	}
	out[0] = (char)(0xf0 | code >> 18);
	out[1] = (char)(0x80 | (code >> 12 & 0x3f));
	out[2] = (char)(0x80 | (code >> 6 & 0x3f));
	out[3] = (char)(0x80 | (code & 0x3f));
	return 4;
}
