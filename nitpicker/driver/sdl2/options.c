#include "options.h"

#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "window.h"

#define DEFAULT_CHORD "Ctrl+Alt+G"

void options_init(struct options *options)
{
	*options = (struct options){
		.title = xstrdup("Nitpicker"),
		.chord_name = xstrdup(DEFAULT_CHORD),
	};
	chord_parse(DEFAULT_CHORD, &options->chord);
}

void options_finish(struct options *options)
{
	free(options->title);
	free(options->chord_name);
}

static void keep_int(const struct config_node *config, const char *name,
		     int64_t min, int64_t max, int64_t old, int64_t *value)
{
	if (!config_get_int(config, name, min, max, value))
		*value = old;
}

static void read_chord(struct options *options, const struct options *old,
		       const struct config_node *config)
{
	const char *chord = config_value(config, "grab-chord");

	if (!chord)
		return;
	if (!chord_parse(chord, &options->chord)) {
		config_complain(config,
				"grab-chord=\"%s\": expected modifiers (Ctrl, "
				"Alt, Shift, Super) and a key, as in "
				"Ctrl+Alt+G, or off",
				chord);
		options->chord = old->chord;
		chord = old->chord_name;
	}
	free(options->chord_name);
	options->chord_name = xstrdup(chord);
}

void options_read(struct options *options, const struct options *old,
		  const struct config_node *config)
{
	/* Parents put the last two into every config. */
	static const char *const known[] = {
		"width",      "height", "scale",    "title", "fullscreen",
		"grab-chord", "theme",  "keyboard", NULL
	};
	const char *title = config_value(config, "title");

	options_init(options);
	config_check_known(config, known);
	keep_int(config, "width", WINDOW_MIN_W, LIMIT_SIDE, old->width,
		 &options->width);
	keep_int(config, "height", WINDOW_MIN_H, LIMIT_SIDE, old->height,
		 &options->height);
	if (config_value(config, "scale"))
		keep_int(config, "scale", 25, 800, old->scale, &options->scale);
	if (!config_get_bool(config, "fullscreen", &options->fullscreen))
		options->fullscreen = old->fullscreen;
	if (title) {
		free(options->title);
		options->title = xstrdup(title);
	}
	read_chord(options, old, config);
}
