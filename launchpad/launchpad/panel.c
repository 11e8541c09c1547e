#include "panel.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"

struct panel_entry {
	struct panel *panel;
	struct panel_entry *next;
	struct row *row;
	struct link *link;
	struct bar *bar;
	void *tag;
};

struct panel_child {
	struct panel *panel;
	struct panel_child *next;
	struct row *row;
	struct bar *bar;
	struct label *note;
	bool running;
	void *tag;
};

struct panel {
	struct ui *ui;
	struct panel_handler handler;
	void *user;
	struct band *launcher_band, *children_band;
	struct bar *quota;
	struct box *launcher, *children;
	struct panel_entry *entries;
	struct panel_child *family;
	uint64_t left, total;
};

static struct box *list_create(struct panel *panel, struct widget *parent,
			       const char *name)
{
	struct box *list = box_create(panel->ui, parent, ROLE_LIST, name);

	list->pad_x = 8;
	list->pad_top = 2;
	list->pad_bottom = 6;
	return list;
}

static void create_status(struct panel *panel, struct widget *content)
{
	struct ui *ui = panel->ui;
	struct box *box = list_create(panel, content, "status");
	struct row *row = row_create(ui, &box->widget, ROLE_NONE, "");
	struct label *label = label_create(ui, (struct widget *)row,
					   ALIGN_RIGHT, "Quota");

	((struct widget *)label)->cell = ROW_NAME;
	panel->quota = bar_create(ui, (struct widget *)row, BAR_USE, "quota");
	((struct widget *)panel->quota)->cell = ROW_BAR;
}

struct panel *panel_create(struct ui *ui, struct widget *body,
			   const struct panel_handler *handler, void *user)
{
	struct panel *panel = xcalloc(1, sizeof(*panel));
	struct scroll *scroll = scroll_create(ui, body);
	struct widget *content = scroll_content(scroll);

	panel->ui = ui;
	panel->handler = *handler;
	panel->user = user;
	band_create(ui, content, "STATUS");
	create_status(panel, content);
	panel->launcher_band = band_create(ui, content, "LAUNCHER");
	panel->launcher = list_create(panel, content, "launcher");
	panel->children_band = band_create(ui, content, "CHILDREN");
	panel->children = list_create(panel, content, "children");
	band_set_note(panel->children_band, "0 running");
	return panel;
}

void panel_destroy(struct panel *panel)
{
	if (!panel)
		return;
	for (struct panel_entry *e = panel->entries, *next; e; e = next) {
		next = e->next;
		free(e);
	}
	for (struct panel_child *c = panel->family, *next; c; c = next) {
		next = c->next;
		free(c);
	}
	free(panel);
}

/* ---- quota ---- */

static void show_entry(struct panel_entry *entry, uint64_t quota)
{
	struct panel *panel = entry->panel;

	bar_set(entry->bar, quota, panel->left, panel->total);
}

void panel_set_quota(struct panel *panel, uint64_t given, uint64_t total)
{
	panel->left = total > given ? total - given : 0;
	panel->total = total;
	bar_set(panel->quota, given, total, total);
	for (struct panel_entry *e = panel->entries; e; e = e->next)
		show_entry(e, bar_value(e->bar));
}

/* ---- entries ---- */

static void entry_activated(void *user)
{
	struct panel_entry *entry = user;

	entry->panel->handler.start(entry->panel->user, entry->tag);
}

static void entry_changed(void *user, uint64_t bytes)
{
	struct panel_entry *entry = user;

	entry->panel->handler.set_quota(entry->panel->user, entry->tag, bytes);
}

static void count_entries(struct panel *panel)
{
	char text[16];
	int count = 0;

	for (struct panel_entry *e = panel->entries; e; e = e->next)
		count++;
	snprintf(text, sizeof(text), "%d", count);
	band_set_note(panel->launcher_band, text);
}

static void set_cell(void *widget, enum row_cell cell)
{
	((struct widget *)widget)->cell = (uint8_t)cell;
}

struct panel_entry *panel_add_entry(struct panel *panel, const char *name,
				    const char *program, uint64_t quota,
				    void *tag)
{
	struct panel_entry *entry = xcalloc(1, sizeof(*entry)), **end;
	struct ui *ui = panel->ui;
	char *bar_name = xasprintf("%s quota", name);
	struct widget *row;

	entry->panel = panel;
	entry->tag = tag;
	/* Its link and slider have the name; rows of that name are children. */
	entry->row = row_create(ui, &panel->launcher->widget, ROLE_ROW, "");
	row = (struct widget *)entry->row;
	set_cell(icon_create(ui, row, program), ROW_ICON);
	entry->link = link_create(ui, row, name, entry_activated, entry);
	set_cell(entry->link, ROW_NAME);
	entry->bar = bar_create(ui, row, BAR_GIVE, bar_name);
	set_cell(entry->bar, ROW_BAR);
	free(bar_name);
	bar_on_change(entry->bar, entry_changed, entry);
	row_set_main(entry->row, entry->link, entry->bar);
	show_entry(entry, quota);
	for (end = &panel->entries; *end; end = &(*end)->next)
		;
	*end = entry;
	count_entries(panel);
	return entry;
}

void panel_remove_entry(struct panel *panel, struct panel_entry *entry)
{
	struct panel_entry **at = &panel->entries;

	while (*at != entry)
		at = &(*at)->next;
	*at = entry->next;
	widget_destroy((struct widget *)entry->row);
	free(entry);
	count_entries(panel);
}

void panel_focus_first(struct panel *panel)
{
	if (!panel->ui->focus && panel->entries)
		ui_set_focus(panel->ui, (struct widget *)panel->entries->link);
}

/* ---- children ---- */

static void child_kill(void *user)
{
	struct panel_child *child = user;

	child->panel->handler.kill(child->panel->user, child->tag);
}

static void count_children(struct panel *panel)
{
	char text[32];
	int count = 0;

	for (struct panel_child *c = panel->family; c; c = c->next)
		count += c->running;
	snprintf(text, sizeof(text), "%d running", count);
	band_set_note(panel->children_band, text);
}

struct panel_child *panel_add_child(struct panel *panel, const char *name,
				    const char *program, void *tag)
{
	struct panel_child *child = xcalloc(1, sizeof(*child)), **end;
	struct ui *ui = panel->ui;
	char *kill_name = xasprintf("kill %s", name);
	char *bar_name = xasprintf("%s use", name);
	struct widget *row;

	child->panel = panel;
	child->tag = tag;
	child->row = row_create(ui, &panel->children->widget, ROLE_ROW, name);
	row = (struct widget *)child->row;
	row_on_delete(child->row, child_kill, child);
	set_cell(icon_create(ui, row, program), ROW_ICON);
	set_cell(label_create(ui, row, ALIGN_LEFT, name), ROW_NAME);
	child->bar = bar_create(ui, row, BAR_USE, bar_name);
	set_cell(child->bar, ROW_BAR);
	child->note = label_create(ui, row, ALIGN_LEFT, "");
	label_set_minor(child->note, true);
	set_cell(child->note, ROW_BAR);
	widget_set_hidden((struct widget *)child->note, true);
	set_cell(button_create(ui, row, BUTTON_KILL, kill_name, child_kill,
			       child),
		 ROW_BUTTON);
	free(kill_name);
	free(bar_name);
	for (end = &panel->family; *end; end = &(*end)->next)
		;
	*end = child;
	return child;
}

void panel_update_child(struct panel *panel, struct panel_child *child,
			const struct panel_child_state *state)
{
	bool noted = *state->note != 0;

	child->running = state->running;
	if (noted)
		label_set_text(child->note, state->note);
	widget_set_hidden((struct widget *)child->note, !noted);
	widget_set_hidden((struct widget *)child->bar, noted);
	bar_set(child->bar, state->used, state->quota, state->quota);
	count_children(panel);
}

/* The keyboard goes to a neighbour, so that one can go on. */
static void hand_focus_on(struct panel_child *child)
{
	struct widget *row = (struct widget *)child->row;
	struct widget *near = row->next ? row->next : row->previous;
	struct ui *ui = child->panel->ui;

	for (struct widget *w = ui->focus; w; w = w->parent)
		if (w == row) {
			ui_set_focus(ui, near);
			return;
		}
}

void panel_remove_child(struct panel *panel, struct panel_child *child)
{
	struct panel_child **at = &panel->family;

	while (*at != child)
		at = &(*at)->next;
	*at = child->next;
	hand_focus_on(child);
	widget_destroy((struct widget *)child->row);
	free(child);
	count_children(panel);
	panel_focus_first(panel);
}
