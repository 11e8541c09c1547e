/*
 * Where a family makes the groups of its children.
 */
#ifndef CHILD_GROUPS_H
#define CHILD_GROUPS_H

#include <stdbool.h>

/* The group of a parent's own process, beside those of its children. */
#define OWN_GROUP "self"

enum {
	WEIGHT = 100, /* of a child; v2's default, 1024 shares of v1 are 100 */
	WEIGHT_SERVER = 1000,
	WEIGHT_FAMILY = 1000, /* of all, beside single processes of the host */
};

/*
 * Makes or finds the folder of our groups in a hierarchy (v2: `controller`
 * NULL); NULL if it is not for us. Owned by the caller. *ours: it was made, and
 * is to be removed at the end. Removes what desktops left that were killed.
 */
char *groups_find(const char *controller, bool *ours);

/* Whether groups_find would find one in any hierarchy; changes nothing. */
bool groups_are_writable(void);

/* v2: groups below `folder` get limits of memory, processes and CPU time. */
bool groups_enable(const char *folder);

/* A share of the CPU beside other groups of that folder. */
void groups_set_weight(const char *group, const char *controller,
		       unsigned weight);

#endif
