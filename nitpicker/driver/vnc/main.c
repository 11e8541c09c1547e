/*
 * vnc_drv: a desktop that VNC viewers show.
 */
#include <signal.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/log.h"
#include "listener.h"
#include "session/component.h"

struct driver {
	struct component component;
	struct display *display;
	struct screen screen;
	struct display_mode configured; /* as the config last said */
	uint64_t quota; /* own, bytes; 0: not known */
	struct listener *local, *loopback;
	char *socket, *listen; /* where they are; owned, NULL: nowhere */
};

static const struct component_info info = {
	.name = "vnc_drv",
	.summary = "a desktop that VNC viewers show",
};

static const char *const known[] = { "width",  "height", "scale",    "rate",
				     "socket", "listen", "password", NULL };

static void read_mode(const struct config_node *config,
		      struct display_mode *mode)
{
	int64_t w = 1280, h = 800, scale = 100, rate = 60;

	config_get_int(config, "width", SCREEN_SIDE_MIN, 4096, &w);
	config_get_int(config, "height", SCREEN_SIDE_MIN, 4096, &h);
	config_get_int(config, "scale", 25, 800, &scale);
	config_get_int(config, "rate", 1, 1000, &rate);
	*mode = (struct display_mode){
		.w = (uint32_t)w,
		.h = (uint32_t)h,
		.scale = (uint32_t)scale,
		.rate = (uint32_t)rate,
		.format = FORMAT_XRGB8888,
	};
}

/* In the desktop's folder; owned by the caller, NULL without one. */
static char *runtime_path(const char *name)
{
	const char *runtime = getenv("NITPICKER_RUNTIME");

	return runtime ? xasprintf("%s/%s", runtime, name) : NULL;
}

static bool equal(const char *a, const char *b)
{
	return a && b ? !strcmp(a, b) : a == b;
}

/* Takes `path` over. */
static void set_socket(struct driver *driver, char *path)
{
	if (equal(path, driver->socket)) {
		free(path);
		return;
	}
	listener_destroy(driver->local);
	free(driver->socket);
	driver->socket = path;
	driver->local = path ? listener_create_unix(&driver->screen, path)
			     : NULL;
}

static void set_loopback(struct driver *driver,
			 const struct config_node *config)
{
	const char *place = config_value(config, "listen");
	const char *password = config_value(config, "password");

	if (place && (!password || !*password)) {
		config_complain(config, "<listen> needs a <password>");
		place = NULL;
	}
	if (password && strlen(password) > PASSWORD_BYTES) {
		config_complain(config,
				"VNC looks at the first %d bytes of a password",
				PASSWORD_BYTES);
	}
	screen_set_password(&driver->screen, password ? password : "");
	if (equal(place, driver->listen)) {
		return;
	}
	listener_destroy(driver->loopback);
	free(driver->listen);
	driver->listen = xstrdup(place);
	driver->loopback = place ? listener_create_loopback(&driver->screen,
							    place)
				 : NULL;
}

static void set_listeners(struct driver *driver,
			  const struct config_node *config)
{
	const char *path = config_value(config, "socket");

	config_check_known(config, known);
	set_socket(driver, path && *path ? xstrdup(path) : runtime_path("vnc"));
	set_loopback(driver, config);
	if (!driver->local && !driver->loopback) {
		log_warning("no <socket>, no <listen>: no viewer can come");
	}
}

/* What the config did not change keeps what the viewers made of it. */
static void handle_config(void *user, const struct config_node *config)
{
	struct driver *driver = user;
	struct display_mode mode;

	if (!driver->screen.input) {
		return;
	}
	set_listeners(driver, config);
	read_mode(config, &mode);
	if (!display_mode_equal(&mode, &driver->configured)) {
		const char *problem = display_set_mode(driver->display, &mode);

		driver->configured = mode;
		if (problem) {
			config_complain(config, "%ux%u: %s", mode.w, mode.h,
					problem);
		}
	}
}

static void handle_resource(void *user, uint64_t quota, uint64_t used)
{
	struct driver *driver = user;

	(void)used;
	driver->quota = quota;
	if (driver->display) {
		display_set_quota(driver->display, quota);
	}
}

static void handle_forget(void *user)
{
	screen_forget_held(user);
}

static void handle_text(void *user, const char *text, size_t bytes)
{
	screen_send_text(user, text, bytes);
}

static const struct parent_handler handler = {
	.config = handle_config,
	.resource = handle_resource,
};

static const struct vnc_input_handler input_handler = {
	.forget = handle_forget,
	.text = handle_text,
};

/* False with one log line. */
static bool start(struct driver *driver)
{
	struct component *component = &driver->component;
	const struct config_node *config = parent_config(component->parent);
	char *shot = runtime_path("screenshot.png");

	read_mode(config, &driver->configured);
	driver->display = display_create(component->loop, component->parent,
					 "vnc", &driver->configured);
	if (!driver->display) {
		free(shot);
		return false;
	}
	display_set_quota(driver->display, driver->quota);
	screen_init(&driver->screen, component->loop, driver->display, shot);
	free(shot);
	driver->screen.input = vnc_input_create(
		component->loop, component->parent, &input_handler,
		&driver->screen);
	set_listeners(driver, config);
	return true;
}

static void stop(struct driver *driver)
{
	listener_destroy(driver->local);
	listener_destroy(driver->loopback);
	screen_finish(&driver->screen);
	vnc_input_destroy(driver->screen.input);
	display_destroy(driver->display);
	free(driver->socket);
	free(driver->listen);
}

int main(int argc, char **argv)
{
	struct driver driver = { 0 };

	/* sendfile has no MSG_NOSIGNAL */
	signal(SIGPIPE, SIG_IGN);
	component_init(&driver.component, &info, argc, argv, &handler, &driver);
	int code = 1;

	if (start(&driver)) {
		code = loop_run(driver.component.loop);
		stop(&driver);
	}
	component_finish(&driver.component);
	return code;
}
