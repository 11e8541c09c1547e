/*
 * Groups of entries: icon, name, bar of the quota.
 */
#include <stdio.h>
#include <stdlib.h>

#include "base/alloc.h"
#include "panel_private.h"

struct panel_entry {
	struct panel_group *group;
	struct panel_entry *next;
	struct row *row;
	struct widget *badge; /* NULL: it has none */
	struct link *link;
	struct bar *bar;
	void *tag;
};

static void show_quota(struct panel_entry *entry, uint64_t quota)
{
	struct panel *panel = entry->group->panel;

	panel_bar(entry->bar, quota, panel->left, panel->total);
}

void panel_group_rescale(struct panel_group *group)
{
	for (struct panel_entry *e = group->entries; e; e = e->next)
		show_quota(e, bar_value(e->bar));
}

void panel_start_entry(struct panel_entry *entry)
{
	struct panel *panel = entry->group->panel;

	panel->handler.start(panel->user, entry->tag);
}

static void activated(void *user)
{
	panel_start_entry(user);
}

static void changed(void *user, uint64_t bytes)
{
	struct panel_entry *entry = user;
	struct panel *panel = entry->group->panel;

	panel->handler.set_quota(panel->user, entry->tag, bytes);
}

static void edit(void *user)
{
	struct panel_entry *entry = user;
	struct panel *panel = entry->group->panel;

	panel->handler.edit(panel->user, entry->tag);
}

/* ---- groups ---- */

static void count(struct panel_group *group)
{
	char text[16];
	int entries = 0;

	if (group != &group->panel->launcher)
		return;
	for (struct panel_entry *e = group->entries; e; e = e->next)
		entries++;
	snprintf(text, sizeof(text), "%d", entries);
	band_set_note(group->panel->launcher_band, text);
}

void panel_group_init(struct panel *panel, struct panel_group *group,
		      struct widget *content, const char *name)
{
	*group = (struct panel_group){
		.panel = panel,
		.list = panel_list(panel, content, name),
		.filled = true,
	};
}

struct panel_group *panel_launcher(struct panel *panel)
{
	return &panel->launcher;
}

struct panel_group *panel_results(struct panel *panel)
{
	return &panel->results;
}

static void opened(void *user, bool open)
{
	struct panel_group *group = user;

	if (!open || group->filled)
		return;
	group->filled = true;
	group->panel->handler.fill(group->panel->user, group->tag);
}

struct panel_group *panel_add_group(struct panel *panel, const char *name,
				    unsigned count_of, void *tag)
{
	struct panel_group *group = xcalloc(1, sizeof(*group)), **end;
	char note[16];

	*group = (struct panel_group){ .panel = panel, .tag = tag };
	group->tree = tree_create(panel->ui, &panel->installed_list->widget,
				  name);
	group->list = box_create(panel->ui, tree_body(group->tree), ROLE_LIST,
				 name);
	snprintf(note, sizeof(note), "%u", count_of);
	tree_set_note(group->tree, note);
	tree_on_open(group->tree, opened, group);
	for (end = &panel->installed; *end; end = &(*end)->next)
		;
	*end = group;
	return group;
}

void panel_clear_groups(struct panel *panel)
{
	while (panel->installed) {
		struct panel_group *group = panel->installed;

		panel->installed = group->next;
		panel_clear_group(group);
		widget_destroy((struct widget *)group->tree);
		free(group);
	}
}

void panel_set_installed(struct panel *panel, unsigned programs,
			 const char *note)
{
	char *text = *note ? xasprintf("%u, %s", programs, note)
			   : xasprintf("%u", programs);
	bool hidden = panel->searching || !panel->installed;

	band_set_note(panel->installed_band, text);
	free(text);
	widget_set_hidden((struct widget *)panel->installed_band, hidden);
	widget_set_hidden(&panel->installed_list->widget, hidden);
}

void panel_clear_group(struct panel_group *group)
{
	while (group->entries) {
		struct panel_entry *entry = group->entries;

		group->entries = entry->next;
		widget_destroy((struct widget *)entry->row);
		free(entry);
	}
	count(group);
}

/* ---- entries ---- */

static void create_cells(struct panel_entry *entry,
			 const struct panel_entry_info *info)
{
	struct ui *ui = entry->group->panel->ui;
	struct widget *row = (struct widget *)entry->row;
	char *bar_name = xasprintf("%s quota", info->name);
	char *edit_name = xasprintf("edit %s", info->name);

	if (*info->badge)
		entry->badge = badge_create(ui, row, info->program,
					    info->badge);
	panel_cell(entry->badge ? entry->badge
				: icon_create(ui, row, info->program),
		   ROW_ICON);
	panel_set_icon(entry, info->icon);
	entry->link = link_create(ui, row, info->name, activated, entry);
	link_set_marks(entry->link, info->marks);
	panel_cell(entry->link, ROW_NAME);
	entry->bar = bar_create(ui, row, BAR_GIVE, bar_name);
	panel_cell(entry->bar, ROW_BAR);
	bar_on_change(entry->bar, changed, entry);
	if (info->editable)
		panel_cell(sign_create(ui, row, edit_name, sign_pencil, edit,
				       entry),
			   ROW_BUTTON);
	free(edit_name);
	free(bar_name);
}

/* Behind the last entry, before what else stands in the list. */
static void put_in_order(struct panel_entry *entry,
			 const struct panel_entry *before)
{
	widget_move_after((struct widget *)entry->row,
			  before ? (struct widget *)before->row : NULL);
}

struct panel_entry *panel_add_entry(struct panel_group *group,
				    const struct panel_entry_info *info,
				    void *tag)
{
	struct panel_entry *entry = xcalloc(1, sizeof(*entry)), *last = NULL;
	char *name = xasprintf("entry %s", info->name);

	entry->group = group;
	entry->tag = tag;
	/* Its link and slider have the name; rows of that name are children. */
	entry->row = row_create(group->panel->ui, &group->list->widget,
				ROLE_ROW, name);
	free(name);
	create_cells(entry, info);
	row_set_wide(entry->row, info->wide);
	if (*info->tip)
		widget_set_tip((struct widget *)entry->link, info->tip);
	row_set_main(entry->row, entry->link, entry->bar);
	show_quota(entry, info->quota);
	for (struct panel_entry *e = group->entries; e; e = e->next)
		last = e;
	*(last ? &last->next : &group->entries) = entry;
	put_in_order(entry, last);
	count(group);
	if (group == &group->panel->results)
		row_set_chosen(entry->row, !last);
	return entry;
}

void panel_remove_entry(struct panel_entry *entry)
{
	struct panel_group *group = entry->group;
	struct panel_entry **at = &group->entries;

	while (*at != entry)
		at = &(*at)->next;
	*at = entry->next;
	widget_destroy((struct widget *)entry->row);
	free(entry);
	count(group);
}

void panel_set_icon(struct panel_entry *entry, const struct image *icon)
{
	if (entry->badge)
		badge_set_image(entry->badge, icon);
}

void panel_update_entry(struct panel_entry *entry, uint64_t quota)
{
	show_quota(entry, quota);
}

void panel_focus_quota(struct panel_entry *entry)
{
	struct ui *ui = entry->group->panel->ui;

	ui->keyboard_used = true;
	ui_set_focus(ui, (struct widget *)entry->bar);
}

void panel_focus_first(struct panel *panel)
{
	if (!panel->ui->focus && panel->launcher.entries)
		ui_set_focus(panel->ui,
			     (struct widget *)panel->launcher.entries->link);
}
