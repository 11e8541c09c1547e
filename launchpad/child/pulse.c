#include "pulse.h"

#include <signal.h>
#include <string.h>
#include <sys/signalfd.h>
#include <time.h>
#include <unistd.h>

#include "base/base.h"
#include "measure.h"

enum {
	SECOND_NS = 1000000000,
	LEAST_NS = 1000000, /* a tick is not shorter */
};

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

/* Those of a family that are to be heard of anew; the timers of others run. */
struct following {
	struct pulses *pulses;
	size_t owner;
	pid_t due[PULSES_MAX];
	size_t count;
};

/* Not of one that expired, or whose process is gone. */
static bool runs(const struct pulse *pulse)
{
	struct itimerspec left;

	return timer_gettime(pulse->timer, &left) == 0 &&
	       (left.it_value.tv_sec || left.it_value.tv_nsec);
}

static void note_one(void *user, pid_t pid)
{
	struct following *following = user;
	struct pulse *pulse = find(following->pulses, pid);

	if (pulse) {
		pulse->seen = true;
		pulse->owner = following->owner;
	}
	if ((!pulse || !runs(pulse)) && following->count < PULSES_MAX)
		following->due[following->count++] = pid;
}

static void follow_one(const struct following *following, pid_t pid,
		       uint64_t ns)
{
	const struct itimerspec when = {
		.it_value = {
			.tv_sec = (time_t)(ns / SECOND_NS),
			.tv_nsec = (long)(ns % SECOND_NS),
		},
	};
	struct pulse *pulse = find(following->pulses, pid);

	/* A number that was given to a new process has a dead timer. */
	if (pulse && timer_settime(pulse->timer, 0, &when, NULL) < 0) {
		forget(pulse);
		pulse = NULL;
	}
	if (pulse)
		return;
	pulse = add(following->pulses, pid, following->owner);
	if (pulse && timer_settime(pulse->timer, 0, &when, NULL) < 0)
		forget(pulse);
	else if (pulse)
		pulse->seen = true;
}

size_t pulses_follow(struct pulses *pulses, pid_t pid, size_t owner,
		     uint64_t ns)
{
	struct following following = { .pulses = pulses, .owner = owner };
	size_t i;

	if (pulses->fd < 0)
		return 0;
	measure_family(pid, note_one, &following);
	/* Those that multiply share the processor: none of them gets far. */
	if (following.count > 1)
		ns /= following.count;
	for (i = 0; i < following.count; i++)
		follow_one(&following, following.due[i],
			   ns > LEAST_NS ? ns : LEAST_NS);
	return following.count;
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
