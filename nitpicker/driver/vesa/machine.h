/*
 * The PC that the video BIOS runs on: its first page, its ROMs, the card's
 * window and ports. Needs the right to open /dev/mem and to use ports
 * (CAP_SYS_RAWIO), and is refused by a kernel in lockdown.
 */
#ifndef DRIVER_VESA_MACHINE_H
#define DRIVER_VESA_MACHINE_H

#include "card.h"
#include "driver/vesa/vbe/emulator.h"

struct machine {
	struct card card;
	uint8_t *window; /* mapped; NULL: none */
	struct emulator *emulator;
};

/* False with one log line that says why. */
bool machine_init(struct machine *machine);
void machine_finish(struct machine *machine); /* zeroed memory is fine */

#endif
