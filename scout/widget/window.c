/*
 * Life of a window, and its frames.
 */
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/log.h"
#include "scout/widget/window_private.h"

enum { FRAME_NS = 16666667 };

/* ---- painting ---- */

static void make_shadows(struct window *window)
{
	const struct theme *theme = window->ui.theme;
	int scale = window->ui.scale;

	if (window->shadow_theme == theme && window->shadow_scale == scale)
		return;
	for (int i = 0; i < 2; i++) {
		shadow_finish(&window->shadows[i]);
		shadow_init(&window->shadows[i], theme, scale, i == 1);
	}
	window->shadow_theme = theme;
	window->shadow_scale = scale;
	window->margin_dirty = true;
}

static struct gfx window_gfx(struct window *window)
{
	int w = window->buffer_w, h = window->buffer_h;

	return (struct gfx){
		.surface = {
			.pixels = nitpicker_pixels(window->nitpicker),
			.stride = (ptrdiff_t)nitpicker_stride(
				window->nitpicker),
			.width = w,
			.height = h,
			.format = BLIT_ARGB8888,
		},
		.clip = { 0, 0, w, h },
		.x = window->margin.left,
		.y = window->margin.top,
		.text = window->text,
		.theme = window->ui.theme,
		.scale = window->ui.scale,
	};
}

/* Paints the margin by its four sides; the corners come with upper and lower
 * one. Returns how many rectangles of the buffer that were. */
static unsigned paint_margin(struct window *window, struct gfx *gfx,
			     struct rect out[4])
{
	const struct margin *m = &window->margin;
	int w = window->place.w, h = window->place.h;
	int all = w + m->left + m->right;
	int corner = window->shadows[0].corner;
	struct rect sides[] = {
		{ 0, 0, all, m->top + corner },
		{ 0, m->top + h - corner, all, m->bottom + corner },
		{ 0, m->top + corner, m->left, h - 2 * corner },
		{ m->left + w, m->top + corner, m->right, h - 2 * corner },
	};

	for (int i = 0; i < 4; i++) {
		struct rect before = gfx->clip;
		struct rect inner = { 0, 0, w, h };
		struct rect part = rect_intersect(
			rect_moved(sides[i], -m->left, -m->top), inner);

		/* What is round is cut out of fresh pixels. */
		ui_paint(&window->ui, gfx, part);
		gfx->clip = rect_intersect(sides[i], before);
		shadow_paint(&window->shadows[window->ui.active], gfx, w, h);
		gfx_unclip(gfx, before);
		out[i] = sides[i];
	}
	window->margin_dirty = false;
	return 4;
}

/* Paints what is damaged; rectangles of the buffer. */
static unsigned paint(struct window *window, struct rect *rects)
{
	struct gfx gfx = window_gfx(window);
	const struct margin *m = &window->margin;
	struct rect damage[UI_DAMAGE_MAX];
	unsigned damages = ui_take_damage(&window->ui, damage), count = 0;

	for (unsigned i = 0; i < damages; i++) {
		struct rect in_buffer = rect_moved(damage[i], m->left, m->top);
		struct rect before = gfx.clip;

		ui_paint(&window->ui, &gfx, damage[i]);
		gfx.clip = rect_intersect(before, in_buffer);
		if (!window->bare)
			shadow_paint(&window->shadows[window->ui.active], &gfx,
				     window->place.w, window->place.h);
		gfx_unclip(&gfx, before);
		rects[count++] = in_buffer;
	}
	if (window->margin_dirty && !window->bare)
		count += paint_margin(window, &gfx, rects + count);
	return count;
}

/* ---- reports ---- */

static void report_widgets(struct window *window)
{
	const struct nitpicker_info *info;
	char *report;

	if (!parent_report_wanted(window->parent, "widgets"))
		return;
	info = nitpicker_info(window->nitpicker);
	report = ui_report(&window->ui, window->place.x, window->place.y,
			   info->output_x, info->output_y);
	if (!report || (window->report && !strcmp(report, window->report))) {
		free(report);
		return;
	}
	parent_report(window->parent, "", "widgets", report);
	free(window->report);
	window->report = report;
}

static void report_first_picture(struct window *window, uint64_t time_ns)
{
	char *report = xasprintf("<first_picture time_ns=\"%llu\"/>\n",
				 (unsigned long long)time_ns);

	window->seen_once = true;
	parent_report(window->parent, "", "first_picture", report);
	free(report);
}

/* ---- frames ---- */

static void draw(struct window *window)
{
	struct rect rects[UI_DAMAGE_MAX + 4];
	unsigned count = 0;
	bool placed = window_resize(window);

	window->wanted = false;
	make_shadows(window);
	ui_update(&window->ui, loop_now());
	if (!window->hidden || !window->stacked || placed) {
		count = paint(window, rects);
		window->last_frame = loop_now();
	}
	if (placed)
		window_send_place(window);
	if (count) {
		window->in_flight = nitpicker_refresh(window->nitpicker, rects,
						      count) != 0;
		window->stacked = true;
	}
	report_widgets(window);
	if (window->in_flight)
		return;
	if (!window->hidden && ui_is_moving(&window->ui))
		timer_set(&window->timer, window->last_frame + FRAME_NS);
}

static void draw_later(void *user)
{
	struct window *window = user;

	window->deferred = false;
	if (window->in_flight || !window->wanted)
		return;
	draw(window);
}

void window_wake(void *user)
{
	struct window *window = user;

	window->wanted = true;
	if (!window->shown_once || window->in_flight || window->deferred ||
	    timer_is_set(&window->timer))
		return;
	window->deferred = true;
	loop_defer(window->loop, draw_later, window);
}

static void timer_fired(void *user)
{
	struct window *window = user;

	window->wanted = true;
	if (!window->in_flight)
		draw(window);
}

static void on_shown(void *user, const struct frame_shown *shown)
{
	struct window *window = user;

	window->in_flight = false;
	window->hidden = shown->hidden;
	if (!window->hidden && !window->seen_once)
		report_first_picture(window, shown->time_ns);
	if (!window->hidden && ui_is_moving(&window->ui))
		timer_set(&window->timer, window->last_frame + FRAME_NS);
	else if (window->wanted)
		window_wake(window);
	if (window->handler.shown)
		window->handler.shown(window->user, window->hidden);
}

static void on_exposed(void *user)
{
	struct window *window = user;

	window->hidden = false;
	window_wake(window);
	if (window->handler.shown)
		window->handler.shown(window->user, false);
}

/* ---- life ---- */

void window_configure(struct window *window, const struct config_node *config)
{
	static const char *const motions[] = { "full", "reduced", NULL };
	static const char *const known[] = { "mode", "motion", "text", NULL };
	const struct config_node *theme = config_child(config, "theme");
	int mode = THEME_LIGHT, motion = 0;
	int64_t text = 100;

	if (theme) {
		config_check_known(theme, known);
		config_get_choice(theme, "mode", theme_mode_names, &mode);
		config_get_choice(theme, "motion", motions, &motion);
		config_get_int(theme, "text", 100, 200, &text);
	}
	ui_set_theme(&window->ui, theme_get((enum theme_mode)mode),
		     window->ui.scale, (int)text, motion == 1);
	if (window->shown_once)
		window_wake(window);
}

static void on_info(void *user, const struct nitpicker_info *info)
{
	struct window *window = user;
	int scale = (int)info->scale, before = window->ui.scale;

	if (scale != before) {
		ui_set_theme(&window->ui, window->ui.theme, scale,
			     window->ui.text_percent, window->ui.reduced);
		window->next.w = window->next.w * scale / before;
		window->next.h = window->next.h * scale / before;
	}
	window_go(window, window_first_place(window, window->next));
	window_wake(window);
	if (window->handler.info)
		window->handler.info(window->user);
}

static void on_keyboard(void *user, const struct input_keyboard *keyboard)
{
	struct window *window = user;

	if (window->handler.keyboard)
		window->handler.keyboard(window->user, keyboard);
}

static void on_clipboard_changed(void *user)
{
	struct window *window = user;

	if (window->handler.clipboard_changed)
		window->handler.clipboard_changed(window->user);
}

static const struct nitpicker_handler nitpicker_handler = {
	.info = on_info,
	.event = window_on_event,
	.batch_end = window_on_batch_end,
	.shown = on_shown,
	.exposed = on_exposed,
	.keyboard = on_keyboard,
	.clipboard_changed = on_clipboard_changed,
};

static bool unwanted_key(void *user, const struct ui_event *event)
{
	struct window *window = user;

	if (event->type == UI_KEY && event->code == 1 /* KEY_ESC */ &&
	    toasts_dismiss(frame_overlay(window->frame)))
		return true;
	return window->handler.key && window->handler.key(window->user, event);
}

static void activity(void *user)
{
	struct window *window = user;

	if (window->handler.activity)
		window->handler.activity(window->user);
}

static void close_pressed(void *user)
{
	struct window *window = user;

	window->handler.close(window->user);
}

static void copy(void *user, const char *text, size_t bytes)
{
	window_copy(user, text, bytes);
}

static char *paste(void *user, size_t *bytes)
{
	struct window *window = user;

	return nitpicker_clipboard_read(window->nitpicker, bytes);
}

static void alarm_fired(void *user)
{
	window_wake(user);
}

static void set_alarm(void *user, uint64_t at)
{
	struct window *window = user;

	if (at)
		timer_set(&window->alarm, at);
	else
		timer_cancel(&window->alarm);
}

static void make_tree(struct window *window)
{
	const struct ui_handler handler = {
		.wake = window_wake,
		.key = unwanted_key,
		.activity = activity,
		.alarm = set_alarm,
		.copy = copy,
		.paste = paste,
	};
	struct frame_handler frame = { .drag = window_drag_begin };

	if (window->handler.close)
		frame.close = close_pressed;
	ui_init(&window->ui, window->text, &handler, window);
	window->frame = frame_create(&window->ui, window->title, &frame,
				     window);
}

struct window *window_create(struct loop *loop, struct parent *parent,
			     const struct window_options *options,
			     const struct window_handler *handler, void *user)
{
	struct window *window = xcalloc(1, sizeof(*window));
	enum wire_status status;

	window->loop = loop;
	window->parent = parent;
	window->handler = *handler;
	window->user = user;
	window->title = xstrdup(options->title);
	window->min_w = options->min_w ? options->min_w : WINDOW_MIN;
	window->min_h = options->min_h ? options->min_h : WINDOW_MIN;
	timer_init(&window->timer, loop, timer_fired, window);
	timer_init(&window->alarm, loop, alarm_fired, window);
	timer_init(&window->repeat, loop, window_repeat, window);
	window->text = text_create();
	make_tree(window);
	if (window->text)
		window->nitpicker = nitpicker_open(
			loop, parent, "", &nitpicker_handler, window, &status);
	if (!window->nitpicker) {
		if (window->text)
			log_error("no Nitpicker session: %s",
				  wire_status_name(status));
		window_destroy(window);
		return NULL;
	}
	window->ui.scale = (int)nitpicker_info(window->nitpicker)->scale;
	window_configure(window, parent_config(parent));

	int scale = window->ui.scale;
	struct rect place = { options->place.x * scale / 100,
			      options->place.y * scale / 100,
			      options->place.w * scale / 100,
			      options->place.h * scale / 100 };

	window->next = window_first_place(window, place);
	return window;
}

void window_destroy(struct window *window)
{
	if (!window)
		return;
	window->shown_once = false; /* nothing is drawn any more */
	ui_finish(&window->ui);
	loop_undefer(window->loop, window);
	timer_finish(&window->timer);
	timer_finish(&window->alarm);
	timer_finish(&window->repeat);
	if (window->nitpicker)
		nitpicker_close(window->nitpicker);
	shadow_finish(&window->shadows[0]);
	shadow_finish(&window->shadows[1]);
	text_destroy(window->text);
	free(window->report);
	free(window->title);
	free(window);
}

struct ui *window_ui(struct window *window)
{
	return &window->ui;
}

struct widget *window_body(struct window *window)
{
	return frame_body(window->frame);
}

void window_show(struct window *window)
{
	if (window->shown_once)
		return;
	window->shown_once = true;
	draw(window);
}

void window_set_title(struct window *window, const char *title)
{
	if (!strcmp(window->title, title))
		return;
	free(window->title);
	window->title = xstrdup(title);
	frame_set_title(window->frame, title);
	if (!window->stacked)
		return;
	nitpicker_view_title(window->nitpicker, VIEW, title);
	nitpicker_execute(window->nitpicker);
}

enum wire_status window_copy(struct window *window, const char *text,
			     size_t bytes)
{
	return nitpicker_clipboard_offer(window->nitpicker, text, bytes);
}

void window_message(struct window *window, const char *title, const char *text)
{
	toast_show(&window->ui, frame_overlay(window->frame), title, text);
}

void window_note(struct window *window, const char *title, const char *text)
{
	toast_note(&window->ui, frame_overlay(window->frame), title, text);
}
