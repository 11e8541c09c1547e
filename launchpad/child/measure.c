#include <dirent.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <unistd.h>

#include "base/base.h"
#include "measure.h"

enum {
	HELD_MAX = 4096, /* memfds that are told apart in one round */
	DEPTH_MAX = 16, /* generations below a child */
	TEXT_MAX = 8192,
};

struct held {
	ino_t inode;
	uint64_t bytes;
	struct measured *owner;
};

struct round {
	struct held held[HELD_MAX];
	size_t count;
	struct measured *current;
	uint64_t shared; /* mapped shared memory of the current one */
	uint64_t holding; /* memfds that the current one has descriptors of */
	unsigned depth;
};

static bool read_proc(pid_t pid, const char *file, char out[TEXT_MAX])
{
	char path[64];
	ssize_t got = -1;
	int fd;

	snprintf(path, sizeof(path), "/proc/%d/%s", (int)pid, file);
	fd = open(path, O_RDONLY | O_CLOEXEC);
	if (fd < 0)
		return false;
	got = read(fd, out, TEXT_MAX - 1);
	close(fd);
	out[got > 0 ? got : 0] = '\0';
	return got > 0;
}

long long measure_stat(pid_t pid, unsigned field)
{
	char text[TEXT_MAX];
	char *at;
	unsigned n = 2; /* the name ends field 2 and may hold anything */

	if (!read_proc(pid, "stat", text))
		return -1;
	at = strrchr(text, ')');
	while (at && n < field) {
		at = strchr(at + 1, ' ');
		n++;
	}
	return at ? strtoll(at + 1, NULL, 10) : -1;
}

void measure_children(pid_t pid, measure_child_fn *fn, void *user)
{
	char path[64], name[64], text[TEXT_MAX];
	DIR *tasks;
	struct dirent *task;

	snprintf(path, sizeof(path), "/proc/%d/task", (int)pid);
	tasks = opendir(path);
	while (tasks && (task = readdir(tasks))) {
		char *at = text, *end;

		if (task->d_name[0] == '.')
			continue;
		snprintf(name, sizeof(name), "task/%.20s/children",
			 task->d_name);
		if (!read_proc(pid, name, text))
			continue;
		for (;;) {
			const long child = strtol(at, &end, 10);

			if (end == at)
				break;
			at = end;
			fn(user, (pid_t)child);
		}
	}
	if (tasks)
		closedir(tasks);
}

struct family_walk {
	measure_child_fn *fn;
	void *user;
	unsigned depth;
};

static void walk_family(void *user, pid_t pid)
{
	struct family_walk *walk = user;

	walk->fn(walk->user, pid);
	if (walk->depth == DEPTH_MAX)
		return;
	walk->depth++;
	measure_children(pid, walk_family, walk);
	walk->depth--;
}

void measure_family(pid_t pid, measure_child_fn *fn, void *user)
{
	struct family_walk walk = { .fn = fn, .user = user };

	walk_family(&walk, pid);
}

static void signal_one(void *user, pid_t pid)
{
	kill(pid, *(const int *)user);
}

static void take_first(void *user, pid_t pid)
{
	pid_t *first = user;

	if (!*first)
		*first = pid;
}

void measure_signal(pid_t pid, int signo)
{
	pid_t first = 0; /* behind bubblewrap it leads a group, too */

	measure_children(pid, take_first, &first);
	if (first)
		kill(-first, signo);
	kill(-pid, signo);
	measure_family(pid, signal_one, &signo);
}

pid_t measure_inner_pid(pid_t pid)
{
	char text[TEXT_MAX];
	const char *at = read_proc(pid, "status", text)
				 ? strstr(text, "\nNSpid:")
				 : NULL;
	int outer, inner;

	if (!at || sscanf(at, "\nNSpid: %d %d", &outer, &inner) != 2)
		return 0;
	return inner;
}

/* Kilobytes behind "KEY:" */
static uint64_t rollup(const char *text, const char *key)
{
	const char *at = strstr(text, key);

	return at ? strtoull(at + strlen(key), NULL, 10) * 1024 : 0;
}

static void hold(struct round *round, const struct stat *st)
{
	const uint64_t bytes = (uint64_t)st->st_blocks * 512;
	size_t i;

	for (i = 0; i < round->count; i++) {
		struct held *held = &round->held[i];

		if (held->inode != st->st_ino)
			continue;
		if (held->owner != round->current)
			round->holding += held->bytes;
		if (round->current->server && !held->owner->server)
			held->owner = round->current;
		return;
	}
	round->holding += bytes;
	if (round->count == HELD_MAX)
		return;
	round->held[round->count++] = (struct held){
		.inode = st->st_ino,
		.bytes = bytes,
		.owner = round->current,
	};
}

static void measure_memfds(struct round *round, pid_t pid)
{
	char path[64];
	DIR *fds;
	struct dirent *fd;

	snprintf(path, sizeof(path), "/proc/%d/fd", (int)pid);
	fds = opendir(path);
	while (fds && (fd = readdir(fds))) {
		char target[16];
		struct stat st;
		const ssize_t length = readlinkat(dirfd(fds), fd->d_name,
						  target, sizeof(target));

		if (length >= 7 && !memcmp(target, "/memfd:", 7) &&
		    fstatat(dirfd(fds), fd->d_name, &st, 0) == 0)
			hold(round, &st);
	}
	if (fds)
		closedir(fds);
}

static bool has_enough(const struct measured *measured)
{
	return measured->enough && measured->used > measured->enough;
}

static void measure_one(void *user, pid_t pid)
{
	struct round *round = user;
	char text[TEXT_MAX];

	if (has_enough(round->current))
		return;
	if (read_proc(pid, "smaps_rollup", text)) {
		round->current->used += rollup(text, "Pss_Anon:");
		round->shared += rollup(text, "Pss_Shmem:");
	}
	measure_memfds(round, pid);
	if (round->depth == DEPTH_MAX)
		return;
	round->depth++;
	measure_children(pid, measure_one, round);
	round->depth--;
}

/* Files in the private folders of a sandbox are memory, too. */
static uint64_t measure_files(pid_t pid)
{
	static const char *const folders[] = { "tmp", "dev/shm" };
	static const char *const here[] = { "/tmp", "/dev/shm" };
	struct statvfs files;
	struct stat there, ours;
	uint64_t bytes = 0;
	pid_t first = 0;
	char path[64];
	size_t i;

	measure_children(pid, take_first, &first);
	for (i = 0; first && i < array_size(folders); i++) {
		snprintf(path, sizeof(path), "/proc/%d/root/%s", (int)first,
			 folders[i]);
		/* Before the sandbox is there, that is the host's. */
		if (statvfs(path, &files) == 0 && stat(path, &there) == 0 &&
		    stat(here[i], &ours) == 0 && there.st_dev != ours.st_dev)
			bytes += (files.f_blocks - files.f_bfree) *
				 files.f_frsize;
	}
	return bytes;
}

void measure_all(struct measured *measured, size_t count)
{
	struct round *round = calloc(1, sizeof(*round));
	size_t i;

	if (!round)
		return;
	for (i = 0; i < count; i++) {
		round->current = &measured[i];
		round->current->used = 0;
		round->shared = round->holding = 0;
		measure_one(round, measured[i].pid);
		measured[i].sure = has_enough(&measured[i]);
		if (measured[i].sure)
			continue;
		if (measured[i].sandboxed)
			measured[i].used += measure_files(measured[i].pid);
		/* Mapped, but no descriptor says what it is. */
		if (round->shared > round->holding)
			measured[i].used += round->shared - round->holding;
	}
	for (i = 0; i < round->count; i++)
		round->held[i].owner->used += round->held[i].bytes;
	free(round);
}

struct cpu {
	uint64_t ticks;
	unsigned processes, depth;
};

/* Fields 14 to 17 of stat: own user and system time, that of dead children. */
static void measure_cpu_of(void *user, pid_t pid)
{
	struct cpu *cpu = user;
	char text[TEXT_MAX];
	const char *end = read_proc(pid, "stat", text) ? strrchr(text, ')')
						       : NULL;
	unsigned long long own = 0, system = 0;
	long long waited = 0, waited_system = 0;

	if (!end || sscanf(end,
			   ") %*c %*d %*d %*d %*d %*d %*u %*u %*u %*u %*u "
			   "%llu %llu %lld %lld",
			   &own, &system, &waited, &waited_system) != 4)
		return;
	cpu->ticks += own + system + (uint64_t)(waited + waited_system);
	cpu->processes++;
	if (cpu->depth == DEPTH_MAX)
		return;
	cpu->depth++;
	measure_children(pid, measure_cpu_of, cpu);
	cpu->depth--;
}

uint64_t measure_cpu(pid_t pid, unsigned *processes)
{
	struct cpu cpu = { .ticks = 0 };

	measure_cpu_of(&cpu, pid);
	*processes = cpu.processes;
	return cpu.ticks * (1000000000u / (uint64_t)sysconf(_SC_CLK_TCK));
}
