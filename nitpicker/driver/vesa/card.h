/* The graphics card that the firmware used, as sysfs shows it. */
#ifndef DRIVER_VESA_CARD_H
#define DRIVER_VESA_CARD_H

#include <stdbool.h>
#include <stdint.h>

enum { CARD_BARS = 6 };

struct card {
	char *folder; /* in sysfs; owned */
	unsigned address; /* bus << 8 | device << 3 | function */
	uint8_t pci[256]; /* configuration */
	struct {
		uint64_t first, last; /* 0, 0: none */
		bool is_port;
	} bars[CARD_BARS];
};

/* False: there is none. */
bool card_find(struct card *card);
void card_finish(struct card *card);

/* The card's range of ports, 0 where it has none. */
void card_ports(const struct card *card, unsigned *first, unsigned *count);

/*
 * The memory of the card at a physical address, `bytes` of it: a descriptor to
 * be mapped at *offset. Write-combined where the kernel offers that (a BAR that
 * may be prefetched), else uncached. -1 with one log line: some other driver
 * has it, or the address is no BAR's.
 */
int card_open_memory(const struct card *card, uint64_t address, uint64_t bytes,
		     uint64_t *offset);

#endif
