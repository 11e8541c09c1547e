#include "hotplug.h"

#include <errno.h>
#include <linux/netlink.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/log.h"

enum { EVENT_BYTES = 8192, KERNEL_GROUP = 1 };

/* Lines "NAME=value", each ended by a NUL, after "ACTION@PATH". */
static bool is_hotplug(const char *event, size_t bytes)
{
	bool drm = false, hotplug = false;

	for (const char *at = event; at < event + bytes;
	     at += strnlen(at, (size_t)(event + bytes - at)) + 1) {
		drm |= !strncmp(at, "SUBSYSTEM=drm", 13);
		hotplug |= !strncmp(at, "HOTPLUG=1", 9);
	}
	return drm && hotplug;
}

static void handle_event(void *user, int fd, uint32_t events)
{
	struct hotplug *hotplug = user;
	struct sockaddr_nl from = { 0 };
	char event[EVENT_BYTES + 1];
	struct iovec part = { event, EVENT_BYTES };
	struct msghdr message = {
		.msg_name = &from,
		.msg_namelen = sizeof(from),
		.msg_iov = &part,
		.msg_iovlen = 1,
	};
	ssize_t bytes = recvmsg(fd, &message, 0);

	(void)events;
	/* Others may write to that group, too: only the kernel is believed. */
	if (bytes <= 0 || from.nl_pid != 0)
		return;
	event[bytes] = '\0';
	if (is_hotplug(event, (size_t)bytes))
		hotplug->changed(hotplug->user);
}

void hotplug_init(struct hotplug *hotplug, struct loop *loop,
		  void (*changed)(void *user), void *user)
{
	struct sockaddr_nl address = {
		.nl_family = AF_NETLINK,
		.nl_groups = KERNEL_GROUP,
	};
	int fd = socket(AF_NETLINK, SOCK_RAW | SOCK_CLOEXEC | SOCK_NONBLOCK,
			NETLINK_KOBJECT_UEVENT);

	*hotplug = (struct hotplug){ .fd = fd,
				     .changed = changed,
				     .user = user };
	if (fd < 0 || bind(fd, (struct sockaddr *)&address, sizeof(address))) {
		log_warning("displays that come and go aren't noticed: %s",
			    strerror(errno));
		if (fd >= 0)
			close(fd);
		hotplug->fd = -1;
		return;
	}
	hotplug->source = loop_add_fd(loop, fd, LOOP_READ, handle_event,
				      hotplug);
}

void hotplug_finish(struct hotplug *hotplug)
{
	loop_remove(hotplug->source);
	if (hotplug->fd >= 0)
		close(hotplug->fd);
	*hotplug = (struct hotplug){ .fd = -1 };
}
