#include "groups.h"

#include <glob.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/base.h"
#include "cgroup.h"
#include "measure.h"

/* Groups of desktops that were killed without a chance to clean up. */
static void remove_stale(const char *folder)
{
	char *prefix = xasprintf("%s/nitpicker-", folder);
	char *pattern = xasprintf("%s*", prefix);
	glob_t found;
	size_t i;

	if (glob(pattern, GLOB_NOSORT, NULL, &found) == 0) {
		for (i = 0; i < found.gl_pathc; i++) {
			const char *path = found.gl_pathv[i];
			const long pid = atol(path + strlen(prefix));

			if (pid > 0 && measure_stat((pid_t)pid, 4) < 0) {
				cgroup_kill(path);
				cgroup_remove(path);
			}
		}
		globfree(&found);
	}
	free(pattern);
	free(prefix);
}

bool groups_enable(const char *folder)
{
	cgroup_write(folder, "cgroup.subtree_control", "+pids");
	cgroup_write(folder, "cgroup.subtree_control", "+cpu");
	return cgroup_has_word(folder, "cgroup.subtree_control", "memory") ||
	       cgroup_write(folder, "cgroup.subtree_control", "+memory");
}

/*
 * v2 wants no processes in a group that has limited groups below. A delegated
 * scope starts with us in it: step aside.
 */
static bool enable_with_us_inside(const char *folder)
{
	char *aside;
	bool done;

	if (groups_enable(folder))
		return true;
	aside = xasprintf("%s/nitpicker-%d-" OWN_GROUP, folder, (int)getpid());
	done = mkdir(aside, 0755) == 0 &&
	       cgroup_write(aside, "cgroup.procs", "0") &&
	       groups_enable(folder);
	if (!done) {
		cgroup_write(folder, "cgroup.procs", "0");
		rmdir(aside);
	}
	free(aside);
	return done;
}

void groups_set_weight(const char *group, const char *controller,
		       unsigned weight)
{
	if (!controller)
		cgroup_write_number(group, "cpu.weight", weight);
	else if (!strcmp(controller, "cpu"))
		cgroup_write_number(group, "cpu.shares", weight * 1024 / 100);
}

char *groups_find(const char *controller, bool *ours)
{
	char *own = cgroup_own_folder(controller);
	const bool v2 = !controller;
	char *slash = own ? strrchr(own, '/') : NULL;
	char *made;

	*ours = false;
	if (!slash ||
	    (v2 && !cgroup_has_word(own, "cgroup.controllers", "memory")))
		goto out;
	if (!strcmp(slash + 1, OWN_GROUP)) {
		/* A parent of ours prepared everything. */
		*slash = '\0';
		if (access(own, W_OK) == 0)
			return own;
		goto out;
	}
	remove_stale(own);
	made = xasprintf("%s/nitpicker-%d", own, (int)getpid());
	if (!(v2 && !enable_with_us_inside(own)) && mkdir(made, 0755) == 0) {
		if (!v2 || groups_enable(made)) {
			groups_set_weight(made, controller, WEIGHT_FAMILY);
			*ours = true;
			free(own);
			return made;
		}
		rmdir(made);
	}
	free(made);
out:
	free(own);
	return NULL;
}

static bool is_writable(const char *controller)
{
	char *own = cgroup_own_folder(controller);
	const bool writable = own && access(own, W_OK) == 0 &&
			      (controller ||
			       cgroup_has_word(own, "cgroup.controllers",
					       "memory"));

	free(own);
	return writable;
}

bool groups_are_writable(void)
{
	return is_writable(NULL) || is_writable("memory");
}
