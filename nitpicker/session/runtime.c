/*
 * Where desktops are found, and the way to the parent.
 */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include "base/alloc.h"
#include "base/log.h"
#include "session/parent_private.h"

/* A folder, not a link, that belongs to us. */
static bool is_ours(const char *path, mode_t forbidden)
{
	struct stat stat;

	return lstat(path, &stat) == 0 && S_ISDIR(stat.st_mode) &&
	       stat.st_uid == geteuid() && !(stat.st_mode & forbidden);
}

static char *runtime_path(void)
{
	const char *xdg = getenv("XDG_RUNTIME_DIR");
	const char *temporary = getenv("TMPDIR");
	char *run = xasprintf("/run/user/%u", (unsigned)geteuid());
	const char *parent = NULL;
	char *path;

	if (xdg && xdg[0] == '/' && is_ours(xdg, 0))
		parent = xdg;
	else if (is_ours(run, 0))
		parent = run;
	if (parent)
		path = xasprintf("%s/nitpicker", parent);
	else
		path = xasprintf("%s/nitpicker-%u",
				 temporary && temporary[0] == '/' ? temporary
								  : "/tmp",
				 (unsigned)geteuid());
	free(run);
	return path;
}

char *runtime_directory(void)
{
	char *path = runtime_path();

	if (mkdir(path, 0700) < 0 && errno != EEXIST) {
		log_error("%s: %s", path, strerror(errno));
	} else if (!is_ours(path, 077)) {
		log_error("%s: not a folder that is ours alone", path);
	} else {
		return path;
	}
	free(path);
	return NULL;
}

/* A number of an inherited socket, or -1. */
static int inherited_socket(const char *number)
{
	int type = 0;
	socklen_t size = sizeof(type);
	char *end;
	long fd;

	errno = 0;
	fd = strtol(number, &end, 10);
	if (errno || *end || end == number || fd < 0 || fd > INT32_MAX)
		return -1;
	if (getsockopt((int)fd, SOL_SOCKET, SO_TYPE, &type, &size) < 0 ||
	    type != SOCK_SEQPACKET)
		return -1;
	fcntl((int)fd, F_SETFD, FD_CLOEXEC);
	return (int)fd;
}

/* A desktop of the same user. */
static int connect_path(const char *path)
{
	struct sockaddr_un address = { .sun_family = AF_UNIX };
	struct ucred peer;
	socklen_t size = sizeof(peer);
	int fd, error;

	if (strlen(path) >= sizeof(address.sun_path)) {
		errno = ENAMETOOLONG;
		return -1;
	}
	memcpy(address.sun_path, path, strlen(path) + 1);
	fd = socket(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0);
	if (fd < 0)
		return -1;
	if (connect(fd, (struct sockaddr *)&address, sizeof(address)) < 0)
		goto fail;
	if (getsockopt(fd, SOL_SOCKET, SO_PEERCRED, &peer, &size) < 0)
		goto fail;
	if (peer.uid != geteuid() && peer.uid != 0) {
		errno = EACCES;
		goto fail;
	}
	return fd;

fail:
	error = errno;
	close(fd);
	errno = error;
	return -1;
}

static int connect_desktop(void)
{
	char *runtime = runtime_directory();
	char *path;
	int fd;

	if (!runtime)
		return -1;
	path = xasprintf("%s/desktop/parent", runtime);
	fd = connect_path(path);
	if (fd < 0)
		log_error("no desktop runs at %s (start one with "
			  "nitpicker-desktop)",
			  path);
	free(path);
	free(runtime);
	return fd;
}

int parent_socket(bool *host)
{
	const char *value = getenv("NITPICKER_PARENT");
	int fd;

	*host = true;
	if (!value || !*value)
		return connect_desktop();
	if (strchr(value, '/')) {
		fd = connect_path(value);
		if (fd < 0)
			log_error("NITPICKER_PARENT: %s: %s", value,
				  strerror(errno));
		return fd;
	}
	*host = false;
	fd = inherited_socket(value);
	if (fd < 0)
		log_error("NITPICKER_PARENT: %s is not a socket", value);
	/* Programs that we start have other descriptors. */
	unsetenv("NITPICKER_PARENT");
	return fd;
}
