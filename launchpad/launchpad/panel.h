/*
 * panel: what launchpad shows. Knows widgets, but no processes.
 *
 * From top to bottom: the search field, status, entries by groups (or, while
 * something is searched, what was found), children. `tag` is what the owner
 * gave with an entry, group or child. Texts are copied.
 */
#ifndef LAUNCHPAD_PANEL_H
#define LAUNCHPAD_PANEL_H

#include "scout/image/image.h"
#include "scout/widget/widgets.h"

/* An entry as the user writes it. */
struct panel_form_values {
	const char *name, *program;
	const char *args; /* as in a command */
	uint64_t quota; /* bytes */
};

struct panel_handler {
	/* Entries. */
	void (*start)(void *user, void *tag);
	void (*set_quota)(void *user, void *tag, uint64_t bytes);
	void (*edit)(void *user, void *tag);
	/* The form is to become an entry: that one (NULL: a new one). Returns
	 * what is wrong with it (owned by the panel), or NULL. */
	char *(*save)(void *user, void *tag,
		      const struct panel_form_values *values);
	void (*remove)(void *user, void *tag);
	/* A group of entries is opened the first time: add them. */
	void (*fill)(void *user, void *tag);
	/* The words that are searched changed, "": nothing is. The owner adds
	 * what it finds to panel_results. */
	void (*search)(void *user, const char *words);
	/* Children. */
	void (*kill)(void *user, void *tag);
	void (*restart)(void *user, void *tag);
	void (*raise)(void *user, void *tag);
	void (*set_limit)(void *user, void *tag, uint64_t bytes);
	void (*unfold)(void *user, void *tag, bool open);
	/* The button beside the search field. */
	void (*power)(void *user);
};

struct panel;
struct panel_group;
struct panel_entry;
struct panel_child;

struct panel *panel_create(struct ui *ui, struct widget *body,
			   const struct panel_handler *handler, void *user);
void panel_destroy(struct panel *panel); /* the widgets stay the window's */

/* ---- status ---- */

/* Bytes; total = reserve + children + left, always. */
struct panel_quota {
	uint64_t total, reserve, children;
};

void panel_set_quota(struct panel *panel, const struct panel_quota *quota);
/* What holds the children to their quotas, in words. */
void panel_set_mechanism(struct panel *panel, const char *mechanism);
void panel_set_clock(struct panel *panel, const char *text); /* "": none */
/* ---- entries ---- */

/* The first group, and the one of what was found. */
struct panel_group *panel_launcher(struct panel *panel);
struct panel_group *panel_results(struct panel *panel);
/* One below the heading of installed programs; filled when it is opened. */
struct panel_group *panel_add_group(struct panel *panel, const char *name,
				    unsigned count, void *tag);
void panel_clear_groups(struct panel *panel);
/* Of all added groups: how many programs, what to say about them ("": only
 * the number). */
void panel_set_installed(struct panel *panel, unsigned count, const char *note);

struct panel_entry_info {
	const char *name;
	const char *program; /* chooses the icon */
	const char *badge; /* letters on the icon, "": none */
	const struct image *icon; /* its own; NULL: a letter */
	uint64_t quota; /* bytes it would get */
	uint64_t marks; /* bytes of the name that were found */
	const char *tip; /* "": none */
	bool editable;
	bool wide; /* its name is long */
};

struct panel_entry *panel_add_entry(struct panel_group *group,
				    const struct panel_entry_info *info,
				    void *tag);
void panel_remove_entry(struct panel_entry *entry);
void panel_clear_group(struct panel_group *group);
/* Its own icon, of one with a badge; lives as long as the entry. */
void panel_set_icon(struct panel_entry *entry, const struct image *icon);
/* Shows what its quota is now. */
void panel_update_entry(struct panel_entry *entry, uint64_t quota);
/* Gives the keyboard to its bar. */
void panel_focus_quota(struct panel_entry *entry);
/* Gives the keyboard to the first entry if nothing has it. */
void panel_focus_first(struct panel *panel);

/* Lets the user change an entry; NULL: a new one. */
void panel_show_form(struct panel *panel,
		     const struct panel_form_values *values, void *tag);
void panel_end_form(struct panel *panel);

/* ---- search ---- */

/* What was found, in words beside the heading. */
void panel_set_found(struct panel *panel, const char *note);
/* A key that nobody wanted: what is typed anywhere is searched. */
bool panel_key(struct panel *panel, const struct ui_event *event);
const char *panel_searched(const struct panel *panel);
void panel_end_search(struct panel *panel);

/* ---- power ---- */

/* Its button is there only while something can be chosen. */
void panel_show_power(struct panel *panel, bool shown);
/* A menu below it; `names` as for menu_open. */
void panel_open_power(struct panel *panel, const char *const *names,
		      menu_fn *chosen, void *user);

/* ---- children ---- */

struct panel_child_state {
	bool alive, running;
	const char *note; /* shown instead of the bar; "": none */
	const char *words; /* how it is */
	const char *grants; /* what it may, in short; "": nothing to say */
	const char *grant_list; /* each of it; "": the same */
	uint64_t used, quota; /* bytes; used may be BAR_UNKNOWN */
};

/* A descendant of a child, as that one reports it. */
struct panel_kin {
	const char *label, *name;
	const char *note; /* shown instead of the bar; "": none */
	unsigned depth; /* 1: a child of the child */
	uint64_t used, quota; /* bytes */
};

struct panel_child *panel_add_child(struct panel *panel, const char *name,
				    void *tag);
void panel_update_child(struct panel_child *child,
			const struct panel_child_state *state);
/* All its descendants, each behind its parent. */
void panel_set_kin(struct panel_child *child, const struct panel_kin *list,
		   size_t count);
void panel_remove_child(struct panel_child *child);
void panel_open_child(struct panel_child *child, bool open);
bool panel_child_is_open(const struct panel_child *child);
/* Gives the keyboard to the bar of its limit. */
void panel_focus_limit(struct panel_child *child);
/* One more measurement: of one CPU, and bytes of its quota. */
void panel_measured(struct panel_child *child, float cpu, uint64_t used,
		    uint64_t quota);
/* The last lines of its output, each ending with \n. */
void panel_set_output(struct panel_child *child, const char *text);
/* What it can't do now, in words; "": nothing. */
void panel_set_problem(struct panel_child *child, const char *text);
#endif
