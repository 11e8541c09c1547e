/*
 * What the files of the panel share.
 *
 *   panel.c        the window's sections, search
 *   panel_entry.c  groups of entries
 *   panel_form.c   an entry as the user writes it
 *   panel_child.c  children
 *   panel_kin.c    their children
 *   panel_status.c quota in numbers, clock
 */
#ifndef LAUNCHPAD_PANEL_PRIVATE_H
#define LAUNCHPAD_PANEL_PRIVATE_H

#include "panel.h"
#include "pieces.h"

struct panel_group {
	struct panel *panel;
	struct panel_group *next; /* of those below "installed" */
	struct box *list;
	struct tree *tree; /* NULL: always open */
	struct panel_entry *entries;
	bool filled;
	void *tag;
};

struct panel_status {
	struct bar *quota;
	struct label *sum, *mechanism;
};

struct panel_form {
	struct widget *opener;
	struct box *box;
	struct field *name, *program, *args;
	struct bar *quota;
	struct label *problem;
	struct tool *remove;
	void *tag; /* of the entry; NULL: a new one */
};

struct panel {
	struct ui *ui;
	struct panel_handler handler;
	void *user;
	struct scroll *scroll;
	struct field *field;
	struct tool *power;
	struct band *status_band, *launcher_band, *results_band;
	struct band *installed_band, *children_band;
	struct panel_status status;
	struct panel_form form;
	struct panel_group launcher, results;
	struct panel_group *installed;
	struct box *installed_list, *children;
	struct panel_child *family;
	uint64_t left, total;
	bool searching;
};

struct box *panel_list(struct panel *panel, struct widget *parent,
		       const char *name);
/* A line with a label up to the bars; the row is returned. */
struct widget *panel_line(struct panel *panel, struct widget *parent,
			  const char *label);

/* Buttons beside each other at the right end. */
struct widget *panel_buttons(struct panel *panel, struct widget *parent);

/* bar_set, and exact bytes in the bar's tooltip. */
void panel_bar(struct bar *bar, uint64_t value, uint64_t most, uint64_t max);

void panel_status_create(struct panel *panel, struct widget *content);

void panel_group_init(struct panel *panel, struct panel_group *group,
		      struct widget *content, const char *name);
void panel_form_create(struct panel *panel, struct widget *parent);
void panel_start_entry(struct panel_entry *entry);
/* Bars end where the quota does. */
void panel_group_rescale(struct panel_group *group);
void panel_children_rescale(struct panel *panel);

/* Shows them in that box, instead of those before. */
void panel_show_kin(struct panel *panel, struct box *box,
		    const struct panel_kin *list, size_t count);

static inline void panel_cell(void *widget, enum row_cell cell)
{
	((struct widget *)widget)->cell = (uint8_t)cell;
}

#endif
