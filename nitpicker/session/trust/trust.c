/*
 * After its start such a component holds nothing but what it was given: no
 * path, no socket that it could make, no other process. So whoever takes over
 * the GUI server has the screen and the input, and nothing beyond.
 */
#include "session/trust/trust.h"

#include <errno.h>
#include <fcntl.h>
#include <seccomp.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "base/base.h"

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
#define SANITIZED 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer) || __has_feature(memory_sanitizer)
#define SANITIZED 1
#endif
#endif

#if defined(SYS_fstat) && !defined(SANITIZED) && __WORDSIZE == 64
#define OWN_FSTAT 1
/* The one of glibc calls newfstatat, which would also look at paths. */
int fstat(int fd, struct stat *status)
{
	return (int)syscall(SYS_fstat, fd, status);
}
#endif

/* Without conditions: the loop; sessions, the log; memory of its own and
 * shared, as base/memory.h names it; the end. */
static const int calls[] = {
	SCMP_SYS(epoll_ctl),     SCMP_SYS(epoll_wait),
	SCMP_SYS(epoll_pwait),   SCMP_SYS(poll),
	SCMP_SYS(ppoll),         SCMP_SYS(timerfd_settime),
	SCMP_SYS(clock_gettime), SCMP_SYS(restart_syscall),
	SCMP_SYS(rt_sigreturn),  SCMP_SYS(rt_sigprocmask),
	SCMP_SYS(recvmsg),       SCMP_SYS(sendmsg),
	SCMP_SYS(read),          SCMP_SYS(write),
	SCMP_SYS(close),         SCMP_SYS(memfd_create),
	SCMP_SYS(ftruncate),     SCMP_SYS(fallocate),
	SCMP_SYS(fstatfs),       SCMP_SYS(lseek),
	SCMP_SYS(pread64),       SCMP_SYS(munmap),
	SCMP_SYS(mremap),        SCMP_SYS(madvise),
	SCMP_SYS(brk),           SCMP_SYS(futex),
	SCMP_SYS(getrandom),     SCMP_SYS(exit),
	SCMP_SYS(exit_group),
#ifdef OWN_FSTAT
	SCMP_SYS(fstat),
#else
	SCMP_SYS(fstat64),       SCMP_SYS(newfstatat),
	SCMP_SYS(fstatat64),     SCMP_SYS(statx),
#endif
};

/* No F_SETOWN: that would send signals to others. */
static const int fcntl_commands[] = {
	F_GETFD,         F_SETFD,     F_GETFL,     F_SETFL,
	F_DUPFD_CLOEXEC, F_ADD_SEALS, F_GET_SEALS,
};

static int allow(scmp_filter_ctx filter)
{
	int failed = 0;
	for (size_t i = 0; i < array_size(calls); i++)
		failed |= seccomp_rule_add(filter, SCMP_ACT_ALLOW, calls[i], 0);
	for (size_t i = 0; i < array_size(fcntl_commands); i++)
		failed |= seccomp_rule_add(
			filter, SCMP_ACT_ALLOW, SCMP_SYS(fcntl), 1,
			SCMP_A1(SCMP_CMP_EQ, (scmp_datum_t)fcntl_commands[i]));
	/* Nothing that could be run. */
	failed |= seccomp_rule_add(filter, SCMP_ACT_ALLOW, SCMP_SYS(mmap), 1,
				   SCMP_A2(SCMP_CMP_MASKED_EQ, PROT_EXEC, 0));
	failed |= seccomp_rule_add(filter, SCMP_ACT_ALLOW, SCMP_SYS(mprotect),
				   1,
				   SCMP_A2(SCMP_CMP_MASKED_EQ, PROT_EXEC, 0));
	return failed;
}

static int load(void)
{
	scmp_filter_ctx filter = seccomp_init(SCMP_ACT_ERRNO(EPERM));
	int result = filter ? allow(filter) : -ENOMEM;
	/* A tree instead of a list: the first of many calls isn't dearer. */
	if (!result)
		result = seccomp_attr_set(filter, SCMP_FLTATR_CTL_OPTIMIZE, 2);
	if (!result)
		result = seccomp_load(filter);
	if (filter)
		seccomp_release(filter);
	return result;
}

void trust_begin(void)
{
	prctl(PR_SET_DUMPABLE, 0);
	prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0);
}

bool trust_lock(bool wanted)
{
	int problem;
	if (!wanted) {
		log_warning("<seccomp>off</seccomp>: a fault in this program "
			    "could reach beyond the screen");
		return true;
	}
#ifdef SANITIZED
	log_warning("built with a sanitizer, which needs more system calls: "
		    "no seccomp filter");
	return true;
#endif
	problem = load();
	if (!problem)
		return true;
	log_error("seccomp: %s; to start without it, say "
		  "<seccomp>off</seccomp> in the config",
		  strerror(-problem));
	return false;
}
