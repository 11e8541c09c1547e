#include "control.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include "base/alloc.h"
#include "base/log.h"
#include "connection.h"

struct control {
	struct driver *driver;
	char *path; /* of the socket; NULL: standard input */
	int fd; /* that listens */
	struct loop_source *source;
	struct connection *connections;
	size_t count;
};

/* True when the peer is our own user; the mode of the socket says so already,
 * but for a moment after a change of it. */
static bool is_own_user(int fd)
{
	struct ucred peer;
	socklen_t size = sizeof(peer);

	return getsockopt(fd, SOL_SOCKET, SO_PEERCRED, &peer, &size) == 0 &&
	       (peer.uid == geteuid() || peer.uid == 0);
}

static void refuse(int fd, const char *answer)
{
	ssize_t ignored = send(fd, answer, strlen(answer),
			       MSG_NOSIGNAL | MSG_DONTWAIT);

	(void)ignored;
	close(fd);
}

static void handle_listen(void *user, int listen_fd, uint32_t events)
{
	struct control *control = user;
	int fd = accept4(listen_fd, NULL, NULL, SOCK_CLOEXEC | SOCK_NONBLOCK);

	(void)events;
	if (fd < 0) {
		return;
	}
	if (!is_own_user(fd)) {
		refuse(fd, "error not your desktop\n");
	} else if (control->count == CONTROL_CONNECTIONS) {
		refuse(fd, "error too many connections\n");
	} else {
		control->count++;
		connection_create(control, &control->connections,
				  control->driver, fd, fd);
	}
}

void control_forget(struct control *control)
{
	control->count--;
}

/* A socket that nobody listens on is a leftover of a process that died. */
static bool remove_leftover(const struct sockaddr_un *address)
{
	int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
	bool leftover = fd >= 0 &&
			connect(fd, (const struct sockaddr *)address,
				sizeof(*address)) < 0 &&
			errno == ECONNREFUSED;

	if (fd >= 0) {
		close(fd);
	}
	return leftover && unlink(address->sun_path) == 0;
}

/*
 * The socket shows up under its name when it listens already: whoever waits
 * for the name may connect at once. link() fails when the name is taken.
 */
static bool listen_and_show(int fd, const struct sockaddr_un *hidden,
			    const struct sockaddr_un *address)
{
	const mode_t mask = umask(0177);
	int result;

	unlink(hidden->sun_path);
	result = bind(fd, (const struct sockaddr *)hidden, sizeof(*hidden));
	umask(mask);
	if (result < 0) {
		return false;
	}
	result = listen(fd, CONTROL_CONNECTIONS);
	if (result == 0) {
		result = link(hidden->sun_path, address->sun_path);
		if (result < 0 && errno == EEXIST && remove_leftover(address)) {
			result = link(hidden->sun_path, address->sun_path);
		}
		if (result < 0 && errno == EEXIST) {
			errno = EADDRINUSE;
		}
	}
	const int error = errno;

	unlink(hidden->sun_path);
	errno = error;
	return result == 0;
}

static int listen_on(const char *path)
{
	struct sockaddr_un address = { .sun_family = AF_UNIX };
	struct sockaddr_un hidden = { .sun_family = AF_UNIX };
	const int length = snprintf(hidden.sun_path, sizeof(hidden.sun_path),
				    "%s.%d", path, (int)getpid());
	int fd;

	if (length < 0 || (size_t)length >= sizeof(hidden.sun_path)) {
		errno = ENAMETOOLONG;
		return -1;
	}
	strcpy(address.sun_path, path);
	fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
	if (fd < 0) {
		return -1;
	}
	if (!listen_and_show(fd, &hidden, &address)) {
		const int error = errno;

		close(fd);
		errno = error;
		return -1;
	}
	return fd;
}

struct control *control_create(struct driver *driver, const char *path)
{
	struct control *control = xcalloc(1, sizeof(*control));

	control->driver = driver;
	control->fd = -1;
	if (!strcmp(path, "-")) {
		control->count = 1;
		connection_create(control, &control->connections, driver,
				  STDIN_FILENO, STDOUT_FILENO);
		return control;
	}
	control->fd = listen_on(path);
	if (control->fd < 0) {
		log_error("control socket %s: %s", path, strerror(errno));
		free(control);
		return NULL;
	}
	control->path = xstrdup(path);
	control->source = loop_add_fd(driver->component.loop, control->fd,
				      LOOP_READ, handle_listen, control);
	return control;
}

void control_destroy(struct control *control)
{
	if (!control) {
		return;
	}
	while (control->connections) {
		connection_destroy(control->connections);
	}
	loop_remove(control->source);
	if (control->fd >= 0) {
		unlink(control->path);
		close(control->fd);
	}
	free(control->path);
	free(control);
}
