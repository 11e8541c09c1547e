/*
 * Grants: what a child may reach besides what every child has.
 */
#ifndef CHILD_GRANT_H
#define CHILD_GRANT_H

#include "base/base.h"
#include "child.h"

enum { GRANTS_MAX = 32 /* of one child */ };

/* Reads <filesystem path= writable=>, <device path=> and <network/> below
 * `node`, appended to *list. "~" at the start of a path is the home. */
void grants_parse(const struct config_node *node, struct entry_grant **list);

struct entry_grant *grants_copy(const struct entry_grant *from);
/* Appends copies of `from`. */
void grants_add(struct entry_grant **list, const struct entry_grant *from);
bool grants_same(const struct entry_grant *a, const struct entry_grant *b);
void grants_destroy(struct entry_grant *list);

/* Files, network and devices of a list; nothing else of *sum is touched. */
void grants_sum(const struct entry_grant *list, struct child_grants *sum);

/* "writes /home/x"; owned by the caller. */
char *grant_describe(const struct entry_grant *grant);

#endif
