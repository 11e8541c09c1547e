/*
 * What every program does first.
 */
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/base.h"
#include "session/component.h"

#ifdef __SANITIZE_ADDRESS__
/* Components live within a quota: what was freed must not fill it. */
const char *__asan_default_options(void);

const char *__asan_default_options(void)
{
	return "quarantine_size_mb=4";
}
#endif

#ifndef BASE_VERSION
#define BASE_VERSION "0.1"
#endif

/* Where the texts beside the program's own options begin; columns. */
static int text_column(const char *options)
{
	const char *gap = options && strlen(options) > 2
				  ? strstr(options + 2, "  ")
				  : NULL;
	const int column = gap ? (int)(gap - options + (long)strspn(gap, " "))
			       : 0;

	return column > 13 && column < 40 ? column : 13;
}

static void print_help(const struct component_info *info)
{
	int column;

	printf("usage: %s [OPTION]...\n"
	       "%s\n\n",
	       info->name, info->summary);
	if (info->options)
		printf("%s%s", info->options,
		       info->options[strlen(info->options) - 1] == '\n' ? ""
									: "\n");
	column = text_column(info->options);
	printf("%-*sthis text\n"
	       "%-*sthe version\n\n"
	       "More in %s(1).\n",
	       column, "  --help", column, "  --version", info->name);
}

void component_options(const struct component_info *info, int argc, char **argv)
{
	for (int i = 1; i < argc && strcmp(argv[i], "--"); i++) {
		if (!strcmp(argv[i], "--help"))
			print_help(info);
		else if (!strcmp(argv[i], "--version"))
			printf("%s %s\n", info->name, BASE_VERSION);
		else
			continue;
		exit(fflush(stdout) ? 1 : 0);
	}
}

void component_usage(const struct component_info *info, const char *problem)
{
	fprintf(stderr, "%s: usage: %s\n", info->name, problem);
	exit(2);
}

static void stop(void *user, int signo)
{
	(void)signo;
	loop_stop(user, 0);
}

void component_init(struct component *component,
		    const struct component_info *info, int argc, char **argv,
		    const struct parent_handler *handler, void *user)
{
	component_options(info, argc, argv);
	if (argc > 1 && !info->options)
		component_usage(info, "only --help and --version");
	component->loop = loop_create();
	component->parent = parent_connect(component->loop, handler, user);
	if (!component->parent)
		exit(1);
	loop_on_signal(component->loop, SIGTERM, stop, component->loop);
	loop_on_signal(component->loop, SIGINT, stop, component->loop);
}

void component_finish(struct component *component)
{
	parent_destroy(component->parent);
	loop_destroy(component->loop);
	*component = (struct component){ 0 };
}
