#include <stdlib.h>
#include <string.h>

#include "child/grant.h"
#include "runner.h"

/* One <start> that runs, or is to run as soon as its predecessor is gone. */
struct place {
	struct entry *entry;
	struct child *child;
	struct child *before; /* ends; then `entry` is started */
	bool kept; /* by the scenario that is being applied */
	bool quota_due; /* another one than it has */
	struct place *next;
};

struct runner {
	struct loop *loop;
	struct family *family;
	struct place *places;
	unsigned ending; /* children that still hold what others are to get */
	bool due; /* somebody waits for that */
	bool ran;
};

struct runner *runner_create(struct loop *loop, struct family *family)
{
	struct runner *runner = xcalloc(1, sizeof(*runner));

	runner->loop = loop;
	runner->family = family;
	return runner;
}

static void free_place(struct place *place)
{
	entry_destroy(place->entry);
	free(place);
}

void runner_destroy(struct runner *runner)
{
	if (!runner)
		return;
	loop_undefer(runner->loop, runner);
	while (runner->places) {
		struct place *next = runner->places->next;

		free_place(runner->places);
		runner->places = next;
	}
	free(runner);
}

static bool same_text(const char *a, const char *b)
{
	return (!a && !b) || (a && b && !strcmp(a, b));
}

static bool same_pairs(const struct entry_pair *a, const struct entry_pair *b)
{
	for (; a && b; a = a->next, b = b->next)
		if (!same_text(a->name, b->name) ||
		    !same_text(a->value, b->value))
			return false;
	return !a && !b;
}

static bool same_routes(const struct entry_route *a,
			const struct entry_route *b)
{
	for (; a && b; a = a->next, b = b->next)
		if (a->target != b->target ||
		    !same_text(a->service, b->service) ||
		    !same_text(a->child, b->child))
			return false;
	return !a && !b;
}

/* The same program in the same way; config and quota may differ. */
static bool same_program(const struct entry *a, const struct entry *b)
{
	return same_text(a->filename, b->filename) &&
	       same_pairs(a->args, b->args) && same_pairs(a->env, b->env) &&
	       same_pairs(a->provides, b->provides) &&
	       same_routes(a->routes, b->routes) &&
	       grants_same(a->grants, b->grants) && a->restart == b->restart &&
	       a->power == b->power;
}

static struct place *add_place(struct runner *runner, const struct entry *entry,
			       struct child *child)
{
	struct place **at = &runner->places;
	struct place *place = xcalloc(1, sizeof(*place));

	while (*at)
		at = &(*at)->next;
	*place = (struct place){
		.entry = entry_copy(entry),
		.child = child,
		.kept = true,
	};
	*at = place;
	return place;
}

/* The first place of that name which no entry has taken yet. */
static struct place *take_place(struct runner *runner, const char *name)
{
	struct place *place = runner->places;

	while (place && (place->kept || strcmp(place->entry->name, name)))
		place = place->next;
	if (place)
		place->kept = true;
	return place;
}

static void end_child(struct runner *runner, struct child *child)
{
	runner->ending++;
	family_end(runner->family, child);
}

static void change_place(struct runner *runner, struct place *place,
			 const struct entry *entry)
{
	const bool same = same_program(place->entry, entry);
	const bool same_config = same_text(place->entry->config.text,
					   entry->config.text) &&
				 same_text(place->entry->config.file,
					   entry->config.file);
	const uint64_t quota = place->entry->ram_quota;

	entry_destroy(place->entry);
	place->entry = entry_copy(entry);
	if (place->before)
		return;
	if (!same || !place->child) {
		/* Its name is free only when it is gone. */
		if (place->child) {
			place->before = place->child;
			place->child = NULL;
			end_child(runner, place->before);
		}
		return;
	}
	place->quota_due |= quota != entry->ram_quota;
	if (!same_config)
		family_set_config(runner->family, place->child, &entry->config);
}

static void drop_others(struct runner *runner)
{
	struct place *place, *next;

	for (place = runner->places; place; place = next) {
		struct place **at = &runner->places;

		next = place->next;
		if (place->kept)
			continue;
		while (*at != place)
			at = &(*at)->next;
		*at = place->next;
		if (place->child)
			end_child(runner, place->child);
		free_place(place);
	}
}

static void start_all(struct runner *runner, const struct scenario *scenario)
{
	const struct entry *entry;
	struct child *child;

	family_start_all(runner->family, scenario->entries);
	/* Those that could not even be tried have no child. */
	child = family_first(runner->family);
	for (entry = scenario->entries; entry; entry = entry->next) {
		const bool its = child &&
				 !strcmp(child_entry(child)->name, entry->name);

		add_place(runner, entry, its ? child : NULL);
		if (its)
			child = child_next(child);
	}
}

static bool more_comes(const struct runner *runner)
{
	return runner->ending || family_returning(runner->family);
}

static void set_quota(struct runner *runner, struct place *place)
{
	if (family_set_quota(runner->family, place->child,
			     entry_quota(place->entry)) == WIRE_OK) {
		place->quota_due = false;
	} else if (more_comes(runner)) {
		runner->due = true;
	} else {
		place->quota_due = false;
		log_warning("%s: its new quota is more than is left, or less "
			    "than it uses",
			    place->entry->name);
	}
}

static bool gets_more(const struct place *place)
{
	struct child_info info;

	child_get_info(place->child, &info);
	return entry_quota(place->entry) > info.quota;
}

/* Less for some first, so that there is more for others. */
static void set_quotas(struct runner *runner)
{
	struct place *place;
	int more;

	for (more = 0; more < 2; more++)
		for (place = runner->places; place; place = place->next)
			if (place->quota_due && place->child &&
			    gets_more(place) == more)
				set_quota(runner, place);
}

/* What is new, and what waited for the end of another, or for its quota. */
static void start_missing(struct runner *runner)
{
	struct place *place;

	for (place = runner->places; place; place = place->next) {
		if (place->child || place->before)
			continue;
		if (more_comes(runner) &&
		    entry_quota(place->entry) > family_left(runner->family)) {
			runner->due = true;
			continue;
		}
		place->quota_due = false;
		place->child = family_start(runner->family, place->entry, NULL);
	}
}

/* Those of the scenario that run get theirs before those that are new. */
static void go_on(void *user)
{
	struct runner *runner = user;

	runner->due = false;
	set_quotas(runner);
	start_missing(runner);
}

void runner_apply(struct runner *runner, const struct scenario *scenario)
{
	const struct entry *entry;
	struct place *place;

	family_set_defaults(runner->family, scenario->theme,
			    scenario->keyboard);
	if (!runner->ran) {
		runner->ran = true;
		start_all(runner, scenario);
		return;
	}
	for (place = runner->places; place; place = place->next)
		place->kept = false;
	for (entry = scenario->entries; entry; entry = entry->next) {
		place = take_place(runner, entry->name);
		if (place)
			change_place(runner, place, entry);
		else
			add_place(runner, entry, NULL);
	}
	drop_others(runner);
	go_on(runner);
}

/* Only when this call is over are names and quotas free. */
static void go_on_soon(struct runner *runner)
{
	loop_undefer(runner->loop, runner);
	loop_defer(runner->loop, go_on, runner);
}

void runner_removed(struct runner *runner, const struct child *child)
{
	struct place *place;

	if (runner->ending)
		runner->ending--;
	for (place = runner->places; place; place = place->next) {
		if (place->child == child)
			place->child = NULL;
		if (place->before != child)
			continue;
		place->before = NULL;
		runner->due = true;
	}
	runner_quota_changed(runner);
}

void runner_quota_changed(struct runner *runner)
{
	if (runner->due)
		go_on_soon(runner);
}
