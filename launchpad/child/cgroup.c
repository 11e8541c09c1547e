#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/base.h"
#include "cgroup.h"

enum { FILE_MAX = 16 << 10 };

/* Files of the kernel have no size: read until the end. */
static char *read_file(const char *path)
{
	char *text = malloc(FILE_MAX);
	size_t used = 0;
	ssize_t got = -1;
	const int fd = open(path, O_RDONLY | O_CLOEXEC);

	while (fd >= 0 && text && used < FILE_MAX - 1) {
		got = read(fd, text + used, FILE_MAX - 1 - used);
		if (got <= 0)
			break;
		used += (size_t)got;
	}
	if (fd >= 0)
		close(fd);
	if (got < 0) {
		free(text);
		return NULL;
	}
	text[used] = '\0';
	return text;
}

static char *read_in(const char *folder, const char *file)
{
	char *path = xasprintf("%s/%s", folder, file);
	char *text = read_file(path);

	free(path);
	return text;
}

/* True if `word` is one of those in `list`, separated by `separators`. */
static bool list_has(const char *list, const char *word, const char *separators)
{
	const size_t length = strlen(word);

	while (*list) {
		const size_t span = strcspn(list, separators);

		if (span == length && !strncmp(list, word, length))
			return true;
		list += span;
		list += strspn(list, separators);
	}
	return false;
}

/* The path in /proc/self/cgroup: "ID:CONTROLLERS:PATH" */
static char *own_path(const char *controller)
{
	char *text = read_file("/proc/self/cgroup");
	char *line, *rest = text, *found = NULL;

	while (!found && (line = strsep(&rest, "\n"))) {
		char *controllers = strchr(line, ':');
		char *path = controllers ? strchr(controllers + 1, ':') : NULL;

		if (!path)
			continue;
		*path++ = '\0';
		controllers++;
		if (controller ? list_has(controllers, controller, ",")
			       : !controllers[0])
			found = xstrdup(path);
	}
	free(text);
	return found;
}

/*
 * One line of mountinfo: "ID PARENT DEV ROOT MOUNTPOINT OPTIONS ... - TYPE
 * SOURCE SUPEROPTIONS". Returns the folder of `path`, NULL if that is another
 * mount.
 */
static char *match_mount(char *line, const char *controller, const char *path)
{
	char *words[6], *rest = line, *type, *super;
	char *dash = strstr(line, " - ");
	size_t i, root_length;

	if (!dash)
		return NULL;
	*dash = '\0';
	for (i = 0; i < array_size(words); i++) {
		words[i] = strsep(&rest, " ");
		if (!words[i])
			return NULL;
	}
	rest = dash + 3;
	type = strsep(&rest, " ");
	strsep(&rest, " ");
	super = rest;
	if (strcmp(type, controller ? "cgroup" : "cgroup2") ||
	    (controller && (!super || !list_has(super, controller, ","))))
		return NULL;
	root_length = strcmp(words[3], "/") ? strlen(words[3]) : 0;
	if (strncmp(path, words[3], root_length) ||
	    (path[root_length] && path[root_length] != '/'))
		return NULL;
	return xasprintf("%s%s", words[4], path + root_length);
}

char *cgroup_own_folder(const char *controller)
{
	char *path = own_path(controller);
	char *text = path ? read_file("/proc/self/mountinfo") : NULL;
	char *line, *rest = text, *folder = NULL;
	size_t length;

	while (!folder && rest && (line = strsep(&rest, "\n")))
		folder = match_mount(line, controller, path);
	length = folder ? strlen(folder) : 0;
	if (length > 1 && folder[length - 1] == '/')
		folder[length - 1] = '\0';
	free(text);
	free(path);
	return folder;
}

bool cgroup_write(const char *folder, const char *file, const char *text)
{
	char *path = xasprintf("%s/%s", folder, file);
	const int fd = open(path, O_WRONLY | O_CLOEXEC);
	bool done = false;

	free(path);
	if (fd < 0)
		return false;
	done = write(fd, text, strlen(text)) == (ssize_t)strlen(text);
	close(fd);
	return done;
}

bool cgroup_write_number(const char *folder, const char *file, uint64_t number)
{
	char text[32];

	snprintf(text, sizeof(text), "%llu", (unsigned long long)number);
	return cgroup_write(folder, file, text);
}

uint64_t cgroup_read(const char *folder, const char *file, const char *key)
{
	char *text = read_in(folder, file);
	char *line, *rest = text;
	const size_t length = key ? strlen(key) : 0;
	uint64_t number = 0;

	while (rest && (line = strsep(&rest, "\n"))) {
		if (key && (strncmp(line, key, length) || line[length] != ' '))
			continue;
		number = strtoull(line + length, NULL, 10);
		break;
	}
	free(text);
	return number;
}

bool cgroup_has_word(const char *folder, const char *file, const char *word)
{
	char *text = read_in(folder, file);
	const bool has = text && list_has(text, word, " \n");

	free(text);
	return has;
}

typedef bool folder_fn(const char *folder);

/* Calls fn for each group directly below; true if one of them says so. */
static bool any_below(const char *folder, folder_fn *fn)
{
	DIR *dir = opendir(folder);
	struct dirent *found;
	bool any = false;

	while (dir && (found = readdir(dir))) {
		char *path;

		if (found->d_type != DT_DIR || found->d_name[0] == '.')
			continue;
		path = xasprintf("%s/%s", folder, found->d_name);
		any |= fn(path);
		free(path);
	}
	if (dir)
		closedir(dir);
	return any;
}

bool cgroup_kill(const char *folder)
{
	char *text, *line, *rest;
	bool any;

	any = any_below(folder, cgroup_kill);
	text = read_in(folder, "cgroup.procs");
	rest = text;
	while (rest && (line = strsep(&rest, "\n"))) {
		const long pid = strtol(line, NULL, 10);

		if (pid > 0 && pid != getpid()) {
			kill((pid_t)pid, SIGKILL);
			any = true;
		}
	}
	free(text);
	return any;
}

static bool is_stuck(const char *folder)
{
	return !cgroup_remove(folder);
}

bool cgroup_remove(const char *folder)
{
	if (rmdir(folder) == 0 || errno == ENOENT)
		return true;
	any_below(folder, is_stuck);
	return rmdir(folder) == 0 || errno == ENOENT;
}
