#include "view.h"

#include <linux/input-event-codes.h>
#include <stdlib.h>

#include "find.h"
#include "signs.h"

enum {
	BAR_HEIGHT = 64,
	BAR_FADE = 8,
	BUTTON = 40,
	PITCH = 48,
	PAD = 16,
	BUTTONS = VIEW_HELP + 1,
	ZOOM_STEPS = 9,
};

static const int zooms[ZOOM_STEPS] = {
	50, 67, 80, 90, 100, 125, 150, 200, 300
};

struct view;

struct view_button {
	struct view *view;
	struct sign_button *button;
	enum view_command command;
};

struct view {
	struct widget widget;
	struct view_handler handler;
	void *user;
	struct page *page;
	struct widget *bar;
	struct find *find;
	struct view_button buttons[BUTTONS];
	int zoom; /* index */
};

/* ---- the glass bar ---- */

static void bar_place(struct widget *widget)
{
	struct view *view = (struct view *)widget->parent;
	struct ui *ui = widget->ui;
	int side = ui_tx(ui, BUTTON), pad = ui_px(ui, PAD);
	int y = (ui_tx(ui, BAR_HEIGHT) - side) / 2;

	/* A little air for the ring around a button. */
	for (int i = 0; i < BUTTONS; i++) {
		int x = i == VIEW_HELP ? widget->r.w - pad - side
				       : pad + i * ui_tx(ui, PITCH);

		widget_place((struct widget *)view->buttons[i].button,
			     rect_grown((struct rect){ x, y, side, side },
					ui_px(ui, 3)));
	}
}

static void bar_paint(struct widget *widget, struct gfx *gfx)
{
	const struct theme *theme = gfx->theme;
	struct ui *ui = widget->ui;
	int w = widget->r.w, h = ui_tx(ui, BAR_HEIGHT), line = ui_px(ui, 1);

	/* Text shines through as through milk glass. */
	gfx_gradient(gfx, (struct rect){ 0, 0, w, h },
		     color_mix(theme->ground[0], theme->metal[2], 90),
		     color_mix(theme->ground[0], theme->metal[1], 140),
		     theme->dark ? 240 : 232);
	gfx_fill(gfx, (struct rect){ 0, h, w, line }, theme->line, 190);
	gfx_fill(gfx, (struct rect){ 0, h - line, w, line }, 0xffffff,
		 theme->dark ? 14 : 130);
	gfx_fade(gfx, 0, h + line, w, ui_px(ui, BAR_FADE) - line, theme->shadow,
		 theme->fade_alpha);
}

static bool bar_hit(struct widget *widget, int x, int y)
{
	(void)x;
	return y < ui_tx(widget->ui, BAR_HEIGHT);
}

static const struct widget_class bar_class = {
	.name = "icon bar",
	.size = sizeof(struct widget),
	.role = ROLE_LIST,
	.place = bar_place,
	.paint = bar_paint,
	.hit = bar_hit,
};

static void pressed(void *user)
{
	struct view_button *button = user;
	struct view *view = button->view;

	view->handler.command(view->user, button->command);
}

static void create_buttons(struct view *view)
{
	static const struct {
		enum sign sign;
		const char *name;
	} kinds[BUTTONS] = {
		[VIEW_HOME] = { SIGN_HOME, "home" },
		[VIEW_BACK] = { SIGN_BACK, "back" },
		[VIEW_FORWARD] = { SIGN_FORWARD, "forward" },
		[VIEW_CONTENTS] = { SIGN_CONTENTS, "contents" },
		[VIEW_HELP] = { SIGN_HELP, "help" },
	};

	for (int i = 0; i < BUTTONS; i++) {
		struct view_button *button = &view->buttons[i];

		button->view = view;
		button->command = (enum view_command)i;
		button->button = sign_button_create(
			view->widget.ui, view->bar, kinds[i].sign, BUTTON,
			kinds[i].name, pressed, button);
	}
}

/* ---- keys ---- */

static void zoom(struct view *view, int step)
{
	int to = step ? view->zoom + step : 4;

	if (to < 0 || to >= ZOOM_STEPS)
		return;
	view->zoom = to;
	page_zoom(view->page, zooms[to]);
}

static void copy_selection(struct view *view)
{
	uint32_t from, to;
	char *words;

	if (!page_selection(view->page, &from, &to))
		return;
	words = page_words(view->page, from, to);
	if (words)
		view->handler.page.copy(view->user, words,
					__builtin_strlen(words));
	free(words);
}

static void open_find(struct view *view)
{
	find_open(view->find);
	widget_relayout(&view->widget);
}

static bool control_key(struct view *view, uint32_t code)
{
	switch (code) {
	case KEY_F:
		open_find(view);
		return true;
	case KEY_G:
		find_step(view->find, 1);
		return true;
	case KEY_C:
	case KEY_INSERT:
		copy_selection(view);
		return true;
	case KEY_A:
		page_select_all(view->page);
		return true;
	case KEY_EQUAL:
	case KEY_KPPLUS:
		zoom(view, 1);
		return true;
	case KEY_MINUS:
	case KEY_KPMINUS:
		zoom(view, -1);
		return true;
	case KEY_0:
	case KEY_KP0:
		zoom(view, 0);
		return true;
	case KEY_R:
		view->handler.command(view->user, VIEW_RELOAD);
		return true;
	case KEY_PAGEUP:
		view->handler.command(view->user, VIEW_PREVIOUS);
		return true;
	case KEY_PAGEDOWN:
		view->handler.command(view->user, VIEW_NEXT);
		return true;
	default:
		return false;
	}
}

static enum view_command plain_command(const struct ui_event *event)
{
	bool alt = event->mods & UI_ALT;

	switch (event->code) {
	case KEY_LEFT:
		return alt ? VIEW_BACK : VIEW_COMMANDS;
	case KEY_RIGHT:
		return alt ? VIEW_FORWARD : VIEW_COMMANDS;
	case KEY_UP:
		return alt ? VIEW_CONTENTS : VIEW_COMMANDS;
	case KEY_HOME:
		return alt ? VIEW_HOME : VIEW_COMMANDS;
	case KEY_BACKSPACE:
	case KEY_BACK:
		return VIEW_BACK;
	case KEY_FORWARD:
		return VIEW_FORWARD;
	case KEY_HOMEPAGE:
		return VIEW_HOME;
	case KEY_F1:
		return VIEW_HELP;
	case KEY_F5:
		return VIEW_RELOAD;
	default:
		return VIEW_COMMANDS;
	}
}

bool view_key(struct view *view, const struct ui_event *event)
{
	enum view_command command;

	if (event->type == UI_CHARACTER && event->character == '/') {
		open_find(view);
		return true;
	}
	if (event->type != UI_KEY)
		return false;
	if (event->mods & UI_CONTROL)
		return control_key(view, event->code);
	command = plain_command(event);
	if (command != VIEW_COMMANDS) {
		view->handler.command(view->user, command);
		return true;
	}
	switch (event->code) {
	case KEY_F3:
		find_step(view->find, event->mods & UI_SHIFT ? -1 : 1);
		return true;
	case KEY_ESC:
		if (!find_is_open(view->find))
			return false;
		find_close(view->find);
		widget_relayout(&view->widget);
		return true;
	default:
		return page_key(view->page, event);
	}
}

/* ---- the whole ---- */

static void place(struct widget *widget)
{
	struct view *view = (struct view *)widget;
	struct ui *ui = widget->ui;
	int w = widget->r.w, h = widget->r.h, bar = ui_tx(ui, BAR_HEIGHT);
	int find = find_is_open(view->find) ? ui_tx(ui, FIND_HEIGHT) : 0;

	page_set_covered(view->page, bar + ui_px(ui, 1), find);
	widget_place((struct widget *)view->page, (struct rect){ 0, 0, w, h });
	widget_place(view->bar,
		     (struct rect){ 0, 0, w, bar + ui_px(ui, BAR_FADE) });
	widget_place((struct widget *)view->find,
		     (struct rect){ 0, h - find, w, find });
}

static bool event(struct widget *widget, const struct ui_event *event)
{
	struct view *view = (struct view *)widget;

	if (event->type == UI_WHEEL && event->wheel_y) {
		/* over the bar */
		page_scroll_wheel(view->page, event);
		return true;
	}
	return view_key(view, event);
}

static const struct widget_class view_class = {
	.name = "browser",
	.size = sizeof(struct view),
	.role = ROLE_NONE,
	.place = place,
	.event = event,
};

static void find_closed(void *user)
{
	struct view *view = user;

	find_close(view->find);
	widget_relayout(&view->widget);
}

struct view *view_create(struct ui *ui, struct widget *parent,
			 const struct view_handler *handler, void *user)
{
	struct view *view = widget_create(ui, parent, &view_class, "");

	view->handler = *handler;
	view->user = user;
	view->zoom = 4;
	view->page = page_create(ui, &view->widget, &handler->page, user);
	view->bar = widget_create(ui, &view->widget, &bar_class, "icon bar");
	create_buttons(view);
	view->find = find_create(ui, &view->widget, view->page, find_closed,
				 view);
	ui_set_focus(ui, (struct widget *)view->page);
	return view;
}

struct page *view_page(struct view *view)
{
	return view->page;
}

void view_enable(struct view *view, enum view_command command, bool enabled)
{
	sign_button_enable(view->buttons[command].button, enabled);
	if (!view->widget.ui->focus)
		ui_set_focus(view->widget.ui, (struct widget *)view->page);
}

void view_mark(struct view *view, enum view_command command)
{
	for (int i = 0; i < BUTTONS; i++)
		sign_button_mark(view->buttons[i].button, i == (int)command);
}

void view_document_changed(struct view *view)
{
	find_again(view->find);
}
