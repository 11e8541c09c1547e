/*
 * The video BIOS, run instruction by instruction: a PC of 1 MiB with the ROM,
 * and of the machine's hardware only the ports of a graphics card.
 *
 * A ROM is foreign code: it gets a bounded number of instructions and seconds,
 * its memory is private (but for the window of the card), and what it may not
 * touch reads as all ones; the first time of that is a log line.
 */
#ifndef DRIVER_VESA_VBE_EMULATOR_H
#define DRIVER_VESA_VBE_EMULATOR_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum {
	EMULATOR_LOW = 0xa0000, /* bytes of RAM */
	EMULATOR_WINDOW = 0x20000, /* bytes at 0xa0000 */
	EMULATOR_ROM = 0x40000, /* bytes at 0xc0000 */
	EMULATOR_PAGE = 0x1000,
	EMULATOR_BUFFER = 0x1000, /* bytes that a call may use */
	EMULATOR_INSTRUCTIONS = 5000000, /* for one call */
	EMULATOR_SECONDS = 5,
};

/* What of the machine the ROM sees. */
struct emulator_hardware {
	/* `bytes`: 1, 2 or 4. Only called for the ports of a graphics card:
	 * 0x1ce-0x1d2, 0x3b0-0x3df and `ports`. */
	uint32_t (*in)(void *user, unsigned port, unsigned bytes);
	void (*out)(void *user, unsigned port, unsigned bytes, uint32_t value);
	void *user;
	/* The card's own ports: first and count; 0: none. */
	unsigned ports_first, ports_count;
	/* The card's PCI configuration (256 bytes) and where it is: bus << 8 |
	 * device << 3 | function. NULL: not on PCI. Only read. */
	const uint8_t *pci;
	unsigned pci_address;
};

struct emulator_registers {
	uint32_t eax, ebx, ecx, edx;
};

struct emulator;

/*
 * `page0`: the machine's first page (interrupt vectors, BIOS data), `rom`:
 * EMULATOR_ROM bytes from 0xc0000 on; both are copied. `window`:
 * EMULATOR_WINDOW bytes of the card, the caller's; NULL: private memory.
 * `hardware` is copied. NULL with one log line when there is no video BIOS at
 * 0xc0000.
 */
struct emulator *emulator_create(const uint8_t *page0, const uint8_t *rom,
				 uint8_t *window,
				 const struct emulator_hardware *hardware);
void emulator_destroy(struct emulator *emulator); /* NULL is fine */

/* Runs the ROM's start (C000:0003), where no BIOS has done it. `ax`: bus,
 * device and function of the card. False with one log line when it didn't come
 * back. */
bool emulator_post(struct emulator *emulator, uint16_t ax);

/* int 10h with ES:DI at the buffer. False with one log line when it gave up
 * within the limits, or ran into what is no code. */
bool emulator_int10(struct emulator *emulator,
		    struct emulator_registers *registers);

/* EMULATOR_BUFFER bytes; valid as long as the emulator. */
uint8_t *emulator_buffer(struct emulator *emulator);

/* Memory at a real-mode far pointer (segment << 16 | offset): at most `bytes`;
 * returns how many there are. */
size_t emulator_read(const struct emulator *emulator, uint32_t far_pointer,
		     void *to, size_t bytes);

#endif
