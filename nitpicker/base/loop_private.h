/*
 * What the parts of the loop share: sources and turns (loop.c), timers
 * (timer.c), signals and processes (process.c).
 */
#ifndef BASE_LOOP_PRIVATE_H
#define BASE_LOOP_PRIVATE_H

#include <signal.h>
#include <stddef.h>

#include "base/loop.h"

enum { SIGNAL_MAX = 64 };

enum source_kind { SOURCE_FD, SOURCE_PROCESS, SOURCE_TIMER, SOURCE_SIGNAL };

struct loop_source {
	struct loop *loop;
	enum source_kind kind;
	int fd;
	uint32_t events;
	bool urgent, removed;
	bool registered; /* with epoll */
	bool plain; /* a file that epoll refuses: always ready */
	union {
		loop_fd_fn *fd_fn;
		loop_process_fn *process_fn;
	};
	void *user;
	pid_t pid;
	struct loop_source *next, *previous;
};

struct deferred_call {
	loop_deferred_fn *fn;
	void *user;
};

struct signal_handler {
	loop_signal_fn *fn;
	void *user;
};

struct loop {
	int epoll_fd;
	int code;
	bool stopped;
	bool running; /* inside loop_run: timers are armed before each wait */
	bool dispatching;
	struct loop_source *sources, *graveyard;
	unsigned urgent_count;

	struct loop_source *timer_source;
	struct timer *timers; /* by deadline */
	struct timer *due; /* taken from `timers` in this turn */
	uint64_t armed; /* deadline the timerfd is set to; 0: none */

	struct loop_source *signal_source;
	sigset_t signals;
	struct signal_handler signal_handlers[SIGNAL_MAX + 1];

	struct deferred_call *deferred;
	size_t deferred_count, deferred_capacity;
};

/* Ends the process: the kernel refuses what the loop can't do without. */
void loop_fail(const char *what) __attribute__((noreturn));

struct loop_source *loop_source_create(struct loop *loop, enum source_kind kind,
				       int fd, uint32_t events);

/* Sets the timerfd to what comes first; deferred calls come at once. */
void loop_arm(struct loop *loop);

/* The same, unless the end of this turn does it anyway. */
void loop_arm_outside(struct loop *loop);

/* The timerfd was readable: it has to be set again, be it to nothing. */
void loop_timer_fired(struct loop *loop);

void loop_run_timers(struct loop *loop);
void loop_run_signals(struct loop *loop);
void loop_run_process(struct loop_source *source);

#endif
