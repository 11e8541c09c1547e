#include <errno.h>
#include <libgen.h>
#include <pwd.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "description.h"
#include "isolate.h"
#include "spawn.h"

void strings_take(struct strings *strings, char *text)
{
	strings->list = xreallocarray(strings->list, strings->count + 2,
				      sizeof(*strings->list));
	strings->list[strings->count++] = text;
	strings->list[strings->count] = NULL;
}

void strings_add(struct strings *strings, const char *text)
{
	strings_take(strings, xstrdup(text));
}

void strings_finish(struct strings *strings)
{
	while (strings->count)
		free(strings->list[--strings->count]);
	free(strings->list);
	*strings = (struct strings){ 0 };
}

static void add_option(struct strings *args, const char *option,
		       const char *first, const char *second)
{
	strings_add(args, option);
	strings_add(args, first);
	if (second)
		strings_add(args, second);
}

/* What is there, at its own place, read-only. Each mount takes the kernel and
 * bubblewrap a while: none for what lies in a folder that is shown anyway. */
static void show(struct strings *args, const char *path)
{
	if (strncmp(path, "/usr/", 5) && access(path, F_OK) == 0)
		add_option(args, "--ro-bind", path, path);
}

/* /bin and the like are links into /usr, or folders. */
static void show_top(struct strings *args, const char *path)
{
	char target[256];
	const ssize_t length = readlink(path, target, sizeof(target) - 1);

	if (length < 0) {
		show(args, path);
		return;
	}
	target[length] = '\0';
	add_option(args, "--symlink", target, path);
}

static void add_system(struct strings *args, bool linux_too, bool network)
{
	static const char *const tops[] = { "/bin",   "/sbin",  "/lib",
					    "/lib32", "/lib64", "/libx32" };
	static const char *const for_all[] = {
		"/etc/ld.so.cache", "/etc/fonts",        "/etc/localtime",
		"/etc/passwd",      "/etc/alternatives",
	};
	static const char *const for_others[] = {
		"/opt",          "/etc/group",       "/etc/nsswitch.conf",
		"/etc/xdg",      "/etc/ssl",         "/etc/ld.so.conf",
		"/etc/X11",      "/etc/gtk-3.0",     "/etc/ld.so.conf.d",
		"/etc/magic",    "/etc/vulkan",      "/etc/mime.types",
		"/etc/profile",  "/etc/profile.d",   "/etc/bash.bashrc",
		"/etc/inputrc",  "/etc/vim",         "/etc/mailcap",
		"/etc/gtk-4.0",  "/etc/dconf",       "/etc/os-release",
		"/etc/chromium", "/etc/chromium.d",  "/etc/firefox-esr",
		"/etc/firefox",  "/etc/libreoffice",
	};
	static const char *const for_network[] = {
		"/etc/resolv.conf", "/etc/hosts",     "/etc/host.conf",
		"/etc/services",    "/etc/protocols", "/etc/ca-certificates",
	};
	size_t i;

	add_option(args, "--ro-bind", "/usr", "/usr");
	for (i = 0; i < array_size(tops); i++)
		show_top(args, tops[i]);
	for (i = 0; i < array_size(for_all); i++)
		show(args, for_all[i]);
	for (i = 0; linux_too && i < array_size(for_others); i++)
		show(args, for_others[i]);
	for (i = 0; network && i < array_size(for_network); i++)
		show(args, for_network[i]);
}

static void add_private(struct strings *args, uint64_t quota)
{
	char size[32];

	snprintf(size, sizeof(size), "%llu", (unsigned long long)quota);
	add_option(args, "--proc", "/proc", NULL);
	add_option(args, "--dev", "/dev", NULL);
	add_option(args, "--size", size, NULL);
	add_option(args, "--tmpfs", "/dev/shm", NULL);
	add_option(args, "--size", size, NULL);
	add_option(args, "--tmpfs", "/tmp", NULL);
}

static void add_program(const struct isolation *isolation,
			const struct isolation_order *order,
			struct strings *args)
{
	const struct entry_pair *helper;
	char *copy = xstrdup(order->program);
	const char *folder = dirname(copy);

	if (order->is_parent)
		show(args, folder);
	else
		show(args, order->program);
	for (helper = order->helpers; helper && !order->is_parent;
	     helper = helper->next) {
		char *path = xasprintf("%s/%s", folder, helper->name);

		show(args, path);
		free(path);
	}
	if (order->data)
		show(args, order->data);
	show(args, isolation->enter);
	free(copy);
}

/* A parent makes groups below its own, but does not change its own limits. */
static void add_groups(struct strings *args, const struct isolation *isolation,
		       const struct limit *limit)
{
	static const char *const kept[] = {
		"memory.max",       "memory.limit_in_bytes",
		"memory.swap.max",  "memory.memsw.limit_in_bytes",
		"memory.high",      "memory.soft_limit_in_bytes",
		"memory.oom.group", "memory.oom_control",
		"pids.max",         "cpu.weight",
		"cpu.shares",       "cpu.max",
	};
	unsigned n;
	size_t i;

	for (n = 0; limit_group(limit, n); n++) {
		const char *group = limit_group(limit, n);

		add_option(args, "--bind", group, group);
		/* Those of root are none of its user's. */
		for (i = 0; !isolation->drops && i < array_size(kept); i++) {
			char *path = xasprintf("%s/%s", group, kept[i]);

			show(args, path);
			free(path);
		}
	}
}

static bool grants_network(const struct entry_grant *grant)
{
	while (grant && grant->kind != GRANT_NETWORK)
		grant = grant->next;
	return grant != NULL;
}

/* May the children's user pass through all folders above? Where not, bwrap
 * gives up; to the child it is as if nothing were there. A child that stays
 * our user reaches what we reach. */
static bool is_reachable(const struct isolation *isolation, const char *path)
{
	struct stat status;
	char *folder, *slash;
	bool reachable = true;

	if (!isolation->drops)
		return stat(path, &status) == 0 || errno != EACCES;
	folder = xstrdup(path);
	while (reachable && (slash = strrchr(folder, '/')) && slash != folder) {
		*slash = '\0';
		if (stat(folder, &status) < 0)
			continue;
		reachable = status.st_mode &
			    (status.st_uid == isolation->uid   ? S_IXUSR
			     : status.st_gid == isolation->gid ? S_IXGRP
							       : S_IXOTH);
	}
	free(folder);
	return reachable;
}

static void add_grants(struct strings *args, const struct isolation *isolation,
		       const struct entry_grant *grant)
{
	for (; grant; grant = grant->next)
		if (grant->path && !is_reachable(isolation, grant->path))
			continue;
		else if (grant->kind == GRANT_DEVICE)
			add_option(args, "--dev-bind-try", grant->path,
				   grant->path);
		else if (grant->kind == GRANT_FILES)
			add_option(args,
				   grant->writable ? "--bind-try"
						   : "--ro-bind-try",
				   grant->path, grant->path);
}

void isolation_arguments(const struct isolation *isolation,
			 const struct isolation_order *order,
			 struct strings *args)
{
	static const char *const options[] = {
		"--unshare-user", "--unshare-ipc",     "--unshare-pid",
		"--unshare-uts",  "--die-with-parent", "--new-session",
	};
	const bool network = grants_network(order->grants);
	char number[16];
	size_t i;

	strings_add(args, isolation->bwrap);
	for (i = 0; i < array_size(options); i++)
		strings_add(args, options[i]);
	if (!network)
		strings_add(args, "--unshare-net");
	add_system(args, order->runs_linux, network);
	add_private(args, order->limit->bytes);
	add_program(isolation, order, args);
	if (order->is_parent)
		add_groups(args, isolation, order->limit);
	add_grants(args, isolation, order->grants);
	add_option(args, "--remount-ro", "/dev", NULL);
	add_option(args, "--remount-ro", "/", NULL);
	add_option(args, "--chdir", "/", NULL);
	if (order->filter_fd >= 0) {
		snprintf(number, sizeof(number), "%d", order->filter_fd);
		add_option(args, "--seccomp", number, NULL);
	}
	strings_add(args, "--");
	strings_add(args, isolation->enter);
	/* Groups count processes themselves, and better. */
	snprintf(number, sizeof(number), "%d",
		 limit_group(order->limit, 0) ? 0 : LIMIT_PIDS);
	strings_add(args, number);
	strings_add(args, order->program);
}

void isolation_init(struct isolation *isolation)
{
	const struct passwd *nobody;
	char *folder = suite_program_folder();

	*isolation = (struct isolation){
		.uid = 65534,
		.gid = 65534,
	};
	isolation->enter = xasprintf("%s/nitpicker-enter", folder);
	free(folder);
	if (getuid() != 0)
		return;
	isolation->drops = true;
	nobody = getpwnam("nobody");
	if (nobody) {
		isolation->uid = nobody->pw_uid;
		isolation->gid = nobody->pw_gid;
	}
}

void isolation_finish(struct isolation *isolation)
{
	/* Where adopted processes are reaped, this one may have been. */
	while (isolation->trial && waitpid(isolation->trial, NULL, 0) < 0 &&
	       errno == EINTR)
		;
	free(isolation->bwrap);
	free(isolation->problem);
	free(isolation->enter);
	*isolation = (struct isolation){ 0 };
}
