/*
 * launchpad: what its parts share.
 */
#ifndef LAUNCHPAD_LAUNCHPAD_H
#define LAUNCHPAD_LAUNCHPAD_H

#include "child/child.h"
#include "panel.h"
#include "scout/widget/window.h"
#include "session/component.h"

struct launchpad;

/* An entry of the launcher. */
struct program {
	struct launchpad *launchpad;
	struct program *next;
	struct entry *entry;
	uint64_t standard; /* quota of the config, bytes */
	uint64_t quota; /* as the user set it */
	struct panel_entry *row;
};

/* A child that has a row. */
struct running {
	struct launchpad *launchpad;
	struct running *next;
	struct child *child;
	struct panel_child *row; /* NULL: the user ended it */
	uint64_t since; /* ns, when its row came */
	bool was_running; /* it was up once */
	bool told; /* its failure was shown */
	bool measured; /* `used` means something */
	uint64_t used; /* bytes */
};

struct launchpad {
	struct component component;
	struct window *window;
	struct panel *panel;
	struct family *family;
	uint64_t total; /* own quota, bytes; 0: not known yet */
	struct program *programs;
	struct running *children;
	struct timer clock; /* for the numbers of use */
	uint64_t clock_until; /* ns; nobody looks after that */
	struct timer tidy; /* takes rows of the dead off */
};

/* ---- programs ---- */

/* Takes over the entries of a config; keeps quotas that the user set. */
void programs_read(struct launchpad *launchpad, const struct config_node *root);
void programs_finish(struct launchpad *launchpad);
void program_start(void *launchpad, void *program);
void program_set_quota(void *launchpad, void *program, uint64_t bytes);

/* ---- children ---- */

extern const struct family_handler children_handler;
void children_finish(struct launchpad *launchpad);
void child_kill_pressed(void *launchpad, void *running);
/* Somebody looks: numbers of use are live for a while. */
void children_look(void *launchpad);
void children_clock(void *launchpad);
/* Only the latest of the dead keep their rows. */
void children_tidy(void *launchpad);
void show_quota(struct launchpad *launchpad);

#endif
