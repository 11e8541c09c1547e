/*
 * Brings a family to what a scenario says, and keeps it there when the
 * scenario changes.
 */
#ifndef INIT_RUNNER_H
#define INIT_RUNNER_H

#include "scenario.h"

struct runner;

struct runner *runner_create(struct loop *loop, struct family *family);
void runner_destroy(struct runner *runner);

/*
 * Starts what is new, stops what is gone, hands on changed configs, restarts
 * what is to run differently. Entries are told apart by their names, those of
 * the same name by their order.
 */
void runner_apply(struct runner *runner, const struct scenario *scenario);

/* To be called from the family's `removed`. */
void runner_removed(struct runner *runner, const struct child *child);
/* From its `quota_changed`. */
void runner_quota_changed(struct runner *runner);

#endif
