#include "suite.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/alloc.h"
#include "base/loop.h"

enum { PIPES = 100 };

struct pipe_source {
	struct loop *loop;
	struct loop_source *source;
	struct pipe_source *victim; /* removed by the callback */
	int ends[2];
	int calls;
	int *order, *position; /* position in the order of all calls */
	bool stop;
};

static void on_pipe(void *user, int fd, uint32_t events)
{
	struct pipe_source *pipe_source = user;

	ck_assert_int_eq(fd, pipe_source->ends[0]);
	ck_assert(events & (LOOP_READ | EPOLLHUP));
	pipe_source->calls++;
	if (pipe_source->position)
		*pipe_source->order = (*pipe_source->position)++;
	if (pipe_source->victim) {
		loop_remove(pipe_source->victim->source);
		pipe_source->victim->source = NULL;
	}
	if (pipe_source->stop)
		loop_stop(pipe_source->loop, 7);
}

static void open_source(struct pipe_source *pipe_source, struct loop *loop,
			uint32_t events)
{
	memset(pipe_source, 0, sizeof(*pipe_source));
	ck_assert_int_eq(pipe2(pipe_source->ends, O_NONBLOCK | O_CLOEXEC), 0);
	pipe_source->loop = loop;
	pipe_source->source = loop_add_fd(loop, pipe_source->ends[0], events,
					  on_pipe, pipe_source);
}

static void make_ready(struct pipe_source *pipe_source)
{
	ck_assert_int_eq(write(pipe_source->ends[1], "x", 1), 1);
}

static void take(struct pipe_source *pipe_source)
{
	char byte;

	ck_assert_int_eq(read(pipe_source->ends[0], &byte, 1), 1);
}

static void close_source(struct pipe_source *pipe_source)
{
	loop_remove(pipe_source->source);
	close(pipe_source->ends[0]);
	close(pipe_source->ends[1]);
}

START_TEST(level_triggered)
{
	struct loop *loop = loop_create();
	struct pipe_source a;

	open_source(&a, loop, LOOP_READ);
	ck_assert(loop_turn(loop, 0));
	ck_assert_int_eq(a.calls, 0);
	make_ready(&a);
	loop_turn(loop, -1);
	loop_turn(loop, -1);
	ck_assert_int_eq(a.calls, 2);
	take(&a);
	loop_turn(loop, 0);
	ck_assert_int_eq(a.calls, 2);
	close_source(&a);
	loop_destroy(loop);
}
END_TEST

START_TEST(removal_in_callbacks)
{
	struct loop *loop = loop_create();
	struct pipe_source a, b;

	open_source(&a, loop, LOOP_READ);
	open_source(&b, loop, LOOP_READ);
	/* Whichever comes first removes the other. */
	a.victim = &b;
	b.victim = &a;
	make_ready(&a);
	make_ready(&b);
	loop_turn(loop, -1);
	ck_assert_int_eq(a.calls + b.calls, 1);
	/* And itself. */
	struct pipe_source *left = a.source ? &a : &b;

	left->victim = left;
	loop_turn(loop, -1);
	ck_assert_int_eq(left->calls, 2);
	loop_turn(loop, 0);
	ck_assert_int_eq(left->calls, 2);
	close_source(&a);
	close_source(&b);
	loop_destroy(loop);
}
END_TEST

START_TEST(same_number_after_removal)
{
	struct loop *loop = loop_create();
	struct pipe_source a, b;

	open_source(&a, loop, LOOP_READ);
	int number = a.ends[0];

	make_ready(&a);
	close_source(&a);
	open_source(&b, loop, LOOP_READ);
	ck_assert_int_eq(b.ends[0], number);
	loop_turn(loop, 0);
	ck_assert_int_eq(b.calls, 0);
	close_source(&b);
	loop_destroy(loop);
}
END_TEST

START_TEST(paused_source_hears_no_hang_up)
{
	struct loop *loop = loop_create();
	struct pipe_source a;

	open_source(&a, loop, LOOP_READ);
	loop_set_events(a.source, 0);
	close(a.ends[1]);
	loop_turn(loop, 0);
	ck_assert_int_eq(a.calls, 0);
	loop_set_events(a.source, LOOP_READ);
	loop_turn(loop, 0);
	ck_assert_int_eq(a.calls, 1);
	a.ends[1] = -1;
	close_source(&a);
	loop_destroy(loop);
}
END_TEST

START_TEST(regular_files_are_ready)
{
	struct loop *loop = loop_create();
	struct pipe_source a = { .loop = loop };

	a.ends[0] = open("/dev/null", O_RDONLY | O_CLOEXEC);
	a.ends[1] = -1;
	a.source = loop_add_fd(loop, a.ends[0], LOOP_READ, on_pipe, &a);
	loop_turn(loop, -1);
	loop_turn(loop, -1);
	ck_assert_int_eq(a.calls, 2);
	loop_set_events(a.source, 0);
	loop_turn(loop, 0);
	ck_assert_int_eq(a.calls, 2);
	close_source(&a);
	loop_destroy(loop);
}
END_TEST

/* More sources than a batch are ready: an urgent one comes first, whatever
 * place epoll gives it, and all others get their turn. */
START_TEST(fairness)
{
	struct loop *loop = loop_create();
	struct pipe_source *pipes = xcalloc(PIPES, sizeof(*pipes));
	struct pipe_source urgent;
	int order[PIPES], urgent_order = -1, position = 0;

	for (int i = 0; i < PIPES; i++) {
		open_source(&pipes[i], loop, LOOP_READ);
		pipes[i].order = &order[i];
		pipes[i].position = &position;
		make_ready(&pipes[i]);
	}
	open_source(&urgent, loop, LOOP_READ | LOOP_URGENT);
	urgent.order = &urgent_order;
	urgent.position = &position;
	make_ready(&urgent);
	loop_turn(loop, 0);
	ck_assert_int_eq(urgent_order, 0);
	ck_assert_int_eq(urgent.calls, 1);
	ck_assert_int_le(position, LOOP_BATCH + 1);
	loop_turn(loop, 0);
	ck_assert_int_eq(urgent.calls, 2);
	loop_turn(loop, 0);
	for (int i = 0; i < PIPES; i++) {
		ck_assert_int_gt(pipes[i].calls, 0);
		close_source(&pipes[i]);
	}
	close_source(&urgent);
	free(pipes);
	loop_destroy(loop);
}
END_TEST

START_TEST(urgent_first_in_a_small_batch)
{
	struct loop *loop = loop_create();
	struct pipe_source a, b;
	int order_a, order_b, position = 0;

	open_source(&a, loop, LOOP_READ);
	open_source(&b, loop, LOOP_READ | LOOP_URGENT);
	a.order = &order_a;
	b.order = &order_b;
	a.position = b.position = &position;
	make_ready(&a);
	make_ready(&b);
	loop_turn(loop, 0);
	ck_assert_int_eq(order_b, 0);
	ck_assert_int_eq(order_a, 1);
	close_source(&a);
	close_source(&b);
	loop_destroy(loop);
}
END_TEST

/* ---- timers ---- */

struct alarm {
	struct timer timer;
	struct timer *cancels;
	int calls, order;
	int *position;
	bool again;
	struct loop *stop;
};

static void on_alarm(void *user)
{
	struct alarm *alarm = user;

	alarm->calls++;
	alarm->order = (*alarm->position)++;
	ck_assert(!timer_is_set(&alarm->timer));
	if (alarm->cancels)
		timer_cancel(alarm->cancels);
	if (alarm->again)
		timer_set(&alarm->timer, 1);
	if (alarm->stop)
		loop_stop(alarm->stop, 3);
}

START_TEST(timers_in_order)
{
	struct loop *loop = loop_create();
	struct alarm alarms[8] = { 0 };
	uint64_t now = loop_now();
	const int when[] = { 5, 1, 3, 1, 8, 2, 2, 4 };
	const int expected[] = { 6, 0, 4, 1, 7, 2, 3, 5 };
	int position = 0;

	for (int i = 0; i < 8; i++) {
		alarms[i].position = &position;
		timer_init(&alarms[i].timer, loop, on_alarm, &alarms[i]);
		timer_set(&alarms[i].timer, now + (uint64_t)when[i] * 1000000);
	}
	alarms[4].stop = loop;
	ck_assert_int_eq(loop_run(loop), 3);
	ck_assert_uint_ge(loop_now(), now + 8000000);
	for (int i = 0; i < 8; i++) {
		ck_assert_int_eq(alarms[i].calls, 1);
		ck_assert_int_eq(alarms[i].order, expected[i]);
	}
	loop_destroy(loop);
}
END_TEST

START_TEST(timers_cancel_each_other)
{
	struct loop *loop = loop_create();
	struct alarm a = { 0 }, b = { 0 }, c = { 0 };
	int position = 0;

	a.position = b.position = c.position = &position;
	timer_init(&a.timer, loop, on_alarm, &a);
	timer_init(&b.timer, loop, on_alarm, &b);
	timer_init(&c.timer, loop, on_alarm, &c);
	a.cancels = &b.timer;
	timer_set(&a.timer, 10);
	timer_set(&b.timer, 11); /* due, too, but cancelled by a */
	timer_set(&c.timer, 12);
	timer_set(&c.timer, 9); /* moved to the front */
	loop_turn(loop, 0);
	ck_assert_int_eq(a.calls, 1);
	ck_assert_int_eq(b.calls, 0);
	ck_assert_int_eq(c.calls, 1);
	ck_assert_int_eq(c.order, 0);
	timer_set_in(&b.timer, 3600000000000u);
	timer_finish(&b.timer);
	ck_assert(!timer_is_set(&b.timer));
	loop_destroy(loop);
}
END_TEST

/* A timer that sets itself to the past does not keep others out. */
START_TEST(greedy_timer)
{
	struct loop *loop = loop_create();
	struct alarm alarm = { .again = true };
	struct pipe_source a;
	int position = 0;

	alarm.position = &position;
	timer_init(&alarm.timer, loop, on_alarm, &alarm);
	timer_set(&alarm.timer, 1);
	open_source(&a, loop, LOOP_READ);
	make_ready(&a);
	a.stop = true;
	ck_assert_int_eq(loop_run(loop), 7);
	ck_assert_int_eq(a.calls, 1);
	timer_cancel(&alarm.timer);
	close_source(&a);
	loop_destroy(loop);
}
END_TEST

/* A foreign main loop sees by the descriptor that there is work. */
START_TEST(foreign_loop)
{
	struct loop *loop = loop_create();
	struct alarm alarm = { 0 };
	struct pollfd fd = { .fd = loop_fd(loop), .events = POLLIN };
	int position = 0;

	alarm.position = &position;
	timer_init(&alarm.timer, loop, on_alarm, &alarm);
	ck_assert_int_eq(poll(&fd, 1, 0), 0);
	timer_set_in(&alarm.timer, 2000000);
	ck_assert_int_eq(poll(&fd, 1, 60000), 1);
	loop_turn(loop, 0);
	ck_assert_int_eq(alarm.calls, 1);
	ck_assert_int_eq(poll(&fd, 1, 0), 0);
	timer_set(&alarm.timer, 1);
	timer_cancel(&alarm.timer);
	ck_assert_int_eq(poll(&fd, 1, 0), 0);
	loop_destroy(loop);
}
END_TEST

/* ---- later ---- */

struct call {
	struct loop *loop;
	int calls, more;
};

static void on_deferred(void *user)
{
	struct call *call = user;

	call->calls++;
	if (call->more-- > 0)
		loop_defer(call->loop, on_deferred, call);
}

START_TEST(deferred)
{
	struct loop *loop = loop_create();
	struct call a = { .loop = loop, .more = 2 }, b = { .loop = loop };
	struct pollfd fd = { .fd = loop_fd(loop), .events = POLLIN };

	loop_defer(loop, on_deferred, &a);
	loop_defer(loop, on_deferred, &b);
	loop_defer(loop, on_deferred, &b);
	ck_assert_int_eq(poll(&fd, 1, 0), 1);
	loop_undefer(loop, &b);
	loop_turn(loop, -1);
	ck_assert_int_eq(a.calls, 1);
	ck_assert_int_eq(b.calls, 0);
	loop_turn(loop, -1);
	ck_assert_int_eq(a.calls, 2);
	/* What is left is done before the loop goes. */
	loop_destroy(loop);
	ck_assert_int_eq(a.calls, 3);
}
END_TEST

START_TEST(stopped_before_run)
{
	struct loop *loop = loop_create();

	loop_stop(loop, 5);
	ck_assert(!loop_turn(loop, -1));
	ck_assert_int_eq(loop_run(loop), 5);
	ck_assert(loop_turn(loop, 0));
	loop_destroy(loop);
}
END_TEST

/* ---- signals and processes ---- */

struct heard {
	struct loop *loop;
	int signo, calls;
	pid_t pid;
	int status;
};

static void on_signal(void *user, int signo)
{
	struct heard *heard = user;

	heard->signo = signo;
	heard->calls++;
	loop_stop(heard->loop, 0);
}

START_TEST(signals)
{
	struct loop *loop = loop_create();
	struct heard usr1 = { .loop = loop }, term = { .loop = loop };

	loop_on_signal(loop, SIGUSR1, on_signal, &usr1);
	loop_on_signal(loop, SIGTERM, on_signal, &term);
	kill(getpid(), SIGTERM);
	ck_assert_int_eq(loop_run(loop), 0);
	ck_assert_int_eq(term.signo, SIGTERM);
	ck_assert_int_eq(usr1.calls, 0);
	kill(getpid(), SIGUSR1);
	loop_run(loop);
	ck_assert_int_eq(usr1.signo, SIGUSR1);
	ck_assert_int_eq(term.calls, 1);
	loop_destroy(loop);
}
END_TEST

static void on_exit_of(void *user, pid_t pid, int status)
{
	struct heard *heard = user;

	heard->calls++;
	heard->pid = pid;
	heard->status = status;
	loop_stop(heard->loop, 0);
}

/* Forks a child that waits for its standard input, then exits or dies. */
static pid_t start_child(int hold, int code, int signo)
{
	pid_t pid = fork();

	ck_assert_int_ge(pid, 0);
	if (pid)
		return pid;

	char byte;
	ssize_t n = read(hold, &byte, 1);

	(void)n;
	loop_reset_signals();
	if (signo)
		raise(signo);
	_exit(code);
}

START_TEST(processes)
{
	struct loop *loop = loop_create();
	struct heard first = { .loop = loop }, second = { .loop = loop };
	int hold[2];

	/* A blocked signal must not protect a child after the reset. */
	loop_on_signal(loop, SIGUSR2, on_signal, &first);
	ck_assert_int_eq(pipe2(hold, O_CLOEXEC), 0);

	pid_t a = start_child(hold[0], 42, 0);

	ck_assert_ptr_nonnull(loop_on_exit(loop, a, on_exit_of, &first));
	ck_assert(loop_turn(loop, 0));
	ck_assert_int_eq(first.calls, 0);
	ck_assert_int_eq(write(hold[1], "x", 1), 1);
	loop_run(loop);
	ck_assert_int_eq(first.pid, a);
	ck_assert(WIFEXITED(first.status) && WEXITSTATUS(first.status) == 42);
	ck_assert_int_eq(waitpid(a, NULL, WNOHANG), -1);

	pid_t b = start_child(hold[0], 0, SIGUSR2);

	ck_assert_ptr_nonnull(loop_on_exit(loop, b, on_exit_of, &second));
	ck_assert_int_eq(write(hold[1], "x", 1), 1);
	loop_run(loop);
	ck_assert_int_eq(second.calls, 1);
	ck_assert(WIFSIGNALED(second.status) &&
		  WTERMSIG(second.status) == SIGUSR2);
	ck_assert_ptr_null(loop_on_exit(loop, a, on_exit_of, &first));
	ck_assert_int_eq(errno, ESRCH);
	close(hold[0]);
	close(hold[1]);
	loop_destroy(loop);
}
END_TEST

Suite *loop_suite(void)
{
	Suite *suite = suite_create("loop");
	TCase *tcase = tcase_create("loop");

	tcase_add_test(tcase, level_triggered);
	tcase_add_test(tcase, removal_in_callbacks);
	tcase_add_test(tcase, same_number_after_removal);
	tcase_add_test(tcase, paused_source_hears_no_hang_up);
	tcase_add_test(tcase, regular_files_are_ready);
	tcase_add_test(tcase, fairness);
	tcase_add_test(tcase, urgent_first_in_a_small_batch);
	tcase_add_test(tcase, timers_in_order);
	tcase_add_test(tcase, timers_cancel_each_other);
	tcase_add_test(tcase, greedy_timer);
	tcase_add_test(tcase, foreign_loop);
	tcase_add_test(tcase, deferred);
	tcase_add_test(tcase, stopped_before_run);
	tcase_add_test(tcase, signals);
	tcase_add_test(tcase, processes);
	suite_add_tcase(suite, tcase);
	return suite;
}
