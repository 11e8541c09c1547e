/*
 * Waiting for a still picture, without polling: a timer that is set for when
 * the picture will have been still for long enough, and looks again then.
 */
#ifndef DRIVER_VIRTUAL_SETTLE_H
#define DRIVER_VIRTUAL_SETTLE_H

#include "driver/display/display.h"

typedef void settle_fn(void *user, const char *answer);

/* Embedded by its owner. */
struct settle {
	struct display *display;
	settle_fn *fn;
	void *user;
	struct timer timer;
	struct display_watch watch;
	uint64_t start, quiet, limit; /* ns; `limit` is a time */
	bool active;
};

void settle_init(struct settle *settle, struct loop *loop,
		 struct display *display, settle_fn *fn, void *user);
void settle_finish(struct settle *settle);

/*
 * Calls fn once: "ok still" when nothing was refreshed for quiet_ms, counted
 * from now on and from the first picture in this mode on; after limit_ms
 * "ok moving", or "error no picture".
 */
void settle_start(struct settle *settle, uint32_t quiet_ms, uint32_t limit_ms);

#endif
