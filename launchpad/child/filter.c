/*
 * System calls that nobody who draws windows needs and that reach beyond
 * namespaces: into the kernel itself, its keys, its counters, its swap.
 */
#include <errno.h>
#include <seccomp.h>
#include <sys/mman.h>
#include <unistd.h>

#include "isolate.h"

static const int refused[] = {
	SCMP_SYS(add_key),
	SCMP_SYS(request_key),
	SCMP_SYS(keyctl),
	SCMP_SYS(bpf),
	SCMP_SYS(kexec_load),
	SCMP_SYS(kexec_file_load),
	SCMP_SYS(init_module),
	SCMP_SYS(finit_module),
	SCMP_SYS(delete_module),
	SCMP_SYS(perf_event_open),
	SCMP_SYS(swapon),
	SCMP_SYS(swapoff),
	SCMP_SYS(reboot),
	SCMP_SYS(syslog),
	SCMP_SYS(acct),
	SCMP_SYS(quotactl),
	SCMP_SYS(open_by_handle_at),
};

int isolation_filter(void)
{
	scmp_filter_ctx filter = seccomp_init(SCMP_ACT_ALLOW);
	int failed = filter ? 0 : -ENOMEM;
	int fd = -1;
	size_t i;

	for (i = 0; !failed && i < array_size(refused); i++)
		failed = seccomp_rule_add(filter, SCMP_ACT_ERRNO(EPERM),
					  refused[i], 0);
	if (!failed)
		fd = memfd_create("filter", MFD_CLOEXEC);
	if (!failed && fd < 0)
		failed = -errno;
	if (!failed)
		failed = seccomp_export_bpf(filter, fd);
	if (!failed && lseek(fd, 0, SEEK_SET) < 0)
		failed = -errno;
	seccomp_release(filter);
	if (!failed)
		return fd;
	if (fd >= 0)
		close(fd);
	errno = -failed;
	return -1;
}
