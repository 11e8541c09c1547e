/*
 * Back ends: which drivers are put in front of a scenario.
 */
#ifndef DESKTOP_BACKEND_H
#define DESKTOP_BACKEND_H

#include <stdbool.h>
#include <stddef.h>

struct backend {
	char *name; /* NULL: the scenario brings its own drivers */
	char *path; /* of scenario/backend/NAME.xml */
	bool is_auto; /* others may be tried */
	size_t tried; /* of those, so far */
};

enum backend_result { BACKEND_FOUND, BACKEND_UNKNOWN, BACKEND_FAILED };

/*
 * Chooses: `wanted` is "auto" or a name. Says in one line what was tried when
 * that fails. A chosen one can still turn out not to work when its drivers are
 * started; then backend_next takes the next of "auto", false when none is left.
 */
enum backend_result backend_choose(struct backend *backend, const char *wanted);
bool backend_next(struct backend *backend);

/* Starts nothing that stays: would its driver be able to show something? */
bool backend_works(const struct backend *backend);
void backend_finish(struct backend *backend);

/* Prints where the desktop is to be seen. */
void backend_announce(const struct backend *backend, const char *runtime,
		      const char *control);

#endif
