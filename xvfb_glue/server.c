#define _GNU_SOURCE
#include "server.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/random.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/alloc.h"
#include "base/log.h"
#include "display.h"

enum { LINE_MAX_BYTES = 256, ARGS_MAX = 24, NUMBER_MAX = 16 };

struct server {
	struct loop *loop;
	const struct server_handler *handler;
	void *user;
	char folder[64], *authority;
	uint8_t cookie[COOKIE_BYTES];
	pid_t pid; /* 0: none */
	struct loop_source *exit_source, *number_source, *words_source;
	int number_fd, words_fd;
	char number[NUMBER_MAX]; /* what was read of it */
	size_t number_bytes;
	char line[LINE_MAX_BYTES], last[LINE_MAX_BYTES + 1];
	size_t line_bytes;
};

/* ---- the cookie ---- */

/* One entry of family "wild": for any host and any display number. */
static bool write_authority(struct server *server)
{
	static const uint8_t head[] = { 0xff, 0xff, 0, 0, 0, 0, 0, 18 };
	static const uint8_t length[] = { 0, COOKIE_BYTES };
	uint8_t record[sizeof(head) + 18 + sizeof(length) + COOKIE_BYTES];
	uint8_t *to = record;
	int fd = open(server->authority,
		      O_CREAT | O_EXCL | O_WRONLY | O_CLOEXEC, 0600);
	bool well;

	if (fd < 0 ||
	    getrandom(server->cookie, COOKIE_BYTES, 0) != COOKIE_BYTES) {
		if (fd >= 0)
			close(fd);
		return false;
	}
	to = mempcpy(to, head, sizeof(head));
	to = mempcpy(to, "MIT-MAGIC-COOKIE-1", 18);
	to = mempcpy(to, length, sizeof(length));
	memcpy(to, server->cookie, COOKIE_BYTES);
	well = write(fd, record, sizeof(record)) == (ssize_t)sizeof(record);
	close(fd);
	return well;
}

static bool make_folder(struct server *server)
{
	const char *base = getenv("TMPDIR");

	if (!base || *base != '/' || strlen(base) > 32)
		base = "/tmp";
	snprintf(server->folder, sizeof(server->folder), "%s/xvfb.XXXXXX",
		 base);
	if (!mkdtemp(server->folder)) {
		log_error("no folder for the X server in %s: %s", base,
			  strerror(errno));
		*server->folder = '\0';
		return false;
	}
	server->authority = xasprintf("%s/auth", server->folder);
	if (write_authority(server))
		return true;
	log_error("%s: %s", server->authority, strerror(errno));
	return false;
}

/* ---- what it says ---- */

static void end_line(struct server *server)
{
	if (!server->line_bytes)
		return;
	memcpy(server->last, server->line, server->line_bytes);
	server->last[server->line_bytes] = '\0';
	server->line_bytes = 0;
	log_debug("Xvfb: %s", server->last);
}

static void read_words(void *user, int fd, uint32_t events)
{
	struct server *server = user;
	char text[512];
	ssize_t n;

	(void)events;
	while ((n = read(fd, text, sizeof(text))) > 0)
		for (ssize_t i = 0; i < n; i++)
			if (text[i] == '\n')
				end_line(server);
			else if (server->line_bytes < LINE_MAX_BYTES)
				server->line[server->line_bytes++] = text[i];
	if (n < 0 && (errno == EAGAIN || errno == EINTR))
		return;
	end_line(server);
	loop_remove(server->words_source);
	server->words_source = NULL;
}

/* "N" and the end of the line may come apart. */
static void read_number(void *user, int fd, uint32_t events)
{
	struct server *server = user;
	size_t room = NUMBER_MAX - 1 - server->number_bytes;
	ssize_t n = read(fd, server->number + server->number_bytes, room);
	char *end;

	(void)events;
	if (n < 0 && (errno == EAGAIN || errno == EINTR))
		return;
	if (n > 0)
		server->number_bytes += (size_t)n;
	server->number[server->number_bytes] = '\0';
	end = strchr(server->number, '\n');
	if (!end && n > 0 && server->number_bytes < NUMBER_MAX - 1)
		return;
	loop_remove(server->number_source);
	server->number_source = NULL;
	if (!end || end == server->number)
		return; /* its exit tells why */
	*end = '\0';

	char *name = xasprintf(":%s", server->number);

	server->handler->ready(server->user, name, server->cookie);
	free(name);
}

/* ---- its end ---- */

static void on_exit_of_it(void *user, pid_t pid, int status)
{
	struct server *server = user;
	char *words;

	(void)pid;
	server->exit_source = NULL;
	server->pid = 0;
	if (server->words_source)
		read_words(server, server->words_fd, EPOLLIN);
	if (WIFSIGNALED(status))
		words = xasprintf("Xvfb ended by signal %d (%s)",
				  WTERMSIG(status),
				  strsignal(WTERMSIG(status)));
	else if (WEXITSTATUS(status) == 127)
		words = xstrdup("Xvfb is not installed (package xvfb)");
	else
		words = xasprintf("Xvfb ended with exit code %d%s%s",
				  WEXITSTATUS(status),
				  *server->last ? ": " : "", server->last);
	server->handler->ended(server->user, words);
	free(words);
}

/* ---- its beginning ---- */

/* In the child; `number` and `words` are ends of pipes. */
static void become_it(const struct server *server, char *const *argv,
		      pid_t parent, int number, int words)
{
	int nothing;

	prctl(PR_SET_PDEATHSIG, SIGTERM);
	if (getppid() != parent)
		_exit(1);
	setpgid(0, 0);
	loop_reset_signals();
	umask(077);
	nothing = open("/dev/null", O_RDWR);
	dup2(nothing, 0);
	dup2(words, 1);
	dup2(words, 2);
	if (number == 3)
		fcntl(3, F_SETFD, 0);
	else
		dup2(number, 3);
	close_range(4, ~0u, 0);
	unsetenv("NITPICKER_PARENT");
	(void)server;
	execvp(argv[0], argv);
	_exit(127);
}

static bool spawn(struct server *server, const struct server_options *options)
{
	char *screen = xasprintf("%dx%dx%d", options->width, options->height,
				 options->depth);
	char *dpi = xasprintf("%d", options->dpi);
	char *argv[ARGS_MAX] = {
		"Xvfb",      "-displayfd", "3",         "-screen",
		"0",         screen,       "-auth",     server->authority,
		"-dpi",      dpi,          "-nocursor", "-noreset",
		"-nolisten", "tcp",        "-s",        "0",
		NULL,
	};
	int number[2], words[2];
	pid_t own = getpid();
	bool well = pipe2(number, O_CLOEXEC) == 0;

	if (well && pipe2(words, O_CLOEXEC) < 0) {
		close(number[0]);
		close(number[1]);
		well = false;
	}
	if (well) {
		server->pid = fork();
		if (server->pid == 0)
			become_it(server, argv, own, number[1], words[1]);
		close(number[1]);
		close(words[1]);
		server->number_fd = number[0];
		server->words_fd = words[0];
	}
	free(screen);
	free(dpi);
	if (!well || server->pid < 0) {
		server->pid = 0;
		log_error("the X server can't be started: %s", strerror(errno));
		return false;
	}
	return true;
}

static void watch_it(struct server *server)
{
	fcntl(server->number_fd, F_SETFL, O_NONBLOCK);
	fcntl(server->words_fd, F_SETFL, O_NONBLOCK);
	server->number_source = loop_add_fd(server->loop, server->number_fd,
					    LOOP_READ, read_number, server);
	server->words_source = loop_add_fd(server->loop, server->words_fd,
					   LOOP_READ, read_words, server);
	server->exit_source = loop_on_exit(server->loop, server->pid,
					   on_exit_of_it, server);
}

struct server *server_start(struct loop *loop,
			    const struct server_options *options,
			    const struct server_handler *handler, void *user)
{
	struct server *server = xcalloc(1, sizeof(*server));

	*server = (struct server){ .loop = loop,
				   .handler = handler,
				   .user = user,
				   .number_fd = -1,
				   .words_fd = -1 };
	if (!make_folder(server) || !spawn(server, options)) {
		server_destroy(server);
		return NULL;
	}
	watch_it(server);
	return server;
}

void server_destroy(struct server *server)
{
	if (!server)
		return;
	loop_remove(server->exit_source);
	loop_remove(server->number_source);
	loop_remove(server->words_source);
	if (server->pid) {
		kill(server->pid, SIGKILL);
		waitpid(server->pid, NULL, 0);
	}
	if (server->number_fd >= 0)
		close(server->number_fd);
	if (server->words_fd >= 0)
		close(server->words_fd);
	if (server->authority)
		unlink(server->authority);
	if (*server->folder)
		rmdir(server->folder);
	free(server->authority);
	free(server);
}

pid_t server_pid(const struct server *server)
{
	return server->pid;
}

const char *server_authority(const struct server *server)
{
	return server->authority;
}
