#include "source.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/inotify.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/alloc.h"

enum { QUIET_NS = 60000000, FILES_MAX = 1000 };

/* ---- opening ---- */

static int open_path(const char *name)
{
	struct stat st;
	int fd = open(name, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);

	if (fd >= 0 && (fstat(fd, &st) < 0 || !S_ISREG(st.st_mode))) {
		close(fd);
		return -1;
	}
	return fd;
}

int source_open(struct source *source, const char *name)
{
	int fd = -1;

	if (!source->child || name[0] == '/')
		fd = open_path(name);
	if (fd < 0 && source->child)
		fd = parent_file(source->parent, name, NULL);
	return fd;
}

char *source_data(const struct source *source, const char *name)
{
	static const char *const folders[] = { "../share/nitpicker",
					       "../../share/nitpicker" };
	char exe[4096];
	ssize_t length;
	char *slash;

	if (source->child)
		return xstrdup(name);
	length = readlink("/proc/self/exe", exe, sizeof(exe) - 1);
	if (length < 0)
		return xstrdup(name);
	exe[length] = 0;
	slash = strrchr(exe, '/');
	if (slash)
		*slash = 0;
	for (size_t i = 0; i < array_size(folders); i++) {
		char *path = xasprintf("%s/%s/%s", exe, folders[i], name);

		if (!access(path, R_OK))
			return path;
		free(path);
	}
	return xstrdup(name);
}

char *source_read(struct source *source, const char *name, size_t max,
		  size_t *bytes)
{
	int fd = source_open(source, name);
	struct stat st;
	size_t size, done = 0;
	ssize_t got = 1;
	char *text;

	if (fd < 0) {
		errno = ENOENT;
		return NULL;
	}
	size = fstat(fd, &st) == 0 && st.st_size > 0 ? (size_t)st.st_size : 0;
	text = size <= max ? malloc(size + 1) : NULL;
	if (!text)
		errno = EFBIG;
	while (text && done < size && got > 0) {
		got = pread(fd, text + done, size - done, (off_t)done);
		if (got > 0)
			done += (size_t)got;
		else if (got < 0 && errno == EINTR)
			got = 1;
	}
	close(fd);
	if (!text)
		return NULL;
	text[done] = 0;
	*bytes = done;
	return text;
}

/* ---- folders ---- */

bool source_is_folder(const char *name)
{
	struct stat st;

	return stat(name, &st) == 0 && S_ISDIR(st.st_mode);
}

static bool is_markdown(const char *name)
{
	size_t length = strlen(name);

	return name[0] != '.' && length > 3 &&
	       (!strcmp(name + length - 3, ".md") ||
		(length > 9 && !strcmp(name + length - 9, ".markdown")));
}

static bool is_first(const char *name)
{
	return !strncasecmp(name, "readme.", 7) ||
	       !strncasecmp(name, "index.", 6);
}

static int compare(const void *a, const void *b)
{
	const char *x = *(const char *const *)a, *y = *(const char *const *)b;
	bool first_x = is_first(x), first_y = is_first(y);

	if (first_x != first_y)
		return first_x ? -1 : 1;
	return strcmp(x, y);
}

char **source_list(const char *folder)
{
	DIR *dir = opendir(folder);
	char **names = xcalloc(FILES_MAX + 1, sizeof(*names));
	const struct dirent *entry;
	size_t count = 0;

	while (dir && count < FILES_MAX && (entry = readdir(dir)))
		if (is_markdown(entry->d_name))
			names[count++] = xstrdup(entry->d_name);
	if (dir)
		closedir(dir);
	qsort(names, count, sizeof(*names), compare);
	return names;
}

/* ---- changes ---- */

struct source_watch {
	struct config_watch *path; /* on the host */
	int fd, inotify; /* of a child */
	struct loop_source *source;
	struct timer timer;
	source_watch_fn *fn;
	void *user;
};

static void quiet(void *user)
{
	struct source_watch *watch = user;

	watch->fn(watch->user);
}

static void on_inotify(void *user, int fd, uint32_t events)
{
	struct source_watch *watch = user;
	char buffer[4096]
		__attribute__((aligned(__alignof__(struct inotify_event))));

	(void)events;
	while (read(fd, buffer, sizeof(buffer)) > 0)
		;
	timer_set_in(&watch->timer, QUIET_NS);
}

static bool watch_descriptor(struct source_watch *watch, struct loop *loop)
{
	char path[64];

	watch->inotify = inotify_init1(IN_CLOEXEC | IN_NONBLOCK);
	if (watch->inotify < 0)
		return false;
	snprintf(path, sizeof(path), "/proc/self/fd/%d", watch->fd);
	if (inotify_add_watch(watch->inotify, path,
			      IN_MODIFY | IN_CLOSE_WRITE | IN_ATTRIB |
				      IN_MOVE_SELF | IN_DELETE_SELF) < 0)
		return false;
	watch->source = loop_add_fd(loop, watch->inotify, LOOP_READ, on_inotify,
				    watch);
	return true;
}

struct source_watch *source_watch_create(struct source *source,
					 const char *name, source_watch_fn *fn,
					 void *user)
{
	struct source_watch *watch = xcalloc(1, sizeof(*watch));

	watch->fd = watch->inotify = -1;
	watch->fn = fn;
	watch->user = user;
	timer_init(&watch->timer, source->loop, quiet, watch);
	if (!source->child) {
		watch->path = config_watch_create(source->loop, name, quiet,
						  watch);
		if (watch->path)
			return watch;
	}
	watch->fd = source_open(source, name);
	if (watch->fd >= 0 && watch_descriptor(watch, source->loop))
		return watch;
	source_watch_destroy(watch);
	return NULL;
}

void source_watch_destroy(struct source_watch *watch)
{
	if (!watch)
		return;
	config_watch_destroy(watch->path);
	loop_remove(watch->source);
	timer_finish(&watch->timer);
	if (watch->inotify >= 0)
		close(watch->inotify);
	if (watch->fd >= 0)
		close(watch->fd);
	free(watch);
}
