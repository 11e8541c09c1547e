/*
 * evdev_drv: the keyboards, mice, touchpads and touch screens that the kernel
 * has drivers for, through libinput.
 */
#include "base/log.h"
#include "driver/keymap/keymap.h"
#include "seat.h"
#include "session/component.h"
#include "terminal.h"

enum { FASTEST = 200 }; /* percent, of libinput */

struct driver {
	struct component component;
	struct input_server *server;
	struct keymap *keymap;
	struct seat seat;
	struct terminal terminal;
	bool connected; /* somebody listens */
};

static const struct component_info info = {
	.name = "evdev_drv",
	.summary = "keyboards, mice and touchpads of the kernel",
};

/* ---- what the devices say ---- */

static void handle_key(void *user, unsigned code, bool pressed,
		       uint64_t time_us)
{
	struct driver *driver = user;

	if (!terminal_key(&driver->terminal, code, pressed))
		keymap_key(driver->keymap, code, pressed, time_us);
}

static void handle_event(void *user, const struct input_event *event)
{
	struct driver *driver = user;

	input_server_event(driver->server, event);
}

static const struct events_handler events_handler = {
	.key = handle_key,
	.event = handle_event,
};

/* ---- keyboard ---- */

static void send_key(void *user, const struct input_event *event)
{
	struct driver *driver = user;

	/* The first ones come before there is a server: of the layout. */
	if (driver->server)
		input_server_event(driver->server, event);
}

static void follow_locks(void *user, const struct input_keyboard *keyboard)
{
	struct driver *driver = user;

	if (driver->server)
		input_server_keyboard(driver->server, keyboard);
	seat_set_leds(&driver->seat, keyboard->locks);
}

static const struct keymap_handler keymap_handler = {
	.event = send_key,
	.keyboard = follow_locks,
};

/* ---- whose the devices are ---- */

static void follow(struct driver *driver)
{
	bool on = driver->connected && driver->terminal.active;

	if (!on) {
		keymap_release_all(driver->keymap, input_now());
		input_server_release_all(driver->server);
		terminal_release_all(&driver->terminal);
	}
	seat_sample(&driver->seat, on);
}

/* Not within what a device said: its session may be stopped. */
static void follow_later(void *user)
{
	follow(user);
}

static void handle_terminal(void *user, bool active)
{
	struct driver *driver = user;

	(void)active;
	loop_defer(driver->component.loop, follow_later, driver);
}

static void handle_connected(void *user, bool connected)
{
	struct driver *driver = user;

	driver->connected = connected;
	driver->seat.events.area_w = driver->seat.events.area_h = 0;
	loop_defer(driver->component.loop, follow_later, driver);
}

static void handle_area(void *user, uint32_t w, uint32_t h)
{
	struct driver *driver = user;

	driver->seat.events.area_w = w;
	driver->seat.events.area_h = h;
}

static const struct input_server_handler input_handler = {
	.connected = handle_connected,
	.area = handle_area,
};

/* ---- config ---- */

static void read_pointer(const struct config_node *node,
			 struct seat_options *options)
{
	static const char *const known[] = { "speed",   "acceleration", "tap",
					     "natural", "left-handed",  NULL };
	int64_t speed = 100, acceleration = 50;

	config_check_known(node, known);
	config_get_int(node, "speed", 10, 1000, &speed);
	config_get_int(node, "acceleration", 0, 1000, &acceleration);
	config_get_bool(node, "tap", &options->tap);
	config_get_bool(node, "natural", &options->natural);
	config_get_bool(node, "left-handed", &options->left_handed);
	options->speed = speed > FASTEST ? FASTEST : (unsigned)speed;
	options->flat = !acceleration;
}

static void apply(struct driver *driver, const struct config_node *config)
{
	static const char *const known[] = { "pointer", "shared", NULL };
	const struct config_node *pointer = config_child(config, "pointer");
	struct seat_options options = { .speed = 100, .tap = true };

	config_check_known(config, known);
	config_get_bool(config, "shared", &options.shared);
	if (pointer)
		read_pointer(pointer, &options);
	seat_set_options(&driver->seat, &options);
}

static void handle_config(void *user, const struct config_node *config)
{
	struct driver *driver = user;

	if (!driver->keymap)
		return; /* it hasn't begun yet */
	apply(driver, config);
	keymap_configure(driver->keymap, config);
}

static const struct parent_handler parent_handler = {
	.config = handle_config,
};

/* False with one log line. */
static bool start(struct driver *driver)
{
	struct component *component = &driver->component;

	seat_init(&driver->seat, component->loop, &events_handler, driver);
	driver->keymap = keymap_create(component->loop, component->parent,
				       parent_config(component->parent),
				       &keymap_handler, driver);
	if (!driver->keymap)
		return false;
	apply(driver, parent_config(component->parent));
	terminal_init(&driver->terminal, component->loop, handle_terminal,
		      driver);
	driver->server = input_server_create(component->loop, component->parent,
					     &input_handler, driver);
	input_server_keyboard(driver->server, keymap_keyboard(driver->keymap));
	return true;
}

int main(int argc, char **argv)
{
	struct driver driver = { .terminal = { .fd = -1 } };
	int code = 1;

	component_init(&driver.component, &info, argc, argv, &parent_handler,
		       &driver);
	if (start(&driver))
		code = loop_run(driver.component.loop);
	loop_undefer(driver.component.loop, &driver);
	seat_finish(&driver.seat);
	terminal_finish(&driver.terminal);
	input_server_destroy(driver.server);
	driver.server = NULL;
	loop_undefer(driver.component.loop, &driver);
	keymap_destroy(driver.keymap);
	component_finish(&driver.component);
	return code;
}
