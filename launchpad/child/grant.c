#include <stdlib.h>
#include <string.h>

#include "grant.h"

static void append(struct entry_grant **list, const struct entry_grant *grant)
{
	while (*list)
		list = &(*list)->next;
	*list = xcalloc(1, sizeof(**list));
	**list = (struct entry_grant){
		.kind = grant->kind,
		.path = xstrdup(grant->path),
		.writable = grant->writable,
	};
}

/* No ".." and no "//": what is shown is what is meant. */
static bool path_is_plain(const char *path)
{
	return path[0] == '/' && !strstr(path, "//") && !strstr(path, "/../") &&
	       !(strlen(path) >= 3 && !strcmp(path + strlen(path) - 3, "/.."));
}

/* Owned by the caller; NULL with a complaint. */
static char *parse_path(const struct config_node *node)
{
	const char *path = config_attribute(node, "path");
	const char *home = getenv("HOME");
	char *full = NULL;

	if (path && path[0] == '~' && (!path[1] || path[1] == '/') && home)
		full = xasprintf("%s%s", home, path + 1);
	else if (path)
		full = xstrdup(path);
	if (full && path_is_plain(full))
		return full;
	config_complain(node, "needs path=\"/ABSOLUTE/PATH\" without ..");
	free(full);
	return NULL;
}

static bool parse_one(const struct config_node *node, struct entry_grant *grant)
{
	*grant = (struct entry_grant){ .kind = GRANT_NETWORK };
	if (!strcmp(node->name, "network"))
		return true;
	if (!strcmp(node->name, "filesystem")) {
		grant->kind = GRANT_FILES;
		config_get_bool(node, "writable", &grant->writable);
	} else if (!strcmp(node->name, "device")) {
		grant->kind = GRANT_DEVICE;
	} else {
		return false;
	}
	grant->path = parse_path(node);
	if (grant->path && grant->kind == GRANT_DEVICE &&
	    strncmp(grant->path, "/dev/", 5)) {
		config_complain(node, "a device lies in /dev");
		free(grant->path);
		grant->path = NULL;
	}
	return grant->path != NULL;
}

void grants_parse(const struct config_node *node, struct entry_grant **list)
{
	const struct config_node *child;
	const struct entry_grant *grant;
	struct entry_grant found;
	unsigned count = 0;

	for (grant = *list; grant; grant = grant->next)
		count++;
	for (child = config_child(node, NULL); child;
	     child = config_next(child, NULL)) {
		if (!parse_one(child, &found))
			continue;
		if (count++ < GRANTS_MAX)
			append(list, &found);
		else
			config_complain(child, "more than %d grants: left out",
					GRANTS_MAX);
		free(found.path);
	}
}

void grants_add(struct entry_grant **list, const struct entry_grant *from)
{
	for (; from; from = from->next)
		append(list, from);
}

struct entry_grant *grants_copy(const struct entry_grant *from)
{
	struct entry_grant *list = NULL;

	grants_add(&list, from);
	return list;
}

bool grants_same(const struct entry_grant *a, const struct entry_grant *b)
{
	for (; a && b; a = a->next, b = b->next)
		if (a->kind != b->kind || a->writable != b->writable ||
		    strcmp(a->path ? a->path : "", b->path ? b->path : ""))
			return false;
	return !a && !b;
}

void grants_destroy(struct entry_grant *list)
{
	while (list) {
		struct entry_grant *next = list->next;

		free(list->path);
		free(list);
		list = next;
	}
}

void grants_sum(const struct entry_grant *list, struct child_grants *sum)
{
	sum->files = FILES_NONE;
	sum->network = sum->devices = false;
	for (; list; list = list->next) {
		if (list->kind == GRANT_NETWORK)
			sum->network = true;
		else if (list->kind == GRANT_DEVICE)
			sum->devices = true;
		else if (list->writable)
			sum->files = FILES_WRITE;
		else if (sum->files == FILES_NONE)
			sum->files = FILES_READ;
	}
}

char *grant_describe(const struct entry_grant *grant)
{
	switch (grant->kind) {
	case GRANT_FILES:
		return xasprintf("%s %s", grant->writable ? "writes" : "reads",
				 grant->path);
	case GRANT_DEVICE:
		return xasprintf("device %s", grant->path);
	case GRANT_NETWORK:
		break;
	}
	return xstrdup("network");
}
