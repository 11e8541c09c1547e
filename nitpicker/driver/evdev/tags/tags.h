/*
 * What kind of device is it? libinput takes a device by the tags that udevd has
 * given it (ID_INPUT_MOUSE=1 ...). Where no udevd runs, as in a small image,
 * they are made here, from what the device can report.
 *
 * Facts: Linux, Documentation/input/event-codes.rst (what the codes and
 * properties mean); sysfs shows sets of bits as words in hex, the highest
 * first.
 */
#ifndef DRIVER_EVDEV_TAGS_TAGS_H
#define DRIVER_EVDEV_TAGS_TAGS_H

#include <linux/input-event-codes.h>
#include <stdbool.h>
#include <stdint.h>

enum { TAGS_WORDS = KEY_MAX / 64 + 1 };

struct tags_bits {
	uint64_t words[TAGS_WORDS];
};

/* What a device can report. */
struct tags_device {
	struct tags_bits keys, axes, movements; /* KEY_* BTN_*, ABS_*, REL_* */
	struct tags_bits properties; /* INPUT_PROP_* */
};

/* Reads a set of bits as sysfs writes it ("1f 0 10"); what can't be read, and
 * NULL, is empty. */
void tags_bits_read(struct tags_bits *bits, const char *text);
bool tags_bits_test(const struct tags_bits *bits, unsigned bit);

enum tag {
	TAG_KEY = 1 << 0, /* has keys */
	TAG_KEYBOARD = 1 << 1, /* has all letters and digits */
	TAG_MOUSE = 1 << 2, /* or a tablet of a virtual machine */
	TAG_TOUCHPAD = 1 << 3,
	TAG_TOUCHSCREEN = 1 << 4,
	TAG_TABLET = 1 << 5, /* with a pen */
	TAG_JOYSTICK = 1 << 6,
	TAG_STICK = 1 << 7, /* between the keys of a laptop */
	TAG_ACCELEROMETER = 1 << 8,
};

/* A set of enum tag; 0: nothing for a desktop. */
unsigned tags_find(const struct tags_device *device);

/*
 * Writes them where libudev looks: FOLDER/cMAJOR:MINOR (the folder is normally
 * /run/udev/data and is made). No tags: the file is removed, since another
 * device may have had the number. False with errno.
 */
bool tags_write(const char *folder, unsigned major, unsigned minor,
		unsigned tags);

#endif
