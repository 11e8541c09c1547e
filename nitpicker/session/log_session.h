/*
 * Log: lines of output on their way to a program that shows them.
 *
 * The client of a session is mostly not the program that said something but
 * its parent, which reads its output, escapes it and hands it on.
 */
#ifndef SESSION_LOG_SESSION_H
#define SESSION_LOG_SESSION_H

#include "session/parent.h"

/* ---- client half ---- */

struct log_client;

/* The session is over; the owner destroys the client then. */
typedef void log_closed_fn(void *user);

/* Takes over the connected `fd` of an open session. */
struct log_client *log_client_create(struct loop *loop, int fd,
				     log_closed_fn *closed, void *user);
void log_client_destroy(struct log_client *client); /* NULL is fine */

/*
 * Sends one line without its end. `label` says who below the session's label
 * said it, "" the labelled one itself. Never waits: lines that a server does
 * not read in time are dropped, and their number is told when it reads again.
 */
void log_client_write(struct log_client *client, const char *label,
		      const char *text);

/* ---- server half: any number of sessions ---- */

struct log_server;

/* Labels and lines live until the end of the call. Any member may be NULL. */
struct log_server_handler {
	/* One line, at most LIMIT_LOG_LINE bytes, UTF-8 without control
	 * characters. `label` is the full one: of the session, and what is
	 * below. `session` tells sessions apart as long as they are open. */
	void (*line)(void *user, uint32_t session, const char *label,
		     const char *text);
	void (*opened)(void *user, uint32_t session, const char *label);
	void (*closed)(void *user, uint32_t session);
};

/* Announces Log. The handler is kept by pointer. NULL with one log line when
 * the parent denies that. */
struct log_server *log_server_create(struct loop *loop, struct parent *parent,
				     const struct log_server_handler *handler,
				     void *user);
void log_server_destroy(struct log_server *server); /* NULL is fine */

#endif
