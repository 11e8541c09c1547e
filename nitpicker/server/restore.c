/*
 * After a server that died: views come back in the order in which they lay,
 * and the focus to who had it. What the last server told its parent to keep is
 * a line with the label of who had the focus, and one for each view, from front
 * to back: its id and the label of its session. As soon as the user presses
 * something the present counts.
 */
#include "core.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"

char *core_describe(const struct core *core)
{
	char *text;
	size_t size;
	FILE *out = open_memstream(&text, &size);
	const struct view *v;
	if (!out)
		return NULL;
	fprintf(out, "%s\n", core->focus ? core->focus->label : "");
	for (v = TAILQ_FIRST(&core->stack); v; v = TAILQ_NEXT(v, link))
		fprintf(out, "%u %s\n", v->id, v->session->label);
	fclose(out);
	return text;
}

void core_restore(struct core *core, const char *text)
{
	struct restore *restore = &core->restore;
	char *line;
	restore_finish(restore);
	restore->text = xstrdup(text);
	for (char *rest = restore->text; (line = strsep(&rest, "\n")) && rest;)
		restore->count++;
	restore->lines = xcalloc(restore->count, sizeof(*restore->lines));
	line = restore->text;
	for (size_t i = 0; i < restore->count; i++, line += strlen(line) + 1)
		restore->lines[i] = line;
}

bool core_restores(const struct core *core)
{
	return core->restore.count && !core->presses;
}

void restore_finish(struct restore *restore)
{
	free(restore->lines);
	free(restore->text);
	*restore = (struct restore){ 0 };
}

bool view_restore(struct view *view)
{
	struct core *core = view->session->core;
	struct restore *restore = &core->restore;
	const char *label = view->session->label;
	struct view *behind = TAILQ_FIRST(&core->stack);
	if (!core_restores(core) || view->stacked || view->background)
		return false;
	for (size_t i = 1; i < restore->count && !view->rank; i++) {
		char *end;
		if (strtoul(restore->lines[i], &end, 10) == view->id &&
		    *end == ' ' && !strcmp(end + 1, label)) {
			view->rank = i;
			restore->lines[i] = ""; /* another one of that name */
		}
	}
	if (!view->rank)
		return false;
	while (behind && behind->rank <= view->rank)
		behind = TAILQ_NEXT(behind, link);
	view_stack(view, behind);
	if (!core->focus && !strcmp(restore->lines[0], label) &&
	    session_takes_focus(view->session))
		core_focus(core, view->session);
	return true;
}
