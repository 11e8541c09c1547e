/*
 * A client of a driver, for tests: says in one line each what the driver sends,
 * and shows a picture that depends on its size only.
 *
 *   mode W H SCALE, shown, press NAME U+XXXX, release NAME,
 *   character U+XXXX NAME first|again, motion X Y, relative X Y, wheel X Y,
 *   touch SLOT X Y, untouch SLOT, hover_leave, keyboard LAYOUT LOCKS,
 *   clipboard changed
 *
 * Keys with left Shift make it ask for something and say the answer: F4 a red
 * square as the pointer, F5 text for the clipboard, F6 that of the clipboard,
 * F7 a title, F8 the smaller mode 400x300, F9 the grab, F10 its end.
 */
#include <linux/input-event-codes.h>
#include <string.h>
#include <unistd.h>

#include "base/alloc.h"
#include "base/log.h"
#include "session/session.h"

struct client {
	struct component component;
	struct framebuffer *framebuffer;
	struct input *input;
	bool shift;
};

static void draw(struct client *client)
{
	const struct framebuffer_mode_info *mode = framebuffer_mode(
		client->framebuffer);
	char *pixels = framebuffer_pixels(client->framebuffer);
	struct rect all = { 0, 0, (int32_t)mode->w, (int32_t)mode->h };

	log_info("mode %u %u %u", mode->w, mode->h, mode->scale);
	for (uint32_t y = 0; y < mode->h; y++) {
		uint32_t *row = (uint32_t *)(pixels + (size_t)y * mode->stride);

		for (uint32_t x = 0; x < mode->w; x++)
			row[x] = (x & 0xff) << 16 | (y & 0xff) << 8 |
				 ((x ^ y) & 0xff);
	}
	framebuffer_refresh(client->framebuffer, &all, 1);
}

static void on_shown(void *user, const struct frame_shown *shown)
{
	(void)user;
	log_info(shown->hidden ? "hidden" : "shown");
}

static void on_mode_changed(void *user)
{
	struct client *client = user;

	if (framebuffer_fetch(client->framebuffer))
		draw(client);
}

static void on_exposed(void *user)
{
	(void)user;
	log_info("exposed");
}

static void on_closed(void *user, const char *reason)
{
	struct client *client = user;

	log_info("closed: %s", reason ? reason : "");
	loop_stop(client->component.loop, 0);
}

static const struct framebuffer_handler framebuffer_handler = {
	.shown = on_shown,
	.mode_changed = on_mode_changed,
	.exposed = on_exposed,
	.closed = on_closed,
};

static void ask_for_pointer(struct client *client)
{
	uint32_t square[16 * 16];

	for (size_t i = 0; i < array_size(square); i++)
		square[i] = 0xffff0000;
	log_info("pointer %s",
		 wire_status_name(framebuffer_pointer_image(
			 client->framebuffer, 16, 16, 0, 0, square)));
	framebuffer_pointer_move(client->framebuffer, 10, 10, true);
}

static void read_clipboard(struct client *client)
{
	char text[64] = "";
	const int fd = input_clipboard_read(client->input);

	if (fd < 0 || pread(fd, text, sizeof(text) - 1, 0) < 0)
		log_info("clipboard none");
	else
		log_info("clipboard \"%s\"", text);
	if (fd >= 0)
		close(fd);
}

static void ask(struct client *client, uint32_t code)
{
	static const char offered[] = "from the client";

	switch (client->shift ? code : 0) {
	case KEY_F4:
		ask_for_pointer(client);
		break;
	case KEY_F5:
		log_info("offer %s",
			 wire_status_name(input_clipboard_offer(
				 client->input, offered, sizeof(offered) - 1)));
		break;
	case KEY_F6:
		read_clipboard(client);
		break;
	case KEY_F7:
		framebuffer_title(client->framebuffer, "A client's title");
		break;
	case KEY_F8:
		log_info("wish %s", wire_status_name(framebuffer_wish(
					    client->framebuffer, 400, 300)));
		break;
	case KEY_F9:
		log_info("grab %s",
			 wire_status_name(input_grab(client->input, true)));
		break;
	case KEY_F10:
		log_info("ungrab %s",
			 wire_status_name(input_grab(client->input, false)));
		break;
	}
}

static const char *name_of(uint32_t code)
{
	const char *name = input_name((int)code);

	return name ? name : "none";
}

static void on_event(void *user, const struct input_event *event)
{
	struct client *client = user;

	if (event->code == KEY_LEFTSHIFT)
		client->shift = event->type == INPUT_PRESS;
	switch (event->type) {
	case INPUT_PRESS:
		log_info("press %s U+%04X", name_of(event->code),
			 event->character);
		ask(client, event->code);
		break;
	case INPUT_RELEASE:
		log_info("release %s", name_of(event->code));
		break;
	case INPUT_CHARACTER:
		log_info("character U+%04X %s %s", event->character,
			 event->code ? name_of(event->code) : "none",
			 event->x ? "again" : "first");
		break;
	case INPUT_MOTION:
		log_info("motion %d %d", event->x, event->y);
		break;
	case INPUT_RELATIVE:
		log_info("relative %d %d", event->x, event->y);
		break;
	case INPUT_WHEEL:
		log_info("wheel %d %d", event->x, event->y);
		break;
	case INPUT_TOUCH:
		log_info("touch %u %d %d", event->code, event->x, event->y);
		break;
	case INPUT_UNTOUCH:
		log_info("untouch %u", event->code);
		break;
	case INPUT_HOVER_LEAVE:
		log_info("hover_leave");
		break;
	}
}

static void on_keyboard(void *user, const struct input_keyboard *keyboard)
{
	char layout[sizeof(keyboard->layout.text) + 1];

	(void)user;
	wire_get(&keyboard->layout, layout);
	log_info("keyboard %s %u", layout, keyboard->locks);
}

static void on_clipboard_changed(void *user)
{
	(void)user;
	log_info("clipboard changed");
}

static const struct input_handler input_handler = {
	.event = on_event,
	.keyboard = on_keyboard,
	.clipboard_changed = on_clipboard_changed,
	.closed = on_closed,
};

int main(int argc, char **argv)
{
	static const struct component_info info = {
		.name = "device_client",
		.summary = "says what a driver sends, for tests",
	};
	struct client client = { 0 };
	struct component *component = &client.component;
	enum wire_status status;
	int code;

	component_init(component, &info, argc, argv,
		       &(struct parent_handler){ 0 }, &client);
	client.framebuffer = framebuffer_open(
		component->loop, component->parent, NULL, &framebuffer_handler,
		&client, &status);
	client.input = input_open(component->loop, component->parent,
				  &input_handler, &client, &status);
	if (!client.framebuffer || !client.input ||
	    !framebuffer_fetch(client.framebuffer)) {
		log_error("no driver");
		return 1;
	}
	draw(&client);
	code = loop_run(component->loop);
	input_close(client.input);
	framebuffer_close(client.framebuffer);
	component_finish(component);
	return code;
}
