/*
 * Where commands come from: a Unix socket (mode 0600, own user only) with
 * several connections, or standard input and output. Each line gets one line
 * as its answer, in order; a connection that waits for an answer is not read,
 * and does not hold up the others.
 */
#ifndef DRIVER_VIRTUAL_CONTROL_H
#define DRIVER_VIRTUAL_CONTROL_H

#include "driver.h"

enum { CONTROL_CONNECTIONS = 16 };

struct control;

/* `path` "-": standard input. NULL with one log line when that can't be. */
struct control *control_create(struct driver *driver, const char *path);
/* NULL is fine. */
void control_destroy(struct control *control);

/* A connection of `control` went away. */
void control_forget(struct control *control);

#endif
