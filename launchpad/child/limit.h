/*
 * How the kernel is made to hold children to their quotas.
 *
 * With a writable memory cgroup (v2, else v1) each child gets a group of its
 * own with a hard limit. A child that is a parent itself sits in the sub group
 * "self" of its group and makes groups for its children beside that, so that
 * its limit holds for all of them.
 *
 * Else the limit is soft: RLIMIT_DATA, and a process that measures all
 * children once a second and tells who used too much.
 */
#ifndef CHILD_LIMIT_H
#define CHILD_LIMIT_H

#include "base/base.h"

enum limit_kind { LIMIT_SOFT, LIMIT_CGROUP1, LIMIT_CGROUP2 };

struct watch;

struct dying;

/* Of a family. */
struct limits {
	enum limit_kind kind;
	char *folder; /* of the family's groups */
	bool folder_is_ours; /* made by us, so removed by us */
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

/* Of one child. Zeroed memory is one without any. */
struct limit {
	struct limits *limits;
	char *group; /* NULL: soft */
	bool is_parent;
	bool server; /* others pay for buffers of its making */
	pid_t pid; /* once started */
	uint64_t bytes;
};

/* `uid`: whom it runs as. */
void limit_init(struct limit *limit, struct limits *limits, const char *name,
		bool is_parent, uid_t uid, uint64_t bytes);
/* Kills what is in the group and removes it, as soon as that can be. */
void limit_finish(struct limit *limit);

/* In the new process, before exec: joins. Async-signal-safe, after
 * limit_prepare opened what it needs (-1: nothing). */
int limit_prepare(const struct limit *limit);
bool limit_join(const struct limit *limit, int prepared);

/* The process runs. */
void limit_started(struct limit *limit, pid_t pid);

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
