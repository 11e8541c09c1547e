/*
 * qemu: the process of the virtual machine.
 */
#ifndef LIQUID_FB_QEMU_H
#define LIQUID_FB_QEMU_H

#include "base/config.h"
#include "session/parent.h"

#define QEMU_PROGRAM "qemu-system-x86_64"

enum {
	QEMU_ARGS_MAX = 64, /* <arg> nodes */
	QEMU_MEMORY_DEFAULT = 128, /* MiB */
	QEMU_MEMORY_MAX = 1 << 20,
	QEMU_LINE_MAX = 160, /* of its last words that are kept */
};

struct qemu;

struct qemu_handler {
	/* Its display has connected; takes fd over. */
	void (*display)(void *user, int fd);
	/* It has ended, in words; code 0: as its guest wanted. */
	void (*ended)(void *user, int code, const char *words);
};

/* Starts it as the config says. NULL with *problem (owned by the caller) when
 * that can't be. */
struct qemu *qemu_start(struct loop *loop, struct parent *parent,
			const struct config_node *config,
			const struct qemu_handler *handler, void *user,
			char **problem);
/* Asks it to end; `ended` follows. */
void qemu_end(struct qemu *qemu);
bool qemu_is_ending(const struct qemu *qemu);
void qemu_destroy(struct qemu *qemu); /* kills it; NULL is fine */

#endif
