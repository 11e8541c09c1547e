/*
 * xvfb_glue: X programs on the desktop.
 */
#include <stdlib.h>

#include "base/log.h"
#include "glue.h"

static void on_lost(void *user)
{
	struct glue *glue = user;

	log_error("the X server %s is gone", glue->display.name);
	loop_stop(glue->component.loop, 1);
}

static void on_ready(void *user, const char *name, const uint8_t *cookie)
{
	struct glue *glue = user;

	if (!display_connect(&glue->display, glue->component.loop, name, cookie,
			     on_lost, glue))
		loop_stop(glue->component.loop, 1);
}

static void on_ended(void *user, const char *words)
{
	struct glue *glue = user;

	log_error("%s", words);
	loop_stop(glue->component.loop, 1);
}

static bool begin(struct glue *glue)
{
	static const struct server_handler handler = {
		.ready = on_ready,
		.ended = on_ended,
	};
	const struct server_options options = {
		.width = glue->options.max_width ? glue->options.max_width
						 : 1920,
		.height = glue->options.max_height ? glue->options.max_height
						   : 1200,
		.depth = glue->options.depth,
		.dpi = 96,
	};

	if (glue->options.display)
		return display_connect(&glue->display, glue->component.loop,
				       glue->options.display, NULL, on_lost,
				       glue);
	glue->server = server_start(glue->component.loop, &options, &handler,
				    glue);
	return glue->server != NULL;
}

int main(int argc, char **argv)
{
	static const struct component_info info = {
		.name = "xvfb_glue",
		.summary = "X programs on the desktop.",
	};
	static const struct parent_handler handler = { .config = NULL };
	struct glue glue = { .server = NULL };
	int code = 1;

	component_init(&glue.component, &info, argc, argv, &handler, &glue);
	options_read(&glue.options, parent_config(glue.component.parent));
	if (begin(&glue))
		code = loop_run(glue.component.loop);
	display_disconnect(&glue.display);
	server_destroy(glue.server);
	options_finish(&glue.options);
	component_finish(&glue.component);
	return code;
}
