/*
 * virtual_drv: a desktop's output, keyboard, mouse and touch screen without
 * hardware, driven by commands of one line each.
 */
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/log.h"
#include "control.h"
#include "send.h"

static const struct component_info info = {
	.name = "virtual_drv",
	.summary = "output and input of a desktop under test",
	.options = "  send PATH COMMAND...  sends one command to the control "
		   "socket PATH\n",
};

static const char *const known[] = { "width",  "height",  "scale",  "rate",
				     "format", "control", "cursor", NULL };

static void read_mode(const struct config_node *config,
		      struct display_mode *mode)
{
	static const char *const formats[] = { "xrgb8888", "rgb565", NULL };
	int64_t w = 1280, h = 800, scale = 100, rate = 60;
	int format = 0;
	bool cursor = false;

	config_get_int(config, "width", 1, LIMIT_SIDE, &w);
	config_get_int(config, "height", 1, LIMIT_SIDE, &h);
	config_get_int(config, "scale", 25, 800, &scale);
	config_get_int(config, "rate", 0, 1000, &rate);
	config_get_choice(config, "format", formats, &format);
	config_get_bool(config, "cursor", &cursor);
	*mode = (struct display_mode){
		.w = (uint32_t)w,
		.h = (uint32_t)h,
		.scale = (uint32_t)scale,
		.rate = (uint32_t)rate,
		.format = format ? FORMAT_RGB565 : FORMAT_XRGB8888,
		.cursor = cursor,
	};
}

/* Where commands come from; owned by the caller, NULL: from nowhere. */
static char *read_control(const struct config_node *config)
{
	const char *path = config_value(config, "control");
	const char *runtime = getenv("NITPICKER_RUNTIME");

	if (path && *path) {
		return xstrdup(path);
	}
	return runtime ? xasprintf("%s/control", runtime) : NULL;
}

static void open_control(struct driver *driver)
{
	if (driver->control_path) {
		driver->control = control_create(driver, driver->control_path);
	} else {
		log_warning("no <control>, no NITPICKER_RUNTIME: no commands");
	}
}

/* What the config did not change keeps what the commands made of it. */
static void handle_config(void *user, const struct config_node *config)
{
	struct driver *driver = user;
	struct display_mode mode;
	char *path = read_control(config);

	if (!driver->display) {
		free(path);
		return;
	}
	config_check_known(config, known);
	read_mode(config, &mode);
	if (!display_mode_equal(&mode, &driver->configured)) {
		const char *problem = display_set_mode(driver->display, &mode);

		driver->configured = mode;
		if (problem) {
			config_complain(config, "%ux%u: %s", mode.w, mode.h,
					problem);
		}
	}
	if (path && (!driver->control_path ||
		     strcmp(path, driver->control_path) != 0)) {
		control_destroy(driver->control);
		free(driver->control_path);
		driver->control_path = path;
		open_control(driver);
	} else {
		free(path);
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

static const struct parent_handler handler = {
	.config = handle_config,
	.resource = handle_resource,
};

int main(int argc, char **argv)
{
	struct driver driver = { .recorder = { .fd = -1 } };

	if (argc > 3 && !strcmp(argv[1], "send")) {
		return send_command(argv[2], argv + 3, argc - 3);
	}
	component_options(&info, argc, argv);
	if (argc > 1) {
		component_usage(&info, "send PATH COMMAND...");
	}
	component_init(&driver.component, &info, argc, argv, &handler, &driver);

	const struct config_node *config = parent_config(
		driver.component.parent);

	config_check_known(config, known);
	read_mode(config, &driver.configured);
	driver.control_path = read_control(config);
	driver.display = display_create(driver.component.loop,
					driver.component.parent, "virtual",
					&driver.configured);
	if (!driver.display) {
		return 1;
	}
	display_set_quota(driver.display, driver.quota);
	driver.device = device_create(driver.component.loop,
				      driver.component.parent);
	open_control(&driver);
	int code = loop_run(driver.component.loop);
	uint64_t count;

	control_destroy(driver.control);
	if (recorder_is_active(&driver.recorder)) {
		recorder_stop(&driver.recorder, &count);
	}
	device_destroy(driver.device);
	display_destroy(driver.display);
	free(driver.control_path);
	component_finish(&driver.component);
	return code;
}
