/*
 * nitpicker-desktop: init with a command line.
 */
#ifndef DESKTOP_DESKTOP_H
#define DESKTOP_DESKTOP_H

#include "../prove.h"
#include "../runner.h"
#include "backend.h"
#include "options.h"
#include "runtime.h"

/* What follows when all have ended; matters only to the first process. */
enum ending {
	END_OFF, /* of the machine */
	END_RESTART,
	END_ANEW, /* the desktop starts again */
};

struct watched {
	struct watched *next;
	struct config_watch *watch; /* NULL: it can't be */
	char *path; /* owned */
	bool used; /* by what was read last */
};

struct desktop {
	struct loop *loop;
	struct options options;
	struct runtime runtime;
	struct backend backend;
	char *config; /* absolute path of the scenario */
	char *store;
	struct family *family;
	struct runner *runner;
	struct watched *watched; /* the scenario's files */
	uint64_t started; /* when we were executed, ns */
	bool timed, stopping;
	bool driven; /* a driver was there: the back end works */
	struct child *failing; /* a driver that failed and isn't up again */
	bool switching; /* to the next back end, at the end of this turn */
	enum ending ending;
	int code; /* our exit code */
};

/* files.c: where the scenario and the settings lie. False with one line. */
bool desktop_find_config(struct desktop *desktop);

/* files.c: reads the scenario with its back end; false with one line if the
 * file itself can't be used. */
bool desktop_read(struct desktop *desktop, struct scenario *scenario);

/* main.c: follows a file of the scenario, from before it is read on, so that no
 * change gets lost. */
void desktop_watch(struct desktop *desktop, const char *path);

/* check.c: --check; returns the exit code. */
int desktop_check(struct desktop *desktop);

/* What init itself needs, bytes. */
enum { DESKTOP_RESERVE = 8 << 20 };

/* Memory that may be given out when the scenario doesn't say, bytes. */
uint64_t desktop_default_quota(void);

#endif
