/*
 * Component descriptions: PROGRAM.xml beside a program of the suite says what
 * it needs and may do, unless an entry says otherwise.
 */
#ifndef CHILD_DESCRIPTION_H
#define CHILD_DESCRIPTION_H

#include <stdbool.h>
#include <stdint.h>

#include "base/base.h"
#include "child.h"

struct description {
	uint64_t ram_quota; /* 0: not said */
	bool driver; /* gets the display's environment and NITPICKER_RUNTIME */
	bool hosted; /* a driver that reaches for the host itself: no sandbox */
	bool serio; /* it drives the PS/2 ports, see serio.h */
	bool confined; /* gives up its rights itself: runs without a sandbox */
	bool linux_programs; /* it runs some: they see what others do of /etc */
	bool is_parent; /* has children of its own: labels and reports below */
	struct entry_pair *provides, *uses;
	struct entry_pair *programs; /* of its folder that it runs itself */
	struct entry_grant *grants;
};

/* Reads the description of an absolute program path; without one, or with a
 * malformed one (one line), all is empty. */
void description_read(struct description *description, const char *program);
void description_finish(struct description *description);

/* <service name=/> nodes below `node` (may be NULL), appended to *list. */
void description_services(const struct config_node *node,
			  struct entry_pair **list);

bool entry_pairs_have(const struct entry_pair *list, const char *name);
void entry_pairs_destroy(struct entry_pair *list);

/* The absolute path of a program: one of the suite by its name, or absolute.
 * NULL for other relative paths. *suite: it lies beside our own program. */
char *program_path(const char *filename, bool *suite);

#endif
