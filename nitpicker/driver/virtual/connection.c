#include "connection.h"

#include <errno.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/alloc.h"
#include "base/log.h"
#include "command.h"

struct connection {
	struct control *control;
	struct loop *loop;
	struct connection *next, **previous;
	int in, out; /* may be the same */
	bool is_socket;
	struct loop_source *source; /* NULL: a file, always readable */
	struct loop_source
		*out_source; /* while an answer waits and out != in */
	struct command_context context;
	struct settle settle;
	struct replay replay;
	char buffer[CONNECTION_BUFFER];
	size_t fill;
	bool skipping; /* the rest of a line that was too long */
	bool ended; /* nothing more will be read */
	bool going_on; /* `proceed` is deferred */
	char answer[COMMAND_ANSWER_MAX + 1]; /* with newline */
	size_t answer_size, answer_sent;
};

static void proceed(void *user);

static bool is_waiting(const struct connection *connection)
{
	return connection->settle.active ||
	       replay_is_active(&connection->replay) ||
	       connection->answer_sent < connection->answer_size;
}

/* ---- answers ---- */

static void handle_out(void *user, int fd, uint32_t events);

/* Waits for what is needed now: a way out for the answer, a way in, or, while
 * a command runs, only the end of the peer. */
static void update_events(struct connection *connection)
{
	bool blocked = connection->answer_sent < connection->answer_size;
	bool same = connection->in == connection->out;

	if (connection->source) {
		loop_set_events(connection->source,
				blocked && same ? LOOP_WRITE
				: is_waiting(connection) || connection->going_on
					? 0
					: LOOP_READ);
	}
	if (blocked && !same && !connection->out_source) {
		connection->out_source = loop_add_fd(
			connection->loop, connection->out, LOOP_WRITE,
			handle_out, connection);
	} else if (!blocked && connection->out_source) {
		loop_remove(connection->out_source);
		connection->out_source = NULL;
	}
}

/* What can be written now, without waiting. A line to a pipe that polls as
 * writable is written whole, as it is shorter than PIPE_BUF. */
static ssize_t write_some(struct connection *connection)
{
	const char *from = connection->answer + connection->answer_sent;
	size_t size = connection->answer_size - connection->answer_sent;

	if (connection->is_socket) {
		return send(connection->out, from, size,
			    MSG_NOSIGNAL | MSG_DONTWAIT);
	}
	struct pollfd poll_fd = { .fd = connection->out, .events = POLLOUT };

	if (poll(&poll_fd, 1, 0) == 0) {
		errno = EAGAIN;
		return -1;
	}
	return write(connection->out, from, size);
}

/* A peer that went away after its commands gets them done, unanswered. */
static void flush(struct connection *connection)
{
	while (connection->answer_sent < connection->answer_size) {
		ssize_t n = write_some(connection);

		if (n > 0) {
			connection->answer_sent += (size_t)n;
		} else if (errno == EAGAIN) {
			return;
		} else if (errno != EINTR) {
			connection->answer_sent = connection->answer_size;
		}
	}
}

static void give_answer(struct connection *connection, const char *answer)
{
	size_t size = strlen(answer);

	if (size > COMMAND_ANSWER_MAX - 1) {
		size = COMMAND_ANSWER_MAX - 1;
	}
	memcpy(connection->answer, answer, size);
	connection->answer[size] = '\n';
	connection->answer_size = size + 1;
	connection->answer_sent = 0;
	flush(connection);
}

static void go_on(struct connection *connection)
{
	if (!connection->going_on) {
		connection->going_on = true;
		loop_defer(connection->loop, proceed, connection);
	}
}

static void drop_fds(struct connection *connection)
{
	for (size_t i = 0; i < COMMAND_FDS; i++) {
		if (connection->context.fds[i] >= 0) {
			close(connection->context.fds[i]);
			connection->context.fds[i] = -1;
		}
	}
}

/* settle or replay is done. */
static void handle_done(void *user, const char *answer)
{
	struct connection *connection = user;

	give_answer(connection, answer);
	drop_fds(connection);
	go_on(connection);
	update_events(connection);
}

/* ---- lines ---- */

static void run_line(struct connection *connection, char *line, size_t length)
{
	bool done = true;

	if (length > COMMAND_LINE_MAX) {
		strcpy(connection->context.answer,
		       "error the line is too long");
	} else {
		done = command_run(&connection->context, line, length);
	}
	if (done) {
		drop_fds(connection);
		give_answer(connection, connection->context.answer);
	}
}

/* Takes the first line out of the buffer. False: there is no whole one. */
static bool take_line(struct connection *connection, char *line, size_t *length)
{
	char *newline = memchr(connection->buffer, '\n', connection->fill);
	size_t used;

	if (!newline && connection->fill > COMMAND_LINE_MAX) {
		/* told once, as the first part of a line that is too long */
		bool first = !connection->skipping;

		connection->fill = 0;
		connection->skipping = true;
		*length = COMMAND_LINE_MAX + 1;
		return first;
	}
	if (!newline) {
		return false;
	}
	*length = (size_t)(newline - connection->buffer);
	used = *length + 1;
	if (*length <= COMMAND_LINE_MAX) {
		memcpy(line, connection->buffer, *length);
		line[*length] = '\0';
	}
	memmove(connection->buffer, newline + 1, connection->fill - used);
	connection->fill -= used;
	if (connection->skipping) {
		connection->skipping = false;
		return take_line(connection, line, length);
	}
	return true;
}

/* Runs what lies in the buffer, as far as it can. */
static void run_lines(struct connection *connection)
{
	char line[COMMAND_LINE_MAX + 1];
	size_t length;

	for (int i = 0; i < CONNECTION_TURN; i++) {
		if (is_waiting(connection) ||
		    !take_line(connection, line, &length)) {
			return;
		}
		run_line(connection, line, length);
	}
	go_on(connection);
}

/* ---- reading ---- */

/* Keeps the descriptors of a message for the next command; more than one
 * command can use is a broken peer. */
static bool keep_fds(struct connection *connection, struct msghdr *message)
{
	bool ok = !(message->msg_flags & MSG_CTRUNC);

	for (struct cmsghdr *c = CMSG_FIRSTHDR(message); c;
	     c = CMSG_NXTHDR(message, c)) {
		if (c->cmsg_level != SOL_SOCKET || c->cmsg_type != SCM_RIGHTS) {
			continue;
		}
		size_t count = (c->cmsg_len - CMSG_LEN(0)) / sizeof(int);

		for (size_t i = 0; i < count; i++) {
			int fd;
			size_t slot = 0;

			memcpy(&fd, CMSG_DATA(c) + i * sizeof(int), sizeof(fd));
			while (slot < COMMAND_FDS &&
			       connection->context.fds[slot] >= 0) {
				slot++;
			}
			if (slot < COMMAND_FDS) {
				connection->context.fds[slot] = fd;
			} else {
				close(fd);
				ok = false;
			}
		}
	}
	return ok;
}

static ssize_t receive(struct connection *connection, char *to, size_t size)
{
	union {
		struct cmsghdr align;
		char bytes[CMSG_SPACE(COMMAND_FDS * sizeof(int))];
	} control;
	struct iovec part = { .iov_base = to, .iov_len = size };
	struct msghdr message = {
		.msg_iov = &part,
		.msg_iovlen = 1,
		.msg_control = &control,
		.msg_controllen = sizeof(control),
	};
	ssize_t n = recvmsg(connection->in, &message,
			    MSG_CMSG_CLOEXEC | MSG_DONTWAIT);

	if (n >= 0 && !keep_fds(connection, &message)) {
		errno = EPROTO;
		return -1;
	}
	return n;
}

/* One read. False: the peer is gone for good. */
static bool fill_buffer(struct connection *connection)
{
	char *to = connection->buffer + connection->fill;
	size_t size = sizeof(connection->buffer) - connection->fill;

	if (!size) {
		return true;
	}
	ssize_t n = connection->is_socket ? receive(connection, to, size)
					  : read(connection->in, to, size);

	if (n < 0) {
		return errno == EAGAIN || errno == EINTR;
	}
	connection->fill += (size_t)n;
	connection->ended = n == 0;
	return true;
}

/* Runs commands until it has to wait for something. */
static void proceed(void *user)
{
	struct connection *connection = user;

	connection->going_on = false;
	run_lines(connection);
	if (!connection->source && !connection->ended &&
	    !is_waiting(connection) && !connection->going_on) {
		/* a file: the next part is always there */
		if (!fill_buffer(connection)) {
			connection_destroy(connection);
			return;
		}
		go_on(connection);
	}
	if (connection->ended && !connection->going_on &&
	    !is_waiting(connection)) {
		connection_destroy(connection);
		return;
	}
	update_events(connection);
}

static void handle_out(void *user, int fd, uint32_t events)
{
	struct connection *connection = user;

	(void)fd;
	(void)events;
	flush(connection);
	go_on(connection);
	update_events(connection);
}

static void handle_in(void *user, int fd, uint32_t events)
{
	struct connection *connection = user;
	bool blocked = connection->answer_sent < connection->answer_size;

	if (blocked && connection->in == connection->out) {
		handle_out(user, fd, events);
		return;
	}
	if (is_waiting(connection)) {
		/* not asked for anything: the peer has gone */
		connection_destroy(connection);
		return;
	}
	if (fill_buffer(connection)) {
		proceed(connection);
	} else {
		connection_destroy(connection);
	}
}

/* Regular files and /dev/null can't be waited for. */
static bool can_wait_for(int fd)
{
	struct stat status;

	return fstat(fd, &status) == 0 &&
	       (S_ISSOCK(status.st_mode) || S_ISFIFO(status.st_mode) ||
		isatty(fd));
}

void connection_create(struct control *control, struct connection **list,
		       struct driver *driver, int in, int out)
{
	struct connection *connection = xcalloc(1, sizeof(*connection));

	connection->control = control;
	connection->loop = driver->component.loop;
	connection->in = in;
	connection->out = out;
	connection->is_socket = in == out;
	connection->context = (struct command_context){
		.driver = driver,
		.settle = &connection->settle,
		.replay = &connection->replay,
		.fds = { -1, -1 },
	};
	settle_init(&connection->settle, connection->loop, driver->display,
		    handle_done, connection);
	replay_init(&connection->replay, driver, handle_done, connection);
	connection->next = *list;
	connection->previous = list;
	if (*list) {
		(*list)->previous = &connection->next;
	}
	*list = connection;
	if (can_wait_for(in)) {
		connection->source = loop_add_fd(
			connection->loop, in, LOOP_READ, handle_in, connection);
	} else {
		go_on(connection);
	}
}

void connection_destroy(struct connection *connection)
{
	*connection->previous = connection->next;
	if (connection->next) {
		connection->next->previous = connection->previous;
	}
	replay_finish(&connection->replay);
	settle_finish(&connection->settle);
	loop_remove(connection->source);
	loop_remove(connection->out_source);
	loop_undefer(connection->loop, connection);
	drop_fds(connection);
	close(connection->in);
	if (connection->out != connection->in) {
		close(connection->out);
	}
	control_forget(connection->control);
	free(connection);
}
