/*
 * What is shown of an unfolded child.
 */
#include <stdio.h>
#include <stdlib.h>

#include "base/alloc.h"
#include "launchpad.h"

/* Isolation and grants: "isolated, no files, no network". */
char *child_may(const struct child_info *info)
{
	static const char *const files[] = {
		[FILES_NONE] = "no files",
		[FILES_READ] = "reads files",
		[FILES_WRITE] = "writes files",
	};
	const struct child_grants *grants = &info->grants;

	if (!grants->isolated)
		return xasprintf("not isolated: %s", grants->why_not);
	return xasprintf("isolated, %s, %s%s", files[grants->files],
			 grants->network ? "network" : "no network",
			 grants->devices ? ", devices" : "");
}

char *child_words(const struct running *running, const struct child_info *info)
{
	const char *state = child_state_name(info->state);

	if (!child_is_alive(running->child))
		return *info->reason ? xasprintf("%s: %s", state, info->reason)
				     : xstrdup(state);
	return xasprintf("%s%s%s, process %d", state, *info->reason ? ": " : "",
			 info->reason, (int)info->pid);
}

/* Each grant, for the tooltip of the words; owned by the caller. */
char *child_grants_words(const struct child *child)
{
	char *text = NULL;
	const char *grant;
	size_t bytes = 0;
	FILE *out = open_memstream(&text, &bytes);

	for (unsigned i = 0; out && (grant = child_grant(child, i)); i++)
		fprintf(out, "%s%s", i ? ", " : "", grant);
	if (out)
		fclose(out);
	return text;
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
