/*
 * What can be started: entries of the config.
 */
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/alloc.h"
#include "catalogue/search.h"
#include "launchpad.h"

/* Without <launcher> nodes: those of them that are installed. */
static const char *const standard[] = { "testnit", "scout",     "launchpad",
					"nitlog",  "liquid_fb", "nitpicker" };

static struct program *program_create(struct launchpad *launchpad,
				      struct entry *entry)
{
	struct program *program = xcalloc(1, sizeof(*program));
	const char *slash = strrchr(entry->filename, '/');

	program->launchpad = launchpad;
	program->entry = entry;
	program->name = entry->name;
	program->id = xstrdup(entry->name);
	program->standard = program->quota = entry_quota(entry);
	program->key = search_fold(entry->name);
	program->others = search_fold(slash ? slash + 1 : entry->filename);
	return program;
}

void program_destroy(struct program *program)
{
	if (program->row)
		panel_remove_entry(program->row);
	icon_forget(program);
	entry_destroy(program->entry);
	desktop_entry_finish(&program->desktop);
	free(program->id);
	free(program->tip);
	free(program->key);
	free(program->others);
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
	for (node = stored_entries(launchpad); node;
	     node = config_next(node, "launcher")) {
		struct entry *entry = entry_parse(node);
		struct program *program;

		if (!entry)
			continue;
		program = program_create(launchpad, entry);
		program->origin = PROGRAM_USER;
		append(&list, program);
	}
	return list;
}

static void keep_what_user_set(struct program *program,
			       const struct program *old)
{
	for (; old; old = old->next)
		if (strcmp(old->id, program->id) == 0) {
			program->uses = old->uses;
			if (old->standard == program->standard)
				program->quota = old->quota;
			return;
		}
}

/* The program whose icon it has. Of several started together (init) only the
 * entry's name says what they are: "Console", "Linux-console", "Mail". */
static const char *icon_of(const struct entry *entry)
{
	static const char console[] = "console";
	size_t length = strlen(entry->name), end = sizeof(console) - 1;

	if (strcmp(entry->filename, "init") != 0)
		return entry->filename;
	if (length >= end &&
	    strcasecmp(entry->name + length - end, console) == 0)
		return console;
	return entry->name;
}

void program_describe(const struct program *program,
		      struct panel_entry_info *info)
{
	*info = (struct panel_entry_info){
		.name = program->name,
		.program = program->entry ? icon_of(program->entry)
					  : program->name,
		.icon = program->icon,
		.badge = program->entry              ? ""
			 : program->desktop.terminal ? ">_"
						     : "X",
		.quota = program->quota,
		.tip = program->tip ? program->tip : "",
		.wide = !program->entry,
		.editable = program->origin == PROGRAM_USER,
	};
}

static void add_row(struct program *program)
{
	struct panel *panel = program->launchpad->panel;
	struct panel_entry_info info;

	program_describe(program, &info);
	program->row = panel_add_entry(panel_launcher(panel), &info, program);
}

void programs_changing(struct launchpad *launchpad)
{
	panel_clear_group(panel_results(launchpad->panel));
	for (struct program *p = launchpad->programs; p; p = p->next)
		p->found = NULL;
}

void programs_changed(struct launchpad *launchpad)
{
	programs_search(launchpad, panel_searched(launchpad->panel));
	panel_focus_first(launchpad->panel);
}

void programs_read(struct launchpad *launchpad, const struct config_node *root)
{
	struct program *old = launchpad->programs, *next, *list;

	programs_changing(launchpad);
	list = read_all(launchpad, root);
	for (struct program *p = list; p; p = p->next) {
		stored_apply(launchpad, p);
		keep_what_user_set(p, old);
	}
	panel_end_form(launchpad->panel);
	launchpad->programs = list;
	for (; old; old = next) {
		next = old->next;
		old->next = NULL;
		if (old->origin == PROGRAM_INSTALLED)
			append(&launchpad->programs, old);
		else
			program_destroy(old);
	}
	for (struct program *p = launchpad->programs; p; p = p->next)
		if (p->entry)
			add_row(p);
	programs_changed(launchpad);
}

void program_add_user(struct launchpad *launchpad, struct entry *entry,
		      uint64_t quota)
{
	struct program *program = program_create(launchpad, entry), **at;

	programs_changing(launchpad);
	program->origin = PROGRAM_USER;
	program->quota = quota;
	/* The installed ones stay last. */
	for (at = &launchpad->programs;
	     *at && (*at)->origin != PROGRAM_INSTALLED; at = &(*at)->next)
		;
	program->next = *at;
	*at = program;
	add_row(program);
	programs_changed(launchpad);
}

void program_remove_user(struct launchpad *launchpad, struct program *program)
{
	struct program **at = &launchpad->programs;

	programs_changing(launchpad);
	while (*at != program)
		at = &(*at)->next;
	*at = program->next;
	program_destroy(program);
	programs_changed(launchpad);
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

struct program *program_find(struct launchpad *launchpad, const char *name)
{
	struct program *program = launchpad->programs;

	while (program && strcmp(program->id, name) != 0)
		program = program->next;
	return program;
}

void program_set_quota(void *user, void *tag, uint64_t bytes)
{
	struct program *program = tag;

	program->quota = bytes;
	stored_changed(user);
	/* It may stand in two lists. */
	if (program->row)
		panel_update_entry(program->row, bytes);
	if (program->found)
		panel_update_entry(program->found, bytes);
}
