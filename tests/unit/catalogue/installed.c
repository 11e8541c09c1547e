#include "catalogue/installed.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/alloc.h"
#include "suite.h"

struct reading {
	struct loop *loop;
	struct installed *installed;
	char names[512]; /* of what was found, "Name " each */
};

static char folder[] = "/tmp/unit_catalogue.XXXXXX";

static void write_file(const char *name, const char *text)
{
	char *path = xasprintf("%s/%s", folder, name);
	FILE *file = fopen(path, "w");

	ck_assert_ptr_nonnull(file);
	fputs(text, file);
	fclose(file);
	free(path);
}

static void make_folder(const char *name)
{
	char *path = xasprintf("%s/%s", folder, name);

	ck_assert_int_eq(mkdir(path, 0700), 0);
	free(path);
}

static void setup(void)
{
	ck_assert_ptr_nonnull(mkdtemp(folder));
	make_folder("a");
	make_folder("a/kde");
	make_folder("b");
}

static void teardown(void)
{
	char *command = xasprintf("rm -rf %s", folder);

	ck_assert_int_eq(system(command), 0);
	free(command);
}

static void found(void *user, const char *id, struct desktop_entry *entry)
{
	struct reading *reading = user;
	size_t used = strlen(reading->names);

	snprintf(reading->names + used, sizeof(reading->names) - used, "%s:%s ",
		 id, entry->name);
	desktop_entry_finish(entry);
}

static void done(void *user)
{
	struct reading *reading = user;

	loop_stop(reading->loop, 0);
}

static void changed(void *user)
{
	struct reading *reading = user;

	reading->names[0] = 0;
	installed_read(reading->installed);
}

static const struct installed_handler handler = {
	.found = found,
	.done = done,
	.changed = changed,
};

static void begin(struct reading *reading)
{
	char *a = xasprintf("%s/a", folder), *b = xasprintf("%s/b", folder);
	const char *const folders[] = { a, b, "/no/such/folder", NULL };

	*reading = (struct reading){ .loop = loop_create() };
	reading->installed = installed_create(reading->loop, folders, &handler,
					      reading);
	installed_read(reading->installed);
	loop_run(reading->loop);
	free(a);
	free(b);
}

static void end(struct reading *reading)
{
	installed_destroy(reading->installed);
	loop_destroy(reading->loop);
}

#define ENTRY(name) \
	"[Desktop Entry]\nType=Application\nExec=true\nName=" name "\n"

START_TEST(first_counts)
{
	struct reading reading;

	write_file("a/one.desktop", ENTRY("Mine"));
	write_file("b/one.desktop", ENTRY("Theirs"));
	write_file("b/two.desktop", ENTRY("Two"));
	write_file("a/kde/three.desktop", ENTRY("Three"));
	write_file("b/kde-three.desktop", ENTRY("Other"));
	/* Hidden here: the one below isn't seen, too. */
	write_file("a/gone.desktop", ENTRY("Gone") "Hidden=true\n");
	write_file("b/gone.desktop", ENTRY("Gone"));
	write_file("b/lacks.desktop", ENTRY("Lacks") "TryExec=no-such\n");
	write_file("b/notes.txt", ENTRY("Text"));
	begin(&reading);
	ck_assert_str_eq(reading.names, "kde-three.desktop:Three "
					"one.desktop:Mine two.desktop:Two ");
	ck_assert_uint_eq(installed_problems(reading.installed), 0);
	end(&reading);
}
END_TEST

START_TEST(follows_changes)
{
	struct reading reading;

	write_file("a/bad.desktop", "nonsense\n");
	begin(&reading);
	ck_assert_str_eq(reading.names, "");
	ck_assert_uint_eq(installed_problems(reading.installed), 1);
	write_file("a/new.desktop", ENTRY("New"));
	loop_run(reading.loop);
	ck_assert_str_eq(reading.names, "new.desktop:New ");
	ck_assert_uint_eq(installed_problems(reading.installed), 1);
	end(&reading);
}
END_TEST

Suite *installed_suite(void)
{
	Suite *suite = suite_create("installed programs");
	TCase *tests = tcase_create("installed programs");

	tcase_add_checked_fixture(tests, setup, teardown);
	tcase_add_test(tests, first_counts);
	tcase_add_test(tests, follows_changes);
	suite_add_tcase(suite, tests);
	return suite;
}
