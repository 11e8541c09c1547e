/*
 * Menus: a sheet over the whole window that takes all input, and on it a panel
 * with the entries.
 */
#include <linux/input-event-codes.h>

#include "scout/widget/controls.h"
#include "scout/widget/gfx_private.h"
#include "scout/widget/paint.h"

enum { ITEM = 32, PAD_X = 14, PAD_Y = 6, MARGIN = 8, LEAST = 140 };

struct menu {
	struct widget widget;
	struct rect at;
	struct widget *panel, *before; /* what had the focus */
	menu_fn *chosen;
	void *user;
};

struct item {
	struct widget widget;
	struct menu *menu;
	int index;
};

static bool is_in_tree(const struct widget *tree, const struct widget *widget)
{
	if (tree == widget)
		return tree != NULL;
	for (const struct widget *w = tree ? tree->first : NULL; w; w = w->next)
		if (is_in_tree(w, widget))
			return true;
	return false;
}

static void menu_close(struct menu *menu)
{
	struct ui *ui = menu->widget.ui;
	struct widget *before = menu->before;

	widget_destroy(&menu->widget);
	/* It may be gone: then nothing has the focus. */
	if (is_in_tree(ui->root, before))
		ui_set_focus(ui, before);
}

/* ---- entries ---- */

static struct text_style style_of(const struct widget *widget)
{
	return ui_style(widget->ui, TEXT_REGULAR, 14 * QUARTERS);
}

static struct size item_measure(struct widget *widget, int for_width)
{
	int w = paint_width(widget->ui, style_of(widget), widget->name);

	(void)for_width;
	return (struct size){ w + 2 * ui_tx(widget->ui, PAD_X),
			      ui_tx(widget->ui, ITEM) };
}

static void item_paint(struct widget *widget, struct gfx *gfx)
{
	struct ui *ui = widget->ui;
	int pad = ui_tx(ui, PAD_X), edge = ui_px(ui, 4);
	struct frect r = { (float)edge, 0, (float)(widget->r.w - 2 * edge),
			   (float)widget->r.h };
	float much = widget->focused ? 1 : widget->glow;

	gfx_round(gfx, r, (float)ui_px(ui, 6), gfx->theme->link,
		  gfx->theme->link, (int)(50 * much));
	paint_text(gfx,
		   (struct rect){ pad, 0, widget->r.w - 2 * pad, widget->r.h },
		   style_of(widget), ALIGN_LEFT, widget->name,
		   paint_faint(widget, gfx->theme->ink));
	paint_focus(widget, gfx, ui_px(ui, 6));
}

static void choose(struct item *item)
{
	struct menu *menu = item->menu;
	menu_fn *chosen = menu->chosen;
	void *user = menu->user;
	int index = item->index;

	menu_close(menu);
	if (chosen)
		chosen(user, index);
}

static bool item_event(struct widget *widget, const struct ui_event *event)
{
	struct rect own = { 0, 0, widget->r.w, widget->r.h };

	switch (event->type) {
	case UI_PRESS:
	case UI_MOTION:
		return true;
	case UI_RELEASE:
		if (rect_has_point(own, event->x, event->y))
			choose((struct item *)widget);
		return true;
	default:
		if (!is_activation(event))
			return false;
		choose((struct item *)widget);
		return true;
	}
}

static const struct widget_class item_class = {
	.name = "menu item",
	.size = sizeof(struct item),
	.role = ROLE_BUTTON,
	.shows_state = true,
	.measure = item_measure,
	.paint = item_paint,
	.event = item_event,
};

/* ---- panel ---- */

static void menu_place(struct widget *widget)
{
	struct menu *menu = (struct menu *)widget;
	struct ui *ui = widget->ui;
	struct size want = widget_measure(menu->panel, -1);
	int margin = ui_px(ui, MARGIN), w = imax(want.w, ui_tx(ui, LEAST));
	int x = menu->at.x, y = menu->at.y + menu->at.h;

	if (y + want.h > widget->r.h - margin && menu->at.y > want.h)
		y = menu->at.y - want.h;
	x = imax(imin(x, widget->r.w - margin - w), margin);
	y = imax(imin(y, widget->r.h - margin - want.h), 0);
	widget_place(menu->panel, (struct rect){ x, y, w, want.h });
}

static void menu_paint(struct widget *widget, struct gfx *gfx)
{
	const struct rect *p = &((const struct menu *)widget)->panel->r;
	const struct theme *theme = gfx->theme;
	float one = (float)gfx->scale / 100;
	struct frect r = { (float)p->x, (float)p->y, (float)p->w, (float)p->h };
	struct frect shade = { r.x, r.y + 4 * one, r.w, r.h };

	gfx_soft_shadow(gfx, shade, 8 * one, 6 * one, theme->shadow, 100);
	gfx_round(gfx, r, 8 * one, theme->card, theme->card, 255);
	gfx_ring(gfx, r, 8 * one, one, theme->frame, 110);
}

static bool menu_event(struct widget *widget, const struct ui_event *event)
{
	struct menu *menu = (struct menu *)widget;

	if (event->type == UI_PRESS ||
	    (event->type == UI_KEY && event->code == KEY_ESC)) {
		menu_close(menu);
		return true;
	}
	if (event->type != UI_KEY)
		return true;
	/* The focus stays in the menu. */
	bool back = event->code == KEY_UP ||
		    (event->code == KEY_TAB && event->mods & UI_SHIFT);
	bool on = event->code == KEY_DOWN || event->code == KEY_TAB;
	struct widget *w = widget->ui->focus, *items = menu->panel;

	if (!back && !on)
		return true;
	do
		w = back ? (w && w->previous ? w->previous : items->last)
			 : (w && w->next ? w->next : items->first);
	while (w != widget->ui->focus && (!w->focusable || w->disabled));
	ui_set_focus(widget->ui, w);
	return true;
}

static const struct widget_class menu_class = {
	.name = "menu",
	.size = sizeof(struct menu),
	.role = ROLE_MENU,
	.place = menu_place,
	.paint = menu_paint,
	.event = menu_event,
};

struct widget *menu_open(struct ui *ui, struct rect at,
			 const char *const *names, menu_fn *chosen, void *user)
{
	struct menu *menu = widget_create(ui, ui->root, &menu_class, "menu");
	struct box *panel = box_create(ui, &menu->widget, ROLE_NONE, "");
	struct widget *first = NULL;

	menu->at = at;
	menu->chosen = chosen;
	menu->user = user;
	menu->before = ui->focus;
	menu->panel = &panel->widget;
	panel->pad_top = panel->pad_bottom = PAD_Y;
	for (int i = 0; names[i]; i++) {
		struct item *item;

		if (!names[i][0]) {
			separator_create(ui, menu->panel);
			continue;
		}
		item = widget_create(ui, menu->panel, &item_class, names[i]);
		item->menu = menu;
		item->index = i;
		item->widget.focusable = true;
		first = first ? first : &item->widget;
	}
	widget_place(&menu->widget,
		     (struct rect){ 0, 0, ui->root->r.w, ui->root->r.h });
	ui_set_focus(ui, first);
	return &menu->widget;
}

void menu_disable(struct widget *menu, int index)
{
	struct widget *panel = ((struct menu *)menu)->panel;
	struct ui *ui = menu->ui;

	for (struct widget *w = panel->first; w; w = w->next)
		if (w->cls == &item_class && ((struct item *)w)->index == index)
			w->disabled = true;
	widget_damage(panel);
	for (struct widget *w = panel->first; w; w = w->next)
		if (ui->focus && ui->focus->disabled && w->focusable &&
		    !w->disabled)
			ui_set_focus(ui, w);
}
