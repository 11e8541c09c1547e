#include "finder.h"

#include <errno.h>
#include <string.h>
#include <sys/sysmacros.h>
#include <unistd.h>

#include "base/log.h"
#include "tags/tags.h"

static const char data_folder[] = "/run/udev/data";

static const char *attribute(struct udev_device *device, const char *name)
{
	return udev_device_get_sysattr_value(device, name);
}

/* `device` is the event device, its parent says what it can do. */
static void make_tags(struct udev_device *device)
{
	struct udev_device *parent = udev_device_get_parent(device);
	dev_t number = udev_device_get_devnum(device);
	struct tags_device can;

	if (!parent)
		return;
	tags_bits_read(&can.keys, attribute(parent, "capabilities/key"));
	tags_bits_read(&can.axes, attribute(parent, "capabilities/abs"));
	tags_bits_read(&can.movements, attribute(parent, "capabilities/rel"));
	tags_bits_read(&can.properties, attribute(parent, "properties"));
	if (!tags_write(data_folder, major(number), minor(number),
			tags_find(&can)))
		log_warning("%s: %s", data_folder, strerror(errno));
}

static bool is_ours(struct udev_device *device)
{
	const char *seat = udev_device_get_property_value(device, "ID_SEAT");

	return !seat || !strcmp(seat, "seat0");
}

/* The path of its device; NULL: it isn't for us. */
static const char *path_of(struct udev_device *device)
{
	const char *name = udev_device_get_sysname(device);

	return name && !strncmp(name, "event", 5) && is_ours(device)
		       ? udev_device_get_devnode(device)
		       : NULL;
}

static void consider(struct finder *finder, struct udev_device *device)
{
	const char *path = path_of(device);

	if (!path)
		return;
	if (!finder->tells_tags)
		make_tags(device);
	finder->handler->found(finder->user, path);
}

static void handle_news(void *user, int fd, uint32_t events)
{
	struct finder *finder = user;
	struct udev_device *device = udev_monitor_receive_device(
		finder->monitor);
	const char *action = device ? udev_device_get_action(device) : NULL;
	const char *path = device ? path_of(device) : NULL;

	(void)fd;
	(void)events;
	if (path && action && !strcmp(action, "add"))
		consider(finder, device);
	else if (path && action && !strcmp(action, "remove"))
		finder->handler->lost(finder->user, path);
	udev_device_unref(device);
}

static void listen(struct finder *finder, struct loop *loop)
{
	struct udev_monitor *monitor = udev_monitor_new_from_netlink(
		finder->udev, finder->tells_tags ? "udev" : "kernel");

	if (!monitor ||
	    udev_monitor_filter_add_match_subsystem_devtype(monitor, "input",
							    NULL) < 0 ||
	    udev_monitor_enable_receiving(monitor) < 0) {
		log_warning("devices that are plugged in aren't noticed: %s",
			    strerror(errno));
		udev_monitor_unref(monitor);
		return;
	}
	finder->monitor = monitor;
	finder->source = loop_add_fd(loop, udev_monitor_get_fd(monitor),
				     LOOP_READ, handle_news, finder);
}

static void enumerate(struct finder *finder)
{
	struct udev_enumerate *all = udev_enumerate_new(finder->udev);
	struct udev_list_entry *entry;

	if (!all)
		return;
	udev_enumerate_add_match_subsystem(all, "input");
	udev_enumerate_add_match_sysname(all, "event*");
	udev_enumerate_scan_devices(all);
	udev_list_entry_foreach(entry, udev_enumerate_get_list_entry(all))
	{
		struct udev_device *device = udev_device_new_from_syspath(
			finder->udev, udev_list_entry_get_name(entry));

		if (device)
			consider(finder, device);
		udev_device_unref(device);
	}
	udev_enumerate_unref(all);
}

bool finder_init(struct finder *finder, struct loop *loop,
		 const struct finder_handler *handler, void *user)
{
	*finder = (struct finder){
		.udev = udev_new(),
		.tells_tags = access("/run/udev/control", F_OK) == 0,
		.handler = handler,
		.user = user,
	};
	if (!finder->udev) {
		log_error("udev: %s", strerror(errno));
		return false;
	}
	/* First, so that none is missed. */
	listen(finder, loop);
	enumerate(finder);
	return true;
}

void finder_finish(struct finder *finder)
{
	loop_remove(finder->source);
	udev_monitor_unref(finder->monitor);
	udev_unref(finder->udev);
	*finder = (struct finder){ 0 };
}
