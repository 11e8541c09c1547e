#define _GNU_SOURCE
#include "report.h"

#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/alloc.h"

/* Labels are no deeper than a label is long. */
enum { DEPTH_MAX = 64 };

struct search {
	const char *file; /* NAME.xml */
	report_fn *fn;
	void *user;
	int count;
};

static int visible(const struct dirent *entry)
{
	return entry->d_name[0] != '.';
}

static bool is_folder(const char *path)
{
	struct stat stat;

	return lstat(path, &stat) == 0 && S_ISDIR(stat.st_mode);
}

static int walk(struct search *search, const char *folder, const char *label,
		int depth)
{
	struct dirent **entries;
	int count = scandir(folder, &entries, visible, alphasort);

	if (count < 0)
		return -1;
	for (int i = 0; i < count; i++) {
		const char *name = entries[i]->d_name;
		char *path = xasprintf("%s/%s", folder, name);

		if (is_folder(path) && depth < DEPTH_MAX) {
			char *below = xasprintf("%s%s%s", label,
						*label ? " -> " : "", name);

			walk(search, path, below, depth + 1);
			free(below);
		} else if (!strcmp(name, search->file)) {
			search->count++;
			search->fn(search->user, label, path);
		}
		free(path);
		free(entries[i]);
	}
	free(entries);
	return 0;
}

int report_find(const char *folder, const char *name, report_fn *fn, void *user)
{
	char *file = xasprintf("%s.xml", name);
	struct search search = { .file = file, .fn = fn, .user = user };
	int result = walk(&search, folder, "", 0);
	int error = errno;

	free(file);
	errno = error;
	return result < 0 ? -1 : search.count;
}
