/*
 * The virtual terminal that the driver runs on: its text is not drawn, and the
 * user may switch to another one and back (Linux: console_ioctl(4),
 * VT_PROCESS).
 */
#ifndef DRIVER_INTEL_CONSOLE_H
#define DRIVER_INTEL_CONSOLE_H

#include "base/loop.h"

struct console {
	int fd; /* -1: there is none */
	/* The display is ours, or another's. Called before another gets it. */
	void (*active)(void *user, bool active);
	void *user;
};

void console_init(struct console *console, struct loop *loop,
		  void (*active)(void *user, bool active), void *user);
void console_finish(struct console *console); /* text again */

#endif
