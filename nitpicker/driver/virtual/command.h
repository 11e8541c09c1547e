/*
 * The commands, one line of text each; virtual_drv(1) has the table.
 */
#ifndef DRIVER_VIRTUAL_COMMAND_H
#define DRIVER_VIRTUAL_COMMAND_H

#include "driver.h"
#include "settle.h"

enum {
	COMMAND_LINE_MAX = 4096, /* bytes, without the newline */
	COMMAND_TYPE_MAX = 1024, /* bytes of the text of `type` */
	COMMAND_FDS = 2, /* descriptors that come with a command */
	COMMAND_ANSWER_MAX = 512, /* bytes, NUL included */
	COMMAND_LIMIT_MAX = 600000, /* ms that settle waits */
};

/* Where a command comes from. */
struct command_context {
	struct driver *driver;
	struct settle *settle;
	struct replay *replay;
	/* Descriptors that were passed along, -1: none. A command that uses a
	 * file takes them instead of opening FILE. */
	int fds[COMMAND_FDS];
	char answer[COMMAND_ANSWER_MAX]; /* without newline */
};

/*
 * Runs one line (changed in place). True: `answer` is there. False: settle or
 * replay was started and will give the answer.
 */
bool command_run(struct command_context *context, char *line, size_t length);

/* The same for input commands only, as a replay may contain them; false with
 * an answer when it is none, or failed. */
bool command_run_input(struct driver *driver, char *line, size_t length,
		       char *answer, size_t answer_size);

/* True when the line starts with the name of an input command. */
bool command_is_input(const char *line);

#endif
