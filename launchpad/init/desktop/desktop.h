/*
 * nitpicker-desktop: init with a command line.
 */
#ifndef DESKTOP_DESKTOP_H
#define DESKTOP_DESKTOP_H

#include "../runner.h"
#include "backend.h"
#include "options.h"
#include "runtime.h"

struct desktop {
	struct loop *loop;
	struct options options;
	struct runtime runtime;
	struct backend backend;
	char *config; /* absolute path of the scenario */
	char *store;
	struct family *family;
	struct runner *runner;
	struct config_watch **watches;
	size_t watch_count;
	uint64_t started; /* when we were executed, ns */
	bool timed, stopping;
	bool driven; /* a driver was there: the back end works */
	bool switching; /* to the next back end, at the end of this turn */
	int code; /* our exit code */
};

/* files.c: where the scenario and the settings lie. False with one line. */
bool desktop_find_config(struct desktop *desktop);

/* files.c: reads the scenario with its back end; false with one line if the
 * file itself can't be used. */
bool desktop_read(struct desktop *desktop, struct scenario *scenario);

/* check.c: --check; returns the exit code. */
int desktop_check(struct desktop *desktop);

/* Memory that may be given out when the scenario doesn't say, bytes. */
uint64_t desktop_default_quota(void);

#endif
