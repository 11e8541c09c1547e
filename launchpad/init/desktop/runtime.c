#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/base.h"
#include "child/store.h"
#include "runtime.h"
#include "session/parent.h"

enum { DESKTOPS_MAX = 64, TRIES_MAX = 16 };

/* A folder of our own that nobody else can enter. */
static bool is_private(const char *path)
{
	struct stat st;

	if (lstat(path, &st) < 0)
		return false;
	if (!S_ISDIR(st.st_mode) || st.st_uid != geteuid()) {
		errno = ENOTDIR;
		return false;
	}
	return !(st.st_mode & 077) || chmod(path, 0700) == 0;
}

/* True when the descriptor's file still has that name. */
static bool is_current(int fd, const char *path)
{
	struct stat by_fd, by_path;

	return fstat(fd, &by_fd) == 0 && stat(path, &by_path) == 0 &&
	       by_fd.st_ino == by_path.st_ino && by_fd.st_dev == by_path.st_dev;
}

/* The lock's descriptor; -1 with errno EWOULDBLOCK when another has it. The
 * file goes away with its desktop, so that one may be gone when we have it. */
static int take_lock(const char *folder)
{
	char *path = xasprintf("%s/lock", folder);
	int fd = -1, error = 0, tries;

	for (tries = 0; tries < TRIES_MAX; tries++) {
		fd = open(path, O_RDWR | O_CREAT | O_NOFOLLOW | O_CLOEXEC,
			  0600);
		if (fd < 0 || flock(fd, LOCK_EX | LOCK_NB) < 0)
			error = errno;
		else if (is_current(fd, path))
			break;
		if (fd >= 0)
			close(fd);
		fd = -1;
		if (error)
			break;
	}
	free(path);
	errno = error;
	return fd;
}

/* 1: taken, 0: in use, -1: can't be, with errno. */
static int try_folder(struct runtime *runtime, const char *path)
{
	const bool made = mkdir(path, 0700) == 0;

	if (!made && errno != EEXIST)
		return -1;
	if (!is_private(path))
		return -1;
	runtime->lock = take_lock(path);
	if (runtime->lock < 0)
		return errno == EWOULDBLOCK ? 0 : -1;
	runtime->path = realpath(path, NULL);
	runtime->made = made;
	return 1;
}

static bool take_wanted(struct runtime *runtime, const char *path)
{
	const int taken = try_folder(runtime, path);

	if (taken == 0)
		log_error("%s: in use by another desktop", path);
	else if (taken < 0)
		log_error("%s: no private folder: %s", path, strerror(errno));
	return taken > 0;
}

bool runtime_take(struct runtime *runtime, const char *wanted)
{
	char *all;
	unsigned n;
	int taken = 0;

	*runtime = (struct runtime){ .lock = -1 };
	if (wanted)
		return take_wanted(runtime, wanted);
	all = runtime_directory();
	for (n = 1; all && taken == 0 && n <= DESKTOPS_MAX; n++) {
		char *path = n == 1 ? xasprintf("%s/desktop", all)
				    : xasprintf("%s/desktop-%u", all, n);

		taken = try_folder(runtime, path);
		runtime->made = true;
		if (taken < 0)
			log_error("%s: %s", path, strerror(errno));
		else if (taken > 0 && n > 1)
			log_info("another desktop runs: this one is %s", path);
		free(path);
	}
	if (all && taken == 0)
		log_error("%s: %d desktops run already", all, DESKTOPS_MAX);
	free(all);
	return taken > 0;
}

void runtime_release(struct runtime *runtime)
{
	static const char *const files[] = { "parent", "control", "vnc",
					     "screenshot.png", "lock" };
	char *path;
	size_t i;

	if (!runtime->path)
		return;
	path = xasprintf("%s/report", runtime->path);
	store_remove_tree(path);
	free(path);
	for (i = 0; i < array_size(files); i++) {
		path = xasprintf("%s/%s", runtime->path, files[i]);
		unlink(path);
		free(path);
	}
	if (runtime->made)
		rmdir(runtime->path);
	close(runtime->lock);
	free(runtime->path);
	*runtime = (struct runtime){ .lock = -1 };
}
