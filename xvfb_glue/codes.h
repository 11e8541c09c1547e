/*
 * codes: Linux codes of keys and buttons, and characters, as X numbers them.
 */
#ifndef XVFB_GLUE_CODES_H
#define XVFB_GLUE_CODES_H

#include <stdint.h>

enum {
	KEYCODE_MIN = 8,
	KEYCODE_MAX = 255,
	BUTTON_MAX = 10, /* the last one that XTEST knows */
	BUTTON_WHEEL_UP = 4,
	BUTTON_WHEEL_DOWN = 5,
	BUTTON_WHEEL_LEFT = 6,
	BUTTON_WHEEL_RIGHT = 7,
};

/* The X key code of a KEY_*: that + 8, as in the rules "evdev". 0: X has none
 * (its codes end at 255), or the server would act on it itself. */
uint8_t codes_key(unsigned code);

/* The X button of a BTN_*; 0: it has none. */
uint8_t codes_button(unsigned code);

/* The keysym that types a character, or does what a control character does; 0:
 * there is none. */
uint32_t codes_keysym(uint32_t character);

#endif
