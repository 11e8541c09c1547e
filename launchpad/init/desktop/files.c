/* The scenario and what it includes. */
#include <errno.h>
#include <libgen.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "desktop.h"

static char *config_home(void)
{
	const char *xdg = getenv("XDG_CONFIG_HOME"), *home = getenv("HOME");

	if (xdg && xdg[0] == '/')
		return xasprintf("%s/nitpicker", xdg);
	if (home && home[0] == '/')
		return xasprintf("%s/.config/nitpicker", home);
	return NULL;
}

static char *folder_of(const char *path)
{
	char *copy = xstrdup(path);
	char *folder = xstrdup(dirname(copy));

	free(copy);
	return folder;
}

/* A given scenario: a path, or the name of one of the suite's. */
static char *find_given(const char *given)
{
	char *data = suite_data_folder();
	char *path = realpath(given, NULL), *installed;

	if (!path && !strchr(given, '/')) {
		installed = xasprintf("%s/scenario/%s%s", data, given,
				      strstr(given, ".xml") ? "" : ".xml");
		path = realpath(installed, NULL);
		free(installed);
	}
	if (!path)
		log_error("%s: %s", given, strerror(ENOENT));
	free(data);
	return path;
}

/* The user's own scenario, else the installed one. */
static char *find_usual(const char *home)
{
	char *data = suite_data_folder();
	char *path = home ? xasprintf("%s/desktop.xml", home) : NULL;

	if (!path || access(path, F_OK) < 0) {
		free(path);
		path = xasprintf("%s/scenario/desktop.xml", data);
	}
	free(data);
	return path;
}

bool desktop_find_config(struct desktop *desktop)
{
	char *home = config_home();
	char *data = suite_data_folder();
	const char *given = desktop->options.config;
	bool installed;

	desktop->config = given ? find_given(given) : find_usual(home);
	if (desktop->config) {
		/* Nothing is written beside what is installed. */
		installed = !strncmp(desktop->config, data, strlen(data));
		if (given && !installed) {
			char *folder = folder_of(desktop->config);

			desktop->store = xasprintf("%s/store", folder);
			free(folder);
		} else if (home) {
			desktop->store = xasprintf("%s/store", home);
		}
	}
	free(data);
	free(home);
	return desktop->config != NULL;
}

static struct config *load_include(void *user, const struct config_node *node,
				   const char *path)
{
	struct desktop *desktop = user;
	char *data = suite_data_folder();
	char *folder = folder_of(config_file(node->document));
	char *problem = NULL, *found;
	struct config *config;

	found = path[0] == '/' ? xstrdup(path)
			       : xasprintf("%s/%s", folder, path);
	if (path[0] != '/' && access(found, F_OK) < 0) {
		free(found);
		found = xasprintf("%s/%s", data, path);
	}
	desktop_watch(desktop, found);
	config = config_load(found, &problem);
	if (!config)
		config_complain(node, "%s", problem ? problem : "not readable");
	free(problem);
	free(found);
	free(folder);
	free(data);
	return config;
}

static bool read_file(struct desktop *desktop, struct scenario *scenario,
		      const char *path)
{
	char *problem = NULL;
	struct config *config = config_load(path, &problem);

	if (config)
		scenario_read(scenario, config_root(config), load_include,
			      desktop);
	else
		log_error("%s", problem ? problem : path);
	free(problem);
	config_destroy(config);
	return config != NULL;
}

/* virtual_drv listens where the command line says. */
static void set_control(struct scenario *scenario, const char *control)
{
	struct entry *entry = scenario->entries;
	char *escaped;

	while (entry && strcmp(entry->filename, "virtual_drv"))
		entry = entry->next;
	if (!entry || !control)
		return;
	if (entry->config.text) {
		log_warning("--control is ignored: the scenario has a <config> "
			    "for virtual_drv");
		return;
	}
	escaped = config_escape(control);
	entry->config.text = xasprintf("<config><control>%s</control></config>",
				       escaped);
	entry->config.file = xstrdup("command line");
	entry->config.line = entry->config.column = 1;
	free(escaped);
}

static bool has_driver(const struct scenario *scenario)
{
	const struct entry *entry = scenario->entries;

	while (entry && !entry_is_driver(entry))
		entry = entry->next;
	return entry != NULL;
}

/* Puts the back end's entries in front of the scenario's own. */
static bool put_backend(struct desktop *desktop, struct scenario *scenario)
{
	struct scenario backend;

	if (!desktop->backend.path) {
		switch (backend_choose(&desktop->backend,
				       desktop->options.backend)) {
		case BACKEND_FOUND:
			break;
		case BACKEND_UNKNOWN:
			component_usage(&desktop_info,
					"--backend is auto, sdl2, vnc or "
					"virtual");
		case BACKEND_FAILED:
			return false;
		}
	}
	scenario_init(&backend);
	if (!read_file(desktop, &backend, desktop->backend.path)) {
		scenario_finish(&backend);
		return false;
	}
	scenario_put_front(scenario, &backend);
	if (backend.theme)
		scenario_default_theme(scenario, backend.theme);
	scenario_finish(&backend);
	return true;
}

bool desktop_read(struct desktop *desktop, struct scenario *scenario)
{
	desktop_watch(desktop, desktop->config);
	if (!read_file(desktop, scenario, desktop->config))
		return false;
	if (!has_driver(scenario) && !put_backend(desktop, scenario))
		return false;
	set_control(scenario, desktop->options.control);
	return true;
}
