/*
 * The keyboards, mice, touchpads, tablets and touch screens of a machine, in
 * one hand: those that are there and those that are plugged in later, opened
 * through libinput while they are sampled, and closed else.
 */
#ifndef DRIVER_EVDEV_SEAT_H
#define DRIVER_EVDEV_SEAT_H

#include "events.h"
#include "finder.h"

enum { SEAT_DEVICES_MAX = 64 };

/* As the config says. */
struct seat_options {
	unsigned speed; /* percent, 10 to 200 */
	bool flat; /* no acceleration */
	bool tap; /* a tap on a touchpad is a click */
	bool natural; /* fingers move the page, not the view */
	bool left_handed;
	bool shared; /* other programs may read the devices, too */
};

struct seat_device {
	char *path;
	struct libinput_device *device;
};

struct seat {
	struct loop *loop;
	struct events events;
	struct seat_options options;
	struct libinput *libinput; /* NULL: nothing is sampled */
	struct loop_source *source;
	struct finder finder;
	struct seat_device devices[SEAT_DEVICES_MAX];
	unsigned count;
	unsigned locks; /* LOCK_*, as the keyboards show them */
};

void seat_init(struct seat *seat, struct loop *loop,
	       const struct events_handler *handler, void *user);
void seat_finish(struct seat *seat);

/* Takes effect at once. */
void seat_set_options(struct seat *seat, const struct seat_options *options);

/* Opens all devices, or closes them: then nothing is told any more, also no
 * releases. False with one log line. */
bool seat_sample(struct seat *seat, bool on);

void seat_set_leds(struct seat *seat, unsigned locks);

#endif
