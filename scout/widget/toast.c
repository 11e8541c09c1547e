/*
 * Messages above everything else: what went wrong, in words, until dismissed.
 */
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "scout/widget/controls.h"
#include "scout/widget/gfx_private.h"
#include "scout/widget/paint.h"

enum { PAD = 16, MARK = 32, TEXT_X = 60, LINE = 20, TITLE = 24, EDGE = 4 };
enum { ACTIONS_MAX = 3, ACTION_GAP = 8 };

struct toast;

struct action {
	struct toast *toast;
	struct tool *tool;
};

struct toast {
	struct widget widget; /* its name: title and text */
	char *title, *text;
	bool error; /* else it goes by itself */
	struct action actions[ACTIONS_MAX];
	int action_count;
	menu_fn *chosen; /* NULL: a plain message, or it is answered */
	void *user;
};

static struct text_style title_style(const struct ui *ui)
{
	return ui_style(ui, TEXT_SEMIBOLD, 14 * QUARTERS);
}

static struct text_style text_style(const struct ui *ui)
{
	return ui_style(ui, TEXT_REGULAR, 13 * QUARTERS);
}

static int text_room(const struct ui *ui, int width)
{
	return width - ui_tx(ui, TEXT_X) - ui_tx(ui, 2 * PAD + 16);
}

/* Bytes of the next line; skips nothing. */
static size_t next_line(const struct ui *ui, const char *text, int width)
{
	return text_wrap(ui->text, text_style(ui), text, strlen(text),
			 text_room(ui, width) * 64);
}

static struct size toast_measure(struct widget *widget, int for_width)
{
	const struct toast *toast = (const struct toast *)widget;
	const struct ui *ui = widget->ui;
	int lines = 0;

	for (const char *at = toast->text; *at; lines++)
		at += next_line(ui, at, for_width);
	int h = ui_tx(ui, 2 * PAD - 4 + TITLE + LINE * lines);

	if (toast->action_count)
		h += widget_measure((struct widget *)toast->actions[0].tool, -1)
			     .h;
	int least = ui_tx(ui, 72);

	return (struct size){ for_width, h < least ? least : h };
}

/* At the lower right end, the first one leftmost. */
static void place_actions(struct toast *toast)
{
	struct ui *ui = toast->widget.ui;
	int right = toast->widget.r.w - ui_tx(ui, PAD - 4);
	int bottom = toast->widget.r.h - ui_tx(ui, PAD - 6);

	for (int i = toast->action_count - 1; i >= 0; i--) {
		struct widget *tool = (struct widget *)toast->actions[i].tool;
		struct size want = widget_measure(tool, -1);

		right -= want.w;
		widget_place(tool, (struct rect){ right, bottom - want.h,
						  want.w, want.h });
		right -= ui_tx(ui, ACTION_GAP);
	}
}

static void toast_place(struct widget *widget)
{
	int side = ui_tx(widget->ui, 24), air = ui_tx(widget->ui, 12);
	struct rect r = { widget->r.w - side - air, air, side, side };

	widget_place(widget->first, r);
	place_actions((struct toast *)widget);
}

static void paint_mark(struct widget *widget, struct gfx *gfx)
{
	const struct toast *toast = (const struct toast *)widget;
	float side = (float)ui_tx(widget->ui, MARK);
	float y = toast->action_count ? (float)ui_tx(widget->ui, PAD)
				      : ((float)widget->r.h - side) / 2;
	struct frect r = { (float)ui_tx(widget->ui, 18), y, side, side };
	struct text_style style = ui_style(widget->ui, TEXT_SEMIBOLD,
					   20 * QUARTERS);

	const struct theme *theme = gfx->theme;
	bool error = ((const struct toast *)widget)->error;

	gfx_round(gfx, r, side / 2, error ? theme->red[0] : theme->link,
		  error ? theme->red[1] : theme->link, 255);
	paint_text(gfx,
		   (struct rect){ (int)r.x, (int)r.y, (int)side, (int)side },
		   style, ALIGN_CENTER, error ? "!" : "i",
		   error ? theme->on_red : theme->card);
}

static void paint_words(struct widget *widget, struct gfx *gfx)
{
	const struct toast *toast = (const struct toast *)widget;
	const struct ui *ui = widget->ui;
	int w = text_room(ui, widget->r.w);
	struct rect line = { ui_tx(ui, TEXT_X), ui_tx(ui, PAD - 3), w,
			     ui_tx(ui, TITLE) };

	paint_text(gfx, line, title_style(ui), ALIGN_LEFT, toast->title,
		   gfx->theme->ink);
	line.y += line.h;
	line.h = ui_tx(ui, LINE);
	for (const char *at = toast->text; *at; line.y += line.h) {
		size_t bytes = next_line(ui, at, widget->r.w);
		char *text = xstrndup(at, bytes);

		at += bytes;
		while (bytes &&
		       (text[bytes - 1] == ' ' || text[bytes - 1] == '\n'))
			text[--bytes] = 0;
		paint_text(gfx, line, text_style(ui), ALIGN_LEFT, text,
			   gfx->theme->ink2);
		free(text);
	}
}

static void toast_paint(struct widget *widget, struct gfx *gfx)
{
	const struct theme *theme = gfx->theme;
	float one = (float)gfx->scale / 100;
	struct frect r = { 0, 0, (float)widget->r.w, (float)widget->r.h };
	struct frect edge = { 0, 12 * one, EDGE * one, r.h - 24 * one };

	gfx_round(gfx, r, 12 * one, theme->card, theme->card, 255);
	gfx_ring(gfx, r, 12 * one, one, theme->frame, 110);
	if (((const struct toast *)widget)->error)
		gfx_round(gfx, edge, 2 * one, theme->error, theme->error, 255);
	paint_mark(widget, gfx);
	paint_words(widget, gfx);
}

static bool toast_event(struct widget *widget, const struct ui_event *event)
{
	(void)widget;
	/* Nothing goes through to what is below. */
	return event->type <= UI_MOTION;
}

/* It was there long enough. */
static void toast_alarm(struct widget *widget)
{
	widget_leave(widget, MS_TOAST_OUT);
}

static void toast_finish(struct widget *widget)
{
	struct toast *toast = (struct toast *)widget;

	free(toast->title);
	free(toast->text);
}

static const struct widget_class toast_class = {
	.name = "toast",
	.size = sizeof(struct toast),
	.role = ROLE_TEXT,
	.finish = toast_finish,
	.measure = toast_measure,
	.place = toast_place,
	.paint = toast_paint,
	.event = toast_event,
	.alarm = toast_alarm,
};

/* ---- the column ---- */

enum { TOASTS_MAX = 3, SHADE = 24 };

struct column {
	struct widget widget;
	int top; /* of the highest toast, as it was painted */
};

static void column_place(struct widget *widget)
{
	struct ui *ui = widget->ui;
	int side = ui_px(ui, 12), gap = ui_px(ui, 12);
	int w = widget->r.w - 2 * side, bottom = widget->r.h - side;
	struct column *column = (struct column *)widget;
	int before = column->top;

	for (struct widget *c = widget->last; c; c = c->previous) {
		/* It keeps its size while it comes and goes. */
		int h = toast_measure(c, w).h;
		int rise = (int)(c->away * (float)ui_px(ui, 24));

		bottom -= h;
		widget_place(c, (struct rect){ side, bottom + rise, w, h });
		bottom -= gap;
	}
	column->top = widget->first ? bottom : widget->r.h;
	/* Their shadows are here. */
	int top = imin(before, column->top) - ui_px(ui, SHADE);

	widget_damage_rect(widget, (struct rect){ 0, top, widget->r.w,
						  widget->r.h - top });
}

static void column_paint(struct widget *widget, struct gfx *gfx)
{
	float one = (float)gfx->scale / 100;

	for (struct widget *c = widget->first; c; c = c->next) {
		struct frect r = { (float)c->r.x, (float)c->r.y + 4 * one,
				   (float)c->r.w, (float)c->r.h };

		gfx_soft_shadow(gfx, r, 12 * one, 6 * one, gfx->theme->shadow,
				(int)(100 * (1 - c->away)));
	}
}

static bool column_hit(struct widget *widget, int x, int y)
{
	for (struct widget *c = widget->first; c; c = c->next)
		if (rect_has_point(c->r, x, y))
			return true;
	return false;
}

static const struct widget_class column_class = {
	.name = "toasts",
	.size = sizeof(struct column),
	.role = ROLE_NONE,
	.place = column_place,
	.paint = column_paint,
	.hit = column_hit,
};

struct widget *toasts_create(struct ui *ui, struct widget *parent)
{
	return widget_create(ui, parent, &column_class, "");
}

/* Its answer is told once, and behind its end. */
static void finish(struct toast *toast, int answer, bool at_once)
{
	menu_fn *chosen = toast->chosen;
	void *user = toast->user;

	toast->chosen = NULL;
	if (at_once)
		widget_destroy(&toast->widget);
	else
		widget_leave(&toast->widget, MS_TOAST_OUT);
	if (chosen)
		chosen(user, answer);
}

static void dismiss(void *user)
{
	finish(user, -1, false);
}

/* The latest that isn't going already. */
static struct widget *latest(const struct widget *overlay)
{
	struct widget *toast = overlay->last;

	while (toast && toast->leaving)
		toast = toast->previous;
	return toast;
}

bool toasts_dismiss(struct widget *overlay)
{
	struct widget *toast = latest(overlay);

	if (!toast)
		return false;
	dismiss(toast);
	return true;
}

static struct toast *toast_add(struct ui *ui, struct widget *overlay,
			       const char *title, const char *text)
{
	char *all = xasprintf("%s: %s", title, text);
	struct toast *toast = widget_create(ui, overlay, &toast_class, all);
	int count = 0;

	free(all);
	toast->title = xstrdup(title);
	toast->text = xstrdup(text);
	button_create(ui, &toast->widget, BUTTON_CLOSE, "dismiss", dismiss,
		      toast);
	for (struct widget *c = overlay->first; c; c = c->next)
		count++;
	if (count > TOASTS_MAX)
		finish((struct toast *)overlay->first, -1, true);
	widget_appear(&toast->widget, MS_TOAST_IN);
	return toast;
}

void toast_show(struct ui *ui, struct widget *overlay, const char *title,
		const char *text)
{
	toast_add(ui, overlay, title, text)->error = true;
}

void toast_note(struct ui *ui, struct widget *overlay, const char *title,
		const char *text)
{
	struct toast *toast = toast_add(ui, overlay, title, text);

	widget_set_alarm(&toast->widget, MS_TOAST_STAY);
}

static void action_pressed(void *user)
{
	struct action *action = user;

	finish(action->toast, (int)(action - action->toast->actions), false);
}

struct widget *toast_ask(struct ui *ui, struct widget *overlay,
			 const char *title, const char *text,
			 const char *const *answers, menu_fn *chosen,
			 void *user)
{
	struct toast *toast = toast_add(ui, overlay, title, text);

	toast->error = true;
	toast->chosen = chosen;
	toast->user = user;
	for (; *answers && toast->action_count < ACTIONS_MAX; answers++) {
		struct action *action = &toast->actions[toast->action_count++];

		action->toast = toast;
		action->tool = tool_create(ui, &toast->widget, *answers, NULL,
					   action_pressed, action);
	}
	return &toast->widget;
}

void toast_forget(struct widget *widget)
{
	struct toast *toast = (struct toast *)widget;

	toast->chosen = NULL;
	finish(toast, -1, false);
}

struct widget *toast_answer(struct widget *widget, int index)
{
	struct toast *toast = (struct toast *)widget;

	return (struct widget *)toast->actions[index].tool;
}
