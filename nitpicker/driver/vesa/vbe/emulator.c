#include "emulator.h"

#include <stdlib.h>
#include <string.h>
#include <x86emu.h>

#include "base/alloc.h"
#include "base/log.h"

enum {
	WINDOW_AT = EMULATOR_LOW,
	ROM_AT = WINDOW_AT + EMULATOR_WINDOW,
	END_AT = ROM_AT + EMULATOR_ROM,
	CODE_AT = 0x7c00, /* where a BIOS puts what it boots */
	STACK_SEGMENT = 0x1000,
	STACK_POINTER = 0xfff0,
	STACK_LEAST = 0x1000, /* deeper is endless recursion */
	DEEP_MAX = 100, /* instructions */
	BUFFER_AT = 0x20000,
	HLT = 0xf4,
	PCI_ADDRESS = 0xcf8,
	PCI_DATA = 0xcfc,
	TIMER_FIRST = 0x40,
	TIMER_LAST = 0x43,
};

struct emulator {
	x86emu_t *cpu;
	uint8_t *low, *window, *rom;
	uint8_t *own_window; /* NULL: the window is the caller's */
	struct emulator_hardware hardware;
	uint32_t pci_selected;
	uint32_t ticks; /* of the timer, made up */
	bool refuses; /* it was told */
	unsigned deep; /* instructions in a row with a deep stack */
	x86emu_memio_handler_t memory;
};

/* ---- ports ---- */

static void refuse(struct emulator *emulator, const char *what, unsigned where)
{
	if (!emulator->refuses)
		log_info("the video BIOS wants %s %#x, and doesn't get it",
			 what, where);
	emulator->refuses = true;
}

static bool is_own_port(const struct emulator *emulator, unsigned port,
			unsigned bytes)
{
	unsigned first = emulator->hardware.ports_first;
	unsigned last = port + bytes - 1;

	return (port >= 0x3b0 && last <= 0x3df) ||
	       (port >= 0x1ce && last <= 0x1d2) ||
	       (port >= first && last < first + emulator->hardware.ports_count);
}

/* PCI Local Bus Specification 3.0, 3.2.2.3.2: configuration mechanism. All that
 * a ROM sees of the bus is its card, and it can't change anything. */
static uint32_t read_pci(const struct emulator *emulator, unsigned port,
			 unsigned bytes)
{
	uint32_t selected = emulator->pci_selected;
	unsigned at = (selected & 0xfc) + (port - PCI_DATA);
	uint32_t value = 0;

	if (!emulator->hardware.pci || !(selected >> 31) ||
	    (selected >> 8 & 0xffff) != emulator->hardware.pci_address ||
	    at + bytes > 256)
		return UINT32_MAX;
	memcpy(&value, emulator->hardware.pci + at, bytes);
	return value;
}

static uint32_t read_port(struct emulator *emulator, unsigned port,
			  unsigned bytes)
{
	if (is_own_port(emulator, port, bytes) && emulator->hardware.in)
		return emulator->hardware.in(emulator->hardware.user, port,
					     bytes);
	if (port == PCI_ADDRESS && bytes == 4)
		return emulator->pci_selected;
	if (port >= PCI_DATA && port + bytes <= PCI_DATA + 4)
		return read_pci(emulator, port, bytes);
	/* Loops that wait for the timer come to an end. */
	if (port >= TIMER_FIRST && port <= TIMER_LAST)
		return emulator->ticks += 0x15;
	refuse(emulator, "port", port);
	return UINT32_MAX;
}

static void write_port(struct emulator *emulator, unsigned port, unsigned bytes,
		       uint32_t value)
{
	if (is_own_port(emulator, port, bytes) && emulator->hardware.out)
		emulator->hardware.out(emulator->hardware.user, port, bytes,
				       value);
	else if (port == PCI_ADDRESS && bytes == 4)
		emulator->pci_selected = value;
	else if (port < TIMER_FIRST || port > TIMER_LAST)
		refuse(emulator, "port", port);
}

/* ---- memory ---- */

static unsigned access_width(unsigned type)
{
	switch (type & 0xff) {
	case X86EMU_MEMIO_16:
		return 2;
	case X86EMU_MEMIO_32:
		return 4;
	default:
		return 1;
	}
}

/* Nonzero ends the run. */
static unsigned handle_access(x86emu_t *cpu, u32 address, u32 *value,
			      unsigned type)
{
	struct emulator *emulator = cpu->_private;
	unsigned bytes = access_width(type);

	switch (type & ~0xffu) {
	case X86EMU_MEMIO_I:
		*value = read_port(emulator, address, bytes);
		return 0;
	case X86EMU_MEMIO_O:
		write_port(emulator, address, bytes, *value);
		return 0;
	default:
		break;
	}
	if (address <= END_AT - bytes)
		return emulator->memory(cpu, address, value, type);
	refuse(emulator, "memory", address);
	if ((type & ~0xffu) == X86EMU_MEMIO_X) {
		x86emu_stop(cpu);
		return 1;
	}
	if ((type & ~0xffu) == X86EMU_MEMIO_R)
		*value = UINT32_MAX;
	return 0;
}

/* Before each instruction; nonzero ends the run. (A BIOS that comes back from a
 * stack of its own sets segment and pointer one after the other.) */
static int check_depth(x86emu_t *cpu)
{
	struct emulator *emulator = cpu->_private;
	bool deep = cpu->x86.R_SS == STACK_SEGMENT &&
		    cpu->x86.R_SP < STACK_LEAST;

	emulator->deep = deep ? emulator->deep + 1 : 0;
	return emulator->deep > DEEP_MAX;
}

static void map(struct emulator *emulator, uint8_t *memory, unsigned at,
		unsigned bytes, unsigned rights)
{
	/* libx86emu 3.5 takes a range that begins at 0 for one page. */
	if (!at)
		x86emu_set_perm(emulator->cpu, 0, EMULATOR_PAGE - 1,
				rights | X86EMU_PERM_VALID);
	x86emu_set_perm(emulator->cpu, at ? at : EMULATOR_PAGE, at + bytes - 1,
			rights | X86EMU_PERM_VALID);
	for (unsigned i = 0; i < bytes; i += EMULATOR_PAGE)
		x86emu_set_page(emulator->cpu, at + i, memory + i);
}

/* ---- life ---- */

static bool is_rom(const uint8_t *rom)
{
	return rom[0] == 0x55 && rom[1] == 0xaa;
}

struct emulator *emulator_create(const uint8_t *page0, const uint8_t *rom,
				 uint8_t *window,
				 const struct emulator_hardware *hardware)
{
	struct emulator *emulator;

	if (!is_rom(rom)) {
		log_error("there is no video BIOS (no ROM at 0xc0000)");
		return NULL;
	}
	emulator = xcalloc(1, sizeof(*emulator));
	emulator->hardware = *hardware;
	emulator->low = xcalloc(1, EMULATOR_LOW);
	emulator->rom = xcalloc(1, EMULATOR_ROM);
	emulator->own_window = window ? NULL : xcalloc(1, EMULATOR_WINDOW);
	emulator->window = window ? window : emulator->own_window;
	memcpy(emulator->low, page0, EMULATOR_PAGE);
	memcpy(emulator->rom, rom, EMULATOR_ROM);
	emulator->cpu = x86emu_new(0, 0);
	emulator->cpu->_private = emulator;
	map(emulator, emulator->low, 0, EMULATOR_LOW, X86EMU_PERM_RWX);
	map(emulator, emulator->window, WINDOW_AT, EMULATOR_WINDOW,
	    X86EMU_PERM_RW);
	/* Some write to their own copy. */
	map(emulator, emulator->rom, ROM_AT, EMULATOR_ROM, X86EMU_PERM_RWX);
	emulator->memory = x86emu_set_memio_handler(emulator->cpu,
						    handle_access);
	x86emu_set_code_handler(emulator->cpu, check_depth);
	return emulator;
}

void emulator_destroy(struct emulator *emulator)
{
	if (!emulator)
		return;
	x86emu_done(emulator->cpu);
	free(emulator->low);
	free(emulator->rom);
	free(emulator->own_window);
	free(emulator);
}

/* ---- running ---- */

/* The code ends with hlt; it ended there if the processor stopped behind it. */
static bool run(struct emulator *emulator, const uint8_t *code, unsigned bytes,
		const struct emulator_registers *registers, uint16_t es)
{
	x86emu_t *cpu = emulator->cpu;
	unsigned why;

	memcpy(emulator->low + CODE_AT, code, bytes);
	x86emu_reset(cpu);
	x86emu_set_seg_register(cpu, cpu->x86.R_CS_SEL, 0);
	x86emu_set_seg_register(cpu, cpu->x86.R_DS_SEL, 0x40);
	x86emu_set_seg_register(cpu, cpu->x86.R_SS_SEL, STACK_SEGMENT);
	x86emu_set_seg_register(cpu, cpu->x86.R_ES_SEL, es);
	cpu->x86.R_EIP = CODE_AT;
	cpu->x86.R_ESP = STACK_POINTER;
	cpu->x86.R_EDI = cpu->x86.R_ESI = cpu->x86.R_EBP = 0;
	cpu->x86.R_EAX = registers->eax;
	cpu->x86.R_EBX = registers->ebx;
	cpu->x86.R_ECX = registers->ecx;
	cpu->x86.R_EDX = registers->edx;
	cpu->x86.R_EFLG = 2;
	cpu->max_instr = EMULATOR_INSTRUCTIONS;
	cpu->timeout = EMULATOR_SECONDS;
	why = x86emu_run(cpu, X86EMU_RUN_TIMEOUT | X86EMU_RUN_MAX_INSTR |
				      X86EMU_RUN_NO_CODE | X86EMU_RUN_LOOP);
	if (!why && cpu->x86.R_CS == 0 && cpu->x86.R_IP == CODE_AT + bytes)
		return true;
	log_warning("the video BIOS didn't come back (%s at %04x:%04x)",
		    why & X86EMU_RUN_TIMEOUT     ? "out of time"
		    : why & X86EMU_RUN_MAX_INSTR ? "too many instructions"
		    : why & X86EMU_RUN_LOOP      ? "endless loop"
						 : "no code",
		    cpu->x86.R_CS, cpu->x86.R_IP);
	return false;
}

bool emulator_post(struct emulator *emulator, uint16_t ax)
{
	static const uint8_t call[] = { 0x9a, 0x03, 0x00, 0x00, 0xc0, HLT };
	const struct emulator_registers registers = { .eax = ax, .edx = 0x80 };

	return run(emulator, call, sizeof(call), &registers, 0);
}

bool emulator_int10(struct emulator *emulator,
		    struct emulator_registers *registers)
{
	static const uint8_t call[] = { 0xcd, 0x10, HLT };

	if (!run(emulator, call, sizeof(call), registers, BUFFER_AT >> 4))
		return false;
	*registers = (struct emulator_registers){
		.eax = emulator->cpu->x86.R_EAX,
		.ebx = emulator->cpu->x86.R_EBX,
		.ecx = emulator->cpu->x86.R_ECX,
		.edx = emulator->cpu->x86.R_EDX,
	};
	return true;
}

uint8_t *emulator_buffer(struct emulator *emulator)
{
	return emulator->low + BUFFER_AT;
}

size_t emulator_read(const struct emulator *emulator, uint32_t far_pointer,
		     void *to, size_t bytes)
{
	uint32_t at = (far_pointer >> 16) * 16 + (far_pointer & 0xffff);
	const uint8_t *from;
	size_t left;

	if (at < WINDOW_AT) {
		from = emulator->low + at;
		left = WINDOW_AT - at;
	} else if (at >= ROM_AT && at < END_AT) {
		from = emulator->rom + (at - ROM_AT);
		left = END_AT - at;
	} else {
		return 0;
	}
	if (bytes > left)
		bytes = left;
	memcpy(to, from, bytes);
	return bytes;
}
