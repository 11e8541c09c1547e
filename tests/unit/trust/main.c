/*
 * What the server can't do any more once it runs: tried by processes with its
 * filter, which end with 0 or with the line that went wrong.
 */
#define _GNU_SOURCE
#include "session/trust/trust.c"

#include <check.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/epoll.h>
#include <sys/ptrace.h>
#include <sys/socket.h>
#include <sys/wait.h>

#include "base/memory.h"

/* Sanitizers need calls that the filter refuses, so theirs has none. */
#ifdef SANITIZED
enum { FILTERED = false };
#else
enum { FILTERED = true };
#endif

#define need(condition) \
	do { \
		if (!(condition)) \
			_exit(__LINE__); \
	} while (0)

#define refused(call) \
	do { \
		errno = 0; \
		need((int)(call) == -1 && errno == EPERM); \
	} while (0)

static int outcome(void (*body)(void))
{
	int status = 0;
	pid_t child = fork();
	if (child == 0) {
		trust_begin();
		need(trust_lock(true));
		if (FILTERED)
			body();
		_exit(0);
	}
	ck_assert_int_eq(waitpid(child, &status, 0), child);
	return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

#define TRY(name) \
	static void try_##name(void); \
	START_TEST(name) \
	{ \
		ck_assert_int_eq(outcome(try_##name), 0); \
	} \
	END_TEST \
	static void try_##name(void)

TRY(no_path)
{
	struct stat status;
	refused(syscall(SYS_openat, AT_FDCWD, "/etc/passwd", O_RDONLY));
	refused(open("/dev/null", O_RDWR));
	refused(syscall(SYS_newfstatat, AT_FDCWD, "/", &status, 0));
	refused(readlink("/proc/self/exe", (char[8]){ 0 }, 8));
	refused(unlink("/nothing"));
	refused(chdir("/"));
}

TRY(no_network)
{
	int pair[2];
	refused(socket(AF_UNIX, SOCK_STREAM, 0));
	refused(socket(AF_INET, SOCK_STREAM, 0));
	refused(socketpair(AF_UNIX, SOCK_STREAM, 0, pair));
	refused(connect(0, NULL, 0));
}

TRY(no_other_process)
{
	refused(ptrace(PTRACE_ATTACH, getppid(), NULL, NULL));
	refused(kill(getppid(), 0));
	refused(syscall(SYS_fork));
	refused(execl("/bin/true", "true", NULL));
	refused(syscall(SYS_process_vm_readv, getppid(), NULL, 0, NULL, 0, 0));
	refused(fcntl(0, F_SETOWN, getppid()));
}

TRY(no_code)
{
	char *memory;
	memory = mmap(NULL, 4096, PROT_READ | PROT_WRITE,
		      MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	need(memory != MAP_FAILED);
	refused(mprotect(memory, 4096, PROT_READ | PROT_EXEC));
	need(mmap(NULL, 4096, PROT_READ | PROT_EXEC,
		  MAP_PRIVATE | MAP_ANONYMOUS, -1, 0) == MAP_FAILED);
}

TRY(what_it_needs)
{
	char *text;
	int fd;
	fd = memory_create_buffer("test", 100000);
	need(fd >= 0);
	need(memory_allocate(fd, 0, 100000));
	need(memory_is_buffer(fd, 100000));
	text = memory_map(fd, 100000, true);
	need(text);
	memory_unmap(text, 100000);
	need(lseek(fd, 0, SEEK_HOLE) >= 0);
	close(fd);
	fd = memory_create_blob("test", "text", 4);
	text = memory_read_blob(fd, 4, NULL);
	need(text && !strcmp(text, "text"));
	free(text);
	text = realloc(malloc(1 << 20), 64 << 20);
	need(text);
	free(text);
}

int main(void)
{
	Suite *suite = suite_create("trust");
	TCase *tests = tcase_create("trust");
	tcase_add_test(tests, no_path);
	tcase_add_test(tests, no_network);
	tcase_add_test(tests, no_other_process);
	tcase_add_test(tests, no_code);
	tcase_add_test(tests, what_it_needs);
	suite_add_tcase(suite, tests);

	SRunner *runner = srunner_create(suite);
	srunner_run_all(runner, CK_ENV);
	int failed = srunner_ntests_failed(runner);
	srunner_free(runner);
	return failed != 0;
}
