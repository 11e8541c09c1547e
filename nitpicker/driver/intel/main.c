/*
 * intel_drv: displays through the kernel's mode setting (KMS). Made for Intel's
 * graphics, and for whatever else has a driver in the kernel.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/log.h"
#include "driver/console/console.h"
#include "hotplug.h"
#include "output.h"
#include "session/component.h"

/* Of displays that have been there; one is kept when its display is unplugged,
 * since its client is, too. */
struct driver {
	struct component component;
	int card;
	struct layout_options options;
	struct output_options output_options;
	struct output outputs[LIMIT_OUTPUTS];
	char names[LIMIT_OUTPUTS][32];
	unsigned count;
	bool mirrors; /* as it was started */
	struct hotplug hotplug;
	struct console console;
	bool away; /* another terminal has the display */
};

static const struct component_info info = {
	.name = "intel_drv",
	.summary = "displays through the kernel's mode setting",
};

/* ---- outputs ---- */

/* NULL: there are too many. */
static struct output *find_output(struct driver *driver, const char *name)
{
	struct output *output;
	unsigned i = 0;

	while (i < driver->count && strcmp(driver->names[i], name))
		i++;
	if (i < driver->count)
		return &driver->outputs[i];
	if (i == LIMIT_OUTPUTS) {
		log_warning("%s: more than %d outputs", name, LIMIT_OUTPUTS);
		return NULL;
	}
	output = &driver->outputs[driver->count++];
	snprintf(driver->names[i], sizeof(driver->names[i]), "%s", name);
	output_init(output, driver->card, driver->component.loop,
		    driver->component.parent, name,
		    i ? &driver->outputs[0] : NULL);
	output->away = driver->away;
	return output;
}

static bool set_output(struct driver *driver, const char *name,
		       const struct layout *layout, bool even_if_equal)
{
	struct output *output = find_output(driver, name);

	if (!output)
		return false;
	if (!even_if_equal && layout_equal(layout, &output->layout))
		return true;
	return output_set_layout(output, layout, &driver->output_options);
}

static bool is_there(const struct layout *layout, const char *name)
{
	unsigned i = 0;

	while (i < layout->count && strcmp(layout->heads[i].name, name))
		i++;
	return i < layout->count;
}

/* Each display is an output of its own. The first is told last: what asks for
 * another one then finds it. */
static bool set_each(struct driver *driver, const struct layout *all,
		     bool even_if_equal)
{
	bool good = true;
	struct layout one;

	for (unsigned i = 0; i < all->count; i++)
		find_output(driver, all->heads[i].name);
	/* What they leave may be used by the others. */
	for (unsigned i = 0; i < driver->count; i++)
		if (!is_there(all, driver->names[i]))
			output_hide(&driver->outputs[i]);
	for (unsigned i = all->count; i-- > 0;) {
		layout_of_head(&one, &all->heads[i]);
		good &= set_output(driver, all->heads[i].name, &one,
				   even_if_equal);
	}
	return good;
}

static bool set_all(struct driver *driver, const struct layout *layout,
		    bool even_if_equal)
{
	return driver->mirrors
		       ? set_output(driver, "display", layout, even_if_equal)
		       : set_each(driver, layout, even_if_equal);
}

/* Clients stay, until there is a display again. */
static void hide_all(struct driver *driver)
{
	log_info("no display is plugged in");
	for (unsigned i = 0; i < driver->count; i++)
		output_hide(&driver->outputs[i]);
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
	if (layout_choose(&layout, connectors, &driver->options, driver->card))
		good = set_all(driver, &layout, even_if_equal);
	else if (connectors->count)
		log_warning("no display is on");
	else
		hide_all(driver);
	free(connectors);
	return good;
}

static void handle_hotplug(void *user)
{
	struct driver *driver = user;

	if (!driver->away)
		follow(driver, false);
}

static bool handle_active(void *user, bool active)
{
	struct driver *driver = user;

	driver->away = !active;
	if (active) {
		drmSetMaster(driver->card);
		for (unsigned i = 0; i < driver->count; i++)
			driver->outputs[i].away = false;
		follow(driver, false);
	}
	for (unsigned i = 0; i < driver->count; i++)
		output_set_active(&driver->outputs[i], active);
	if (!active)
		drmDropMaster(driver->card);
	return true;
}

/* ---- config ---- */

static void read_options(struct driver *driver,
			 const struct config_node *config)
{
	static const char *const known[] = { "width",  "height",   "connector",
					     "mirror", "buffered", "scale",
					     NULL };
	int64_t scale = 100;

	config_check_known(config, known);
	layout_options_read(config, &driver->options);
	driver->output_options.buffered = false;
	config_get_bool(config, "buffered", &driver->output_options.buffered);
	config_get_int(config, "scale", 25, 800, &scale);
	driver->output_options.scale = (uint32_t)scale;
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
	driver->mirrors = driver->options.mirror;
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
		.hotplug = { .fd = -1 },
		.console = { .fd = -1 },
	};
	int code = 1;

	component_init(&driver.component, &info, argc, argv, &parent_handler,
		       &driver);
	if (start(&driver))
		code = loop_run(driver.component.loop);
	hotplug_finish(&driver.hotplug);
	while (driver.count)
		output_finish(&driver.outputs[--driver.count]);
	console_finish(&driver.console);
	if (driver.card >= 0)
		close(driver.card);
	component_finish(&driver.component);
	return code;
}
