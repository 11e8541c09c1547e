/*
 * testnit: three views on one buffer, for trying out a nitpicker by hand and
 * in tests. A press brings a view to the front, dragging moves it.
 */
#include <linux/input-event-codes.h>

#include "base/alloc.h"
#include "base/log.h"
#include "session/session.h"

enum { VIEWS = 3, SIDE = 256 /* of the buffer, logical pixels */ };

/* Places are in session coordinates and logical pixels. */
static const struct {
	const char *title;
	struct rect place;
} descriptions[VIEWS] = {
	{ "Eins", { 150, 100, 230, 200 } },
	{ "Zwei", { 170, 120, 230, 210 } },
	{ "Drei", { 190, 140, 230, 220 } },
};

struct testnit {
	struct component component;
	struct nitpicker *nitpicker;
	uint32_t scale; /* percent */
	struct rect place[VIEWS]; /* session coordinates */
	int order[VIEWS]; /* views from front to back */
	struct point pointer;
	bool dragging; /* the view in front */
};

/* Views are numbered from 1. */
static uint32_t number(int view)
{
	return (uint32_t)view + 1;
}

static int32_t scaled(const struct testnit *testnit, int32_t logical)
{
	return logical * (int32_t)testnit->scale / 100;
}

/* Red grows to the right, green downwards, blue against both. */
static void paint(struct testnit *testnit, int32_t side)
{
	char *row = nitpicker_pixels(testnit->nitpicker);

	for (int32_t y = 0; y < side; y++) {
		uint32_t *pixel = (uint32_t *)row;

		for (int32_t x = 0; x < side; x++) {
			uint32_t red = (uint32_t)(x * SIDE / side);
			uint32_t green = (uint32_t)(y * SIDE / side);
			uint32_t blue = 255 - (red + green) / 2;

			*pixel++ = red << 16 | green << 8 | blue;
		}
		row += nitpicker_stride(testnit->nitpicker);
	}
}

/* Buffer and views in the scale of the output; false if there is no room. */
static bool lay_out(struct testnit *testnit)
{
	struct nitpicker *nitpicker = testnit->nitpicker;
	int32_t side;
	struct rect all;
	enum wire_status status;

	testnit->scale = nitpicker_info(nitpicker)->scale;
	side = scaled(testnit, SIDE);
	status = nitpicker_set_buffer(nitpicker, (uint32_t)side, (uint32_t)side,
				      FORMAT_XRGB8888);
	if (status != WIRE_OK) {
		log_error("no buffer of %dx%d pixels: %s", side, side,
			  wire_status_name(status));
		return false;
	}
	paint(testnit, side);
	for (int i = 0; i < VIEWS; i++) {
		const struct rect *place = &descriptions[i].place;

		testnit->place[i] = (struct rect){ scaled(testnit, place->x),
						   scaled(testnit, place->y),
						   scaled(testnit, place->w),
						   scaled(testnit, place->h) };
		nitpicker_view_geometry(nitpicker, number(i),
					testnit->place[i]);
	}
	nitpicker_execute(nitpicker);
	all = (struct rect){ 0, 0, side, side };
	nitpicker_refresh(nitpicker, &all, 1);
	return true;
}

static void info_changed(void *user, const struct nitpicker_info *info)
{
	struct testnit *testnit = user;

	if (info->scale != testnit->scale)
		lay_out(testnit);
}

/* Raises the view under the pointer. */
static void press(struct testnit *testnit)
{
	for (int i = 0; i < VIEWS; i++) {
		int view = testnit->order[i];

		if (!rect_has_point(testnit->place[view], testnit->pointer.x,
				    testnit->pointer.y))
			continue;
		for (; i > 0; i--)
			testnit->order[i] = testnit->order[i - 1];
		testnit->order[0] = view;
		testnit->dragging = true;
		nitpicker_view_front(testnit->nitpicker, number(view));
		nitpicker_execute(testnit->nitpicker);
		return;
	}
}

static void move(struct testnit *testnit, int32_t x, int32_t y)
{
	int view = testnit->order[0];

	if (testnit->dragging) {
		testnit->place[view].x += x - testnit->pointer.x;
		testnit->place[view].y += y - testnit->pointer.y;
		nitpicker_view_geometry(testnit->nitpicker, number(view),
					testnit->place[view]);
		nitpicker_execute(testnit->nitpicker);
	}
	testnit->pointer = (struct point){ x, y };
}

static void event(void *user, const struct input_event *event)
{
	struct testnit *testnit = user;

	switch (event->type) {
	case INPUT_MOTION:
		move(testnit, event->x, event->y);
		break;
	case INPUT_PRESS:
		if (event->code == BTN_LEFT)
			press(testnit);
		break;
	case INPUT_RELEASE:
		if (event->code == BTN_LEFT)
			testnit->dragging = false;
		break;
	default:
		break;
	}
}

static void closed(void *user, const char *reason)
{
	struct testnit *testnit = user;

	log_info("the session ended: %s", reason ? reason : "closed");
	loop_stop(testnit->component.loop, 0);
}

static void create_views(struct testnit *testnit)
{
	for (int i = 0; i < VIEWS; i++) {
		nitpicker_view_create(testnit->nitpicker, number(i), 0);
		nitpicker_view_title(testnit->nitpicker, number(i),
				     descriptions[i].title);
		nitpicker_view_front(testnit->nitpicker, number(i));
		testnit->order[VIEWS - 1 - i] = i;
	}
}

int main(int argc, char **argv)
{
	static const struct component_info info = {
		.name = "testnit",
		.summary = "shows three views that can be raised and moved",
	};
	static const struct nitpicker_handler handler = {
		.info = info_changed,
		.event = event,
		.closed = closed,
	};
	struct testnit testnit = { 0 };
	enum wire_status status;
	int code = 1;

	component_init(&testnit.component, &info, argc, argv, NULL, NULL);
	testnit.nitpicker = nitpicker_open(testnit.component.loop,
					   testnit.component.parent, "",
					   &handler, &testnit, &status);
	if (!testnit.nitpicker) {
		log_error("no nitpicker: %s", wire_status_name(status));
	} else {
		create_views(&testnit);
		if (lay_out(&testnit))
			code = loop_run(testnit.component.loop);
	}
	nitpicker_close(testnit.nitpicker);
	component_finish(&testnit.component);
	return code;
}
