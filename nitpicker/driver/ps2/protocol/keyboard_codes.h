/* Scan codes -> Linux key codes. 0: there is no such key. */
#ifndef DRIVER_PS2_PROTOCOL_KEYBOARD_CODES_H
#define DRIVER_PS2_PROTOCOL_KEYBOARD_CODES_H

#include <stdbool.h>
#include <stdint.h>

/* `scan` below 0x80; `extended`: 0xe0 came before it. */
unsigned ps2_set1_code(uint8_t scan, bool extended);
unsigned ps2_set2_code(uint8_t scan, bool extended);

#endif
