/*
 * The event loop of a component: epoll (level-triggered), one timerfd for all
 * timers, signalfd, pidfd. Single-threaded; every callback runs to its end.
 *
 * Removing anything during dispatch is allowed, also the source that is being
 * dispatched: its memory is freed after the batch, and its callback is not
 * called again. At most LOOP_BATCH events are taken at once, sources added
 * with LOOP_URGENT first, so that input is not starved by a flood.
 */
#ifndef BASE_LOOP_H
#define BASE_LOOP_H

#include <stdbool.h>
#include <stdint.h>
#include <sys/epoll.h>
#include <sys/types.h>

enum { LOOP_BATCH = 64 };

struct loop;
struct loop_source;

/* Nanoseconds of CLOCK_MONOTONIC. */
uint64_t loop_now(void);

struct loop *loop_create(void);

/* NULL is fine. Removes what is still registered, with one log line each for
 * file descriptors (an owner forgot them). */
void loop_destroy(struct loop *loop);

/* Runs until loop_stop; returns its code. */
int loop_run(struct loop *loop);
void loop_stop(struct loop *loop, int code);

/*
 * One turn: waits at most timeout_ms (-1: until something happens), dispatches
 * one batch and what was deferred. False once loop_stop was called. For
 * programs that live in a foreign main loop.
 */
bool loop_turn(struct loop *loop, int timeout_ms);

/* The epoll descriptor: readable when loop_turn has something to do. */
int loop_fd(const struct loop *loop);

/* ---- file descriptors ---- */

enum { LOOP_READ = EPOLLIN, LOOP_WRITE = EPOLLOUT, LOOP_URGENT = 1u << 31 };

/* `events`: those of EPOLLIN EPOLLOUT EPOLLERR EPOLLHUP that are true now. */
typedef void loop_fd_fn(void *user, int fd, uint32_t events);

/*
 * Calls fn while one of `events` holds; with none, it also hears no hang-up.
 * The descriptor stays the caller's and must be non-blocking; remove the source
 * before closing it. A descriptor can be registered only once (asserted).
 * Regular files and /dev/null are always ready. Never NULL.
 */
struct loop_source *loop_add_fd(struct loop *loop, int fd, uint32_t events,
				loop_fd_fn *fn, void *user);
void loop_set_events(struct loop_source *source, uint32_t events);
void loop_remove(struct loop_source *source); /* NULL is fine */

/* ---- timers ---- */

typedef void loop_timer_fn(void *user);

/* One-shot; embedded by its owner; zeroed memory is a valid idle timer once
 * timer_init ran. */
struct timer {
	struct loop *loop;
	loop_timer_fn *fn;
	void *user;
	uint64_t deadline; /* ns of CLOCK_MONOTONIC; 0: idle */
	struct timer *next, *previous;
};

void timer_init(struct timer *timer, struct loop *loop, loop_timer_fn *fn,
		void *user);
void timer_finish(struct timer *timer);

/* Fires once at `deadline` (ns); moves it when already set. */
void timer_set(struct timer *timer, uint64_t deadline);
void timer_set_in(struct timer *timer, uint64_t delay_ns);
void timer_cancel(struct timer *timer);
bool timer_is_set(const struct timer *timer);

/* ---- signals and processes ---- */

typedef void loop_signal_fn(void *user, int signo);

/* Blocks the signal for the process and delivers it through the loop. Undo in
 * a child before exec with loop_reset_signals. One handler per signal. */
void loop_on_signal(struct loop *loop, int signo, loop_signal_fn *fn,
		    void *user);
void loop_reset_signals(void);

/* `status` as of waitpid. Called once; the process is reaped then. */
typedef void loop_process_fn(void *user, pid_t pid, int status);

/* Watches a child process through a pidfd. NULL with errno if that fails. The
 * source is gone once fn is called: it must not be removed after that. */
struct loop_source *loop_on_exit(struct loop *loop, pid_t pid,
				 loop_process_fn *fn, void *user);

/* ---- later ---- */

typedef void loop_deferred_fn(void *user);

/* Calls fn once, after the present batch; for freeing what is in use. Calls
 * are made in order; what a call defers is run in the next turn. */
void loop_defer(struct loop *loop, loop_deferred_fn *fn, void *user);

/* Forgets deferred calls with that user pointer. What is still deferred when
 * the loop is destroyed is called then. */
void loop_undefer(struct loop *loop, void *user);

#endif
