/*
 * Where viewers come in: a Unix socket of the desktop's own user (mode 0600),
 * or a port of the loopback interface, where a password is asked.
 */
#ifndef DRIVER_VNC_LISTENER_H
#define DRIVER_VNC_LISTENER_H

#include "screen.h"

struct listener;

/* NULL with one log line when that can't be. */
struct listener *listener_create_unix(struct screen *screen, const char *path);

/* `place`: "127.0.0.1:PORT", "[::1]:PORT" or "localhost:PORT". */
struct listener *listener_create_loopback(struct screen *screen,
					  const char *place);
/* NULL is fine. Viewers stay. */
void listener_destroy(struct listener *listener);

#endif
