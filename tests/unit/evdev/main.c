/* evdev_drv's tags: what real devices can report, as sysfs shows it. */
#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "driver/evdev/tags/tags.h"

struct sample {
	const char *name;
	const char *keys, *axes, *movements, *properties;
	unsigned tags;
};

static const struct sample samples[] = {
	{ "AT keyboard",
	  "402000000 3803078f800d001 feffffdfffefffff fffffffffffffffe", "0",
	  "0", "0", TAG_KEY | TAG_KEYBOARD },
	{ "power button", "10000000000000 0", "0", "0", "0", TAG_KEY },
	{ "media keys of a USB keyboard",
	  "2000000 387ad80000000000 1e000000000 1078d80100040 0", "0", "0", "0",
	  TAG_KEY },
	{ "mouse with five buttons", "1f0000 0 0 0 0", "0", "143", "0",
	  TAG_MOUSE },
	{ "tablet of a virtual machine", "70000 0 0 0 0", "3", "100", "0",
	  TAG_MOUSE },
	{ "touchpad", "e520 10000 0 0 0 0", "2e0800000000003", "0", "5",
	  TAG_TOUCHPAD },
	{ "touch screen", "400 0 0 0 0 0", "260800000000003", "0", "2",
	  TAG_TOUCHSCREEN },
	{ "touch screen without single touch", "400 0 0 0 0 0",
	  "260800000000000", "0", "2", TAG_TOUCHSCREEN },
	{ "drawing tablet", "1c03 0 0 0 0 0", "1000003", "0", "1", TAG_TABLET },
	{ "stick between keys", "70000 0 0 0 0", "0", "3", "21",
	  TAG_MOUSE | TAG_STICK },
	{ "gamepad", "7fdb000000000000 0 0 0 0", "3003f", "0", "0",
	  TAG_JOYSTICK },
	{ "accelerometer", "0", "7", "0", "40", TAG_ACCELEROMETER },
	{ "sound jack", "0", "0", "0", "0", 0 },
};

START_TEST(kinds)
{
	const struct sample *sample = &samples[_i];
	struct tags_device device;

	tags_bits_read(&device.keys, sample->keys);
	tags_bits_read(&device.axes, sample->axes);
	tags_bits_read(&device.movements, sample->movements);
	tags_bits_read(&device.properties, sample->properties);
	ck_assert_msg(tags_find(&device) == sample->tags, "%s: %x, not %x",
		      sample->name, tags_find(&device), sample->tags);
}
END_TEST

START_TEST(sets)
{
	struct tags_bits bits;

	tags_bits_read(&bits, "8000000000000001 0 3\n");
	ck_assert(tags_bits_test(&bits, 0) && tags_bits_test(&bits, 1));
	ck_assert(tags_bits_test(&bits, 128) && tags_bits_test(&bits, 191));
	ck_assert(!tags_bits_test(&bits, 2) && !tags_bits_test(&bits, 64));
	ck_assert(!tags_bits_test(&bits, 100000));
	tags_bits_read(&bits, NULL);
	ck_assert(!tags_bits_test(&bits, 0));
	tags_bits_read(&bits, "");
	ck_assert(!tags_bits_test(&bits, 0));
	/* more than any device has, and what is no number */
	tags_bits_read(&bits, "f f f f f f f f f f f f f f f f f f f f 1");
	ck_assert(tags_bits_test(&bits, 0) && !tags_bits_test(&bits, 1));
	tags_bits_read(&bits, "zebra 2");
	ck_assert(tags_bits_test(&bits, 1) && !tags_bits_test(&bits, 64));
}
END_TEST

static void read_file(const char *path, char *text, size_t size)
{
	FILE *file = fopen(path, "r");
	size_t bytes;

	ck_assert_ptr_nonnull(file);
	bytes = fread(text, 1, size - 1, file);
	text[bytes] = '\0';
	fclose(file);
}

START_TEST(written)
{
	char top[] = "/tmp/tags.XXXXXX", folder[64], path[96], text[128];

	ck_assert_ptr_nonnull(mkdtemp(top));
	snprintf(folder, sizeof(folder), "%s/udev/data", top);
	snprintf(path, sizeof(path), "%s/c13:64", folder);
	ck_assert(tags_write(folder, 13, 64, TAG_KEY | TAG_KEYBOARD));
	read_file(path, text, sizeof(text));
	ck_assert_str_eq(text, "E:ID_INPUT=1\nE:ID_INPUT_KEY=1\n"
			       "E:ID_INPUT_KEYBOARD=1\n");
	/* another device of the same number, then one for nobody, twice */
	ck_assert(tags_write(folder, 13, 64, TAG_MOUSE));
	read_file(path, text, sizeof(text));
	ck_assert_str_eq(text, "E:ID_INPUT=1\nE:ID_INPUT_MOUSE=1\n");
	ck_assert(tags_write(folder, 13, 64, 0));
	ck_assert_int_ne(access(path, F_OK), 0);
	ck_assert(tags_write(folder, 13, 64, 0));
	/* a link is not followed */
	ck_assert_int_eq(symlink("/dev/null", path), 0);
	ck_assert(!tags_write(folder, 13, 64, TAG_MOUSE));
	ck_assert_int_eq(unlink(path), 0);
	rmdir(folder);
	folder[strlen(folder) - strlen("/data")] = '\0';
	rmdir(folder);
	rmdir(top);
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("evdev");
	TCase *tests = tcase_create("tags");
	SRunner *runner = srunner_create(suite);
	int failed;

	tcase_add_loop_test(tests, kinds, 0,
			    (int)(sizeof(samples) / sizeof(samples[0])));
	tcase_add_test(tests, sets);
	tcase_add_test(tests, written);
	suite_add_tcase(suite, tests);
	srunner_run_all(runner, CK_ENV);
	failed = srunner_ntests_failed(runner);
	srunner_free(runner);
	return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
