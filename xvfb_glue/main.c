/*
 * xvfb_glue: X programs on the desktop.
 */
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/log.h"
#include "glue.h"

enum { WIDTH_MAX_DEFAULT = 1920, HEIGHT_MAX_DEFAULT = 1200 };

/* ---- the X server ---- */

static void end_display(struct glue *glue)
{
	if (!glue->display.connection)
		return;
	seat_end(glue);
	attach_end(glue);
	windows_end(glue);
	pool_detached(&glue->pool);
	display_disconnect(&glue->display);
	glue->managing = false;
	glue->mode = 0;
}

static void fail(struct glue *glue, const char *words)
{
	log_error("%s", words);
	parent_exit(glue->component.parent, 1, "%s", words);
	loop_stop(glue->component.loop, 1);
}

/* The exit of a server of our own tells more than the connection's end. */
static void on_lost(void *user)
{
	struct glue *glue = user;
	char *words = xasprintf("the X server %s is gone", glue->display.name);

	end_display(glue);
	if (!glue->server)
		fail(glue, words);
	free(words);
}

static bool is_one_screen(const struct glue *glue)
{
	if (glue->options.mode == MODE_SCREEN)
		return true;
	if (!glue->display.composite)
		log_warning("this X server has no Composite extension: its "
			    "screen is shown as one window");
	return !glue->display.composite;
}

static bool begin_display(struct glue *glue, const char *name,
			  const uint8_t *cookie)
{
	struct display *display = &glue->display;

	if (!display_connect(display, glue->component.loop, name, cookie,
			     on_lost, glue))
		return false;
	glue->root_w = glue->max_w = display->screen->width_in_pixels;
	glue->root_h = glue->max_h = display->screen->height_in_pixels;
	pool_attach(&glue->pool);
	if (glue->options.framebuffer) {
		if (!attach_begin(glue))
			return false;
	} else if (is_one_screen(glue)) {
		screen_begin(glue);
	} else {
		if (!manager_begin(glue))
			return false;
		windows_begin(glue);
	}
	seat_begin(glue);
	return true;
}

/* GTK 3 finds its dark theme by no setting. */
static const char *gtk_theme(const struct glue *glue)
{
	const struct theme *theme = glue->look.theme;

	return theme->dark && theme != theme_get(THEME_HIGH_CONTRAST)
		       ? "Adwaita:dark"
		       : NULL;
}

static void start_programs(struct glue *glue)
{
	for (unsigned i = 0; i < glue->options.command_count; i++)
		programs_start(glue->programs, glue->options.commands[i],
			       glue->display.name,
			       glue->server ? server_authority(glue->server)
					    : NULL,
			       gtk_theme(glue));
}

static void on_ready(void *user, const char *name, const uint8_t *cookie)
{
	struct glue *glue = user;

	if (begin_display(glue, name, cookie))
		start_programs(glue);
	else
		fail(glue, "no connection to the X server");
}

static bool start_server(struct glue *glue);

static void on_ended(void *user, const char *words)
{
	struct glue *glue = user;

	end_display(glue);
	server_destroy(glue->server);
	glue->server = NULL;
	if (!glue->options.restart) {
		fail(glue, words);
		return;
	}
	log_error("%s: another one is started", words);
	programs_destroy(glue->programs);
	glue->programs = NULL;
	if (!start_server(glue))
		fail(glue, words);
}

/* ---- programs ---- */

void glue_check_end(struct glue *glue)
{
	if (glue->options.stay || !glue->options.command_count ||
	    !glue->programs || programs_running(glue->programs) ||
	    windows_any(glue))
		return;
	loop_stop(glue->component.loop, 0);
}

static void on_program_ended(void *user, const char *words)
{
	struct glue *glue = user;

	if (words)
		log_warning("%s", words);
	if (words && !programs_running(glue->programs) && !windows_any(glue) &&
	    !glue->options.stay)
		fail(glue, words);
	else
		glue_check_end(glue);
}

static bool start_server(struct glue *glue)
{
	static const struct server_handler handler = {
		.ready = on_ready,
		.ended = on_ended,
	};
	static const struct programs_handler programs_handler = {
		.ended = on_program_ended,
	};
	const struct nitpicker_info *info = nitpicker_info(glue->nitpicker);
	const struct options *o = &glue->options;
	struct server_options options = {
		.width = o->max_width ? o->max_width : WIDTH_MAX_DEFAULT,
		.height = o->max_height ? o->max_height : HEIGHT_MAX_DEFAULT,
		.depth = o->depth,
		.dpi = 96 * (int)info->scale / 100,
	};

	if (options.width <= (int)info->w)
		options.width = (int)info->w + 1;
	if (options.height <= (int)info->h)
		options.height = (int)info->h + 1;
	glue->programs = programs_create(glue->component.loop,
					 &programs_handler, glue);
	glue->server = server_start(glue->component.loop, &options, &handler,
				    glue);
	return glue->server != NULL;
}

/* ---- the session ---- */

static void relook_frames(struct glue *glue)
{
	struct xwin *win;

	TAILQ_FOREACH(win, &glue->windows, link)
	{
		if (!win->frame)
			continue;
		xframe_relook(win->frame);
		/* It may need more room, or less. */
		if (win->mapped)
			paint_renew(win);
	}
}

static void on_info(void *user, const struct nitpicker_info *info)
{
	struct glue *glue = user;
	struct xwin *win;

	if ((int)info->scale != glue->look.scale)
		look_configure(&glue->look,
			       parent_config(glue->component.parent),
			       (int)info->scale);
	relook_frames(glue);
	seat_relook(glue);
	glue->report_dirty = true;
	paint_wake(glue);
	if (!glue->managing)
		return;
	manager_resize(glue);
	TAILQ_FOREACH(win, &glue->windows, link)
	if (win->managed && win->mapped)
		xwin_replace(win);
}

static void on_event(void *user, const struct input_event *event)
{
	route_event(user, event);
}

static void on_batch_end(void *user)
{
	route_batch_end(user);
}

static void on_shown(void *user, const struct frame_shown *shown)
{
	(void)shown;
	paint_shown(user);
}

static void on_exposed(void *user)
{
	paint_wake(user);
}

static void on_keyboard(void *user, const struct input_keyboard *keyboard)
{
	seat_keyboard(user, keyboard);
}

static void on_clipboard_changed(void *user)
{
	seat_clipboard_changed(user);
}

static bool open_session(struct glue *glue)
{
	static const struct nitpicker_handler handler = {
		.info = on_info,
		.event = on_event,
		.batch_end = on_batch_end,
		.shown = on_shown,
		.exposed = on_exposed,
		.keyboard = on_keyboard,
		.clipboard_changed = on_clipboard_changed,
	};
	enum wire_status status;

	glue->nitpicker = nitpicker_open(glue->component.loop,
					 glue->component.parent, "", &handler,
					 glue, &status);
	if (!glue->nitpicker) {
		log_error("no Nitpicker session: %s", wire_status_name(status));
		return false;
	}
	look_configure(&glue->look, parent_config(glue->component.parent),
		       (int)nitpicker_info(glue->nitpicker)->scale);
	pool_init(&glue->pool, glue->nitpicker, &glue->display);
	return true;
}

/* ---- life ---- */

static void on_config(void *user, const struct config_node *root)
{
	struct glue *glue = user;

	look_configure(&glue->look, root, glue->look.scale);
	seat_relook(glue);
	relook_frames(glue);
}

static bool begin(struct glue *glue)
{
	options_read(&glue->options, parent_config(glue->component.parent));
	if (!look_init(&glue->look) || !open_session(glue))
		return false;
	if (!glue->options.display)
		return start_server(glue);
	return begin_display(glue, glue->options.display, NULL);
}

static void finish(struct glue *glue)
{
	end_display(glue);
	programs_destroy(glue->programs);
	server_destroy(glue->server);
	paint_finish(glue);
	if (glue->nitpicker) {
		pool_finish(&glue->pool);
		nitpicker_close(glue->nitpicker);
	}
	look_finish(&glue->look);
	options_finish(&glue->options);
	free(glue->report);
	free(glue->widgets);
	component_finish(&glue->component);
}

int main(int argc, char **argv)
{
	static const struct component_info info = {
		.name = "xvfb_glue",
		.summary = "X programs on the desktop.",
	};
	static const struct parent_handler handler = { .config = on_config };
	struct glue glue = { .server = NULL };
	int code = 1;

	TAILQ_INIT(&glue.windows);
	component_init(&glue.component, &info, argc, argv, &handler, &glue);
	paint_init(&glue);
	if (begin(&glue))
		code = loop_run(glue.component.loop);
	finish(&glue);
	return code;
}
