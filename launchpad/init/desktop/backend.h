/*
 * Back ends: which drivers are put in front of a scenario.
 */
#ifndef DESKTOP_BACKEND_H
#define DESKTOP_BACKEND_H

#include <stdbool.h>

struct backend {
	char *name; /* NULL: the scenario brings its own drivers */
	char *path; /* of scenario/backend/NAME.xml */
};

enum backend_result { BACKEND_FOUND, BACKEND_UNKNOWN, BACKEND_FAILED };

/*
 * Chooses: `wanted` is "auto" or a name. Says in one line what was tried when
 * that fails.
 */
enum backend_result backend_choose(struct backend *backend, const char *wanted);
void backend_finish(struct backend *backend);

/* Prints where the desktop is to be seen. */
void backend_announce(const struct backend *backend, const char *runtime,
		      const char *control);

#endif
