#include "base/loop_private.h"

#include <assert.h>
#include <errno.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <sys/timerfd.h>
#include <unistd.h>

#include "base/alloc.h"
#include "base/log.h"

void loop_fail(const char *what)
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
		loop_fail("epoll_ctl");
	source->plain = true;
}

struct loop_source *loop_source_create(struct loop *loop, enum source_kind kind,
				       int fd, uint32_t events)
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
	struct loop_source *source = loop_source_create(loop, SOURCE_FD, fd,
							events);

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

/* ---- later ---- */

void loop_defer(struct loop *loop, loop_deferred_fn *fn, void *user)
{
	if (loop->deferred_count == loop->deferred_capacity) {
		loop->deferred_capacity += 16 + loop->deferred_capacity / 2;
		loop->deferred = xreallocarray(loop->deferred,
					       loop->deferred_capacity,
					       sizeof(*loop->deferred));
	}
	loop->deferred[loop->deferred_count++] = (struct deferred_call){ fn,
									 user };
	loop_arm_outside(loop);
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
		struct deferred_call call = loop->deferred[i];

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
		loop_fail("epoll_create");

	int fd = timerfd_create(CLOCK_MONOTONIC, TFD_CLOEXEC | TFD_NONBLOCK);

	if (fd < 0)
		loop_fail("timerfd_create");
	loop->timer_source = loop_source_create(loop, SOURCE_TIMER, fd,
						LOOP_READ);
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
		loop_run_process(source);
		break;
	case SOURCE_SIGNAL:
		loop_run_signals(source->loop);
		break;
	case SOURCE_TIMER:
		loop_timer_fired(source->loop);
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
		loop_fail("epoll_wait");
	loop->dispatching = true;
	if (full && loop->urgent_count)
		dispatch_urgent(loop);
	for (int i = 0; i < count && !full; i++) {
		struct loop_source *source = events[i].data.ptr;

		if (source->urgent)
			dispatch(source, events[i].events);
	}
	loop_run_timers(loop);
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
			loop_arm(loop);
		turn(loop, -1);
	}
	loop->running = false;
	loop->stopped = false;
	loop_arm(loop);
	return loop->code;
}

bool loop_turn(struct loop *loop, int timeout_ms)
{
	if (!loop->stopped)
		turn(loop, timeout_ms);
	loop_arm(loop);
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
