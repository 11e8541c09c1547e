/*
 * A family without programs, whose children are forks of this test that speak
 * with it through the session library.
 */
#ifndef UNIT_CHILD_WORLD_H
#define UNIT_CHILD_WORLD_H

#include <stdbool.h>
#include <stdint.h>
#include <unistd.h>

#include "child/family.h"

enum { KIB = 1024, PATIENCE_MS = 60000 };

/* ---- the peers' side: exits with 0, or the number of what went wrong ---- */

struct peer {
	struct loop *loop;
	struct parent *parent;
	enum revoke_reason reason;
	unsigned denied;
	uint32_t last_id;
};

typedef void peer_fn(struct peer *peer);

#define expect(condition) \
	do { \
		if (!(condition)) \
			_exit(__LINE__ % 250 + 1); \
	} while (0)

/* ---- the family's side ---- */

struct world {
	struct loop *loop;
	struct family family;
	struct timer timer;
	bool late;
};

void setup_world(struct world *world);
void finish_world(struct world *world);

/* A child that runs fn, with 100 KiB; it may provide Echo. */
struct child *add_peer(struct world *world, const char *name, peer_fn *fn,
		       bool may_provide);

/* Turns the loop until the condition holds. */
#define until(world, condition) \
	do { \
		timer_set_in(&(world)->timer, PATIENCE_MS * 1000000ull); \
		(world)->late = false; \
		while (!(condition)) { \
			ck_assert_msg(!(world)->late, #condition); \
			loop_turn((world)->loop, -1); \
		} \
	} while (0)

/* Its exit status, once its connection ended. */
int end_of(struct world *world, struct child *child);
/* Kills it. */
void end_peer(struct world *world, struct child *child);

/* Answered sessions of a client. */
unsigned count_open(const struct child *client);
unsigned count_sessions(const struct world *world);

#endif
