/*
 * Physical keys: SDL's scancodes are the usages of the USB keyboard page, and
 * from 257 on what SDL adds of the consumer page.
 */
#ifndef SDL2_SCANCODE_H
#define SDL2_SCANCODE_H

/* The Linux KEY_* of a scancode; 0: Linux has none, or no such scancode. */
int scancode_to_key(int scancode);

/* The Linux BTN_* of an SDL mouse button, counted from 1; 0: none. */
int button_to_key(int button);

#endif
