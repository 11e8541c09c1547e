/*
 * Programs of the host, by their .desktop files: X programs, and such that
 * want a terminal.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/alloc.h"
#include "catalogue/search.h"
#include "launchpad.h"

/* What xvfb_glue starts. */
#define X_SERVER "/usr/bin/Xvfb"

/* What nobody measured. */
static const uint64_t STANDARD_QUOTA = 256 << 20;

/* ---- reading them ---- */

/* Takes the entry over. */
static struct program *add(struct launchpad *launchpad, char *id,
			   struct desktop_entry *entry)
{
	struct program *program = xcalloc(1, sizeof(*program));
	const char *command = strrchr(entry->args[0], '/');
	char *others = xasprintf("%s %s %s", entry->generic, entry->keywords,
				 command ? command + 1 : entry->args[0]);

	program->launchpad = launchpad;
	program->origin = PROGRAM_INSTALLED;
	program->desktop = *entry;
	program->name = program->desktop.name;
	program->id = id;
	program->standard = program->quota = STANDARD_QUOTA;
	program->tip = *program->desktop.comment
			       ? xasprintf("%s: %s", program->name,
					   program->desktop.comment)
			       : xstrdup(program->name);
	program->key = search_fold(program->name);
	program->others = search_fold(others);
	program->next = launchpad->reading;
	launchpad->reading = program;
	free(others);
	return program;
}

/* Another way to start it, as a program of its own that stands below it. */
static void add_action(struct launchpad *launchpad, const char *id,
		       const struct desktop_entry *of,
		       struct desktop_action *action)
{
	struct desktop_entry entry = {
		.name = xasprintf("%s: %s", of->name, action->name),
		.generic = xstrdup(of->generic),
		.comment = xstrdup(""),
		.keywords = xstrdup(""),
		.icon = xstrdup(of->icon),
		.path = xstrdup(of->path),
		.try_exec = xstrdup(""),
		.category = xstrdup(of->category),
		.args = action->args,
		.terminal = of->terminal,
		.shown = true,
	};

	action->args = NULL;
	add(launchpad, xasprintf("%s:%s", id, action->id), &entry)->action =
		true;
}

static void found(void *user, const char *id, struct desktop_entry *entry)
{
	struct launchpad *launchpad = user;
	struct program *program = add(launchpad, xstrdup(id), entry);

	for (size_t i = 0; i < program->desktop.action_count; i++)
		add_action(launchpad, id, &program->desktop,
			   &program->desktop.actions[i]);
}

static void drop(struct program **list)
{
	while (*list) {
		struct program *program = *list;

		*list = program->next;
		program_destroy(program);
	}
}

static void drop_categories(struct launchpad *launchpad)
{
	panel_clear_groups(launchpad->panel);
	while (launchpad->categories) {
		struct category *next = launchpad->categories->next;

		free(launchpad->categories);
		launchpad->categories = next;
	}
}

/* By category, then by name. */
static int compare(const void *a, const void *b)
{
	const struct program *one = *(struct program *const *)a;
	const struct program *two = *(struct program *const *)b;
	int order = strcmp(one->desktop.category, two->desktop.category);

	order = order ? order : strcmp(one->key, two->key);
	return order ? order : strcmp(one->id, two->id);
}

static struct program *sorted(struct program *list)
{
	struct program **all, *first = NULL;
	size_t count = 0, i = 0;

	for (struct program *p = list; p; p = p->next)
		count++;
	all = xcalloc(count + 1, sizeof(struct program *));
	for (struct program *p = list; p; p = p->next)
		all[i++] = p;
	qsort(all, count, sizeof(struct program *), compare);
	while (count) {
		all[--count]->next = first;
		first = all[count];
	}
	free(all);
	return first;
}

/* The end of the list, where the installed ones stand. */
static struct program **installed_part(struct launchpad *launchpad)
{
	struct program **at = &launchpad->programs;

	while (*at && (*at)->origin != PROGRAM_INSTALLED)
		at = &(*at)->next;
	return at;
}

static void make_categories(struct launchpad *launchpad)
{
	struct category **end = &launchpad->categories, *last = NULL;
	unsigned count = 0;
	char note[48] = "";

	for (struct program *p = *installed_part(launchpad); p; p = p->next) {
		count += !p->action;
		if (last && strcmp(last->name, p->desktop.category) == 0) {
			last->count += !p->action;
			continue;
		}
		*end = last = xcalloc(1, sizeof(*last));
		end = &last->next;
		last->launchpad = launchpad;
		last->name = p->desktop.category;
		last->count = 1;
	}
	for (struct category *c = launchpad->categories; c; c = c->next)
		c->group = panel_add_group(launchpad->panel, c->name, c->count,
					   c);
	if (installed_problems(launchpad->installed))
		snprintf(note, sizeof(note), "%u malformed",
			 installed_problems(launchpad->installed));
	panel_set_installed(launchpad->panel, count, note);
}

static void keep_quotas(struct program *fresh, const struct program *old)
{
	for (; old; old = old->next)
		for (struct program *p = fresh; p; p = p->next)
			if ((old->quota != old->standard || old->uses) &&
			    strcmp(old->id, p->id) == 0) {
				p->quota = old->quota;
				p->uses = old->uses;
			}
}

static void done(void *user)
{
	struct launchpad *launchpad = user;
	struct program **part = installed_part(launchpad), *old = *part;

	programs_changing(launchpad);
	drop_categories(launchpad);
	*part = sorted(launchpad->reading);
	launchpad->reading = NULL;
	for (struct program *p = *part; p; p = p->next)
		stored_apply(launchpad, p);
	keep_quotas(*part, old);
	for (struct program *p = old; p; p = p->next)
		p->row = NULL;
	drop(&old);
	make_categories(launchpad);
	programs_changed(launchpad);
}

static void changed(void *user)
{
	struct launchpad *launchpad = user;

	drop(&launchpad->reading);
	installed_read(launchpad->installed);
}

/* ---- showing them ---- */

void linux_fill(void *user, void *tag)
{
	struct launchpad *launchpad = user;
	struct category *category = tag;
	struct panel_entry_info info;

	for (struct program *p = *installed_part(launchpad); p; p = p->next) {
		if (strcmp(p->desktop.category, category->name) != 0)
			continue;
		program_describe(p, &info);
		p->row = panel_add_entry(category->group, &info, p);
	}
	icons_soon(launchpad);
}

/* ---- starting them ---- */

static bool is_there(const char *name)
{
	struct entry *entry = entry_make(name, 0);
	bool there = entry_is_installed(entry);

	entry_destroy(entry);
	return there;
}

/* A name for a component: that of the command. */
static char *component_name(const struct program *program)
{
	const char *slash = strrchr(program->desktop.args[0], '/');
	char *name = xstrndup(slash ? slash + 1 : program->desktop.args[0],
			      CHILD_NAME_MAX - 4);

	for (char *c = name; *c; c++)
		if (!strchr("+-._", *c) && !(*c >= 'a' && *c <= 'z') &&
		    !(*c >= 'A' && *c <= 'Z') && !(*c >= '0' && *c <= '9'))
			*c = '_';
	if (!child_name_is_valid(name)) {
		free(name);
		name = xstrdup("program");
	}
	return name;
}

/* Where Path= says that it wants to begin, if that is there, another program
 * goes first and takes it along: no shell. Owned by the caller. */
static char **with_folder(const struct desktop_entry *desktop)
{
	size_t count = 0, extra = 0;
	char **args;

	while (desktop->args[count])
		count++;
	if (desktop->path[0] == '/' && access(desktop->path, X_OK) == 0)
		extra = 2;
	args = xcalloc(count + extra + 1, sizeof(*args));
	if (extra) {
		args[0] = xstrdup("/usr/bin/env");
		args[1] = xasprintf("--chdir=%s", desktop->path);
	}
	for (size_t i = 0; i < count; i++)
		args[extra + i] = xstrdup(desktop->args[i]);
	return args;
}

/* A terminal in a window, made of two programs. */
static char *terminal_config(const struct program *program)
{
	char **args = with_folder(&program->desktop);
	char *title = config_escape(program->name), *text = NULL;
	size_t bytes = 0;
	FILE *out = open_memstream(&text, &bytes);

	if (!out)
		abort();
	fprintf(out,
		"<config><stay>off</stay>"
		"<start><filename>liquid_fb</filename>"
		"<ram_quota>24M</ram_quota>"
		"<config><title>%s</title><stay>off</stay></config></start>"
		"<start><filename>console</filename>"
		"<route><service name=\"Nitpicker\"><parent/></service>"
		"<any-service><child name=\"liquid_fb\"/></any-service></route>"
		"<config>",
		title);
	for (size_t i = 0; args[i]; i++) {
		char *arg = config_escape(args[i]);

		fprintf(out, i ? "<arg>%s</arg>" : "<command>%s</command>",
			arg);
		free(arg);
	}
	fprintf(out, "</config></start></config>");
	fclose(out);
	free(title);
	desktop_args_free(args);
	return text;
}

static char *x_config(const struct program *program)
{
	char **args = with_folder(&program->desktop);
	char *command = desktop_args_join(args);
	char *escaped = config_escape(command);
	char *text = xasprintf("<config><command>%s</command></config>",
			       escaped);

	free(escaped);
	free(command);
	desktop_args_free(args);
	return text;
}

struct entry *linux_entry(const struct program *program, const char **problem)
{
	bool terminal = program->desktop.terminal;
	struct entry *entry;

	if (terminal && !(is_there("liquid_fb") && is_there("console"))) {
		*problem = "It needs a terminal, and console isn't installed.";
		return NULL;
	}
	if (!terminal && !is_there("xvfb_glue")) {
		*problem = "It needs an X server, and xvfb_glue isn't "
			   "installed.";
		return NULL;
	}
	if (!terminal && access(X_SERVER, X_OK) < 0) {
		*problem = "It needs an X server: install the package xvfb.";
		return NULL;
	}
	entry = entry_make(terminal ? "init" : "xvfb_glue", program->quota);
	free(entry->name);
	entry->name = component_name(program);
	entry->config = (struct entry_config){
		.text = terminal ? terminal_config(program) : x_config(program),
		.line = 1,
		.column = 1,
	};
	return entry;
}

/* ---- life ---- */

void linux_configure(struct launchpad *launchpad,
		     const struct config_node *root)
{
	static const struct installed_handler handler = {
		.found = found,
		.done = done,
		.changed = changed,
	};
	bool shown = true;

	config_get_bool(root, "installed", &shown);
	if (shown == (launchpad->installed != NULL))
		return;
	if (!shown) {
		linux_finish(launchpad);
		panel_set_installed(launchpad->panel, 0, "");
		return;
	}
	launchpad->installed = installed_create(launchpad->component.loop, NULL,
						&handler, launchpad);
	if (launchpad->begun)
		installed_read(launchpad->installed);
}

void linux_begin(struct launchpad *launchpad)
{
	launchpad->begun = true;
	if (launchpad->installed)
		installed_read(launchpad->installed);
}

void linux_finish(struct launchpad *launchpad)
{
	struct program **part = installed_part(launchpad);

	programs_changing(launchpad);
	drop(&launchpad->reading);
	drop_categories(launchpad);
	for (struct program *p = *part; p; p = p->next)
		p->row = NULL;
	drop(part);
	installed_destroy(launchpad->installed);
	launchpad->installed = NULL;
}
