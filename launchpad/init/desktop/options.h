/*
 * The command line of nitpicker-desktop.
 */
#ifndef DESKTOP_OPTIONS_H
#define DESKTOP_OPTIONS_H

#include <stdbool.h>

#include "session/component.h"

struct options {
	const char *backend; /* "auto" or a name */
	const char *control; /* NULL: in the runtime folder */
	const char *runtime; /* NULL: chosen */
	const char *config; /* NULL: the user's, else the installed one */
	bool reports, timing, check;
};

extern const struct component_info desktop_info;

/* Prints and exits with 0 for --help and --version, with 2 for bad usage. */
void options_parse(struct options *options, int argc, char **argv);

#endif
