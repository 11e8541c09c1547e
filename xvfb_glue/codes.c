#include "codes.h"

#include <linux/input-event-codes.h>

uint8_t codes_key(unsigned code)
{
	switch (code) {
	case KEY_MICMUTE: /* 248 is too large; F20 has its keysym */
		return KEY_F20 + KEYCODE_MIN;
	case KEY_VIDEO_NEXT: /* the server changes its mode and tells nobody */
	case KEY_VIDEO_PREV:
		return 0;
	default:
		return code && code + KEYCODE_MIN <= KEYCODE_MAX
			       ? (uint8_t)(code + KEYCODE_MIN)
			       : 0;
	}
}

uint8_t codes_button(unsigned code)
{
	switch (code) {
	case BTN_LEFT:
	case BTN_TOUCH:
		return 1;
	case BTN_MIDDLE:
		return 2;
	case BTN_RIGHT:
		return 3;
	case BTN_SIDE:
	case BTN_BACK:
		return 8;
	case BTN_EXTRA:
		return 9;
	case BTN_FORWARD:
		return 10;
	default:
		return 0;
	}
}

/* Keysyms: X.Org, "X11/keysymdef.h". */
uint32_t codes_keysym(uint32_t character)
{
	enum { FUNCTION = 0xff00, UNICODE = 0x1000000 };

	switch (character) {
	case '\b':
	case '\t':
	case '\r':
	case 0x1b:
		return FUNCTION + character;
	case '\n':
		return FUNCTION + '\r';
	case 0x7f:
		return 0xffff;
	default:
		break;
	}
	if (character < 0x20 || (character > 0x7f && character < 0xa0) ||
	    character > 0x10ffff ||
	    (character >= 0xd800 && character <= 0xdfff))
		return 0;
	return character < 0x100 ? character : UNICODE + character;
}
