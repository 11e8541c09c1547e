/*
 * Rows that open and close what is below them.
 */
#include <linux/input-event-codes.h>
#include <stdlib.h>

#include "base/alloc.h"
#include "scout/widget/controls.h"
#include "scout/widget/paint.h"

enum { ROW = 32, ARROW = 10, ARROW_X = 8, NAME_X = 26, INDENT = 18 };

struct tree {
	struct widget widget;
	struct box *body;
	bool open;
	char *note; /* NULL: none */
	choice_fn *changed;
	void *user;
};

static struct size tree_measure(struct widget *widget, int for_width)
{
	const struct tree *tree = (const struct tree *)widget;
	struct ui *ui = widget->ui;
	struct text_style style = ui_style(ui, TEXT_REGULAR, 14 * QUARTERS);
	int indent = ui_tx(ui, INDENT);
	int inner = for_width < 0 ? -1 : for_width - indent;
	struct size below = widget_measure(&tree->body->widget, inner);
	int w = paint_width(ui, style, widget->name) + ui_tx(ui, NAME_X + 8);

	if (tree->open && below.w + indent > w)
		w = below.w + indent;
	return (struct size){ w, ui_tx(ui, ROW) + (tree->open ? below.h : 0) };
}

static void tree_place(struct widget *widget)
{
	struct tree *tree = (struct tree *)widget;
	int indent = ui_tx(widget->ui, INDENT), row = ui_tx(widget->ui, ROW);

	widget_place(&tree->body->widget,
		     (struct rect){ indent, row, widget->r.w - indent,
				    widget->r.h - row });
}

/* The arrow of an open one points down. */
static void paint_arrow(struct gfx *gfx, float x, float y, float size,
			bool open, uint32_t color)
{
	if (!open) {
		gfx_arrow(gfx, x + size * 0.2f, y, size, color, 255);
		return;
	}
	for (int i = 0; i < (int)(size * 0.6f); i++) {
		float inset = (float)i / 0.6f / 2;

		gfx_line(gfx, x + inset, y + size * 0.2f + (float)i + 0.5f,
			 x + size - inset, y + size * 0.2f + (float)i + 0.5f, 1,
			 color, 255);
	}
}

static void tree_paint(struct widget *widget, struct gfx *gfx)
{
	const struct tree *tree = (const struct tree *)widget;
	const struct theme *theme = gfx->theme;
	struct ui *ui = widget->ui;
	int row = ui_tx(ui, ROW), x = ui_tx(ui, NAME_X);
	float size = (float)ui_tx(ui, ARROW);
	struct rect line = { 0, 0, widget->r.w, row };
	struct frect r = { 0, 0, (float)line.w, (float)row };

	gfx_round(gfx, r, (float)ui_px(ui, 8), 0xffffff, 0xffffff,
		  (int)(theme->hover_alpha * widget->glow));
	gfx_round(gfx, r, (float)ui_px(ui, 8), theme->ink, theme->ink,
		  (int)(theme->press_alpha * widget->sink));
	paint_arrow(gfx, (float)ui_tx(ui, ARROW_X), ((float)row - size) / 2,
		    size, tree->open, paint_faint(widget, theme->ink2));
	paint_text(gfx, (struct rect){ x, 0, widget->r.w - x, row },
		   ui_style(ui, TEXT_REGULAR, 14 * QUARTERS), ALIGN_LEFT,
		   widget->name, paint_faint(widget, theme->ink));
	if (tree->note)
		paint_text(gfx,
			   (struct rect){ x, 0, widget->r.w - x - ui_px(ui, 8),
					  row },
			   ui_style(ui, TEXT_REGULAR, 12 * QUARTERS),
			   ALIGN_RIGHT, tree->note, theme->ink3);
	if (widget->focused && ui->keyboard_used && ui->active)
		paint_focus_ring(gfx, line, ui_px(ui, 8));
}

void tree_set_open(struct tree *tree, bool open)
{
	if (tree->open == open)
		return;
	tree->open = open;
	if (tree->changed)
		tree->changed(tree->user, open);
	widget_set_hidden(&tree->body->widget, !open);
	widget_relayout(&tree->widget);
	widget_damage(&tree->widget);
}

bool tree_is_open(const struct tree *tree)
{
	return tree->open;
}

static bool tree_event(struct widget *widget, const struct ui_event *event)
{
	struct tree *tree = (struct tree *)widget;
	struct rect row = { 0, 0, widget->r.w, ui_tx(widget->ui, ROW) };
	bool on = rect_has_point(row, event->x, event->y);

	switch (event->type) {
	case UI_PRESS:
		return on;
	case UI_RELEASE:
		if (on)
			tree_set_open(tree, !tree->open);
		return true;
	case UI_KEY:
		/* Keys of what is below it, which nobody wanted. */
		if (!widget->focused)
			return false;
		if (is_activation(event))
			tree_set_open(tree, !tree->open);
		else if (event->code == KEY_RIGHT || event->code == KEY_LEFT)
			tree_set_open(tree, event->code == KEY_RIGHT);
		else
			return false;
		return true;
	default:
		return false;
	}
}

static char *tree_value(const struct widget *widget)
{
	return xstrdup(((const struct tree *)widget)->open ? "open" : "closed");
}

static void tree_finish(struct widget *widget)
{
	free(((struct tree *)widget)->note);
}

static const struct widget_class tree_class = {
	.name = "tree",
	.size = sizeof(struct tree),
	.role = ROLE_TREE,
	.shows_state = true,
	.finish = tree_finish,
	.measure = tree_measure,
	.place = tree_place,
	.paint = tree_paint,
	.event = tree_event,
	.value = tree_value,
};

struct tree *tree_create(struct ui *ui, struct widget *parent, const char *name)
{
	struct tree *tree = widget_create(ui, parent, &tree_class, name);

	tree->body = box_create(ui, &tree->widget, ROLE_NONE, "");
	tree->body->widget.hidden = true;
	tree->widget.focusable = true;
	return tree;
}

struct widget *tree_body(struct tree *tree)
{
	return &tree->body->widget;
}

void tree_on_open(struct tree *tree, choice_fn *changed, void *user)
{
	tree->changed = changed;
	tree->user = user;
}

void tree_set_note(struct tree *tree, const char *note)
{
	free(tree->note);
	tree->note = xstrdup(note);
	widget_damage(&tree->widget);
}
