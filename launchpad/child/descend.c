/*
 * What children leave behind: processes that left their group and their
 * parent become ours (we are a subreaper). Each child's environment carries
 * NITPICKER_CHILD=FAMILY.ORDER, by which they are told apart.
 */
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "family.h"
#include "measure.h"
#include "watch.h"

enum { ENVIRON_MAX = 64 << 10 };

#define TOKEN "NITPICKER_CHILD="

/* Which child of which family started that process; false: can't be told. */
static bool read_token(pid_t pid, int *owner, unsigned long *order)
{
	char path[64];
	char *text = malloc(ENVIRON_MAX), *at = text;
	ssize_t got = -1;
	bool found = false;
	int fd;

	snprintf(path, sizeof(path), "/proc/%d/environ", (int)pid);
	fd = open(path, O_RDONLY | O_CLOEXEC);
	if (fd >= 0 && text)
		got = read(fd, text, ENVIRON_MAX - 1);
	if (fd >= 0)
		close(fd);
	if (got > 0)
		text[got] = '\0';
	while (got > 0 && !found && at < text + got) {
		found = !strncmp(at, TOKEN, strlen(TOKEN)) &&
			sscanf(at + strlen(TOKEN), "%d.%lu", owner, order) == 2;
		at += strlen(at) + 1;
	}
	free(text);
	return found;
}

static bool order_lives(const struct family *family, unsigned long order)
{
	const struct child *child = family->first;

	while (child && !(child->pid && child->order == order))
		child = child->next;
	return child != NULL;
}

/* True when nobody who is alive started it. */
static bool is_abandoned(struct family *family, pid_t pid)
{
	unsigned long order;
	int owner;

	if (!read_token(pid, &owner, &order))
		return false;
	if (owner == getpid())
		return !order_lives(family, order);
	return measure_stat((pid_t)owner, 4) < 0;
}

struct sweep {
	struct family *family;
	pid_t session; /* of which all are to die; 0: none */
	bool all;
	unsigned left;
};

/* One of our child processes: adopted, when it isn't one that we know and left
 * our session, as processes of our own making never do. */
static void sweep_one(void *user, pid_t pid)
{
	struct sweep *sweep = user;
	const long long session = measure_stat(pid, 6);

	if (family_child_of_pid(sweep->family, pid) ||
	    pid == watch_pid(sweep->family->limits.watch))
		return;
	if (session < 0 || session == getsid(0))
		return;
	if (waitpid(pid, NULL, WNOHANG) == pid)
		return;
	sweep->left++;
	if (sweep->all || (session && session == sweep->session) ||
	    is_abandoned(sweep->family, pid))
		kill(pid, SIGKILL);
}

static void on_child_signal(void *user, int signo)
{
	struct sweep sweep = { .family = user };

	(void)signo;
	measure_children(getpid(), sweep_one, &sweep);
}

void descend_init(struct family *family)
{
	prctl(PR_SET_CHILD_SUBREAPER, 1);
	loop_on_signal(family->loop, SIGCHLD, on_child_signal, family);
}

void descend_kill(struct family *family, pid_t pid, unsigned long order)
{
	struct sweep sweep = { .family = family, .session = pid };

	(void)order;
	if (pid <= 0)
		return;
	kill(-pid, SIGKILL);
	measure_children(getpid(), sweep_one, &sweep);
}

void descend_finish(struct family *family)
{
	const struct timespec moment = { .tv_nsec = 1000000 };
	struct sweep sweep = { .family = family, .all = true };
	unsigned tries;

	/* Killed processes take a moment, and leave us their children. */
	for (tries = 0; tries < 500; tries++) {
		sweep.left = 0;
		measure_children(getpid(), sweep_one, &sweep);
		if (!sweep.left)
			return;
		nanosleep(&moment, NULL);
	}
}
