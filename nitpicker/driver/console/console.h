/*
 * The virtual terminal that a driver runs on: its text is not drawn, and the
 * user may switch to another one and back (Linux: console_ioctl(4),
 * VT_PROCESS). For vesa_drv and intel_drv.
 */
#ifndef DRIVER_CONSOLE_CONSOLE_H
#define DRIVER_CONSOLE_CONSOLE_H

#include "base/loop.h"

struct console {
	int fd; /* -1: there is none */
	/* The display is ours again (true), or another console asks for it:
	 * which it gets, and draws to, once this has returned true. */
	bool (*active)(void *user, bool active);
	void *user;
};

/* Without a virtual terminal nothing happens, and nobody switches. */
void console_init(struct console *console, struct loop *loop,
		  bool (*active)(void *user, bool active), void *user);
/* Text again. Zeroed memory with fd -1 is fine. */
void console_finish(struct console *console);

#endif
