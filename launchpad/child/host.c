/*
 * Host clients: programs that the same user started outside of the desktop; in
 * a family below another one, programs that its own descendants started, say
 * in a shell.
 */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include "family.h"
#include "measure.h"

/* A process that the user locked out; its start time tells it from a later
 * one with the same number. */
struct banned {
	pid_t pid;
	long long started;
	struct banned *next;
};

struct host {
	int socket;
	char *path;
	struct loop_source *source;
	struct quota_account account;
	unsigned clients, max_clients;
	struct banned *banned;
};

enum { START_TIME = 22, PARENT = 4, ANCESTORS_MAX = 64 };

static bool is_descendant(pid_t pid)
{
	unsigned depth;

	for (depth = 0; depth < ANCESTORS_MAX && pid > 1; depth++) {
		if (pid == getpid())
			return true;
		pid = (pid_t)measure_stat(pid, PARENT);
	}
	return false;
}

static bool is_banned(const struct host *host, pid_t pid)
{
	const struct banned *banned = host->banned;

	while (banned && !(banned->pid == pid &&
			   banned->started == measure_stat(pid, START_TIME)))
		banned = banned->next;
	return banned != NULL;
}

/* Why not, or NULL. */
static const char *refusal(const struct family *family,
			   const struct ucred *peer)
{
	const struct host *host = family->host;

	if (peer->uid != geteuid())
		return "another user";
	if (!family->parent && is_descendant(peer->pid))
		return "a descendant of this desktop";
	if (family->parent && !is_descendant(peer->pid))
		return "not started here";
	if (is_banned(host, peer->pid))
		return "locked out";
	if (host->clients == host->max_clients)
		return "too many host clients";
	return NULL;
}

static bool is_taken(const struct family *family, const char *name)
{
	const struct child *client = family->first_host;

	while (client && strcmp(client->name, name))
		client = client->next;
	return client != NULL;
}

/* EXE.PID at the root, with the end of a too long EXE cut; below it EXE, EXE.2,
 * like children. */
static void client_name(const struct family *family,
			char out[CHILD_NAME_MAX + 1], pid_t pid)
{
	char link[64], path[4096], name[CHILD_NAME_MAX + 1], suffix[16];
	ssize_t length;
	const char *slash;
	unsigned n = 1;

	snprintf(link, sizeof(link), "/proc/%d/exe", (int)pid);
	length = readlink(link, path, sizeof(path) - 1);
	path[length > 0 ? length : 0] = '\0';
	slash = strrchr(path, '/');
	label_clean_name(name, slash ? slash + 1 : "unknown");
	if (family->parent) {
		do
			label_instance_name(out, name, n++);
		while (is_taken(family, out));
		return;
	}
	snprintf(suffix, sizeof(suffix), ".%d", (int)pid);
	snprintf(out, CHILD_NAME_MAX + 1, "%.*s%s",
		 CHILD_NAME_MAX - (int)strlen(suffix), name, suffix);
}

static void add_client(struct family *family, int fd, pid_t pid)
{
	struct child *client = xcalloc(1, sizeof(*client));
	char name[CHILD_NAME_MAX + 1];

	client_name(family, name, pid);
	*client = (struct child){
		.family = family,
		.next = family->first_host,
		.name = xstrdup(name),
		.label = xasprintf(
			"%s%s", family->parent ? "" : "host" LABEL_JOINT, name),
		.reason = xstrdup(""),
		.suite = true,
		.is_host = true,
		.state = CHILD_RUNNING,
		.account = &family->host->account,
		.host_pid = pid,
	};
	if (client->next)
		client->next->previous = client;
	family->first_host = client;
	family->host->clients++;
	child_connect(client, fd);
	log_info("%s connects", client->label);
}

static void free_client(struct child *client)
{
	struct family *family = client->family;

	if (client->previous)
		client->previous->next = client->next;
	else
		family->first_host = client->next;
	if (client->next)
		client->next->previous = client->previous;
	family->host->clients--;
	loop_undefer(family->loop, client);
	wire_destroy(client->wire);
	memos_destroy(&client->providers);
	memos_destroy(&client->locked);
	free(client->name);
	free(client->label);
	free(client->reason);
	free(client->last_words);
	free(client);
}

void host_forget(struct child *client)
{
	family_withdraw_reports(client);
	free_client(client);
}

static void forget_later(void *user)
{
	struct child *client = user;

	sessions_of_dead(client);
	host_forget(client);
}

void host_lock_out(struct child *client)
{
	struct host *host = client->family->host;
	struct banned *banned = xcalloc(1, sizeof(*banned));

	*banned = (struct banned){
		.pid = client->host_pid,
		.started = measure_stat(client->host_pid, START_TIME),
		.next = host->banned,
	};
	host->banned = banned;
	loop_defer(client->family->loop, forget_later, client);
}

static void on_connect(void *user, int socket, uint32_t events)
{
	struct family *family = user;
	struct ucred peer;
	socklen_t size = sizeof(peer);
	const char *why;
	int fd;

	(void)events;
	fd = accept4(socket, NULL, NULL, SOCK_CLOEXEC | SOCK_NONBLOCK);
	if (fd < 0)
		return;
	if (getsockopt(fd, SOL_SOCKET, SO_PEERCRED, &peer, &size) < 0) {
		close(fd);
		return;
	}
	why = refusal(family, &peer);
	if (why) {
		log_warning("host client %d refused: %s", (int)peer.pid, why);
		close(fd);
		return;
	}
	add_client(family, fd, peer.pid);
}

/*
 * The socket shows up under its name when it listens already. The folder is
 * locked by us, so what is there under either name is a dead one's.
 */
static bool listen_and_show(int fd, const char *path)
{
	struct sockaddr_un hidden = { .sun_family = AF_UNIX };
	const int length = snprintf(hidden.sun_path, sizeof(hidden.sun_path),
				    "%s.new", path);

	if (length < 0 || (size_t)length >= sizeof(hidden.sun_path)) {
		errno = ENAMETOOLONG;
		return false;
	}
	unlink(hidden.sun_path);
	if (bind(fd, (struct sockaddr *)&hidden, sizeof(hidden)) < 0)
		return false;
	if (chmod(hidden.sun_path, 0600) == 0 && listen(fd, 16) == 0 &&
	    rename(hidden.sun_path, path) == 0)
		return true;
	unlink(hidden.sun_path);
	return false;
}

static int listen_at(const char *path)
{
	const int fd = socket(AF_UNIX,
			      SOCK_SEQPACKET | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);

	if (fd >= 0 && !listen_and_show(fd, path)) {
		const int error = errno;

		close(fd);
		errno = error;
		return -1;
	}
	return fd;
}

uint64_t host_quota(const struct family *family)
{
	return family->host ? family->host->account.assigned : 0;
}

bool family_listen(struct family *family, uint64_t quota, unsigned clients)
{
	struct host *host;
	char *path = xasprintf("%s/parent", family->runtime);
	const int fd = listen_at(path);

	if (fd < 0) {
		log_error("%s: %s: programs of the host can't connect", path,
			  strerror(errno));
		free(path);
		return false;
	}
	host = xcalloc(1, sizeof(*host));
	*host = (struct host){
		.socket = fd,
		.path = path,
		.max_clients = clients,
	};
	quota_assign(&family->pool, &host->account, quota);
	family->host = host;
	host->source = loop_add_fd(family->loop, fd, LOOP_READ, on_connect,
				   family);
	return true;
}

void host_finish(struct family *family)
{
	struct host *host = family->host;

	if (!host)
		return;
	while (family->first_host) {
		loop_undefer(family->loop, family->first_host);
		free_client(family->first_host);
	}
	loop_remove(host->source);
	close(host->socket);
	unlink(host->path);
	while (host->banned) {
		struct banned *next = host->banned->next;

		free(host->banned);
		host->banned = next;
	}
	free(host->path);
	free(host);
	family->host = NULL;
}
