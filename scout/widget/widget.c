/*
 * The tree: making and destroying widgets, names, layout.
 */
#include "scout/widget/widget.h"

#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"

static void wake(struct ui *ui)
{
	if (ui->handler.wake)
		ui->handler.wake(ui->user);
}

void ui_init(struct ui *ui, struct text *text, const struct ui_handler *handler,
	     void *user)
{
	*ui = (struct ui){
		.text = text,
		.theme = theme_get(THEME_LIGHT),
		.scale = 100,
		.text_percent = 100,
		.handler = *handler,
		.user = user,
	};
}

void ui_finish(struct ui *ui)
{
	widget_destroy(ui->root);
	ui_bury(ui);
}

int ui_px(const struct ui *ui, int logical)
{
	return (logical * ui->scale + 50) / 100;
}

int ui_tx(const struct ui *ui, int logical)
{
	return (logical * ui->scale * ui->text_percent + 5000) / 10000;
}

struct text_style ui_style(const struct ui *ui, enum text_weight weight,
			   int quarters)
{
	return (struct text_style){
		.weight = weight,
		.size = quarters * 16 * ui->scale / 100 * ui->text_percent /
			100,
	};
}

static void relayout_all(struct widget *widget)
{
	widget->dirty = true;
	widget->want_for = -2;
	for (struct widget *w = widget->first; w; w = w->next)
		relayout_all(w);
}

void ui_set_theme(struct ui *ui, const struct theme *theme, int scale,
		  int text_percent, bool reduced)
{
	bool same_size = scale == ui->scale && text_percent == ui->text_percent;

	ui->reduced = reduced;
	if (same_size && theme == ui->theme)
		return;
	ui->theme = theme;
	ui->scale = scale;
	ui->text_percent = text_percent;
	if (!ui->root)
		return;
	if (!same_size)
		relayout_all(ui->root);
	widget_damage(ui->root);
}

/* ---- making and destroying ---- */

static void link_after(struct widget *widget, struct widget *after)
{
	struct widget *parent = widget->parent;

	widget->previous = after;
	widget->next = after ? after->next : parent->first;
	if (widget->next)
		widget->next->previous = widget;
	else
		parent->last = widget;
	if (after)
		after->next = widget;
	else
		parent->first = widget;
}

static void unlink_widget(struct widget *widget)
{
	struct widget *parent = widget->parent;

	if (widget->previous)
		widget->previous->next = widget->next;
	else
		parent->first = widget->next;
	if (widget->next)
		widget->next->previous = widget->previous;
	else
		parent->last = widget->previous;
	widget->next = widget->previous = NULL;
}

void *widget_create(struct ui *ui, struct widget *parent,
		    const struct widget_class *cls, const char *name)
{
	struct widget *widget = xcalloc(1, cls->size);

	widget->cls = cls;
	widget->ui = ui;
	widget->parent = parent;
	widget->name = xstrdup(name ? name : "");
	widget->want_for = -2;
	if (parent)
		link_after(widget, parent->last);
	else
		ui->root = widget;
	widget_relayout(widget);
	return widget;
}

void widget_move_after(struct widget *widget, struct widget *after)
{
	if (after == widget || widget->previous == after)
		return;
	unlink_widget(widget);
	link_after(widget, after);
	widget_relayout(widget);
}

static void forget(struct ui *ui, struct widget *widget)
{
	if (ui->focus == widget)
		ui->focus = NULL;
	if (ui->hover == widget)
		ui->hover = NULL;
	if (ui->grab == widget)
		ui->grab = NULL;
	for (unsigned i = 0; i < ui->animations_running;)
		if (ui->animations[i].widget == widget)
			ui->animations[i] =
				ui->animations[--ui->animations_running];
		else
			i++;
	widget_set_alarm(widget, -1);
	ui_tip_forget(ui, widget);
}

static void mark_dying(struct widget *widget)
{
	widget->dying = true;
	forget(widget->ui, widget);
	for (struct widget *w = widget->first; w; w = w->next)
		mark_dying(w);
}

void widget_destroy(struct widget *widget)
{
	if (!widget || widget->dying)
		return;
	struct ui *ui = widget->ui;

	widget_damage(widget);
	mark_dying(widget);
	if (widget->parent) {
		widget_relayout(widget->parent);
		unlink_widget(widget);
	} else {
		ui->root = NULL;
	}
	widget->grave = ui->graveyard;
	ui->graveyard = widget;
	wake(ui);
}

void widget_destroy_children(struct widget *widget)
{
	while (widget->first)
		widget_destroy(widget->first);
}

static void free_tree(struct widget *widget)
{
	struct widget *next;

	for (struct widget *w = widget->first; w; w = next) {
		next = w->next;
		free_tree(w);
	}
	if (widget->cls->finish)
		widget->cls->finish(widget);
	free(widget->name);
	free(widget->tip);
	free(widget);
}

void ui_bury(struct ui *ui)
{
	while (ui->graveyard) {
		struct widget *widget = ui->graveyard;

		ui->graveyard = widget->grave;
		free_tree(widget);
	}
}

/* Who is hidden has no keyboard; the nearest above that can have it gets it. */
static void take_focus_from(const struct widget *widget)
{
	struct ui *ui = widget->ui;
	struct widget *to = widget->parent;

	for (const struct widget *w = ui->focus; w != widget; w = w->parent)
		if (!w)
			return;
	while (to && (!to->focusable || to->disabled || to->hidden))
		to = to->parent;
	ui_set_focus(ui, to);
}

void widget_set_hidden(struct widget *widget, bool hidden)
{
	if (widget->hidden == hidden)
		return;
	widget_damage(widget);
	widget->hidden = hidden;
	widget_relayout(widget);
	widget_damage(widget);
	if (hidden)
		take_focus_from(widget);
}

void widget_set_name(struct widget *widget, const char *name)
{
	if (strcmp(widget->name, name) == 0)
		return;
	free(widget->name);
	widget->name = xstrdup(name);
	widget_relayout(widget);
	widget_damage(widget);
}

void widget_set_disabled(struct widget *widget, bool disabled)
{
	if (widget->disabled == disabled)
		return;
	widget->disabled = disabled;
	widget->faint = disabled ? 0 : 1;
	ui_animate(widget->ui, widget, &widget->faint, disabled, MS_DISABLE);
}

void widget_appear(struct widget *widget, int ms)
{
	widget->away = 1;
	widget_relayout(widget);
	ui_animate(widget->ui, widget, &widget->away, 0, ms);
}

static void forget_tree(struct widget *widget)
{
	forget(widget->ui, widget);
	for (struct widget *w = widget->first; w; w = w->next)
		forget_tree(w);
}

void widget_leave(struct widget *widget, int ms)
{
	if (widget->leaving || widget->dying)
		return;
	forget_tree(widget);
	widget->leaving = true;
	ui_animate(widget->ui, widget, &widget->away, 1, ms);
	if (!ui_is_animated(widget->ui, &widget->away))
		widget_destroy(widget);
}

/* ---- layout ---- */

void widget_relayout(struct widget *widget)
{
	for (struct widget *w = widget; w; w = w->parent) {
		w->want_for = -2;
		w->dirty = true;
	}
	wake(widget->ui);
}

struct size widget_measure(struct widget *widget, int for_width)
{
	if (widget->hidden)
		return (struct size){ 0, 0 };
	if (widget->want_for != for_width) {
		widget->want = widget->cls->measure
				       ? widget->cls->measure(widget, for_width)
				       : (struct size){ 0, 0 };
		widget->want_for = for_width;
		widget->want.h -= (int)((float)widget->want.h * widget->away);
	}
	return widget->want;
}

void widget_place(struct widget *widget, struct rect r)
{
	bool resized = r.w != widget->r.w || r.h != widget->r.h;

	if (!rect_equal(r, widget->r)) {
		widget_damage(widget);
		widget->r = r;
		widget_damage(widget);
	}
	if ((resized || widget->dirty) && widget->cls->place)
		widget->cls->place(widget);
	widget->dirty = false;
}
