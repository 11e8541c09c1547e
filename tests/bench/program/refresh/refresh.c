/*
 * A client of a driver, without a server in between: for the benchmarks of
 * sdl2_drv. Two jobs, both always there:
 *
 *   - a press of any key inverts a cell of 8x16 pixels (key to pixel);
 *   - on the socket <control>, a line "N" asks for N frames of 64x64 pixels,
 *     each after the one before was shown; "ok" answers.
 */
#include <stdlib.h>
#include <string.h>

#include "../control/control.h"
#include "base/log.h"
#include "session/session.h"

enum { SIDE = 64, CELL_W = 8, CELL_H = 16 };

struct client {
	struct component component;
	struct framebuffer *framebuffer;
	struct input *input;
	struct control control;
	unsigned left; /* frames still to be sent */
	uint32_t color;
};

static void fill(struct client *client, struct rect r)
{
	const struct framebuffer_mode_info *mode = framebuffer_mode(
		client->framebuffer);
	char *pixels = framebuffer_pixels(client->framebuffer);

	client->color ^= 0xffffff;
	for (int y = r.y; y < r.y + r.h; y++) {
		uint32_t *row = (uint32_t *)(pixels + (size_t)y * mode->stride);

		for (int x = r.x; x < r.x + r.w; x++)
			row[x] = client->color;
	}
	framebuffer_refresh(client->framebuffer, &r, 1);
}

static void next_frame(struct client *client)
{
	if (client->left)
		fill(client, (struct rect){ 128, 128, SIDE, SIDE });
}

static void on_shown(void *user, const struct frame_shown *shown)
{
	struct client *client = user;

	(void)shown;
	if (!client->left)
		return;
	client->left--;
	if (client->left)
		next_frame(client);
	else
		control_answer(&client->control, "ok\n");
}

static void on_mode_changed(void *user)
{
	struct client *client = user;

	framebuffer_fetch(client->framebuffer);
}

static void on_closed(void *user, const char *reason)
{
	struct client *client = user;

	log_error("the driver closed: %s", reason ? reason : "gone");
	loop_stop(client->component.loop, 1);
}

static const struct framebuffer_handler framebuffer_handler = {
	.shown = on_shown,
	.mode_changed = on_mode_changed,
	.closed = on_closed,
};

static void on_event(void *user, const struct input_event *event)
{
	struct client *client = user;

	if (event->type == INPUT_PRESS)
		fill(client, (struct rect){ 8, 8, CELL_W, CELL_H });
}

static const struct input_handler input_handler = {
	.event = on_event,
	.closed = on_closed,
};

static void on_line(void *user, const char *line)
{
	struct client *client = user;

	client->left = (unsigned)strtoul(line, NULL, 10);
	next_frame(client);
}

int main(int argc, char **argv)
{
	static const struct component_info info = {
		.name = "bench_refresh",
		.summary = "frames and key echo on a driver, for benchmarks",
	};
	struct client client = { .color = 0x204060 };
	struct component *component = &client.component;
	enum wire_status status;
	int code;

	component_init(component, &info, argc, argv,
		       &(struct parent_handler){ 0 }, &client);
	client.framebuffer = framebuffer_open(
		component->loop, component->parent, NULL, &framebuffer_handler,
		&client, &status);
	if (!client.framebuffer || !framebuffer_fetch(client.framebuffer)) {
		log_error("no Framebuffer");
		return 1;
	}
	client.input = input_open(component->loop, component->parent,
				  &input_handler, &client, &status);
	if (!client.input) {
		log_error("no Input");
		return 1;
	}
	control_init(&client.control, component, on_line, &client);
	fill(&client, (struct rect){ 8, 8, CELL_W, CELL_H });
	control_answer(&client.control, "ready\n");
	code = loop_run(component->loop);
	control_finish(&client.control);
	input_close(client.input);
	framebuffer_close(client.framebuffer);
	component_finish(component);
	return code;
}
