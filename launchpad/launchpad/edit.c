/*
 * Entries that the user adds and changes.
 */
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "launchpad.h"

void program_edit(void *user, void *tag)
{
	struct launchpad *launchpad = user;
	const struct program *program = tag;
	struct panel_form_values values = {
		.name = program->entry->name,
		.program = program->entry->filename,
		.quota = program->quota,
	};
	char *args[DESKTOP_ARGS_MAX + 1], *joined;
	size_t count = 0;

	for (struct entry_pair *p = program->entry->args;
	     p && count < DESKTOP_ARGS_MAX; p = p->next)
		args[count++] = p->value;
	args[count] = NULL;
	joined = desktop_args_join(args);
	values.args = joined;
	panel_show_form(launchpad->panel, &values, tag);
	free(joined);
}

/* NULL and *problem (static): it can't be started. */
static struct entry *make_entry(const struct panel_form_values *values,
				const char **problem)
{
	const char *slash = strrchr(values->program, '/');
	struct entry *entry = entry_make(values->program, 0);
	struct entry_pair **end = &entry->args;
	char **args = NULL;

	*problem = NULL;
	free(entry->name);
	entry->name = xstrdup(*values->name ? values->name
			      : slash       ? slash + 1
					    : values->program);
	if (!*values->program)
		*problem = "Which program?";
	else if (!child_name_is_valid(entry->name))
		*problem = "A name has letters, digits and . _ + - only.";
	else if (!entry_is_installed(entry))
		*problem = "There is no such program.";
	else if (values->args[strspn(values->args, " ")])
		args = desktop_args_split(values->args, problem);
	for (size_t i = 0; args && args[i]; i++) {
		struct entry_pair *pair = xcalloc(1, sizeof(*pair));

		pair->value = xstrdup(args[i]);
		*end = pair;
		end = &pair->next;
	}
	desktop_args_free(args);
	if (!*problem)
		return entry;
	entry_destroy(entry);
	return NULL;
}

char *program_save(void *user, void *tag,
		   const struct panel_form_values *values)
{
	struct launchpad *launchpad = user;
	struct program *program = tag, *same;
	const char *problem;
	struct entry *entry = make_entry(values, &problem);

	if (!entry)
		return xstrdup(problem);
	same = program_find(launchpad, entry->name);
	if (same && same != program) {
		entry_destroy(entry);
		return xstrdup("There is an entry of that name.");
	}
	if (program)
		program_remove_user(launchpad, program);
	program_add_user(launchpad, entry, values->quota);
	stored_save(launchpad);
	return NULL;
}

void program_remove(void *user, void *tag)
{
	struct launchpad *launchpad = user;

	program_remove_user(launchpad, tag);
	stored_save(launchpad);
}
