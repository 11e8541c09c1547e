#include "machine.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/io.h>
#include <sys/mman.h>
#include <unistd.h>

#include "base/log.h"

enum { WINDOW_AT = 0xa0000, ROM_AT = 0xc0000 };

static uint32_t in(void *user, unsigned port, unsigned bytes)
{
	unsigned short at = (unsigned short)port;

	(void)user;
	return bytes == 1 ? inb(at) : bytes == 2 ? inw(at) : inl(at);
}

static void out(void *user, unsigned port, unsigned bytes, uint32_t value)
{
	unsigned short at = (unsigned short)port;

	(void)user;
	if (bytes == 1)
		outb((unsigned char)value, at);
	else if (bytes == 2)
		outw((unsigned short)value, at);
	else
		outl(value, at);
}

/* NULL with one log line. */
static uint8_t *map(int fd, const char *what, off_t at, size_t bytes,
		    int rights)
{
	uint8_t *memory = mmap(NULL, bytes, rights, MAP_SHARED, fd, at);

	if (memory != MAP_FAILED)
		return memory;
	log_error("/dev/mem, %s: %s", what, strerror(errno));
	return NULL;
}

static bool allow_ports(const struct emulator_hardware *hardware)
{
	if (!ioperm(0x1ce, 5, 1) && !ioperm(0x3b0, 0x30, 1) &&
	    (!hardware->ports_count ||
	     !ioperm(hardware->ports_first, hardware->ports_count, 1)))
		return true;
	log_error("the ports of the graphics card: %s", strerror(errno));
	return false;
}

static void describe(const struct machine *machine,
		     struct emulator_hardware *hardware)
{
	*hardware = (struct emulator_hardware){
		.in = in,
		.out = out,
		.pci = machine->card.folder ? machine->card.pci : NULL,
		.pci_address = machine->card.address,
	};
	card_ports(&machine->card, &hardware->ports_first,
		   &hardware->ports_count);
}

static bool read_machine(struct machine *machine, int fd)
{
	struct emulator_hardware hardware;
	uint8_t *page0 = map(fd, "the first page", 0, EMULATOR_PAGE, PROT_READ);
	uint8_t *rom = map(fd, "the ROMs", ROM_AT, EMULATOR_ROM, PROT_READ);

	machine->window = map(fd, "the window of the card", WINDOW_AT,
			      EMULATOR_WINDOW, PROT_READ | PROT_WRITE);
	describe(machine, &hardware);
	if (page0 && rom && machine->window && allow_ports(&hardware))
		machine->emulator = emulator_create(page0, rom, machine->window,
						    &hardware);
	if (page0)
		munmap(page0, EMULATOR_PAGE);
	if (rom)
		munmap(rom, EMULATOR_ROM);
	return machine->emulator;
}

bool machine_init(struct machine *machine)
{
	int fd = open("/dev/mem", O_RDWR | O_CLOEXEC);
	bool good;

	*machine = (struct machine){ 0 };
	if (fd < 0) {
		log_error("/dev/mem: %s (the video BIOS needs it; a kernel in "
			  "lockdown refuses)",
			  strerror(errno));
		return false;
	}
	if (!card_find(&machine->card))
		log_warning("there is no graphics card on PCI");
	good = read_machine(machine, fd);
	close(fd);
	if (!good)
		machine_finish(machine);
	return good;
}

void machine_finish(struct machine *machine)
{
	emulator_destroy(machine->emulator);
	machine->emulator = NULL;
	if (machine->window)
		munmap(machine->window, EMULATOR_WINDOW);
	machine->window = NULL;
	card_finish(&machine->card);
}
