#include <errno.h>
#include <fcntl.h>
#include <grp.h>
#include <linux/close_range.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <unistd.h>

#include "isolate.h"
#include "spawn.h"

static void __attribute__((noreturn)) give_up(int pipe, enum spawn_stage stage)
{
	const struct spawn_problem problem = {
		.stage = stage,
		.error = errno,
	};

	if (write(pipe, &problem, sizeof(problem)) < 0)
		_exit(126);
	_exit(127);
}

/* Out of the way of the descriptors that get fixed numbers. */
static int move_up(int fd)
{
	return fcntl(fd, F_DUPFD_CLOEXEC, SPAWN_PROBLEM_FD + 1);
}

/* Descriptors 0, 1, 2, the parent's and the filter; all others close at exec.
 */
static bool arrange_files(const struct spawn *order, int output)
{
	const int nothing = open("/dev/null", O_RDONLY | O_CLOEXEC);
	const int parent = move_up(order->parent_fd);
	const int filter = move_up(order->filter_fd);

	if (nothing < 0 || dup2(nothing, 0) < 0 || dup2(output, 1) < 0 ||
	    dup2(output, 2) < 0)
		return false;
	if (close_range(3, ~0u, CLOSE_RANGE_CLOEXEC) < 0)
		return false;
	if (order->parent_fd >= 0 && dup2(parent, SPAWN_PARENT_FD) < 0)
		return false;
	return order->filter_fd < 0 || dup2(filter, SPAWN_FILTER_FD) >= 0;
}

/* For good: there is no way back to root. */
static bool drop(const struct isolation *isolation)
{
	return !isolation ||
	       (setgroups(0, NULL) == 0 &&
		setresgid(isolation->gid, isolation->gid, isolation->gid) ==
			0 &&
		setresuid(isolation->uid, isolation->uid, isolation->uid) == 0);
}

/* The new process; what may fail is told through `pipe`. */
static void __attribute__((noreturn))
become(const struct spawn *order, pid_t parent, const int doors[LIMIT_GROUPS],
       int output, int pipe)
{
	const struct rlimit no_core = { 0, 0 };
	int moved;

	loop_reset_signals();
	setsid();
	setrlimit(RLIMIT_CORE, &no_core);
	if (!limit_join(order->limit, doors))
		give_up(pipe, limit_group(order->limit, 0) ? SPAWN_GROUP
							   : SPAWN_LIMIT);
	moved = move_up(pipe);
	if (moved < 0)
		give_up(pipe, SPAWN_FILES);
	if (!arrange_files(order, output))
		give_up(moved, SPAWN_FILES);
	if (!drop(order->user))
		give_up(moved, SPAWN_USER);
	if (order->sandboxed && dup2(moved, SPAWN_PROBLEM_FD) < 0)
		give_up(moved, SPAWN_FILES);
	/* After the change of user, which forgets it. */
	prctl(PR_SET_PDEATHSIG, SIGKILL);
	if (getppid() != parent)
		_exit(127);
	execve(order->program, order->argv, order->envp);
	give_up(moved, SPAWN_EXEC);
}

bool spawn(const struct spawn *order, struct spawned *spawned)
{
	const pid_t parent = getpid();
	int output[2], problem[2], doors[LIMIT_GROUPS], error;
	unsigned n;

	if (pipe2(output, O_CLOEXEC) < 0)
		return false;
	if (pipe2(problem, O_CLOEXEC) < 0)
		goto close_output;
	limit_prepare(order->limit, doors);
	fcntl(output[0], F_SETFL, O_NONBLOCK);
	fcntl(problem[0], F_SETFL, O_NONBLOCK);
	spawned->pid = fork();
	if (spawned->pid == 0)
		become(order, parent, doors, output[1], problem[1]);
	error = errno;
	for (n = 0; n < LIMIT_GROUPS; n++)
		if (doors[n] >= 0)
			close(doors[n]);
	close(problem[1]);
	if (spawned->pid < 0) {
		close(problem[0]);
		errno = error;
		goto close_output;
	}
	close(output[1]);
	spawned->output = output[0];
	spawned->problem = problem[0];
	return true;
close_output:
	error = errno;
	close(output[0]);
	close(output[1]);
	errno = error;
	return false;
}

char *spawn_describe(const struct spawn_problem *problem, const char *program)
{
	static const char *const stages[] = {
		[SPAWN_GROUP] = "can't enter its memory group",
		[SPAWN_LIMIT] = "can't limit its memory",
		[SPAWN_FILES] = "can't arrange its files",
		[SPAWN_USER] = "can't become an unprivileged user",
		[SPAWN_EXEC] = "can't be executed",
	};
	const char *stage = "can't be started";

	if (problem->stage == SPAWN_EXEC && problem->error == ENOENT)
		return xasprintf("file not found: %s", program);
	if (problem->stage >= 0 && problem->stage < (int)array_size(stages))
		stage = stages[problem->stage];
	return xasprintf("%s %s: %s", program, stage, strerror(problem->error));
}
