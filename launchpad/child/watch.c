#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/base.h"
#include "measure.h"
#include "watch.h"

enum {
	SLOTS = 512,
	PERIOD_MS = 1000,
	PARENT_ROUNDS = 5, /* above its limit before a parent ends */
};

/* Written by the family, read by the watch. */
struct slot {
	_Atomic pid_t pid; /* 0: free */
	_Atomic uint64_t limit;
	_Atomic bool server, sandboxed, is_parent;
};

struct verdict {
	pid_t pid;
	uint64_t used;
};

struct watch {
	struct slot *slots;
	pid_t pid;
	int socket; /* wakes the watch; brings verdicts */
	struct loop_source *source;
	limits_exceeded_fn *fn;
	void *user;
};

/* What the watch knows of a slot from the round before. */
struct seen {
	pid_t pid;
	unsigned over; /* rounds in a row above the limit */
};

/*
 * What a parent uses is, mostly, its children's. It has a watch of its own, and
 * gets the rounds to end the culprit, and the kernel to free its memory: nobody
 * dies for a child alone. A parent that lets its children have their way does.
 */
static bool is_guilty(const struct slot *slot, struct seen *seen,
		      const struct measured *measured)
{
	if (seen->pid != measured->pid)
		*seen = (struct seen){ .pid = measured->pid };
	if (measured->used <= atomic_load(&slot->limit)) {
		seen->over = 0;
		return false;
	}
	return ++seen->over >=
	       (atomic_load(&slot->is_parent) ? (unsigned)PARENT_ROUNDS : 1);
}

static size_t collect(struct slot *slots, struct measured *measured,
		      size_t *places)
{
	size_t count = 0, i;

	for (i = 0; i < SLOTS; i++) {
		const pid_t pid = atomic_load(&slots[i].pid);

		if (!pid)
			continue;
		places[count] = i;
		measured[count++] = (struct measured){
			.pid = pid,
			.server = atomic_load(&slots[i].server),
			.sandboxed = atomic_load(&slots[i].sandboxed),
		};
	}
	return count;
}

/* The process of its own: ends with the family. */
static void run_watch(struct slot *slots, int socket)
{
	static struct measured measured[SLOTS];
	static size_t places[SLOTS];
	static struct seen seen[SLOTS];
	struct pollfd pollfd = { .fd = socket, .events = POLLIN };
	size_t count = 0, i;
	char wake;

	for (;;) {
		const int ready = poll(&pollfd, 1, count ? PERIOD_MS : -1);

		if (ready > 0 && read(socket, &wake, 1) <= 0)
			return;
		if (ready > 0 && count)
			continue;
		count = collect(slots, measured, places);
		measure_all(measured, count);
		for (i = 0; i < count; i++) {
			const struct verdict verdict = {
				.pid = measured[i].pid,
				.used = measured[i].used,
			};

			if (is_guilty(&slots[places[i]], &seen[places[i]],
				      &measured[i]))
				send(socket, &verdict, sizeof(verdict),
				     MSG_NOSIGNAL | MSG_DONTWAIT);
		}
	}
}

static void take_verdict(void *user, int fd, uint32_t events)
{
	struct watch *watch = user;
	struct verdict verdict;
	const ssize_t got = recv(fd, &verdict, sizeof(verdict), MSG_DONTWAIT);

	(void)events;
	if (got == sizeof(verdict)) {
		watch->fn(watch->user, verdict.pid, verdict.used);
	} else if (got == 0) {
		log_error("the watch on memory died: quotas are not enforced");
		loop_remove(watch->source);
		watch->source = NULL;
	}
}

struct watch *watch_create(struct loop *loop, limits_exceeded_fn *fn,
			   void *user)
{
	struct watch *watch = xcalloc(1, sizeof(*watch));
	const pid_t self = getpid();
	int pair[2];

	watch->slots = mmap(NULL, SLOTS * sizeof(*watch->slots),
			    PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS,
			    -1, 0);
	if (watch->slots == MAP_FAILED)
		goto free_watch;
	if (socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, pair) < 0)
		goto unmap;
	watch->pid = fork();
	if (watch->pid < 0)
		goto close_pair;
	if (watch->pid == 0) {
		prctl(PR_SET_PDEATHSIG, SIGKILL);
		if (getppid() != self)
			_exit(0);
		loop_reset_signals();
		prctl(PR_SET_NAME, "memory-watch");
		/* An own session: a terminal's Ctrl+C is not for it. */
		setsid();
		dup2(pair[1], 0);
		close_range(1, 1, 0);
		close_range(3, ~0u, 0);
		run_watch(watch->slots, 0);
		_exit(0);
	}
	close(pair[1]);
	watch->socket = pair[0];
	watch->fn = fn;
	watch->user = user;
	watch->source = loop_add_fd(loop, watch->socket, LOOP_READ,
				    take_verdict, watch);
	return watch;
close_pair:
	close(pair[0]);
	close(pair[1]);
unmap:
	munmap(watch->slots, SLOTS * sizeof(*watch->slots));
free_watch:
	log_error("can't start the watch on memory: %s", strerror(errno));
	free(watch);
	return NULL;
}

void watch_destroy(struct watch *watch)
{
	if (!watch)
		return;
	loop_remove(watch->source);
	close(watch->socket);
	kill(watch->pid, SIGKILL);
	waitpid(watch->pid, NULL, 0);
	munmap(watch->slots, SLOTS * sizeof(*watch->slots));
	free(watch);
}

pid_t watch_pid(const struct watch *watch)
{
	return watch ? watch->pid : 0;
}

static struct slot *find_slot(struct watch *watch, pid_t pid)
{
	size_t i;

	for (i = 0; i < SLOTS; i++)
		if (atomic_load(&watch->slots[i].pid) == pid)
			return &watch->slots[i];
	return NULL;
}

void watch_set(struct watch *watch, const struct limit *limit)
{
	struct slot *slot = find_slot(watch, limit->pid);
	const bool is_new = !slot;

	if (is_new)
		slot = find_slot(watch, 0);
	if (!slot)
		return;
	atomic_store(&slot->limit, limit->bytes);
	atomic_store(&slot->server, limit->server);
	atomic_store(&slot->sandboxed, limit->sandboxed);
	atomic_store(&slot->is_parent, limit->is_parent);
	atomic_store(&slot->pid, limit->pid);
	if (is_new)
		send(watch->socket, "", 1, MSG_NOSIGNAL | MSG_DONTWAIT);
}

void watch_forget(struct watch *watch, pid_t pid)
{
	struct slot *slot = find_slot(watch, pid);

	if (slot)
		atomic_store(&slot->pid, 0);
}
