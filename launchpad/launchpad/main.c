/*
 * launchpad: starts programs as its children, gives each a budget of memory,
 * shows what they do with it.
 */
#include <signal.h>
#include <stdlib.h>

#include "base/alloc.h"
#include "launchpad.h"

enum {
	RESERVE = 5 << 20, /* what launchpad itself needs, bytes */
	FROM_RIGHT = 24, /* so that what it starts does not cover it */
	DEFAULT_Y = 60,
	DEFAULT_W = 400,
	DEFAULT_H = 620,
};

static const char *const known[] = {
	"launcher", "xpos",      "ypos",  "width",     "height", "theme",
	"keyboard", "ram_quota", "clock", "installed", "lock",   NULL,
};

/* ---- quota ---- */

static void create_family(struct launchpad *launchpad)
{
	char *reports = kin_reports_wanted();
	const struct family_options options = {
		.loop = launchpad->component.loop,
		.parent = launchpad->component.parent,
		.total = launchpad->total,
		.reserve = RESERVE < launchpad->total ? RESERVE
						      : launchpad->total,
		.keep_from_devices = true,
		.reports = reports,
	};

	launchpad->family = family_create(&options, &children_handler,
					  launchpad);
	free(reports);
}

static void on_resource(void *user, uint64_t quota, uint64_t used)
{
	struct launchpad *launchpad = user;

	(void)used;
	launchpad->total = quota;
	if (launchpad->family)
		family_set_total(launchpad->family, quota);
	show_quota(launchpad);
}

/* ---- config ---- */

static char *source_of(const struct config_node *root, const char *name)
{
	const struct config_node *node = config_child(root, name);
	size_t length;
	const char *text = node ? config_source(node, &length) : NULL;

	return text ? xstrndup(text, length) : NULL;
}

/* What stands in our config goes to children that have none of it. */
static void hand_on(struct launchpad *launchpad, const struct config_node *root)
{
	char *theme = source_of(root, "theme");
	char *keyboard = source_of(root, "keyboard");

	family_set_defaults(launchpad->family, theme, keyboard);
	free(theme);
	free(keyboard);
}

static void on_config(void *user, const struct config_node *root)
{
	struct launchpad *launchpad = user;

	if (!launchpad->window)
		return;
	config_check_known(root, known);
	window_configure(launchpad->window, root);
	if (!launchpad->panel)
		return;
	if (launchpad->family)
		hand_on(launchpad, root);
	programs_read(launchpad, root);
	clock_configure(launchpad, root);
	linux_configure(launchpad, root);
	power_configure(launchpad, root);
}

static void get_pixels(const struct config_node *root, const char *name,
		       int64_t min, int32_t *value)
{
	int64_t wide = *value;

	config_get_int(root, name, min, LIMIT_SIDE, &wide);
	*value = (int32_t)wide;
}

static void read_place(const struct config_node *root,
		       struct window_options *options)
{
	const int32_t unset = INT32_MIN;
	struct rect place = { unset, DEFAULT_Y, DEFAULT_W, DEFAULT_H };

	get_pixels(root, "xpos", -LIMIT_SIDE, &place.x);
	get_pixels(root, "ypos", -LIMIT_SIDE, &place.y);
	get_pixels(root, "width", WINDOW_MIN, &place.w);
	get_pixels(root, "height", WINDOW_MIN, &place.h);
	options->from_right = place.x == unset;
	if (options->from_right)
		place.x = FROM_RIGHT;
	options->place = place;
}

/* ---- life ---- */

static void on_signal(void *user, int signo)
{
	struct launchpad *launchpad = user;

	(void)signo;
	if (launchpad->family)
		family_stop(launchpad->family);
	else
		loop_stop(launchpad->component.loop, 0);
}

static bool on_key(void *user, const struct ui_event *event)
{
	struct launchpad *launchpad = user;

	return panel_key(launchpad->panel, event);
}

static bool create_window(struct launchpad *launchpad)
{
	struct window_options options = {
		.title = "Launchpad",
		.min_w = 320,
	};
	static const struct window_handler handler = {
		.key = on_key,
		.activity = children_look,
	};
	static const struct panel_handler panel_handler = {
		.start = program_start,
		.set_quota = program_set_quota,
		.edit = program_edit,
		.save = program_save,
		.remove = program_remove,
		.fill = linux_fill,
		.search = programs_search,
		.kill = child_kill_pressed,
		.restart = child_restart_pressed,
		.raise = child_raise_pressed,
		.set_limit = child_limit_set,
		.unfold = child_unfolded,
		.power = power_pressed,
	};

	read_place(parent_config(launchpad->component.parent), &options);

	struct window *window = window_create(launchpad->component.loop,
					      launchpad->component.parent,
					      &options, &handler, launchpad);

	if (!window)
		return false;
	launchpad->panel = panel_create(window_ui(window), window_body(window),
					&panel_handler, launchpad);
	launchpad->window = window;
	return true;
}

int main(int argc, char **argv)
{
	static const struct component_info info = {
		.name = "launchpad",
		.summary = "Starts programs, gives them memory, shows and ends "
			   "them.",
	};
	static const struct parent_handler handler = {
		.config = on_config,
		.resource = on_resource,
		.powers = power_told,
	};
	struct launchpad launchpad = { .total = 0 };
	int code = 1;

	component_init(&launchpad.component, &info, argc, argv, &handler,
		       &launchpad);
	timer_init(&launchpad.sample, launchpad.component.loop, children_sample,
		   &launchpad);
	timer_init(&launchpad.save, launchpad.component.loop, stored_save,
		   &launchpad);
	timer_init(&launchpad.minute, launchpad.component.loop, clock_tick,
		   &launchpad);
	timer_init(&launchpad.icons, launchpad.component.loop, icons_load,
		   &launchpad);
	timer_init(&launchpad.tidy, launchpad.component.loop, children_tidy,
		   &launchpad);
	loop_on_signal(launchpad.component.loop, SIGTERM, on_signal,
		       &launchpad);
	loop_on_signal(launchpad.component.loop, SIGINT, on_signal, &launchpad);
	if (create_window(&launchpad)) {
		launchpad.total = parent_quota(launchpad.component.parent);
		create_family(&launchpad);
		panel_set_mechanism(launchpad.panel,
				    family_mechanism(launchpad.family));
		show_quota(&launchpad);
		power_told(&launchpad, launchpad.powers);
		stored_load(&launchpad);
		on_config(&launchpad,
			  parent_config(launchpad.component.parent));
		window_show(launchpad.window);
		linux_begin(&launchpad);
		code = loop_run(launchpad.component.loop);
	}
	if (launchpad.panel)
		stored_finish(&launchpad);
	power_forget(&launchpad);
	questions_forget(&launchpad, NULL);
	family_destroy(launchpad.family);
	launchpad.family = NULL;
	children_finish(&launchpad);
	matters_finish(&launchpad);
	linux_finish(&launchpad);
	programs_finish(&launchpad);
	panel_destroy(launchpad.panel);
	window_destroy(launchpad.window);
	timer_finish(&launchpad.tidy);
	timer_finish(&launchpad.minute);
	timer_finish(&launchpad.icons);
	timer_finish(&launchpad.save);
	config_destroy(launchpad.stored);
	timer_finish(&launchpad.sample);
	component_finish(&launchpad.component);
	return code;
}
