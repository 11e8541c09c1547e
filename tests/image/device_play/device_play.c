/*
 * device_play FILE: makes the input device that a recording of evemu-record(1)
 * describes, says "ready", and plays what comes on standard input: the lines
 * "E: SECONDS TYPE CODE VALUE" of a recording, at their times from the first of
 * each recording on. The device is there until the input ends.
 *
 * Of the description it takes the lines N (name), I (bus and numbers), P
 * (properties), B (what can be reported) and A (axes).
 */
#include <errno.h>
#include <fcntl.h>
#include <linux/uinput.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/timerfd.h>
#include <time.h>
#include <unistd.h>

enum { LINE = 256, TYPES = EV_CNT };

static void need(int result, const char *what)
{
	if (result >= 0)
		return;
	fprintf(stderr, "%s: %s\n", what, strerror(errno));
	exit(1);
}

/* ---- the device ---- */

struct description {
	struct uinput_setup setup;
	unsigned seen[TYPES]; /* bytes of that type's bits so far */
};

/* The request that allows a code of a type. */
static unsigned long allow_request(unsigned type)
{
	switch (type) {
	case EV_KEY:
		return UI_SET_KEYBIT;
	case EV_REL:
		return UI_SET_RELBIT;
	case EV_ABS:
		return UI_SET_ABSBIT;
	case EV_MSC:
		return UI_SET_MSCBIT;
	case EV_LED:
		return UI_SET_LEDBIT;
	default:
		return 0;
	}
}

static void set_bits(int fd, unsigned long request, unsigned first,
		     unsigned byte)
{
	for (unsigned bit = 0; bit < 8; bit++)
		if (request && byte >> bit & 1)
			need(ioctl(fd, request, first + bit), "a code");
}

/* Bytes in hexadecimal, the lowest bits first. */
static void take_bits(int fd, struct description *device, const char *text)
{
	unsigned type, byte;
	int used;

	if (sscanf(text, "%x%n", &type, &used) != 1 || type >= TYPES)
		return;
	if (type != EV_SYN && !device->seen[type])
		need(ioctl(fd, UI_SET_EVBIT, type), "a type");
	for (text += used; sscanf(text, "%x%n", &byte, &used) == 1;
	     text += used)
		set_bits(fd, allow_request(type), 8 * device->seen[type]++,
			 byte);
}

static void take_properties(int fd, const char *text)
{
	unsigned byte;
	int used;

	for (unsigned at = 0; sscanf(text, "%x%n", &byte, &used) == 1;
	     text += used, at += 8)
		set_bits(fd, UI_SET_PROPBIT, at, byte);
}

static void take_axis(int fd, const char *text)
{
	struct uinput_abs_setup axis = { 0 };
	struct input_absinfo *info = &axis.absinfo;
	unsigned code;

	if (sscanf(text, "%x %d %d %d %d %d", &code, &info->minimum,
		   &info->maximum, &info->fuzz, &info->flat,
		   &info->resolution) != 6)
		return;
	axis.code = (uint16_t)code;
	need(ioctl(fd, UI_ABS_SETUP, &axis), "an axis");
}

static void take_identity(struct description *device, const char *text)
{
	struct input_id *id = &device->setup.id;

	sscanf(text, "%hx %hx %hx %hx", &id->bustype, &id->vendor, &id->product,
	       &id->version);
}

static int make_device(const char *path)
{
	struct description device = { .setup = { .name = "" } };
	FILE *file = fopen(path, "re");
	int fd = open("/dev/uinput", O_WRONLY | O_CLOEXEC);
	char line[LINE];

	need(file ? 0 : -1, path);
	need(fd, "/dev/uinput");
	while (fgets(line, sizeof(line), file)) {
		line[strcspn(line, "\n")] = '\0';
		if (!strncmp(line, "N: ", 3))
			snprintf(device.setup.name, sizeof(device.setup.name),
				 "%.60s", line + 3);
		else if (!strncmp(line, "I: ", 3))
			take_identity(&device, line + 3);
		else if (!strncmp(line, "P: ", 3))
			take_properties(fd, line + 3);
		else if (!strncmp(line, "B: ", 3))
			take_bits(fd, &device, line + 3);
		else if (!strncmp(line, "A: ", 3))
			take_axis(fd, line + 3);
	}
	fclose(file);
	need(ioctl(fd, UI_DEV_SETUP, &device.setup), "the device");
	need(ioctl(fd, UI_DEV_CREATE), "the device");
	return fd;
}

/* ---- playing ---- */

/* Until that time, of CLOCK_MONOTONIC. */
static void wait_until(int timer, double seconds)
{
	struct itimerspec at = {
		.it_value.tv_sec = (time_t)seconds,
		.it_value.tv_nsec = (long)((seconds - (time_t)seconds) * 1e9),
	};
	uint64_t count;

	need(timerfd_settime(timer, TFD_TIMER_ABSTIME, &at, NULL), "timer");
	need((int)read(timer, &count, sizeof(count)), "timer");
}

static double now(void)
{
	struct timespec time;

	clock_gettime(CLOCK_MONOTONIC, &time);
	return (double)time.tv_sec + (double)time.tv_nsec / 1e9;
}

static void play(int device, int timer)
{
	double begin = 0, last = 0, seconds;
	unsigned type, code;
	char line[LINE];
	int value;

	while (fgets(line, sizeof(line), stdin)) {
		struct input_event event = { 0 };

		if (sscanf(line, "E: %lf %x %x %d", &seconds, &type, &code,
			   &value) != 4)
			continue;
		if (!begin || seconds < last)
			begin = now() - seconds;
		last = seconds;
		if (begin + seconds > now())
			wait_until(timer, begin + seconds);
		event.type = (uint16_t)type;
		event.code = (uint16_t)code;
		event.value = value;
		need((int)write(device, &event, sizeof(event)), "an event");
	}
}

int main(int argc, char **argv)
{
	int timer = timerfd_create(CLOCK_MONOTONIC, TFD_CLOEXEC), device;

	if (argc != 2) {
		fprintf(stderr, "device_play FILE\n");
		return 2;
	}
	need(timer, "timer");
	device = make_device(argv[1]);
	printf("ready\n");
	fflush(stdout);
	play(device, timer);
	return 0;
}
