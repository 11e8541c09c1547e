/*
 * Where widgets are, and which of their pixels have to be painted anew.
 */
#include <string.h>

#include "scout/widget/widget.h"

struct rect widget_rect(const struct widget *widget)
{
	struct rect r = widget->r;

	for (const struct widget *w = widget->parent; w; w = w->parent)
		r = rect_moved(r, w->r.x, w->r.y);
	if (widget->ui->root)
		r = rect_moved(r, -widget->ui->root->r.x,
			       -widget->ui->root->r.y);
	return r;
}

/* r in the widget's coordinates -> visible part in the root's. */
static struct rect clipped(const struct widget *widget, struct rect r)
{
	for (const struct widget *w = widget; w; w = w->parent) {
		if (w->hidden)
			return (struct rect){ 0 };
		r = rect_intersect(r, (struct rect){ 0, 0, w->r.w, w->r.h });
		if (w->parent)
			r = rect_moved(r, w->r.x, w->r.y);
	}
	return r;
}

struct rect widget_visible_rect(const struct widget *widget)
{
	return clipped(widget, (struct rect){ 0, 0, widget->r.w, widget->r.h });
}

/* Worth joining when that paints at most 30 % more. */
static bool should_join(struct rect a, struct rect b)
{
	return rect_area(rect_bounds(a, b)) * 10 <=
	       (rect_area(a) + rect_area(b)) * 13;
}

static void join_cheapest(struct ui *ui)
{
	unsigned best_a = 0, best_b = 1;
	int64_t best = INT64_MAX;

	for (unsigned a = 0; a < ui->damages; a++)
		for (unsigned b = a + 1; b < ui->damages; b++) {
			struct rect ra = ui->damage[a], rb = ui->damage[b];
			int64_t cost = rect_area(rect_bounds(ra, rb)) -
				       rect_area(ra) - rect_area(rb);

			if (cost < best) {
				best = cost;
				best_a = a;
				best_b = b;
			}
		}
	ui->damage[best_a] = rect_bounds(ui->damage[best_a],
					 ui->damage[best_b]);
	ui->damage[best_b] = ui->damage[--ui->damages];
}

static void add_damage(struct ui *ui, struct rect r)
{
	for (unsigned i = 0; i < ui->damages;) {
		if (!should_join(ui->damage[i], r)) {
			i++;
			continue;
		}
		/* Larger now, it may join those that were passed. */
		r = rect_bounds(ui->damage[i], r);
		ui->damage[i] = ui->damage[--ui->damages];
		i = 0;
	}
	if (ui->damages == UI_DAMAGE_MAX)
		join_cheapest(ui);
	ui->damage[ui->damages++] = r;
}

void widget_damage_rect(struct widget *widget, struct rect r)
{
	struct rect visible = clipped(widget, r);

	if (rect_is_empty(visible) || widget->dying)
		return;
	add_damage(widget->ui, visible);
	if (widget->ui->handler.wake)
		widget->ui->handler.wake(widget->ui->user);
}

void widget_damage(struct widget *widget)
{
	widget_damage_rect(widget,
			   (struct rect){ 0, 0, widget->r.w, widget->r.h });
}

unsigned ui_take_damage(struct ui *ui, struct rect rects[UI_DAMAGE_MAX])
{
	unsigned count = ui->damages;

	memcpy(rects, ui->damage, count * sizeof(*rects));
	ui->damages = 0;
	return count;
}
