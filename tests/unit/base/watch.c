#include "suite.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/alloc.h"
#include "base/config.h"

#define PATIENCE_NS UINT64_C(20000000000)
#define QUIET_NS UINT64_C(200000000)

struct watcher {
	struct loop *loop;
	struct config_watch *watch;
	struct timer timer;
	char *folder, *path;
	int changes;
};

static void on_change(void *user)
{
	struct watcher *watcher = user;

	watcher->changes++;
	loop_stop(watcher->loop, 1);
}

static void on_time(void *user)
{
	struct watcher *watcher = user;

	loop_stop(watcher->loop, 0);
}

/* True when a change was told within that time. */
static bool wait_for(struct watcher *watcher, uint64_t ns)
{
	timer_set_in(&watcher->timer, ns);

	bool changed = loop_run(watcher->loop);

	timer_cancel(&watcher->timer);
	return changed;
}

static void write_file(const char *path, const char *text)
{
	FILE *file = fopen(path, "w");

	ck_assert_ptr_nonnull(file);
	fputs(text, file);
	fclose(file);
}

/* Exactly one change is told. */
static void check_change(struct watcher *watcher)
{
	int before = watcher->changes;

	ck_assert(wait_for(watcher, PATIENCE_NS));
	ck_assert(!wait_for(watcher, QUIET_NS));
	ck_assert_int_eq(watcher->changes, before + 1);
}

static void begin(struct watcher *watcher, const char *name)
{
	*watcher = (struct watcher){ .loop = loop_create(),
				     .folder = make_folder() };
	watcher->path = xasprintf("%s/%s", watcher->folder, name);
	timer_init(&watcher->timer, watcher->loop, on_time, watcher);
}

static void watch(struct watcher *watcher)
{
	watcher->watch = config_watch_create(watcher->loop, watcher->path,
					     on_change, watcher);
	ck_assert_ptr_nonnull(watcher->watch);
}

static void end(struct watcher *watcher)
{
	config_watch_destroy(watcher->watch);
	loop_destroy(watcher->loop);
	remove_folder(watcher->folder);
	free(watcher->path);
}

static char *beside(const struct watcher *watcher, const char *name)
{
	return xasprintf("%s/%s", watcher->folder, name);
}

START_TEST(written)
{
	struct watcher watcher;

	begin(&watcher, "config");
	write_file(watcher.path, "one");
	watch(&watcher);
	ck_assert(!wait_for(&watcher, QUIET_NS));
	write_file(watcher.path, "two");
	write_file(watcher.path, "three");
	check_change(&watcher);
	/* The same again is no change. */
	write_file(watcher.path, "three");
	ck_assert(!wait_for(&watcher, QUIET_NS));
	end(&watcher);
}
END_TEST

START_TEST(others_are_ignored)
{
	struct watcher watcher;

	begin(&watcher, "config");
	write_file(watcher.path, "one");
	watch(&watcher);

	char *other = beside(&watcher, "config.bak");

	write_file(other, "two");
	ck_assert(!wait_for(&watcher, QUIET_NS));
	free(other);
	end(&watcher);
}
END_TEST

/* As editors and sed -i do. */
START_TEST(replaced)
{
	struct watcher watcher;

	begin(&watcher, "config");
	write_file(watcher.path, "one");
	watch(&watcher);

	char *other = beside(&watcher, "config.new");

	for (int i = 0; i < 2; i++) {
		write_file(other, i ? "three" : "two");
		ck_assert_int_eq(rename(other, watcher.path), 0);
		check_change(&watcher);
	}

	char *command = xasprintf("sed -i s/three/four/ %s", watcher.path);

	ck_assert_int_eq(system(command), 0);
	check_change(&watcher);
	free(command);
	free(other);
	end(&watcher);
}
END_TEST

START_TEST(removed_and_made_again)
{
	struct watcher watcher;

	begin(&watcher, "config");
	watch(&watcher);
	write_file(watcher.path, "one");
	check_change(&watcher);
	unlink(watcher.path);
	check_change(&watcher);
	write_file(watcher.path, "one");
	check_change(&watcher);
	end(&watcher);
}
END_TEST

START_TEST(behind_a_symlink)
{
	struct watcher watcher;
	char *target_folder = make_folder();
	char *target = xasprintf("%s/real", target_folder);

	begin(&watcher, "config");
	write_file(target, "one");
	ck_assert_int_eq(symlink(target, watcher.path), 0);
	watch(&watcher);
	write_file(target, "two");
	check_change(&watcher);

	/* The link itself is moved to another file. */
	char *other = beside(&watcher, "other");

	write_file(other, "three");
	unlink(watcher.path);
	ck_assert_int_eq(symlink("other", watcher.path), 0);
	check_change(&watcher);
	write_file(other, "four");
	check_change(&watcher);
	free(other);
	free(target);
	end(&watcher);
	remove_folder(target_folder);
}
END_TEST

START_TEST(folder_comes_and_goes)
{
	struct watcher watcher;

	begin(&watcher, "sub/deep/config");
	watch(&watcher);

	char *sub = beside(&watcher, "sub"),
	     *deep = beside(&watcher, "sub/deep");

	for (int i = 0; i < 2; i++) {
		ck_assert_int_eq(mkdir(sub, 0700), 0);
		ck_assert(!wait_for(&watcher, QUIET_NS));
		ck_assert_int_eq(mkdir(deep, 0700), 0);
		write_file(watcher.path, "one");
		check_change(&watcher);
		unlink(watcher.path);
		rmdir(deep);
		rmdir(sub);
		check_change(&watcher);
	}
	free(sub);
	free(deep);
	end(&watcher);
}
END_TEST

START_TEST(refuses_what_it_can_not)
{
	struct loop *loop = loop_create();
	char *longer = xcalloc(5001, 1);

	memset(longer, 'x', 5000);
	ck_assert_ptr_null(config_watch_create(loop, longer, on_change, NULL));
	ck_assert_int_eq(errno, ENAMETOOLONG);
	free(longer);
	config_watch_destroy(NULL);
	loop_destroy(loop);
}
END_TEST

Suite *watch_suite(void)
{
	Suite *suite = suite_create("watch");
	TCase *tcase = tcase_create("watch");

	tcase_set_timeout(tcase, 30);
	tcase_add_test(tcase, written);
	tcase_add_test(tcase, others_are_ignored);
	tcase_add_test(tcase, replaced);
	tcase_add_test(tcase, removed_and_made_again);
	tcase_add_test(tcase, behind_a_symlink);
	tcase_add_test(tcase, folder_comes_and_goes);
	tcase_add_test(tcase, refuses_what_it_can_not);
	suite_add_tcase(suite, tcase);
	return suite;
}
