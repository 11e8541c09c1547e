#define _GNU_SOURCE
#include "qemu.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/alloc.h"
#include "base/log.h"

/* MiB of translated code; by default QEMU takes a gigabyte of addresses. */
#define TCG "tcg,thread=multi,tb-size=64"

enum { ARGV_MAX = QEMU_ARGS_MAX + 48, FILES_MAX = 8 };

struct qemu {
	struct loop *loop;
	const struct qemu_handler *handler;
	void *user;
	pid_t pid;
	struct loop_source *exit_source;
	bool ending;
	char folder[64];
	int listener; /* its display connects to it; -1: it did */
	struct loop_source *listener_source;
	int output; /* what it says; -1: closed */
	struct loop_source *output_source;
	char line[QEMU_LINE_MAX + 1]; /* being read */
	size_t length;
	char last[QEMU_LINE_MAX + 1];

	char *argv[ARGV_MAX + 1];
	int argc;
	int files[FILES_MAX]; /* it inherits them */
	int file_count;
};

/* ---- its command line ---- */

static void add(struct qemu *q, char *text)
{
	if (q->argc < ARGV_MAX)
		q->argv[q->argc++] = text;
	else
		free(text);
}

static void add_pair(struct qemu *q, const char *option, char *value)
{
	add(q, xstrdup(option));
	add(q, value);
}

/*
 * KVM only where the processor does it: a kernel can offer /dev/kvm without,
 * and then guests are slower than translated ones, or don't boot at all.
 */
static bool has_kvm(void)
{
	static const char *const modules[] = { "kvm_intel", "kvm_amd" };
	char line[256];
	bool there = access("/sys/module/kvm_intel", F_OK) == 0 ||
		     access("/sys/module/kvm_amd", F_OK) == 0;
	FILE *list = there ? NULL : fopen("/proc/modules", "re");

	while (list && !there && fgets(line, sizeof(line), list))
		for (size_t i = 0; i < array_size(modules); i++)
			there |= !strncmp(line, modules[i],
					  strlen(modules[i])) &&
				 line[strlen(modules[i])] == ' ';
	if (list)
		fclose(list);
	return there && access("/dev/kvm", R_OK | W_OK) == 0;
}

/* Opened here, so that it is of no matter whether QEMU sees the name. */
static bool add_file(struct qemu *q, struct parent *parent, const char *name,
		     bool *writable, char path[32], char **problem)
{
	enum wire_status status = WIRE_OK;
	int fd = -1;

	if (name[0] == '/' && *writable)
		fd = open(name, O_RDWR | O_CLOEXEC);
	*writable = fd >= 0;
	if (name[0] == '/' && fd < 0)
		fd = open(name, O_RDONLY | O_CLOEXEC);
	if (fd < 0)
		fd = parent_file(parent, name, &status);
	if (fd < 0 || q->file_count == FILES_MAX) {
		*problem = xasprintf("%s can't be read: %s", name,
				     fd < 0 ? wire_status_name(status)
					    : "too many files");
		if (fd >= 0)
			close(fd);
		return false;
	}
	q->files[q->file_count++] = fd;
	snprintf(path, 32, "/proc/self/fd/%d", fd);
	return true;
}

static bool add_disks(struct qemu *q, struct parent *parent,
		      const struct config_node *config, char **problem)
{
	const struct config_node *node;
	char path[32];
	bool writable;

	for (node = config_child(config, "disk"); node;
	     node = config_next(node, "disk")) {
		writable = true;
		if (!add_file(q, parent, node->text, &writable, path, problem))
			return false;
		if (!writable)
			log_info("%s can't be written: what the guest changes "
				 "is lost at its end",
				 node->text);
		add_pair(q, "-drive",
			 xasprintf("file=%s,format=raw,if=ide,media=disk%s",
				   path, writable ? "" : ",snapshot=on"));
	}
	for (node = config_child(config, "cdrom"); node;
	     node = config_next(node, "cdrom")) {
		writable = false;
		if (!add_file(q, parent, node->text, &writable, path, problem))
			return false;
		add_pair(q, "-drive",
			 xasprintf("file=%s,format=raw,if=ide,media=cdrom,"
				   "readonly=on",
				   path));
	}
	return true;
}

static bool names_display(const char *text)
{
	return !strcmp(text, "-vga") || strstr(text, "VGA") ||
	       strstr(text, "-vga") || strstr(text, "-gpu");
}

/* True when the user's arguments choose the display themselves. */
static bool add_own(struct qemu *q, const struct config_node *config)
{
	const struct config_node *arg = config_child(config, "arg");
	bool display = false;
	int count = 0;

	for (; arg; arg = config_next(arg, "arg")) {
		const char *value = config_attribute(arg, "value");

		if (count++ == QEMU_ARGS_MAX) {
			config_complain(arg, "more than %d: left out",
					QEMU_ARGS_MAX);
			break;
		}
		value = value ? value : arg->text;
		display |= names_display(value);
		add(q, xstrdup(value));
	}
	return display;
}

static bool fill_arguments(struct qemu *q, struct parent *parent,
			   const struct config_node *config, char **problem)
{
	const char *kernel = config_value(config, "kernel");
	uint64_t memory = (uint64_t)QEMU_MEMORY_DEFAULT << 20;
	bool writable = false;
	char path[32];

	config_get_bytes(config, "memory", &memory);
	memory >>= 20;
	if (!memory || memory > QEMU_MEMORY_MAX) {
		config_complain(config, "<memory> is not 1M to %dM: %dM",
				QEMU_MEMORY_MAX, QEMU_MEMORY_DEFAULT);
		memory = QEMU_MEMORY_DEFAULT;
	}
	add(q, xstrdup(QEMU_PROGRAM));
	add(q, xstrdup("-nodefaults"));
	add(q, xstrdup("-no-user-config"));
	add_pair(q, "-accel", xstrdup(has_kvm() ? "kvm" : TCG));
	add_pair(q, "-m", xasprintf("%llu", (unsigned long long)memory));
	/* It connects to us, so nobody has to wait for it to listen. */
	add_pair(q, "-vnc",
		 xasprintf("unix:%s/display,reverse=on,lock-key-sync=off",
			   q->folder));
	add(q, xstrdup("-usb"));
	add_pair(q, "-device", xstrdup("usb-tablet"));
	if (!add_disks(q, parent, config, problem))
		return false;
	if (kernel && *kernel) {
		if (!add_file(q, parent, kernel, &writable, path, problem))
			return false;
		add_pair(q, "-kernel", xstrdup(path));
	}
	if (!add_own(q, config))
		add_pair(q, "-vga", xstrdup("std"));
	q->argv[q->argc] = NULL;
	return true;
}

/* ---- its display connects ---- */

static void close_listener(struct qemu *q)
{
	char *path = xasprintf("%s/display", q->folder);

	loop_remove(q->listener_source);
	q->listener_source = NULL;
	if (q->listener >= 0)
		close(q->listener);
	q->listener = -1;
	if (*q->folder)
		unlink(path);
	free(path);
}

static void on_display(void *user, int fd, uint32_t events)
{
	struct qemu *q = user;
	int display = accept4(fd, NULL, NULL, SOCK_CLOEXEC | SOCK_NONBLOCK);

	(void)events;
	if (display < 0)
		return;
	close_listener(q);
	q->handler->display(q->user, display);
}

static bool listen_for_it(struct qemu *q, char **problem)
{
	const char *base = getenv("TMPDIR");
	struct sockaddr_un place = { .sun_family = AF_UNIX };

	if (!base || !*base || strlen(base) > 32)
		base = "/tmp";
	snprintf(q->folder, sizeof(q->folder), "%s/vm.XXXXXX", base);
	if (!mkdtemp(q->folder)) {
		*problem = xasprintf("%s: %s", base, strerror(errno));
		return false;
	}
	snprintf(place.sun_path, sizeof(place.sun_path), "%s/display",
		 q->folder);
	q->listener = socket(AF_UNIX,
			     SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
	if (q->listener < 0 ||
	    bind(q->listener, (struct sockaddr *)&place, sizeof(place)) < 0 ||
	    listen(q->listener, 1) < 0) {
		*problem = xasprintf("%s: %s", place.sun_path, strerror(errno));
		return false;
	}
	q->listener_source = loop_add_fd(q->loop, q->listener, LOOP_READ,
					 on_display, q);
	return true;
}

/* ---- what it says, and its end ---- */

static void end_line(struct qemu *q)
{
	if (!q->length)
		return;
	memcpy(q->last, q->line, q->length);
	q->last[q->length] = '\0';
	q->length = 0;
	log_info("QEMU: %s", q->last);
}

static void read_words(struct qemu *q)
{
	char text[512];
	ssize_t n;

	while ((n = read(q->output, text, sizeof(text))) > 0)
		for (ssize_t i = 0; i < n; i++)
			if (text[i] == '\n')
				end_line(q);
			else if (q->length < QEMU_LINE_MAX)
				q->line[q->length++] = text[i];
	if (n < 0 && (errno == EAGAIN || errno == EINTR))
		return;
	end_line(q);
	loop_remove(q->output_source);
	q->output_source = NULL;
}

static void on_output(void *user, int fd, uint32_t events)
{
	(void)fd;
	(void)events;
	read_words(user);
}

static void on_exit_of_it(void *user, pid_t pid, int status)
{
	struct qemu *q = user;
	char *words;
	int code = 1;

	(void)pid;
	q->exit_source = NULL;
	q->pid = 0;
	if (q->output_source)
		read_words(q);
	if (WIFSIGNALED(status)) {
		words = xasprintf("QEMU ended by signal %d (%s)",
				  WTERMSIG(status),
				  strsignal(WTERMSIG(status)));
	} else if (WEXITSTATUS(status) == 127) {
		words = xstrdup(QEMU_PROGRAM " is not installed (package "
					     "qemu-system-x86)");
	} else {
		code = WEXITSTATUS(status);
		words = xasprintf("QEMU ended with exit code %d%s%s", code,
				  *q->last ? ": " : "", q->last);
	}
	q->handler->ended(q->user, code, words);
	free(words);
}

/* ---- life ---- */

static void become_it(struct qemu *q, int output)
{
	prctl(PR_SET_PDEATHSIG, SIGKILL);
	loop_reset_signals();
	for (int i = 0; i < q->file_count; i++)
		fcntl(q->files[i], F_SETFD, 0);
	dup2(output, 1);
	dup2(output, 2);
	/* For what snapshots keep; /tmp itself it would not take. */
	setenv("TMPDIR", q->folder, 1);
	unsetenv("NITPICKER_PARENT");
	execvp(q->argv[0], q->argv);
	_exit(127);
}

static bool spawn(struct qemu *q, char **problem)
{
	int pipes[2];

	if (pipe2(pipes, O_CLOEXEC) < 0) {
		*problem = xasprintf("pipe: %s", strerror(errno));
		return false;
	}
	q->pid = fork();
	if (q->pid == 0)
		become_it(q, pipes[1]);
	close(pipes[1]);
	q->output = pipes[0];
	if (q->pid < 0) {
		q->pid = 0;
		*problem = xasprintf("fork: %s", strerror(errno));
		return false;
	}
	fcntl(q->output, F_SETFL, O_NONBLOCK);
	q->output_source = loop_add_fd(q->loop, q->output, LOOP_READ, on_output,
				       q);
	q->exit_source = loop_on_exit(q->loop, q->pid, on_exit_of_it, q);
	return true;
}

struct qemu *qemu_start(struct loop *loop, struct parent *parent,
			const struct config_node *config,
			const struct qemu_handler *handler, void *user,
			char **problem)
{
	struct qemu *q = xcalloc(1, sizeof(*q));

	*q = (struct qemu){ .loop = loop,
			    .handler = handler,
			    .user = user,
			    .listener = -1,
			    .output = -1 };
	if (listen_for_it(q, problem) &&
	    fill_arguments(q, parent, config, problem) && spawn(q, problem))
		return q;
	qemu_destroy(q);
	return NULL;
}

void qemu_end(struct qemu *q)
{
	if (q->pid)
		kill(q->pid, SIGTERM);
	q->ending = true;
}

bool qemu_is_ending(const struct qemu *q)
{
	return q->ending || !q->pid;
}

void qemu_destroy(struct qemu *q)
{
	if (!q)
		return;
	loop_remove(q->exit_source);
	if (q->pid) {
		kill(q->pid, SIGKILL);
		waitpid(q->pid, NULL, 0);
	}
	close_listener(q);
	if (*q->folder)
		rmdir(q->folder);
	loop_remove(q->output_source);
	if (q->output >= 0)
		close(q->output);
	for (int i = 0; i < q->file_count; i++)
		close(q->files[i]);
	for (int i = 0; i < q->argc; i++)
		free(q->argv[i]);
	free(q);
}
