/*
 * The picture as a file, for those who can't run a viewer: written when it was
 * still for a moment while nobody looked. Replaced by rename, mode 0600.
 */
#ifndef DRIVER_VNC_SHOT_H
#define DRIVER_VNC_SHOT_H

#include "driver/display/display.h"

struct shot {
	struct display *display;
	char *path; /* owned; NULL: none is written */
	void (*done)(void *user);
	void *user;
	struct timer timer;
};

/* `done` is called after each, and also where none is written. */
void shot_init(struct shot *shot, struct loop *loop, struct display *display,
	       const char *path, void (*done)(void *user), void *user);
void shot_finish(struct shot *shot);

/* Writes it once nothing calls this for a moment. */
void shot_later(struct shot *shot);
void shot_cancel(struct shot *shot);

#endif
