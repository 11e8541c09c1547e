#include "scout/widget/widgets.h"

static struct size box_measure(struct widget *widget, int for_width)
{
	const struct box *box = (const struct box *)widget;
	struct ui *ui = widget->ui;
	int inner = for_width < 0 ? -1 : for_width - 2 * ui_px(ui, box->pad_x);
	struct size size = { 0, ui_px(ui, box->pad_top + box->pad_bottom) };
	bool any = false;

	for (struct widget *w = widget->first; w; w = w->next) {
		if (w->hidden)
			continue;
		struct size want = widget_measure(w, inner);

		size.w = want.w > size.w ? want.w : size.w;
		size.h += want.h + (any ? ui_px(ui, box->gap) : 0);
		any = true;
	}
	size.w += 2 * ui_px(ui, box->pad_x);
	return size;
}

static void box_place(struct widget *widget)
{
	const struct box *box = (const struct box *)widget;
	struct ui *ui = widget->ui;
	int x = ui_px(ui, box->pad_x), y = ui_px(ui, box->pad_top);
	int w = widget->r.w - 2 * x;

	for (struct widget *c = widget->first; c; c = c->next) {
		if (c->hidden)
			continue;
		int h = widget_measure(c, w).h;

		widget_place(c, (struct rect){ x, y, w, h });
		y += h + ui_px(ui, box->gap);
	}
}

static const struct widget_class plain_class = {
	.name = "box",
	.size = sizeof(struct box),
	.role = ROLE_NONE,
	.measure = box_measure,
	.place = box_place,
};
static const struct widget_class list_class = {
	.name = "list",
	.size = sizeof(struct box),
	.role = ROLE_LIST,
	.measure = box_measure,
	.place = box_place,
};

struct box *box_create(struct ui *ui, struct widget *parent,
		       enum widget_role role, const char *name)
{
	return widget_create(ui, parent,
			     role == ROLE_LIST ? &list_class : &plain_class,
			     name);
}
