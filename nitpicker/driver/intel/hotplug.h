/* The kernel tells when a display comes, goes, or has other modes (uevents). */
#ifndef DRIVER_INTEL_HOTPLUG_H
#define DRIVER_INTEL_HOTPLUG_H

#include "base/loop.h"

struct hotplug {
	int fd; /* -1: none */
	struct loop_source *source;
	void (*changed)(void *user);
	void *user;
};

/* Without the right to listen, displays stay as they are; one log line. */
void hotplug_init(struct hotplug *hotplug, struct loop *loop,
		  void (*changed)(void *user), void *user);
void hotplug_finish(struct hotplug *hotplug);

#endif
