/* Children begin. */
#include <stdlib.h>
#include <string.h>

#include "family.h"

static void link_child(struct family *family, struct child *child)
{
	child->previous = family->last;
	if (family->last)
		family->last->next = child;
	else
		family->first = child;
	family->last = child;
}

void child_unlink(struct child *child)
{
	struct family *family = child->family;

	if (child->previous)
		child->previous->next = child->next;
	else
		family->first = child->next;
	if (child->next)
		child->next->previous = child->previous;
	else
		family->last = child->previous;
}

void child_free(struct child *child)
{
	size_t n;

	requests_forget(child);
	timer_finish(&child->kill_timer);
	timer_finish(&child->restart_timer);
	output_finish(&child->output);
	entry_destroy(child->entry);
	entry_pairs_destroy(child->may_provide);
	entry_pairs_destroy(child->helpers);
	grants_destroy(child->grants);
	for (n = 0; child->grant_words && child->grant_words[n]; n++)
		free(child->grant_words[n]);
	free(child->grant_words);
	free(child->waits_for);
	free(child->sent_text);
	entry_pairs_destroy(child->announced);
	memos_destroy(&child->providers);
	memos_destroy(&child->locked);
	free(child->name);
	free(child->label);
	free(child->program);
	free(child->reason);
	free(child->last_words);
	free(child->kept);
	free(child);
}

/* ---- start ---- */

static char *unique_name(struct family *family, const char *wished)
{
	char name[CHILD_NAME_MAX + 1];
	unsigned n = 1;

	do
		label_instance_name(name, wished, n++);
	while (family_find(family, name));
	return xstrdup(name);
}

/* Says what can't be, in the log and to the caller. */
static void refuse(char **problem, char *text)
{
	log_error("%s", text);
	if (problem)
		*problem = text;
	else
		free(text);
}

static void start_over(void *user);

static void put_grants_in_words(struct child *child)
{
	const struct entry_grant *grant;
	size_t n = 0;

	for (grant = child->grants; grant; grant = grant->next)
		n++;
	child->grant_words = xcalloc(n + 1, sizeof(*child->grant_words));
	n = 0;
	for (grant = child->grants; grant; grant = grant->next)
		child->grant_words[n++] = grant_describe(grant);
}

static struct child *make_child(struct family *family,
				const struct entry *entry)
{
	struct description description = { 0 };
	struct child *child = xcalloc(1, sizeof(*child));

	*child = (struct child){
		.family = family,
		.entry = entry_copy(entry),
		.name = unique_name(family, entry->name),
		.reason = xstrdup(""),
		.waits_for = xstrdup(""),
		.grants = grants_copy(entry->grants),
		.problem_fd = -1,
		.account = &child->own_account,
		.output = { .fd = -1 },
	};
	child->label = xstrdup(child->name);
	child->program = program_path(entry->filename, &child->suite);
	child->runs_linux = !child->suite;
	if (child->suite) {
		description_read(&description, child->program);
		child->is_parent = description.is_parent;
		child->is_driver = description.driver;
		child->is_hosted = description.hosted;
		child->has_serio = description.serio;
		child->is_confined = description.confined;
		child->runs_linux = description.linux_programs;
		child->may_provide = description.provides;
		child->helpers = description.programs;
		description.provides = description.programs = NULL;
		grants_add(&child->grants, description.grants);
	}
	description_finish(&description);
	put_grants_in_words(child);
	timer_init(&child->restart_timer, family->loop, start_over, child);
	timer_init(&child->kill_timer, family->loop, child_grace_is_over,
		   child);
	return child;
}

/* Gives a dead or new child its quota; false with a reason if none is left. */
static bool assign(struct child *child)
{
	const uint64_t wanted = entry_quota(child->entry);
	uint64_t granted;

	if (child->account->assigned)
		return true;
	granted = quota_assign(&child->family->pool, child->account, wanted);
	if (!granted) {
		child_set_reason(child, "no memory left of the quota");
		return false;
	}
	if (granted < wanted)
		log_warning("%s wants %llu KiB, gets the %llu KiB that are "
			    "left",
			    child->name, (unsigned long long)wanted >> 10,
			    (unsigned long long)granted >> 10);
	return true;
}

static void begin(struct child *child)
{
	struct family *family = child->family;

	child->state = CHILD_STARTING;
	child->failed = child->was_killed = child->ready = false;
	child->program_pid = 0;
	child->peak = 0;
	child->locked_out = child->over_quota = child->killed_by_user = false;
	child->order = ++family->last_order;
	free(child->last_words);
	child->last_words = NULL;
	child_set_reason(child, "%s", "");
	family_send_configs(family);
	if (child_launch(child)) {
		child_changed(child);
	} else {
		log_error("%s did not start: %s", child->name, child->reason);
		child_ended(child, CHILD_EXITED, true);
	}
}

static bool can_start(struct family *family, const struct entry *entry,
		      char **problem)
{
	bool suite;
	char *program = program_path(entry->filename, &suite);

	if (family->stopping)
		refuse(problem, xasprintf("%s: not started, we are ending",
					  entry->name));
	else if (!program || !child_name_is_valid(entry->name))
		refuse(problem, xasprintf("%s: no valid name or file name",
					  entry->name));
	else if (!family->parent && !strcmp(entry->name, "host"))
		refuse(problem, xstrdup("host: this name is reserved for "
					"programs of the host"));
	else if (!quota_left(&family->pool))
		refuse(problem, xasprintf("%s: not started, no memory left of "
					  "the quota",
					  entry->name));
	else
		return free(program), true;
	free(program);
	return false;
}

struct child *family_start(struct family *family, const struct entry *entry,
			   char **problem)
{
	struct child *child;

	if (problem)
		*problem = NULL;
	if (!can_start(family, entry, problem))
		return NULL;
	child = make_child(family, entry);
	link_child(family, child);
	assign(child);
	family_quota_changed(family);
	begin(child);
	return child;
}

/* Drivers, the server, and who has programs of its own to start (which the user
 * waits for) are begun before what stands around them. */
static void begin_all(struct child *child, bool first)
{
	for (; child; child = child->next)
		if (first == (child->is_driver || child->is_confined ||
			      child->is_parent))
			begin(child);
}

void family_start_all(struct family *family, const struct entry *entries)
{
	struct child *child, *first_new = NULL;
	const struct entry *entry;

	for (entry = entries; entry; entry = entry->next) {
		if (!can_start(family, entry, NULL))
			continue;
		child = make_child(family, entry);
		link_child(family, child);
		assign(child);
		if (!first_new)
			first_new = child;
	}
	family_quota_changed(family);
	begin_all(first_new, true);
	begin_all(first_new, false);
}

bool family_restart(struct family *family, struct child *child)
{
	if (child_is_alive(child) || family->stopping)
		return false;
	timer_cancel(&child->restart_timer);
	child->removing = false;
	if (!assign(child)) {
		child_changed(child);
		return false;
	}
	family_quota_changed(family);
	begin(child);
	return true;
}

static void start_over(void *user)
{
	struct child *child = user;

	family_restart(child->family, child);
}
