/*
 * The children and their rows: states, use, failures in words.
 */
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "launchpad.h"

enum { SECOND_NS = 1000000000, LOOK_SECONDS = 10, DEAD_MAX = 8 };

/* Who fails this early has not started. */
static const uint64_t START_NS = 2000000000;

void show_quota(struct launchpad *launchpad)
{
	struct family *family = launchpad->family;

	if (!family)
		return;

	const uint64_t total = family_total(family);
	const uint64_t reserve = family_reserve(family);
	const struct panel_quota quota = {
		.total = total,
		.reserve = reserve,
		.children = total - reserve - family_left(family),
	};

	panel_set_quota(launchpad->panel, &quota);
}

struct running *running_find(struct launchpad *launchpad, const char *name)
{
	struct child_info info;

	for (struct running *r = launchpad->children; r; r = r->next) {
		child_get_info(r->child, &info);
		if (strcmp(info.name, name) == 0)
			return r;
	}
	return NULL;
}

static struct running *find(struct launchpad *launchpad,
			    const struct child *child)
{
	struct running *running = launchpad->children;

	while (running && running->child != child)
		running = running->next;
	return running;
}

static struct running *add(struct launchpad *launchpad, struct child *child,
			   const struct child_info *info)
{
	struct running *running = xcalloc(1, sizeof(*running)), **end;

	running->launchpad = launchpad;
	running->child = child;
	running->since = loop_now();
	running->row = panel_add_child(launchpad->panel, info->name, running);
	for (end = &launchpad->children; *end; end = &(*end)->next)
		;
	*end = running;
	return running;
}

/* ---- what is shown ---- */

/* State in words, for what isn't running. */
static char *note_of(const struct running *running,
		     const struct child_info *info)
{
	static const char *const words[] = {
		[CHILD_WAITING] = "waiting",
		[CHILD_STARTING] = "",
		[CHILD_RUNNING] = "",
		[CHILD_EXITED] = "exited",
		[CHILD_KILLED] = "killed",
		[CHILD_QUOTA] = "out of memory",
		[CHILD_LOCKED_OUT] = "locked out",
	};
	const char *word = words[info->state];

	if (*info->reason &&
	    (info->state == CHILD_WAITING || !running->was_running))
		return xstrdup(info->reason);
	if (!*word || !*info->reason || info->state == CHILD_LOCKED_OUT)
		return xstrdup(word);
	return xasprintf("%s: %s", word, info->reason);
}

static uint64_t quota_of(const struct running *running,
			 const struct child_info *info)
{
	/* A dead one has none: what it would get. */
	return child_is_alive(running->child)
		       ? info->quota
		       : entry_quota(child_entry(running->child));
}

static void show(struct running *running, const struct child_info *info)
{
	char *note = note_of(running, info);
	char *words = child_words(running, info);
	char *may = child_may(info);
	char *grants = child_grants_words(running->child);
	bool alive = child_is_alive(running->child);
	struct panel_child_state state = {
		.alive = alive,
		.running = info->state == CHILD_RUNNING,
		.note = note,
		.words = words,
		.grants = alive ? may : "",
		.grant_list = grants ? grants : "",
		.used = !running->measured            ? BAR_UNKNOWN
			: running->used < info->quota ? running->used
						      : info->quota,
		.quota = quota_of(running, info),
	};

	panel_update_child(running->row, &state);
	if (panel_child_is_open(running->row))
		child_show_output(running);
	free(grants);
	free(may);
	free(words);
	free(note);
}

static const char *last_line(const struct child *child)
{
	const char *line, *last = NULL;

	for (unsigned i = 0; (line = child_log_line(child, i)); i++)
		last = line;
	return last;
}

/* Once for each failure: the reason, and what the program said last. */
static void tell_failure(struct running *running, const struct child_info *info)
{
	const char *line = last_line(running->child);
	/* The reason may have it already. */
	bool more = line && !strstr(info->reason, line);
	bool started = running->was_running &&
		       loop_now() > running->since + START_NS;
	char *title = xasprintf(started ? "%s ended" : "%s did not start",
				info->name);
	char *text = xasprintf("%s%s%s",
			       *info->reason ? info->reason
					     : child_state_name(info->state),
			       more ? "\n" : "", more ? line : "");

	running->told = true;
	tell_matter(running->launchpad, title, text, info->name,
		    child_entry(running->child)->name);
	free(title);
	free(text);
}

/* ---- use ---- */

/* How much of one CPU since the last time. */
static float cpu_since(struct running *running, uint64_t cpu)
{
	uint64_t now = loop_now(), length = now - running->cpu_at;
	uint64_t used = cpu > running->cpu ? cpu - running->cpu : 0;
	bool first = !running->cpu_at || !length;

	running->cpu = cpu;
	running->cpu_at = now;
	return first ? 0 : (float)((double)used / (double)length);
}

static void measure_one(struct running *running)
{
	struct child_usage usage;
	struct child_info info;

	child_measure(running->child, &usage);
	running->used = usage.used;
	running->measured = true;
	child_get_info(running->child, &info);
	panel_measured(running->row, cpu_since(running, usage.cpu_ns),
		       running->used, info.quota);
	show(running, &info);
}

static void measure(struct launchpad *launchpad)
{
	for (struct running *r = launchpad->children; r; r = r->next)
		if (r->row && child_is_alive(r->child))
			measure_one(r);
}

static bool any_unfolded(const struct launchpad *launchpad)
{
	for (const struct running *r = launchpad->children; r; r = r->next)
		if (r->row && child_is_alive(r->child) &&
		    panel_child_is_open(r->row))
			return true;
	return false;
}

static bool is_looked_at(const struct launchpad *launchpad)
{
	return launchpad->children &&
	       (any_unfolded(launchpad) ||
		loop_now() + SECOND_NS < launchpad->sample_until);
}

void children_sample(void *user)
{
	struct launchpad *launchpad = user;

	measure(launchpad);
	if (!window_ui(launchpad->window)->reduced && is_looked_at(launchpad))
		timer_set_in(&launchpad->sample, SECOND_NS);
}

/* Numbers that change by themselves are motion, too. */
void children_look(void *user)
{
	struct launchpad *launchpad = user;

	if (window_ui(launchpad->window)->reduced)
		return;
	launchpad->sample_until = loop_now() +
				  (uint64_t)LOOK_SECONDS * SECOND_NS;
	if (!timer_is_set(&launchpad->sample) && launchpad->children)
		timer_set_in(&launchpad->sample, SECOND_NS);
}

void child_unfolded(void *user, void *tag, bool open)
{
	struct launchpad *launchpad = user;

	if (!open)
		return;
	child_show_output(tag);
	/* Once also where nothing may move. */
	measure(launchpad);
	children_look(launchpad);
}

/* ---- family ---- */

static bool is_over(const struct running *running)
{
	struct child_info info;

	if (child_is_alive(running->child))
		return false;
	child_get_info(running->child, &info);
	return !info.restarts && info.state != CHILD_LOCKED_OUT;
}

/* The same once more, in new processes. */
static void start_again(struct launchpad *launchpad)
{
	while (launchpad->again) {
		struct entry *entry = launchpad->again;
		struct child *child;
		struct running *running;

		launchpad->again = entry->next;
		entry->next = NULL;
		child = family_start(launchpad->family, entry, NULL);
		running = child ? find(launchpad, child) : NULL;
		if (running && running->row)
			panel_open_child(running->row, launchpad->again_open);
		entry_destroy(entry);
	}
}

/* Programs that come and go all day would fill the window, and the memory.
 * The longest started go first. */
void children_tidy(void *user)
{
	struct launchpad *launchpad = user;
	struct running *running, *next;
	unsigned dead = 0;

	start_again(launchpad);
	for (running = launchpad->children; running; running = running->next)
		dead += is_over(running);
	for (running = launchpad->children; running && dead > DEAD_MAX;
	     running = next) {
		next = running->next;
		if (is_over(running)) {
			dead--;
			family_kill(launchpad->family, running->child);
		}
	}
}

static void on_changed(void *user, struct child *child)
{
	struct launchpad *launchpad = user;
	struct running *running = find(launchpad, child);
	struct child_info info;

	child_get_info(child, &info);
	if (!running)
		running = add(launchpad, child, &info);
	if (!running->row)
		return; /* the user ended it */
	if (info.state == CHILD_RUNNING)
		running->was_running = true;
	if (child_is_alive(child)) {
		running->told = false;
	} else {
		running->asked = false;
		questions_forget(launchpad, child);
		running->measured = false;
		running->cpu_at = 0;
		timer_set_in(&launchpad->tidy, 0);
	}
	show(running, &info);
	if (info.failed && !running->told)
		tell_failure(running, &info);
	children_look(launchpad);
}

static void drop_row(struct running *running)
{
	if (running->row)
		panel_remove_child(running->row);
	running->row = NULL;
}

static void forget(struct running *running)
{
	struct running **at = &running->launchpad->children;

	while (*at != running)
		at = &(*at)->next;
	*at = running->next;
	drop_row(running);
	kin_forget(running);
	free(running);
}

static void on_removed(void *user, struct child *child)
{
	struct launchpad *launchpad = user;
	struct running *running = find(launchpad, child);
	struct entry *again = running ? running->again : NULL;
	bool open = running && running->row &&
		    panel_child_is_open(running->row);

	questions_forget(launchpad, child);
	if (running)
		forget(running);
	if (!again)
		return;
	/* It is still on the family's list: its name is free after this. */
	again->next = launchpad->again;
	launchpad->again = again;
	launchpad->again_open = open;
	timer_set_in(&launchpad->tidy, 0);
}

static void on_quota_changed(void *user)
{
	show_quota(user);
}

/* It is near its limit: that is worth a look at once. */
static void on_memory_event(void *user, struct child *child)
{
	struct running *running = find(user, child);

	if (running && running->row && child_is_alive(child) &&
	    !window_ui(running->launchpad->window)->reduced)
		measure_one(running);
}

static void on_stopped(void *user)
{
	struct launchpad *launchpad = user;

	loop_stop(launchpad->component.loop, 0);
}

const struct family_handler children_handler = {
	.changed = on_changed,
	.removed = on_removed,
	.quota_changed = on_quota_changed,
	.start = start_asked,
	.memory_event = on_memory_event,
	.resource_request = resource_asked,
	.report = kin_reported,
	.stopped = on_stopped,
};

void child_kill_pressed(void *user, void *tag)
{
	struct launchpad *launchpad = user;
	struct running *running = tag;
	struct child *child = running->child;

	/* Somebody looks at it: its last words stay. */
	if (child_is_alive(child) && panel_child_is_open(running->row)) {
		family_kill_by_user(launchpad->family, child);
		return;
	}
	/* Its row goes at once; what is left of it ends later. */
	drop_row(running);
	family_kill(launchpad->family, child);
}

void child_restart_pressed(void *user, void *tag)
{
	struct launchpad *launchpad = user;
	struct running *running = tag;
	struct child *child = running->child;
	struct child_info info;

	if (running->again)
		return;
	running->since = loop_now();
	running->was_running = false;
	running->told = false;
	if (!child_is_alive(child)) {
		family_restart(launchpad->family, child);
		return;
	}
	/* It starts again when it is gone: see on_removed. */
	running->again = entry_copy(child_entry(child));
	child_get_info(child, &info);
	running->again->ram_quota = info.quota;
	family_end(launchpad->family, child);
}

void child_raise_pressed(void *user, void *tag)
{
	struct launchpad *launchpad = user;
	struct running *running = tag;
	struct child_info info;

	child_get_info(running->child, &info);
	window_raise_child(launchpad->window, info.name);
}

void child_limit_set(void *user, void *tag, uint64_t bytes)
{
	struct launchpad *launchpad = user;
	struct running *running = tag;
	enum wire_status status = family_set_quota(launchpad->family,
						   running->child, bytes);
	char text[QUOTA_TEXT_MAX], *problem;
	struct child_info info;

	child_get_info(running->child, &info);
	if (status == WIRE_OK) {
		panel_set_problem(running->row, "");
	} else {
		quota_format(child_used(running->child), text);
		problem = xasprintf("It uses %s, and can't get less.", text);
		panel_set_problem(running->row, problem);
		free(problem);
	}
	show(running, &info);
}

void children_finish(struct launchpad *launchpad)
{
	while (launchpad->again) {
		struct entry *next = launchpad->again->next;

		entry_destroy(launchpad->again);
		launchpad->again = next;
	}
	while (launchpad->children) {
		struct running *next = launchpad->children->next;

		entry_destroy(launchpad->children->again);
		kin_forget(launchpad->children);
		free(launchpad->children);
		launchpad->children = next;
	}
}
