/*
 * init: starts what its config says. As a child of any parent; the root of a
 * desktop is nitpicker-desktop, the same with a command line.
 */
#include <libgen.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "prove.h"
#include "runner.h"
#include "session/component.h"

enum {
	RESERVE = 2 << 20, /* what init itself needs, bytes */
	FILE_BYTES_MAX = CONFIG_MAX_BYTES,
};

struct init {
	struct component component;
	struct family *family;
	struct runner *runner;
	bool stay; /* when all programs have ended */
};

/* An included file comes from the parent: we may have no files of our own. */
static struct config *load_include(void *user, const struct config_node *node,
				   const char *path)
{
	struct init *init = user;
	enum wire_status status;
	struct config *config = NULL;
	char *problem = NULL, *text;
	ssize_t got;
	const int fd = parent_file(init->component.parent, path, &status);

	if (fd < 0) {
		config_complain(node, "can't read %s: %s", path,
				wire_status_name(status));
		return NULL;
	}
	text = malloc(FILE_BYTES_MAX);
	got = text ? pread(fd, text, FILE_BYTES_MAX, 0) : -1;
	close(fd);
	if (got >= 0)
		config = config_parse(text, (size_t)got, path, 1, 1, &problem);
	if (problem)
		log_warning("%s", problem);
	free(problem);
	free(text);
	return config;
}

static void apply(struct init *init, const struct config_node *root)
{
	struct scenario scenario;

	scenario_init(&scenario);
	scenario_read(&scenario, root, load_include, init);
	runner_apply(init->runner, &scenario);
	init->stay = scenario.stay;
	scenario_finish(&scenario);
}

static void on_config(void *user, const struct config_node *root)
{
	struct init *init = user;

	if (init->family)
		apply(init, root);
}

/* With <stay>off</stay> the end of the last program is the end of init. */
static void on_changed(void *user, struct child *changed)
{
	struct init *init = user;
	struct child *child;
	struct child_info about;

	if (init->stay || !init->runner || child_is_alive(changed))
		return;
	for (child = family_first(init->family); child;
	     child = child_next(child)) {
		child_get_info(child, &about);
		if (child_is_alive(child) || about.restarts ||
		    about.state == CHILD_WAITING ||
		    about.state == CHILD_STARTING)
			return;
	}
	family_stop(init->family);
}

static void on_removed(void *user, struct child *child)
{
	struct init *init = user;

	if (init->runner)
		runner_removed(init->runner, child);
}

static void on_quota_changed(void *user)
{
	struct init *init = user;

	if (init->runner)
		runner_quota_changed(init->runner);
}

static void on_stopped(void *user)
{
	struct init *init = user;

	loop_stop(init->component.loop, 0);
}

/* The first one says what there is to give out: now children can start. */
static void on_resource(void *user, uint64_t quota, uint64_t used)
{
	static const struct family_handler handler = {
		.changed = on_changed,
		.removed = on_removed,
		.quota_changed = on_quota_changed,
		.stopped = on_stopped,
	};
	struct init *init = user;
	const struct family_options options = {
		.loop = init->component.loop,
		.parent = init->component.parent,
		.total = quota,
		.reserve = RESERVE,
	};

	(void)used;
	if (init->family) {
		family_set_total(init->family, quota);
		return;
	}
	init->family = family_create(&options, &handler, init);
	init->runner = runner_create(init->component.loop, init->family);
	apply(init, parent_config(init->component.parent));
}

static void on_signal(void *user, int signo)
{
	struct init *init = user;

	(void)signo;
	if (init->family)
		family_stop(init->family);
	else
		loop_stop(init->component.loop, 0);
}

/* ---- --check ---- */

/* Included files lie beside the one that includes them. */
static struct config *load_beside(void *user, const struct config_node *node,
				  const char *path)
{
	char *folder = xstrdup(config_file(node->document));
	char *full = path[0] == '/' ? xstrdup(path)
				    : xasprintf("%s/%s", dirname(folder), path);
	char *problem = NULL;
	struct config *config = config_load(full, &problem);

	(void)user;
	if (problem)
		config_complain(node, "%s", problem);
	free(problem);
	free(full);
	free(folder);
	return config;
}

/* Exit code 0: the scenario can run. */
static int check(const char *path)
{
	struct proof proof = {
		.reserve = RESERVE,
		.out = stdout,
		.has_parent = true,
	};
	struct scenario scenario;
	char *problem = NULL;
	struct config *config = config_load(path, &problem);
	unsigned problems;

	if (!config) {
		log_error("%s", problem);
		free(problem);
		return 1;
	}
	scenario_init(&scenario);
	scenario_read(&scenario, config_root(config), load_beside, NULL);
	proof.total = scenario.ram_quota ? scenario.ram_quota : UINT64_MAX / 2;
	problems = scenario_prove(&scenario, &proof);
	printf("scenario: %s: %s\n", path,
	       problems ? "can't be used" : "valid");
	scenario_finish(&scenario);
	config_destroy(config);
	return problems ? 1 : 0;
}

int main(int argc, char **argv)
{
	static const struct component_info info = {
		.name = "init",
		.summary = "Starts the programs that its config names, and "
			   "gives them sessions.",
		.options =
			"  --check FILE    only prove that this scenario can "
			"run, and print it\n",
	};
	static const struct parent_handler handler = {
		.config = on_config,
		.resource = on_resource,
	};
	struct init init = { .stay = true };
	int code;

	component_options(&info, argc, argv);
	if (argc == 3 && !strcmp(argv[1], "--check"))
		return check(argv[2]);
	component_init(&init.component, &info, argc, argv, &handler, &init);
	loop_on_signal(init.component.loop, SIGTERM, on_signal, &init);
	loop_on_signal(init.component.loop, SIGINT, on_signal, &init);
	code = loop_run(init.component.loop);
	family_destroy(init.family);
	runner_destroy(init.runner);
	component_finish(&init.component);
	return code;
}
