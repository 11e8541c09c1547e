/*
 * Children of children: what the parents among our children report about
 * theirs, at any depth.
 */
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "launchpad.h"

enum { KIN_MAX = 64 /* rows of one child */ };

#define JOINT " -> "

static void free_report(struct kin_report *report)
{
	free(report->label);
	free(report->xml);
	free(report);
}

void kin_forget(struct running *running)
{
	while (running->kin) {
		struct kin_report *next = running->kin->next;

		free_report(running->kin);
		running->kin = next;
	}
}

/* The latest text of a label takes the place of the one before; empty: there
 * is none any more. */
static void keep(struct running *running, const char *label, const char *xml,
		 size_t bytes)
{
	struct kin_report **at = &running->kin, *report;

	while (*at && strcmp((*at)->label, label))
		at = &(*at)->next;
	if (!bytes) {
		report = *at;
		if (report) {
			*at = report->next;
			free_report(report);
		}
		return;
	}
	if (!*at) {
		*at = xcalloc(1, sizeof(**at));
		(*at)->label = xstrdup(label);
	}
	free((*at)->xml);
	(*at)->xml = xstrndup(xml, bytes);
}

struct listing {
	const struct running *running;
	struct panel_kin list[KIN_MAX];
	char *texts[3 * KIN_MAX]; /* to be freed */
	size_t count, text_count;
};

static const char *take(struct listing *listing, char *text)
{
	listing->texts[listing->text_count++] = text;
	return text;
}

/* What stands instead of its bar; owned by the caller. */
static char *words_of(const char *state)
{
	if (!strcmp(state, "running"))
		return xstrdup("");
	if (!strcmp(state, "quota"))
		return xstrdup("out of memory");
	return xstrdup(strcmp(state, "locked_out") ? state : "locked out");
}

static void list_below(struct listing *listing, const char *label,
		       unsigned depth);

static void list_one(struct listing *listing, const struct config_node *node,
		     const char *above, unsigned depth)
{
	const char *name = config_attribute(node, "name");
	const char *state = config_attribute(node, "state");
	int64_t quota = 0, used = 0;
	const char *label;

	if (!name || !state || listing->count == KIN_MAX)
		return;
	config_get_int(node, "quota", 0, INT64_MAX, &quota);
	config_get_int(node, "used", 0, INT64_MAX, &used);
	label = take(listing, xasprintf("%s%s%s", above, JOINT, name));
	listing->list[listing->count++] = (struct panel_kin){
		.label = label,
		.name = take(listing, xstrdup(name)),
		.note = take(listing, words_of(state)),
		.depth = depth,
		.used = (uint64_t)used,
		.quota = (uint64_t)quota,
	};
	list_below(listing, label, depth + 1);
}

static void list_below(struct listing *listing, const char *label,
		       unsigned depth)
{
	const struct kin_report *report = listing->running->kin;
	const struct config_node *node;
	struct config *config;

	while (report && strcmp(report->label, label))
		report = report->next;
	config = report ? config_parse(report->xml, strlen(report->xml),
				       "children", 1, 1, NULL)
			: NULL;
	if (!config)
		return;
	for (node = config_child(config_root(config), "child"); node;
	     node = config_next(node, "child"))
		list_one(listing, node, label, depth);
	config_destroy(config);
}

void kin_show(struct running *running)
{
	struct listing *listing = xcalloc(1, sizeof(*listing));
	struct child_info info;

	child_get_info(running->child, &info);
	listing->running = running;
	list_below(listing, info.name, 1);
	panel_set_kin(running->row, listing->list, listing->count);
	while (listing->text_count)
		free(listing->texts[--listing->text_count]);
	free(listing);
}

void kin_reported(void *user, const char *label, const char *name,
		  const char *xml, size_t bytes)
{
	struct launchpad *launchpad = user;
	const char *joint = strstr(label, JOINT);
	char *first = xstrndup(label,
			       joint ? (size_t)(joint - label) : strlen(label));
	struct running *running = running_find(launchpad, first);

	free(first);
	if (strcmp(name, "children") || !running)
		return;
	keep(running, label, xml, bytes);
	if (running->row)
		kin_show(running);
	children_look(launchpad);
}

char *kin_reports_wanted(void)
{
	const char *wanted = getenv("NITPICKER_REPORTS");

	if (!wanted || !*wanted)
		return xstrdup("children");
	if (!strcmp(wanted, "all"))
		return xstrdup(wanted);
	return xasprintf("%s children", wanted);
}
