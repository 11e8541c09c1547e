/* Where the suite's programs and its data lie. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "description.h"

char *suite_program_folder(void)
{
	char path[4096];
	const ssize_t length = readlink("/proc/self/exe", path,
					sizeof(path) - 1);
	char *slash;

	if (length <= 0)
		return xstrdup("/");
	path[length] = '\0';
	slash = strrchr(path, '/');
	if (!slash || slash == path)
		return xstrdup("/");
	*slash = '\0';
	return xstrdup(path);
}

/* share/nitpicker lies beside bin/, or beside lib/nitpicker/ after install. */
char *suite_data_folder(void)
{
	static const char *const places[] = { "..", "../.." };
	char *programs = suite_program_folder();
	char *found = NULL;
	size_t i;

	for (i = 0; i < array_size(places) && !found; i++) {
		char *path = xasprintf("%s/%s/share/nitpicker", programs,
				       places[i]);

		found = realpath(path, NULL);
		free(path);
	}
	if (!found)
		found = xasprintf("%s/../share/nitpicker", programs);
	free(programs);
	return found;
}

char *program_path(const char *filename, bool *suite)
{
	char *folder = suite_program_folder();
	char *path = NULL;

	*suite = false;
	if (filename[0] == '/') {
		const char *slash = strrchr(filename, '/');
		const size_t length = (size_t)(slash - filename);

		*suite = strlen(folder) == length &&
			 !strncmp(folder, filename, length);
		path = xstrdup(filename);
	} else if (child_name_is_valid(filename)) {
		*suite = true;
		path = xasprintf("%s/%s", folder, filename);
	}
	free(folder);
	return path;
}
