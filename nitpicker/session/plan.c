/*
 * Batches of records: what the earlier ones will create and destroy is kept in
 * a short list.
 */
#include "session/plan.h"

struct planned {
	uint32_t id, parent, depth;
	bool exists;
};

struct plan {
	record_lookup *lookup;
	const void *user;
	struct planned list[LIMIT_RECORDS];
	int count;
	uint32_t views, views_max;
};

/* The index of the last plan with that view, -1: none. */
static int planned(const struct plan *plan, uint32_t id)
{
	int i = plan->count - 1;
	while (i >= 0 && plan->list[i].id != id)
		i--;
	return i;
}

/* False when there will be no such view: it goes with its parent, also when
 * another one of the parent's name comes after that. */
static bool will_exist(const struct plan *plan, uint32_t id, uint32_t *depth)
{
	int at = planned(plan, id), above;

	for (bool own = true;; own = false, at = above) {
		const struct planned *entry = at < 0 ? NULL : &plan->list[at];
		struct planned view = { .id = id };

		if (entry)
			view = *entry;
		else
			view.exists = plan->lookup(plan->user, id, &view.parent,
						   &view.depth);
		if (!view.exists)
			return false;
		if (own)
			*depth = view.depth;
		id = view.parent;
		above = planned(plan, id);
		if (!id || above > at)
			return !id;
	}
}

static enum wire_status plan_create(struct plan *plan,
				    const struct record *record)
{
	const struct view_create *create = record->fields;
	struct planned entry = { record->view, create->parent, 0, true };

	if (!entry.id || will_exist(plan, entry.id, &entry.depth))
		return WIRE_INVALID;
	entry.depth = 0;
	if (entry.parent) {
		if (!will_exist(plan, entry.parent, &entry.depth))
			return WIRE_INVALID;
		entry.depth++;
	}
	if (entry.depth > LIMIT_VIEW_DEPTH || plan->views == LIMIT_VIEWS)
		return WIRE_INVALID;
	if (plan->views >= plan->views_max)
		return WIRE_QUOTA_EXCEEDED;
	plan->views++;
	plan->list[plan->count++] = entry;
	return WIRE_OK;
}

static enum wire_status plan_record(struct plan *plan,
				    const struct record *record)
{
	const struct view_front_of *next = record->fields;
	bool exists;
	uint32_t depth;

	if (record->op == OP_view_create)
		return plan_create(plan, record);
	exists = will_exist(plan, record->view, &depth);
	if (record->op == OP_view_destroy) {
		/* One that went with its parent may be destroyed again. */
		if (exists) {
			plan->views--;
			plan->list[plan->count++].id = record->view;
		}
		return WIRE_OK;
	}
	if (record->op == OP_view_front_of || record->op == OP_view_behind_of)
		exists = exists && next->neighbour != record->view &&
			 will_exist(plan, next->neighbour, &depth);
	return exists ? WIRE_OK : WIRE_INVALID;
}

enum wire_status record_plan(struct record_walk records, record_lookup *lookup,
			     const void *user, uint32_t views,
			     uint32_t views_max)
{
	struct plan plan = { .lookup = lookup,
			     .user = user,
			     .views = views,
			     .views_max = views_max };
	enum wire_status status = WIRE_OK;
	struct record record;

	while (status == WIRE_OK && record_next(&records, &record))
		status = plan_record(&plan, &record);
	return status;
}
