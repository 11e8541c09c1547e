/*
 * server: an Xvfb of our own, and the programs in it.
 *
 * It listens on a Unix socket only, lets in who knows the cookie that was
 * written before it started, and dies with us.
 */
#ifndef XVFB_GLUE_SERVER_H
#define XVFB_GLUE_SERVER_H

#include <stdbool.h>
#include <stdint.h>
#include <sys/types.h>

#include "base/loop.h"

struct server_options {
	int width, height; /* the largest screen ever wanted */
	int depth;
	int dpi;
};

struct server_handler {
	/* It listens as ":N". */
	void (*ready)(void *user, const char *display, const uint8_t *cookie);
	/* It is no more (or never was), in words. The server may be destroyed
	 * in here. */
	void (*ended)(void *user, const char *words);
};

struct server;

/* Starts it; the handler hears the rest. NULL with one log line when there is
 * no folder for it. */
struct server *server_start(struct loop *loop,
			    const struct server_options *options,
			    const struct server_handler *handler, void *user);
void server_destroy(struct server *server); /* NULL is fine */

/* Its process. */
pid_t server_pid(const struct server *server);
/* The file with the cookie, for programs. */
const char *server_authority(const struct server *server);

#endif
