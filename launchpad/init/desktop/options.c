#include <stdlib.h>
#include <string.h>

#include "base/base.h"
#include "options.h"

const struct component_info desktop_info = {
	.name = "nitpicker-desktop",
	.summary = "Starts a desktop: a scenario's programs on a back end.",
	.options =
		"  --backend NAME  auto (default), sdl2, vnc, virtual\n"
		"  --control PATH  socket of the virtual back end's control\n"
		"  --runtime DIR   folder of the desktop's sockets and "
		"reports\n"
		"  --config FILE   the scenario; also without --config\n"
		"  --reports       write report/LABEL/NAME.xml there\n"
		"  --timing        print the time to launchpad's first "
		"picture\n"
		"  --check         only say what would be, and what is wrong\n",
};

static void usage(const char *format, const char *what)
{
	char *problem = xasprintf(format, what);

	component_usage(&desktop_info, problem);
}

/* The value of "--name VALUE" or "--name=VALUE"; NULL: another option. */
static const char *value_of(const char *name, char **argv, int *i)
{
	const char *argument = argv[*i];
	const size_t length = strlen(name);

	if (strncmp(argument, name, length))
		return NULL;
	if (argument[length] == '=')
		return argument + length + 1;
	if (argument[length])
		return NULL;
	if (!argv[*i + 1])
		usage("%s needs a value", name);
	return argv[++*i];
}

static void set_config(struct options *options, const char *file)
{
	if (options->config)
		usage("%s: there is a scenario already", file);
	options->config = file;
}

void options_parse(struct options *options, int argc, char **argv)
{
	int i;

	*options = (struct options){ .backend = "auto" };
	component_options(&desktop_info, argc, argv);
	for (i = 1; i < argc; i++) {
		const char *value;

		if (!strcmp(argv[i], "--reports"))
			options->reports = true;
		else if (!strcmp(argv[i], "--timing"))
			options->timing = true;
		else if (!strcmp(argv[i], "--check"))
			options->check = true;
		else if ((value = value_of("--backend", argv, &i)))
			options->backend = value;
		else if ((value = value_of("--control", argv, &i)))
			options->control = value;
		else if ((value = value_of("--runtime", argv, &i)))
			options->runtime = value;
		else if ((value = value_of("--config", argv, &i)))
			set_config(options, value);
		else if (argv[i][0] == '-' && argv[i][1])
			usage("unknown option %s", argv[i]);
		else
			set_config(options, argv[i]);
	}
}
