/* Memory events of control groups: v2 says by a changed file, v1 by an eventfd
 * for pressure. */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/eventfd.h>
#include <sys/inotify.h>
#include <unistd.h>

#include "cgroup.h"
#include "limit.h"

enum { PRESSURE, NO_MEMORY };

enum {
	NEAR = 256 << 10 /* bytes below the limit, which are as good as none */
};

/* False: the descriptor is of no use any more. */
static bool take(int fd)
{
	char data[4096];

	return read(fd, data, sizeof(data)) > 0 || errno == EAGAIN;
}

static void pressure(void *user, int fd, uint32_t events)
{
	struct limit *limit = user;

	(void)events;
	/* The eventfd of a group that is gone is readable for ever. */
	if (take(fd))
		limit->event_fn(limit->event_user, limit_was_exceeded(limit));
	else
		limit_unwatch(limit);
}

/* v1 tells all groups below the one that has no memory. */
static void no_memory(void *user, int fd, uint32_t events)
{
	struct limit *limit = user;

	(void)events;
	if (take(fd))
		limit->event_fn(limit->event_user,
				limit_was_exceeded(limit) ||
					limit_used(limit) + NEAR >=
						limit->bytes);
	else
		limit_unwatch(limit);
}

static int watch_v2(const char *group)
{
	char *path = xasprintf("%s/memory.events", group);
	int fd = inotify_init1(IN_CLOEXEC | IN_NONBLOCK);

	if (fd >= 0 && inotify_add_watch(fd, path, IN_MODIFY) < 0) {
		close(fd);
		fd = -1;
	}
	free(path);
	return fd;
}

/* An eventfd for what happens to FILE of the group. */
static int watch_v1(const char *group, const char *file, const char *level)
{
	char *path = xasprintf("%s/%s", group, file);
	const int source = open(path, O_RDONLY | O_CLOEXEC);
	int fd = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
	char text[64];

	snprintf(text, sizeof(text), "%d %d%s", fd, source, level);
	if (fd >= 0 && (source < 0 ||
			!cgroup_write(group, "cgroup.event_control", text))) {
		close(fd);
		fd = -1;
	}
	if (source >= 0)
		close(source);
	free(path);
	return fd;
}

static void add(struct limit *limit, struct loop *loop, unsigned n, int fd)
{
	if (fd < 0)
		return;
	limit->event_fds[n] = fd;
	limit->events[n] = loop_add_fd(loop, fd, LOOP_READ,
				       n == PRESSURE ? pressure : no_memory,
				       limit);
}

void limit_watch(struct limit *limit, struct loop *loop, limit_event_fn *fn,
		 void *user)
{
	const char *group = limit->groups[0];

	if (!group || limit->events[PRESSURE] || limit->events[NO_MEMORY])
		return;
	limit->event_fn = fn;
	limit->event_user = user;
	if (limit->limits->kind == LIMIT_CGROUP2) {
		add(limit, loop, PRESSURE, watch_v2(group));
		return;
	}
	add(limit, loop, PRESSURE,
	    watch_v1(group, "memory.pressure_level", " medium"));
	add(limit, loop, NO_MEMORY, watch_v1(group, "memory.oom_control", ""));
}

void limit_unwatch(struct limit *limit)
{
	unsigned n;

	for (n = 0; n < array_size(limit->events); n++) {
		if (!limit->events[n])
			continue;
		loop_remove(limit->events[n]);
		limit->events[n] = NULL;
		close(limit->event_fds[n]);
	}
}
