#include "tags.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/alloc.h"

bool tags_bits_test(const struct tags_bits *bits, unsigned bit)
{
	return bit / 64 < TAGS_WORDS && bits->words[bit / 64] >> (bit % 64) & 1;
}

void tags_bits_read(struct tags_bits *bits, const char *text)
{
	const char *end = text ? text + strlen(text) : NULL;
	unsigned word = 0;

	*bits = (struct tags_bits){ 0 };
	while (end && end > text && word < TAGS_WORDS) {
		const char *start = end;

		while (start > text && start[-1] != ' ' && start[-1] != '\n')
			start--;
		if (start < end)
			bits->words[word++] = strtoull(start, NULL, 16);
		end = start > text ? start - 1 : start;
	}
}

static bool has(const struct tags_bits *bits, unsigned bit)
{
	return tags_bits_test(bits, bit);
}

static bool has_between(const struct tags_bits *bits, unsigned first,
			unsigned last)
{
	while (first <= last && !has(bits, first))
		first++;
	return first <= last;
}

static bool has_all(const struct tags_bits *bits, unsigned first, unsigned last)
{
	while (first <= last && has(bits, first))
		first++;
	return first > last;
}

/* The keys from Escape to D are on each keyboard, and on nothing else. */
static unsigned find_keys(const struct tags_device *device)
{
	const struct tags_bits *keys = &device->keys;
	unsigned tags = 0;

	if (has_between(keys, KEY_ESC, BTN_MISC - 1) ||
	    has_between(keys, KEY_OK, BTN_DPAD_UP - 1) ||
	    has_between(keys, KEY_ALS_TOGGLE, BTN_TRIGGER_HAPPY - 1))
		tags |= TAG_KEY;
	if (has_all(keys, KEY_ESC, KEY_D))
		tags |= TAG_KEYBOARD;
	return tags;
}

static bool is_joystick(const struct tags_device *device)
{
	return has_between(&device->keys, BTN_JOYSTICK, BTN_DIGI - 1) ||
	       has_between(&device->keys, BTN_TRIGGER_HAPPY, KEY_MAX) ||
	       has(&device->axes, ABS_RX) || has(&device->axes, ABS_THROTTLE) ||
	       has(&device->axes, ABS_WHEEL);
}

static unsigned find_place(const struct tags_device *device)
{
	const struct tags_bits *keys = &device->keys;
	bool direct = has(&device->properties, INPUT_PROP_DIRECT);
	bool pen = has(keys, BTN_STYLUS) || has(keys, BTN_TOOL_PEN);

	if (pen)
		return TAG_TABLET;
	if (has(keys, BTN_TOOL_FINGER) && !direct)
		return TAG_TOUCHPAD;
	if (has(keys, BTN_LEFT))
		return TAG_MOUSE;
	if (has(keys, BTN_TOUCH) || direct)
		return TAG_TOUCHSCREEN;
	return is_joystick(device) ? TAG_JOYSTICK : 0;
}

unsigned tags_find(const struct tags_device *device)
{
	const struct tags_bits *axes = &device->axes;
	const struct tags_bits *movements = &device->movements;
	unsigned tags = find_keys(device);

	if (has(&device->properties, INPUT_PROP_ACCELEROMETER))
		return TAG_ACCELEROMETER;
	if (has(axes, ABS_X) && has(axes, ABS_Y))
		tags |= find_place(device);
	else if (has(axes, ABS_MT_POSITION_X) && has(axes, ABS_MT_POSITION_Y))
		tags |= find_place(device);
	if (has(movements, REL_X) && has(movements, REL_Y) &&
	    has(&device->keys, BTN_LEFT))
		tags |= TAG_MOUSE;
	if (has(&device->properties, INPUT_PROP_POINTING_STICK))
		tags |= TAG_STICK;
	return tags;
}

static char *describe(unsigned tags)
{
	static const char *const names[] = {
		"KEY",      "KEYBOARD",      "MOUSE",
		"TOUCHPAD", "TOUCHSCREEN",   "TABLET",
		"JOYSTICK", "POINTINGSTICK", "ACCELEROMETER",
	};
	char *text = xstrdup("E:ID_INPUT=1\n");

	for (unsigned i = 0; i < array_size(names); i++) {
		char *longer;

		if (!(tags >> i & 1))
			continue;
		longer = xasprintf("%sE:ID_INPUT_%s=1\n", text, names[i]);
		free(text);
		text = longer;
	}
	return text;
}

/* The folders above the file. */
static void make_folders(char *path)
{
	for (char *at = strchr(path + 1, '/'); at; at = strchr(at + 1, '/')) {
		*at = '\0';
		mkdir(path, 0755); /* what can't be made is told by open */
		*at = '/';
	}
}

bool tags_write(const char *folder, unsigned major, unsigned minor,
		unsigned tags)
{
	char *path = xasprintf("%s/c%u:%u", folder, major, minor);
	char *text = describe(tags);
	size_t bytes = strlen(text);
	bool good;
	int fd;

	if (!tags) {
		good = !unlink(path) || errno == ENOENT;
	} else {
		make_folders(path);
		fd = open(path,
			  O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW,
			  0644);
		good = fd >= 0 && write(fd, text, bytes) == (ssize_t)bytes;
		if (fd >= 0)
			close(fd);
	}
	free(text);
	free(path);
	return good;
}
