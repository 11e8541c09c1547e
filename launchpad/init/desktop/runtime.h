/*
 * The desktop's runtime folder: locked by one desktop at a time.
 */
#ifndef DESKTOP_RUNTIME_H
#define DESKTOP_RUNTIME_H

#include <stdbool.h>

struct runtime {
	char *path; /* absolute */
	int lock;
	bool made; /* by us: removed at the end */
};

/*
 * Takes `wanted`, else "desktop", "desktop-2", ... in the user's runtime
 * directory. False with one line when that can't be.
 */
bool runtime_take(struct runtime *runtime, const char *wanted);

/* Removes what a desktop makes there, and the folder if it is ours. */
void runtime_release(struct runtime *runtime);

#endif
