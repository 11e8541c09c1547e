/* A PC without graphics card, or with the one that Bochs and QEMU made up: its
 * registers behind an index and a data port (QEMU: docs/specs/standard-vga). */
#ifndef MACHINE_H
#define MACHINE_H

#include "driver/vesa/vbe/vbe.h"

enum { CARD_REGISTERS = 16, CARD_MEMORY = 16 << 20 };

struct machine {
	bool has_card;
	uint16_t index, registers[CARD_REGISTERS];
	unsigned accesses;
	uint8_t pci[256];
	struct emulator *emulator;
};

/* A ROM image of `bytes` at C000:0, its start run. False: it isn't one, or it
 * didn't come back. */
bool machine_init(struct machine *machine, const uint8_t *image, size_t bytes,
		  bool has_card);
void machine_finish(struct machine *machine);

#endif
