/*
 * A parent in a thread, and the session with it.
 */
#ifndef HOME_H
#define HOME_H

#include "peer.h"

struct home {
	struct loop *loop;
	struct parent *parent;
	struct peer peer; /* the parent; its user is the home */
	/* Seen by the parent; to be read after home_close. */
	struct {
		unsigned announces, accepts, denies, closes, revokes, reports,
			opens;
		uint64_t donated;
		uint32_t last_reason;
		char report[64];
	} seen;
};

/* Begins; `message` is what the parent does, `handler` may be NULL. */
void home_open(struct home *home, peer_fn *start, peer_fn *message,
	       const struct parent_handler *handler);
void home_close(struct home *home);

/* For `start`: a quota, and a config from line 7, column 3 of test.xml. */
void home_start(struct peer *of, struct wire_packet *packet);
/* What every parent here does with a message, but for opening sessions. */
void home_note(struct peer *of, struct wire_packet *packet);
/* Another config. */
void home_config(struct peer *of, const char *text);

#endif
