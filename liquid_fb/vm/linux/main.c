/*
 * linux as a component: the parent of the console that its kernel runs on.
 */
#define _GNU_SOURCE
#include <limits.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/alloc.h"
#include "base/log.h"
#include "linux.h"
#include "session/component.h"

enum { RESERVE = 4 << 20 /* what linux itself needs, bytes */ };

struct linux_main {
	struct component component;
	struct options options;
	struct family *family;
	struct child *console;
	int code;
};

static const struct component_info info = {
	.name = "linux",
	.summary = "User Mode Linux on a console.",
	.options = "  --machine MEMORY KERNEL IMAGE COMMANDLINE   boots it on "
		   "this terminal\n",
};

static char *own_program(void)
{
	char path[PATH_MAX];
	ssize_t length = readlink("/proc/self/exe", path, sizeof(path) - 1);

	path[length > 0 ? length : 0] = '\0';
	return xstrdup(path);
}

static char *small_root(void)
{
	char *data = suite_data_folder();
	char *path = xasprintf("%s/linux/linux.img", data);

	free(data);
	return path;
}

/* ---- the console ---- */

static void add(char **text, const char *tag, const char *value)
{
	char *escaped = config_escape(value);
	char *longer = xasprintf("%s<%s>%s</%s>", *text, tag, escaped, tag);

	free(escaped);
	free(*text);
	*text = longer;
}

/* An empty argument would be lost as text. */
static void add_argument(char **text, const char *value)
{
	char *escaped = config_escape(value);
	char *longer = xasprintf("%s<arg value=\"%s\"/>", *text, escaped);

	free(escaped);
	free(*text);
	*text = longer;
}

/* The nodes that are the console's, as they stand. */
static void add_own(char **text, const struct config_node *config)
{
	static const char *const names[] = { "font", "palette", "scrollback",
					     "theme" };

	for (size_t i = 0; i < array_size(names); i++) {
		const struct config_node *node = config_child(config, names[i]);
		const char *source;
		char *longer;
		size_t length;

		if (!node)
			continue;
		source = config_source(node, &length);
		longer = xasprintf("%s%.*s", *text, (int)length, source);
		free(*text);
		*text = longer;
	}
}

static char *console_config(const struct linux_main *l, const char *program,
			    const char *image)
{
	char memory[32], *text = xstrdup("<config>");
	char *all;

	snprintf(memory, sizeof(memory), "%llu",
		 (unsigned long long)l->options.memory);
	add(&text, "command", program);
	add_argument(&text, "--machine");
	add_argument(&text, memory);
	add_argument(&text, l->options.kernel);
	add_argument(&text, image);
	add_argument(&text, l->options.commandline);
	add(&text, "clients", "0");
	add_own(&text, parent_config(l->component.parent));
	all = xasprintf("%s</config>", text);
	free(text);
	return all;
}

static bool start_console(struct linux_main *l, uint64_t quota)
{
	struct entry *entry = entry_make("console", quota);
	char *program = own_program(), *problem = NULL;
	char *image = l->options.ramdisk ? disk_find(l->component.parent,
						     l->options.ramdisk, entry)
					 : small_root();

	if (image) {
		entry->config.text = console_config(l, program, image);
		entry->config.file = xstrdup("linux");
		entry->config.line = entry->config.column = 1;
		l->console = family_start(l->family, entry, &problem);
	}
	if (problem)
		log_error("console: %s", problem);
	free(problem);
	free(image);
	free(program);
	entry_destroy(entry);
	return l->console != NULL;
}

static void on_changed(void *user, struct child *child)
{
	struct linux_main *l = user;
	struct child_info about;

	if (child != l->console || child_is_alive(child))
		return;
	child_get_info(child, &about);
	if (about.state == CHILD_WAITING || about.state == CHILD_STARTING)
		return;
	if (about.failed) {
		l->code = 1;
		parent_exit(l->component.parent, 1, "console: %s",
			    about.reason);
	}
	loop_stop(l->component.loop, l->code);
}

static void on_stopped(void *user)
{
	struct linux_main *l = user;

	loop_stop(l->component.loop, l->code);
}

/* ---- the component ---- */

static void on_resource(void *user, uint64_t quota, uint64_t used)
{
	static const struct family_handler handler = {
		.changed = on_changed,
		.stopped = on_stopped,
	};
	struct linux_main *l = user;
	const struct family_options options = {
		.loop = l->component.loop,
		.parent = l->component.parent,
		.total = quota,
		.reserve = RESERVE,
	};

	(void)used;
	if (l->family) {
		family_set_total(l->family, quota);
		return;
	}
	l->family = family_create(&options, &handler, l);
	if (start_console(l, quota > RESERVE ? quota - RESERVE : 0))
		return;
	parent_exit(l->component.parent, 1, "no console to run on");
	loop_stop(l->component.loop, 1);
}

static void on_signal(void *user, int signo)
{
	struct linux_main *l = user;

	(void)signo;
	if (l->family)
		family_stop(l->family);
	else
		loop_stop(l->component.loop, 0);
}

int main(int argc, char **argv)
{
	static const struct parent_handler handler = {
		.resource = on_resource
	};
	struct linux_main l = { .family = NULL };
	struct component *component = &l.component;
	int code;

	if (argc == 6 && !strcmp(argv[1], "--machine"))
		return machine_run(argv + 2);
	component_init(component, &info, argc, argv, &handler, &l);
	options_read(&l.options, parent_config(component->parent));
	loop_on_signal(component->loop, SIGTERM, on_signal, &l);
	loop_on_signal(component->loop, SIGINT, on_signal, &l);
	code = loop_run(component->loop);
	family_destroy(l.family);
	options_finish(&l.options);
	component_finish(component);
	return code;
}
