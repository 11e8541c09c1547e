#include "card.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "base/alloc.h"
#include "base/log.h"
#include "base/memory.h"

enum {
	DISPLAY_CONTROLLER = 0x03, /* PCI base class */
	/* Linux: include/linux/ioport.h */
	RESOURCE_PORT = 0x100,
	RESOURCE_MEMORY = 0x200,
};

static const char devices[] = "/sys/bus/pci/devices";

static FILE *open_file(const char *folder, const char *name)
{
	char *path = xasprintf("%s/%s", folder, name);
	FILE *file = fopen(path, "re");

	free(path);
	return file;
}

static unsigned long read_number(const char *folder, const char *name)
{
	FILE *file = open_file(folder, name);
	char text[32] = "";

	if (file) {
		if (!fgets(text, sizeof(text), file))
			*text = '\0';
		fclose(file);
	}
	return strtoul(text, NULL, 0);
}

/* Lines "first last flags", one for each BAR. */
static void read_bars(struct card *card)
{
	FILE *file = open_file(card->folder, "resource");
	uint64_t first, last, flags;

	for (unsigned i = 0; file && i < CARD_BARS; i++) {
		if (fscanf(file, "%" SCNx64 " %" SCNx64 " %" SCNx64, &first,
			   &last, &flags) != 3)
			break;
		if (!(flags & (RESOURCE_PORT | RESOURCE_MEMORY)))
			continue;
		card->bars[i].first = first;
		card->bars[i].last = last;
		card->bars[i].is_port = flags & RESOURCE_PORT;
	}
	if (file)
		fclose(file);
}

static void read_pci(struct card *card)
{
	FILE *file = open_file(card->folder, "config");

	memset(card->pci, 0xff, sizeof(card->pci));
	if (file) {
		if (fread(card->pci, 1, sizeof(card->pci), file) < 64)
			log_debug("%s: a short config", card->folder);
		fclose(file);
	}
}

/* The first, but rather the one that the firmware has started. */
bool card_find(struct card *card)
{
	DIR *folder = opendir(devices);
	struct dirent *entry;

	*card = (struct card){ 0 };
	while (folder && (entry = readdir(folder)) != NULL) {
		char *path = xasprintf("%s/%s", devices, entry->d_name);
		unsigned bus, device, function;
		bool booted = read_number(path, "boot_vga") == 1;

		if (sscanf(entry->d_name, "%*x:%x:%x.%x", &bus, &device,
			   &function) == 3 &&
		    read_number(path, "class") >> 16 == DISPLAY_CONTROLLER &&
		    (!card->folder || booted)) {
			free(card->folder);
			card->folder = path;
			card->address = (bus & 0xff) << 8 | (device & 31) << 3 |
					(function & 7);
		} else {
			free(path);
		}
	}
	if (folder)
		closedir(folder);
	if (!card->folder)
		return false;
	read_bars(card);
	read_pci(card);
	return true;
}

void card_finish(struct card *card)
{
	free(card->folder);
	*card = (struct card){ 0 };
}

void card_ports(const struct card *card, unsigned *first, unsigned *count)
{
	*first = *count = 0;
	for (unsigned i = 0; i < CARD_BARS; i++) {
		if (card->bars[i].is_port && card->bars[i].last <= 0xffff) {
			*first = (unsigned)card->bars[i].first;
			*count = (unsigned)(card->bars[i].last -
					    card->bars[i].first + 1);
			return;
		}
	}
}

/* Where a driver of the kernel has it, it can be opened, but not mapped. */
static bool can_map(int fd, uint64_t offset)
{
	void *memory = mmap(NULL, PAGE_BYTES, PROT_READ | PROT_WRITE,
			    MAP_SHARED, fd,
			    (off_t)(offset - offset % PAGE_BYTES));

	if (memory == MAP_FAILED)
		return false;
	munmap(memory, PAGE_BYTES);
	return true;
}

static int open_bar(const struct card *card, unsigned bar, uint64_t offset)
{
	static const char *const kinds[] = { "_wc", "" };
	int why = ENOENT;

	for (unsigned i = 0; i < array_size(kinds); i++) {
		char *path = xasprintf("%s/resource%u%s", card->folder, bar,
				       kinds[i]);
		int fd = open(path, O_RDWR | O_CLOEXEC);

		free(path);
		if (fd >= 0 && can_map(fd, offset))
			return fd;
		if (fd >= 0 || errno != ENOENT)
			why = errno;
		if (fd >= 0)
			close(fd);
	}
	log_error("%s: the card's memory can't be had: %s%s", card->folder,
		  strerror(why),
		  why == EINVAL ? " (a driver of the kernel has it)" : "");
	return -1;
}

int card_open_memory(const struct card *card, uint64_t address, uint64_t bytes,
		     uint64_t *offset)
{
	for (unsigned i = 0; i < CARD_BARS; i++) {
		if (card->bars[i].is_port || !card->bars[i].last ||
		    address < card->bars[i].first ||
		    address > card->bars[i].last ||
		    bytes > card->bars[i].last - address + 1)
			continue;
		*offset = address - card->bars[i].first;
		return open_bar(card, i, *offset);
	}
	log_error("no memory of the card is at %#" PRIx64, address);
	return -1;
}
