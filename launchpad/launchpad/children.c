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
	panel_set_quota(launchpad->panel,
			family_total(family) - family_left(family),
			family_total(family));
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
	running->row = panel_add_child(launchpad->panel, info->name,
				       info->filename, running);
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

static void show(struct running *running, const struct child_info *info)
{
	char *note = note_of(running, info);
	struct panel_child_state state = {
		.running = info->state == CHILD_RUNNING,
		.note = note,
		.used = !running->measured            ? BAR_UNKNOWN
			: running->used < info->quota ? running->used
						      : info->quota,
		.quota = info->quota,
	};

	panel_update_child(running->launchpad->panel, running->row, &state);
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
	bool started = running->was_running &&
		       loop_now() > running->since + START_NS;
	char *title = xasprintf(started ? "%s ended" : "%s did not start",
				info->name);
	char *text = xasprintf("%s%s%s",
			       *info->reason ? info->reason
					     : child_state_name(info->state),
			       line ? "\n" : "", line ? line : "");

	running->told = true;
	window_message(running->launchpad->window, title, text);
	free(title);
	free(text);
}

/* ---- use ---- */

static void measure(struct launchpad *launchpad)
{
	for (struct running *r = launchpad->children; r; r = r->next) {
		struct child_info info;

		if (!r->row || !child_is_alive(r->child))
			continue;
		r->used = child_used(r->child);
		r->measured = true;
		child_get_info(r->child, &info);
		show(r, &info);
	}
}

void children_clock(void *user)
{
	struct launchpad *launchpad = user;

	measure(launchpad);
	if (launchpad->children && !window_ui(launchpad->window)->reduced &&
	    loop_now() + SECOND_NS < launchpad->clock_until)
		timer_set_in(&launchpad->clock, SECOND_NS);
}

/* Numbers that change by themselves are motion, too. */
void children_look(void *user)
{
	struct launchpad *launchpad = user;

	if (window_ui(launchpad->window)->reduced)
		return;
	launchpad->clock_until = loop_now() +
				 (uint64_t)LOOK_SECONDS * SECOND_NS;
	if (!timer_is_set(&launchpad->clock) && launchpad->children)
		timer_set_in(&launchpad->clock, SECOND_NS);
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

/* Programs that come and go all day would fill the window, and the memory.
 * The longest started go first. */
void children_tidy(void *user)
{
	struct launchpad *launchpad = user;
	struct running *running, *next;
	unsigned dead = 0;

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
		running->measured = false;
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
		panel_remove_child(running->launchpad->panel, running->row);
	running->row = NULL;
}

static void forget(struct running *running)
{
	struct running **at = &running->launchpad->children;

	while (*at != running)
		at = &(*at)->next;
	*at = running->next;
	drop_row(running);
	free(running);
}

static void on_removed(void *user, struct child *child)
{
	struct launchpad *launchpad = user;
	struct running *running = find(launchpad, child);

	if (running)
		forget(running);
}

static void on_quota_changed(void *user)
{
	show_quota(user);
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
	.stopped = on_stopped,
};

void child_kill_pressed(void *user, void *tag)
{
	struct launchpad *launchpad = user;
	struct running *running = tag;
	struct child *child = running->child;

	/* Its row goes at once; what is left of it ends later. */
	drop_row(running);
	family_kill(launchpad->family, child);
}

void children_finish(struct launchpad *launchpad)
{
	while (launchpad->children) {
		struct running *next = launchpad->children->next;

		free(launchpad->children);
		launchpad->children = next;
	}
}
