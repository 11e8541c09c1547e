/*
 * The text console that the driver was started on. While another one is shown,
 * the devices are that one's; the keys that switch (Ctrl+Alt+F1 to F12) are
 * seen here only, since the devices are ours alone meanwhile.
 */
#ifndef DRIVER_EVDEV_TERMINAL_H
#define DRIVER_EVDEV_TERMINAL_H

#include "base/loop.h"

struct terminal {
	int fd; /* /sys/class/tty/tty0/active; -1: there are no consoles */
	struct loop_source *source;
	char own[16]; /* "tty1" */
	bool active;
	void (*changed)(void *user, bool active);
	void *user;
	unsigned held; /* modifiers, see terminal.c */
	uint32_t swallowed; /* function keys whose release is still ours */
};

/* `changed` is called when the user goes to another console, and back. */
void terminal_init(struct terminal *terminal, struct loop *loop,
		   void (*changed)(void *user, bool active), void *user);
void terminal_finish(struct terminal *terminal);

/* True: the key switches consoles, and is nobody else's. To be asked for each
 * key that goes down or up. */
bool terminal_key(struct terminal *terminal, unsigned code, bool pressed);
/* All keys are up. */
void terminal_release_all(struct terminal *terminal);

#endif
