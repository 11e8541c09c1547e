/* The list of children: names, quotas, life and death. */
#include <errno.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "family.h"
#include "measure.h"

const char *child_state_name(enum child_state state)
{
	static const char *const names[] = {
		[CHILD_WAITING] = "waiting",
		[CHILD_STARTING] = "starting",
		[CHILD_RUNNING] = "running",
		[CHILD_EXITED] = "exited",
		[CHILD_KILLED] = "killed",
		[CHILD_QUOTA] = "quota",
		[CHILD_LOCKED_OUT] = "locked_out",
	};

	return names[state];
}

/* ---- telling ---- */

static void report_due(void *user)
{
	struct family *family = user;

	family->report_due = false;
	family_report_children(family);
}

void family_list_changed(struct family *family)
{
	if (family->report_due)
		return;
	family->report_due = true;
	loop_defer(family->loop, report_due, family);
}

void child_changed(struct child *child)
{
	struct family *family = child->family;

	family_list_changed(family);
	if (family->handler.changed)
		family->handler.changed(family->user, child);
}

void family_quota_changed(struct family *family)
{
	family_list_changed(family);
	if (family->handler.quota_changed)
		family->handler.quota_changed(family->user);
}

void child_set_reason(struct child *child, const char *format, ...)
{
	char text[512];
	va_list list;

	va_start(list, format);
	vsnprintf(text, sizeof(text), format, list);
	va_end(list);
	free(child->reason);
	child->reason = xstrdup(text);
}

void child_update_waiting(struct child *child)
{
	const struct session *session;
	enum child_state state;

	if (child->is_host || !child_is_alive(child))
		return;
	session = session_first_waiting(child);
	state = session        ? CHILD_WAITING
		: child->ready ? CHILD_RUNNING
			       : CHILD_STARTING;
	if (state == child->state && !session)
		return;
	child->state = state;
	free(child->waits_for);
	child->waits_for = sessions_waiting_for(child);
	if (session)
		child_set_reason(child, "waits for %s%s", child->waits_for,
				 session->passed_count ? ", which is busy"
						       : "");
	else
		child_set_reason(child, "%s", "");
	child_changed(child);
}

/* ---- quotas ---- */

bool child_apply_limit(struct child *child)
{
	if (child->is_host)
		return true;
	child->limit.server = child->account->received > 0;
	return limit_set(&child->limit, quota_limit(child->account));
}

void child_send_resource(struct child *child)
{
	const struct parent_resource resource = {
		.quota = child->account->assigned,
		.used = child->account->donated,
	};

	if (child->wire && !child->is_host)
		wire_send(child->wire, OP_parent_resource, 0, &resource, NULL,
			  0, -1);
}

void child_measure(struct child *child, struct child_usage *usage)
{
	const uint64_t used = child_used(child);
	uint64_t peak = limit_peak(&child->limit);

	if (child->peak < used)
		child->peak = used;
	if (child->peak < peak)
		child->peak = peak;
	*usage = (struct child_usage){ .peak = child->peak };
	if (!child_is_alive(child))
		return;
	usage->used = used;
	if (child->pid)
		usage->cpu_ns = measure_cpu(child->pid, &usage->processes);
}

uint64_t child_used(struct child *child)
{
	uint64_t used;

	if (!child_is_alive(child) || child->is_host)
		return child->account->donated;
	used = limit_used(&child->limit) + child->account->donated;
	/* Buffers that others paid for are not its own. */
	return used > child->account->received ? used - child->account->received
					       : 0;
}

enum wire_status family_set_quota(struct family *family, struct child *child,
				  uint64_t bytes)
{
	const uint64_t before = child->account->assigned;

	if (!child_is_alive(child)) {
		child->entry->ram_quota = bytes;
		return WIRE_OK;
	}
	if (!quota_reassign(&family->pool, child->account, bytes,
			    limit_used(&child->limit)))
		return WIRE_QUOTA_EXCEEDED;
	if (!child_apply_limit(child)) {
		quota_reassign(&family->pool, child->account, before, 0);
		child_apply_limit(child);
		return WIRE_QUOTA_EXCEEDED;
	}
	child->entry->ram_quota = bytes;
	child_send_resource(child);
	child_changed(child);
	family_quota_changed(family);
	return WIRE_OK;
}

void family_set_total(struct family *family, uint64_t total)
{
	if (family->pool.total == total)
		return;
	family->pool.total = total;
	family_quota_changed(family);
}

uint64_t family_total(const struct family *family)
{
	return family->pool.total;
}

uint64_t family_reserve(const struct family *family)
{
	return family->pool.reserve;
}

uint64_t family_left(const struct family *family)
{
	return quota_left(&family->pool);
}

/* ---- lists ---- */

struct child *family_first(struct family *family)
{
	return family->first;
}

struct child *child_next(struct child *child)
{
	return child->next;
}

struct child *family_find(struct family *family, const char *name)
{
	struct child *child = family->first;

	while (child && strcmp(child->name, name))
		child = child->next;
	return child;
}

struct child *family_child_of_pid(struct family *family, pid_t pid)
{
	struct child *child = family->first;

	while (child && child->pid != pid)
		child = child->next;
	return child;
}

static const char *why_not_isolated(const struct child *child)
{
	if (child->isolated)
		return "";
	if (child->is_hosted)
		return "a driver needs the host";
	if (child->is_confined)
		return "it confines itself";
	return family_isolation(child->family);
}

void child_get_info(const struct child *child, struct child_info *info)
{
	*info = (struct child_info){
		.name = child->name,
		.label = child->label,
		.filename = child->entry->filename,
		.state = child->state,
		.failed = child->failed,
		.reason = child->reason,
		.waits_for = child->state == CHILD_WAITING ? child->waits_for
							   : "",
		.donated = child->account->donated,
		.quota = child->account->assigned,
		.pid = child_program_pid((struct child *)child),
		.is_parent = child->is_parent,
		.restarts = timer_is_set(&child->restart_timer),
		.grants = {
			.isolated = child->isolated,
			.why_not = why_not_isolated(child),
		},
	};
	grants_sum(child->grants, &info->grants);
}

const char *child_grant(const struct child *child, unsigned index)
{
	unsigned n;

	for (n = 0; child->grant_words && child->grant_words[n]; n++)
		if (n == index)
			return child->grant_words[n];
	return NULL;
}

const char *family_isolation(const struct family *family)
{
	return isolation_words(&((struct family *)family)->isolation);
}

const struct entry *child_entry(const struct child *child)
{
	return child->entry;
}

bool child_is_alive(const struct child *child)
{
	return child->pid != 0 || child->is_host;
}

bool child_provides(const struct child *child)
{
	return child->announced != NULL;
}

bool child_is_driver(const struct child *child)
{
	return child->is_driver;
}

const char *child_log_line(const struct child *child, unsigned index)
{
	return output_kept(&child->output, index);
}

/* ---- configs ---- */

void family_send_configs(struct family *family)
{
	struct child *child;

	if (!family->configs_due)
		return;
	family->configs_due = false;
	loop_undefer(family->loop, &family->again);
	for (child = family->first; child; child = child->next)
		if (child->config_due)
			child_send_config(child);
}

static void send_configs(void *user)
{
	struct family **again = user;

	family_send_configs(*again);
}

/* When all that changes in this turn has changed. */
static void config_changed(struct child *child)
{
	struct family *family = child->family;

	child->config_due = true;
	if (!family->configs_due)
		loop_defer(family->loop, send_configs, &family->again);
	family->configs_due = true;
}

void family_set_config(struct family *family, struct child *child,
		       const struct entry_config *config)
{
	(void)family;
	entry_config_finish(&child->entry->config);
	entry_config_copy(&child->entry->config, config);
	config_changed(child);
}

void family_set_defaults(struct family *family, const char *theme,
			 const char *keyboard)
{
	struct child *child;

	free(family->theme);
	free(family->keyboard);
	family->theme = xstrdup(theme);
	family->keyboard = xstrdup(keyboard);
	for (child = family->first; child; child = child->next)
		config_changed(child);
}

/* ---- the family ---- */

static void child_exceeded(void *user, pid_t pid, uint64_t used)
{
	struct child *child = family_child_of_pid(user, pid);

	if (!child)
		return;
	if (used <= quota_limit(child->account)) {
		/* It was made to stand still, and got more meanwhile. */
		measure_signal(pid, SIGCONT);
		return;
	}
	child->over_quota = true;
	if (child->peak < used)
		child->peak = used;
	child_kill_now(child);
}

const char *family_mechanism(const struct family *family)
{
	return limits_mechanism(&family->limits);
}

struct family *family_create(const struct family_options *options,
			     const struct family_handler *handler, void *user)
{
	struct family *family = xcalloc(1, sizeof(*family));

	*family = (struct family){
		.self = family,
		.again = family,
		.loop = options->loop,
		.parent = options->parent,
		.handler = *handler,
		.user = user,
		.keep_from_devices = options->keep_from_devices,
		.write_reports = options->write_reports,
		.runtime = xstrdup(options->runtime),
		.store = xstrdup(options->store),
		.reports = xstrdup(options->reports),
		.data = suite_data_folder(),
		.grace_ms = options->grace_ms ? options->grace_ms : 1000,
		.pool = {
			.total = options->total,
			.reserve = options->reserve,
		},
	};
	limits_init(&family->limits, family->loop, child_exceeded, family);
	isolation_init(&family->isolation);
	descend_init(family);
	family_prepare_reports(family);
	family_list_changed(family);
	return family;
}

/* The end without the loop: nothing that is started by us outlives us. */
static void destroy_child(struct child *child)
{
	const pid_t pid = child->pid;

	child_kill_now(child);
	loop_remove(child->exit_source);
	loop_remove(child->problem_source);
	if (child->problem_fd >= 0)
		close(child->problem_fd);
	wire_destroy(child->wire);
	if (pid)
		while (waitpid(pid, NULL, 0) < 0 && errno == EINTR)
			;
	child->pid = 0;
	descend_kill(child->family, pid, child->order);
	if (child->limit.limits)
		limit_finish(&child->limit);
	while (child->reports) {
		struct sent_report *next = child->reports->next;

		free(child->reports->label);
		free(child->reports->name);
		free(child->reports);
		child->reports = next;
	}
	child_unlink(child);
	child_free(child);
}

void family_destroy(struct family *family)
{
	struct child *child;

	if (!family)
		return;
	family->stopping = true;
	for (child = family->first; child; child = child->next)
		child_kill_now(child);
	sessions_finish(family);
	host_finish(family);
	while (family->first)
		destroy_child(family->first);
	descend_finish(family);
	limits_finish(&family->limits);
	isolation_finish(&family->isolation);
	loop_undefer(family->loop, family);
	loop_undefer(family->loop, &family->again);
	free(family->runtime);
	free(family->store);
	free(family->reports);
	free(family->data);
	free(family->theme);
	free(family->keyboard);
	free(family);
}
