#include "first.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/reboot.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "base/base.h"

#define MODULES "/etc/nitpicker/modules"

enum { GRACE_MS = 2000 };

bool first_is_us(void)
{
	return getpid() == 1;
}

struct mount_point {
	const char *type, *path;
	const char *options;
	unsigned long flags;
};

static const struct mount_point points[] = {
	{ "proc", "/proc", NULL, MS_NOSUID | MS_NOEXEC | MS_NODEV },
	{ "sysfs", "/sys", NULL, MS_NOSUID | MS_NOEXEC | MS_NODEV },
	{ "devtmpfs", "/dev", "mode=0755", MS_NOSUID },
	{ "devpts", "/dev/pts", "mode=0620,ptmxmode=0666",
	  MS_NOSUID | MS_NOEXEC },
	{ "tmpfs", "/dev/shm", "mode=1777", MS_NOSUID | MS_NODEV },
	{ "tmpfs", "/run", "mode=0755", MS_NOSUID | MS_NODEV },
	{ "tmpfs", "/tmp", "mode=1777", MS_NOSUID | MS_NODEV },
	{ "cgroup2", "/sys/fs/cgroup", NULL, MS_NOSUID | MS_NOEXEC | MS_NODEV },
};

/* True when something is mounted there: another device than its parent's. */
static bool is_mounted(const char *path)
{
	char *above = xasprintf("%s/..", path);
	struct stat here, there;
	const bool mounted = stat(path, &here) == 0 &&
			     stat(above, &there) == 0 &&
			     here.st_dev != there.st_dev;

	free(above);
	return mounted;
}

static void mount_all(void)
{
	size_t i;

	for (i = 0; i < array_size(points); i++) {
		const struct mount_point *point = &points[i];

		if (is_mounted(point->path))
			continue;
		mkdir(point->path, 0755);
		if (mount(point->type, point->path, point->type, point->flags,
			  point->options) < 0 &&
		    errno != EBUSY)
			log_error("can't mount %s: %s", point->path,
				  strerror(errno));
	}
}

static void load_module(const char *path)
{
	const int fd = open(path, O_RDONLY | O_CLOEXEC);

	if (fd < 0 ||
	    (syscall(SYS_finit_module, fd, "", 0) < 0 && errno != EEXIST))
		log_error("can't load the module %s: %s", path,
			  strerror(errno));
	if (fd >= 0)
		close(fd);
}

static void load_modules(void)
{
	FILE *list = fopen(MODULES, "re");
	char line[256];

	while (list && fgets(line, sizeof(line), list)) {
		line[strcspn(line, "\n")] = '\0';
		if (line[0] == '/')
			load_module(line);
	}
	if (list)
		fclose(list);
}

void first_begin(void)
{
	setsid();
	umask(022);
	mount_all();
	load_modules();
	setenv("PATH", "/usr/local/bin:/usr/bin:/bin", 0);
	setenv("HOME", "/root", 0);
	setenv("TERM", "linux", 0);
	setenv("XDG_RUNTIME_DIR", "/run", 0);
}

/* Reaps until nobody is left, or the time is over. True: nobody is: whoever
 * lost its parent is our child. */
static bool wait_for_all(unsigned ms)
{
	const uint64_t end = loop_now() + ms * UINT64_C(1000000);
	sigset_t ended;

	sigemptyset(&ended);
	sigaddset(&ended, SIGCHLD);
	sigprocmask(SIG_BLOCK, &ended, NULL);
	for (;;) {
		const pid_t pid = waitpid(-1, NULL, WNOHANG);
		const uint64_t now = loop_now();
		const uint64_t left = now < end ? end - now : 0;

		if (pid > 0)
			continue;
		if (pid < 0 && errno == ECHILD)
			return true;
		if (!left)
			return false;
		sigtimedwait(&ended, NULL,
			     &(struct timespec){
				     .tv_sec = (time_t)(left / 1000000000),
				     .tv_nsec = (long)(left % 1000000000),
			     });
	}
}

void first_end(bool again)
{
	size_t i = array_size(points);

	kill(-1, SIGTERM);
	if (!wait_for_all(GRACE_MS)) {
		kill(-1, SIGKILL);
		wait_for_all(GRACE_MS);
	}
	sync();
	while (i--)
		umount2(points[i].path, MNT_DETACH);
	mount(NULL, "/", NULL, MS_REMOUNT | MS_RDONLY, NULL);
	reboot(again ? RB_AUTOBOOT : RB_POWER_OFF);
	log_error("the machine can't be switched off: %s", strerror(errno));
}
