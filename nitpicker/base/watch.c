#include "base/config.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <sys/inotify.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/alloc.h"

enum {
	LINKS_MAX = 8, /* symlinks followed from the file */
	PLACES_MAX = LINKS_MAX + 1,
	DEBOUNCE_NS = 40000000,
	EVENTS = IN_CLOSE_WRITE | IN_MOVED_TO | IN_MOVED_FROM | IN_CREATE |
		 IN_DELETE | IN_ATTRIB | IN_DELETE_SELF | IN_MOVE_SELF |
		 IN_ONLYDIR,
};

/* A name in a directory whose changes matter. */
struct place {
	int descriptor; /* of inotify */
	char name[NAME_MAX + 1];
};

struct config_watch {
	struct loop_source *source;
	struct timer timer;
	int fd;
	char *path;
	config_watch_fn *fn;
	void *user;
	uint64_t content; /* hash; 0: no such file */
	struct place places[PLACES_MAX];
	size_t place_count;
};

/* FNV-1a of what can be read; 0 when nothing can. */
static uint64_t hash_file(const char *path)
{
	uint64_t hash = 0xcbf29ce484222325u;
	size_t total = 0;
	char data[4096];
	ssize_t n;
	int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);

	if (fd < 0)
		return 0;
	/* What is larger is refused anyway. */
	while (total <= CONFIG_MAX_BYTES &&
	       (n = read(fd, data, sizeof(data))) > 0) {
		for (ssize_t i = 0; i < n; i++)
			hash = (hash ^ (unsigned char)data[i]) * 0x100000001b3u;
		total += (size_t)n;
	}
	close(fd);
	return hash ? hash : 1;
}

/*
 * Watches the directory of `path` for its name. Where the directory is missing,
 * the nearest one above it is watched for the next name on the way. False with
 * errno when not even that can be.
 */
static bool watch_nearest(struct config_watch *watch, struct place *place,
			  const char *path)
{
	char directory[PATH_MAX];

	strcpy(directory, path);
	for (;;) {
		char *slash = strrchr(directory, '/');
		const char *name = slash ? slash + 1 : directory;

		if (strlen(name) > NAME_MAX) {
			errno = ENAMETOOLONG;
			return false;
		}
		strcpy(place->name, name);
		if (slash)
			slash[slash == directory] = '\0';
		else
			strcpy(directory, ".");
		place->descriptor = inotify_add_watch(watch->fd, directory,
						      EVENTS);
		if (place->descriptor >= 0)
			return true;
		if ((errno != ENOENT && errno != ENOTDIR) ||
		    strcmp(directory, ".") == 0 || strcmp(directory, "/") == 0)
			return false;
	}
}

static bool watch_place(struct config_watch *watch, const char *path)
{
	struct place *place = &watch->places[watch->place_count];
	char nearest[NAME_MAX + 1];

	/* A directory may appear while the one above it is not watched yet:
	 * until nothing nearer is found. */
	if (!watch_nearest(watch, place, path))
		return false;
	do {
		strcpy(nearest, place->name);
		if (!watch_nearest(watch, place, path))
			return false;
	} while (strcmp(nearest, place->name) != 0);
	watch->place_count++;
	return true;
}

/* Where the symlink at `path` leads; false when it is none. */
static bool follow(char path[PATH_MAX])
{
	char target[PATH_MAX];
	ssize_t length = readlink(path, target, sizeof(target) - 1);
	char *slash = strrchr(path, '/');
	size_t folder = slash ? (size_t)(slash - path) + 1 : 0;

	if (length <= 0)
		return false;
	target[length] = '\0';
	if (target[0] == '/')
		folder = 0;
	if (folder + (size_t)length >= PATH_MAX)
		return false;
	strcpy(path + folder, target);
	return true;
}

/* Watches the file's name and those of all links on the way to it. */
static bool watch_places(struct config_watch *watch)
{
	char path[PATH_MAX];
	bool found = true;

	for (size_t i = 0; i < watch->place_count; i++)
		inotify_rm_watch(watch->fd, watch->places[i].descriptor);
	watch->place_count = 0;
	if (strlen(watch->path) >= sizeof(path)) {
		errno = ENAMETOOLONG;
		return false;
	}
	strcpy(path, watch->path);
	for (int i = 0; i <= LINKS_MAX && found; i++) {
		if (!watch_place(watch, path) && watch->place_count == 0)
			return false;
		found = follow(path);
	}
	return true;
}

static void check_content(void *user)
{
	struct config_watch *watch = user;

	/* First the watches, then the content: what changes in between is
	 * seen by one of them. */
	watch_places(watch);

	uint64_t content = hash_file(watch->path);

	if (content == watch->content)
		return;
	watch->content = content;
	watch->fn(watch->user);
}

static bool is_relevant(const struct config_watch *watch,
			const struct inotify_event *event)
{
	if (event->mask & (IN_Q_OVERFLOW | IN_DELETE_SELF | IN_MOVE_SELF))
		return true;
	for (size_t i = 0; i < watch->place_count; i++)
		if (event->wd == watch->places[i].descriptor && event->len &&
		    strcmp(event->name, watch->places[i].name) == 0)
			return true;
	return false;
}

static void on_events(void *user, int fd, uint32_t events)
{
	struct config_watch *watch = user;
	_Alignas(struct inotify_event) char data[4096];
	ssize_t length = read(fd, data, sizeof(data));
	bool relevant = false;

	(void)events;
	for (ssize_t i = 0; i < length;) {
		const struct inotify_event *event =
			(const struct inotify_event *)(data + i);

		relevant |= is_relevant(watch, event);
		i += (ssize_t)sizeof(*event) + event->len;
	}
	if (relevant)
		timer_set_in(&watch->timer, DEBOUNCE_NS);
}

struct config_watch *config_watch_create(struct loop *loop, const char *path,
					 config_watch_fn *fn, void *user)
{
	int fd = inotify_init1(IN_CLOEXEC | IN_NONBLOCK);

	if (fd < 0)
		return NULL;

	struct config_watch *watch = xcalloc(1, sizeof(*watch));

	watch->fd = fd;
	watch->path = xstrdup(path);
	watch->fn = fn;
	watch->user = user;
	timer_init(&watch->timer, loop, check_content, watch);
	if (!watch_places(watch)) {
		int saved_errno = errno;

		config_watch_destroy(watch);
		errno = saved_errno;
		return NULL;
	}
	watch->content = hash_file(path);
	watch->source = loop_add_fd(loop, fd, LOOP_READ, on_events, watch);
	return watch;
}

void config_watch_destroy(struct config_watch *watch)
{
	if (!watch)
		return;
	timer_finish(&watch->timer);
	loop_remove(watch->source);
	close(watch->fd);
	free(watch->path);
	free(watch);
}
