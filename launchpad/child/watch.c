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
#include "pulse.h"
#include "watch.h"

enum {
	SLOTS = 512,
	PERIOD_MS = 1000,
	PARENT_ROUNDS = 5, /* above its limit before a parent ends */
	/* CPU time of a process until it is looked at, between rounds. */
	PULSE_MS = 10,
	PULSE_MAX_MS = 160,
	CALM_MAX = 4, /* each doubles it */
	STORM = 16, /* new processes in a walk: it is looked at now */
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
	uint64_t used; /* bytes, when it was looked at last */
	unsigned calm; /* pulses in a row without more use */
	unsigned young; /* walks since its start */
};

/* The process of its own: what it works with. */
struct looking {
	struct slot *slots;
	int socket;
	struct pulses pulses;
	struct measured measured[SLOTS];
	size_t places[SLOTS];
	struct seen seen[SLOTS];
	bool due[SLOTS]; /* had a pulse */
	size_t count;
	uint64_t round_at; /* ns, when the next round is due */
	uint64_t young_at; /* ns, when the next walk is; 0: none */
	unsigned walks; /* since the latest start */
};

/* When the processes of a new child are looked for, ms after its start, and
 * again after that of its program: what it forks is found by looking only. */
static const unsigned walk_ms[] = { 5, 15, 40, 100, 250 };

/* Memory is filled with less than that, bytes per ns of CPU time. */
enum { FILL_RATE = 2 };

static const uint64_t ms_ns = 1000000;

/*
 * What a parent uses is, mostly, its children's. It has a watch of its own, and
 * gets the rounds to end the culprit, and the kernel to free its memory: nobody
 * dies for a child alone. A parent that lets its children have their way does.
 */
static bool is_guilty(const struct slot *slot, struct seen *seen,
		      const struct measured *measured)
{
	if (measured->used <= atomic_load(&slot->limit)) {
		seen->over = 0;
		return false;
	}
	return ++seen->over >=
	       (atomic_load(&slot->is_parent) ? (unsigned)PARENT_ROUNDS : 1);
}

static struct seen *seen_of(struct looking *looking, size_t place, pid_t pid)
{
	struct seen *seen = &looking->seen[place];

	if (seen->pid != pid)
		*seen = (struct seen){ .pid = pid };
	return seen;
}

/* CPU time that it may use until it is looked at again: what fills the rest of
 * its limit, and more as long as it doesn't grow. */
static uint64_t pulse_ns(const struct slot *slot, const struct seen *seen)
{
	const uint64_t limit = atomic_load(&slot->limit);
	const uint64_t most = PULSE_MAX_MS * ms_ns;
	uint64_t ns = seen->used < limit ? (limit - seen->used) / FILL_RATE : 0;

	if (ns < PULSE_MS * ms_ns)
		ns = PULSE_MS * ms_ns;
	ns = ns < most ? ns << seen->calm : most;
	return ns < most ? ns : most;
}

/* How many of its processes were not followed before. */
static size_t follow(struct looking *looking, size_t place)
{
	const struct slot *slot = &looking->slots[place];
	const pid_t pid = atomic_load(&slot->pid);

	if (!pid || atomic_load(&slot->is_parent))
		return 0;
	return pulses_follow(&looking->pulses, pid, place,
			     pulse_ns(slot, &looking->seen[place]));
}

static void note_use(struct seen *seen, uint64_t used)
{
	/* What is allocated and freed again is no growth. */
	if (used > seen->used + seen->used / 8)
		seen->calm = 0;
	else if (seen->calm < CALM_MAX)
		seen->calm++;
	seen->used = used;
}

/* It takes nothing more until the family has decided. */
static void accuse(struct looking *looking, size_t place,
		   const struct measured *measured)
{
	const struct verdict verdict = {
		.pid = measured->pid,
		.used = measured->used,
	};

	if (!atomic_load(&looking->slots[place].is_parent))
		measure_signal(measured->pid, SIGSTOP);
	send(looking->socket, &verdict, sizeof(verdict),
	     MSG_NOSIGNAL | MSG_DONTWAIT);
}

static void collect(struct looking *looking)
{
	struct slot *slots = looking->slots;
	size_t i;

	looking->count = 0;
	for (i = 0; i < SLOTS; i++) {
		const pid_t pid = atomic_load(&slots[i].pid);

		if (!pid)
			continue;
		seen_of(looking, i, pid);
		looking->places[looking->count] = i;
		looking->measured[looking->count++] = (struct measured){
			.pid = pid,
			.server = atomic_load(&slots[i].server),
			.sandboxed = atomic_load(&slots[i].sandboxed),
		};
	}
}

static void judge_all(struct looking *looking)
{
	size_t i;

	collect(looking);
	measure_all(looking->measured, looking->count);
	pulses_begin(&looking->pulses);
	for (i = 0; i < looking->count; i++) {
		const size_t place = looking->places[i];
		struct seen *seen = &looking->seen[place];

		note_use(seen, looking->measured[i].used);
		if (is_guilty(&looking->slots[place], seen,
			      &looking->measured[i]))
			accuse(looking, place, &looking->measured[i]);
		else
			follow(looking, place);
	}
	pulses_end(&looking->pulses);
	looking->round_at = loop_now() + PERIOD_MS * ms_ns;
}

/* One alone: what it shares with others counts as its own, so that only the
 * whole round can say that it is too much; but for what is its own for sure. */
static bool may_be_guilty(struct looking *looking, size_t place)
{
	const struct slot *slot = &looking->slots[place];
	const uint64_t limit = atomic_load(&slot->limit);
	struct measured measured = {
		.pid = atomic_load(&slot->pid),
		.sandboxed = atomic_load(&slot->sandboxed),
		.enough = limit,
	};

	if (!measured.pid)
		return false;
	measure_all(&measured, 1);
	if (measured.sure) {
		accuse(looking, place, &measured);
		return false;
	}
	if (measured.used > limit)
		return true;
	note_use(seen_of(looking, place, measured.pid), measured.used);
	follow(looking, place);
	return false;
}

static void take_pulses(struct looking *looking)
{
	bool all = false;
	size_t place;

	memset(looking->due, 0, sizeof(looking->due));
	while (pulses_next(&looking->pulses, &place))
		looking->due[place] = true;
	for (place = 0; place < SLOTS && !all; place++)
		all = looking->due[place] && may_be_guilty(looking, place);
	if (all)
		judge_all(looking);
}

static void walk_young(struct looking *looking)
{
	const uint64_t now = loop_now();
	bool all = false;
	size_t i;

	if (!looking->young_at || now < looking->young_at)
		return;
	collect(looking);
	for (i = 0; i < looking->count; i++) {
		const size_t place = looking->places[i];

		if (looking->seen[place].young++ < 2 * array_size(walk_ms) &&
		    follow(looking, place) >= STORM)
			all |= may_be_guilty(looking, place);
	}
	looking->walks++;
	looking->young_at = looking->walks < array_size(walk_ms)
				    ? now + walk_ms[looking->walks] * ms_ns
				    : 0;
	if (all)
		judge_all(looking);
}

/* Until the next round or walk; -1: nobody is there. */
static int time_left(const struct looking *looking)
{
	const uint64_t now = loop_now();
	uint64_t at = looking->round_at;

	if (!looking->count)
		return -1;
	if (looking->young_at && looking->young_at < at)
		at = looking->young_at;
	return at > now ? (int)((at - now) / ms_ns) + 1 : 0;
}

static void somebody_starts(struct looking *looking)
{
	looking->walks = 0;
	looking->young_at = loop_now() + walk_ms[0] * ms_ns;
	if (!looking->count)
		looking->round_at = loop_now() + PERIOD_MS * ms_ns;
	collect(looking);
}

/* The process of its own: ends with the family. */
static void run_watch(struct slot *slots, int socket)
{
	struct looking *looking = xcalloc(1, sizeof(*looking));
	struct pollfd fds[2] = { { .fd = socket, .events = POLLIN } };
	char wake;

	looking->slots = slots;
	looking->socket = socket;
	pulses_init(&looking->pulses);
	fds[1] = (struct pollfd){ looking->pulses.fd, POLLIN, 0 };
	for (;;) {
		poll(fds, 2, time_left(looking));
		if (fds[0].revents && read(socket, &wake, 1) <= 0)
			return;
		if (fds[0].revents)
			somebody_starts(looking);
		if (fds[1].revents)
			take_pulses(looking);
		walk_young(looking);
		if (looking->count && loop_now() >= looking->round_at)
			judge_all(looking);
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
		watch_begun(watch);
}

void watch_begun(struct watch *watch)
{
	send(watch->socket, "", 1, MSG_NOSIGNAL | MSG_DONTWAIT);
}

void watch_forget(struct watch *watch, pid_t pid)
{
	struct slot *slot = find_slot(watch, pid);

	if (slot)
		atomic_store(&slot->pid, 0);
}
