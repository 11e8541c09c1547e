/*
 * Windows that are refreshed together, each a session of its own, in a grid of
 * 10 x 10 places where each is partly visible (`first`: the place of the first
 * one). On the socket
 * <control> a line says what to do; "ok" is the answer.
 *
 * The first line from here is the place of the first window.
 *
 *   show      makes the windows, on top of all that there are
 *   N W H     N frames, each of W x H pixels of every window, the next one when
 *             all windows were shown
 *   flood     refreshes without waiting, until the process is killed
 *   latency N like N 64 64; the answer tells the nanoseconds of each frame
 */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "../control/control.h"
#include "base/log.h"
#include "session/session.h"

enum { WINDOWS_MAX = 50, GRID = 10, OUTPUT_W = 1920, OUTPUT_H = 1064 };

struct client {
	struct component component;
	struct nitpicker *windows[WINDOWS_MAX];
	unsigned count, waiting; /* windows; not yet shown */
	unsigned left; /* frames */
	struct rect damage;
	struct control control;
	bool latency, flood, ready;
	uint64_t began;
};

static void next_frame(struct client *client)
{
	client->waiting = client->count;
	client->began = loop_now();
	for (unsigned i = 0; i < client->count; i++)
		nitpicker_refresh(client->windows[i], &client->damage, 1);
}

static void flood(void *user)
{
	struct client *client = user;

	for (int i = 0; i < 16; i++)
		nitpicker_refresh(client->windows[0], &client->damage, 1);
	loop_defer(client->component.loop, flood, client);
}

static void on_shown(void *user, const struct frame_shown *shown)
{
	struct client *client = user;
	char text[32];

	(void)shown;
	if (client->flood || !client->waiting || --client->waiting)
		return;
	if (client->latency) {
		snprintf(text, sizeof(text), "%" PRIu64 " ",
			 loop_now() - client->began);
		control_answer(&client->control, text);
	}
	if (client->left && --client->left) {
		next_frame(client);
		return;
	}
	control_answer(&client->control, client->ready ? "ok\n" : "ready\n");
	client->ready = true;
}

static const struct nitpicker_handler handler = { .shown = on_shown };

static struct nitpicker *make_window(struct client *client, int at, int w,
				     int h)
{
	struct component *component = &client->component;
	struct nitpicker *window = nitpicker_open(
		component->loop, component->parent, "", &handler, client, NULL);
	struct rect place = { at % GRID * (OUTPUT_W - w) / (GRID - 1),
			      at / GRID * (OUTPUT_H - h) / (GRID - 1), w, h };

	if (!window || nitpicker_set_buffer(window, (uint32_t)w, (uint32_t)h,
					    FORMAT_XRGB8888) != WIRE_OK) {
		log_error("no Nitpicker");
		exit(1);
	}
	memset(nitpicker_pixels(window), at + 1,
	       nitpicker_stride(window) * (size_t)h);
	nitpicker_view_create(window, 1, 0);
	nitpicker_view_geometry(window, 1, place);
	nitpicker_view_front(window, 1);
	nitpicker_execute(window);
	return window;
}

static void make_windows(struct client *client)
{
	const struct config_node *config = parent_config(
		client->component.parent);
	int64_t count = 1, w = 256, h = 256, first = 0;

	config_get_int(config, "windows", 1, WINDOWS_MAX, &count);
	config_get_int(config, "width", 1, LIMIT_SIDE, &w);
	config_get_int(config, "height", 1, LIMIT_SIDE, &h);
	config_get_int(config, "first", 0, GRID * GRID - 1, &first);
	for (; client->count < (unsigned)count; client->count++)
		client->windows[client->count] = make_window(
			client, (int)first + (int)client->count, (int)w,
			(int)h);
	client->damage = (struct rect){ 0, 0, (int)w, (int)h };
	next_frame(client);
}

static void on_line(void *user, const char *line)
{
	struct client *client = user;
	const char *numbers = line;
	char *at;

	if (!strncmp(line, "show", 4)) {
		make_windows(client);
		return;
	}
	if (!strncmp(line, "flood", 5)) {
		client->flood = true;
		flood(client);
		control_answer(&client->control, "ok\n");
		return;
	}
	client->latency = !strncmp(line, "latency", 7);
	if (client->latency)
		numbers += 7;
	client->left = (unsigned)strtoul(numbers, &at, 10);
	client->damage.w = (int32_t)strtoul(at, &at, 10);
	client->damage.h = (int32_t)strtoul(at, &at, 10);
	next_frame(client);
}

/* Tells its place among the clients. */
static void hello(struct client *client)
{
	int64_t first = 0;
	char text[32];

	config_get_int(parent_config(client->component.parent), "first", 0,
		       GRID * GRID - 1, &first);
	snprintf(text, sizeof(text), "%d\n", (int)first);
	control_answer(&client->control, text);
}

int main(int argc, char **argv)
{
	static const struct component_info info = {
		.name = "bench_frames",
		.summary = "windows refreshed together, for benchmarks",
	};
	struct client client = { 0 };
	struct component *component = &client.component;
	int code;

	component_init(component, &info, argc, argv,
		       &(struct parent_handler){ 0 }, &client);
	control_init(&client.control, component, on_line, &client);
	hello(&client);
	code = loop_run(component->loop);
	loop_undefer(component->loop, &client);
	control_finish(&client.control);
	for (unsigned i = 0; i < client.count; i++)
		nitpicker_close(client.windows[i]);
	component_finish(component);
	return code;
}
