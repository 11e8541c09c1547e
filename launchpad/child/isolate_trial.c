/* Whether children can be isolated here: found, tried, or proved. */
#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/log.h"
#include "base/loop.h"
#include "isolate.h"
#include "spawn.h"

/* A trial takes some ms, hundreds on a busy machine. */
enum { TRIAL_MS = 5000 };

static const uint64_t ms_ns = 1000000;
static const char fine[] = "ok\n";

/*
 * All that is said, until it is `fine` or everybody has hung up. That
 * bubblewrap ends isn't waited for: taking namespaces apart takes longer than
 * making them. False: neither in TRIAL_MS.
 */
static bool read_answer(int fd, char *text, size_t size)
{
	const uint64_t end = loop_now() + TRIAL_MS * ms_ns;
	struct pollfd poll_fd = { .fd = fd, .events = POLLIN };
	size_t length = 0;
	uint64_t now;
	ssize_t got;

	text[0] = '\0';
	while (length + 1 < size) {
		got = read(fd, text + length, size - length - 1);
		if (got < 0 && (errno == EAGAIN || errno == EINTR)) {
			now = loop_now();
			if (now >= end)
				return false;
			poll(&poll_fd, 1, (int)((end - now) / ms_ns) + 1);
			continue;
		}
		if (got <= 0)
			return true;
		length += (size_t)got;
		text[length] = '\0';
		if (length >= strlen(fine) &&
		    !strcmp(text + length - strlen(fine), fine))
			return true;
	}
	return true;
}

/* What bubblewrap said, its first line, without its name; NULL: it works. */
static char *read_problem(char *text)
{
	size_t length = strlen(text);

	if (length >= strlen(fine) &&
	    !strcmp(text + length - strlen(fine), fine))
		return NULL;
	text[strcspn(text, "\n")] = '\0';
	if (!strncmp(text, "bwrap: ", 7))
		text += 7;
	return text[0] ? xasprintf("bubblewrap: %s", text)
		       : xstrdup("bubblewrap does not work here");
}

/* One that says nothing is ended, and proves nothing: nobody runs without. */
static char *hear_trial(struct isolation *isolation, int fd)
{
	char text[256];

	if (read_answer(fd, text, sizeof(text)))
		return read_problem(text);
	log_warning("bubblewrap has not answered in %d ms", TRIAL_MS);
	kill(isolation->trial, SIGKILL);
	isolation->silent = true;
	return NULL;
}

/* Runs "bwrap ... -- echo ok"; NULL, or why that can't be. */
static char *try_it(struct isolation *isolation)
{
	struct limit limit = { .bytes = 1 << 20 };
	struct isolation_order order = {
		.program = "/bin/echo",
		.limit = &limit,
		.filter_fd = -1,
	};
	struct strings args = { 0 };
	struct spawned spawned;
	char *problem;

	isolation_arguments(isolation, &order, &args);
	strings_add(&args, "echo");
	strings_add(&args, "ok");
	if (!spawn(&(struct spawn){ .program = isolation->bwrap,
				    .argv = args.list,
				    .envp = (char *[]){ NULL },
				    .limit = &limit,
				    .parent_fd = -1,
				    .filter_fd = -1,
				    .sandboxed = true,
				    .user = isolation->drops ? isolation
							     : NULL },
		   &spawned)) {
		problem = xasprintf("can't start a process: %s",
				    strerror(errno));
	} else {
		isolation->trial = spawned.pid;
		problem = hear_trial(isolation, spawned.output);
		close(spawned.output);
		close(spawned.problem);
	}
	strings_finish(&args);
	return problem;
}

/* Owned by the caller. */
static char *find_program(const char *name)
{
	const char *path = getenv("PATH");
	char *list = xstrdup(path ? path : "/usr/bin:/bin"), *rest = list;
	char *folder, *found = NULL;

	while (!found && (folder = strsep(&rest, ":"))) {
		found = xasprintf("%s/%s", folder, name);
		if (found[0] != '/' || access(found, X_OK) < 0) {
			free(found);
			found = NULL;
		}
	}
	free(list);
	return found;
}

bool isolation_is_hoped(struct isolation *isolation)
{
	if (isolation->sought)
		return !isolation->problem;
	isolation->sought = true;
	isolation->bwrap = find_program("bwrap");
	if (!isolation->bwrap)
		isolation->problem = xstrdup("bubblewrap is not installed");
	else if (access(isolation->enter, X_OK) < 0)
		isolation->problem = xasprintf("there is no %s",
					       isolation->enter);
	return !isolation->problem;
}

void isolation_prove(struct isolation *isolation)
{
	isolation->known = true;
}

bool isolation_works(struct isolation *isolation)
{
	if (isolation_is_hoped(isolation) && !isolation->known)
		isolation->problem = try_it(isolation);
	isolation->known = true;
	return !isolation->problem;
}

const char *isolation_words(struct isolation *isolation)
{
	if (!isolation_works(isolation))
		return isolation->problem;
	return isolation->silent ? "bubblewrap, which has not answered"
				 : "bubblewrap";
}
