#include "installed.h"

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
#include "base/base.h"
#include "base/log.h"

enum {
	STEP_FILES = 24, /* read in one turn of the loop */
	QUIET_MS = 500, /* after the last change */
};

/* A file that is to be read; or one of an id that is taken already. */
struct candidate {
	char *path, *id;
	unsigned order; /* of its folder: the least one counts */
};

/* A malformed file that was told of. */
struct told {
	char *path;
	struct timespec changed;
};

struct installed {
	struct loop *loop;
	struct installed_handler handler;
	void *user;
	char **folders;
	size_t folder_count;
	struct candidate *candidates;
	size_t count, next;
	struct told *told;
	size_t told_count;
	unsigned problems;
	struct timer step, quiet;
	int notify;
	struct loop_source *notify_source;
};

/* ---- folders ---- */

static void add_folder(struct installed *installed, char *path)
{
	installed->folders = xreallocarray(installed->folders,
					   installed->folder_count + 1,
					   sizeof(*installed->folders));
	installed->folders[installed->folder_count++] = path;
}

static const char *variable(const char *name, const char *otherwise)
{
	const char *value = getenv(name);

	return value && *value ? value : otherwise;
}

/* Relative paths are to be ignored. */
static void add_list(struct installed *installed, const char *list)
{
	char *copy = xstrdup(list), *at = copy, *part;

	while ((part = strsep(&at, ":")))
		if (*part == '/')
			add_folder(installed,
				   xasprintf("%s/applications", part));
	free(copy);
}

static void add_usual(struct installed *installed)
{
	const char *home = getenv("HOME");
	char *data = home ? xasprintf("%s/.local/share", home) : xstrdup("");

	add_list(installed, variable("XDG_DATA_HOME", data));
	add_list(installed,
		 variable("XDG_DATA_DIRS", "/usr/local/share:/usr/share"));
	if (*data) {
		char *flatpak = xasprintf("%s/flatpak/exports/share", data);

		add_list(installed, flatpak);
		free(flatpak);
	}
	add_list(installed, "/var/lib/flatpak/exports/share");
	add_folder(installed, xstrdup("/var/lib/snapd/desktop/applications"));
	free(data);
}

/* ---- what there is ---- */

static bool ends_with(const char *name, const char *end)
{
	size_t n = strlen(name), m = strlen(end);

	return n > m && strcmp(name + n - m, end) == 0;
}

static void add_candidate(struct installed *installed, unsigned order,
			  const char *folder, const char *prefix,
			  const char *name)
{
	struct candidate candidate = {
		.path = xasprintf("%s/%s", folder, name),
		.id = xasprintf("%s%s", prefix, name),
		.order = order,
	};

	if (installed->count == INSTALLED_MAX ||
	    strlen(candidate.id) > INSTALLED_ID_MAX) {
		free(candidate.path);
		free(candidate.id);
		return;
	}
	installed->candidates = xreallocarray(
		installed->candidates, installed->count + 1, sizeof(candidate));
	installed->candidates[installed->count++] = candidate;
}

static void list_folder(struct installed *installed, unsigned order,
			const char *folder, const char *prefix, int depth)
{
	DIR *dir = opendir(folder);
	struct dirent *file;

	if (!dir)
		return;
	inotify_add_watch(installed->notify, folder,
			  IN_CLOSE_WRITE | IN_CREATE | IN_DELETE |
				  IN_MOVED_FROM | IN_MOVED_TO | IN_ONLYDIR);
	while ((file = readdir(dir))) {
		char *inner, *inner_prefix;

		if (file->d_name[0] == '.')
			continue;
		if (ends_with(file->d_name, ".desktop")) {
			add_candidate(installed, order, folder, prefix,
				      file->d_name);
			continue;
		}
		if (depth == INSTALLED_DEPTH ||
		    (file->d_type != DT_DIR && file->d_type != DT_UNKNOWN))
			continue;
		inner = xasprintf("%s/%s", folder, file->d_name);
		inner_prefix = xasprintf("%s%s-", prefix, file->d_name);
		list_folder(installed, order, inner, inner_prefix, depth + 1);
		free(inner);
		free(inner_prefix);
	}
	closedir(dir);
}

static int by_id(const void *a, const void *b)
{
	const struct candidate *one = a, *two = b;
	int order = strcmp(one->id, two->id);

	return order ? order : (int)one->order - (int)two->order;
}

static void drop_candidates(struct installed *installed)
{
	for (size_t i = 0; i < installed->count; i++) {
		free(installed->candidates[i].path);
		free(installed->candidates[i].id);
	}
	free(installed->candidates);
	installed->candidates = NULL;
	installed->count = installed->next = 0;
}

/* ---- reading ---- */

/* True where that state of the file was not yet complained about. */
static bool is_news(struct installed *installed, const char *path,
		    const struct stat *status)
{
	struct told *told = NULL;

	for (size_t i = 0; i < installed->told_count && !told; i++)
		if (strcmp(installed->told[i].path, path) == 0)
			told = &installed->told[i];
	if (told && told->changed.tv_sec == status->st_mtim.tv_sec &&
	    told->changed.tv_nsec == status->st_mtim.tv_nsec)
		return false;
	if (!told) {
		installed->told = xreallocarray(installed->told,
						installed->told_count + 1,
						sizeof(*installed->told));
		told = &installed->told[installed->told_count++];
		told->path = xstrdup(path);
	}
	told->changed = status->st_mtim;
	return true;
}

/* NULL: can't be read, or isn't a file. Owned by the caller. */
static char *read_text(const char *path, size_t *bytes, struct stat *status)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
	char *text = NULL;
	ssize_t got;

	if (fd < 0)
		return NULL;
	*bytes = 0;
	if (fstat(fd, status) == 0 && S_ISREG(status->st_mode)) {
		size_t room = status->st_size > DESKTOP_FILE_MAX
				      ? DESKTOP_FILE_MAX + 1
				      : (size_t)status->st_size;

		text = xcalloc(room + 1, 1);
		while (*bytes < room &&
		       (got = read(fd, text + *bytes, room - *bytes)) > 0)
			*bytes += (size_t)got;
	}
	close(fd);
	return text;
}

static bool can_run(const char *program)
{
	const char *path = variable("PATH", "/usr/local/bin:/usr/bin:/bin");
	char *copy, *at, *part;
	bool found = false;

	if (!*program)
		return true;
	if (*program == '/')
		return access(program, X_OK) == 0;
	at = copy = xstrdup(path);
	while (!found && (part = strsep(&at, ":"))) {
		char *full = xasprintf("%s/%s", part, program);

		found = access(full, X_OK) == 0;
		free(full);
	}
	free(copy);
	return found;
}

static const char *locale_now(void)
{
	const char *locale = variable("LC_ALL", "");

	locale = *locale ? locale : variable("LC_MESSAGES", "");
	return *locale ? locale : variable("LANG", "C");
}

static void read_file(struct installed *installed,
		      const struct candidate *candidate)
{
	const struct desktop_context context = {
		.file = candidate->path,
		.locale = locale_now(),
		.desktop = variable("XDG_CURRENT_DESKTOP", "Nitpicker"),
	};
	struct desktop_entry entry;
	struct stat status;
	size_t bytes;
	char *problem = NULL,
	     *text = read_text(candidate->path, &bytes, &status);

	if (!text)
		return;
	if (desktop_entry_parse(text, bytes, &context, &entry, &problem)) {
		if (entry.shown && can_run(entry.try_exec))
			installed->handler.found(installed->user, candidate->id,
						 &entry);
		else
			desktop_entry_finish(&entry);
	} else if (problem) {
		installed->problems++;
		if (is_news(installed, candidate->path, &status))
			log_warning("%s: %s", candidate->path, problem);
	}
	free(problem);
	free(text);
}

static void step(void *user)
{
	struct installed *installed = user;
	size_t end = installed->next + STEP_FILES;

	for (; installed->next < installed->count && installed->next < end;
	     installed->next++) {
		const struct candidate *candidate =
			&installed->candidates[installed->next];

		/* Of one id the first one counts. */
		if (installed->next &&
		    strcmp(candidate[-1].id, candidate->id) == 0)
			continue;
		read_file(installed, candidate);
	}
	if (installed->next < installed->count) {
		timer_set_in(&installed->step, 0);
		return;
	}
	drop_candidates(installed);
	installed->handler.done(installed->user);
}

void installed_read(struct installed *installed)
{
	drop_candidates(installed);
	installed->problems = 0;
	for (size_t i = 0; i < installed->folder_count; i++)
		list_folder(installed, (unsigned)i, installed->folders[i], "",
			    0);
	if (installed->count == INSTALLED_MAX)
		log_warning("more than %d .desktop files: the rest is ignored",
			    INSTALLED_MAX);
	if (installed->count)
		qsort(installed->candidates, installed->count,
		      sizeof(*installed->candidates), by_id);
	timer_set_in(&installed->step, 0);
}

unsigned installed_problems(const struct installed *installed)
{
	return installed->problems;
}

/* ---- changes ---- */

static void notified(void *user, int fd, uint32_t events)
{
	struct installed *installed = user;
	char buffer[4096];

	(void)events;
	while (read(fd, buffer, sizeof(buffer)) > 0)
		;
	timer_set_in(&installed->quiet, (uint64_t)QUIET_MS * 1000000);
}

static void quiet(void *user)
{
	struct installed *installed = user;

	installed->handler.changed(installed->user);
}

/* ---- life ---- */

struct installed *installed_create(struct loop *loop,
				   const char *const *folders,
				   const struct installed_handler *handler,
				   void *user)
{
	struct installed *installed = xcalloc(1, sizeof(*installed));

	installed->loop = loop;
	installed->handler = *handler;
	installed->user = user;
	for (; folders && *folders; folders++)
		add_folder(installed, xstrdup(*folders));
	if (!folders)
		add_usual(installed);
	timer_init(&installed->step, loop, step, installed);
	timer_init(&installed->quiet, loop, quiet, installed);
	installed->notify = inotify_init1(IN_CLOEXEC | IN_NONBLOCK);
	if (installed->notify < 0)
		log_warning("can't follow .desktop files: %s", strerror(errno));
	else
		installed->notify_source = loop_add_fd(loop, installed->notify,
						       LOOP_READ, notified,
						       installed);
	return installed;
}

void installed_destroy(struct installed *installed)
{
	if (!installed)
		return;
	drop_candidates(installed);
	timer_finish(&installed->step);
	timer_finish(&installed->quiet);
	if (installed->notify >= 0) {
		loop_remove(installed->notify_source);
		close(installed->notify);
	}
	for (size_t i = 0; i < installed->folder_count; i++)
		free(installed->folders[i]);
	for (size_t i = 0; i < installed->told_count; i++)
		free(installed->told[i].path);
	free(installed->folders);
	free(installed->told);
	free(installed);
}
