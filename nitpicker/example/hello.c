/*
 * The smallest useful client: one view that a held button drags.
 *
 *   cc hello.c $(pkg-config --cflags --libs nitpicker) -o hello && ./hello
 */
#include <linux/input-event-codes.h>

#include "session/session.h"

enum { VIEW = 1, W = 240, H = 160 };

struct hello {
	struct nitpicker *nitpicker;
	struct rect view; /* session coordinates: (0,0) is below the menubar */
	struct point pointer;
	bool held;
};

static void event(void *user, const struct input_event *event)
{
	struct hello *hello = user;

	if (event->code == BTN_LEFT)
		hello->held = event->type == INPUT_PRESS;
	if (event->type != INPUT_MOTION)
		return;
	if (hello->held) {
		hello->view = rect_moved(hello->view,
					 event->x - hello->pointer.x,
					 event->y - hello->pointer.y);
		nitpicker_view_geometry(hello->nitpicker, VIEW, hello->view);
		nitpicker_execute(hello->nitpicker);
	}
	hello->pointer = (struct point){ event->x, event->y };
}

int main(int argc, char **argv)
{
	const struct component_info info = { "hello", "shows a view", NULL };
	const struct nitpicker_handler handler = { .event = event };
	struct hello hello = { .view = { 100, 100, W, H } };
	struct component self;

	component_init(&self, &info, argc, argv, NULL, NULL);
	hello.nitpicker = nitpicker_open(self.loop, self.parent, "", &handler,
					 &hello, NULL);
	if (!hello.nitpicker ||
	    nitpicker_set_buffer(hello.nitpicker, W, H, FORMAT_XRGB8888))
		return 1;
	uint32_t *pixels = nitpicker_pixels(hello.nitpicker);
	for (uint32_t i = 0; i < W * H; i++)
		pixels[i] = (i % W) << 16 | (i / W) << 8 | 0x80;
	nitpicker_view_create(hello.nitpicker, VIEW, 0);
	nitpicker_view_geometry(hello.nitpicker, VIEW, hello.view);
	nitpicker_execute(hello.nitpicker);
	nitpicker_refresh(hello.nitpicker, &(struct rect){ 0, 0, W, H }, 1);
	loop_run(self.loop);
	nitpicker_close(hello.nitpicker);
	component_finish(&self);
}
