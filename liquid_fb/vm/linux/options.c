#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "linux.h"

/* What is not ours is the console's. */
static const char *const known[] = { "memory",      "kernel", "ramdisk",
				     "commandline", "font",   "palette",
				     "scrollback",  NULL };

void options_read(struct options *options, const struct config_node *config)
{
	const char *kernel = config_value(config, "kernel");
	const char *ramdisk = config_value(config, "ramdisk");
	const char *commandline = config_value(config, "commandline");
	uint64_t bytes = (uint64_t)MEMORY_DEFAULT << 20;

	config_check_known(config, known);
	config_get_bytes(config, "memory", &bytes);
	*options = (struct options){
		.memory = bytes >> 20,
		.kernel = xstrdup(kernel && *kernel ? kernel : LINUX_KERNEL),
		.ramdisk = ramdisk && *ramdisk ? xstrdup(ramdisk) : NULL,
		.commandline = xstrdup(commandline ? commandline : ""),
	};
	if (options->memory < MEMORY_MIN || options->memory > MEMORY_MAX) {
		config_complain(config,
				"<memory> is %lluM, not %dM to %dM: %dM",
				(unsigned long long)options->memory, MEMORY_MIN,
				MEMORY_MAX, MEMORY_DEFAULT);
		options->memory = MEMORY_DEFAULT;
	}
	if (strlen(options->commandline) > COMMANDLINE_MAX) {
		config_complain(config,
				"<commandline> is longer than %d bytes: "
				"left out",
				COMMANDLINE_MAX);
		options->commandline[0] = '\0';
	}
}

void options_finish(struct options *options)
{
	free(options->kernel);
	free(options->ramdisk);
	free(options->commandline);
}
