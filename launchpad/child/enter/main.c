/*
 * nitpicker-enter: what bubblewrap starts in the sandbox, to become the
 * program there. It makes known that this worked, or why not, as spawn.h says.
 */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

#include "child/spawn.h"

/* A number of the command line; -1: it isn't one. */
static long number(const char *text)
{
	char *end;
	const long value = strtol(text, &end, 10);

	return end == text || *end || value < 0 ? -1 : value;
}

int main(int argc, char **argv)
{
	const int pipe = SPAWN_PROBLEM_FD;
	struct spawn_problem problem = { .stage = SPAWN_ENTERED };
	struct rlimit processes;
	long most;

	if (argc == 2 && !strcmp(argv[1], "--version"))
		return puts("nitpicker-enter, part of launchpad") < 0;
	/* MOST PROGRAM ARGV0 [ARGUMENT...] */
	most = argc < ENTER_ARGUMENTS ? -1 : number(argv[1]);
	if (most < 0 || fcntl(pipe, F_SETFD, FD_CLOEXEC) < 0) {
		fprintf(stderr, "nitpicker-enter is started by a parent of "
				"the suite\n");
		return 2;
	}
	if (write(pipe, &problem, sizeof(problem)) < 0)
		return 126;
	problem.stage = SPAWN_LIMIT;
	processes = (struct rlimit){ (rlim_t)most, (rlim_t)most };
	if (most == 0 || setrlimit(RLIMIT_NPROC, &processes) == 0) {
		problem.stage = SPAWN_EXEC;
		execv(argv[2], argv + 3);
	}
	problem.error = errno;
	if (write(pipe, &problem, sizeof(problem)) < 0)
		return 126;
	return 127;
}
