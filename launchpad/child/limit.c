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
#include "limit.h"
#include "measure.h"
#include "session/protocol.h"
#include "watch.h"

#define LIMIT_FILE_1 "memory.limit_in_bytes"
#define LIMIT_FILE_2 "memory.max"
#define OWN_GROUP "self"

/* What a process maps and never touches; RLIMIT_DATA counts it, too. */
enum { SOFT_SLACK = 2 << 20 };

/* Groups of desktops that were killed without a chance to clean up. */
static void remove_stale(const char *folder)
{
	char *prefix = xasprintf("%s/nitpicker-", folder);
	char *pattern = xasprintf("%s*", prefix);
	glob_t found;
	size_t i;

	if (glob(pattern, GLOB_NOSORT, NULL, &found) == 0) {
		for (i = 0; i < found.gl_pathc; i++) {
			const char *path = found.gl_pathv[i];
			const long pid = atol(path + strlen(prefix));

			if (pid > 0 && measure_stat((pid_t)pid, 4) < 0) {
				cgroup_kill(path);
				cgroup_remove(path);
			}
		}
		globfree(&found);
	}
	free(pattern);
	free(prefix);
}

/* v2: groups below `folder` get memory and process limits. */
static bool enable(const char *folder)
{
	cgroup_write(folder, "cgroup.subtree_control", "+pids");
	return cgroup_has_word(folder, "cgroup.subtree_control", "memory") ||
	       cgroup_write(folder, "cgroup.subtree_control", "+memory");
}

/*
 * v2 wants no processes in a group that has limited groups below. A delegated
 * scope starts with us in it: step aside.
 */
static bool enable_with_us_inside(const char *folder)
{
	char *aside;
	bool done;

	if (enable(folder))
		return true;
	aside = xasprintf("%s/nitpicker-%d-" OWN_GROUP, folder, (int)getpid());
	done = mkdir(aside, 0755) == 0 &&
	       cgroup_write(aside, "cgroup.procs", "0") && enable(folder);
	if (!done) {
		cgroup_write(folder, "cgroup.procs", "0");
		rmdir(aside);
	}
	free(aside);
	return done;
}

/* Makes or finds the folder of our groups; false if it is not for us. */
static bool use_folder(struct limits *limits, const char *controller)
{
	char *own = cgroup_own_folder(controller);
	const bool v2 = !controller;
	char *slash = own ? strrchr(own, '/') : NULL;
	char *made;

	if (!slash)
		goto out;
	if (v2 && !cgroup_has_word(own, "cgroup.controllers", "memory"))
		goto out;
	if (!strcmp(slash + 1, OWN_GROUP)) {
		/* A parent of ours prepared everything. */
		*slash = '\0';
		if (access(own, W_OK) == 0)
			limits->folder = own;
		return limits->folder != NULL || (free(own), false);
	}
	remove_stale(own);
	made = xasprintf("%s/nitpicker-%d", own, (int)getpid());
	if (!(v2 && !enable_with_us_inside(own)) && mkdir(made, 0755) == 0) {
		if (!v2 || enable(made)) {
			limits->folder = made;
			limits->folder_is_ours = true;
			free(own);
			return true;
		}
		rmdir(made);
	}
	free(made);
out:
	free(own);
	return false;
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
	if (use_folder(limits, NULL))
		limits->kind = LIMIT_CGROUP2;
	else if (use_folder(limits, "memory"))
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
	if (limits->folder_is_ours)
		remove_at_last(limits->folder);
	free(limits->folder);
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
static char *process_group(const struct limit *limit)
{
	return xasprintf("%s%s", limit->group,
			 limit->is_parent ? "/" OWN_GROUP : "");
}

static bool write_limit(const struct limit *limit)
{
	const bool v2 = limit->limits->kind == LIMIT_CGROUP2;

	return cgroup_write_number(
		limit->group, v2 ? LIMIT_FILE_2 : LIMIT_FILE_1, limit->bytes);
}

/* To make groups below its own, and to move itself. */
static bool hand_over(const struct limit *limit, const char *own, uid_t uid)
{
	static const char *const files[] = { "/cgroup.procs",
					     "/cgroup.subtree_control",
					     "/cgroup.threads", "/tasks" };
	const char *const folders[] = { limit->group, own };
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

static bool make_group(struct limit *limit, uid_t uid)
{
	char *own = process_group(limit);
	bool made = mkdir(limit->group, 0755) == 0;

	if (made && limit->is_parent && limit->limits->kind == LIMIT_CGROUP2)
		made = enable(limit->group);
	if (made && limit->is_parent)
		made = mkdir(own, 0755) == 0;
	if (made)
		made = write_limit(limit);
	if (made && limit->is_parent && uid != getuid())
		made = hand_over(limit, own, uid);
	if (made && limit->limits->kind == LIMIT_CGROUP2) {
		cgroup_write(limit->group, "memory.swap.max", "0");
		if (!limit->is_parent) {
			cgroup_write(own, "memory.oom.group", "1");
			cgroup_write_number(own, "pids.max", LIMIT_PIDS);
		}
	}
	free(own);
	return made;
}

void limit_init(struct limit *limit, struct limits *limits, const char *name,
		bool is_parent, uid_t uid, uint64_t bytes)
{
	*limit = (struct limit){
		.limits = limits,
		.is_parent = is_parent,
		.bytes = bytes,
	};
	if (limits->kind == LIMIT_SOFT)
		return;
	/* A name alone could be that of a file in there, or of a group that is
	 * still going away. */
	limit->group = xasprintf("%s/=%s~%lu", limits->folder, name,
				 ++limits->serial);
	if (make_group(limit, uid))
		return;
	log_error("can't limit the memory of %s: %s: %s", name, limit->group,
		  strerror(errno));
	cgroup_remove(limit->group);
	free(limit->group);
	limit->group = NULL;
}

void limit_finish(struct limit *limit)
{
	if (limit->pid && limit->limits->watch)
		watch_forget(limit->limits->watch, limit->pid);
	if (limit->group && !try_remove(limit->group)) {
		struct dying *dying = xcalloc(1, sizeof(*dying));

		dying->folder = limit->group;
		dying->next = limit->limits->dying;
		limit->limits->dying = dying;
		limit->group = NULL;
		timer_set_in(&limit->limits->timer,
			     DYING_RETRY_MS * 1000000ull);
	}
	free(limit->group);
	*limit = (struct limit){ 0 };
}

int limit_prepare(const struct limit *limit)
{
	char *own, *path;
	int fd;

	if (!limit->group)
		return -1;
	own = process_group(limit);
	path = xasprintf("%s/cgroup.procs", own);
	fd = open(path, O_WRONLY | O_CLOEXEC);
	free(path);
	free(own);
	return fd;
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

bool limit_join(const struct limit *limit, int prepared)
{
	struct rlimit data;

	if (prepared >= 0)
		return write(prepared, "0", 1) == 1;
	data = soft_limit(limit->bytes);
	return limit->is_parent || !limit_data ||
	       setrlimit(RLIMIT_DATA, &data) == 0;
}

void limit_started(struct limit *limit, pid_t pid)
{
	limit->pid = pid;
	if (!limit->group && limit->limits->watch)
		watch_set(limit->limits->watch, pid, limit->bytes,
			  limit->server);
}

bool limit_set(struct limit *limit, uint64_t bytes)
{
	const uint64_t before = limit->bytes;
	struct rlimit data;

	if (!limit->limits)
		return true;
	limit->bytes = bytes;
	if (limit->group) {
		if (write_limit(limit))
			return true;
		limit->bytes = before;
		return false;
	}
	data = soft_limit(bytes);
	if (limit->pid && !limit->is_parent && limit_data)
		prlimit(limit->pid, RLIMIT_DATA, &data, NULL);
	if (limit->pid && limit->limits->watch)
		watch_set(limit->limits->watch, limit->pid, bytes,
			  limit->server);
	return true;
}

uint64_t limit_used(const struct limit *limit)
{
	const bool v2 = limit->limits && limit->limits->kind == LIMIT_CGROUP2;
	struct measured measured = { .pid = limit->pid };
	uint64_t usage, cache;

	if (!limit->group) {
		if (limit->pid)
			measure_all(&measured, 1);
		return measured.used;
	}
	/* What of the files' cache is charged here can be dropped any time. */
	usage = cgroup_read(limit->group,
			    v2 ? "memory.current" : "memory.usage_in_bytes",
			    NULL);
	cache = cgroup_read(limit->group, "memory.stat",
			    v2 ? "inactive_file" : "total_inactive_file") +
		cgroup_read(limit->group, "memory.stat",
			    v2 ? "active_file" : "total_active_file");
	return usage > cache ? usage - cache : 0;
}

uint64_t limit_peak(const struct limit *limit)
{
	if (!limit->group)
		return 0;
	return cgroup_read(limit->group,
			   limit->limits->kind == LIMIT_CGROUP2
				   ? "memory.peak"
				   : "memory.max_usage_in_bytes",
			   NULL);
}

const char *limit_group(const struct limit *limit, unsigned index)
{
	return index ? NULL : limit->group;
}

bool limit_was_exceeded(const struct limit *limit)
{
	char *own;
	uint64_t killed;

	if (!limit->group)
		return false;
	own = process_group(limit);
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
	return limit->group && cgroup_kill(limit->group);
}
