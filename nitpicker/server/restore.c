/*
 * After a server that died: the pointer stands where it stood, X-ray mode is on
 * if it was, views come back in the order in which they lay, and the focus to
 * who had it. What its parent keeps is a line with the place of the pointer, 1
 * for X-ray and the label of who had the focus, and one for each view, from
 * front to back: its id and the label of its session. When all are back, or the
 * user presses something, the present counts.
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
	fprintf(out, "%d %d %d %s\n", core->pointer.x, core->pointer.y,
		core->xray | core->locked << 1,
		core->focus ? core->focus->label : "");
	for (v = TAILQ_FIRST(&core->stack); v; v = TAILQ_NEXT(v, link))
		fprintf(out, "%u %s\n", v->id, v->session->label);
	fclose(out);
	return text;
}

void core_restore(struct core *core, const char *text)
{
	struct restore *restore = &core->restore;
	struct point at;
	int xray, label = 0;
	char *line;
	restore_finish(restore);
	if (sscanf(text, "%d %d %d%n", &at.x, &at.y, &xray, &label) < 3)
		return;
	label += text[label] == ' ';
	restore->text = xstrdup(text);
	for (char *rest = restore->text; (line = strsep(&rest, "\n")) && rest;)
		restore->count++;
	restore->lines = xcalloc(restore->count, sizeof(*restore->lines));
	line = restore->text + label;
	for (size_t i = 0; i < restore->count; i++, line += strlen(line) + 1)
		restore->lines[i] = line;
	restore->missing = restore->count - 1;
	core->pointer = at; /* core_set_output keeps it within */
	if (core->output.width)
		core_move_pointer(core, at.x, at.y);
	core->locked = xray & 2;
	core_set_xray(core, xray & 1);
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
	if (!--restore->missing)
		restore_finish(restore);
	return true;
}
