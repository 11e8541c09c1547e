/*
 * panel: what launchpad shows. Knows widgets, but no processes.
 */
#ifndef LAUNCHPAD_PANEL_H
#define LAUNCHPAD_PANEL_H

#include "scout/widget/widgets.h"

/* `tag` is what the owner gave with the entry or child. */
struct panel_handler {
	void (*start)(void *user, void *tag);
	void (*set_quota)(void *user, void *tag, uint64_t bytes);
	void (*kill)(void *user, void *tag);
};

struct panel;
struct panel_entry;
struct panel_child;

struct panel *panel_create(struct ui *ui, struct widget *body,
			   const struct panel_handler *handler, void *user);
void panel_destroy(struct panel *panel); /* the widgets stay the window's */

/* Bytes given out, and of how many. */
void panel_set_quota(struct panel *panel, uint64_t given, uint64_t total);

/* `program` chooses the icon. */
struct panel_entry *panel_add_entry(struct panel *panel, const char *name,
				    const char *program, uint64_t quota,
				    void *tag);
void panel_remove_entry(struct panel *panel, struct panel_entry *entry);
/* Gives the keyboard to the first entry if nothing has it. */
void panel_focus_first(struct panel *panel);

struct panel_child_state {
	bool running;
	const char *note; /* shown instead of the bar; "": none */
	uint64_t used, quota; /* bytes */
};

struct panel_child *panel_add_child(struct panel *panel, const char *name,
				    const char *program, void *tag);
void panel_update_child(struct panel *panel, struct panel_child *child,
			const struct panel_child_state *state);
void panel_remove_child(struct panel *panel, struct panel_child *child);

#endif
