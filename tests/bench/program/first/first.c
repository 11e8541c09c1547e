/*
 * One view of 256x256 pixels. Says "shown" once its first frame is on the
 * output, and stays. A press of a key inverts a cell of 8x16 pixels.
 */
#include <linux/input-event-codes.h>
#include <string.h>

#include "base/log.h"
#include "session/session.h"

enum { SIDE = 256 };

struct client {
	struct component component;
	struct nitpicker *nitpicker;
	bool said;
};

static void on_shown(void *user, const struct frame_shown *shown)
{
	struct client *client = user;

	if (client->said || shown->hidden)
		return;
	client->said = true;
	log_info("shown");
}

static void on_event(void *user, const struct input_event *event)
{
	struct client *client = user;
	struct rect cell = { 8, 8, 8, 16 };
	char *pixels = nitpicker_pixels(client->nitpicker);

	if (event->type != INPUT_PRESS || event->code >= BTN_MISC)
		return;
	for (int y = cell.y; y < cell.y + cell.h; y++) {
		uint32_t *row =
			(uint32_t *)(pixels +
				     (size_t)y * nitpicker_stride(
							 client->nitpicker));

		for (int x = cell.x; x < cell.x + cell.w; x++)
			row[x] ^= 0xffffff;
	}
	nitpicker_refresh(client->nitpicker, &cell, 1);
}

static const struct nitpicker_handler handler = {
	.shown = on_shown,
	.event = on_event,
};

int main(int argc, char **argv)
{
	static const struct component_info info = {
		.name = "bench_first",
		.summary = "one view, for the benchmark of the start",
	};
	struct client client = { 0 };
	struct component *component = &client.component;
	struct nitpicker *nitpicker;
	struct rect all = { 0, 0, SIDE, SIDE };
	int code;

	component_init(component, &info, argc, argv,
		       &(struct parent_handler){ 0 }, &client);
	nitpicker = nitpicker_open(component->loop, component->parent, "",
				   &handler, &client, NULL);
	client.nitpicker = nitpicker;
	if (!nitpicker || nitpicker_set_buffer(nitpicker, SIDE, SIDE,
					       FORMAT_XRGB8888) != WIRE_OK) {
		log_error("no Nitpicker");
		return 1;
	}
	memset(nitpicker_pixels(nitpicker), 0x80,
	       nitpicker_stride(nitpicker) * SIDE);
	nitpicker_view_create(nitpicker, 1, 0);
	nitpicker_view_geometry(nitpicker, 1, all);
	nitpicker_view_title(nitpicker, 1, "bench");
	nitpicker_view_front(nitpicker, 1);
	nitpicker_execute(nitpicker);
	nitpicker_refresh(nitpicker, &all, 1);
	code = loop_run(component->loop);
	nitpicker_close(nitpicker);
	component_finish(component);
	return code;
}
