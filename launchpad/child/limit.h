/*
 * How the kernel is made to hold children to their quotas.
 *
 * With a writable memory cgroup (v2, else v1) each child gets a group of its
 * own with a hard limit. A child that is a parent itself sits in the sub group
 * "self" of its group and makes groups for its children beside that, so that
 * its limit holds for all of them.
 *
 * Else the limit is soft: RLIMIT_DATA, and a process that measures all
 * children once a second, busy ones more often, and tells who used too much.
 */
#ifndef CHILD_LIMIT_H
#define CHILD_LIMIT_H

#include "base/base.h"

/* Groups of a child: v2 one; v1 one per hierarchy, the memory's first. */
enum { LIMIT_GROUPS = 3 };

enum limit_kind { LIMIT_SOFT, LIMIT_CGROUP1, LIMIT_CGROUP2 };

struct watch;

struct dying;

/* Of a family. */
struct limits {
	enum limit_kind kind;
	char *folders[LIMIT_GROUPS]; /* of the family's groups; NULL: none */
	bool ours[LIMIT_GROUPS]; /* made by us, so removed by us */
	unsigned long serial;
	struct watch *watch; /* soft only */
	struct dying *dying; /* groups whose processes take a moment to go */
	struct timer timer;
};

/* Told by the watch: that process uses more than its limit. */
typedef void limits_exceeded_fn(void *user, pid_t pid, uint64_t used);

void limits_init(struct limits *limits, struct loop *loop,
		 limits_exceeded_fn *fn, void *user);
void limits_finish(struct limits *limits);
const char *limits_mechanism(const struct limits *limits);

/* The kernel had to look for memory on behalf of that child. `exceeded`: it
 * found none, and kills one of its processes; which is not enough for those
 * that start new ones. */
typedef void limit_event_fn(void *user, bool exceeded);

/* Of one child. Zeroed memory is one without any. */
struct limit {
	struct limits *limits;
	char *groups[LIMIT_GROUPS]; /* none: soft */
	bool is_parent, sandboxed;
	bool server; /* others pay for buffers of its making */
	pid_t pid; /* once started */
	uint64_t bytes;
	int event_fds[2]; /* of limit_watch: pressure, no memory */
	struct loop_source *events[2];
	limit_event_fn *event_fn;
	void *event_user;
};

struct limit_wish {
	const char *name;
	bool is_parent;
	bool sandboxed; /* has a /tmp of its own, in memory */
	bool first; /* others depend on its being quick */
	uid_t uid; /* whom it runs as */
	uint64_t bytes;
};

void limit_init(struct limit *limit, struct limits *limits,
		const struct limit_wish *wish);
/* Kills what is in the group and removes it, as soon as that can be. */
void limit_finish(struct limit *limit);

/* In the new process, before exec: joins. Async-signal-safe, after
 * limit_prepare opened what it needs; the caller closes that (-1: nothing). */
void limit_prepare(const struct limit *limit, int doors[LIMIT_GROUPS]);
bool limit_join(const struct limit *limit, const int doors[LIMIT_GROUPS]);

/* Calls fn at each memory event of the child, where there are such. */
void limit_watch(struct limit *limit, struct loop *loop, limit_event_fn *fn,
		 void *user);
void limit_unwatch(struct limit *limit);

/* The process runs; its program does. */
void limit_started(struct limit *limit, pid_t pid);
void limit_begun(const struct limit *limit);

/* Moves the limit; false if the kernel refuses because more is in use. */
bool limit_set(struct limit *limit, uint64_t bytes);

/* Bytes in use now. */
uint64_t limit_used(const struct limit *limit);

/* The most bytes that were in use; 0: unknown. */
uint64_t limit_peak(const struct limit *limit);

/* Groups of that child, from 0; NULL behind the last. */
const char *limit_group(const struct limit *limit, unsigned index);

/* True when something in the group was killed for lack of memory. */
bool limit_was_exceeded(const struct limit *limit);

/* Kills what is in the group. True when there was something. */
bool limit_kill(const struct limit *limit);

#endif
