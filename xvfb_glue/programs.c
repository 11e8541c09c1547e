#define _GNU_SOURCE
#include "programs.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/queue.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/alloc.h"
#include "base/log.h"

struct program {
	struct programs *programs;
	char *command;
	pid_t pid;
	struct loop_source *source;
	LIST_ENTRY(program) link;
};

struct programs {
	struct loop *loop;
	const struct programs_handler *handler;
	void *user;
	LIST_HEAD(, program) list;
};

struct programs *programs_create(struct loop *loop,
				 const struct programs_handler *handler,
				 void *user)
{
	struct programs *programs = xcalloc(1, sizeof(*programs));

	*programs = (struct programs){ .loop = loop,
				       .handler = handler,
				       .user = user };
	return programs;
}

static void forget(struct program *program)
{
	LIST_REMOVE(program, link);
	free(program->command);
	free(program);
}

static void on_exit_of_it(void *user, pid_t pid, int status)
{
	struct program *program = user;
	struct programs *programs = program->programs;
	char *words = NULL;

	(void)pid;
	if (WIFSIGNALED(status))
		words = xasprintf("%s: ended by signal %d (%s)",
				  program->command, WTERMSIG(status),
				  strsignal(WTERMSIG(status)));
	else if (WEXITSTATUS(status))
		words = xasprintf("%s: ended with exit code %d",
				  program->command, WEXITSTATUS(status));
	forget(program);
	programs->handler->ended(programs->user, words);
	free(words);
}

/* In the child. */
static void become_it(const char *command, pid_t parent, const char *display,
		      const char *authority, const char *theme)
{
	int nothing;

	prctl(PR_SET_PDEATHSIG, SIGHUP);
	if (getppid() != parent)
		_exit(1);
	setpgid(0, 0);
	loop_reset_signals();
	nothing = open("/dev/null", O_RDWR);
	dup2(nothing, 0);
	close_range(3, ~0u, 0);
	setenv("DISPLAY", display, 1);
	if (authority)
		setenv("XAUTHORITY", authority, 1);
	setenv("GDK_BACKEND", "x11", 1);
	setenv("QT_QPA_PLATFORM", "xcb", 1);
	setenv("SDL_VIDEODRIVER", "x11", 1);
	setenv("XDG_SESSION_TYPE", "x11", 1);
	setenv("NO_AT_BRIDGE", "1", 0);
	/* There is no GPU: GTK 4 is black until the emulated one is ready. */
	setenv("GSK_RENDERER", "cairo", 0);
	if (theme)
		setenv("GTK_THEME", theme, 0);
	if (!getenv("LC_ALL") && !getenv("LC_CTYPE") && !getenv("LANG"))
		setenv("LC_CTYPE", "C.UTF-8", 1); /* else only ASCII */
	unsetenv("WAYLAND_DISPLAY");
	unsetenv("NITPICKER_PARENT");
	execl("/bin/sh", "sh", "-c", command, (char *)NULL);
	_exit(127);
}

void programs_start(struct programs *programs, const char *command,
		    const char *display, const char *authority,
		    const char *theme)
{
	struct program *program = xcalloc(1, sizeof(*program));
	pid_t own = getpid();

	program->programs = programs;
	program->command = xstrdup(command);
	LIST_INSERT_HEAD(&programs->list, program, link);
	program->pid = fork();
	if (program->pid == 0)
		become_it(command, own, display, authority, theme);
	if (program->pid > 0)
		program->source = loop_on_exit(programs->loop, program->pid,
					       on_exit_of_it, program);
	if (program->pid < 0 || !program->source) {
		log_error("%s can't be started: %s", command, strerror(errno));
		if (program->pid > 0)
			kill(program->pid, SIGKILL);
		forget(program);
	}
}

unsigned programs_running(const struct programs *programs)
{
	const struct program *p;
	unsigned count = 0;

	LIST_FOREACH(p, &programs->list, link)
	count++;
	return count;
}

void programs_destroy(struct programs *programs)
{
	struct program *p;

	if (!programs)
		return;
	while ((p = LIST_FIRST(&programs->list))) {
		loop_remove(p->source);
		/* With all that it started, unless that went its own way: then
		 * its display is gone. */
		kill(-p->pid, SIGHUP);
		kill(-p->pid, SIGKILL);
		waitpid(p->pid, NULL, 0);
		forget(p);
	}
	free(programs);
}
