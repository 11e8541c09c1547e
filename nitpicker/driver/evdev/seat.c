#include "seat.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/alloc.h"
#include "base/log.h"
#include "device.h"

enum { LOG_LINE = 256 };

/* ---- what libinput asks for ---- */

static int open_device(const char *path, int flags, void *user)
{
	struct seat *seat = user;

	return device_open(path, flags, seat->options.shared);
}

static void close_device(int fd, void *user)
{
	(void)user;
	close(fd);
}

static const struct libinput_interface interface = {
	.open_restricted = open_device,
	.close_restricted = close_device,
};

__attribute__((format(printf, 3, 0))) static void log_line(
	struct libinput *libinput, enum libinput_log_priority priority,
	const char *format, va_list arguments)
{
	char line[LOG_LINE];

	(void)libinput;
	vsnprintf(line, sizeof(line), format, arguments);
	line[strcspn(line, "\n")] = '\0';
	if (priority >= LIBINPUT_LOG_PRIORITY_ERROR)
		log_warning("%s", line);
	else
		log_debug("%s", line);
}

/* ---- devices ---- */

static bool has(struct libinput_device *device,
		enum libinput_device_capability capability)
{
	return libinput_device_has_capability(device, capability);
}

/* A device ignores what it hasn't got. */
static void configure(const struct seat *seat, struct libinput_device *device)
{
	const struct seat_options *options = &seat->options;

	libinput_device_config_accel_set_profile(
		device, options->flat ? LIBINPUT_CONFIG_ACCEL_PROFILE_FLAT
				      : LIBINPUT_CONFIG_ACCEL_PROFILE_ADAPTIVE);
	libinput_device_config_accel_set_speed(
		device, ((double)options->speed - 100) / 100);
	libinput_device_config_tap_set_enabled(
		device, options->tap ? LIBINPUT_CONFIG_TAP_ENABLED
				     : LIBINPUT_CONFIG_TAP_DISABLED);
	libinput_device_config_scroll_set_natural_scroll_enabled(
		device, options->natural);
	libinput_device_config_left_handed_set(device, options->left_handed);
}

static void show_locks(const struct seat *seat, struct libinput_device *device)
{
	unsigned leds = 0;

	leds |= seat->locks & LOCK_NUM ? LIBINPUT_LED_NUM_LOCK : 0;
	leds |= seat->locks & LOCK_CAPS ? LIBINPUT_LED_CAPS_LOCK : 0;
	leds |= seat->locks & LOCK_SCROLL ? LIBINPUT_LED_SCROLL_LOCK : 0;
	if (has(device, LIBINPUT_DEVICE_CAP_KEYBOARD))
		libinput_device_led_update(device, (enum libinput_led)leds);
}

static struct seat_device *find(struct seat *seat, const char *path)
{
	for (unsigned i = 0; i < seat->count; i++)
		if (!strcmp(seat->devices[i].path, path))
			return &seat->devices[i];
	return NULL;
}

static void add_device(void *user, const char *path)
{
	struct seat *seat = user;
	struct libinput_device *device;

	if (find(seat, path))
		return;
	if (seat->count == SEAT_DEVICES_MAX) {
		log_warning("%s: more than %d devices", path, SEAT_DEVICES_MAX);
		return;
	}
	device = libinput_path_add_device(seat->libinput, path);
	if (!device)
		return; /* nothing for a desktop, or it was told why */
	seat->devices[seat->count++] = (struct seat_device){
		.path = xstrdup(path),
		.device = libinput_device_ref(device),
	};
	configure(seat, device);
	show_locks(seat, device);
	log_info("%s: %s", path, libinput_device_get_name(device));
}

static void forget(struct seat_device *device)
{
	libinput_device_unref(device->device);
	free(device->path);
}

static void handle_events(struct seat *seat)
{
	struct libinput_event *event;

	if (libinput_dispatch(seat->libinput))
		log_debug("libinput: %s", strerror(errno));
	while ((event = libinput_get_event(seat->libinput)) != NULL) {
		events_take(&seat->events, event);
		libinput_event_destroy(event);
	}
}

/* What it held is let go. */
static void lose_device(void *user, const char *path)
{
	struct seat *seat = user;
	struct seat_device *device = find(seat, path);

	if (!device)
		return;
	log_info("%s: %s is gone", path,
		 libinput_device_get_name(device->device));
	libinput_path_remove_device(device->device);
	forget(device);
	*device = seat->devices[--seat->count];
	handle_events(seat);
}

static const struct finder_handler finder_handler = {
	.found = add_device,
	.lost = lose_device,
};

/* ---- sampling ---- */

static void handle_readable(void *user, int fd, uint32_t events)
{
	(void)fd;
	(void)events;
	handle_events(user);
}

static void stop(struct seat *seat)
{
	finder_finish(&seat->finder);
	loop_remove(seat->source);
	seat->source = NULL;
	while (seat->count)
		forget(&seat->devices[--seat->count]);
	libinput_unref(seat->libinput);
	seat->libinput = NULL;
}

static bool start(struct seat *seat)
{
	seat->libinput = libinput_path_create_context(&interface, seat);
	if (!seat->libinput) {
		log_error("libinput: %s", strerror(errno));
		return false;
	}
	libinput_log_set_handler(seat->libinput, log_line);
	libinput_log_set_priority(seat->libinput, LIBINPUT_LOG_PRIORITY_INFO);
	seat->source = loop_add_fd(seat->loop, libinput_get_fd(seat->libinput),
				   LOOP_READ | LOOP_URGENT, handle_readable,
				   seat);
	if (!finder_init(&seat->finder, seat->loop, &finder_handler, seat)) {
		stop(seat);
		return false;
	}
	handle_events(seat);
	return true;
}

bool seat_sample(struct seat *seat, bool on)
{
	if (on == (seat->libinput != NULL))
		return true;
	if (on)
		return start(seat);
	stop(seat);
	return true;
}

void seat_init(struct seat *seat, struct loop *loop,
	       const struct events_handler *handler, void *user)
{
	*seat = (struct seat){
		.loop = loop,
		.events = { .handler = handler, .user = user },
	};
}

void seat_finish(struct seat *seat)
{
	if (seat->libinput)
		stop(seat);
}

void seat_set_options(struct seat *seat, const struct seat_options *options)
{
	bool reopen = seat->libinput && options->shared != seat->options.shared;

	seat->options = *options;
	if (reopen) {
		stop(seat);
		start(seat);
		return;
	}
	for (unsigned i = 0; i < seat->count; i++)
		configure(seat, seat->devices[i].device);
}

void seat_set_leds(struct seat *seat, unsigned locks)
{
	seat->locks = locks;
	for (unsigned i = 0; i < seat->count; i++)
		show_locks(seat, seat->devices[i].device);
}
