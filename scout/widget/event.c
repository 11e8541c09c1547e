/*
 * Input: which widget is meant, hover, press and release, focus.
 */
#include <linux/input-event-codes.h>
#include <stdlib.h>

#include "scout/widget/widget.h"

/* The deepest widget at a point of `widget`'s parent; the last child that is
 * hit wins. */
static struct widget *hit(struct widget *widget, int x, int y)
{
	if (widget->hidden || widget->leaving ||
	    !rect_has_point(widget->r, x, y))
		return NULL;
	x -= widget->r.x;
	y -= widget->r.y;
	if (widget->cls->hit && !widget->cls->hit(widget, x, y))
		return NULL;
	for (struct widget *w = widget->last; w; w = w->previous) {
		struct widget *found = hit(w, x, y);

		if (found)
			return found;
	}
	return widget;
}

static struct widget *hit_root(struct ui *ui, int x, int y)
{
	if (!ui->root)
		return NULL;
	return hit(ui->root, x + ui->root->r.x, y + ui->root->r.y);
}

static struct ui_event localized(const struct widget *widget,
				 const struct ui_event *event)
{
	struct ui_event local = *event;
	struct rect r = widget_rect(widget);

	local.x -= r.x;
	local.y -= r.y;
	return local;
}

/* Neither it nor what it stands in is disabled. */
static bool is_enabled(const struct widget *widget)
{
	for (; widget; widget = widget->parent)
		if (widget->disabled)
			return false;
	return true;
}

/* Asks the widget and then its parents; returns who consumed it. */
static struct widget *bubble(struct widget *widget,
			     const struct ui_event *event)
{
	for (struct widget *w = widget; w; w = w->parent) {
		struct ui_event local = localized(w, event);

		if (w->cls->event && is_enabled(w) && !w->dying &&
		    w->cls->event(w, &local))
			return w;
	}
	return NULL;
}

/* ---- hover ---- */

static bool is_below(const struct widget *widget, const struct widget *above)
{
	for (; widget; widget = widget->parent)
		if (widget == above)
			return true;
	return false;
}

/* Hover is a state of the widget and all above it. */
static void set_hover(struct ui *ui, struct widget *widget)
{
	struct widget *before = ui->hover;

	if (before == widget)
		return;
	ui->hover = widget;
	for (struct widget *w = before; w; w = w->parent)
		if (!is_below(widget, w)) {
			w->hover = false;
			if (w->cls->shows_state)
				ui_animate(ui, w, &w->glow, 0, MS_HOVER_OUT);
		}
	for (struct widget *w = widget; w; w = w->parent)
		if (!w->hover) {
			w->hover = true;
			if (w->cls->shows_state)
				ui_animate(ui, w, &w->glow, 1, MS_HOVER_IN);
		}
}

void ui_rehover(struct ui *ui)
{
	ui->shape = NULL;
	if (!ui->pointer_inside) {
		set_hover(ui, NULL);
		return;
	}
	struct widget *widget = hit_root(ui, ui->pointer_x, ui->pointer_y);
	struct ui_event motion = { .type = UI_MOTION,
				   .x = ui->pointer_x,
				   .y = ui->pointer_y };

	set_hover(ui, widget);
	if (widget)
		bubble(widget, &motion);
}

void ui_pointer_leave(struct ui *ui)
{
	ui->pointer_inside = false;
	if (!ui->grab)
		ui_rehover(ui);
	ui_tip_follow(ui);
}

/* ---- focus ---- */

static void damage_focus(struct widget *widget)
{
	if (!widget)
		return;
	widget_damage(widget);
	if (widget->ring_on_parent && widget->parent)
		widget_damage(widget->parent);
}

void ui_set_focus(struct ui *ui, struct widget *widget)
{
	if (ui->focus == widget)
		return;
	damage_focus(ui->focus);
	if (ui->focus)
		ui->focus->focused = false;
	ui->focus = widget;
	if (!widget)
		return;
	widget->focused = true;
	damage_focus(widget);

	struct rect r = { 0, 0, widget->r.w, widget->r.h };

	for (struct widget *w = widget; w; w = w->parent) {
		if (w->cls->reveal && w != widget)
			w->cls->reveal(w, r);
		r = rect_moved(r, w->r.x, w->r.y);
	}
}

static bool can_focus(const struct widget *widget)
{
	return widget->focusable && is_enabled(widget) && !widget->hidden &&
	       !widget->dying && !widget->leaving;
}

static struct widget *next_in_tree(struct widget *widget, bool skip_children)
{
	if (!skip_children && !widget->hidden && widget->first)
		return widget->first;
	while (widget && !widget->next)
		widget = widget->parent;
	return widget ? widget->next : NULL;
}

bool ui_focus_step(struct ui *ui, int direction)
{
	struct widget *before = NULL, *first = NULL, *last = NULL, *to = NULL;
	bool passed = false;

	for (struct widget *w = ui->root; w;
	     w = next_in_tree(w, w->hidden || w->leaving)) {
		if (!can_focus(w))
			continue;
		if (passed && !to)
			to = w;
		if (w == ui->focus) {
			before = last;
			passed = true;
		}
		first = first ? first : w;
		last = w;
	}
	if (direction < 0)
		to = before ? before : last;
	else if (!to)
		to = first;
	if (to)
		ui_set_focus(ui, to);
	return to != NULL;
}

bool ui_focus_vertical(struct ui *ui, int direction)
{
	struct widget *best = NULL;
	int64_t best_cost = INT64_MAX;

	if (!ui->focus)
		return ui_focus_step(ui, direction);
	struct rect from = widget_rect(ui->focus);

	for (struct widget *w = ui->root; w;
	     w = next_in_tree(w, w->hidden || w->leaving)) {
		if (!can_focus(w) || w == ui->focus)
			continue;
		struct rect r = widget_rect(w);
		int dy = (r.y + r.h / 2 - from.y - from.h / 2) * direction;
		int dx = abs(r.x - from.x);
		int64_t cost = (int64_t)dy * 4 + dx;

		if (dy <= from.h / 2 || cost >= best_cost)
			continue;
		best = w;
		best_cost = cost;
	}
	if (best)
		ui_set_focus(ui, best);
	return best != NULL;
}

void ui_set_active(struct ui *ui, bool active)
{
	if (ui->active == active)
		return;
	ui->active = active;
	damage_focus(ui->focus);
	ui_tip_follow(ui);
}

/* ---- events ---- */

static void press(struct ui *ui, const struct ui_event *event)
{
	struct widget *target = hit_root(ui, event->x, event->y);
	struct widget *focus = target;

	ui->keyboard_used = false;
	damage_focus(ui->focus);
	while (focus && !can_focus(focus))
		focus = focus->parent;
	if (focus)
		ui_set_focus(ui, focus);
	/* What can't be used doesn't hand a press to what is below. */
	ui->grab = is_enabled(target) ? bubble(target, event) : NULL;
	if (ui->grab) {
		ui->grab->pressed = true;
		if (ui->grab->cls->shows_state)
			ui_animate(ui, ui->grab, &ui->grab->sink, 1, MS_PRESS);
	}
}

static void release(struct ui *ui, const struct ui_event *event)
{
	struct widget *widget = ui->grab;

	if (widget) {
		struct ui_event local = localized(widget, event);

		ui->grab = NULL;
		widget->pressed = false;
		if (widget->cls->shows_state)
			ui_animate(ui, widget, &widget->sink, 0, MS_RELEASE);
		if (widget->cls->event)
			widget->cls->event(widget, &local);
	}
	ui_rehover(ui);
}

static void motion(struct ui *ui, const struct ui_event *event)
{
	if (ui->grab) {
		struct ui_event local = localized(ui->grab, event);

		if (ui->grab->cls->event)
			ui->grab->cls->event(ui->grab, &local);
		return;
	}
	ui_rehover(ui);
}

static bool focus_key(struct ui *ui, const struct ui_event *event)
{
	switch (event->code) {
	case KEY_TAB:
		return ui_focus_step(ui, event->mods & UI_SHIFT ? -1 : 1);
	case KEY_DOWN:
		return ui_focus_vertical(ui, 1);
	case KEY_UP:
		return ui_focus_vertical(ui, -1);
	default:
		return false;
	}
}

/* What shall scroll when no widget with the focus does: what the pointer is on,
 * else the first there is. */
static struct widget *scroller(const struct ui *ui)
{
	struct widget *w = ui->hover;

	while (w && !w->cls->scrolls)
		w = w->parent;
	for (struct widget *c = ui->root; c && !w;
	     c = next_in_tree(c, c->hidden || c->leaving))
		if (c->cls->scrolls && !c->hidden)
			w = c;
	return w;
}

static void key(struct ui *ui, const struct ui_event *event)
{
	if (!ui->keyboard_used) {
		ui->keyboard_used = true;
		damage_focus(ui->focus);
	}
	if (event->type == UI_KEY && event->code == KEY_ESC &&
	    ui_tip_dismiss(ui))
		return;
	if (bubble(ui->focus ? ui->focus : ui->root, event))
		return;
	if (event->type == UI_KEY && focus_key(ui, event))
		return;
	if (ui->handler.key && ui->handler.key(ui->user, event))
		return;
	if (event->type == UI_KEY)
		bubble(scroller(ui), event);
}

void ui_event(struct ui *ui, const struct ui_event *event)
{
	const struct widget *explained = ui->tip_target;

	if (event->type <= UI_MOTION) {
		ui->pointer_x = event->x;
		ui->pointer_y = event->y;
		ui->pointer_inside = true;
	}
	if (event->type != UI_MOTION && ui->handler.activity)
		ui->handler.activity(ui->user);
	switch (event->type) {
	case UI_PRESS:
		ui_tip_dismiss(ui);
		press(ui, event);
		break;
	case UI_RELEASE:
		release(ui, event);
		break;
	case UI_MOTION:
		motion(ui, event);
		break;
	case UI_WHEEL:
		ui_tip_dismiss(ui);
		bubble(hit_root(ui, ui->pointer_x, ui->pointer_y), event);
		if (!ui->grab)
			ui_rehover(ui);
		break;
	case UI_KEY:
	case UI_CHARACTER:
		key(ui, event);
		break;
	}
	ui_tip_follow(ui);
	/* Who types doesn't ask. */
	if (event->type >= UI_KEY && ui->tip_target == explained)
		ui_tip_dismiss(ui);
	ui_bury(ui);
}
