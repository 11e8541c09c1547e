/*
 * Whether a batch of records can be done as a whole: all names of views are
 * there when they are needed, no view is too deep, there are not too many.
 */
#ifndef SESSION_PLAN_H
#define SESSION_PLAN_H

#include "session/records.h"

/* False: there is no view of that name now. */
typedef bool record_lookup(const void *user, uint32_t id, uint32_t *parent,
			   uint32_t *depth);

/*
 * WIRE_OK, WIRE_INVALID, or WIRE_QUOTA_EXCEEDED when there would be more than
 * `views_max` views. `views`: how many there are now. A view goes with its
 * parent; after that it may be destroyed once more.
 */
enum wire_status record_plan(struct record_walk records, record_lookup *lookup,
			     const void *user, uint32_t views,
			     uint32_t views_max);

#endif
