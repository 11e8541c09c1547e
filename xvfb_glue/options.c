#include "options.h"

#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"

enum {
	WIDTH_DEFAULT = 800,
	HEIGHT_DEFAULT = 600,
	SIDE_MIN = 64,
	SIDE_MAX = 16384,
	DEPTH_DEFAULT = 24,
};

static void read_commands(struct options *options,
			  const struct config_node *root)
{
	const struct config_node *node = config_child(root, "command");

	if (!node && config_attribute(root, "command")) {
		options->commands[options->command_count++] = xstrdup(
			config_attribute(root, "command"));
		return;
	}
	for (; node; node = config_next(node, "command")) {
		if (!*node->text) {
			config_complain(node, "is empty");
		} else if (options->command_count == COMMANDS_MAX) {
			config_complain(node, "more than %d: left out",
					COMMANDS_MAX);
			break;
		} else {
			options->commands[options->command_count++] = xstrdup(
				node->text);
		}
	}
}

static void read_depth(struct options *options, const struct config_node *root)
{
	static const char *const depths[] = {
		"8", "15", "16", "24", "30", NULL
	};
	static const int values[] = { 8, 15, 16, 24, 30 };
	int index = 3;

	config_get_choice(root, "depth", depths, &index);
	options->depth = values[index];
}

static int side(const struct config_node *root, const char *name, int value)
{
	int64_t out = value;

	config_get_int(root, name, SIDE_MIN, SIDE_MAX, &out);
	return (int)out;
}

static const char *name(const struct config_node *node, const char *attribute)
{
	const char *value = config_value(node, attribute);

	return value ? value : "";
}

static void read_keyboard(struct input_keyboard *keyboard,
			  const struct config_node *root)
{
	const struct config_node *node = config_child(root, "keyboard");

	if (!node)
		return;
	wire_set(&keyboard->layout, name(node, "layout"));
	wire_set(&keyboard->variant, name(node, "variant"));
	wire_set(&keyboard->options, name(node, "options"));
}

void options_read(struct options *options, const struct config_node *root)
{
	static const char *const known[] = {
		"display",   "xvfb",      "mode",       "command",
		"restart",   "stay",      "depth",      "width",
		"height",    "max_width", "max_height", "title",
		"ram_quota", "theme",     "keyboard",   NULL,
	};
	static const char *const modes[] = { "rootless", "screen", NULL };
	const char *display = config_value(root, "display");
	const char *framebuffer = config_value(root, "xvfb");
	const char *title = config_value(root, "title");
	int mode = MODE_ROOTLESS;

	*options = (struct options){ .depth = DEPTH_DEFAULT };
	config_check_known(root, known);
	config_get_choice(root, "mode", modes, &mode);
	options->mode = (enum options_mode)mode;
	if (display && *display)
		options->display = xstrdup(display);
	if (framebuffer && *framebuffer)
		options->framebuffer = xstrdup(framebuffer);
	if (options->framebuffer && !options->display) {
		config_complain(root, "<xvfb> without <display>: left out");
		free(options->framebuffer);
		options->framebuffer = NULL;
	}
	options->title = xstrdup(title && *title ? title : "X");
	config_get_bool(root, "restart", &options->restart);
	config_get_bool(root, "stay", &options->stay);
	read_depth(options, root);
	options->width = side(root, "width", WIDTH_DEFAULT);
	options->height = side(root, "height", HEIGHT_DEFAULT);
	options->max_width = side(root, "max_width", 0);
	options->max_height = side(root, "max_height", 0);
	read_keyboard(&options->keyboard, root);
	read_commands(options, root);
}

void options_finish(struct options *options)
{
	for (unsigned i = 0; i < options->command_count; i++)
		free(options->commands[i]);
	free(options->display);
	free(options->framebuffer);
	free(options->title);
	*options = (struct options){ 0 };
}
