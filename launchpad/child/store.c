#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/base.h"
#include "label.h"
#include "store.h"

enum { PATH_BYTES = LABEL_MAX + 64 };

/* With those above it: a new user has no folder of settings at all. */
static void make_folders(const char *folder)
{
	char *path = xstrdup(folder);

	for (char *slash = strchr(path + 1, '/'); slash;
	     slash = strchr(slash + 1, '/')) {
		*slash = '\0';
		mkdir(path, 0700);
		*slash = '/';
	}
	mkdir(path, 0700);
	free(path);
}

/* Descriptor of FOLDER/LABEL; makes what is missing if wanted. */
static int open_folder(const char *folder, const char *label, bool make)
{
	const int flags = O_RDONLY | O_DIRECTORY | O_CLOEXEC;
	char path[PATH_BYTES];
	char *rest = path, *name;
	int fd;

	if (!label_to_path(label, path, sizeof(path))) {
		errno = EINVAL;
		return -1;
	}
	if (make)
		make_folders(folder);
	fd = open(folder, flags);
	while (fd >= 0 && path[0] && (name = strsep(&rest, "/"))) {
		int below;

		if (make)
			mkdirat(fd, name, 0700);
		below = openat(fd, name, flags | O_NOFOLLOW);
		close(fd);
		fd = below;
	}
	return fd;
}

static bool has_room(int fd, const char *name, unsigned max_names)
{
	DIR *dir;
	struct dirent *found;
	unsigned count = 0;
	int copy;

	if (!max_names || faccessat(fd, name, F_OK, 0) == 0)
		return true;
	copy = openat(fd, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	dir = copy >= 0 ? fdopendir(copy) : NULL;
	if (!dir && copy >= 0)
		close(copy);
	while (dir && (found = readdir(dir)))
		count += found->d_type == DT_REG;
	if (dir)
		closedir(dir);
	return count < max_names;
}

static bool write_all(int fd, const char *data, size_t bytes)
{
	while (bytes) {
		const ssize_t done = write(fd, data, bytes);

		if (done < 0 && errno != EINTR)
			return false;
		if (done > 0) {
			data += done;
			bytes -= (size_t)done;
		}
	}
	return true;
}

bool store_write(const char *folder, const char *label, const char *name,
		 const void *data, size_t bytes, unsigned max_names)
{
	char *fresh = xasprintf(".%s.new", name);
	const int dir = open_folder(folder, label, true);
	bool done = false;
	int file;

	if (dir < 0)
		goto free_name;
	if (!has_room(dir, name, max_names)) {
		errno = ENOSPC;
		goto close_dir;
	}
	file = openat(dir, fresh,
		      O_WRONLY | O_CREAT | O_TRUNC | O_NOFOLLOW | O_CLOEXEC,
		      0600);
	if (file < 0)
		goto close_dir;
	done = write_all(file, data, bytes);
	close(file);
	done = done && renameat(dir, fresh, dir, name) == 0;
	if (!done)
		unlinkat(dir, fresh, 0);
close_dir:
	close(dir);
free_name:
	free(fresh);
	return done;
}

int store_open(const char *folder, const char *label, const char *name)
{
	const int dir = open_folder(folder, label, false);
	int file;

	if (dir < 0)
		return -1;
	file = openat(dir, name,
		      O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);
	close(dir);
	return file;
}

void store_remove(const char *folder, const char *label, const char *name)
{
	const int dir = open_folder(folder, label, false);
	char path[PATH_BYTES];
	char *slash;
	int top;

	if (dir < 0)
		return;
	unlinkat(dir, name, 0);
	close(dir);
	top = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (top < 0 || !label_to_path(label, path, sizeof(path)))
		path[0] = '\0';
	while (path[0] && unlinkat(top, path, AT_REMOVEDIR) == 0) {
		slash = strrchr(path, '/');
		*(slash ? slash : path) = '\0';
	}
	if (top >= 0)
		close(top);
}

static void empty_folder(int fd, unsigned depth)
{
	DIR *dir = fdopendir(fd);
	struct dirent *found;

	if (!dir) {
		close(fd);
		return;
	}
	while ((found = readdir(dir))) {
		int below;

		if (!strcmp(found->d_name, ".") || !strcmp(found->d_name, ".."))
			continue;
		if (unlinkat(dirfd(dir), found->d_name, 0) == 0 || !depth)
			continue;
		below = openat(dirfd(dir), found->d_name,
			       O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
		if (below < 0)
			continue;
		empty_folder(below, depth - 1);
		unlinkat(dirfd(dir), found->d_name, AT_REMOVEDIR);
	}
	closedir(dir);
}

void store_remove_tree(const char *folder)
{
	const int fd = open(folder,
			    O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);

	if (fd < 0)
		return;
	empty_folder(fd, LABEL_MAX);
	rmdir(folder);
}
