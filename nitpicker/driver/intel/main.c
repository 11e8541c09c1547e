/*
 * intel_drv: displays through the kernel's mode setting (KMS). Made for Intel's
 * graphics, and for whatever else has a driver in the kernel.
 */
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/log.h"
#include "buffer.h"
#include "console.h"
#include "cursor.h"
#include "driver/shadow/shadow.h"
#include "hotplug.h"
#include "layout.h"
#include "session/component.h"
#include "session/framebuffer.h"

struct driver {
	struct component component;
	int card;
	struct layout_options options;
	bool buffered;
	uint32_t scale; /* percent */
	struct layout layout;
	struct buffer buffer;
	struct shadow shadow; /* memory NULL: clients draw to the buffer */
	struct cursor cursor;
	bool has_cursor;
	struct hotplug hotplug;
	struct console console;
	bool away; /* another terminal has the display */
	struct framebuffer_server *server;
};

static const struct component_info info = {
	.name = "intel_drv",
	.summary = "displays through the kernel's mode setting",
};

/* ---- what clients want ---- */

static void handle_refresh(void *user, const struct rect *rects, size_t count,
			   bool end)
{
	struct driver *driver = user;
	const struct shadow_target target = {
		.memory = driver->buffer.memory,
		.stride = driver->buffer.stride,
		.depth = 32,
	};

	(void)end;
	if (driver->shadow.memory)
		shadow_show(&driver->shadow, &target, rects, count);
	if (!driver->away)
		buffer_flush(&driver->buffer, rects, count);
}

static enum wire_status handle_pointer_image(
	void *user, const struct frame_pointer_image *image,
	const uint32_t *pixels)
{
	struct driver *driver = user;

	if (!driver->has_cursor || image->w > CURSOR_SIDE ||
	    image->h > CURSOR_SIDE)
		return WIRE_DENIED;
	cursor_set_image(&driver->cursor, &driver->layout, image->w, image->h,
			 (int32_t)image->hot_x, (int32_t)image->hot_y, pixels);
	return WIRE_OK;
}

static void handle_pointer_move(void *user, int32_t x, int32_t y, bool visible)
{
	struct driver *driver = user;

	if (driver->has_cursor)
		cursor_move(&driver->cursor, &driver->layout, x, y, visible);
}

static const struct framebuffer_server_handler server_handler = {
	.refresh = handle_refresh,
	.pointer_image = handle_pointer_image,
	.pointer_move = handle_pointer_move,
};

/* ---- modes ---- */

/* What clients draw to: the card's memory where the kernel can share it, else
 * ordinary memory. -1 with one log line. */
static int make_drawable(struct driver *driver, uint32_t *stride, bool *direct)
{
	int fd = driver->buffered ? -1 : buffer_export(&driver->buffer);

	*direct = fd >= 0;
	*stride = driver->buffer.stride;
	if (*direct)
		return fd;
	if (!shadow_init(&driver->shadow, driver->buffer.w, driver->buffer.h,
			 32) ||
	    (fd = dup(driver->shadow.fd)) < 0) {
		log_error("memory for the picture: %s", strerror(errno));
		return -1;
	}
	*stride = driver->shadow.stride;
	return fd;
}

static void announce(struct driver *driver, int fd, uint32_t stride,
		     bool direct)
{
	const struct layout *layout = &driver->layout;

	if (!driver->server)
		driver->server = framebuffer_server_create(
			driver->component.loop, driver->component.parent,
			"display", &server_handler, driver);
	framebuffer_server_set_mode(
		driver->server,
		&(struct framebuffer_mode_info){
			.w = layout->w,
			.h = layout->h,
			.stride = stride,
			.format = FORMAT_XRGB8888,
			.mm_w = layout->w_mm,
			.mm_h = layout->h_mm,
			.scale = driver->scale,
			.refresh = layout->refresh,
			.flags = (direct ? FRAMEBUFFER_SLOW_READ : 0) |
				 (driver->has_cursor ? FRAMEBUFFER_CURSOR : 0),
		},
		fd);
}

/* Takes the new layout. False with one log line: the old one stays. */
static bool set_layout(struct driver *driver, const struct layout *layout)
{
	struct buffer old = driver->buffer, fresh;
	uint32_t stride;
	bool direct;
	int fd;

	if (!buffer_init(&fresh, driver->card, layout->w, layout->h))
		return false;
	if (!layout_show(layout, driver->card, fresh.id)) {
		log_error("no display takes its mode");
		buffer_finish(&fresh);
		return false;
	}
	shadow_finish(&driver->shadow);
	cursor_finish(&driver->cursor);
	driver->layout = *layout;
	driver->buffer = fresh;
	driver->has_cursor = cursor_init(&driver->cursor, driver->card, layout);
	fd = make_drawable(driver, &stride, &direct);
	buffer_finish(&old);
	if (fd < 0)
		return false;
	announce(driver, fd, stride, direct);
	log_info("%ux%u, %s, %s pointer", layout->w, layout->h,
		 direct ? "shared" : "copied",
		 driver->has_cursor ? "the card's" : "a drawn");
	return true;
}

/* What is plugged in now, or what the config says now. */
static bool follow(struct driver *driver, bool even_if_equal)
{
	struct connectors *connectors = calloc(1, sizeof(*connectors));
	struct layout layout;
	bool good = false;

	if (!connectors)
		return false;
	connectors_read(connectors, driver->card);
	if (!layout_choose(&layout, connectors, &driver->options, driver->card))
		log_warning("no display is on");
	else if (!even_if_equal && layout_equal(&layout, &driver->layout))
		good = true;
	else
		good = set_layout(driver, &layout);
	free(connectors);
	return good;
}

static void handle_hotplug(void *user)
{
	struct driver *driver = user;

	if (!driver->away)
		follow(driver, false);
}

static void handle_active(void *user, bool active)
{
	struct driver *driver = user;

	if (active) {
		drmSetMaster(driver->card);
		driver->away = false;
		follow(driver, false);
		layout_show(&driver->layout, driver->card, driver->buffer.id);
		cursor_show(&driver->cursor, &driver->layout);
	} else {
		driver->away = true;
		drmDropMaster(driver->card);
	}
	framebuffer_server_set_hidden(driver->server, !active);
}

/* ---- config ---- */

static void read_options(struct driver *driver,
			 const struct config_node *config)
{
	static const char *const known[] = { "width",    "height", "connector",
					     "buffered", "scale",  NULL };
	int64_t scale = 100;

	config_check_known(config, known);
	layout_options_read(config, &driver->options);
	driver->buffered = false;
	config_get_bool(config, "buffered", &driver->buffered);
	config_get_int(config, "scale", 25, 800, &scale);
	driver->scale = (uint32_t)scale;
}

static void handle_config(void *user, const struct config_node *config)
{
	struct driver *driver = user;

	if (driver->card < 0)
		return;
	read_options(driver, config);
	if (!driver->away && !follow(driver, true))
		config_complain(config, "the former modes stay");
}

static const struct parent_handler parent_handler = {
	.config = handle_config,
};

static bool start(struct driver *driver)
{
	char *name;

	driver->card = card_open();
	if (driver->card < 0)
		return false;
	name = card_driver(driver->card);
	log_info("the kernel's driver is %s", name);
	free(name);
	read_options(driver, parent_config(driver->component.parent));
	if (!follow(driver, true))
		return false;
	console_init(&driver->console, driver->component.loop, handle_active,
		     driver);
	hotplug_init(&driver->hotplug, driver->component.loop, handle_hotplug,
		     driver);
	return true;
}

int main(int argc, char **argv)
{
	struct driver driver = {
		.card = -1,
		.buffer = { .card = -1 },
		.shadow = { .fd = -1 },
		.hotplug = { .fd = -1 },
		.console = { .fd = -1 },
	};
	int code = 1;

	component_init(&driver.component, &info, argc, argv, &parent_handler,
		       &driver);
	if (start(&driver))
		code = loop_run(driver.component.loop);
	framebuffer_server_destroy(driver.server);
	hotplug_finish(&driver.hotplug);
	cursor_finish(&driver.cursor);
	shadow_finish(&driver.shadow);
	buffer_finish(&driver.buffer);
	console_finish(&driver.console);
	if (driver.card >= 0)
		close(driver.card);
	component_finish(&driver.component);
	return code;
}
