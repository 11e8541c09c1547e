/*
 * The socket over which a benchmark tells its client on the desktop what to do,
 * in lines of text; the config names it in "control".
 */
#ifndef BENCH_CONTROL_H
#define BENCH_CONTROL_H

#include "session/component.h"

enum { CONTROL_LINE = 64 }; /* bytes of a line that is looked at */

typedef void control_line_fn(void *user, const char *line);

struct control {
	struct component *component;
	struct loop_source *source;
	int fd;
	control_line_fn *line;
	void *user;
};

/* Connects and listens; ends the program with a line where it can't. The loop
 * of the component stops when the benchmark closes. */
void control_init(struct control *control, struct component *component,
		  control_line_fn *line, void *user);
void control_finish(struct control *control);

/* Sends `text`, its newline included. The loop stops where that fails. */
void control_answer(const struct control *control, const char *text);

#endif
