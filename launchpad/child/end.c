/* Children end. */
#include <signal.h>
#include <stdlib.h>
#include <unistd.h>

#include "family.h"
#include "measure.h"
#include "serio.h"

enum {
	BACKOFF_FIRST_MS = 100,
	BACKOFF_MAX_MS = 10000,
	BACKOFF_FREE = 4, /* failures in a row that are no crash loop yet */
	FORGIVE_MS = 1000, /* of life make up for one of them */
};

static const uint64_t ms_ns = 1000000;

static void remove_child(struct child *child)
{
	struct family *family = child->family;

	sessions_release_quota(child);
	if (family->handler.removed)
		family->handler.removed(family->user, child);
	child_unlink(child);
	child_free(child);
	family_quota_changed(family);
}

static void everybody_is_gone(void *user)
{
	struct family *family = user;

	if (family->handler.stopped)
		family->handler.stopped(family->user);
}

static void end_unneeded(struct family *family);

static void check_stopped(struct family *family)
{
	const struct child *child = family->first;

	while (child && !child->pid)
		child = child->next;
	if (!child && family->stopping)
		loop_defer(family->loop, everybody_is_gone, family);
}

uint64_t child_backoff_ms(unsigned *failures, uint64_t lived_ms)
{
	uint64_t delay = BACKOFF_FIRST_MS, forgiven = lived_ms / FORGIVE_MS;

	*failures -= forgiven < *failures ? (unsigned)forgiven : *failures;
	for (unsigned i = BACKOFF_FREE; i <= *failures; i++)
		delay *= 2;
	if (delay >= BACKOFF_MAX_MS)
		return BACKOFF_MAX_MS;
	++*failures;
	return delay;
}

static void plan_restart(struct child *child, uint64_t lived_ns)
{
	if (!child->failed || !child->entry->restart || !child->ready ||
	    child->killed_by_user || child->removing || child->locked_out ||
	    child->family->stopping)
		return;
	timer_set_in(&child->restart_timer,
		     child_backoff_ms(&child->failures, lived_ns / ms_ns) *
			     ms_ns);
}

void child_ended(struct child *child, enum child_state state, bool failed)
{
	struct family *family = child->family;
	const uint64_t lived = child->started ? loop_now() - child->started : 0;

	child->state = state;
	child->failed = failed;
	if (!failed) { /* its next life begins anew */
		free(child->kept);
		child->kept = NULL;
	}
	child->pid = child->program_pid = 0;
	timer_cancel(&child->kill_timer);
	sessions_release_quota(child);
	plan_restart(child, lived);
	if (child->has_serio && !timer_is_set(&child->restart_timer))
		serio_give_back(&serio_paths);
	family_withdraw_reports(child);
	if (child->removing) {
		remove_child(child);
	} else {
		child_changed(child);
		family_quota_changed(family);
	}
	if (family->stopping)
		end_unneeded(family);
	check_stopped(family);
}

/* It could not be isolated, or executed as another user, and nobody can be
 * isolated here: then without. */
static bool begin_again(struct child *child)
{
	struct family *family = child->family;
	const bool never_ran = child->isolated ? !child->entered
					       : child->drops && child->failed;

	if (!never_ran || child->was_killed || child->removing ||
	    family->stopping || isolation_works(&family->isolation))
		return false;
	sessions_release_quota(child);
	return family_restart(family, child);
}

void child_process_died(void *user, pid_t pid, int status)
{
	struct child *child = user;
	struct family *family = child->family;
	enum child_state state;
	bool failed;

	/* It may have written what to say about its end just before. */
	child->exit_source = NULL;
	if (child->problem_source && !child_hear_of_exec(child)) {
		loop_remove(child->problem_source);
		close(child->problem_fd);
		child->problem_source = NULL;
		child->problem_fd = -1;
	}
	output_drain(&child->output);
	failed = child_tell_death(child, status, &state);
	wire_destroy(child->wire);
	child->wire = NULL;
	entry_pairs_destroy(child->announced);
	child->announced = NULL;
	child->pid = 0;
	sessions_of_dead(child);
	descend_kill(family, pid, child->order);
	limit_finish(&child->limit);
	if (failed && begin_again(child))
		return;
	if (failed && !child->removing)
		log_error("%s ended: %s", child->label, child->reason);
	else
		log_debug("%s ended: %s", child->label, child->reason);
	child_ended(child, state, failed);
}

void child_grace_is_over(void *user)
{
	struct child *child = user;

	log_info("%s does not end: killed", child->label);
	child_kill_now(child);
}

void child_kill_now(struct child *child)
{
	if (!child->pid)
		return;
	child->was_killed = true;
	/* All of them, before those that multiply get to run again. */
	if (!limit_group(&child->limit, 0))
		measure_signal(child->pid, SIGKILL);
	kill(-child->pid, SIGKILL);
	kill(child->pid, SIGKILL);
	limit_kill(&child->limit);
}

void family_kill(struct family *family, struct child *child)
{
	(void)family;
	timer_cancel(&child->restart_timer);
	if (!child->pid) {
		remove_child(child);
		return;
	}
	child->removing = true;
	child_kill_now(child);
}

void family_kill_by_user(struct family *family, struct child *child)
{
	(void)family;
	timer_cancel(&child->restart_timer);
	child->killed_by_user = true;
	child_kill_now(child);
}

static void end_one(void *user, pid_t pid)
{
	const pid_t *group = user;

	if (getpgid(pid) != *group)
		kill(pid, SIGTERM);
}

static void find_one(void *user, pid_t pid)
{
	pid_t *first = user;

	if (!*first)
		*first = pid;
}

/* SIGTERM to the program and its process group; never to bubblewrap, which
 * would end all of it at once. */
static void send_term(const struct child *child)
{
	pid_t first = 0; /* of its pid namespace */

	if (child->isolated)
		measure_children(child->pid, find_one, &first);
	if (first && kill(-first, SIGTERM) == 0)
		measure_children(first, end_one, &first);
	else if (kill(-child->pid, SIGTERM) < 0)
		kill(child->pid, SIGTERM);
	if (first)
		kill(-first, SIGCONT);
	kill(-child->pid, SIGCONT);
}

pid_t child_program_pid(struct child *child)
{
	pid_t first = 0;

	if (!child->isolated)
		return child->pid;
	/* Before, it is bubblewrap still. */
	if (child->pid && child->ready && !child->program_pid) {
		measure_children(child->pid, find_one, &first);
		if (first)
			measure_children(first, find_one, &child->program_pid);
	}
	return child->program_pid;
}

static void end_politely(struct child *child)
{
	if (!child->pid)
		return;
	child->was_killed = true;
	send_term(child);
	if (!timer_is_set(&child->kill_timer))
		timer_set_in(&child->kill_timer,
			     child->family->grace_ms * ms_ns);
}

void family_end(struct family *family, struct child *child)
{
	timer_cancel(&child->restart_timer);
	if (!child->pid) {
		family_kill(family, child);
		return;
	}
	child->removing = true;
	end_politely(child);
}

/* True while somebody of us still uses it. */
static bool is_needed(const struct child *child)
{
	const struct session *session = child->family->sessions;

	while (session && !(session->server == child && session->client &&
			    session->client->pid))
		session = session->next;
	return session != NULL;
}

/* Clients before their servers, so that nobody misses one. */
static void end_unneeded(struct family *family)
{
	struct child *child;

	for (child = family->first; child; child = child->next)
		if (child->pid && !child->was_killed && !is_needed(child))
			end_politely(child);
}

void family_stop(struct family *family)
{
	struct child *child;

	family->stopping = true;
	for (child = family->first; child; child = child->next) {
		timer_cancel(&child->restart_timer);
		if (child->pid)
			timer_set_in(&child->kill_timer,
				     family->grace_ms * ms_ns);
	}
	end_unneeded(family);
	check_stopped(family);
}
