#include "machine.h"

#include <stdlib.h>
#include <string.h>

enum {
	INDEX_PORT = 0x1ce,
	DATA_PORT = 0x1cf,
	DATA_PORT_ALIGNED = 0x1d0,
	ID = 0,
	ID_VALUE = 0xb0c5,
	X = 1,
	DEPTH = 3,
	ENABLE = 4,
	CAPABILITIES = 2, /* bit of ENABLE */
	MEMORY_64K = 10,
	PCI_ADDRESS = 2 << 3,
};

/* While the card is asked what it can do, sizes are the largest. */
static uint16_t read_register(const struct machine *machine)
{
	static const uint16_t largest[] = { [X] = 2560, 1600, 32 };

	if (machine->index >= CARD_REGISTERS)
		return 0;
	if ((machine->registers[ENABLE] & CAPABILITIES) &&
	    machine->index >= X && machine->index <= DEPTH)
		return largest[machine->index];
	return machine->registers[machine->index];
}

static uint32_t in(void *user, unsigned port, unsigned bytes)
{
	struct machine *machine = user;

	(void)bytes;
	machine->accesses++;
	if (!machine->has_card)
		return UINT32_MAX;
	if (port == INDEX_PORT)
		return machine->index;
	if (port == DATA_PORT || port == DATA_PORT_ALIGNED)
		return read_register(machine);
	/* The registers of a VGA card: the retrace comes and goes. */
	return port == 0x3da ? machine->accesses & 9 : 0;
}

static void out(void *user, unsigned port, unsigned bytes, uint32_t value)
{
	struct machine *machine = user;

	(void)bytes;
	machine->accesses++;
	if (port == INDEX_PORT)
		machine->index = (uint16_t)value;
	else if ((port == DATA_PORT || port == DATA_PORT_ALIGNED) &&
		 machine->index < MEMORY_64K)
		machine->registers[machine->index] = (uint16_t)value;
}

static void put32(uint8_t *at, uint32_t value)
{
	for (unsigned i = 0; i < 4; i++)
		at[i] = (uint8_t)(value >> 8 * i);
}

/* Interrupts that nobody handles end in an iret at F000:FF53, as in a BIOS. */
static void make_page0(uint8_t *page0)
{
	for (unsigned i = 0; i < 256; i++)
		put32(page0 + 4 * i, 0xf000ff53);
	page0[0x410] = 0x20;
	put32(page0 + 0x413, 639);
}

bool machine_init(struct machine *machine, const uint8_t *image, size_t bytes,
		  bool has_card)
{
	uint8_t page0[EMULATOR_PAGE] = { 0 };
	uint8_t *rom = calloc(1, EMULATOR_ROM);
	struct emulator_hardware hardware = {
		.in = in,
		.out = out,
		.user = machine,
		.pci = machine->pci,
		.pci_address = PCI_ADDRESS,
	};

	*machine = (struct machine){ .has_card = has_card };
	machine->registers[ID] = ID_VALUE;
	machine->registers[MEMORY_64K] = CARD_MEMORY >> 16;
	put32(machine->pci, 0x11111234);
	put32(machine->pci + 0x10, 0xe0000008);
	make_page0(page0);
	memcpy(rom, image, bytes < EMULATOR_ROM ? bytes : EMULATOR_ROM);
	rom[0x3ff53] = 0xcf;
	machine->emulator = emulator_create(page0, rom, NULL, &hardware);
	free(rom);
	return machine->emulator &&
	       emulator_post(machine->emulator, PCI_ADDRESS);
}

void machine_finish(struct machine *machine)
{
	emulator_destroy(machine->emulator);
}
