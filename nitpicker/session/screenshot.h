/*
 * Screenshot, server half: pictures of what an output shows, for one session
 * at a time. The client half is a wire with screenshot_protocol: it is sent
 * screenshot_picture and says screenshot_done.
 */
#ifndef SESSION_SCREENSHOT_H
#define SESSION_SCREENSHOT_H

#include "session/parent.h"

enum { SCREENSHOT_TELL_MS = 1000 };

struct screenshot_server;

struct screenshot_server_handler {
	/* Whether the session is for who has that label; others are denied. */
	bool (*may)(void *user, const char *label);
	/* It came, went, or is through with its picture; the user knows that
	 * there was one. */
	void (*changed)(void *user);
};

struct screenshot_session {
	const char *label;
	uint64_t quota, used; /* bytes */
	bool busy; /* with a picture that it has */
};

/* Announces the service (waits for the answer); NULL with one log line. The
 * handler is kept by pointer. */
struct screenshot_server *screenshot_server_create(
	struct loop *loop, struct parent *parent,
	const struct screenshot_server_handler *handler, void *user);
void screenshot_server_destroy(struct screenshot_server *server);

/* The session, valid until the next turn; NULL: there is none. */
const struct screenshot_session *screenshot_server_session(
	const struct screenshot_server *server);

/* The user is to be told that pictures are taken: while one is used, and long
 * enough to be read. */
bool screenshot_server_tells(const struct screenshot_server *server);

/* Asks `may` again, and ends the session of who may not any more. */
void screenshot_server_check(struct screenshot_server *server);

/* Sends it a copy of picture->h rows of picture->stride bytes. False, with one
 * log line, while it is busy, or when its quota or the memory is too small. */
bool screenshot_server_send(struct screenshot_server *server,
			    const struct screenshot_picture *picture,
			    const void *pixels);

#endif
