/*
 * Pulses: being woken when a process has used some CPU time, which it must to
 * fill memory. Idle ones cost nothing.
 *
 * The kernel lets anybody set a timer on the CPU clock of any process; it
 * expires at a tick (1 to 10 ms) and comes as a signal. New processes are found
 * by looking: pulses_follow.
 */
#ifndef CHILD_PULSE_H
#define CHILD_PULSE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

enum { PULSES_MAX = 512 /* processes that are followed at a time */ };

struct pulse {
	pid_t pid; /* 0: free */
	void *timer; /* a timer_t */
	size_t owner;
	bool seen;
};

struct pulses {
	int fd; /* readable when there is one; -1: the kernel has none */
	struct pulse list[PULSES_MAX];
	size_t count; /* slots that were ever used */
};

/* Blocks the signal in this process. */
void pulses_init(struct pulses *pulses);

/* Follows a process and its descendants on behalf of `owner`: each is heard of
 * once, after `ns` more of its CPU time; several that are new, or were heard
 * of, after they used that together. Returns how many these are. */
size_t pulses_follow(struct pulses *pulses, pid_t pid, size_t owner,
		     uint64_t ns);

/* Around a round of pulses_follow for all: what was not followed anew is
 * forgotten. */
void pulses_begin(struct pulses *pulses);
void pulses_end(struct pulses *pulses);

/* The owner of the next pulse that came; false: there is none. */
bool pulses_next(struct pulses *pulses, size_t *owner);

#endif
