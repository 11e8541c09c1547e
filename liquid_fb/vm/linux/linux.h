/*
 * linux: User Mode Linux on a console.
 *
 * As a component it reads its config and starts console as its child, with
 * itself as the console's command: `linux --machine OPTIONS`. That second form
 * prepares what the kernel needs and waits for its end.
 */
#ifndef LIQUID_FB_LINUX_H
#define LIQUID_FB_LINUX_H

#include <stdbool.h>
#include <stdint.h>

#include "child/child.h"

#define LINUX_KERNEL "/usr/bin/linux.uml"

enum {
	COMMANDLINE_MAX = 2048, /* bytes: what the kernel takes */
	MEMORY_DEFAULT = 32, /* MiB: the least that the kernel boots with */
	MEMORY_MIN = 32,
	MEMORY_MAX = 65536,
	RAMDISK_MAX = 256, /* MiB of an image that has to be copied */
};

struct options {
	uint64_t memory; /* MiB */
	char *kernel; /* path, owned */
	char *ramdisk; /* as in the config, owned; NULL: the small root */
	char *commandline; /* owned; "": nothing */
};

void options_read(struct options *options, const struct config_node *config);
void options_finish(struct options *options);

/* ---- disk.c ---- */

enum disk_kind {
	DISK_ARCHIVE, /* cpio, packed or not: unpacked by the kernel */
	DISK_BARE, /* a file system */
	DISK_PARTITIONS,
};

/* Looks at the first bytes. */
enum disk_kind disk_kind(int fd);

/*
 * Makes the config's ramdisk visible for the console: a path that it can open
 * (owned by the caller), granted in `entry`. NULL after one line.
 */
char *disk_find(struct parent *parent, const char *name, struct entry *entry);

/* ---- machine.c ---- */

/* linux --machine MEMORY KERNEL IMAGE COMMANDLINE, on a terminal. */
int machine_run(char **arguments);

#endif
