/* Pointer images of clients, and outputs that draw the pointer themselves. */
#include "server.h"

#include <stdlib.h>

enum wire_status client_take_image(struct client *client,
				   const struct wire_packet *packet)
{
	const struct frame_pointer_image *body = packet->body;
	struct session *session = client->session;
	uint32_t *pixels = frame_pointer_pixels(client->wire, packet);
	const struct point hot = { (int32_t)body->hot_x, (int32_t)body->hot_y };
	enum wire_status status = WIRE_OK;
	if (!pixels || body->hot_x >= body->w || body->hot_y >= body->h)
		status = WIRE_INVALID;
	else
		pointer_set_shape(session, POINTER_ARROW); /* frees the old */
	if (status == WIRE_OK &&
	    client_used(client) + body->w * body->h * 4 > client->quota)
		status = WIRE_QUOTA_EXCEEDED;
	if (status == WIRE_OK)
		pointer_set_image(session, pixels, (int)body->w, (int)body->h,
				  hot);
	else
		free(pixels);
	return status;
}

/* The output has the present image; it is asked once for each. */
static bool send_image(struct server *server)
{
	const struct pointer_image *image = pointer_image(&server->core);
	if (server->cursor_image == image->number)
		return server->cursor_works;
	server->cursor_image = image->number;
	server->cursor_works = framebuffer_pointer_image(
				       server->output, image->w, image->h,
				       image->hot.x, image->hot.y,
				       image->pixels) == WIRE_OK;
	return server->cursor_works;
}

void cursor_update(struct server *server)
{
	struct core *core = &server->core;
	struct point now = core->pointer;
	bool works = server->output && core->output.pixels &&
		     (framebuffer_mode(server->output)->flags &
		      FRAMEBUFFER_CURSOR) &&
		     send_image(server);
	bool visible = works && pointer_is_shown(core);
	core->pointer_elsewhere = works;
	pointer_update(core);
	if (!server->output || (!visible && !server->cursor_visible) ||
	    (visible == server->cursor_visible && now.x == server->cursor.x &&
	     now.y == server->cursor.y))
		return;
	server->cursor = now;
	server->cursor_visible = visible;
	framebuffer_pointer_move(server->output, now.x, now.y, visible);
}
