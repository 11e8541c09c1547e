/*
 * launchpad: what its parts share.
 *
 *   main.c       life, config, window
 *   programs.c   what can be started, and its quotas
 *   linux.c      the installed ones among them
 *   edit.c       those of the user
 *   stored.c     what is kept of it from one run to the next
 *   find.c       searching it
 *   start.c      starting, and telling what went wrong
 *   asking.c     what children ask for
 *   children.c   what was started
 *   kin.c        and what those started
 *   details.c    what is shown of an unfolded one
 *   clock.c      the time of day
 *   power.c      the end of it all
 */
#ifndef LAUNCHPAD_LAUNCHPAD_H
#define LAUNCHPAD_LAUNCHPAD_H

#include "catalogue/installed.h"
#include "child/child.h"
#include "panel.h"
#include "scout/widget/window.h"
#include "session/component.h"

struct launchpad;

enum program_origin {
	PROGRAM_CONFIG, /* a <launcher> of the config, or a default one */
	PROGRAM_USER, /* added by the user */
	PROGRAM_INSTALLED, /* a Linux program's .desktop file */
};

/* Something that can be started. */
struct program {
	struct launchpad *launchpad;
	struct program *next;
	enum program_origin origin;
	const char *name; /* what it is called */
	struct entry *entry; /* NULL: installed */
	struct desktop_entry desktop; /* of an installed one */
	bool action; /* another way to start the one before it */
	char *id; /* of an installed one: of its file; else its entry's name */
	char *tip; /* what it is; NULL: nobody says */
	char *key, *others; /* folded, for searching; see search.h */
	struct image *icon; /* owned; NULL: none, or not yet */
	bool icon_tried;
	unsigned uses; /* times it was started */
	uint64_t standard; /* quota of the config, bytes */
	uint64_t quota; /* as the user set it */
	struct panel_entry *row; /* NULL: not in a list */
	struct panel_entry *found; /* its row in the results; NULL: none */
};

/* What a child, or one below it, says of its children. */
struct kin_report {
	struct kin_report *next;
	char *label; /* whose they are */
	char *xml;
};

/* A child that has a row. */
struct running {
	struct launchpad *launchpad;
	struct running *next;
	struct child *child;
	struct panel_child *row; /* NULL: the user ended it */
	uint64_t since; /* ns, when its row came, or it was started again */
	bool was_running; /* it was up once */
	bool told; /* its failure was shown */
	bool asked; /* for more memory, and the user was told */
	bool measured; /* `used` means something */
	uint64_t used; /* bytes */
	struct entry *again; /* to be started when it is gone; NULL: not */
	struct kin_report *kin;
	uint64_t cpu, cpu_at; /* ns of CPU time, and when that was */
};

/* A message whose buttons are about a program or child, by its name: it may
 * be gone when one is pressed. */
struct matter {
	struct launchpad *launchpad;
	struct matter *next;
	struct widget *toast;
	char *child; /* NULL: none */
	char *program; /* NULL: none */
};

/* Installed programs of one kind. */
struct category {
	struct launchpad *launchpad;
	struct category *next;
	const char *name; /* that of its first program's desktop entry */
	unsigned count;
	struct panel_group *group;
};

/* A child wants to start a program. */
struct question {
	struct launchpad *launchpad;
	struct question *next;
	struct child *asker;
	uint32_t request; /* of the family */
	char *program; /* its id: it may be gone when the user answers */
	struct widget *toast;
};

struct launchpad {
	struct component component;
	struct window *window;
	struct panel *panel;
	struct family *family;
	uint64_t total; /* own quota, bytes; 0: not known yet */
	struct program *programs; /* the installed ones last */
	struct installed *installed; /* NULL: not to be shown */
	bool begun; /* they may be read */
	struct program *reading; /* installed ones found so far */
	struct category *categories;
	struct running *children;
	struct matter *matters;
	struct question *questions;
	struct timer sample; /* for the numbers of use */
	uint64_t sample_until; /* ns; nobody looks after that */
	struct timer tidy; /* takes rows of the dead off */
	struct entry *again; /* what is to be started again, behind its end */
	bool again_open; /* unfold it */
	struct timer minute; /* of the clock */
	struct timer icons; /* until some are looked for */
	struct image_job *icon_job; /* decodes one; NULL: none does */
	struct program *icon_of; /* whose that is */
	struct timer save; /* when nothing was changed for a moment */
	struct config *stored; /* what was saved; NULL: nothing yet */
	bool unsaved, cannot_save;
	bool clock; /* is shown */
	unsigned powers; /* 1 << each enum power_action that we may ask for */
	bool lock; /* the config offers to lock the screen */
	enum power_action power_wish;
	struct widget *power_question; /* NULL: nothing is asked */
};

/* ---- programs ---- */

/* Takes over the entries of a config; keeps quotas that the user set. */
void programs_read(struct launchpad *launchpad, const struct config_node *root);
void programs_finish(struct launchpad *launchpad);
/* NULL: there is none of that name. */
struct program *program_find(struct launchpad *launchpad, const char *name);
void program_set_quota(void *launchpad, void *program, uint64_t bytes);
void program_describe(const struct program *program,
		      struct panel_entry_info *info);

void program_destroy(struct program *program);
/* Takes its row away, and those of what was found: programs come or go. */
void programs_changing(struct launchpad *launchpad);
void programs_changed(struct launchpad *launchpad);

/* Takes the entry over. */
void program_add_user(struct launchpad *launchpad, struct entry *entry,
		      uint64_t quota);
void program_remove_user(struct launchpad *launchpad, struct program *program);

/* ---- edit.c ---- */

void program_edit(void *launchpad, void *program);
char *program_save(void *launchpad, void *program,
		   const struct panel_form_values *values);
void program_remove(void *launchpad, void *program);

/* ---- stored.c ---- */

void stored_load(struct launchpad *launchpad);
/* The first of the user's own, <launcher> nodes; NULL: there is none. */
const struct config_node *stored_entries(const struct launchpad *launchpad);
/* Gives a program what was set for it. */
void stored_apply(const struct launchpad *launchpad, struct program *program);
void stored_changed(struct launchpad *launchpad); /* saved soon */
void stored_save(void *launchpad);
void stored_finish(struct launchpad *launchpad);

/* ---- linux.c ---- */

void linux_configure(struct launchpad *launchpad,
		     const struct config_node *root);
/* After the first frame, so that nobody waits for it. */
void linux_begin(struct launchpad *launchpad);
void linux_fill(void *launchpad, void *category);
void linux_finish(struct launchpad *launchpad);
/* What it is started as; NULL and *problem (static) if that can't be. */
struct entry *linux_entry(const struct program *program, const char **problem);

/* ---- icons.c ---- */

/* Of programs that have rows now. */
void icons_soon(struct launchpad *launchpad);
void icons_load(void *launchpad);
void icon_forget(struct program *program);

/* ---- find.c ---- */

void programs_search(void *launchpad, const char *words);

/* ---- start.c ---- */

void program_start(void *launchpad, void *program);
/* Something about a child or program (either may be NULL) that the user should
 * know, with a button that leads to its quota. */
void tell_matter(struct launchpad *launchpad, const char *title,
		 const char *text, const char *child, const char *program);
void matters_finish(struct launchpad *launchpad);

/* ---- asking.c ---- */

void start_asked(void *launchpad, struct child *asker, const char *entry,
		 uint32_t request);
/* Of that asker, NULL: of all. */
void questions_forget(struct launchpad *launchpad, const struct child *asker);
enum wire_status resource_asked(void *launchpad, struct child *asker,
				uint64_t bytes);

/* ---- children ---- */

extern const struct family_handler children_handler;
void children_finish(struct launchpad *launchpad);
void child_kill_pressed(void *launchpad, void *running);
void child_restart_pressed(void *launchpad, void *running);
void child_raise_pressed(void *launchpad, void *running);
void child_limit_set(void *launchpad, void *running, uint64_t bytes);
void child_unfolded(void *launchpad, void *running, bool open);
struct running *running_find(struct launchpad *launchpad, const char *name);
/* Somebody looks: numbers of use are live for a while. */
void children_look(void *launchpad);
void children_sample(void *launchpad);
/* Only the latest of the dead keep their rows. */
void children_tidy(void *launchpad);
void show_quota(struct launchpad *launchpad);

/* ---- kin.c ---- */

void kin_reported(void *launchpad, const char *label, const char *name,
		  const char *xml, size_t bytes);
void kin_show(struct running *running);
void kin_forget(struct running *running);
/* The reports that our children are asked for; owned by the caller. */
char *kin_reports_wanted(void);

/* ---- details.c ---- */

/* What is to be said about a child; owned by the caller. */
char *child_words(const struct running *running, const struct child_info *info);
char *child_may(const struct child_info *info);
char *child_grants_words(const struct child *child);
void child_show_output(struct running *running);

/* ---- clock.c ---- */

void clock_configure(struct launchpad *launchpad,
		     const struct config_node *root);
void clock_tick(void *launchpad);

/* ---- power.c ---- */

void power_told(void *launchpad, unsigned powers);
void power_configure(struct launchpad *launchpad,
		     const struct config_node *root);
void power_pressed(void *launchpad);
void power_forget(struct launchpad *launchpad);

#endif
