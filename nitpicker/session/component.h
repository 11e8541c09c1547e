/*
 * What every program of the suite does first: --help, --version, a loop, its
 * parent, SIGTERM and SIGINT as the wish to stop.
 */
#ifndef SESSION_COMPONENT_H
#define SESSION_COMPONENT_H

#include "session/parent.h"

struct component_info {
	const char *name;
	const char *summary; /* one line */
	const char *options; /* lines for --help; NULL: none beyond the two */
};

struct component {
	struct loop *loop;
	struct parent *parent;
};

/*
 * Handles --help and --version (prints, exits 0) and refuses other options
 * (exit 2), then connects to the parent; exits 1 with one line without one.
 * For programs with options of their own: component_options first.
 */
void component_init(struct component *component,
		    const struct component_info *info, int argc, char **argv,
		    const struct parent_handler *handler, void *user);
void component_finish(struct component *component);

/* Only the part about --help and --version: returns when neither is there. */
void component_options(const struct component_info *info, int argc,
		       char **argv);

/* Writes "NAME: usage: ..." to standard error and exits 2. */
void component_usage(const struct component_info *info, const char *problem)
	__attribute__((noreturn));

#endif
