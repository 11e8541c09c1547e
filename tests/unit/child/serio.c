/* PS/2 ports, in a tree that looks like the kernel's. */
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/base.h"
#include "child/serio.h"
#include "suite.h"

static char top[] = "/tmp/serio.XXXXXX";
static char *sysfs, *dev;

static void put(const char *folder, const char *name, const char *text)
{
	char *path = xasprintf("%s/%s", folder, name);
	FILE *file = fopen(path, "w");

	ck_assert_msg(file != NULL, "%s", path);
	fputs(text, file);
	fclose(file);
	free(path);
}

static char *make(const char *format, const char *more)
{
	char *path = xasprintf("%s/%s%s", top, format, more);
	char *command = xasprintf("mkdir -p '%s'", path);

	ck_assert_int_eq(system(command), 0);
	free(command);
	return path;
}

/* What was written to the port last, which stays as it was before. */
static char *told(const char *port)
{
	static char text[32];
	char *path = xasprintf("%s/bus/serio/devices/%s/drvctl", sysfs, port);
	FILE *file = fopen(path, "r");

	ck_assert_ptr_nonnull(file);
	text[fread(text, 1, sizeof(text) - 1, file)] = '\0';
	fclose(file);
	free(path);
	return text;
}

static void make_port(const char *name, const char *description,
		      const char *driver)
{
	char *port = make("sys/bus/serio/devices/", name);
	char *link = xasprintf("%s/driver", port);
	char *to = xasprintf("../../../bus/serio/drivers/%s", driver);
	char *id = xasprintf("%s/id", port);

	put(port, "description", description);
	put(port, "drvctl", "");
	mkdir(id, 0755);
	put(id, "type", strstr(description, "KBD") ? "06\n" : "01\n");
	ck_assert_int_eq(symlink(to, link), 0);
	free(id);
	free(to);
	free(link);
	free(port);
}

/* The raw device of a port. */
static void make_misc(const char *name, const char *port)
{
	char *misc = make("sys/class/misc/", name);
	char *link = xasprintf("%s/device", misc);
	char *to = xasprintf("../../../bus/serio/devices/%s", port);

	ck_assert_int_eq(symlink(to, link), 0);
	put(dev, name, port);
	free(to);
	free(link);
	free(misc);
}

static void begin(void)
{
	strcpy(strrchr(top, '.') + 1, "XXXXXX");
	ck_assert_ptr_nonnull(mkdtemp(top));
	sysfs = make("sys", "");
	dev = make("dev", "");
}

static void end(void)
{
	char *command = xasprintf("rm -r '%s'", top);

	ck_assert_int_eq(system(command), 0);
	free(command);
	free(sysfs);
	free(dev);
}

static struct serio_paths paths(void)
{
	return (struct serio_paths){ .sysfs = sysfs, .dev = dev };
}

START_TEST(nothing_there)
{
	const struct serio_paths here = paths();

	ck_assert(!serio_take(&here));
	serio_give_back(&here);
	ck_assert_int_lt(serio_open(&here, "mouse"), 0);
	free(make("sys/bus/serio/drivers/", "serio_raw"));
	ck_assert(!serio_take(&here));
}
END_TEST

START_TEST(taken)
{
	const struct serio_paths here = paths();

	free(make("sys/bus/serio/drivers/", "serio_raw"));
	make_port("serio0", "i8042 KBD port\n", "atkbd");
	make_port("serio1", "i8042 AUX port\n", "serio_raw");
	make_port("serio2", "a touch screen\n", "touchscreen");
	/* one is raw already; the other is asked, the third is not */
	ck_assert(serio_take(&here));
	ck_assert_str_eq(told("serio0"), "serio_raw");
	ck_assert_str_eq(told("serio1"), "");
	ck_assert_str_eq(told("serio2"), "");
	serio_give_back(&here);
	ck_assert_str_eq(told("serio0"), "serio_raw"); /* it isn't raw */
	ck_assert_str_eq(told("serio1"), "rescan");
	ck_assert_str_eq(told("serio2"), "");
}
END_TEST

static void check_open(const char *name, const char *content)
{
	const struct serio_paths here = paths();
	const int fd = serio_open(&here, name);
	char text[16] = "";

	ck_assert_msg((fd >= 0) == (content != NULL), "%s", name);
	if (fd < 0)
		return;
	ck_assert_int_eq(fcntl(fd, F_GETFL) & O_ACCMODE, O_RDWR);
	ck_assert_int_ne(fcntl(fd, F_GETFL) & O_NONBLOCK, 0);
	ck_assert_int_gt(read(fd, text, sizeof(text) - 1), 0);
	ck_assert_str_eq(text, content);
	close(fd);
}

/* They are numbered in the order in which they became raw. */
START_TEST(opened)
{
	make_port("serio0", "i8042 KBD port\n", "serio_raw");
	make_port("serio1", "i8042 AUX port\n", "serio_raw");
	make_misc("serio_raw0", "serio1");
	make_misc("serio_raw1", "serio0");
	check_open("set1", "serio0");
	check_open("set2", NULL);
	check_open("mouse", "serio1");
	check_open("", NULL);
	check_open("../mouse", NULL);
}
END_TEST

Suite *serio_suite(void)
{
	Suite *suite = suite_create("serio");
	TCase *tests = tcase_create("serio");

	tcase_add_checked_fixture(tests, begin, end);
	tcase_add_test(tests, nothing_there);
	tcase_add_test(tests, taken);
	tcase_add_test(tests, opened);
	suite_add_tcase(suite, tests);
	return suite;
}
