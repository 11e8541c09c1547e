/*
 * Memory of processes without control groups.
 */
#ifndef CHILD_MEASURE_H
#define CHILD_MEASURE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

/* One process and its descendants. */
struct measured {
	pid_t pid;
	bool server; /* what several hold is charged to a server first */
	uint64_t used; /* the result, bytes */
};

/*
 * Measures all at once: private memory, and each memfd that one of them holds
 * charged to exactly one of them.
 */
void measure_all(struct measured *measured, size_t count);

/* Calls fn for each child process of `pid`. */
typedef void measure_child_fn(void *user, pid_t pid);
void measure_children(pid_t pid, measure_child_fn *fn, void *user);

/* A number of /proc/PID/stat: field 4 is the parent, 6 the session, 22 the
 * start time. -1: no such process. */
long long measure_stat(pid_t pid, unsigned field);

#endif
