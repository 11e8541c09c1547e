/* What libinput tells -> what Input carries. */
#ifndef DRIVER_EVDEV_EVENTS_H
#define DRIVER_EVDEV_EVENTS_H

#include <libinput.h>

#include "session/input.h"

struct events_handler {
	/* The first keyboard that has it down, the last that lets it go. */
	void (*key)(void *user, unsigned code, bool pressed, uint64_t time_us);
	/* All that is no key. */
	void (*event)(void *user, const struct input_event *event);
};

struct events {
	const struct events_handler *handler;
	void *user;
	/* Of the client, pixels, for devices that tell a place; 0: not known,
	 * and they are not heard. */
	uint32_t area_w, area_h;
	double rest_x, rest_y; /* parts of pixels that are still owed */
	double wheel_x, wheel_y; /* and of a notch's 120th */
};

/* Takes all kinds; those that mean nothing here are ignored. */
void events_take(struct events *events, struct libinput_event *event);

#endif
