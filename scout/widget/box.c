/*
 * Boxes: children below or beside each other.
 */
#include "scout/widget/widgets.h"

/* ---- below each other ---- */

/* What the children want; *growing: how many of them take what is left. */
static struct size column_size(const struct box *box, int inner, int *growing)
{
	struct ui *ui = box->widget.ui;
	struct size size = { 0, ui_px(ui, box->pad_top + box->pad_bottom) };
	bool any = false;

	*growing = 0;
	for (struct widget *w = box->widget.first; w; w = w->next) {
		if (w->hidden)
			continue;
		struct size want = widget_measure(w, inner);

		size.w = want.w > size.w ? want.w : size.w;
		size.h += want.h + (any ? ui_px(ui, box->gap) : 0);
		*growing += w->grow;
		any = true;
	}
	return size;
}

static void place_column(struct box *box)
{
	struct ui *ui = box->widget.ui;
	int x = ui_px(ui, box->pad_x), y = ui_px(ui, box->pad_top);
	int w = box->widget.r.w - 2 * x, growing;
	int left = box->widget.r.h - column_size(box, w, &growing).h;

	for (struct widget *c = box->widget.first; c; c = c->next) {
		if (c->hidden)
			continue;
		int h = widget_measure(c, w).h;

		if (c->grow && left > 0) {
			h += left / growing;
			left -= left / growing--;
		}
		widget_place(c, (struct rect){ x, y, w, h });
		y += h + ui_px(ui, box->gap);
	}
}

/* ---- beside each other ---- */

static struct size row_size(const struct box *box, int *growing)
{
	struct ui *ui = box->widget.ui;
	struct size size = { 0, 0 };
	bool any = false;

	*growing = 0;
	for (struct widget *w = box->widget.first; w; w = w->next) {
		if (w->hidden)
			continue;
		struct size want = widget_measure(w, -1);

		size.w += want.w + (any ? ui_px(ui, box->gap) : 0);
		size.h = want.h > size.h ? want.h : size.h;
		*growing += w->grow;
		any = true;
	}
	return size;
}

/* Each in the middle of the height; the last ones are cut where the box is too
 * narrow. */
static void place_row(struct box *box)
{
	struct ui *ui = box->widget.ui;
	int x = ui_px(ui, box->pad_x), top = ui_px(ui, box->pad_top);
	int end = box->widget.r.w - x, growing;
	int h = box->widget.r.h - top - ui_px(ui, box->pad_bottom);
	int left = end - x - row_size(box, &growing).w;

	for (struct widget *c = box->widget.first; c; c = c->next) {
		if (c->hidden)
			continue;
		struct size want = widget_measure(c, -1);

		if (c->grow && left > 0) {
			want.w += left / growing;
			left -= left / growing--;
		}
		if (x + want.w > end)
			want.w = end > x ? end - x : 0;
		want.h = want.h < h ? want.h : h;
		widget_place(c, (struct rect){ x, top + (h - want.h) / 2,
					       want.w, want.h });
		x += want.w + ui_px(ui, box->gap);
	}
}

/* ---- both ---- */

static struct size box_measure(struct widget *widget, int for_width)
{
	const struct box *box = (const struct box *)widget;
	struct ui *ui = widget->ui;
	int pad = 2 * ui_px(ui, box->pad_x), growing;
	struct size size;

	if (box->across) {
		size = row_size(box, &growing);
		size.h += ui_px(ui, box->pad_top + box->pad_bottom);
	} else {
		size = column_size(box, for_width < 0 ? -1 : for_width - pad,
				   &growing);
	}
	size.w += pad;
	return size;
}

static void box_place(struct widget *widget)
{
	struct box *box = (struct box *)widget;

	if (box->across)
		place_row(box);
	else
		place_column(box);
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
