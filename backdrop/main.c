/*
 * backdrop: the picture behind all windows.
 *
 * One buffer of the size of the screen, painted when the config or the screen
 * changes. The image is read from its file each time: keeping it decoded would
 * cost as much memory as the buffer, for something that happens rarely.
 */
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "backdrop/picture.h"
#include "base/base.h"
#include "session/component.h"
#include "session/nitpicker.h"

enum { VIEW = 1 };

struct backdrop {
	struct component component;
	struct nitpicker *nitpicker;
	char *image; /* name from the config; NULL: none */
	uint32_t w, h; /* of the buffer, pixels */
	uint32_t frame; /* on its way to the screen; 0: none */
	bool outdated; /* painted anew once that frame is shown */
	bool failed; /* the image could not be shown */
};

/* The line about a missing or bad image; what is shown instead is plain. */
static void paint_image(struct backdrop *backdrop,
			const struct blit_surface *target)
{
	char error[IMAGE_ERROR_MAX];
	enum wire_status status = WIRE_OK;
	int fd = parent_file(backdrop->component.parent, backdrop->image,
			     &status);

	backdrop->failed = fd < 0;
	if (fd < 0) {
		log_warning("image \"%s\" can't be opened (%s), "
			    "the background stays plain",
			    backdrop->image, wire_status_name(status));
		picture_plain(target);
		return;
	}
	backdrop->failed = !picture_image(target, fd, error);
	if (backdrop->failed)
		log_warning("image \"%s\" can't be shown (%s), "
			    "the background stays plain",
			    backdrop->image, error);
	close(fd);
}

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

	if (backdrop->image)
		paint_image(backdrop, &target);
	else
		picture_plain(&target);
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

static void on_shown(void *user, const struct frame_shown *shown)
{
	struct backdrop *backdrop = user;

	if (shown->frame != backdrop->frame)
		return;
	backdrop->frame = 0;
	if (backdrop->outdated)
		paint(backdrop);
}

/* True when another picture has to be shown. */
static bool read_config(struct backdrop *backdrop,
			const struct config_node *config)
{
	/* Parents add their theme and keyboard to every config. */
	static const char *const known[] = { "image", "theme", "keyboard",
					     NULL };
	const char *image = config_value(config, "image");
	const char *old = backdrop->image ? backdrop->image : "";

	config_check_known(config, known);
	if (strcmp(image ? image : "", old) == 0)
		return backdrop->failed;
	free(backdrop->image);
	backdrop->image = image && *image ? xstrdup(image) : NULL;
	backdrop->failed = false;
	return true;
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
	struct backdrop backdrop = { 0 };
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
	free(backdrop.image);
	component_finish(component);
	return code;
}
