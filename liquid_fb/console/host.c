/*
 * A parent to what is started in the shell: a program that finds our socket in
 * its environment opens its windows below our label.
 */
#define _GNU_SOURCE
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "console.h"
#include "launchpad/child/child.h"

enum {
	RESERVE = 16 << 20, /* what the console itself needs, bytes */
	CLIENTS = 16,
	QUOTA_TURNS = 8, /* of the loop, waiting for the first quota */
	QUOTA_WAIT_MS = 50,
};

struct host {
	struct family *family;
	char *folder, *path;
};

const char *host_path(const struct console *c)
{
	return c->host ? c->host->path : NULL;
}

void host_set_quota(struct console *c, uint64_t quota)
{
	c->quota = quota;
	if (c->host)
		family_set_total(c->host->family, quota);
}

/* A private folder for the socket; NULL: none. */
static char *make_folder(void)
{
	char *runtime = runtime_directory(), *folder;

	if (!runtime)
		return NULL;
	folder = xasprintf("%s/console-XXXXXX", runtime);
	free(runtime);
	if (mkdtemp(folder))
		return folder;
	log_warning("%s: %s", folder, strerror(errno));
	free(folder);
	return NULL;
}

void host_create(struct console *c)
{
	static const struct family_handler handler = { .changed = NULL };
	struct family_options options = {
		.loop = c->component.loop,
		.parent = c->component.parent,
		.reserve = RESERVE,
		.keep_from_devices = true,
	};
	const struct config_node *root = parent_config(c->component.parent);
	int64_t clients = CLIENTS;
	struct host *host;

	config_get_int(root, "clients", 0, 64, &clients);
	for (int turn = 0; turn < QUOTA_TURNS && !c->quota; turn++)
		loop_turn(c->component.loop, QUOTA_WAIT_MS);
	if (!clients || c->quota <= RESERVE)
		return;
	host = xcalloc(1, sizeof(*host));
	host->folder = make_folder();
	if (!host->folder) {
		free(host);
		return;
	}
	options.total = c->quota;
	options.runtime = host->folder;
	host->family = family_create(&options, &handler, c);
	host->path = xasprintf("%s/parent", host->folder);
	c->host = host;
	if (!family_listen(host->family, c->quota - RESERVE, (unsigned)clients))
		host_destroy(c);
}

void host_destroy(struct console *c)
{
	struct host *host = c->host;

	if (!host)
		return;
	family_destroy(host->family);
	rmdir(host->folder);
	free(host->folder);
	free(host->path);
	free(host);
	c->host = NULL;
}
