/*
 * Many opaque views on top of each other, and refreshes of parts of the buffer
 * behind them. On the socket <control> a line "N" asks for N refreshes, each
 * after the one before was shown; the answer is how many pixels of the screen
 * they changed, counted pixel by pixel: "visible PIXELS".
 */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../control/control.h"
#include "base/alloc.h"
#include "base/log.h"
#include "session/session.h"

enum { SIDE = 512, VIEWS = 40, VIEW_W = 200, VIEW_H = 150, AREA = 600 };

struct client {
	struct component component;
	struct nitpicker *nitpicker;
	struct rect views[VIEWS]; /* bottom to top, session coordinates */
	struct rect sources[VIEWS]; /* what of the buffer they show */
	/* For each pixel of AREA * AREA the buffer's pixel there, y * SIDE + x,
	 * or -1. */
	int32_t *shown_at;
	struct control control;
	unsigned left;
	uint64_t visible;
	uint32_t color;
	bool ready;
};

static void paint_naively(struct client *client)
{
	for (int i = 0; i < AREA * AREA; i++)
		client->shown_at[i] = -1;
	for (int v = 0; v < VIEWS; v++) {
		struct rect r = client->views[v], s = client->sources[v];

		for (int y = 0; y < r.h; y++)
			for (int x = 0; x < r.w; x++)
				client->shown_at[(r.y + y) * AREA + r.x + x] =
					(s.y + y) * SIDE + s.x + x;
	}
}

static uint64_t count_visible(const struct client *client, struct rect damage)
{
	uint64_t count = 0;

	for (int i = 0; i < AREA * AREA; i++) {
		int32_t at = client->shown_at[i];

		count += at >= 0 &&
			 rect_has_point(damage, at % SIDE, at / SIDE);
	}
	return count;
}

static void make_views(struct client *client)
{
	for (uint32_t v = 0; v < VIEWS; v++) {
		struct rect *r = &client->views[v], *s = &client->sources[v];

		*r = (struct rect){ rand() % (AREA - VIEW_W),
				    rand() % (AREA - VIEW_H), VIEW_W, VIEW_H };
		*s = (struct rect){ rand() % (SIDE - VIEW_W),
				    rand() % (SIDE - VIEW_H), VIEW_W, VIEW_H };
		nitpicker_view_create(client->nitpicker, v + 1, 0);
		nitpicker_view_geometry(client->nitpicker, v + 1, *r);
		nitpicker_view_offset(client->nitpicker, v + 1, -s->x, -s->y);
		nitpicker_view_front(client->nitpicker, v + 1);
		nitpicker_execute(client->nitpicker);
	}
	paint_naively(client);
}

static void next_refresh(struct client *client)
{
	struct rect r = { rand() % SIDE, rand() % SIDE, 1 + rand() % 128,
			  1 + rand() % 128 };
	char *pixels = nitpicker_pixels(client->nitpicker);
	size_t stride = nitpicker_stride(client->nitpicker);

	r = rect_intersect(r, (struct rect){ 0, 0, SIDE, SIDE });
	client->color = client->color * 1103515245 + 12345;
	for (int y = r.y; y < r.y + r.h; y++) {
		uint32_t *row = (uint32_t *)(pixels + (size_t)y * stride);

		for (int x = r.x; x < r.x + r.w; x++)
			row[x] = client->color;
	}
	client->visible += count_visible(client, r);
	nitpicker_refresh(client->nitpicker, &r, 1);
}

static void on_shown(void *user, const struct frame_shown *shown)
{
	struct client *client = user;
	char text[64];

	(void)shown;
	if (!client->ready) {
		client->ready = true;
		control_answer(&client->control, "ready\n");
	}
	if (!client->left)
		return;
	if (--client->left) {
		next_refresh(client);
		return;
	}
	snprintf(text, sizeof(text), "visible %" PRIu64 "\n", client->visible);
	control_answer(&client->control, text);
}

static const struct nitpicker_handler handler = { .shown = on_shown };

static void on_line(void *user, const char *line)
{
	struct client *client = user;

	client->left = (unsigned)strtoul(line, NULL, 10);
	client->visible = 0;
	if (client->left)
		next_refresh(client);
}

int main(int argc, char **argv)
{
	static const struct component_info info = {
		.name = "bench_overdraw",
		.summary = "many views, for the benchmark of overdraw",
	};
	struct client client = {
		.shown_at = xcalloc(AREA * AREA, sizeof(int32_t)),
	};
	struct component *component = &client.component;
	struct rect all = { 0, 0, SIDE, SIDE };
	int code;

	component_init(component, &info, argc, argv,
		       &(struct parent_handler){ 0 }, &client);
	control_init(&client.control, component, on_line, &client);
	client.nitpicker = nitpicker_open(component->loop, component->parent,
					  "", &handler, &client, NULL);
	if (!client.nitpicker ||
	    nitpicker_set_buffer(client.nitpicker, SIDE, SIDE,
				 FORMAT_XRGB8888) != WIRE_OK) {
		log_error("no Nitpicker");
		return 1;
	}
	make_views(&client);
	nitpicker_refresh(client.nitpicker, &all, 1);
	code = loop_run(component->loop);
	control_finish(&client.control);
	nitpicker_close(client.nitpicker);
	component_finish(component);
	free(client.shown_at);
	return code;
}
