/*
 * Reports: the windows with their X ids, and the frames as widgets.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "glue.h"

static void publish(struct glue *glue, const char *name, char **last,
		    char *report)
{
	if (*last && !strcmp(*last, report)) {
		free(report);
		return;
	}
	parent_report(glue->component.parent, "", name, report);
	free(*last);
	*last = report;
}

static void write_window(FILE *out, const struct xwin *win,
			 const struct nitpicker_info *info)
{
	struct rect r = win->shown;
	char *title = config_escape(xwin_title(win));

	fprintf(out,
		"<window id=\"0x%x\" title=\"%s\" x=\"%d\" y=\"%d\" w=\"%d\" "
		"h=\"%d\" sx=\"%d\" sy=\"%d\" depth=\"%d\"%s%s%s%s%s/>\n",
		win->id, title, r.x, r.y, r.w, r.h, r.x + info->output_x,
		r.y + info->output_y, win->depth,
		win->frame ? " frame=\"yes\"" : "",
		win->override ? " popup=\"yes\"" : "",
		win->modal ? " modal=\"yes\"" : "",
		win->attention ? " attention=\"yes\"" : "",
		win->glue->focus == win ? " focus=\"yes\"" : "");
	free(title);
}

static char *describe(const struct glue *glue)
{
	const struct nitpicker_info *info = nitpicker_info(glue->nitpicker);
	const struct xwin *win;
	char *text = NULL;
	size_t bytes = 0;
	FILE *out = open_memstream(&text, &bytes);

	if (!out)
		abort();
	fprintf(out, "<windows display=\"%s\" authority=\"%s\">\n",
		glue->display.name,
		glue->server ? server_authority(glue->server) : "");
	TAILQ_FOREACH(win, &glue->windows, link)
	if (win->has_view)
		write_window(out, win, info);
	fputs("</windows>\n", out);
	if (fclose(out))
		abort();
	return text;
}

/* The reports of all frames in one. */
static char *describe_frames(const struct glue *glue)
{
	static const char head[] = "<widgets space=\"session\">\n";
	const struct nitpicker_info *info = nitpicker_info(glue->nitpicker);
	const struct xwin *win;
	char *all = xstrdup(head), *more, *end;

	TAILQ_FOREACH(win, &glue->windows, link)
	{
		struct margin e;

		if (!win->frame || !win->has_view)
			continue;
		e = xwin_extents(win);
		more = xframe_report(win->frame, win->shown.x - e.left,
				     win->shown.y - e.top, info->output_x,
				     info->output_y);
		end = more ? strstr(more, "</widgets>") : NULL;
		if (end && strlen(more) >= sizeof(head)) {
			char *both;

			*end = '\0';
			both = xasprintf("%s%s", all, more + sizeof(head) - 1);
			free(all);
			all = both;
		}
		free(more);
	}
	more = xasprintf("%s</widgets>\n", all);
	free(all);
	return more;
}

void report_windows(struct glue *glue)
{
	const struct parent *parent = glue->component.parent;

	if (parent_report_wanted(parent, "windows"))
		publish(glue, "windows", &glue->report, describe(glue));
	if (parent_report_wanted(parent, "widgets"))
		publish(glue, "widgets", &glue->widgets, describe_frames(glue));
}
