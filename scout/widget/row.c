/*
 * Rows of lists: icon, name, bar, button, each in its column.
 */
#include <linux/input-event-codes.h>

#include "base/loop.h"
#include "scout/widget/paint.h"
#include "scout/widget/widgets.h"

enum {
	ROW = 36,
	ICON_X = 12,
	NAME_X = 48,
	BAR_X = 164,
	BAR_X_WIDE = 240,
	AIR = 8,
	BUTTON_W = 24
};
enum { DOUBLE_NS = 400000000 };

struct row {
	struct widget widget;
	struct link *main;
	struct bar *steps;
	widget_fn *remove, *open;
	void (*fold)(void *user, bool open);
	void *user;
	bool wide; /* more room for the name */
	bool chosen; /* Enter elsewhere means this one */
	uint64_t pressed; /* ns; 0: not, or it was the second time */
};

static bool is_plain(const struct row *row)
{
	return !row->main && !row->remove;
}

static struct size row_measure(struct widget *widget, int for_width)
{
	const struct row *row = (const struct row *)widget;

	(void)for_width;
	return (struct size){ ui_tx(widget->ui, 300),
			      ui_tx(widget->ui, is_plain(row) ? 34 : ROW) };
}

static int bar_x(const struct widget *widget)
{
	const struct row *row = (const struct row *)widget;

	return ui_tx(widget->ui, row->wide ? BAR_X_WIDE : BAR_X);
}

static struct rect cell_of(const struct widget *widget,
			   const struct widget *child, bool has_button)
{
	struct ui *ui = widget->ui;
	int w = widget->r.w, h = widget->r.h;
	int side = ui_tx(ui, BUTTON_W), top = (h - side) / 2;
	int name = ui_tx(ui, NAME_X), bar = bar_x(widget);
	int right = w - ui_px(ui, AIR);
	int end = has_button ? right - ui_tx(ui, 2 * AIR) - side : right;

	switch (child->cell) {
	case ROW_ICON:
		return (struct rect){ ui_tx(ui, ICON_X), top, side, side };
	case ROW_NAME:
		return (struct rect){ name, 0, bar - name - ui_tx(ui, AIR), h };
	case ROW_BAR:
		return (struct rect){ bar, top, end - bar, side };
	default:
		return (struct rect){ right - side, top, side, side };
	}
}

static void row_place(struct widget *widget)
{
	bool has_button = false;

	for (struct widget *w = widget->first; w; w = w->next)
		has_button |= w->cell == ROW_BUTTON && !w->hidden;
	for (struct widget *w = widget->first; w; w = w->next) {
		struct rect r = cell_of(widget, w, has_button);

		/* A plain line has its text at the bars. */
		if (w->cell == ROW_NAME &&
		    is_plain((const struct row *)widget)) {
			r.w += r.x - ui_px(widget->ui, AIR) - 4;
			r.x = ui_px(widget->ui, AIR);
		} else if (w->cell == ROW_NAME && w->cls->role == ROLE_LINK) {
			struct size want = widget_measure(w, r.w);

			r.w = want.w;
		}
		widget_place(w, r);
	}
}

static bool shows_focus(const struct row *row)
{
	const struct widget *widget = &row->widget;
	const struct widget *main = (const struct widget *)row->main;

	return widget->ui->keyboard_used && widget->ui->active &&
	       (widget->focused || (main && main->focused));
}

static void row_paint(struct widget *widget, struct gfx *gfx)
{
	const struct row *row = (const struct row *)widget;
	const struct theme *theme = gfx->theme;
	struct rect all = { 0, 0, widget->r.w, widget->r.h };
	struct frect r = { 0, 0, (float)all.w, (float)all.h };
	int radius = ui_px(widget->ui, 8);
	bool focus = shows_focus(row);
	int alpha = (int)(theme->hover_alpha * widget->glow);

	if (is_plain(row))
		return;
	if ((focus || row->chosen) && alpha < theme->select_alpha)
		alpha = theme->select_alpha;
	gfx_round(gfx, r, (float)radius, 0xffffff, 0xffffff, alpha);
	gfx_round(gfx, r, (float)radius, theme->ink, theme->ink,
		  (int)(theme->press_alpha * widget->sink));
	if (row->chosen && !focus)
		gfx_ring(gfx, r, (float)radius, (float)ui_px(widget->ui, 1),
			 theme->ink3, 255);
	if (focus)
		paint_focus_ring(gfx, all, radius);
}

static bool opening_key(struct row *row, const struct ui_event *event)
{
	/* Keys of what is in it, which nobody wanted. */
	if (!row->open || !row->widget.focused)
		return false;
	if (is_activation(event))
		row->open(row->user);
	else if (event->code == KEY_LEFT || event->code == KEY_RIGHT)
		row->fold(row->user, event->code == KEY_RIGHT);
	else
		return false;
	return true;
}

static bool opening_press(struct row *row)
{
	uint64_t now = loop_now();
	bool again = row->pressed && now - row->pressed < DOUBLE_NS;

	if (!row->open)
		return false;
	row->pressed = again ? 0 : now;
	if (again)
		row->open(row->user);
	return true;
}

static bool row_event(struct widget *widget, const struct ui_event *event)
{
	struct row *row = (struct row *)widget;
	struct rect own = { 0, 0, widget->r.w, widget->r.h };

	switch (event->type) {
	case UI_PRESS:
		if (row->main)
			return event->x <
			       bar_x(widget) - ui_tx(widget->ui, AIR);
		return opening_press(row);
	case UI_MOTION:
		return false;
	case UI_RELEASE:
		if (row->main && rect_has_point(own, event->x, event->y) &&
		    event->x < bar_x(widget) - ui_tx(widget->ui, AIR))
			link_activate(row->main);
		return true;
	case UI_KEY:
		if (row->remove && event->code == KEY_DELETE) {
			row->remove(row->user);
			return true;
		}
		if (row->steps &&
		    (event->code == KEY_LEFT || event->code == KEY_RIGHT)) {
			struct widget *bar = (struct widget *)row->steps;

			return bar->cls->event(bar, event);
		}
		return opening_key(row, event);
	default:
		return false;
	}
}

static const struct widget_class row_class = {
	.name = "row",
	.size = sizeof(struct row),
	.role = ROLE_ROW,
	.shows_state = true,
	.measure = row_measure,
	.place = row_place,
	.paint = row_paint,
	.event = row_event,
};
static const struct widget_class line_class = {
	.name = "line",
	.size = sizeof(struct row),
	.role = ROLE_NONE,
	.measure = row_measure,
	.place = row_place,
};

struct row *row_create(struct ui *ui, struct widget *parent,
		       enum widget_role role, const char *name)
{
	return widget_create(ui, parent,
			     role == ROLE_ROW ? &row_class : &line_class, name);
}

void row_set_main(struct row *row, struct link *main, struct bar *steps)
{
	row->main = main;
	row->steps = steps;
	((struct widget *)main)->ring_on_parent = true;
}

void row_on_delete(struct row *row, widget_fn *remove, void *user)
{
	row->remove = remove;
	row->user = user;
	row->widget.focusable = true;
}

void row_on_open(struct row *row, widget_fn *open,
		 void (*fold)(void *user, bool open))
{
	row->open = open;
	row->fold = fold;
}

void row_set_wide(struct row *row, bool wide)
{
	row->wide = wide;
	widget_relayout(&row->widget);
}

void row_set_chosen(struct row *row, bool chosen)
{
	if (row->chosen == chosen)
		return;
	row->chosen = chosen;
	widget_damage(&row->widget);
}
