/*
 * nitlog: what programs say, in a window.
 */
#include <inttypes.h>
#include <linux/input-event-codes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "scout/scout.h"
#include "scrollback.h"
#include "session/component.h"
#include "session/log_session.h"
#include "view.h"

struct nitlog {
	struct component component;
	struct window *window;
	struct scrollback *scrollback;
	struct log_server *server;
	struct field *search;
	struct tool *pause;
	struct band *band;
	struct view *view;
};

static void show_note(struct nitlog *nitlog)
{
	const struct scrollback *lines = nitlog->scrollback;
	uint64_t held = view_held_back(nitlog->view);
	char *note, *more;

	more = view_is_paused(nitlog->view)
		       ? xasprintf(", paused, %" PRIu64 " more", held)
		       : xstrdup("");
	note = xasprintf("%" PRIu64 " lines of %u%s",
			 scrollback_end(lines) - scrollback_first(lines),
			 scrollback_labels(lines), more);
	band_set_note(nitlog->band, note);
	free(note);
	free(more);
}

/* ---- what the user does ---- */

static void search_changed(void *user)
{
	struct nitlog *nitlog = user;
	const char *words = field_text(nitlog->search);

	view_mark(nitlog->view, words);
	field_set_error(nitlog->search, *words && !view_go(nitlog->view, -1));
}

/* Up, to what was said before; from the end again behind the first one. */
static void search_next(void *user)
{
	struct nitlog *nitlog = user;

	if (!view_go(nitlog->view, -1))
		search_changed(nitlog);
}

static void pause_pressed(void *user)
{
	struct nitlog *nitlog = user;
	bool paused = !view_is_paused(nitlog->view);

	view_pause(nitlog->view, paused);
	widget_set_name((struct widget *)nitlog->pause,
			paused ? "Resume" : "Pause");
	show_note(nitlog);
}

static void copy_pressed(void *user)
{
	struct nitlog *nitlog = user;
	uint64_t from, end;
	size_t bytes;
	char *text;

	view_selected(nitlog->view, &from, &end);
	text = scrollback_copy(nitlog->scrollback, from, end, LIMIT_CLIPBOARD,
			       &bytes);
	if (bytes && window_copy(nitlog->window, text, bytes) != WIRE_OK)
		window_message(nitlog->window, "Nothing was copied",
			       "The clipboard didn't take it.");
	free(text);
}

static bool control_key(struct nitlog *nitlog, uint32_t code)
{
	struct ui *ui = window_ui(nitlog->window);

	switch (code) {
	case KEY_C:
		copy_pressed(nitlog);
		return true;
	case KEY_A:
		view_select_all(nitlog->view);
		return true;
	case KEY_F:
	case KEY_K:
		ui_set_focus(ui, (struct widget *)nitlog->search);
		field_select_all(nitlog->search);
		return true;
	default:
		return false;
	}
}

/* What no widget wanted: typing anywhere searches. */
static bool on_key(void *user, const struct ui_event *event)
{
	struct nitlog *nitlog = user;
	struct ui *ui = window_ui(nitlog->window);
	struct widget *field = (struct widget *)nitlog->search;

	if (event->type == UI_KEY && event->mods & UI_CONTROL)
		return control_key(nitlog, event->code);
	if (event->type == UI_KEY && event->code == KEY_ESC) {
		field_set_text(nitlog->search, "");
		search_changed(nitlog);
		ui_set_focus(ui, (struct widget *)nitlog->view);
		return true;
	}
	if (event->type == UI_KEY && event->code == KEY_SPACE) {
		pause_pressed(nitlog);
		return true;
	}
	if (event->type != UI_CHARACTER || event->character <= ' ')
		return false;
	ui_set_focus(ui, field);
	return field->cls->event(field, event);
}

/* ---- what programs say ---- */

static void on_line(void *user, uint32_t session, const char *label,
		    const char *text)
{
	struct nitlog *nitlog = user;

	(void)session;
	scrollback_add(nitlog->scrollback, label, text);
	view_changed(nitlog->view);
	show_note(nitlog);
}

/* ---- life ---- */

static void on_config(void *user, const struct config_node *root)
{
	static const char *const known[] = { NULL };
	struct nitlog *nitlog = user;

	if (!nitlog->window)
		return;
	config_check_known(root, known);
	window_configure(nitlog->window, root);
}

static void leave(void *user)
{
	struct nitlog *nitlog = user;

	loop_stop(nitlog->component.loop, 0);
}

static void create_widgets(struct nitlog *nitlog)
{
	struct ui *ui = window_ui(nitlog->window);
	struct box *page = box_create(ui, window_body(nitlog->window),
				      ROLE_NONE, "");
	struct box *head = box_create(ui, &page->widget, ROLE_NONE, "");

	head->across = true;
	head->pad_x = head->pad_top = head->pad_bottom = 12;
	head->gap = 8;
	nitlog->search = field_create(ui, &head->widget, "search");
	((struct widget *)nitlog->search)->grow = true;
	field_set_hint(nitlog->search, "Type to search");
	field_on_change(nitlog->search, search_changed, search_next, nitlog);
	nitlog->pause = tool_create(ui, &head->widget, "Pause", NULL,
				    pause_pressed, nitlog);
	tool_create(ui, &head->widget, "Copy", NULL, copy_pressed, nitlog);
	nitlog->band = band_create(ui, &page->widget, "LOG");
	nitlog->view = view_create(ui, &page->widget, nitlog->scrollback);
	ui_set_focus(ui, (struct widget *)nitlog->view);
	show_note(nitlog);
}

int main(int argc, char **argv)
{
	static const struct component_info info = {
		.name = "nitlog",
		.summary = "Shows what programs say.",
	};
	static const struct parent_handler parent = { .config = on_config };
	static const struct window_handler handler = {
		.close = leave,
		.key = on_key,
	};
	static const struct log_server_handler log = { .line = on_line };
	const struct window_options options = {
		.title = "Log",
		.place = { 20, 20, 680, 420 },
		.min_w = 360,
	};
	struct nitlog nitlog = { .window = NULL };
	struct component *self = &nitlog.component;
	int code = 1;

	component_init(self, &info, argc, argv, &parent, &nitlog);
	nitlog.scrollback = scrollback_create();
	nitlog.window = window_create(self->loop, self->parent, &options,
				      &handler, &nitlog);
	if (nitlog.window) {
		create_widgets(&nitlog);
		on_config(&nitlog, parent_config(self->parent));
		nitlog.server = log_server_create(self->loop, self->parent,
						  &log, &nitlog);
	}
	if (nitlog.server) {
		window_show(nitlog.window);
		code = loop_run(self->loop);
	}
	log_server_destroy(nitlog.server);
	window_destroy(nitlog.window);
	scrollback_destroy(nitlog.scrollback);
	component_finish(self);
	return code;
}
