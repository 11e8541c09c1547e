/*
 * The us keyboard layout as a table: for drivers whose keys are made up by a
 * program (virtual_drv) or arrive as characters (vnc_drv).
 *
 * Only keys that type something are in it. Enter, Tab, Backspace and the like
 * carry no character: clients act on their key codes.
 */
#ifndef DRIVER_US_US_H
#define DRIVER_US_US_H

#include <stdbool.h>
#include <stdint.h>

struct us_key {
	uint16_t code; /* Linux KEY_* */
	char plain, shifted;
	bool letter; /* Caps Lock inverts Shift */
	bool keypad; /* types only with Num Lock on */
};

/* NULL: the key types nothing. */
const struct us_key *us_key(unsigned code);

/* The key that types that character, Shift when `shifted`. NULL: none does. */
const struct us_key *us_key_typing(uint32_t character, bool *shifted);

/* What the key types; 0: nothing. `caps`, `num`: the locks. */
uint32_t us_character(unsigned code, bool shift, bool caps, bool num);

#endif
