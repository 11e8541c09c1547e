#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/log.h"
#include "liquid_fb.h"

/* ---- reports ---- */

void report(struct liquid_fb *fb)
{
	const struct nitpicker_info *info;
	struct rect place, area;
	char *xml, *client;

	if (!parent_report_wanted(fb->component.parent, "framebuffer"))
		return;
	info = nitpicker_info(fb->content);
	place = window_place(fb->window);
	area = rect_moved(content_area(fb, place.w, place.h), place.x, place.y);
	client = config_escape(fb->client);
	xml = xasprintf("<framebuffer client=\"%s\" state=\"%s\" x=\"%d\" "
			"y=\"%d\" sx=\"%d\" sy=\"%d\" w=\"%u\" h=\"%u\"/>\n",
			client,
			fb->shown        ? "shown"
			: fb->has_client ? "starting"
			: *fb->client    ? "ended"
					 : "empty",
			area.x, area.y, area.x + info->output_x,
			area.y + info->output_y,
			fb->shown ? fb->seen_w : fb->mode_w,
			fb->shown ? fb->seen_h : fb->mode_h);
	parent_report(fb->component.parent, "", "framebuffer", xml);
	free(xml);
	free(client);
}

/* ---- config ---- */

static int real(const struct liquid_fb *fb, int64_t logical)
{
	return ui_px(window_ui(fb->window), (int)logical);
}

/* What the user made of the window stays, unless just that is changed. */
static void follow_place(struct liquid_fb *fb, const struct options *old)
{
	const struct options *now = &fb->options;
	struct rect place = window_place(fb->window);

	if (now->width != old->width || now->height != old->height)
		place = window_around(fb, place.x, place.y,
				      (uint32_t)real(fb, now->width),
				      (uint32_t)real(fb, now->height));
	if (now->x != old->x || now->y != old->y) {
		place.x = real(fb, now->x);
		place.y = real(fb, now->y);
	}
	if (rect_equal(place, window_place(fb->window)))
		return;
	if (!resize_to(fb, place))
		resize_place(fb, place);
}

static void apply_style(struct liquid_fb *fb)
{
	window_set_style(fb->window, !fb->options.decoration,
			 !fb->options.resize);
}

static void on_config(void *user, const struct config_node *root)
{
	struct liquid_fb *fb = user;
	struct options old = fb->options;

	if (!fb->window)
		return;
	options_read(&fb->options, &old, root);
	window_configure(fb->window, root);
	if (strcmp(old.title, fb->options.title) != 0)
		content_set_title(fb, fb->options.title);
	if (old.decoration != fb->options.decoration ||
	    old.resize != fb->options.resize) {
		apply_style(fb);
		resize_place(fb, window_around(fb, window_place(fb->window).x,
					       window_place(fb->window).y,
					       fb->mode_w, fb->mode_h));
	}
	if (old.scale != fb->options.scale)
		resize_mode(fb, fb->mode_w, fb->mode_h);
	follow_place(fb, &old);
	resize_fit(fb);
	body_animate(fb->body, fb->options.animate);
}

/* ---- the window ---- */

static bool on_wish(void *user, struct rect place)
{
	return resize_to(user, place);
}

static void on_placed(void *user)
{
	struct liquid_fb *fb = user;

	content_place(fb);
	report(fb);
}

static void on_raised(void *user)
{
	content_raise(user);
}

static void on_info(void *user)
{
	struct liquid_fb *fb = user;

	if (fb->content)
		resize_fit(fb);
}

static void on_shown(void *user, bool hidden)
{
	struct liquid_fb *fb = user;

	body_shown(fb->body, hidden);
}

static bool open_window(struct liquid_fb *fb)
{
	static const struct window_handler handler = {
		.input = frame_input,
		.wish = on_wish,
		.placed = on_placed,
		.raised = on_raised,
		.info = on_info,
		.shown = on_shown,
		.keyboard = forward_keyboard,
		.clipboard_changed = forward_clipboard_changed,
	};
	const struct options *options = &fb->options;
	/* Without the title's height, which isn't known yet. */
	struct window_options how = {
		.title = options->title,
		.place = { (int)options->x, (int)options->y,
			   (int)options->width, (int)options->height },
		.min_w = MIN_W,
		.min_h = MIN_H,
	};
	struct rect place;

	fb->window = window_create(fb->component.loop, fb->component.parent,
				   &how, &handler, fb);
	if (!fb->window)
		return false;
	fb->body = body_create(fb);
	apply_style(fb);
	place = window_around(fb, real(fb, options->x), real(fb, options->y),
			      (uint32_t)real(fb, options->width),
			      (uint32_t)real(fb, options->height));
	window_set_first_place(fb->window, place);
	return true;
}

int main(int argc, char **argv)
{
	static const struct component_info info = {
		.name = "liquid_fb",
		.summary = "A window that is a screen for another program.",
	};
	static const struct parent_handler handler = { .config = on_config };
	struct liquid_fb fb = { 0 };
	struct component *component = &fb.component;
	int code = 1;

	component_init(component, &info, argc, argv, &handler, &fb);
	options_read(&fb.options, NULL, parent_config(component->parent));
	region_init(&fb.damage);
	timer_init(&fb.patience, component->loop, resize_patience, &fb);
	if (open_window(&fb) && content_open(&fb)) {
		window_show(fb.window);
		body_animate(fb.body, fb.options.animate);
		code = loop_run(component->loop);
	}
	content_close(&fb);
	if (fb.body)
		body_finish(fb.body);
	window_destroy(fb.window);
	timer_finish(&fb.patience);
	region_finish(&fb.damage);
	free(fb.pointer.pixels);
	component_finish(component);
	return code;
}
