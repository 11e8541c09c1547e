#include "base/loop_private.h"

#include <sys/timerfd.h>
#include <time.h>

/* No deadline: timer_set keeps clear of it. */
enum { ARMED_UNKNOWN = 1 };

uint64_t loop_now(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (uint64_t)now.tv_sec * 1000000000u + (uint64_t)now.tv_nsec;
}

void loop_arm(struct loop *loop)
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
		loop_fail("timerfd_settime");
}

void loop_arm_outside(struct loop *loop)
{
	if (!loop->running && !loop->dispatching)
		loop_arm(loop);
}

void loop_timer_fired(struct loop *loop)
{
	loop->armed = ARMED_UNKNOWN;
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
	loop_arm_outside(loop);
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
	loop_arm_outside(loop);
}

bool timer_is_set(const struct timer *timer)
{
	return timer->deadline != 0;
}

/*
 * Timers that are due are taken out first, so that one that sets itself again
 * at once waits for the next turn.
 */
void loop_run_timers(struct loop *loop)
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
