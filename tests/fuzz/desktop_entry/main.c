/*
 * .desktop files from anybody. What is accepted can be shown, has a command,
 * and that command survives being written and read again.
 */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "catalogue/desktop_entry.h"
#include "catalogue/search.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check_args(char *const *args)
{
	char *text = desktop_args_join(args);
	const char *problem = NULL;
	char **again = desktop_args_split(text, &problem);
	size_t i = 0;

	/* More than fit are refused. */
	for (i = 0; args[i]; i++)
		;
	if (!again && i <= DESKTOP_ARGS_MAX)
		abort();
	for (i = 0; again && args[i]; i++)
		if (!again[i] || strcmp(args[i], again[i]) != 0)
			abort();
	desktop_args_free(again);
	free(text);
}

static void check_search(const struct desktop_entry *entry)
{
	char *name = search_fold(entry->name);
	char *others = search_fold(entry->keywords);
	char *wanted = search_fold(entry->generic);
	const struct searched searched = { name, others, 0 };
	struct search_hit hit;

	if (strlen(name) != strlen(entry->name))
		abort();
	if (!search_match(name, &searched, &hit))
		abort();
	if (*wanted)
		search_match(wanted, &searched, &hit);
	free(wanted);
	free(others);
	free(name);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	const struct desktop_context context = {
		.file = "/usr/share/applications/fuzz.desktop",
		.locale = "de_AT.UTF-8@euro",
		.desktop = "Nitpicker:Other",
	};
	struct desktop_entry entry;
	char *problem = NULL;

	if (desktop_entry_parse((const char *)data, size, &context, &entry,
				&problem)) {
		if (problem || !*entry.name || !entry.args[0] ||
		    !*entry.category)
			abort();
		check_args(entry.args);
		for (size_t i = 0; i < entry.action_count; i++) {
			if (!*entry.actions[i].id || !*entry.actions[i].name)
				abort();
			check_args(entry.actions[i].args);
		}
		check_search(&entry);
		desktop_entry_finish(&entry);
	}
	free(problem);
	return 0;
}
