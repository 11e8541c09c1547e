/*
 * Which devices there are, and which come and go: /dev/input/event* of this
 * seat. udevd tells; where none runs, the kernel does, and the devices' tags
 * are made here (tags/tags.h).
 */
#ifndef DRIVER_EVDEV_FINDER_H
#define DRIVER_EVDEV_FINDER_H

#include <libudev.h>

#include "base/loop.h"

struct finder_handler {
	/* A device that can be opened now; one may be told of twice. */
	void (*found)(void *user, const char *path);
	void (*lost)(void *user, const char *path);
};

struct finder {
	struct udev *udev;
	struct udev_monitor *monitor; /* NULL: nobody tells */
	struct loop_source *source;
	bool tells_tags; /* udevd runs */
	const struct finder_handler *handler;
	void *user;
};

/* Tells of those that are there, then of those that come. False with one log
 * line. */
bool finder_init(struct finder *finder, struct loop *loop,
		 const struct finder_handler *handler, void *user);
void finder_finish(struct finder *finder); /* zeroed memory is fine */

#endif
