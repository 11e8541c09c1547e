/*
 * Pictures of the screen, for the one session whose label the config names:
 * when the user presses the key it gets what the output shows, once. It can't
 * ask for it, and the menubar tells.
 */
#include "server.h"

#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"

/* The menubar tells. */
static void changed(void *user)
{
	struct server *server = user;
	server->core.watched = screenshot_server_tells(
		server->screenshot.server);
	core_damage(&server->core, server->core.bar);
	server_changed(server); /* reports */
}

static bool may(void *user, const char *label)
{
	const struct screenshot *shot = &((struct server *)user)->screenshot;
	return shot->label && !strcmp(shot->label, label);
}

bool screenshot_announce(struct server *server)
{
	static const struct screenshot_server_handler handler = { may,
								  changed };
	server->screenshot.server = screenshot_server_create(
		server->component.loop, server->component.parent, &handler,
		server);
	return server->screenshot.server;
}

void screenshot_take(void *user)
{
	struct server *server = user;
	struct screenshot *shot = &server->screenshot;
	const struct blit_surface *from = &server->core.output;
	const struct screenshot_picture picture = {
		.w = (uint32_t)from->width,
		.h = (uint32_t)from->height,
		.stride = (uint32_t)from->stride,
		.format = (uint32_t)from->format,
	};
	if (from->pixels &&
	    screenshot_server_send(shot->server, &picture, from->pixels))
		log_info("%s gets a picture of the screen", shot->label);
}

void screenshot_configure(struct server *server,
			  const struct config_node *config)
{
	static const char *const known[] = { "label", NULL };
	const struct config_node *node = config_child(config, "screenshot");
	struct screenshot *shot = &server->screenshot;
	if (node)
		config_check_known(node, known);
	free(shot->label);
	shot->label = xstrdup(node ? config_value(node, "label") : NULL);
	screenshot_server_check(shot->server);
}

void screenshot_finish(struct server *server)
{
	screenshot_server_destroy(server->screenshot.server);
	free(server->screenshot.label);
}
