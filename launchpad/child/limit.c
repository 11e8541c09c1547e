#include <errno.h>
#include <fcntl.h>
#include <glob.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "cgroup.h"
#include "groups.h"
#include "limit.h"
#include "measure.h"
#include "session/protocol.h"
#include "watch.h"

#define LIMIT_FILE_1 "memory.limit_in_bytes"
#define LIMIT_FILE_2 "memory.max"

/* v1: where else a child has a group, beside that of its memory. */
static const char *const controllers[LIMIT_GROUPS - 1] = { "pids", "cpu" };

/* What a process maps and never touches; RLIMIT_DATA counts it, too. */
enum { SOFT_SLACK = 2 << 20 };

/* The memory's first; the others are welcome. */
static bool use_folders(struct limits *limits, const char *controller)
{
	unsigned n;

	limits->folders[0] = groups_find(controller, &limits->ours[0]);
	for (n = 1; limits->folders[0] && controller && n < LIMIT_GROUPS; n++)
		limits->folders[n] = groups_find(controllers[n - 1],
						 &limits->ours[n]);
	return limits->folders[0] != NULL;
}

/* A group that could not be removed yet. */
struct dying {
	char *folder;
	struct dying *next;
};

enum { DYING_RETRY_MS = 20 };

static bool try_remove(const char *folder)
{
	cgroup_kill(folder);
	return cgroup_remove(folder);
}

static void retry_dying(void *user)
{
	struct limits *limits = user;
	struct dying **at = &limits->dying;

	while (*at) {
		struct dying *dying = *at;

		if (!try_remove(dying->folder)) {
			at = &dying->next;
			continue;
		}
		*at = dying->next;
		free(dying->folder);
		free(dying);
	}
	if (limits->dying)
		timer_set_in(&limits->timer, DYING_RETRY_MS * 1000000ull);
}

void limits_init(struct limits *limits, struct loop *loop,
		 limits_exceeded_fn *fn, void *user)
{
	*limits = (struct limits){ .kind = LIMIT_SOFT };
	if (loop)
		timer_init(&limits->timer, loop, retry_dying, limits);
	if (use_folders(limits, NULL))
		limits->kind = LIMIT_CGROUP2;
	else if (use_folders(limits, "memory"))
		limits->kind = LIMIT_CGROUP1;
	else if (loop)
		limits->watch = watch_create(loop, fn, user);
}

/* The end: waits for killed processes, a few milliseconds at most. */
static void remove_at_last(const char *folder)
{
	const struct timespec moment = { .tv_nsec = 1000000 };
	unsigned tries;

	for (tries = 0; tries < 500 && !try_remove(folder); tries++)
		nanosleep(&moment, NULL);
}

void limits_finish(struct limits *limits)
{
	unsigned n;

	watch_destroy(limits->watch);
	if (limits->timer.loop)
		timer_finish(&limits->timer);
	while (limits->dying) {
		struct dying *next = limits->dying->next;

		remove_at_last(limits->dying->folder);
		free(limits->dying->folder);
		free(limits->dying);
		limits->dying = next;
	}
	for (n = 0; n < LIMIT_GROUPS; n++) {
		if (limits->ours[n])
			remove_at_last(limits->folders[n]);
		free(limits->folders[n]);
	}
	*limits = (struct limits){ 0 };
}

const char *limits_mechanism(const struct limits *limits)
{
	static const char *const names[] = {
		[LIMIT_SOFT] = "soft limit (RLIMIT_DATA and a watch)",
		[LIMIT_CGROUP1] = "cgroup v1 " LIMIT_FILE_1,
		[LIMIT_CGROUP2] = "cgroup v2 " LIMIT_FILE_2,
	};

	return names[limits->kind];
}

/* The group that the child's own process is in. */
static char *process_group(const struct limit *limit, unsigned n)
{
	return xasprintf("%s%s", limit->groups[n],
			 limit->is_parent ? "/" OWN_GROUP : "");
}

static bool write_limit(const struct limit *limit)
{
	const bool v2 = limit->limits->kind == LIMIT_CGROUP2;

	return cgroup_write_number(limit->groups[0],
				   v2 ? LIMIT_FILE_2 : LIMIT_FILE_1,
				   limit->bytes);
}

/* To make groups below its own, and to move itself. */
static bool hand_over(const char *group, const char *own, uid_t uid)
{
	static const char *const files[] = { "/cgroup.procs",
					     "/cgroup.subtree_control",
					     "/cgroup.threads", "/tasks" };
	const char *const folders[] = { group, own };
	size_t i, n;

	for (i = 0; i < array_size(folders); i++) {
		if (chown(folders[i], uid, (gid_t)-1) < 0)
			return false;
		for (n = 0; n < array_size(files); n++) {
			char *path = xasprintf("%s%s", folders[i], files[n]);
			const bool failed = chown(path, uid, (gid_t)-1) < 0 &&
					    errno != ENOENT;

			free(path);
			if (failed)
				return false;
		}
	}
	return true;
}

/* What this hierarchy limits beside memory, and how the memory is limited. */
static void set_rules(const struct limit *limit, unsigned n,
		      const struct limit_wish *wish)
{
	const bool v2 = limit->limits->kind == LIMIT_CGROUP2;
	const char *group = limit->groups[n];
	/* Those of a parent are for each of its children. */
	const uint64_t pids = limit->is_parent ? (uint64_t)LIMIT_PIDS * 64
					       : (uint64_t)LIMIT_PIDS;

	if (v2 || n == 1)
		cgroup_write_number(group, "pids.max", pids);
	if (v2 || n == 2)
		groups_set_weight(group, v2 ? NULL : "cpu",
				  wish->first ? WEIGHT_SERVER : WEIGHT);
	if (v2) {
		cgroup_write(group, "memory.swap.max", "0");
		if (!limit->is_parent)
			cgroup_write(group, "memory.oom.group", "1");
	} else if (n == 0) {
		cgroup_write(group, "memory.swappiness", "0");
	}
}

static bool make_group(struct limit *limit, unsigned n,
		       const struct limit_wish *wish)
{
	const bool v2 = limit->limits->kind == LIMIT_CGROUP2;
	const char *group = limit->groups[n];
	char *own = process_group(limit, n);
	bool made = mkdir(group, 0755) == 0;

	if (made && limit->is_parent && v2)
		made = groups_enable(group);
	if (made && limit->is_parent)
		made = mkdir(own, 0755) == 0;
	if (made && n == 0)
		made = write_limit(limit);
	if (made)
		set_rules(limit, n, wish);
	if (made && limit->is_parent && wish->uid != getuid())
		made = hand_over(group, own, wish->uid);
	free(own);
	return made;
}

void limit_init(struct limit *limit, struct limits *limits,
		const struct limit_wish *wish)
{
	unsigned n;

	*limit = (struct limit){
		.limits = limits,
		.is_parent = wish->is_parent,
		.sandboxed = wish->sandboxed,
		.bytes = wish->bytes,
	};
	if (limits->kind == LIMIT_SOFT)
		return;
	limits->serial++;
	for (n = 0; n < LIMIT_GROUPS; n++) {
		if (!limits->folders[n])
			continue;
		/* A name alone could be that of a file in there, or of a group
		 * that is still going away. */
		limit->groups[n] = xasprintf("%s/=%s~%lu", limits->folders[n],
					     wish->name, limits->serial);
		if (make_group(limit, n, wish))
			continue;
		if (n == 0)
			log_error("can't limit the memory of %s: %s: %s",
				  wish->name, limit->groups[n],
				  strerror(errno));
		cgroup_remove(limit->groups[n]);
		free(limit->groups[n]);
		limit->groups[n] = NULL;
	}
}

static void remove_soon(struct limits *limits, char *group)
{
	struct dying *dying;

	if (!group || try_remove(group)) {
		free(group);
		return;
	}
	dying = xcalloc(1, sizeof(*dying));
	dying->folder = group;
	dying->next = limits->dying;
	limits->dying = dying;
	timer_set_in(&limits->timer, DYING_RETRY_MS * 1000000ull);
}

void limit_finish(struct limit *limit)
{
	unsigned n;

	limit_unwatch(limit);
	if (limit->pid && limit->limits->watch)
		watch_forget(limit->limits->watch, limit->pid);
	for (n = 0; n < LIMIT_GROUPS; n++)
		remove_soon(limit->limits, limit->groups[n]);
	*limit = (struct limit){ 0 };
}

void limit_prepare(const struct limit *limit, int doors[LIMIT_GROUPS])
{
	unsigned n;

	for (n = 0; n < LIMIT_GROUPS; n++) {
		char *own, *path;

		doors[n] = -1;
		if (!limit->groups[n])
			continue;
		own = process_group(limit, n);
		path = xasprintf("%s/cgroup.procs", own);
		doors[n] = open(path, O_WRONLY | O_CLOEXEC);
		free(path);
		free(own);
	}
}

static struct rlimit soft_limit(uint64_t bytes)
{
	return (struct rlimit){
		.rlim_cur = bytes + SOFT_SLACK,
		.rlim_max = RLIM_INFINITY,
	};
}

#ifdef __SANITIZE_ADDRESS__
/* Its shadow is data, too, and larger than any quota. */
static const bool limit_data = false;
#else
static const bool limit_data = true;
#endif

bool limit_join(const struct limit *limit, const int doors[LIMIT_GROUPS])
{
	struct rlimit data;
	unsigned n;

	for (n = 0; n < LIMIT_GROUPS; n++)
		if (doors[n] >= 0 && write(doors[n], "0", 1) != 1)
			return false;
	if (limit->groups[0])
		return doors[0] >= 0;
	data = soft_limit(limit->bytes);
	return limit->is_parent || !limit_data ||
	       setrlimit(RLIMIT_DATA, &data) == 0;
}

void limit_started(struct limit *limit, pid_t pid)
{
	limit->pid = pid;
	if (!limit->groups[0] && limit->limits->watch)
		watch_set(limit->limits->watch, limit);
}

void limit_begun(const struct limit *limit)
{
	if (limit->limits && !limit->groups[0] && limit->limits->watch)
		watch_begun(limit->limits->watch);
}

bool limit_set(struct limit *limit, uint64_t bytes)
{
	const uint64_t before = limit->bytes;
	struct rlimit data;

	if (!limit->limits)
		return true;
	limit->bytes = bytes;
	if (limit->groups[0]) {
		if (write_limit(limit))
			return true;
		limit->bytes = before;
		return false;
	}
	data = soft_limit(bytes);
	if (limit->pid && !limit->is_parent && limit_data)
		prlimit(limit->pid, RLIMIT_DATA, &data, NULL);
	if (limit->pid && limit->limits->watch)
		watch_set(limit->limits->watch, limit);
	return true;
}

uint64_t limit_used(const struct limit *limit)
{
	const bool v2 = limit->limits && limit->limits->kind == LIMIT_CGROUP2;
	struct measured measured = {
		.pid = limit->pid,
		.sandboxed = limit->sandboxed,
	};
	uint64_t usage, cache;

	if (!limit->groups[0]) {
		if (limit->pid)
			measure_all(&measured, 1);
		return measured.used;
	}
	/* What of the files' cache is charged here can be dropped any time. */
	usage = cgroup_read(limit->groups[0],
			    v2 ? "memory.current" : "memory.usage_in_bytes",
			    NULL);
	cache = cgroup_read(limit->groups[0], "memory.stat",
			    v2 ? "inactive_file" : "total_inactive_file") +
		cgroup_read(limit->groups[0], "memory.stat",
			    v2 ? "active_file" : "total_active_file");
	return usage > cache ? usage - cache : 0;
}

uint64_t limit_peak(const struct limit *limit)
{
	if (!limit->groups[0])
		return 0;
	return cgroup_read(limit->groups[0],
			   limit->limits->kind == LIMIT_CGROUP2
				   ? "memory.peak"
				   : "memory.max_usage_in_bytes",
			   NULL);
}

const char *limit_group(const struct limit *limit, unsigned index)
{
	return index < LIMIT_GROUPS ? limit->groups[index] : NULL;
}

bool limit_was_exceeded(const struct limit *limit)
{
	char *own;
	uint64_t killed;

	if (!limit->groups[0])
		return false;
	own = process_group(limit, 0);
	killed = cgroup_read(own,
			     limit->limits->kind == LIMIT_CGROUP2
				     ? "memory.events"
				     : "memory.oom_control",
			     "oom_kill");
	free(own);
	return killed > 0;
}

bool limit_kill(const struct limit *limit)
{
	return limit->groups[0] && cgroup_kill(limit->groups[0]);
}
