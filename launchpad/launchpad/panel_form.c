/*
 * The form in which the user writes an entry.
 */
#include <stdlib.h>

#include "base/alloc.h"
#include "panel_private.h"

static struct panel_form_values values_of(const struct panel_form *form)
{
	return (struct panel_form_values){
		.name = field_text(form->name),
		.program = field_text(form->program),
		.args = field_text(form->args),
		.quota = bar_value(form->quota),
	};
}

static void show(struct panel *panel, bool shown)
{
	widget_set_hidden(&panel->form.box->widget, !shown);
	widget_set_hidden(panel->form.opener, shown);
}

void panel_end_form(struct panel *panel)
{
	show(panel, false);
	panel->form.tag = NULL;
	panel_focus_first(panel);
}

static void cancel_pressed(void *user)
{
	panel_end_form(user);
}

static void remove_pressed(void *user)
{
	struct panel *panel = user;
	void *tag = panel->form.tag;

	panel_end_form(panel);
	panel->handler.remove(panel->user, tag);
}

static void save_pressed(void *user)
{
	struct panel *panel = user;
	struct panel_form_values values = values_of(&panel->form);
	char *problem = panel->handler.save(panel->user, panel->form.tag,
					    &values);

	label_set_text(panel->form.problem, problem ? problem : "");
	widget_set_hidden((struct widget *)panel->form.problem, !problem);
	if (!problem)
		panel_end_form(panel);
	free(problem);
}

static void add_pressed(void *user)
{
	static const struct panel_form_values values = {
		.name = "",
		.program = "",
		.args = "",
		.quota = 4 << 20,
	};

	panel_show_form(user, &values, NULL);
}

static struct field *field_line(struct panel *panel, const char *label,
				const char *name, const char *hint)
{
	struct widget *row = panel_line(panel, &panel->form.box->widget, label);
	struct field *field = field_create(panel->ui, row, name);

	panel_cell(field, ROW_BAR);
	field_set_hint(field, hint);
	field_on_change(field, NULL, save_pressed, panel);
	return field;
}

void panel_form_create(struct panel *panel, struct widget *parent)
{
	struct panel_form *form = &panel->form;
	struct ui *ui = panel->ui;
	struct box *box;
	struct widget *row;

	form->opener = panel_buttons(panel, parent);
	link_create(ui, form->opener, "Add a program\u2026", add_pressed,
		    panel);
	form->box = box_create(ui, parent, ROLE_LIST, "entry");
	form->program = field_line(panel, "Program", "program",
				   "scout, or /usr/bin/\u2026");
	form->args = field_line(panel, "Arguments", "arguments", "none");
	form->name = field_line(panel, "Name", "name", "that of the program");
	row = panel_line(panel, &form->box->widget, "Quota");
	form->quota = bar_create(ui, row, BAR_GIVE, "quota of the entry");
	panel_cell(form->quota, ROW_BAR);
	box = box_create(ui, &form->box->widget, ROLE_NONE, "");
	box->pad_x = 8;
	form->problem = label_create(ui, &box->widget, ALIGN_RIGHT, "");
	label_set_minor(form->problem, true);
	row = panel_buttons(panel, &form->box->widget);
	form->remove = tool_create(ui, row, "Remove", NULL, remove_pressed,
				   panel);
	tool_create(ui, row, "Cancel", NULL, cancel_pressed, panel);
	tool_create(ui, row, "Save", NULL, save_pressed, panel);
	show(panel, false);
}

void panel_show_form(struct panel *panel,
		     const struct panel_form_values *values, void *tag)
{
	struct panel_form *form = &panel->form;

	form->tag = tag;
	field_set_text(form->name, values->name);
	field_set_text(form->program, values->program);
	field_set_text(form->args, values->args);
	panel_bar(form->quota, values->quota, panel->total, panel->total);
	widget_set_hidden((struct widget *)form->remove, !tag);
	widget_set_hidden((struct widget *)form->problem, true);
	show(panel, true);
	ui_set_focus(panel->ui, (struct widget *)form->program);
}
