/*
 * The soft limit's watch: a process of its own that measures all children of a
 * family once a second, and each that uses CPU time more often (pulse.h). It
 * sleeps while there are none.
 */
#ifndef CHILD_WATCH_H
#define CHILD_WATCH_H

#include "limit.h"

struct watch;

/* NULL with one line when it can't be started. */
struct watch *watch_create(struct loop *loop, limits_exceeded_fn *fn,
			   void *user);
void watch_destroy(struct watch *watch);
pid_t watch_pid(const struct watch *watch);

/* Watches the process of a limit and its descendants, or sets its new bytes. */
void watch_set(struct watch *watch, const struct limit *limit);
void watch_forget(struct watch *watch, pid_t pid);

/* A program has begun, so that its process can be found; until then there was
 * only what prepares it. */
void watch_begun(struct watch *watch);

#endif
