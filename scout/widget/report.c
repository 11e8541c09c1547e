/*
 * The tree in words, for tests and assistive tools.
 */
#include <stdio.h>
#include <stdlib.h>

#include "base/config.h"
#include "scout/widget/widget.h"

static const char *const role_names[] = {
	[ROLE_NONE] = "",
	[ROLE_WINDOW] = "window",
	[ROLE_TITLEBAR] = "titlebar",
	[ROLE_LINK] = "link",
	[ROLE_SLIDER] = "slider",
	[ROLE_BUTTON] = "button",
	[ROLE_ROW] = "row",
	[ROLE_TEXT] = "text",
	[ROLE_FIELD] = "field",
	[ROLE_LIST] = "list",
	[ROLE_IMAGE] = "image",
	[ROLE_CHECK] = "check",
	[ROLE_RADIO] = "radio",
	[ROLE_PROGRESS] = "progress",
	[ROLE_MENU] = "menu",
	[ROLE_TREE] = "tree",
	[ROLE_TOOLTIP] = "tooltip",
};

struct report {
	FILE *file;
	int x, y, output_x, output_y;
};

static void write_state(FILE *file, const struct widget *widget)
{
	static const struct {
		size_t offset;
		const char *word;
	} states[] = {
		{ offsetof(struct widget, focused), "focused" },
		{ offsetof(struct widget, hover), "hover" },
		{ offsetof(struct widget, pressed), "pressed" },
		{ offsetof(struct widget, disabled), "disabled" },
		{ offsetof(struct widget, selected), "selected" },
	};
	const char *blank = "";

	fputs(" state=\"", file);
	for (size_t i = 0; i < sizeof(states) / sizeof(states[0]); i++) {
		if (!*(const bool *)((const char *)widget + states[i].offset))
			continue;
		if (states[i].offset == offsetof(struct widget, hover) &&
		    !widget->cls->shows_state)
			continue;
		fprintf(file, "%s%s", blank, states[i].word);
		blank = " ";
	}
	fputc('"', file);
}

static void write_attribute(FILE *file, const char *name, char *value)
{
	char *escaped = value ? config_escape(value) : NULL;

	if (escaped)
		fprintf(file, " %s=\"%s\"", name, escaped);
	free(escaped);
}

static void write_head(const struct report *report, const struct widget *widget)
{
	struct rect r = widget_rect(widget);
	char *value = widget->cls->value ? widget->cls->value(widget) : NULL;
	int x = r.x + report->x, y = r.y + report->y;

	fprintf(report->file, "<widget role=\"%s\"",
		role_names[widget->cls->role]);
	write_attribute(report->file, "name", widget->name);
	write_attribute(report->file, "value", value);
	write_attribute(report->file, "description", widget->tip);
	write_state(report->file, widget);
	fprintf(report->file,
		" x=\"%d\" y=\"%d\" w=\"%d\" h=\"%d\" sx=\"%d\" sy=\"%d\"", x,
		y, r.w, r.h, x + report->output_x, y + report->output_y);
	if (rect_is_empty(widget_visible_rect(widget)))
		fputs(" visible=\"no\"", report->file);
	free(value);
}

static void write_tree(const struct report *report, const struct widget *widget)
{
	bool named = widget->cls->role != ROLE_NONE;

	if (widget->hidden || widget->leaving)
		return;
	if (named) {
		write_head(report, widget);
		fputs(widget->first ? ">\n" : "/>\n", report->file);
	}
	for (const struct widget *w = widget->first; w; w = w->next)
		write_tree(report, w);
	if (named && widget->first)
		fputs("</widget>\n", report->file);
}

char *ui_report(const struct ui *ui, int x, int y, int output_x, int output_y)
{
	char *text = NULL;
	size_t bytes = 0;
	struct report report = { open_memstream(&text, &bytes), x, y, output_x,
				 output_y };

	if (!report.file)
		return NULL;
	fputs("<widgets space=\"session\">\n", report.file);
	if (ui->root)
		write_tree(&report, ui->root);
	fputs("</widgets>\n", report.file);
	if (fclose(report.file)) {
		free(text);
		return NULL;
	}
	return text;
}
