/*
 * The program on the pseudo terminal.
 */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <pwd.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/wait.h>
#include <termios.h>
#include <unistd.h>

#include "console.h"
#include "launchpad/child/child.h"

enum {
	READ_BYTES = 64 << 10,
	READ_TURN = 512 << 10, /* bytes in one turn of the loop */
	QUEUE_MAX = 4 << 20,
	ARGS_MAX = 64,
	QUICK_NS = 2000000000,
};

/* ---- to the program ---- */

static void watch(struct console *c)
{
	struct shell *s = &c->shell;

	if (s->source)
		loop_set_events(s->source,
				s->queued ? LOOP_READ | LOOP_WRITE : LOOP_READ);
}

static void flush(struct console *c)
{
	struct shell *s = &c->shell;

	while (s->queued) {
		const ssize_t n = write(s->fd, s->queue, s->queued);

		if (n < 0 && errno == EINTR)
			continue;
		if (n <= 0)
			break;
		s->queued -= (size_t)n;
		memmove(s->queue, s->queue + n, s->queued);
	}
	watch(c);
}

void shell_write(struct console *c, const char *bytes, size_t count)
{
	struct shell *s = &c->shell;

	if (s->fd < 0 || !count)
		return;
	if (s->queued + count > QUEUE_MAX) {
		log_warning("the program does not read: %zu bytes are dropped",
			    count);
		return;
	}
	if (s->queued + count > s->capacity) {
		s->capacity = (s->queued + count) * 2;
		s->queue = xreallocarray(s->queue, s->capacity, 1);
	}
	memcpy(s->queue + s->queued, bytes, count);
	s->queued += count;
	flush(c);
}

/* ---- from the program ---- */

static void answer(struct console *c)
{
	size_t bytes;
	const char *replies = terminal_replies(c->terminal, &bytes);

	if (bytes)
		shell_write(c, replies, bytes);
}

static void close_terminal(struct console *c)
{
	struct shell *s = &c->shell;

	loop_remove(s->source);
	s->source = NULL;
	if (s->fd >= 0)
		close(s->fd);
	s->fd = -1;
	s->queued = 0;
}

/* False: nothing more will come. */
static bool read_some(struct console *c)
{
	char *buffer = c->shell.buffer;
	size_t sum = 0;

	while (sum < READ_TURN) {
		const ssize_t n = read(c->shell.fd, buffer, READ_BYTES);

		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0 && errno == EAGAIN)
			break;
		if (n <= 0)
			return false;
		terminal_write(c->terminal, buffer, (size_t)n);
		answer(c);
		sum += (size_t)n;
	}
	if (sum)
		console_changed(c);
	return true;
}

static void ready(void *user, int fd, uint32_t events)
{
	struct console *c = user;

	(void)fd;
	if (events & LOOP_WRITE)
		flush(c);
	if (events & (EPOLLIN | EPOLLHUP | EPOLLERR) && !read_some(c)) {
		close_terminal(c);
		console_changed(c);
	}
}

/* ---- its end ---- */

static void ended(void *user, pid_t pid, int status)
{
	struct console *c = user;
	struct shell *s = &c->shell;
	const bool quick = loop_now() - s->started < QUICK_NS;
	const bool well = WIFEXITED(status) && WEXITSTATUS(status) == 0;

	(void)pid;
	s->exit_source = NULL;
	s->pid = 0;
	if (s->fd >= 0)
		read_some(c);
	if (well || !quick) {
		loop_stop(c->component.loop, 0);
		return;
	}
	close_terminal(c);
	if (WIFSIGNALED(status))
		console_message(c, "ended by signal %d. Enter starts it again",
				WTERMSIG(status));
	else
		console_message(c, "ended with code %d. Enter starts it again",
				WEXITSTATUS(status));
}

/* ---- its beginning ---- */

/* A pseudo terminal; *name is that of the program's end. */
static int open_terminal(char *name, size_t size)
{
	const int fd = posix_openpt(O_RDWR | O_NOCTTY | O_CLOEXEC | O_NONBLOCK);

	if (fd < 0)
		return -1;
	if (grantpt(fd) < 0 || unlockpt(fd) < 0 ||
	    ptsname_r(fd, name, size) != 0) {
		close(fd);
		return -1;
	}
	return fd;
}

/* What nobody can use isn't one: it only says so and ends. */
static bool is_shell(const char *path)
{
	const char *slash = path ? strrchr(path, '/') : NULL;

	return slash && path[0] == '/' && strcmp(slash, "/nologin") &&
	       strcmp(slash, "/false") && access(path, X_OK) == 0;
}

static const char *user_shell(void)
{
	const struct passwd *user = getpwuid(getuid());
	const char *shell = getenv("SHELL");

	if (is_shell(shell))
		return shell;
	if (user && is_shell(user->pw_shell))
		return user->pw_shell;
	return is_shell("/bin/bash") ? "/bin/bash" : "/bin/sh";
}

/* Programs of the suite are found by their names. */
static void add_path(void)
{
	const char *before = getenv("PATH");
	char *folder = suite_program_folder();
	char *path = xasprintf("%s:%s", before ? before : "/usr/bin:/bin",
			       folder);

	setenv("PATH", path, 1);
	free(path);
	free(folder);
}

static void set_environment(const struct console *c)
{
	add_path();
	setenv("TERM", "xterm-256color", 1);
	setenv("COLORTERM", "truecolor", 1);
	unsetenv("COLUMNS");
	unsetenv("LINES");
	unsetenv("NITPICKER_REPORTS");
	if (host_path(c))
		setenv("NITPICKER_PARENT", host_path(c), 1);
	else
		unsetenv("NITPICKER_PARENT");
}

/* Root's programs run as nobody, who can't enter root's home even where it is
 * granted: then the private temporary folder is home. */
static const char *find_home(void)
{
	const char *home = getenv("HOME"), *other = getenv("TMPDIR");

	if (home && access(home, R_OK | X_OK) == 0)
		return home;
	other = other && access(other, R_OK | W_OK | X_OK) == 0 ? other
								: "/tmp";
	log_info("%s can't be used: home is %s, which is lost at the end",
		 home ? home : "no home", other);
	return other;
}

/* In the child. */
static void become(const struct console *c, const char *name, const char *home,
		   const char *const *argv)
{
	int fd;

	setsid();
	fd = open(name, O_RDWR);
	if (fd < 0 || ioctl(fd, TIOCSCTTY, 0) < 0)
		_exit(126);
	dup2(fd, 0);
	dup2(fd, 1);
	dup2(fd, 2);
	close_range(3, ~0u, 0);
	loop_reset_signals();
	set_environment(c);
	setenv("HOME", home, 1);
	if (chdir(home) < 0)
		fprintf(stderr, "%s: %s\r\n", home, strerror(errno));
	execvp(argv[0], (char *const *)(uintptr_t)argv);
	fprintf(stderr, "%s: %s\r\n", argv[0], strerror(errno));
	_exit(127);
}

static void read_command(const struct config_node *root,
			 const char *argv[ARGS_MAX + 1])
{
	const struct config_node *arg = config_child(root, "arg");
	const char *command = config_value(root, "command");
	size_t count = 0;

	argv[count++] = command && command[0] ? command : user_shell();
	for (; arg && count < ARGS_MAX; arg = config_next(arg, "arg")) {
		const char *value = config_attribute(arg, "value");

		argv[count++] = value ? value : arg->text;
	}
	argv[count] = NULL;
}

bool shell_start(struct console *c)
{
	const char *argv[ARGS_MAX + 1];
	struct shell *s = &c->shell;
	const char *home = find_home();
	char name[128];

	if (!s->buffer)
		s->buffer = xcalloc(READ_BYTES, 1);
	read_command(parent_config(c->component.parent), argv);
	s->fd = open_terminal(name, sizeof(name));
	if (s->fd < 0) {
		log_error("no pseudo terminal: %s", strerror(errno));
		return false;
	}
	shell_resize(c);
	s->pid = fork();
	if (s->pid == 0)
		become(c, name, home, argv);
	if (s->pid < 0) {
		log_error("fork: %s", strerror(errno));
		s->pid = 0;
		close_terminal(c);
		return false;
	}
	s->started = loop_now();
	s->source = loop_add_fd(c->component.loop, s->fd, LOOP_READ, ready, c);
	s->exit_source = loop_on_exit(c->component.loop, s->pid, ended, c);
	return true;
}

void shell_resize(struct console *c)
{
	const struct winsize size = {
		.ws_row = (unsigned short)c->rows,
		.ws_col = (unsigned short)c->columns,
		.ws_xpixel = (unsigned short)(c->columns * c->glyphs.cell_w),
		.ws_ypixel = (unsigned short)(c->rows * c->glyphs.cell_h),
	};

	if (c->shell.fd >= 0)
		ioctl(c->shell.fd, TIOCSWINSZ, &size);
}

void shell_stop(struct console *c)
{
	struct shell *s = &c->shell;

	close_terminal(c);
	loop_remove(s->exit_source);
	if (s->pid)
		kill(-s->pid, SIGHUP);
	free(s->queue);
	free(s->buffer);
}
