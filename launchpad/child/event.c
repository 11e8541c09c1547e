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

static void happened(void *user, int fd, uint32_t events)
{
	struct limit *limit = user;
	char data[4096];
	const ssize_t got = read(fd, data, sizeof(data));

	(void)events;
	/* The eventfd of a group that is gone is readable for ever. */
	if (got <= 0 && errno != EAGAIN)
		limit_unwatch(limit);
	else
		limit->event_fn(limit->event_user);
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

static int watch_v1(const char *group)
{
	char *path = xasprintf("%s/memory.pressure_level", group);
	const int pressure = open(path, O_RDONLY | O_CLOEXEC);
	int fd = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
	char text[64];

	snprintf(text, sizeof(text), "%d %d medium", fd, pressure);
	if (fd >= 0 && (pressure < 0 ||
			!cgroup_write(group, "cgroup.event_control", text))) {
		close(fd);
		fd = -1;
	}
	if (pressure >= 0)
		close(pressure);
	free(path);
	return fd;
}

void limit_watch(struct limit *limit, struct loop *loop, limit_event_fn *fn,
		 void *user)
{
	int fd;

	if (!limit->groups[0] || limit->events)
		return;
	fd = limit->limits->kind == LIMIT_CGROUP2 ? watch_v2(limit->groups[0])
						  : watch_v1(limit->groups[0]);
	if (fd < 0)
		return;
	limit->event_fd = fd;
	limit->event_fn = fn;
	limit->event_user = user;
	limit->events = loop_add_fd(loop, fd, LOOP_READ, happened, limit);
}

void limit_unwatch(struct limit *limit)
{
	if (!limit->events)
		return;
	loop_remove(limit->events);
	limit->events = NULL;
	close(limit->event_fd);
}
