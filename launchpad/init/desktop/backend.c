#include <errno.h>
#include <fcntl.h>
#include <linux/kd.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include "backend.h"
#include "base/base.h"
#include "child/child.h"

extern char **environ;

static char *backend_path(const char *name)
{
	char *data = suite_data_folder();
	char *path = xasprintf("%s/scenario/backend/%s.xml", data, name);

	free(data);
	return path;
}

static bool is_installed(const char *program)
{
	struct entry *entry = entry_make(program, 0);
	const bool there = entry_is_installed(entry);

	entry_destroy(entry);
	return there;
}

/* Runs "PROGRAM --probe" silently; true if it exits with 0. A crash is just a
 * back end that doesn't work here. */
static bool probe(const char *program)
{
	char *folder = suite_program_folder();
	char *path = xasprintf("%s/%s", folder, program);
	char *argv[] = { path, (char[]){ "--probe" }, NULL };
	posix_spawn_file_actions_t actions;
	int status = -1;
	pid_t pid;

	posix_spawn_file_actions_init(&actions);
	posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0);
	posix_spawn_file_actions_addopen(&actions, 1, "/dev/null", O_WRONLY, 0);
	posix_spawn_file_actions_addopen(&actions, 2, "/dev/null", O_WRONLY, 0);
	if (posix_spawn(&pid, path, &actions, NULL, argv, environ) == 0)
		while (waitpid(pid, &status, 0) < 0 && errno == EINTR)
			;
	posix_spawn_file_actions_destroy(&actions);
	free(path);
	free(folder);
	return status >= 0 && WIFEXITED(status) && WEXITSTATUS(status) == 0;
}

/* Why that one can't start here; NULL: it may be able to. */
static const char *problem_of(const char *name)
{
	const char *x = getenv("DISPLAY"), *wayland = getenv("WAYLAND_DISPLAY");

	if (!strcmp(name, "sdl2")) {
		if (!is_installed("sdl2_drv"))
			return "sdl2_drv is not built: it needs libsdl2-dev";
		if (!(x && x[0]) && !(wayland && wayland[0]) &&
		    !getenv("SDL_VIDEODRIVER"))
			return "there is neither DISPLAY nor WAYLAND_DISPLAY";
		return NULL;
	}
	if (!strcmp(name, "intel")) {
		if (!is_installed("intel_drv"))
			return "intel_drv is not built: it needs libdrm-dev";
		if (!is_installed("evdev_drv"))
			return "evdev_drv is not built: it needs libinput-dev "
			       "and libudev-dev";
		return NULL;
	}
	if (!strcmp(name, "vnc"))
		return is_installed("vnc_drv")
			       ? NULL
			       : "vnc_drv is not built: it needs "
				 "libvncserver-dev";
	if (!strcmp(name, "virtual"))
		return is_installed("virtual_drv") ? NULL
						   : "virtual_drv is not built";
	return NULL;
}

/* Were we started on one of the kernel's own, with a card to show it on? */
static bool is_text_console(void)
{
	int mode;

	return ioctl(STDIN_FILENO, KDGETMODE, &mode) == 0 &&
	       access("/dev/dri/card0", F_OK) == 0;
}

bool backend_next(struct backend *backend)
{
	static const char *const names[] = { "sdl2", "intel", "vnc",
					     "virtual" };

	if (!backend->is_auto)
		return false;
	free(backend->name);
	free(backend->path);
	backend->name = backend->path = NULL;
	while (backend->tried < array_size(names)) {
		const char *name = names[backend->tried++];
		const char *problem = problem_of(name);

		if (!strcmp(name, "intel") && !is_text_console())
			continue;
		if (!problem) {
			backend->name = xstrdup(name);
			backend->path = backend_path(name);
			return true;
		}
		log_info("not %s: %s", name, problem);
	}
	log_error("no back end can start here: tried sdl2, vnc, virtual");
	return false;
}

bool backend_works(const struct backend *backend)
{
	return backend->name && !problem_of(backend->name) &&
	       (strcmp(backend->name, "sdl2") || probe("sdl2_drv"));
}

enum backend_result backend_choose(struct backend *backend, const char *wanted)
{
	const char *problem;
	char *path;

	*backend = (struct backend){ .name = NULL };
	if (!strcmp(wanted, "auto")) {
		backend->is_auto = true;
		return backend_next(backend) ? BACKEND_FOUND : BACKEND_FAILED;
	}
	path = child_name_is_valid(wanted) ? backend_path(wanted) : NULL;
	if (!path || access(path, R_OK) < 0) {
		free(path);
		return BACKEND_UNKNOWN;
	}
	problem = problem_of(wanted);
	if (problem) {
		log_error("back end %s can't start: tried %s_drv: %s", wanted,
			  wanted, problem);
		free(path);
		return BACKEND_FAILED;
	}
	backend->name = xstrdup(wanted);
	backend->path = path;
	return BACKEND_FOUND;
}

void backend_finish(struct backend *backend)
{
	free(backend->name);
	free(backend->path);
	*backend = (struct backend){ .name = NULL };
}

static void announce_vnc(const char *runtime)
{
	const char *user = getenv("USER");
	char host[256] = "HOST";

	gethostname(host, sizeof(host) - 1);
	printf("the desktop is shown to VNC viewers:\n"
	       "  here:           vncviewer %s/vnc\n"
	       "  from elsewhere: ssh -L 5900:%s/vnc %s%s%s\n"
	       "                  vncviewer localhost:5900\n"
	       "  a screenshot:   %s/screenshot.png (while nobody views)\n",
	       runtime, runtime, user ? user : "", user ? "@" : "", host,
	       runtime);
}

void backend_announce(const struct backend *backend, const char *runtime,
		      const char *control)
{
	if (!backend->name)
		printf("the desktop is where its scenario's drivers show it\n");
	else if (!strcmp(backend->name, "sdl2"))
		printf("the desktop is a window\n");
	else if (!strcmp(backend->name, "vnc"))
		announce_vnc(runtime);
	else if (!strcmp(backend->name, "virtual"))
		printf("the desktop is virtual: virtual_drv send %s%s "
		       "COMMAND\n",
		       control ? control : runtime, control ? "" : "/control");
	else
		printf("the desktop is on the back end %s\n", backend->name);
	fflush(stdout);
}
