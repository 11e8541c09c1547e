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
	struct place *next;
};

struct runner {
	struct loop *loop;
	struct family *family;
	struct place *places;
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

static void change_place(struct runner *runner, struct place *place,
			 const struct entry *entry)
{
	struct family *family = runner->family;
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
			family_end(family, place->before);
		}
		return;
	}
	if (quota != entry->ram_quota &&
	    family_set_quota(family, place->child, entry_quota(entry)) !=
		    WIRE_OK)
		log_warning("%s: its new quota is more than is left, or less "
			    "than it uses",
			    entry->name);
	if (!same_config)
		family_set_config(family, place->child, &entry->config);
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
			family_end(runner->family, place->child);
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

/* What is new, and what waited for the end of another. */
static void start_missing(void *user)
{
	struct runner *runner = user;
	struct place *place;

	for (place = runner->places; place; place = place->next)
		if (!place->child && !place->before)
			place->child = family_start(runner->family,
						    place->entry, NULL);
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
	start_missing(runner);
}

void runner_removed(struct runner *runner, const struct child *child)
{
	struct place *place;

	for (place = runner->places; place; place = place->next) {
		if (place->child == child)
			place->child = NULL;
		if (place->before == child) {
			place->before = NULL;
			/* Only when this call is over is the name free. */
			loop_undefer(runner->loop, runner);
			loop_defer(runner->loop, start_missing, runner);
		}
	}
}
