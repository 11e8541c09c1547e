/*
 * A scenario: the config of init.
 *
 *   <config ram_quota="2G">
 *     <theme mode="dark"/> <keyboard layout="de"/>
 *     <host ram_quota="256M" clients="32"/>
 *     <include path="more.xml"/>
 *     <start> ... </start>
 *   </config>
 */
#ifndef INIT_SCENARIO_H
#define INIT_SCENARIO_H

#include "base/base.h"
#include "child/child.h"

enum { SCENARIO_DEPTH_MAX = 8, SCENARIO_STARTS_MAX = 256 };

struct scenario {
	uint64_t ram_quota; /* 0: not said */
	uint64_t host_quota;
	unsigned host_clients; /* 0: refused */
	char *theme, *keyboard; /* the elements' text; NULL: none */
	bool stay; /* also when all its programs have ended */
	struct entry *entries, **end;
	unsigned count;
	unsigned lost; /* nodes that could not be used at all */
};

/* Reads an included file; the message on failure is the reader's business. */
typedef struct config *scenario_load_fn(void *user,
					const struct config_node *include,
					const char *path);

void scenario_init(struct scenario *scenario);
void scenario_finish(struct scenario *scenario);

/* Adds what `root` says; complaints go to the log, the rest counts. */
void scenario_read(struct scenario *scenario, const struct config_node *root,
		   scenario_load_fn *load, void *user);

/* Moves the entries of another one in front of ours. */
void scenario_put_front(struct scenario *scenario, struct scenario *other);

/* Takes the attributes of `theme` (an element's text) that ours lacks. */
void scenario_default_theme(struct scenario *scenario, const char *theme);

#endif
