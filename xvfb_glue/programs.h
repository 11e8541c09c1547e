/*
 * programs: what runs in the X server.
 */
#ifndef XVFB_GLUE_PROGRAMS_H
#define XVFB_GLUE_PROGRAMS_H

#include <stdbool.h>

#include "base/loop.h"

struct programs;

struct programs_handler {
	/* One ended; `words` say how if it failed, else NULL. */
	void (*ended)(void *user, const char *words);
};

struct programs *programs_create(struct loop *loop,
				 const struct programs_handler *handler,
				 void *user);
/* Those that run are ended. NULL is fine. */
void programs_destroy(struct programs *programs);

/* Runs a command of the shell on that display. `authority` NULL: as ours.
 * `theme`: of GTK programs from beginning to end; NULL: that of the settings,
 * which can change. */
void programs_start(struct programs *programs, const char *command,
		    const char *display, const char *authority,
		    const char *theme);
/* How many still run. */
unsigned programs_running(const struct programs *programs);

#endif
