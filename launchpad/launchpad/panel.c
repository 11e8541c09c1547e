#include "panel.h"

#include <linux/input-event-codes.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/alloc.h"
#include "panel_private.h"

enum { FIELD_PAD = 16, FIELD_AIR = 12 };

struct box *panel_list(struct panel *panel, struct widget *parent,
		       const char *name)
{
	struct box *list = box_create(panel->ui, parent, ROLE_LIST, name);

	list->pad_x = 8;
	list->pad_top = 2;
	list->pad_bottom = 6;
	return list;
}

struct widget *panel_line(struct panel *panel, struct widget *parent,
			  const char *label)
{
	struct row *row = row_create(panel->ui, parent, ROLE_NONE, "");
	struct label *text = label_create(panel->ui, (struct widget *)row,
					  ALIGN_RIGHT, label);

	panel_cell(text, ROW_NAME);
	return (struct widget *)row;
}

struct widget *panel_buttons(struct panel *panel, struct widget *parent)
{
	struct box *box = box_create(panel->ui, parent, ROLE_NONE, "");

	box->across = true;
	box->gap = 8;
	box->pad_x = 8;
	box->pad_top = box->pad_bottom = 4;
	((struct widget *)box_create(panel->ui, &box->widget, ROLE_NONE, ""))
		->grow = true;
	return &box->widget;
}

/* ---- search ---- */

/* What was found stands instead of all that could be. */
static void show_search(struct panel *panel, bool searching)
{
	bool none = !panel->installed;

	panel->searching = searching;
	widget_set_hidden((struct widget *)panel->launcher_band, searching);
	widget_set_hidden(&panel->launcher.list->widget, searching);
	widget_set_hidden((struct widget *)panel->installed_band,
			  searching || none);
	widget_set_hidden(&panel->installed_list->widget, searching || none);
	widget_set_hidden((struct widget *)panel->results_band, !searching);
	widget_set_hidden(&panel->results.list->widget, !searching);
}

static void search_changed(void *user)
{
	struct panel *panel = user;
	const char *words = field_text(panel->field);

	if (!panel->searching && *words)
		scroll_to(panel->scroll, 0);
	panel->handler.search(panel->user, words);
	if (panel->searching != (*words != 0))
		show_search(panel, *words != 0);
	if (!*words)
		panel_clear_group(&panel->results);
}

/* Enter starts the best that was found. */
static void search_entered(void *user)
{
	struct panel *panel = user;

	if (panel->searching && panel->results.entries)
		panel_start_entry(panel->results.entries);
}

bool panel_key(struct panel *panel, const struct ui_event *event)
{
	struct widget *field = (struct widget *)panel->field;
	bool text = event->type == UI_CHARACTER && event->character > ' ';
	bool erase = event->type == UI_KEY && event->code == KEY_BACKSPACE &&
		     *field_text(panel->field);
	bool jump = event->type == UI_KEY && event->mods & UI_CONTROL &&
		    (event->code == KEY_K || event->code == KEY_F);

	if (event->type == UI_KEY && event->code == KEY_ESC) {
		panel_end_search(panel);
		return true;
	}
	if (!text && !erase && !jump)
		return false;
	if (panel->ui->focus != field)
		ui_set_focus(panel->ui, field);
	if (!jump)
		field->cls->event(field, event);
	else
		field_select_all(panel->field);
	return true;
}

const char *panel_searched(const struct panel *panel)
{
	return field_text(panel->field);
}

void panel_end_search(struct panel *panel)
{
	if (!*field_text(panel->field))
		return;
	field_set_text(panel->field, "");
	search_changed(panel);
	panel_focus_first(panel);
}

void panel_set_found(struct panel *panel, const char *note)
{
	band_set_note(panel->results_band, note);
}

/* ---- power ---- */

static void power_pressed(void *user)
{
	struct panel *panel = user;

	panel->handler.power(panel->user);
}

void panel_show_power(struct panel *panel, bool shown)
{
	widget_set_hidden((struct widget *)panel->power, !shown);
}

void panel_open_power(struct panel *panel, const char *const *names,
		      menu_fn *chosen, void *user)
{
	menu_open(panel->ui, widget_rect((struct widget *)panel->power), names,
		  chosen, user);
}

/* ---- sections ---- */

static void create_field(struct panel *panel, struct widget *page)
{
	struct box *head = box_create(panel->ui, page, ROLE_NONE, "");

	head->across = true;
	head->gap = FIELD_AIR;
	head->pad_x = FIELD_PAD;
	head->pad_top = head->pad_bottom = FIELD_AIR;
	panel->field = field_create(panel->ui, &head->widget, "search");
	((struct widget *)panel->field)->grow = true;
	field_set_hint(panel->field, "Type to search");
	panel->power = tool_create(panel->ui, &head->widget, "end the session",
				   sign_power, power_pressed, panel);
	widget_set_hidden((struct widget *)panel->power, true);
	field_on_change(panel->field, search_changed, search_entered, panel);
}

static void create_launcher(struct panel *panel, struct widget *content)
{
	struct ui *ui = panel->ui;

	panel->launcher_band = band_create(ui, content, "LAUNCHER");
	panel_group_init(panel, &panel->launcher, content, "launcher");
	panel_form_create(panel, &panel->launcher.list->widget);
	panel->results_band = band_create(ui, content, "FOUND");
	panel_group_init(panel, &panel->results, content, "found");
}

struct panel *panel_create(struct ui *ui, struct widget *body,
			   const struct panel_handler *handler, void *user)
{
	struct panel *panel = xcalloc(1, sizeof(*panel));
	struct widget *page, *content;

	panel->ui = ui;
	panel->handler = *handler;
	panel->user = user;
	page = &box_create(ui, body, ROLE_NONE, "")->widget;
	create_field(panel, page);
	panel->scroll = scroll_create(ui, page);
	((struct widget *)panel->scroll)->grow = true;
	content = scroll_content(panel->scroll);
	panel->status_band = band_create(ui, content, "STATUS");
	panel_status_create(panel, content);
	create_launcher(panel, content);
	panel->children_band = band_create(ui, content, "CHILDREN");
	panel->children = panel_list(panel, content, "children");
	band_set_note(panel->children_band, "0 running");
	panel->installed_band = band_create(ui, content, "LINUX PROGRAMS");
	panel->installed_list = panel_list(panel, content, "installed");
	show_search(panel, false);
	return panel;
}

void panel_destroy(struct panel *panel)
{
	if (!panel)
		return;
	panel_clear_group(&panel->launcher);
	panel_clear_group(&panel->results);
	panel_clear_groups(panel);
	while (panel->family)
		panel_remove_child(panel->family);
	free(panel);
}
