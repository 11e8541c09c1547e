/*
 * A program that behaves badly, as its argument says. It has no session: what
 * it takes is memory, processes and time.
 */
#include <errno.h>
#include <fcntl.h>
#include <linux/bpf.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <unistd.h>

enum { STEP = 1 << 20 };

static void __attribute__((noreturn)) wait_for_ever(void)
{
	for (;;)
		pause();
}

static void forks(void)
{
	for (;;) {
		char *page;

		fork();
		page = malloc(1 << 16);
		if (page)
			memset(page, 1, 1 << 16);
	}
}

static void allocates(void)
{
	for (;;) {
		char *more = malloc(STEP);

		if (!more) {
			/* A limit of address space: it can't do more harm. */
			fprintf(stderr, "no memory\n");
			exit(3);
		}
		memset(more, 1, STEP);
	}
}

/* Shared memory, in descriptors and, if it is mapped, not only there. */
static void hoards(bool mapped)
{
	static char data[STEP];

	memset(data, 1, sizeof(data));
	for (;;) {
		const int fd = memfd_create("hoard", 0);
		char *at;

		if (fd < 0)
			wait_for_ever();
		if (!mapped) {
			if (write(fd, data, sizeof(data)) < 0)
				wait_for_ever();
			continue;
		}
		if (ftruncate(fd, STEP) < 0)
			wait_for_ever();
		at = mmap(NULL, STEP, PROT_READ | PROT_WRITE, MAP_SHARED, fd,
			  0);
		if (at == MAP_FAILED)
			wait_for_ever();
		memset(at, 1, STEP);
		close(fd);
	}
}

/* Files in what a sandbox gives as a disk. */
static void fills(void)
{
	static char data[STEP];
	const int fd = open("/tmp/hog", O_CREAT | O_WRONLY, 0600);

	memset(data, 1, sizeof(data));
	while (fd >= 0 && write(fd, data, sizeof(data)) > 0)
		;
	wait_for_ever();
}

/* In a session of its own, its parents gone; the program itself stays. */
static void makes_daemon(bool stay)
{
	if (fork() == 0) {
		setsid();
		if (fork() == 0)
			wait_for_ever();
		_exit(0);
	}
	if (stay)
		wait_for_ever();
	/* Its end is the parent's to notice. */
	sleep(1);
	exit(0);
}

static void tell(const char *what, long result)
{
	printf("%s: %s\n", what, result < 0 ? strerror(errno) : "done");
}

/* What the filter of a sandbox refuses. */
static void asks_the_kernel(void)
{
	union bpf_attr attributes = { .map_type = BPF_MAP_TYPE_ARRAY };

	tell("keyctl", syscall(SYS_keyctl, 0, -3, 1));
	tell("bpf",
	     syscall(SYS_bpf, BPF_MAP_CREATE, &attributes, sizeof(attributes)));
	tell("kexec_load", syscall(SYS_kexec_load, 0, 0, NULL, 0));
	tell("init_module", syscall(SYS_init_module, NULL, 0, ""));
	tell("perf_event_open",
	     syscall(SYS_perf_event_open, NULL, 0, -1, -1, 0));
	tell("swapon", syscall(SYS_swapon, "/tmp", 0));
	fflush(stdout);
	wait_for_ever();
}

int main(int argc, char **argv)
{
	const char *how = argc == 2 ? argv[1] : "";

	if (!strcmp(how, "fork"))
		forks();
	else if (!strcmp(how, "malloc"))
		allocates();
	else if (!strcmp(how, "memfd"))
		hoards(false);
	else if (!strcmp(how, "mapped"))
		hoards(true);
	else if (!strcmp(how, "file"))
		fills();
	else if (!strcmp(how, "daemon"))
		makes_daemon(true);
	else if (!strcmp(how, "daemon_left"))
		makes_daemon(false);
	else if (!strcmp(how, "kernel"))
		asks_the_kernel();
	else if (!strcmp(how, "sigterm"))
		signal(SIGTERM, SIG_IGN);
	else
		return 2;
	wait_for_ever();
}
