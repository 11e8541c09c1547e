/*
 * The other side of calls that wait: a wire in a thread of its own.
 */
#ifndef PEER_H
#define PEER_H

#include <pthread.h>

#include "session/session.h"

struct peer;

/* Runs in the thread, for each message. */
typedef void peer_fn(struct peer *peer, struct wire_packet *packet);

struct peer {
	pthread_t thread;
	struct loop *loop;
	struct wire *wire; /* NULL once its session ended */
	const struct wire_protocol *protocol;
	int fd, stop_fd;
	peer_fn *start; /* packet NULL; may be NULL */
	peer_fn *message;
	void *user;
	unsigned closed;
	struct peer *inner; /* one that lives in the same thread */
};

/* Starts a server of that protocol; returns the client's descriptor. */
int peer_start(struct peer *peer, const struct wire_protocol *protocol,
	       peer_fn *start, peer_fn *message, void *user);
/* Ends the thread; afterwards all it wrote can be read. */
void peer_stop(struct peer *peer);

/* A server in the thread of `of`; returns the client's descriptor. */
int peer_add(struct peer *of, struct peer *peer,
	     const struct wire_protocol *protocol, peer_fn *message,
	     void *user);
/* Ends its session. */
void peer_end(struct peer *peer);

#endif
