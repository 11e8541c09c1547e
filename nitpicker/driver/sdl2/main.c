#include <SDL.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/log.h"
#include "base/memory.h"
#include "driver.h"

enum {
	EXIT_NO_DISPLAY = 3, /* a parent may try another driver */
	PUMP_ROUNDS = 64,
};

static const struct component_info info = {
	.name = "sdl2_drv",
	.summary = "a window of the host as Framebuffer and Input",
	.options = "  --probe    exit 0 if a window could be opened here, else "
		   "3\n",
};

static void pump_again(void *user)
{
	struct driver *driver = user;

	driver->pump_due = false;
	driver_pump(driver);
}

void driver_pump(struct driver *driver)
{
	SDL_Event event;
	int round;

	if (driver->pumping || !driver->window.sdl)
		return;
	driver->pumping = true;
	/* Bounded, so that a host that floods doesn't starve the sessions. */
	for (round = 0; round < PUMP_ROUNDS; round++) {
		SDL_PumpEvents();
		while (SDL_PeepEvents(&event, 1, SDL_GETEVENT, SDL_FIRSTEVENT,
				      SDL_LASTEVENT) > 0)
			events_handle(driver, &event);
		keys_text_end(&driver->keys);
		/* What writes may read on the way. */
		host_flush(&driver->window.host);
		if (!host_has_queued(&driver->window.host))
			break;
	}
	/* For what was read already nothing else wakes us. */
	if (round == PUMP_ROUNDS && !driver->pump_due) {
		driver->pump_due = true;
		loop_defer(driver->component.loop, pump_again, driver);
	}
	/* Now, not at the end of the turn: a press has the right of way. */
	if (driver->input)
		input_server_flush(driver->input);
	driver->pumping = false;
}

static void on_host(void *user, int fd, uint32_t events)
{
	struct driver *driver = user;

	(void)fd;
	driver_pump(driver);
	if (events & (EPOLLHUP | EPOLLERR)) {
		parent_exit(driver->component.parent, 1, "the display is gone");
		loop_stop(driver->component.loop, 1);
	}
}

/* ---- Framebuffer ---- */

static void on_refresh(void *user, const struct rect *rects, size_t count,
		       bool end)
{
	struct driver *driver = user;

	for (size_t i = 0; i < count; i++)
		window_draw(&driver->window, &driver->picture, rects[i]);
	if (!end)
		return;
	window_update(&driver->window);
	/* The update waits for the host and may have read events on the way. */
	if (host_has_queued(&driver->window.host))
		driver_pump(driver);
}

static enum wire_status on_mode_wish(void *user, uint32_t w, uint32_t h)
{
	struct driver *driver = user;
	float x, y;

	if (SDL_GetWindowFlags(driver->window.sdl) &
	    (SDL_WINDOW_FULLSCREEN_DESKTOP | SDL_WINDOW_MAXIMIZED))
		return WIRE_DENIED;
	if (w < WINDOW_MIN_W || h < WINDOW_MIN_H)
		return WIRE_INVALID;
	window_pixel_scale(&driver->window, &x, &y);
	SDL_SetWindowSize(driver->window.sdl, (int)((float)w / x + 0.5f),
			  (int)((float)h / y + 0.5f));
	driver_pump(driver);
	return WIRE_OK;
}

static void on_title(void *user, const char *title)
{
	struct driver *driver = user;

	free(driver->client_title);
	driver->client_title = *title ? xstrdup(title) : NULL;
	driver_update_title(driver);
	driver_pump(driver);
}

static const struct framebuffer_server_handler framebuffer_handler = {
	.refresh = on_refresh,
	.mode_wish = on_mode_wish,
	.title = on_title,
};

/* ---- Input ---- */

static void on_connected(void *user, bool connected)
{
	struct driver *driver = user;

	if (connected) {
		SDL_PumpEvents();
		events_forget(driver);
	} else {
		driver_grab(driver, false);
		keys_forget(&driver->keys);
	}
	driver_pump(driver);
}

static enum wire_status on_grab(void *user, bool on)
{
	struct driver *driver = user;
	bool done = driver_grab(driver, on);

	driver_pump(driver);
	return done ? WIRE_OK : WIRE_DENIED;
}

static enum wire_status on_clipboard_offer(void *user, const char *text,
					   size_t bytes)
{
	struct driver *driver = user;
	char *copy = xstrndup(text, bytes);
	bool done = SDL_SetClipboardText(copy) == 0;

	free(copy);
	driver_pump(driver);
	return done ? WIRE_OK : WIRE_DENIED;
}

static int on_clipboard_read(void *user)
{
	struct driver *driver = user;
	/* Asks the program that owns the selection; X11: at most a second. */
	char *text = SDL_GetClipboardText();
	size_t bytes = text ? strlen(text) : 0;
	int fd = -1;

	if (text && bytes <= LIMIT_CLIPBOARD)
		fd = memory_create_blob("clipboard", text, bytes);
	SDL_free(text);
	driver_pump(driver);
	return fd;
}

static const struct input_server_handler input_handler = {
	.connected = on_connected,
	.grab = on_grab,
	.clipboard_offer = on_clipboard_offer,
	.clipboard_read = on_clipboard_read,
};

/* ---- timers ---- */

static void on_repeat(void *user)
{
	struct driver *driver = user;

	if (keys_any_held(&driver->keys))
		timer_set_in(&driver->repeat, DRIVER_REPEAT_NS);
	driver_pump(driver);
}

static void on_method(void *user)
{
	struct driver *driver = user;

	if (driver->method_left && --driver->method_left)
		timer_set_in(&driver->method, DRIVER_METHOD_NS);
	driver_pump(driver);
}

/* ---- start ---- */

static void on_config(void *user, const struct config_node *root)
{
	struct driver *driver = user;
	struct options old = driver->options, *now = &driver->options;
	SDL_Window *window = driver->window.sdl;

	if (!window)
		return;
	options_read(now, &old, root);
	driver->keys.chord = now->chord;
	if (now->fullscreen != old.fullscreen)
		SDL_SetWindowFullscreen(
			window,
			now->fullscreen ? SDL_WINDOW_FULLSCREEN_DESKTOP : 0);
	/* Without a window manager nobody else restores the size. */
	if (now->width != old.width || now->height != old.height ||
	    (old.fullscreen && !now->fullscreen))
		window_resize(&driver->window, (int)now->width,
			      (int)now->height);
	if (now->scale != old.scale)
		driver_set_mode(driver);
	options_finish(&old);
	driver_update_title(driver);
	driver_pump(driver);
}

static const struct parent_handler parent_handler = { .config = on_config };

/* SDL speaks with these by D-Bus, and that connection it keeps to itself. */
static bool has_input_method(void)
{
	static const char *const variables[] = { "SDL_IM_MODULE", "XMODIFIERS",
						 "GTK_IM_MODULE" };

	for (size_t i = 0; i < array_size(variables); i++) {
		const char *value = getenv(variables[i]);

		if (value && (strstr(value, "ibus") || strstr(value, "fcitx")))
			return true;
	}
	return false;
}

static int probe(void)
{
	struct window window;
	bool open;

	window_prepare();
	open = window_open(&window, "Nitpicker", WINDOW_MIN_W, WINDOW_MIN_H,
			   false, false);
	if (!open)
		log_info("no window can be opened here: %s", SDL_GetError());
	window_close(&window);
	return open ? 0 : EXIT_NO_DISPLAY;
}

/* Not before clients are let in: it is the first touch of all that memory. */
static void first_redraw(void *user)
{
	struct driver *driver = user;

	window_redraw(&driver->window, &driver->picture);
	driver_pump(driver);
}

static bool start(struct driver *driver)
{
	struct component *component = &driver->component;
	struct options defaults;
	int fd;

	timer_init(&driver->resize, component->loop, driver_resized, driver);
	timer_init(&driver->repeat, component->loop, on_repeat, driver);
	timer_init(&driver->method, component->loop, on_method, driver);
	options_init(&defaults);
	options_read(&driver->options, &defaults,
		     parent_config(component->parent));
	options_finish(&defaults);
	window_prepare();
	if (!window_open(&driver->window, driver->options.title,
			 (int)driver->options.width,
			 (int)driver->options.height,
			 driver->options.fullscreen, true))
		return false;
	/* The picture has a pointer of its own. */
	SDL_ShowCursor(SDL_DISABLE);
	SDL_StartTextInput();
	driver->keys.chord = driver->options.chord;
	driver->input_method = has_input_method();
	driver->framebuffer = framebuffer_server_create(
		component->loop, component->parent, "window",
		&framebuffer_handler, driver);
	driver->input = input_server_create(component->loop, component->parent,
					    &input_handler, driver);
	driver_set_mode(driver);
	loop_defer(component->loop, first_redraw, driver);
	events_tell_keyboard(driver);
	fd = host_fd(&driver->window.host);
	if (fd >= 0)
		driver->host_source = loop_add_fd(component->loop, fd,
						  LOOP_READ | LOOP_URGENT,
						  on_host, driver);
	return true;
}

static void finish(struct driver *driver)
{
	loop_undefer(driver->component.loop, driver);
	loop_remove(driver->host_source);
	input_server_destroy(driver->input);
	framebuffer_server_destroy(driver->framebuffer);
	timer_finish(&driver->resize);
	timer_finish(&driver->repeat);
	timer_finish(&driver->method);
	memory_unmap(driver->picture.pixels, driver->picture.bytes);
	free(driver->client_title);
	options_finish(&driver->options);
	window_close(&driver->window);
	component_finish(&driver->component);
}

int main(int argc, char **argv)
{
	struct driver driver = { 0 };
	int code = EXIT_NO_DISPLAY;

	component_options(&info, argc, argv);
	if (argc == 2 && !strcmp(argv[1], "--probe"))
		return probe();
	if (argc > 1)
		component_usage(&info, "only --probe, --help and --version");
	component_init(&driver.component, &info, argc, argv, &parent_handler,
		       &driver);
	if (start(&driver)) {
		code = loop_run(driver.component.loop);
		finish(&driver);
		return code;
	}
	log_error("no window can be opened here: %s", SDL_GetError());
	parent_exit(driver.component.parent, code,
		    "no window can be opened here: %s", SDL_GetError());
	finish(&driver);
	return code;
}
