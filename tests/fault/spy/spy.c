/*
 * Tries what it must not: labels that aren't its own, services that it wasn't
 * given, the end of the desktop; says what came of it. Then it shows a view and
 * says what it learns of the keyboard.
 */
#include <stdio.h>

#include "base/base.h"
#include "session/session.h"

enum { VIEW = 1, SIDE = 100 };

static void try_labels(struct parent *parent)
{
	static const char *const labels[] = {
		"own", "../launchpad", "a -> b", "launchpad ->", "a\nb", ".x",
	};
	uint32_t id;
	size_t i;
	int fd;

	for (i = 0; i < array_size(labels); i++) {
		const enum wire_status status = parent_open(
			parent, SERVICE_NITPICKER, labels[i], SESSION_OVERHEAD,
			"", &fd, &id);

		printf("label %zu: %s\n", i, wire_status_name(status));
	}
}

static void try_services(struct parent *parent)
{
	static const struct provider_handler handler = { .open = NULL };
	static const char *const services[] = {
		SERVICE_NITPICKER, SERVICE_FRAMEBUFFER, SERVICE_INPUT,
		SERVICE_LOG,       SERVICE_SCREENSHOT,
	};
	size_t i;

	for (i = 0; i < array_size(services); i++)
		printf("announce %s: %s\n", services[i],
		       wire_status_name(parent_announce(parent, services[i],
							&handler, NULL)));
}

static void try_power(struct parent *parent)
{
	enum power_action action;

	for (action = 0; action <= POWER_LAST; action++)
		printf("power %d: %s\n", (int)action,
		       wire_status_name(parent_power(parent, action)));
}

/* Entries of the parent, one after the other. */
static void ask_for(struct parent *parent, const struct config_node *root)
{
	const struct config_node *node;

	for (node = config_child(root, "ask"); node;
	     node = config_next(node, "ask")) {
		printf("start %s: %s\n", node->text,
		       wire_status_name(parent_start(parent, node->text)));
		fflush(stdout);
	}
}

static void learn(void *user, const struct input_event *event)
{
	(void)user;
	if (event->type == INPUT_PRESS || event->type == INPUT_CHARACTER)
		printf("key %u\n", event->code);
	fflush(stdout);
}

int main(int argc, char **argv)
{
	static const struct component_info info = { "spy", "tries", NULL };
	static const struct nitpicker_handler handler = { .event = learn };
	struct nitpicker *nitpicker;
	struct component self;
	int64_t x = 0;

	component_init(&self, &info, argc, argv, NULL, NULL);
	config_get_int(parent_config(self.parent), "x", 0, LIMIT_SIDE, &x);
	try_labels(self.parent);
	try_services(self.parent);
	try_power(self.parent);
	ask_for(self.parent, parent_config(self.parent));
	nitpicker = nitpicker_open(self.loop, self.parent, "", &handler, NULL,
				   NULL);
	if (!nitpicker ||
	    nitpicker_set_buffer(nitpicker, SIDE, SIDE, FORMAT_XRGB8888))
		return 1;
	nitpicker_view_create(nitpicker, VIEW, 0);
	nitpicker_view_geometry(nitpicker, VIEW,
				(struct rect){ (int)x, 100, SIDE, SIDE });
	nitpicker_execute(nitpicker);
	nitpicker_refresh(nitpicker, &(struct rect){ 0, 0, SIDE, SIDE }, 1);
	printf("ready\n");
	fflush(stdout);
	loop_run(self.loop);
	nitpicker_close(nitpicker);
	component_finish(&self);
	return 0;
}
