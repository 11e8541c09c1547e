/*
 * backdrop: the picture behind all windows.
 *
 * One buffer of the size of the screen, painted when the config or the screen
 * changes. Images are decoded straight into it each time: keeping them would
 * cost as much memory as the buffer, for something that happens rarely.
 */
#include <stdlib.h>
#include <string.h>

#include "backdrop/layers.h"
#include "base/base.h"
#include "session/component.h"
#include "session/nitpicker.h"

enum { VIEW = 1 };

struct backdrop {
	struct component component;
	struct nitpicker *nitpicker;
	char *config; /* as it was last painted */
	uint32_t w, h; /* of the buffer, pixels */
	uint32_t frame; /* on its way to the screen; 0: none */
	bool outdated; /* painted anew once that frame is shown */
	uint64_t start; /* ns, of the program */
	bool seen; /* the user saw a picture */
	bool failed; /* some image could not be shown */
};

/* A larger buffer where the screen grew; a smaller screen shows a part. */
static bool fit_buffer(struct backdrop *backdrop,
		       const struct nitpicker_info *info)
{
	if (backdrop->w >= info->w && backdrop->h >= info->h)
		return true;

	enum wire_status status = nitpicker_set_buffer(
		backdrop->nitpicker, info->w, info->h, FORMAT_XRGB8888);

	if (status != WIRE_OK) {
		log_error("no buffer of %ux%u pixels: %s", info->w, info->h,
			  wire_status_name(status));
		return false;
	}
	backdrop->w = info->w;
	backdrop->h = info->h;
	return true;
}

static void paint(struct backdrop *backdrop)
{
	const struct nitpicker_info *info = nitpicker_info(backdrop->nitpicker);

	if (backdrop->frame) {
		backdrop->outdated = true;
		return;
	}
	backdrop->outdated = false;
	if (!fit_buffer(backdrop, info))
		return;

	struct blit_surface target = {
		.pixels = nitpicker_pixels(backdrop->nitpicker),
		.stride = (ptrdiff_t)nitpicker_stride(backdrop->nitpicker),
		.width = (int)info->w,
		.height = (int)info->h,
		.format = BLIT_XRGB8888,
	};
	struct rect all = { 0, 0, target.width, target.height };

	backdrop->failed = !layers_paint(
		backdrop->component.parent,
		parent_config(backdrop->component.parent), &target,
		nitpicker_buffer_fd(backdrop->nitpicker));
	nitpicker_view_geometry(backdrop->nitpicker, VIEW, all);
	nitpicker_execute(backdrop->nitpicker);
	backdrop->frame = nitpicker_refresh(backdrop->nitpicker, &all, 1);
}

static void on_info(void *user, const struct nitpicker_info *info)
{
	struct backdrop *backdrop = user;

	(void)info;
	/* The first one comes while the session is being opened. */
	if (backdrop->nitpicker)
		paint(backdrop);
}

static void report_first_picture(struct backdrop *backdrop, uint64_t time_ns)
{
	char *report = xasprintf(
		"<first_picture start_ns=\"%llu\" time_ns=\"%llu\"/>\n",
		(unsigned long long)backdrop->start,
		(unsigned long long)time_ns);

	backdrop->seen = true;
	parent_report(backdrop->component.parent, "", "first_picture", report);
	free(report);
}

static void on_shown(void *user, const struct frame_shown *shown)
{
	struct backdrop *backdrop = user;

	if (shown->frame != backdrop->frame)
		return;
	if (!backdrop->seen && !shown->hidden)
		report_first_picture(backdrop, shown->time_ns);
	backdrop->frame = 0;
	if (backdrop->outdated)
		paint(backdrop);
}

/* True when another picture has to be shown: also when a file may be there
 * now that was missing. */
static bool read_config(struct backdrop *backdrop,
			const struct config_node *config)
{
	size_t length;
	const char *source = config_source(config, &length);
	char *text = xstrndup(source, length);
	bool same = backdrop->config && strcmp(text, backdrop->config) == 0;

	free(backdrop->config);
	backdrop->config = text;
	return !same || backdrop->failed;
}

static void on_config(void *user, const struct config_node *config)
{
	struct backdrop *backdrop = user;

	if (read_config(backdrop, config) && backdrop->nitpicker)
		paint(backdrop);
}

int main(int argc, char **argv)
{
	static const struct component_info info = {
		.name = "backdrop",
		.summary = "shows a picture behind all windows",
	};
	static const struct parent_handler parent_handler = {
		.config = on_config,
	};
	static const struct nitpicker_handler nitpicker_handler = {
		.info = on_info,
		.shown = on_shown,
	};
	struct backdrop backdrop = { .start = loop_now() };
	struct component *component = &backdrop.component;
	enum wire_status status;

	component_init(component, &info, argc, argv, &parent_handler,
		       &backdrop);
	read_config(&backdrop, parent_config(component->parent));
	backdrop.nitpicker = nitpicker_open(component->loop, component->parent,
					    "", &nitpicker_handler, &backdrop,
					    &status);
	if (!backdrop.nitpicker) {
		log_error("no Nitpicker session: %s", wire_status_name(status));
		return 1;
	}
	nitpicker_view_create(backdrop.nitpicker, VIEW, 0);
	nitpicker_view_background(backdrop.nitpicker, VIEW);
	paint(&backdrop);

	int code = loop_run(component->loop);

	nitpicker_close(backdrop.nitpicker);
	free(backdrop.config);
	component_finish(component);
	return code;
}
