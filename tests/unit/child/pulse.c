/* Who uses the CPU is heard of, who doesn't isn't. */
#include "child/measure.h"
#include "child/pulse.h"

#include <poll.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include "suite.h"

enum { BUSY, IDLE, PATIENCE_MS = 20000, NS = 5000000, MANY = 40 };

static pid_t start(bool busy)
{
	const pid_t pid = fork();
	volatile unsigned long turns = 0;

	while (pid == 0)
		if (busy)
			turns = turns + 1;
		else
			pause();
	return pid;
}

static void end(pid_t pid)
{
	kill(pid, SIGKILL);
	waitpid(pid, NULL, 0);
}

START_TEST(busy_processes_are_heard_of)
{
	static struct pulses pulses;
	const pid_t idle = start(false), busy = start(true);
	struct pollfd fd;
	size_t owner;
	int i;

	pulses_init(&pulses);
	fd = (struct pollfd){ .fd = pulses.fd, .events = POLLIN };
	for (i = 0; i < 4; i++) {
		pulses_begin(&pulses);
		pulses_follow(&pulses, idle, IDLE, NS);
		pulses_follow(&pulses, busy, BUSY, NS);
		pulses_end(&pulses);
		ck_assert_int_eq(poll(&fd, 1, PATIENCE_MS), 1);
		ck_assert(pulses_next(&pulses, &owner));
		ck_assert_uint_eq(owner, BUSY);
	}
	/* Dead ones are forgotten, and a forgotten one is not heard of. */
	end(busy);
	pulses_begin(&pulses);
	pulses_follow(&pulses, busy, BUSY, NS);
	pulses_end(&pulses);
	for (i = 0; i < (int)pulses.count; i++)
		ck_assert_int_eq(pulses.list[i].pid, 0);
	end(idle);
	close(pulses.fd);
}
END_TEST

/* One process alone would have used as much long before. */
START_TEST(those_that_multiply_are_heard_of_as_one)
{
	static struct pulses pulses;
	const uint64_t ns = 100 * UINT64_C(1000000);
	const pid_t first = fork();
	unsigned processes;
	struct pollfd fd;
	size_t owner;

	if (first == 0) {
		for (int i = 0; i < MANY; i++)
			start(true);
		for (;;)
			pause();
	}
	do
		measure_cpu(first, &processes);
	while (processes < MANY + 1);
	pulses_init(&pulses);
	fd = (struct pollfd){ .fd = pulses.fd, .events = POLLIN };
	pulses_begin(&pulses);
	pulses_follow(&pulses, first, BUSY, ns);
	pulses_end(&pulses);
	const uint64_t before = measure_cpu(first, &processes);
	ck_assert_int_eq(poll(&fd, 1, PATIENCE_MS), 1);
	ck_assert(pulses_next(&pulses, &owner));
	ck_assert_uint_eq(owner, BUSY);
	/* Each for itself: 40 times as much. */
	ck_assert_uint_lt(measure_cpu(first, &processes) - before, 20 * ns);
	measure_signal(first, SIGSTOP);
	measure_signal(first, SIGKILL);
	waitpid(first, NULL, 0);
	close(pulses.fd);
}
END_TEST

Suite *pulse_suite(void)
{
	Suite *suite = suite_create("pulse");
	TCase *tcase = tcase_create("pulse");

	tcase_set_timeout(tcase, 90);
	tcase_add_test(tcase, busy_processes_are_heard_of);
	tcase_add_test(tcase, those_that_multiply_are_heard_of_as_one);
	suite_add_tcase(suite, tcase);
	return suite;
}
