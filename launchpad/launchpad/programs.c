/*
 * The entries of the launcher.
 */
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "launchpad.h"

/* Without <launcher> nodes: those of them that are installed. */
static const char *const standard[] = { "testnit", "scout",     "launchpad",
					"nitlog",  "liquid_fb", "nitpicker" };

static struct program *program_create(struct launchpad *launchpad,
				      struct entry *entry)
{
	struct program *program = xcalloc(1, sizeof(*program));

	program->launchpad = launchpad;
	program->entry = entry;
	program->standard = program->quota = entry_quota(entry);
	return program;
}

static void program_destroy(struct program *program)
{
	if (program->row)
		panel_remove_entry(program->launchpad->panel, program->row);
	entry_destroy(program->entry);
	free(program);
}

static void append(struct program **list, struct program *program)
{
	while (*list)
		list = &(*list)->next;
	*list = program;
}

static struct program *read_all(struct launchpad *launchpad,
				const struct config_node *root)
{
	struct program *list = NULL;
	const struct config_node *node = config_child(root, "launcher");

	for (size_t i = 0; !node && i < array_size(standard); i++) {
		struct entry *entry = entry_make(standard[i], 0);

		if (entry_is_installed(entry))
			append(&list, program_create(launchpad, entry));
		else
			entry_destroy(entry);
	}
	for (; node; node = config_next(node, "launcher")) {
		struct entry *entry = entry_parse(node);

		if (entry)
			append(&list, program_create(launchpad, entry));
	}
	return list;
}

static void keep_quota(struct program *program, const struct program *old)
{
	for (; old; old = old->next)
		if (strcmp(old->entry->name, program->entry->name) == 0 &&
		    old->standard == program->standard) {
			program->quota = old->quota;
			return;
		}
}

void programs_read(struct launchpad *launchpad, const struct config_node *root)
{
	struct program *old = launchpad->programs, *next;

	launchpad->programs = read_all(launchpad, root);
	for (struct program *p = launchpad->programs; p; p = p->next)
		keep_quota(p, old);
	for (; old; old = next) {
		next = old->next;
		program_destroy(old);
	}
	for (struct program *p = launchpad->programs; p; p = p->next)
		p->row = panel_add_entry(launchpad->panel, p->entry->name,
					 p->entry->filename, p->quota, p);
	panel_focus_first(launchpad->panel);
}

void programs_finish(struct launchpad *launchpad)
{
	struct program *next;

	for (struct program *p = launchpad->programs; p; p = next) {
		next = p->next;
		p->row = NULL;
		program_destroy(p);
	}
	launchpad->programs = NULL;
}

void program_set_quota(void *user, void *tag, uint64_t bytes)
{
	struct program *program = tag;

	(void)user;
	program->quota = bytes;
}

static void say_problem(struct launchpad *launchpad, const char *name,
			const char *problem)
{
	char *title = xasprintf("%s did not start", name);

	window_message(launchpad->window, title, problem);
	free(title);
}

void program_start(void *user, void *tag)
{
	struct launchpad *launchpad = user;
	const struct program *program = tag;
	const char *name = program->entry->name;
	struct entry *entry;
	char *problem = NULL;

	if (!launchpad->family) {
		say_problem(launchpad, name, "launchpad has no quota yet");
		return;
	}
	entry = entry_copy(program->entry);
	entry->ram_quota = program->quota;
	if (!family_start(launchpad->family, entry, &problem))
		say_problem(launchpad, name,
			    problem ? problem : "no memory left");
	free(problem);
	entry_destroy(entry);
}
