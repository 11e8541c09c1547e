/*
 * The kernel's process: what it needs around it, and its end.
 */
#define _GNU_SOURCE
#include <cpuid.h>
#include <elf.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/personality.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/vfs.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "base/alloc.h"
#include "linux.h"

/* Bytes of floating-point state that the kernel of Debian 12 has room for. */
enum { KERNEL_STATE = 2696 };

enum { TRIES = 4, EARLY_SECONDS = 10 };

enum { TMPFS = 0x01021994, ARGUMENTS_MAX = 16, TEXT_MAX = 4096 };

extern const char _binary_wide_so_start[], _binary_wide_so_end[];

struct machine {
	const char *memory, *kernel, *image, *commandline;
	char folder[64]; /* of its own, for what it writes */
	bool mend; /* wide.so is needed */
	enum disk_kind kind; /* of the image */
	pid_t pid;
	struct timespec begin; /* of the present try */
};

/* ---- the processor ---- */

static unsigned state_bytes(void)
{
	unsigned a, b = 0, c, d;

	if (!__get_cpuid_count(0xd, 0, &a, &b, &c, &d))
		return 0;
	return b;
}

/* Only a dynamic program takes a library with it. */
static bool is_dynamic(int fd)
{
	Elf64_Ehdr head;
	Elf64_Phdr part;

	if (pread(fd, &head, sizeof(head), 0) != sizeof(head) ||
	    memcmp(head.e_ident, ELFMAG, SELFMAG) != 0 ||
	    head.e_ident[EI_CLASS] != ELFCLASS64)
		return false;
	for (unsigned i = 0; i < head.e_phnum; i++)
		if (pread(fd, &part, sizeof(part),
			  (off_t)(head.e_phoff + i * sizeof(part))) ==
			    sizeof(part) &&
		    part.p_type == PT_INTERP)
			return true;
	return false;
}

/* False when there is no kernel to start. */
static bool look_at_kernel(struct machine *m)
{
	int fd = open(m->kernel, O_RDONLY | O_CLOEXEC);
	unsigned bytes = state_bytes();

	if (fd < 0 || access(m->kernel, X_OK) < 0) {
		if (fd >= 0)
			close(fd);
		printf("%s: %s\r\n", m->kernel, strerror(errno));
		if (!strcmp(m->kernel, LINUX_KERNEL))
			printf("User Mode Linux is in the package "
			       "user-mode-linux.\r\n");
		return false;
	}
	m->mend = bytes > KERNEL_STATE;
	if (m->mend && !is_dynamic(fd)) {
		m->mend = false;
		printf("This processor keeps %u bytes of floating-point state "
		       "(AMX), the kernel\r\nhas room for %d, and can't be "
		       "mended because it is linked statically:\r\nit may "
		       "panic.\r\n",
		       bytes, KERNEL_STATE);
	}
	close(fd);
	return true;
}

/* What there is to start from; false with a line where there is nothing. */
static bool look_at_image(struct machine *m)
{
	int fd = open(m->image, O_RDONLY | O_CLOEXEC);

	if (fd < 0) {
		printf("%s: %s\r\n", m->image, strerror(errno));
		return false;
	}
	m->kind = disk_kind(fd);
	close(fd);
	return true;
}

/* ---- its folder ---- */

static bool is_memory(const char *folder)
{
	struct statfs info;

	return statfs(folder, &info) == 0 && info.f_type == TMPFS &&
	       !(info.f_flags & 8 /* ST_NOEXEC */);
}

/* The guest's memory is a file there: on a disk it would be slow. */
static bool make_folder(struct machine *m)
{
	const char *base = is_memory("/tmp")       ? "/tmp"
			   : is_memory("/dev/shm") ? "/dev/shm"
						   : "/tmp";

	snprintf(m->folder, sizeof(m->folder), "%s/linux.XXXXXX", base);
	if (mkdtemp(m->folder))
		return true;
	printf("%s: %s\r\n", base, strerror(errno));
	return false;
}

static char *in_folder(const struct machine *m, const char *name)
{
	return xasprintf("%s/%s", m->folder, name);
}

static bool write_library(const struct machine *m)
{
	char *path = in_folder(m, "wide.so");
	size_t bytes = (size_t)(_binary_wide_so_end - _binary_wide_so_start);
	int fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0500);
	bool well = fd >= 0 &&
		    write(fd, _binary_wide_so_start, bytes) == (ssize_t)bytes;

	if (fd >= 0)
		close(fd);
	if (!well)
		printf("%s: %s\r\n", path, strerror(errno));
	free(path);
	return well;
}

/* Of what a kernel wrote. */
static void clean_folder(const struct machine *m)
{
	static const char *const names[] = { "disk", "said", "linux/pid",
					     "linux/mconsole" };

	for (size_t i = 0; i < array_size(names); i++) {
		char *path = in_folder(m, names[i]);

		unlink(path);
		free(path);
	}
	char *path = in_folder(m, "linux");

	rmdir(path);
	free(path);
}

static void remove_folder(const struct machine *m)
{
	char *path = in_folder(m, "wide.so");

	clean_folder(m);
	unlink(path);
	free(path);
	rmdir(m->folder);
}

/* ---- its arguments ---- */

static bool names_root(const char *commandline)
{
	const char *at = strstr(commandline, "root=");

	return at && (at == commandline || at[-1] == ' ');
}

/* What the guest writes to its disk stays in the folder, and goes with it. */
static void add_image(const struct machine *m, char **argv, int *count)
{
	if (m->kind == DISK_ARCHIVE) {
		argv[(*count)++] = xasprintf("initrd=%s", m->image);
		return;
	}
	argv[(*count)++] = xasprintf("ubd0=%s/disk,%s", m->folder, m->image);
	argv[(*count)++] = xstrdup("rw");
	if (!names_root(m->commandline))
		argv[(*count)++] = xstrdup(m->kind == DISK_PARTITIONS
						   ? "root=/dev/ubda1"
						   : "root=/dev/ubda");
}

static void fill_arguments(const struct machine *m,
			   char *argv[ARGUMENTS_MAX + 1])
{
	int count = 0;

	argv[count++] = xstrdup(m->kernel);
	/* Only what is critical is told on the console. */
	argv[count++] = xstrdup("quiet");
	argv[count++] = xstrdup("loglevel=3");
	argv[count++] = xasprintf("mem=%sM", m->memory);
	argv[count++] = xasprintf("uml_dir=%s/", m->folder);
	argv[count++] = xstrdup("umid=linux");
	argv[count++] = xstrdup("con=null");
	argv[count++] = xstrdup("con0=fd:0,fd:1");
	add_image(m, argv, &count);
	/* The kernel splits it, as it would any command line. */
	if (*m->commandline)
		argv[count++] = xstrdup(m->commandline);
	argv[count] = NULL;
}

/* ---- its life ---- */

static void become_kernel(const struct machine *m)
{
	char *argv[ARGUMENTS_MAX + 1];
	char *library = in_folder(m, "wide.so"), *said = in_folder(m, "said");
	int fd = open(said, O_WRONLY | O_CREAT | O_CLOEXEC | O_APPEND, 0600);

	prctl(PR_SET_PDEATHSIG, SIGKILL);
	if (m->mend)
		setenv("LD_PRELOAD", library, 1);
	setenv("TMPDIR", m->folder, 1);
	fill_arguments(m, argv);
	/* Its chatter is worth reading only when it fails. */
	if (fd >= 0)
		dup2(fd, 2);
	/* It takes a gap in the addresses for memory that it has to manage. */
	personality(PER_LINUX | ADDR_NO_RANDOMIZE);
	execv(m->kernel, argv);
	dprintf(1, "%s: %s\r\n", m->kernel, strerror(errno));
	_exit(127);
}

static void repeat_words(const struct machine *m)
{
	char *path = in_folder(m, "said"), text[TEXT_MAX];
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	ssize_t n = fd >= 0 ? pread(fd, text, sizeof(text), 0) : 0;

	for (ssize_t i = 0; i < n; i++) {
		if (text[i] == '\n')
			putchar('\r');
		putchar(text[i]);
	}
	if (fd >= 0)
		close(fd);
	free(path);
}

/* SIGHUP and SIGTERM are the kernel's to follow: it then ends all of itself. */
static int wait_for_end(const struct machine *m)
{
	sigset_t set;
	int signo, status = 0;

	sigemptyset(&set);
	sigaddset(&set, SIGCHLD);
	sigaddset(&set, SIGTERM);
	sigaddset(&set, SIGHUP);
	while (waitpid(m->pid, &status, WNOHANG) == 0)
		if (sigwait(&set, &signo) == 0 && signo != SIGCHLD)
			kill(m->pid, SIGTERM);
	return status;
}

/*
 * With as little as 32 MiB the kernel of Debian 12 now and then (of 200 boots,
 * 14) takes a part of its memory for a reserve while it boots, and panics for
 * want of it: the reserve is 4 MiB as soon as two kinds of memory meet in one
 * block. Rarely, under load, its init dies with more memory, too. The next try
 * is another throw of the dice.
 */
static bool died_early(const struct machine *m, int status)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return WIFSIGNALED(status) && WTERMSIG(status) == SIGABRT &&
	       now.tv_sec - m->begin.tv_sec <= EARLY_SECONDS;
}

static int start(struct machine *m)
{
	sigset_t set, before;
	int status;

	sigemptyset(&set);
	sigaddset(&set, SIGCHLD);
	sigaddset(&set, SIGTERM);
	sigaddset(&set, SIGHUP);
	sigprocmask(SIG_BLOCK, &set, &before);
	for (int tries = 1;; tries++) {
		clock_gettime(CLOCK_MONOTONIC, &m->begin);
		m->pid = fork();
		if (m->pid == 0) {
			sigprocmask(SIG_SETMASK, &before, NULL);
			become_kernel(m);
		}
		if (m->pid < 0)
			return 1;
		status = wait_for_end(m);
		if (tries == TRIES || !died_early(m, status))
			break;
		clean_folder(m);
		printf("\033[H\033[2JThe kernel panicked while it booted with "
		       "%s MiB. Once more.\r\n",
		       m->memory);
		fflush(stdout);
	}
	if (WIFEXITED(status) && WEXITSTATUS(status) == 0)
		return 0;
	repeat_words(m);
	if (WIFSIGNALED(status))
		printf("User Mode Linux ended by signal %d.\r\n",
		       WTERMSIG(status));
	else
		printf("User Mode Linux ended with code %d.\r\n",
		       WEXITSTATUS(status));
	return 1;
}

int machine_run(char **arguments)
{
	struct machine m = {
		.memory = arguments[0],
		.kernel = arguments[1],
		.image = arguments[2],
		.commandline = arguments[3],
	};
	int code = 1;

	if (!look_at_kernel(&m) || !look_at_image(&m) || !make_folder(&m))
		return 1;
	if (!m.mend || write_library(&m))
		code = start(&m);
	remove_folder(&m);
	fflush(stdout);
	return code;
}
