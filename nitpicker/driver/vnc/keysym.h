/*
 * X11 keysyms, which is what viewers send.
 */
#ifndef DRIVER_VNC_KEYSYM_H
#define DRIVER_VNC_KEYSYM_H

#include <stdint.h>

/* The Unicode character; 0: it types nothing. */
uint32_t keysym_character(uint32_t keysym);

/* The Linux key code on a us keyboard; 0: none has it. */
unsigned keysym_code(uint32_t keysym);

#endif
