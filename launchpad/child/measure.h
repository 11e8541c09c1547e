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
	bool sandboxed; /* behind bubblewrap, with files in memory */
	/* Bytes; when private memory alone is more, `used` is just that, and no
	 * more is looked for. 0: all is looked for. */
	uint64_t enough;
	bool sure; /* that was so */
	bool server; /* what several hold is charged to a server first */
	uint64_t used; /* the result, bytes */
};

/*
 * Measures all at once: private memory, and each memfd that one of them holds
 * charged to exactly one of them.
 */
void measure_all(struct measured *measured, size_t count);

/* CPU time of a process and all its descendants, those that it waited for
 * included, ns; *processes gets their number. */
uint64_t measure_cpu(pid_t pid, unsigned *processes);

/* The number of a process in the pid namespace directly below ours that it is
 * in; 0: it is in ours. */
pid_t measure_inner_pid(pid_t pid);

/* Calls fn for each child process of `pid`. */
typedef void measure_child_fn(void *user, pid_t pid);
void measure_children(pid_t pid, measure_child_fn *fn, void *user);

/* Calls fn for a process and all its descendants. */
void measure_family(pid_t pid, measure_child_fn *fn, void *user);

/* Sends a signal to all of them: at once to the process groups of the first
 * two, so that what multiplies leaves us the time to find the others. */
void measure_signal(pid_t pid, int signo);

/* A number of /proc/PID/stat: field 4 is the parent, 6 the session, 22 the
 * start time. -1: no such process. */
long long measure_stat(pid_t pid, unsigned field);

#endif
