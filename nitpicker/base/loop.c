#include "base/loop.h"

#include <assert.h>
#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/pidfd.h>
#include <sys/signalfd.h>
#include <sys/timerfd.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "base/alloc.h"
#include "base/log.h"

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

struct deferred {
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

	struct deferred *deferred;
	size_t deferred_count, deferred_capacity;
};

enum { ARMED_UNKNOWN = 1 };

uint64_t loop_now(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (uint64_t)now.tv_sec * 1000000000u + (uint64_t)now.tv_nsec;
}

static void fail(const char *what)
{
	log_error("event loop: %s: %s", what, strerror(errno));
	exit(1);
}

/* ---- sources ---- */

/*
 * Tells epoll what is wanted now. A source that wants nothing is taken out, or
 * a hang-up, which can't be masked, would come again and again.
 */
static void update(struct loop_source *source)
{
	struct loop *loop = source->loop;
	struct epoll_event event = { .events = source->events,
				     .data.ptr = source };
	bool wanted = source->events && !source->removed;
	int op = !source->registered ? EPOLL_CTL_ADD
		 : wanted            ? EPOLL_CTL_MOD
				     : EPOLL_CTL_DEL;

	if (source->plain || (!wanted && !source->registered))
		return;
	if (epoll_ctl(loop->epoll_fd, op, source->fd, &event) == 0) {
		source->registered = wanted;
		return;
	}
	assert(errno != EEXIST);
	if (op == EPOLL_CTL_DEL)
		return;
	if (errno != EPERM)
		fail("epoll_ctl");
	source->plain = true;
}

static struct loop_source *source_create(struct loop *loop,
					 enum source_kind kind, int fd,
					 uint32_t events)
{
	struct loop_source *source = xcalloc(1, sizeof(*source));

	*source = (struct loop_source){
		.loop = loop,
		.kind = kind,
		.fd = fd,
		.events = events & ~(uint32_t)LOOP_URGENT,
		.urgent = events & LOOP_URGENT,
		.next = loop->sources,
	};
	update(source);
	if (loop->sources)
		loop->sources->previous = source;
	loop->sources = source;
	loop->urgent_count += source->urgent;
	return source;
}

struct loop_source *loop_add_fd(struct loop *loop, int fd, uint32_t events,
				loop_fd_fn *fn, void *user)
{
	struct loop_source *source = source_create(loop, SOURCE_FD, fd, events);

	source->fd_fn = fn;
	source->user = user;
	return source;
}

void loop_set_events(struct loop_source *source, uint32_t events)
{
	events &= ~(uint32_t)LOOP_URGENT;
	assert(source->kind == SOURCE_FD);
	if (source->removed || events == source->events)
		return;
	source->events = events;
	update(source);
}

static void unlink_source(struct loop_source *source)
{
	if (source->next)
		source->next->previous = source->previous;
	if (source->previous)
		source->previous->next = source->next;
	else
		source->loop->sources = source->next;
	source->next = source->previous = NULL;
}

void loop_remove(struct loop_source *source)
{
	if (!source || source->removed)
		return;

	struct loop *loop = source->loop;

	source->removed = true;
	update(source);
	if (source->kind != SOURCE_FD)
		close(source->fd);
	loop->urgent_count -= source->urgent;
	unlink_source(source);
	if (loop->dispatching) {
		source->next = loop->graveyard;
		loop->graveyard = source;
	} else {
		free(source);
	}
}

static void empty_graveyard(struct loop *loop)
{
	while (loop->graveyard) {
		struct loop_source *source = loop->graveyard;

		loop->graveyard = source->next;
		free(source);
	}
}

/* ---- timers ---- */

/* Sets the timerfd to what comes first; deferred calls come at once. */
static void arm(struct loop *loop)
{
	uint64_t wanted = loop->deferred_count ? ARMED_UNKNOWN + 1
			  : loop->timers       ? loop->timers->deadline
					       : 0;

	if (wanted == loop->armed)
		return;
	loop->armed = wanted;

	struct itimerspec time = {
		.it_value = { .tv_sec = (time_t)(wanted / 1000000000u),
			      .tv_nsec = (long)(wanted % 1000000000u) },
	};

	if (timerfd_settime(loop->timer_source->fd, TFD_TIMER_ABSTIME, &time,
			    NULL) < 0)
		fail("timerfd_settime");
}

void timer_init(struct timer *timer, struct loop *loop, loop_timer_fn *fn,
		void *user)
{
	*timer = (struct timer){ .loop = loop, .fn = fn, .user = user };
}

void timer_finish(struct timer *timer)
{
	timer_cancel(timer);
}

void timer_set(struct timer *timer, uint64_t deadline)
{
	struct loop *loop = timer->loop;
	struct timer **link = &loop->timers, *previous = NULL;

	timer_cancel(timer);
	/* Values up to ARMED_UNKNOWN have a meaning of their own. */
	timer->deadline = deadline > ARMED_UNKNOWN + 1 ? deadline
						       : ARMED_UNKNOWN + 1;
	while (*link && (*link)->deadline <= timer->deadline) {
		previous = *link;
		link = &previous->next;
	}
	timer->next = *link;
	timer->previous = previous;
	if (timer->next)
		timer->next->previous = timer;
	*link = timer;
	if (!loop->running && !loop->dispatching)
		arm(loop);
}

void timer_set_in(struct timer *timer, uint64_t delay_ns)
{
	uint64_t now = loop_now();

	timer_set(timer,
		  delay_ns > UINT64_MAX / 2 ? UINT64_MAX / 2 : now + delay_ns);
}

void timer_cancel(struct timer *timer)
{
	if (!timer->deadline)
		return;

	struct loop *loop = timer->loop;

	if (timer->next)
		timer->next->previous = timer->previous;
	if (timer->previous)
		timer->previous->next = timer->next;
	else if (loop->due == timer)
		loop->due = timer->next;
	else
		loop->timers = timer->next;
	timer->next = timer->previous = NULL;
	timer->deadline = 0;
	if (!loop->running && !loop->dispatching)
		arm(loop);
}

bool timer_is_set(const struct timer *timer)
{
	return timer->deadline != 0;
}

/*
 * Timers that are due are taken out first, so that one that sets itself again
 * at once waits for the next turn.
 */
static void run_timers(struct loop *loop)
{
	if (!loop->timers)
		return;

	uint64_t now = loop_now();
	struct timer *last = NULL;

	for (struct timer *t = loop->timers; t && t->deadline <= now;
	     t = t->next)
		last = t;
	if (!last)
		return;
	loop->due = loop->timers;
	loop->timers = last->next;
	if (loop->timers)
		loop->timers->previous = NULL;
	last->next = NULL;
	while (loop->due) {
		struct timer *timer = loop->due;

		timer_cancel(timer);
		timer->fn(timer->user);
	}
}

/* ---- signals and processes ---- */

void loop_on_signal(struct loop *loop, int signo, loop_signal_fn *fn,
		    void *user)
{
	sigset_t one;

	assert(signo > 0 && signo <= SIGNAL_MAX);
	loop->signal_handlers[signo] = (struct signal_handler){ fn, user };
	sigemptyset(&one);
	sigaddset(&one, signo);
	sigaddset(&loop->signals, signo);
	if (sigprocmask(SIG_BLOCK, &one, NULL) < 0)
		fail("sigprocmask");

	int old = loop->signal_source ? loop->signal_source->fd : -1;
	int fd = signalfd(old, &loop->signals, SFD_CLOEXEC | SFD_NONBLOCK);

	if (fd < 0)
		fail("signalfd");
	if (!loop->signal_source)
		loop->signal_source = source_create(loop, SOURCE_SIGNAL, fd,
						    LOOP_READ);
}

void loop_reset_signals(void)
{
	sigset_t none;

	sigemptyset(&none);
	sigprocmask(SIG_SETMASK, &none, NULL);
}

static void run_signals(struct loop *loop)
{
	struct signalfd_siginfo info;

	/* One a turn: the handler may end the loop. */
	if (read(loop->signal_source->fd, &info, sizeof(info)) != sizeof(info))
		return;

	struct signal_handler handler = loop->signal_handlers[info.ssi_signo];

	if (handler.fn)
		handler.fn(handler.user, (int)info.ssi_signo);
}

struct loop_source *loop_on_exit(struct loop *loop, pid_t pid,
				 loop_process_fn *fn, void *user)
{
	int fd = pidfd_open(pid, 0);

	if (fd < 0)
		return NULL;

	struct loop_source *source = source_create(loop, SOURCE_PROCESS, fd,
						   LOOP_READ);

	source->process_fn = fn;
	source->user = user;
	source->pid = pid;
	return source;
}

static void run_process(struct loop_source *source)
{
	int status = 0;

	/* 0: a debugger holds it; -1: somebody else reaped it, status unknown.
	 */
	if (waitpid(source->pid, &status, WNOHANG) == 0)
		return;
	loop_remove(source);
	source->process_fn(source->user, source->pid, status);
}

/* ---- later ---- */

void loop_defer(struct loop *loop, loop_deferred_fn *fn, void *user)
{
	if (loop->deferred_count == loop->deferred_capacity) {
		loop->deferred_capacity += 16 + loop->deferred_capacity / 2;
		loop->deferred = xreallocarray(loop->deferred,
					       loop->deferred_capacity,
					       sizeof(*loop->deferred));
	}
	loop->deferred[loop->deferred_count++] = (struct deferred){ fn, user };
	if (!loop->running && !loop->dispatching)
		arm(loop);
}

void loop_undefer(struct loop *loop, void *user)
{
	/* Entries keep their places: they may be running. */
	for (size_t i = 0; i < loop->deferred_count; i++)
		if (loop->deferred[i].user == user)
			loop->deferred[i].fn = NULL;
}

static void run_deferred(struct loop *loop)
{
	size_t count = loop->deferred_count;

	if (!count)
		return;
	for (size_t i = 0; i < count; i++) {
		struct deferred call = loop->deferred[i];

		loop->deferred[i].fn = NULL;
		if (call.fn)
			call.fn(call.user);
	}
	loop->deferred_count -= count;
	memmove(loop->deferred, loop->deferred + count,
		loop->deferred_count * sizeof(*loop->deferred));
}

/* ---- the loop ---- */

struct loop *loop_create(void)
{
	struct loop *loop = xcalloc(1, sizeof(*loop));

	loop->epoll_fd = epoll_create1(EPOLL_CLOEXEC);
	if (loop->epoll_fd < 0)
		fail("epoll_create");

	int fd = timerfd_create(CLOCK_MONOTONIC, TFD_CLOEXEC | TFD_NONBLOCK);

	if (fd < 0)
		fail("timerfd_create");
	loop->timer_source = source_create(loop, SOURCE_TIMER, fd, LOOP_READ);
	sigemptyset(&loop->signals);
	return loop;
}

void loop_destroy(struct loop *loop)
{
	if (!loop)
		return;
	assert(!loop->dispatching);
	while (loop->deferred_count)
		run_deferred(loop);
	while (loop->sources) {
		if (loop->sources->kind == SOURCE_FD)
			log_warning("event loop: descriptor %d was forgotten",
				    loop->sources->fd);
		loop_remove(loop->sources);
	}
	free(loop->deferred);
	close(loop->epoll_fd);
	free(loop);
}

static void dispatch(struct loop_source *source, uint32_t events)
{
	events &= source->events | EPOLLERR | EPOLLHUP;
	if (source->removed || !source->events || !events)
		return;
	switch (source->kind) {
	case SOURCE_FD:
		source->fd_fn(source->user, source->fd, events);
		break;
	case SOURCE_PROCESS:
		run_process(source);
		break;
	case SOURCE_SIGNAL:
		run_signals(source->loop);
		break;
	case SOURCE_TIMER:
		/* Setting it again, or to nothing, also takes it back. */
		source->loop->armed = ARMED_UNKNOWN;
		break;
	}
}

/* ---- turns ---- */

/*
 * A full batch may have left out urgent sources: they are asked for directly.
 * poll uses the same bits as epoll for the four events.
 */
static void dispatch_urgent(struct loop *loop)
{
	struct loop_source *sources[LOOP_BATCH];
	struct pollfd fds[LOOP_BATCH];
	nfds_t count = 0;

	for (struct loop_source *s = loop->sources; s && count < LOOP_BATCH;
	     s = s->next) {
		if (!s->urgent || !s->registered)
			continue;
		sources[count] = s;
		fds[count++] = (struct pollfd){ s->fd, (short)s->events, 0 };
	}
	if (poll(fds, count, 0) <= 0)
		return;
	for (nfds_t i = 0; i < count; i++)
		dispatch(sources[i], (uint32_t)fds[i].revents);
}

/* Files that epoll refuses are always ready, as poll says of them. */
static size_t find_plain(struct loop *loop, struct loop_source **sources)
{
	size_t count = 0;

	for (struct loop_source *s = loop->sources; s && count < LOOP_BATCH;
	     s = s->next)
		if (s->plain && s->events)
			sources[count++] = s;
	return count;
}

static void turn(struct loop *loop, int timeout_ms)
{
	struct epoll_event events[LOOP_BATCH];
	struct loop_source *plain[LOOP_BATCH];
	size_t plain_count = find_plain(loop, plain);

	assert(!loop->dispatching);
	if (plain_count || loop->deferred_count)
		timeout_ms = 0;

	int count = epoll_wait(loop->epoll_fd, events, LOOP_BATCH, timeout_ms);
	bool full = count == LOOP_BATCH;

	if (count < 0 && errno != EINTR)
		fail("epoll_wait");
	loop->dispatching = true;
	if (full && loop->urgent_count)
		dispatch_urgent(loop);
	for (int i = 0; i < count && !full; i++) {
		struct loop_source *source = events[i].data.ptr;

		if (source->urgent)
			dispatch(source, events[i].events);
	}
	run_timers(loop);
	for (int i = 0; i < count; i++) {
		struct loop_source *source = events[i].data.ptr;

		if (!source->urgent)
			dispatch(source, events[i].events);
	}
	for (size_t i = 0; i < plain_count; i++)
		dispatch(plain[i], plain[i]->events);
	run_deferred(loop);
	loop->dispatching = false;
	empty_graveyard(loop);
}

int loop_run(struct loop *loop)
{
	loop->running = true;
	while (!loop->stopped) {
		if (!loop->deferred_count)
			arm(loop);
		turn(loop, -1);
	}
	loop->running = false;
	loop->stopped = false;
	arm(loop);
	return loop->code;
}

bool loop_turn(struct loop *loop, int timeout_ms)
{
	if (!loop->stopped)
		turn(loop, timeout_ms);
	arm(loop);
	return !loop->stopped;
}

void loop_stop(struct loop *loop, int code)
{
	loop->stopped = true;
	loop->code = code;
}

int loop_fd(const struct loop *loop)
{
	return loop->epoll_fd;
}
