/*
 * What is shown of an unfolded child.
 */
#include <stdio.h>
#include <stdlib.h>

#include "base/alloc.h"
#include "launchpad.h"

char *child_words(const struct running *running, const struct child_info *info)
{
	const char *state = child_state_name(info->state);

	if (!child_is_alive(running->child))
		return *info->reason ? xasprintf("%s: %s", state, info->reason)
				     : xstrdup(state);
	return xasprintf("%s \u00b7 process %d%s%s", state, (int)info->pid,
			 *info->reason ? " \u00b7 " : "", info->reason);
}

void child_show_output(struct running *running)
{
	char *text = NULL;
	const char *line;
	size_t bytes = 0;
	FILE *out = open_memstream(&text, &bytes);

	if (!out)
		return;
	for (unsigned i = 0; (line = child_log_line(running->child, i)); i++)
		fprintf(out, "%s\n", line);
	fclose(out);
	panel_set_output(running->row, text);
	free(text);
}
