#include "suite.h"

#include <dirent.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/alloc.h"

char *make_folder(void)
{
	const char *parent = getenv("TMPDIR");
	char *path = xasprintf("%s/unit_base.XXXXXX", parent ? parent : "/tmp");

	ck_assert_ptr_nonnull(mkdtemp(path));
	return path;
}

void remove_folder(char *path)
{
	DIR *folder = opendir(path);
	struct dirent *entry;

	while (folder && (entry = readdir(folder))) {
		char *file = xasprintf("%s/%s", path, entry->d_name);

		unlink(file);
		free(file);
	}
	if (folder)
		closedir(folder);
	rmdir(path);
	free(path);
}

int main(void)
{
	SRunner *runner = srunner_create(geometry_suite());

	srunner_add_suite(runner, region_suite());
	srunner_add_suite(runner, loop_suite());
	srunner_add_suite(runner, config_suite());
	srunner_add_suite(runner, values_suite());
	srunner_add_suite(runner, watch_suite());
	srunner_add_suite(runner, memory_suite());
	srunner_add_suite(runner, log_suite());
	srunner_run_all(runner, CK_ENV);

	int failed = srunner_ntests_failed(runner);

	srunner_free(runner);
	return failed != 0;
}
