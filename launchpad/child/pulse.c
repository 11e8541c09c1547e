#include "pulse.h"

#include <signal.h>
#include <string.h>
#include <sys/signalfd.h>
#include <time.h>
#include <unistd.h>

#include "base/base.h"
#include "measure.h"

enum { SECOND_NS = 1000000000 };

void pulses_init(struct pulses *pulses)
{
	sigset_t set;

	memset(pulses, 0, sizeof(*pulses));
	sigemptyset(&set);
	sigaddset(&set, SIGRTMIN);
	sigprocmask(SIG_BLOCK, &set, NULL);
	pulses->fd = signalfd(-1, &set, SFD_NONBLOCK | SFD_CLOEXEC);
}

static struct pulse *find(struct pulses *pulses, pid_t pid)
{
	size_t i;

	for (i = 0; i < pulses->count; i++)
		if (pulses->list[i].pid == pid)
			return &pulses->list[i];
	return NULL;
}

static struct pulse *find_free(struct pulses *pulses)
{
	struct pulse *pulse = find(pulses, 0);

	if (!pulse && pulses->count < PULSES_MAX)
		pulse = &pulses->list[pulses->count++];
	return pulse;
}

static void forget(struct pulse *pulse)
{
	timer_delete(pulse->timer);
	*pulse = (struct pulse){ .pid = 0 };
}

static struct pulse *add(struct pulses *pulses, pid_t pid, size_t owner)
{
	struct pulse *pulse = find_free(pulses);
	struct sigevent event = {
		.sigev_notify = SIGEV_SIGNAL,
		.sigev_signo = SIGRTMIN,
	};
	clockid_t clock;
	timer_t timer;

	if (!pulse || clock_getcpuclockid(pid, &clock))
		return NULL;
	event.sigev_value.sival_int = (int)(pulse - pulses->list);
	if (timer_create(clock, &event, &timer) < 0)
		return NULL;
	*pulse = (struct pulse){ .pid = pid, .timer = timer, .owner = owner };
	return pulse;
}

struct following {
	struct pulses *pulses;
	size_t owner;
	struct itimerspec when;
};

static void follow_one(void *user, pid_t pid)
{
	const struct following *following = user;
	struct pulse *pulse = find(following->pulses, pid);

	if (!pulse)
		pulse = add(following->pulses, pid, following->owner);
	if (!pulse)
		return;
	pulse->seen = true;
	pulse->owner = following->owner;
	/* A number that was given to a new process has a dead timer. */
	if (timer_settime(pulse->timer, 0, &following->when, NULL) < 0)
		forget(pulse);
}

void pulses_follow(struct pulses *pulses, pid_t pid, size_t owner, uint64_t ns)
{
	struct following following = {
		.pulses = pulses,
		.owner = owner,
		.when.it_value = {
			.tv_sec = (time_t)(ns / SECOND_NS),
			.tv_nsec = (long)(ns % SECOND_NS),
		},
	};

	if (pulses->fd >= 0)
		measure_family(pid, follow_one, &following);
}

void pulses_begin(struct pulses *pulses)
{
	size_t i;

	for (i = 0; i < pulses->count; i++)
		pulses->list[i].seen = false;
}

void pulses_end(struct pulses *pulses)
{
	size_t i;

	for (i = 0; i < pulses->count; i++)
		if (pulses->list[i].pid && !pulses->list[i].seen)
			forget(&pulses->list[i]);
}

bool pulses_next(struct pulses *pulses, size_t *owner)
{
	struct signalfd_siginfo info;

	while (read(pulses->fd, &info, sizeof(info)) == sizeof(info)) {
		const size_t i = (size_t)info.ssi_int;

		if (i >= pulses->count || !pulses->list[i].pid)
			continue;
		*owner = pulses->list[i].owner;
		return true;
	}
	return false;
}
