/*
 * ps2_drv: a PS/2 keyboard and a PS/2 mouse, on the raw ports that the kernel
 * hands over (serio_raw).
 */
#include <errno.h>
#include <fcntl.h>
#include <linux/input-event-codes.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/alloc.h"
#include "base/log.h"
#include "driver/keymap/keymap.h"
#include "pointer.h"
#include "port.h"
#include "session/component.h"

enum { NOTCH = 120 };

struct driver {
	struct component component;
	struct input_server *server;
	struct keymap *keymap;
	struct port keyboard, mouse;
	struct pointer_curve curve;
	struct pointer_motion motion;
	unsigned buttons; /* PS2_LEFT ... that are down */
};

static const struct component_info info = {
	.name = "ps2_drv",
	.summary = "PS/2 keyboard and mouse",
};

/* ---- keyboard ---- */

static void handle_key(void *user, unsigned code, bool pressed)
{
	struct driver *driver = user;

	keymap_key(driver->keymap, code, pressed, input_now());
}

static void lose_keyboard(void *user)
{
	struct driver *driver = user;

	keymap_release_all(driver->keymap, input_now());
}

static const struct port_handler keyboard_handler = {
	.key = handle_key,
	.lost = lose_keyboard,
};

static void send_key(void *user, const struct input_event *event)
{
	struct driver *driver = user;

	/* The first ones come before there is a server: of the layout. */
	if (driver->server)
		input_server_event(driver->server, event);
}

static unsigned leds(unsigned locks)
{
	return (locks & LOCK_CAPS ? PS2_LED_CAPS : 0) |
	       (locks & LOCK_NUM ? PS2_LED_NUM : 0) |
	       (locks & LOCK_SCROLL ? PS2_LED_SCROLL : 0);
}

static void follow_locks(void *user, const struct input_keyboard *keyboard)
{
	struct driver *driver = user;

	if (driver->server)
		input_server_keyboard(driver->server, keyboard);
	if (driver->keyboard.loop)
		port_set_leds(&driver->keyboard, leds(keyboard->locks));
}

static const struct keymap_handler keymap_handler = {
	.event = send_key,
	.keyboard = follow_locks,
};

/* ---- mouse ---- */

static void send(struct driver *driver, struct input_event event)
{
	event.time_us = input_now();
	input_server_event(driver->server, &event);
}

static void send_buttons(struct driver *driver, unsigned buttons)
{
	static const uint16_t codes[] = { BTN_LEFT, BTN_RIGHT, BTN_MIDDLE,
					  BTN_SIDE, BTN_EXTRA };
	unsigned changed = driver->buttons ^ buttons;

	driver->buttons = buttons;
	for (unsigned i = 0; i < array_size(codes); i++)
		if (changed >> i & 1)
			send(driver,
			     (struct input_event){
				     .type = buttons >> i & 1 ? INPUT_PRESS
							      : INPUT_RELEASE,
				     .code = codes[i] });
}

static void handle_packet(void *user, const struct ps2_packet *packet)
{
	struct driver *driver = user;
	int x = packet->x, y = packet->y;

	pointer_move(&driver->motion, &driver->curve, &x, &y);
	if (x || y)
		send(driver, (struct input_event){
				     .type = INPUT_RELATIVE, .x = x, .y = y });
	if (packet->wheel || packet->tilt)
		send(driver,
		     (struct input_event){ .type = INPUT_WHEEL,
					   .x = packet->tilt * NOTCH,
					   .y = packet->wheel * NOTCH });
	send_buttons(driver, packet->buttons);
}

static void lose_mouse(void *user)
{
	send_buttons(user, 0);
}

static const struct port_handler mouse_handler = {
	.packet = handle_packet,
	.lost = lose_mouse,
};

/* ---- ports ---- */

/* -1 with one log line. */
static int open_path(const char *path, const char *what)
{
	int fd = open(path, O_RDWR | O_NONBLOCK | O_CLOEXEC | O_NOCTTY);

	if (fd < 0)
		log_warning("%s, the port of the %s: %s", path, what,
			    strerror(errno));
	return fd;
}

/* The parent opens the machine's ports for us. -1 with one log line. */
static int open_keyboard(struct parent *parent, const char *path,
			 bool *translated)
{
	int fd;

	if (path)
		return open_path(path, "keyboard");
	fd = parent_file(parent, "serio/set1", NULL);
	*translated = fd >= 0;
	if (fd < 0)
		fd = parent_file(parent, "serio/set2", NULL);
	if (fd < 0)
		log_warning("there is no port for the keyboard");
	return fd;
}

static int open_mouse(struct parent *parent, const char *path)
{
	int fd;

	if (path)
		return open_path(path, "mouse");
	fd = parent_file(parent, "serio/mouse", NULL);
	if (fd < 0)
		log_warning("there is no port for the mouse");
	return fd;
}

/* A machine may lack one of them, or both: the desktop still comes up. */
static void open_ports(struct driver *driver, const struct config_node *config)
{
	const struct config_node *named = config_child(config, "ports");
	const char *keyboard = named ? config_value(named, "keyboard") : NULL;
	const char *mouse = named ? config_value(named, "mouse") : NULL;
	struct component *component = &driver->component;
	bool translated = true;
	int fd = open_keyboard(component->parent, keyboard, &translated);

	if (named)
		config_get_bool(named, "translated", &translated);
	if (fd >= 0)
		port_init(&driver->keyboard, component->loop, PORT_KEYBOARD, fd,
			  translated, &keyboard_handler, driver);
	fd = open_mouse(component->parent, mouse);
	if (fd >= 0)
		port_init(&driver->mouse, component->loop, PORT_MOUSE, fd,
			  false, &mouse_handler, driver);
}

/* ---- config ---- */

static void read_curve(const struct config_node *config,
		       struct pointer_curve *curve)
{
	static const char *const known[] = { "speed", "acceleration",
					     "threshold", NULL };
	const struct config_node *node = config_child(config, "pointer");
	int64_t speed = 100, acceleration = 50, threshold = 6;

	if (node) {
		config_check_known(node, known);
		config_get_int(node, "speed", 10, 1000, &speed);
		config_get_int(node, "acceleration", 0, 1000, &acceleration);
		config_get_int(node, "threshold", 0, 255, &threshold);
	}
	*curve = (struct pointer_curve){
		.speed = (unsigned)speed,
		.acceleration = (unsigned)acceleration,
		.threshold = (unsigned)threshold,
	};
}

static void apply(struct driver *driver, const struct config_node *config)
{
	static const char *const known[] = { "ports", "pointer", NULL };

	config_check_known(config, known);
	read_curve(config, &driver->curve);
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

/* What was pressed before is nobody's business. */
static void handle_connected(void *user, bool connected)
{
	struct driver *driver = user;

	if (connected) {
		keymap_release_all(driver->keymap, input_now());
		driver->buttons = 0;
	}
}

static const struct input_server_handler input_handler = {
	.connected = handle_connected,
};

/* False with one log line. */
static bool start(struct driver *driver)
{
	struct component *component = &driver->component;
	const struct config_node *config = parent_config(component->parent);

	driver->keymap = keymap_create(component->loop, component->parent,
				       config, &keymap_handler, driver);
	if (!driver->keymap)
		return false;
	apply(driver, config);
	driver->server = input_server_create(component->loop, component->parent,
					     &input_handler, driver);
	input_server_keyboard(driver->server, keymap_keyboard(driver->keymap));
	open_ports(driver, config);
	return true;
}

int main(int argc, char **argv)
{
	struct driver driver = { 0 };
	int code = 1;

	component_init(&driver.component, &info, argc, argv, &parent_handler,
		       &driver);
	if (start(&driver)) {
		code = loop_run(driver.component.loop);
		port_finish(&driver.keyboard);
		port_finish(&driver.mouse);
		input_server_destroy(driver.server);
		driver.server = NULL;
	}
	keymap_destroy(driver.keymap);
	component_finish(&driver.component);
	return code;
}
