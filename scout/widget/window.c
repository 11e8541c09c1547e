/*
 * Life of a window.
 */
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/log.h"
#include "scout/widget/window_private.h"

void window_configure(struct window *window, const struct config_node *config)
{
	struct theme_choice choice = theme_read(config);

	ui_set_theme(&window->ui, choice.theme, window->ui.scale,
		     choice.text_percent, choice.reduced);
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
	.shown = window_on_shown,
	.exposed = window_on_exposed,
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

static void close_now(void *user)
{
	struct window *window = user;

	window->handler.close(window->user);
}

/* It fades; after that time, seen or not, it is closed. */
static void close_pressed(void *user)
{
	struct window *window = user;

	if (window->ui.reduced || !window_can_fade(window)) {
		close_now(window);
		return;
	}
	if (timer_is_set(&window->closing))
		return;
	ui_animate(&window->ui, window->ui.root, &window->veil, 1,
		   MS_WINDOW_OUT);
	timer_set_in(&window->closing, MS_WINDOW_OUT * 1000000ull);
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
	window->reserve = options->reserve;
	window->handler = *handler;
	window->user = user;
	window->title = xstrdup(options->title);
	window->min_w = options->min_w ? options->min_w : WINDOW_MIN;
	window->min_h = options->min_h ? options->min_h : WINDOW_MIN;
	timer_init(&window->timer, loop, window_frame_timer, window);
	timer_init(&window->closing, loop, close_now, window);
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

	if (options->from_right)
		place.x = window_from_right(window, place);
	place = window_cascade(window, place);
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
	timer_finish(&window->closing);
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
	if (!window->ui.reduced && window_can_fade(window)) {
		window->veil = 1;
		ui_animate(&window->ui, window->ui.root, &window->veil, 0,
			   MS_WINDOW_IN);
	}
	window_draw(window);
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

void window_raise_child(struct window *window, const char *label)
{
	nitpicker_raise(window->nitpicker, label);
}

void window_message(struct window *window, const char *title, const char *text)
{
	toast_show(&window->ui, frame_overlay(window->frame), title, text);
}

void window_note(struct window *window, const char *title, const char *text)
{
	toast_note(&window->ui, frame_overlay(window->frame), title, text);
}
