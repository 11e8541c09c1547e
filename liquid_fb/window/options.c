#include "options.h"

#include <string.h>

#include "base/utf8.h"
#include "session/protocol.h"

static const struct options defaults = {
	.animate = true,
	.decoration = true,
	.resize = true,
	.stay = true,
	.x = 400,
	.y = 270,
	.width = 500,
	.height = 400,
	.title = "Liquid Framebuffer",
};

static void read_bool(const struct config_node *config, const char *name,
		      bool *value, bool standard)
{
	bool fresh = standard;

	if (config_get_bool(config, name, &fresh))
		*value = fresh;
}

static void read_int(const struct config_node *config, const char *name,
		     int64_t min, int64_t max, int64_t *value, int64_t standard)
{
	int64_t fresh = standard;

	if (config_get_int(config, name, min, max, &fresh))
		*value = fresh;
}

static void read_title(const struct config_node *config, char *title)
{
	const char *text = config_value(config, "title");
	size_t length = 0, n;

	if (!text)
		text = defaults.title;
	/* As many whole characters as fit. */
	while (text[length]) {
		n = utf8_decode(text + length, strlen(text + length), NULL);
		if (!n || length + n > TITLE_MAX)
			break;
		length += n;
	}
	if (text[length])
		config_complain(config, "<title> is longer than %d bytes: cut",
				TITLE_MAX);
	memcpy(title, text, length);
	title[length] = '\0';
}

void options_read(struct options *options, const struct options *before,
		  const struct config_node *config)
{
	static const char *const known[] = {
		"animate", "x",          "y",      "width", "height", "title",
		"scale",   "decoration", "resize", "stay",  NULL,
	};

	config_check_known(config, known);
	*options = before ? *before : defaults;
	read_bool(config, "animate", &options->animate, defaults.animate);
	read_bool(config, "decoration", &options->decoration,
		  defaults.decoration);
	read_bool(config, "resize", &options->resize, defaults.resize);
	read_bool(config, "stay", &options->stay, defaults.stay);
	read_int(config, "x", -COORD_MAX, COORD_MAX, &options->x, defaults.x);
	read_int(config, "y", -COORD_MAX, COORD_MAX, &options->y, defaults.y);
	read_int(config, "width", 1, LIMIT_SIDE / 4, &options->width,
		 defaults.width);
	read_int(config, "height", 1, LIMIT_SIDE / 4, &options->height,
		 defaults.height);
	read_int(config, "scale", 25, 800, &options->scale, defaults.scale);
	read_title(config, options->title);
}
