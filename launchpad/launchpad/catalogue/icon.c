#include "icon.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/alloc.h"
#include "base/base.h"

static const char ending[] = ".png";

/* Of the theme, pixels. */
static const int sides[] = { 16, 22, 24, 32, 36, 48, 64, 72, 96, 128, 256 };

static bool is_png(const char *name)
{
	const size_t length = strlen(name), end = sizeof(ending) - 1;

	return length > end && !strcmp(name + length - end, ending);
}

/* The path, if somebody may read that. */
static char *try(char *path)
{
	if (access(path, R_OK) == 0)
		return path;
	free(path);
	return NULL;
}

/* The smallest one that is not smaller, else the largest. */
static char *find_in(const char *folder, const char *name, int side)
{
	const size_t count = array_size(sides);
	char *path = NULL;
	size_t first = 0;

	while (first < count && sides[first] < side)
		first++;
	for (size_t i = first; i < count && !path; i++)
		path = try(xasprintf("%s/icons/hicolor/%dx%d/apps/%s%s", folder,
				     sides[i], sides[i], name, ending));
	for (size_t i = first; i > 0 && !path; i--)
		path = try(xasprintf("%s/icons/hicolor/%dx%d/apps/%s%s", folder,
				     sides[i - 1], sides[i - 1], name, ending));
	return path ? path
		    : try(xasprintf("%s/pixmaps/%s%s", folder, name, ending));
}

char *icon_find(const char *name, int side)
{
	const char *data = getenv("XDG_DATA_DIRS");
	char *list, *at, *folder, *bare, *path = NULL;

	if (*name == '/')
		return is_png(name) ? try(xstrdup(name)) : NULL;
	if (!*name || strchr(name, '/'))
		return NULL;
	bare = xstrdup(name);
	if (is_png(bare))
		bare[strlen(bare) - sizeof(ending) + 1] = '\0';
	at = list = xasprintf("%s:/var/lib/flatpak/exports/share",
			      data && *data ? data
					    : "/usr/local/share:/usr/share");
	while (!path && (folder = strsep(&at, ":")))
		if (*folder == '/')
			path = find_in(folder, bare, side);
	free(list);
	free(bare);
	return path;
}
