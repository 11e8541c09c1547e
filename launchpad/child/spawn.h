/*
 * Starting a process.
 */
#ifndef CHILD_SPAWN_H
#define CHILD_SPAWN_H

#include <sys/types.h>

#include "limit.h"

/* Where a start failed. */
enum spawn_stage {
	SPAWN_GROUP,
	SPAWN_LIMIT,
	SPAWN_FILES,
	SPAWN_USER,
	SPAWN_EXEC,
	SPAWN_ENTERED, /* not a failure: the sandbox is there */
};

struct isolation;

struct spawn_problem {
	int stage;
	int error; /* errno */
};

struct spawn {
	const char *program; /* absolute */
	char *const *argv, *const *envp;
	const struct limit *limit;
	int parent_fd; /* becomes SPAWN_PARENT_FD; -1: none */
	int filter_fd; /* becomes SPAWN_FILTER_FD; -1: none */
	bool sandboxed; /* `program` is bubblewrap with nitpicker-enter */
	const struct isolation *user; /* to run as its user; NULL: as ours */
};

enum {
	SPAWN_PARENT_FD = 3,
	SPAWN_FILTER_FD = 4,
	/* In a sandbox: where nitpicker-enter tells a struct spawn_problem,
	 * with SPAWN_ENTERED first. */
	SPAWN_PROBLEM_FD = 5,
};

enum { ENTER_ARGUMENTS = 4 /* of nitpicker-enter, at least */ };

struct spawned {
	pid_t pid;
	int output; /* its standard output and error, non-blocking */
	/* What struct spawn_problem say comes; the end without one: it runs, or
	 * bubblewrap failed. */
	int problem;
};

/* False with errno; nothing was started then. */
bool spawn(const struct spawn *spawn, struct spawned *spawned);

/* "PROGRAM: file not found", owned by the caller. */
char *spawn_describe(const struct spawn_problem *problem, const char *program);

#endif
