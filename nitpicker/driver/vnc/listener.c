#include "listener.h"

#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include "base/alloc.h"
#include "base/log.h"
#include "viewer.h"

enum { BACKLOG = 8 };

struct listener {
	struct screen *screen;
	int fd;
	struct loop_source *source;
	char *path; /* of the Unix socket; NULL: loopback */
};

/* The mode of the socket says so already; root may come in, too. */
static bool is_own_user(int fd)
{
	struct ucred peer;
	socklen_t size = sizeof(peer);

	return getsockopt(fd, SOL_SOCKET, SO_PEERCRED, &peer, &size) == 0 &&
	       (peer.uid == geteuid() || peer.uid == 0);
}

static void handle_listen(void *user, int listen_fd, uint32_t events)
{
	struct listener *listener = user;
	int on = 1;
	int fd = accept4(listen_fd, NULL, NULL, SOCK_CLOEXEC | SOCK_NONBLOCK);

	(void)events;
	if (fd < 0) {
		return;
	}
	if (listener->path && !is_own_user(fd)) {
		log_warning("a viewer of another user was sent away");
		close(fd);
		return;
	}
	if (!listener->path) {
		setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof(on));
	}
	viewer_create(listener->screen, fd, listener->path);
}

/* Takes fd over. */
static struct listener *create(struct screen *screen, int fd, const char *path)
{
	struct listener *listener = xcalloc(1, sizeof(*listener));

	listener->screen = screen;
	listener->fd = fd;
	listener->path = xstrdup(path);
	listener->source = loop_add_fd(screen->loop, fd, LOOP_READ,
				       handle_listen, listener);
	return listener;
}

static struct listener *fail(const char *place, int fd)
{
	log_error("%s: %s", place, strerror(errno));
	if (fd >= 0) {
		close(fd);
	}
	return NULL;
}

/*
 * The socket shows up under its name when it listens already. The runtime
 * folder is ours alone, so what lies there under either name is a leftover.
 */
static bool listen_and_show(int fd, const struct sockaddr_un *hidden,
			    const char *path)
{
	const mode_t mask = umask(0177);
	int result;

	unlink(hidden->sun_path);
	result = bind(fd, (const struct sockaddr *)hidden, sizeof(*hidden));
	umask(mask);
	if (result < 0) {
		return false;
	}
	if (listen(fd, BACKLOG) == 0 && rename(hidden->sun_path, path) == 0) {
		return true;
	}
	const int error = errno;

	unlink(hidden->sun_path);
	errno = error;
	return false;
}

struct listener *listener_create_unix(struct screen *screen, const char *path)
{
	struct sockaddr_un hidden = { .sun_family = AF_UNIX };
	const int length = snprintf(hidden.sun_path, sizeof(hidden.sun_path),
				    "%s.new", path);

	if (length < 0 || (size_t)length >= sizeof(hidden.sun_path)) {
		errno = ENAMETOOLONG;
		return fail(path, -1);
	}
	int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);

	if (fd < 0 || !listen_and_show(fd, &hidden, path)) {
		return fail(path, fd);
	}
	return create(screen, fd, path);
}

/* ---- loopback ---- */

static bool parse_port(const char *text, in_port_t *port)
{
	char *end;
	unsigned long value = strtoul(text, &end, 10);

	if (end == text || *end || value > 65535) {
		return false;
	}
	*port = htons((uint16_t)value);
	return true;
}

/* Address of the loopback interface and a port; 0 when it is none. */
static socklen_t parse_place(const char *place, struct sockaddr_in6 *out)
{
	struct sockaddr_in *v4 = (struct sockaddr_in *)out;
	const char *colon = strrchr(place, ':');
	in_port_t port;

	if (!colon || !parse_port(colon + 1, &port)) {
		return 0;
	}
	char *host = xstrndup(place, (size_t)(colon - place));
	socklen_t size = 0;

	if (!strcmp(host, "[::1]")) {
		*out = (struct sockaddr_in6){ .sin6_family = AF_INET6,
					      .sin6_port = port,
					      .sin6_addr = in6addr_loopback };
		size = sizeof(*out);
	} else if (!strcmp(host, "localhost") || !strcmp(host, "127.0.0.1")) {
		*v4 = (struct sockaddr_in){
			.sin_family = AF_INET,
			.sin_port = port,
			.sin_addr.s_addr = htonl(INADDR_LOOPBACK),
		};
		size = sizeof(*v4);
	}
	free(host);
	return size;
}

struct listener *listener_create_loopback(struct screen *screen,
					  const char *place)
{
	struct sockaddr_in6 address = { 0 };
	socklen_t size = parse_place(place, &address);
	int on = 1;

	if (!size) {
		log_error("%s is not 127.0.0.1:PORT or [::1]:PORT", place);
		return NULL;
	}
	int fd = socket(address.sin6_family,
			SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);

	if (fd < 0 ||
	    setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &on, sizeof(on)) < 0 ||
	    bind(fd, (struct sockaddr *)&address, size) < 0 ||
	    listen(fd, BACKLOG) < 0) {
		return fail(place, fd);
	}
	return create(screen, fd, NULL);
}

void listener_destroy(struct listener *listener)
{
	if (!listener) {
		return;
	}
	loop_remove(listener->source);
	close(listener->fd);
	if (listener->path) {
		unlink(listener->path);
	}
	free(listener->path);
	free(listener);
}
