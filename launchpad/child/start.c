/* Starting a child: its environment, arguments, config, process. */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "family.h"
#include "serio.h"
#include "spawn.h"

#define DEFAULT_PATH "/usr/local/bin:/usr/bin:/bin"

/* Sets NAME=VALUE; a later one replaces an earlier one. */
static void set_env(struct strings *env, const char *name, const char *value)
{
	const size_t length = strlen(name);
	char *text = xasprintf("%s=%s", name, value);
	size_t i;

	for (i = 0; i < env->count; i++) {
		if (strncmp(env->list[i], text, length + 1))
			continue;
		free(env->list[i]);
		env->list[i] = text;
		return;
	}
	strings_take(env, text);
}

extern char **environ;

/* Our own variables that match: a name, or a start of names with a '*'. */
static void pass_env(struct strings *env, const char *pattern)
{
	const size_t length = strlen(pattern);
	const bool start = pattern[length - 1] == '*';
	char **at;

	for (at = environ; *at; at++) {
		char *equals = strchr(*at, '=');
		char *name;

		if (!equals || strncmp(*at, pattern, length - start))
			continue;
		if (!start && equals != *at + length)
			continue;
		name = xstrndup(*at, (size_t)(equals - *at));
		set_env(env, name, equals + 1);
		free(name);
	}
}

/* Homes that aren't there are no use: /tmp is private, and its own. */
static bool sees_home(const struct child *child)
{
	const char *home = getenv("HOME");
	const struct entry_grant *grant = child->grants;

	while (grant && !(home && grant->kind == GRANT_FILES &&
			  !strcmp(grant->path, home)))
		grant = grant->next;
	return grant != NULL;
}

static void make_env(struct strings *env, const struct child *child)
{
	static const char *const passed[] = {
		"PATH",
		"HOME",
		"LANG",
		"LC_*",
		"TZ",
		"TERM",
		"NITPICKER_TRACE",
		"NITPICKER_LOG",
		"NITPICKER_REPORTS",
		"BLIT",
		"ASAN_OPTIONS",
		"UBSAN_OPTIONS",
		"LSAN_OPTIONS",
	};
	static const char *const of_drivers[] = {
		"DISPLAY",          "WAYLAND_DISPLAY",
		"XAUTHORITY",       "SDL_*",
		"XMODIFIERS",       "GTK_IM_MODULE",
		"XDG_SESSION_TYPE", "DBUS_SESSION_BUS_ADDRESS",
	};
	const struct family *family = child->family;
	const struct entry_pair *pair;
	char text[64];
	size_t i;

	set_env(env, "PATH", DEFAULT_PATH);
	set_env(env, "HOME", "/");
	for (i = 0; i < array_size(passed); i++)
		pass_env(env, passed[i]);
	if (!child->isolated)
		pass_env(env, "XDG_RUNTIME_DIR");
	else if (!sees_home(child))
		set_env(env, "HOME", "/tmp");
	for (i = 0; child->is_driver && i < array_size(of_drivers); i++)
		pass_env(env, of_drivers[i]);
	if (family->reports)
		set_env(env, "NITPICKER_REPORTS", family->reports);
	if (child->is_driver && family->runtime)
		set_env(env, "NITPICKER_RUNTIME", family->runtime);
	for (pair = child->entry->env; pair; pair = pair->next)
		set_env(env, pair->name, pair->value);
	snprintf(text, sizeof(text), "%d.%lu", (int)getpid(), child->order);
	set_env(env, "NITPICKER_CHILD", text);
	if (child->suite) {
		snprintf(text, sizeof(text), "%d", SPAWN_PARENT_FD);
		set_env(env, "NITPICKER_PARENT", text);
	}
}

static void make_args(struct strings *args, const struct child *child)
{
	const struct entry_pair *pair;

	if (child->isolated)
		isolation_arguments(
			&child->family->isolation,
			&(struct isolation_order){
				.program = child->program,
				.data = child->suite ? child->family->data
						     : NULL,
				.runs_linux = child->runs_linux,
				.is_parent = child->is_parent,
				.helpers = child->helpers,
				.grants = child->grants,
				.limit = &child->limit,
				.filter_fd = SPAWN_FILTER_FD,
			},
			args);
	strings_add(args,
		    child->isolated ? child->program : child->entry->filename);
	for (pair = child->entry->args; pair; pair = pair->next)
		strings_add(args, pair->value);
}

/* A config that it has already is not sent again; of several changes in one
 * turn it sees the last. */
void child_send_config(struct child *child)
{
	const struct entry_config *config = &child->entry->config;
	struct parent_config body = {
		.line = config->line ? config->line : 1,
		.column = config->column ? config->column : 1,
	};
	char *text;
	int fd;

	child->config_due = false;
	if (!child->wire)
		return;
	text = config_text(child->family, child->entry);
	wire_set(&body.file, config->file ? config->file : "");
	if (child->sent_text && !strcmp(child->sent_text, text) &&
	    !memcmp(&body, &child->sent, sizeof(body))) {
		free(text);
		return;
	}
	fd = memory_create_blob("config", text, strlen(text));
	if (fd < 0) {
		log_error("can't hand %s its config: %s", child->label,
			  strerror(errno));
		free(text);
		return;
	}
	/* A child that doesn't read gets the latest one when it does. */
	child->config_waits = !wire_send(child->wire, OP_parent_config, 0,
					 &body, NULL, 0, fd);
	close(fd);
	free(child->sent_text);
	child->sent_text = child->config_waits ? (free(text), NULL) : text;
	child->sent = body;
}

/* Reads what came; the end of the pipe: exec worked, or bubblewrap did not.
 * False: nothing yet. */
bool child_hear_of_exec(struct child *child)
{
	struct spawn_problem problem;
	ssize_t got;

	do {
		got = read(child->problem_fd, &problem, sizeof(problem));
		if (got < 0 && (errno == EAGAIN || errno == EINTR))
			return false;
		if (got == sizeof(problem) && problem.stage == SPAWN_ENTERED) {
			child->entered = true;
			isolation_prove(&child->family->isolation);
		}
	} while (got == sizeof(problem) && problem.stage == SPAWN_ENTERED);
	loop_remove(child->problem_source);
	child->problem_source = NULL;
	close(child->problem_fd);
	child->problem_fd = -1;
	if (got == sizeof(problem)) {
		free(child->last_words);
		child->last_words = spawn_describe(&problem, child->program);
		child->failed = true;
	} else {
		child->ready = true;
		limit_begun(&child->limit);
		child_update_waiting(child);
	}
	return true;
}

static void heard_of_exec(void *user, int fd, uint32_t events)
{
	(void)fd;
	(void)events;
	child_hear_of_exec(user);
}

static void memory_event(void *user, bool exceeded)
{
	struct child *child = user;
	const struct family *family = child->family;

	/* A parent's children have groups of their own; it may go on. */
	if (exceeded && !child->is_parent && child->pid) {
		child->over_quota = true;
		child_kill_now(child);
	} else if (family->handler.memory_event) {
		family->handler.memory_event(family->user, child);
	}
}

static void watch_process(struct child *child, const struct spawned *spawned)
{
	struct loop *loop = child->family->loop;

	child->pid = spawned->pid;
	child->started = loop_now();
	limit_started(&child->limit, child->pid);
	limit_watch(&child->limit, loop, memory_event, child);
	output_attach(&child->output, spawned->output);
	child->problem_fd = spawned->problem;
	child->problem_source = loop_add_fd(loop, spawned->problem, LOOP_READ,
					    heard_of_exec, child);
	child->exit_source = loop_on_exit(loop, child->pid, child_process_died,
					  child);
	if (!child->exit_source)
		log_error("can't watch process %d of %s: %s", (int)child->pid,
			  child->label, strerror(errno));
}

static bool run(struct child *child, int parent_fd)
{
	struct strings args = { 0 }, env = { 0 };
	struct spawned spawned;
	struct spawn order;
	bool done;
	const int filter = child->isolated ? isolation_filter() : -1;

	if (child->isolated && filter < 0)
		return false;
	make_args(&args, child);
	make_env(&env, child);
	order = (struct spawn){
		.program = child->isolated ? args.list[0] : child->program,
		.argv = args.list,
		.envp = env.list,
		.limit = &child->limit,
		.parent_fd = parent_fd,
		.filter_fd = filter,
		.sandboxed = child->isolated,
		.user = child->drops ? &child->family->isolation : NULL,
	};
	done = spawn(&order, &spawned);
	if (done)
		watch_process(child, &spawned);
	if (filter >= 0)
		close(filter);
	strings_finish(&args);
	strings_finish(&env);
	return done;
}

/*
 * Drivers need the host, unless they say that they don't. The server confines
 * itself, better than a user namespace could: whoever owns one may trace all
 * that is in it.
 */
static void decide(struct child *child)
{
	struct isolation *isolation = &child->family->isolation;

	child->isolated = child->drops = child->entered = false;
	if (child->is_hosted || !isolation_is_hoped(isolation))
		return;
	child->isolated = !child->is_confined;
	child->drops = isolation->drops;
}

static void send_kept(struct child *child)
{
	const char *kept = child->kept;
	const int fd = kept ? memory_create_blob("kept", kept, strlen(kept))
			    : -1;

	if (fd < 0)
		return;
	wire_send(child->wire, OP_parent_kept, 0, NULL, NULL, 0, fd);
	close(fd);
}

bool child_launch(struct child *child)
{
	int pair[2] = { -1, -1 };
	bool done;

	if (!child->output.loop)
		output_init(&child->output, child->family->loop,
			    child_print_line, child);
	if (access(child->program, X_OK) < 0) {
		child_set_reason(child, "%s: %s",
				 errno == ENOENT ? "file not found"
						 : strerror(errno),
				 child->program);
		return false;
	}
	if (child->suite &&
	    socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC | SOCK_NONBLOCK,
		       0, pair) < 0) {
		child_set_reason(child, "socketpair: %s", strerror(errno));
		return false;
	}
	if (child->has_serio)
		serio_take(&serio_paths);
	decide(child);
	limit_init(&child->limit, &child->family->limits,
		   &(struct limit_wish){
			   .name = child->name,
			   .is_parent = child->is_parent,
			   .sandboxed = child->isolated,
			   .first = child->is_driver || child->is_confined,
			   .uid = child->drops ? child->family->isolation.uid
					       : getuid(),
			   .bytes = quota_limit(child->account),
		   });
	done = run(child, pair[1]);
	if (!done)
		child_set_reason(child, "can't start a process: %s",
				 strerror(errno));
	if (pair[1] >= 0)
		close(pair[1]);
	if (done && child->suite) {
		child_connect(child, pair[0]);
		free(child->sent_text);
		child->sent_text = NULL;
		send_kept(child);
		child_send_config(child);
		child_send_resource(child);
		if (child->family->powers)
			child_send_powers(child);
	} else if (pair[0] >= 0) {
		close(pair[0]);
	}
	if (done)
		session_open_log(child);
	else
		limit_finish(&child->limit);
	return done;
}
