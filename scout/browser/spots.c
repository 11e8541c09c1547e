/*
 * Widgets inside of the document: made for what is visible.
 */
#include "page_private.h"

enum { COPY_W = 56, COPY_H = 26 };

/* ---- which there are ---- */

static struct spot *find(struct page *page, enum spot_kind kind, uint32_t id)
{
	for (struct widget *w = page->widget.first; w; w = w->next) {
		struct spot *spot = (struct spot *)w;

		if (spot->kind == kind && spot->id == id)
			return spot;
	}
	return NULL;
}

struct spot *spot_of_link(struct page *page, uint32_t link)
{
	return find(page, SPOT_LINK, link);
}

/* The spot of the present pass; `after` it in the order of the page. */
static struct spot *need(struct page *page, enum spot_kind kind, uint32_t id,
			 struct widget **after)
{
	struct spot *spot = find(page, kind, id);

	if (!spot)
		spot = spot_create(page, kind, id);
	if (!spot->seen) {
		spot->seen = true;
		spot->part_count = 0;
		widget_move_after(&spot->widget, *after);
		*after = &spot->widget;
	}
	return spot;
}

static void add_part(struct spot *spot, struct rect r)
{
	struct rect *last = spot->part_count
				    ? &spot->parts[spot->part_count - 1]
				    : NULL;

	if (last && last->y == r.y)
		*last = rect_bounds(*last, r);
	else if (spot->part_count < SPOT_PARTS_MAX)
		spot->parts[spot->part_count++] = r;
}

static void set_rect(struct spot *spot)
{
	struct rect bounds = { 0 };

	for (unsigned i = 0; i < spot->part_count; i++)
		bounds = rect_bounds(bounds, spot->parts[i]);
	widget_place(&spot->widget, bounds);
}

static void links_of_box(struct page *page, uint32_t box, int y,
			 struct widget **after)
{
	const struct flow_layout *layout = flow_layout(page->flow, box);
	int x = page_column_x(page), air = ui_px(page->widget.ui, 2);

	for (uint32_t i = 0; i < layout->line_count; i++) {
		const struct flow_line *line = &layout->lines[i];

		for (uint32_t j = line->first; j < line->end; j++) {
			const struct flow_piece *piece = &layout->pieces[j];

			if (piece->link)
				add_part(need(page, SPOT_LINK, piece->link,
					      after),
					 (struct rect){ x + piece->x / 64 - air,
							y + line->y,
							piece->width / 64 +
								2 * air,
							line->h });
		}
	}
}

static void see_picture(struct page *page, uint32_t target)
{
	const struct document *document = page->document;

	page->handler.picture(
		page->user,
		document_string(document, document->targets[target].address),
		(uint32_t)page_column_w(page));
}

/* Tells which pictures can be seen. */
static void pictures_of_box(struct page *page, uint32_t box)
{
	const struct document *document = page->document;
	const struct flow_box *b = &page->flow->boxes[box];
	uint32_t target;

	if (flow_is_figure(document, &document->blocks[b->block], &target))
		see_picture(page, target);
	for (uint32_t i = 0; i < b->layout->piece_count; i++) {
		uint32_t picture = b->layout->pieces[i].picture;

		if (picture)
			see_picture(page, document->items[picture - 1].value);
	}
}

static void copy_of_box(struct page *page, uint32_t box, int y,
			struct widget **after)
{
	const struct flow_box *b = &page->flow->boxes[box];
	const struct block *block = &page->document->blocks[b->block];
	struct ui *ui = page->widget.ui;
	int w = ui_tx(ui, COPY_W), h = ui_tx(ui, COPY_H), gap = ui_px(ui, 6);
	int right = page_column_x(page) + page_column_w(page);

	if (block->kind != BLOCK_CODE || !b->first)
		return;
	add_part(need(page, SPOT_COPY, b->block, after),
		 (struct rect){ right - w - gap, y + b->layout->gap + gap, w,
				h });
}

static void ways_at(struct page *page, int y, struct widget **after)
{
	int x = page_column_x(page), w = page_column_w(page);
	int gap = ui_px(page->widget.ui, 12), h = ui_tx(page->widget.ui, 56);

	y += gap;
	for (int i = 0; i < 2; i++)
		if (page->ways[i].title)
			add_part(need(page, i ? SPOT_NEXT : SPOT_PREVIOUS, 0,
				      after),
				 (struct rect){ x + i * (w + gap) / 2, y,
						(w - gap) / 2, h });
}

static void drop_unseen(struct page *page)
{
	struct ui *ui = page->widget.ui;
	struct widget *next;

	for (struct widget *w = page->widget.first; w; w = next) {
		struct spot *spot = (struct spot *)w;

		next = w->next;
		if (spot->seen) {
			set_rect(spot);
			continue;
		}
		/* The keyboard stays with the page. */
		if (ui->focus == w) {
			w->focused = false;
			ui->focus = &page->widget;
			page->widget.focused = true;
		}
		widget_destroy(w);
	}
}

void spots_place(struct page *page)
{
	struct widget *after = NULL;
	uint32_t box;
	int y;

	for (struct widget *w = page->widget.first; w; w = w->next)
		((struct spot *)w)->seen = false;
	if (page->flow && page->flow->count) {
		box = page_first_visible(page, &y);
		page->handler.look(page->user);
		for (; box < page->flow->count && y < page->widget.r.h; box++) {
			flow_layout(page->flow, box);
			links_of_box(page, box, y, &after);
			copy_of_box(page, box, y, &after);
			pictures_of_box(page, box);
			y += page->flow->boxes[box].height;
		}
		if (box == page->flow->count && y < page->widget.r.h)
			ways_at(page, y, &after);
	}
	drop_unseen(page);
}

void spots_forget(struct page *page)
{
	for (struct widget *w = page->widget.first; w; w = w->next)
		((struct spot *)w)->seen = false;
	drop_unseen(page);
}

/* ---- the keyboard ---- */

/* A place that Tab goes to. */
struct stop {
	enum spot_kind kind;
	uint32_t id;
	uint32_t text; /* where it is in the document */
};

/* The link before or behind `from`; false: there is none. */
static bool link_beside(const struct page *page, struct stop from,
			int direction, struct stop *to)
{
	const struct inline_item *items = page->document->items;
	int64_t count = (int64_t)page->document->item_count;
	int64_t at = direction > 0 ? 0 : count - 1;

	if (from.kind == SPOT_LINK)
		at = (int64_t)from.id - 1 + direction;
	for (; at >= 0 && at < count; at += direction) {
		bool beyond = from.kind == SPOT_LINK ||
			      (direction > 0 ? items[at].at >= from.text
					     : items[at].at < from.text);

		if (items[at].kind != INLINE_LINK || !beyond)
			continue;
		*to = (struct stop){ SPOT_LINK, (uint32_t)at + 1,
				     items[at].at };
		return true;
	}
	return false;
}

/* The same for the button of a piece of code. */
static bool copy_beside(const struct page *page, struct stop from,
			int direction, struct stop *to)
{
	const struct block *blocks = page->document->blocks;
	int64_t count = (int64_t)page->document->block_count;
	int64_t at = direction > 0 ? 1 : count - 1;

	if (from.kind == SPOT_COPY)
		at = (int64_t)from.id + direction;
	for (; at > 0 && at < count; at += direction) {
		bool beyond = from.kind == SPOT_COPY ||
			      (direction > 0 ? blocks[at].text >= from.text
					     : blocks[at].text < from.text);

		if (blocks[at].kind != BLOCK_CODE || !beyond)
			continue;
		*to = (struct stop){ SPOT_COPY, (uint32_t)at, blocks[at].text };
		return true;
	}
	return false;
}

/* The nearest of them, and at the end the ways to other chapters. */
static bool stop_beside(const struct page *page, struct stop from,
			int direction, struct stop *to)
{
	struct stop link, copy;
	bool has_link = link_beside(page, from, direction, &link);
	bool has_copy = copy_beside(page, from, direction, &copy);
	bool way = from.kind == SPOT_PREVIOUS || from.kind == SPOT_NEXT;

	if (has_link && has_copy)
		*to = (link.text < copy.text) == (direction > 0) ? link : copy;
	else if (has_link || has_copy)
		*to = has_link ? link : copy;
	else if (direction < 0 || way ||
		 (!page->ways[0].title && !page->ways[1].title))
		return false;
	else
		*to = (struct stop){ page->ways[0].title ? SPOT_PREVIOUS
							 : SPOT_NEXT,
				     0, (uint32_t)page->document->text_bytes };
	return true;
}

static struct stop stop_of(const struct page *page, const struct spot *spot)
{
	const struct document *document = page->document;
	struct stop stop = { spot->kind, spot->id,
			     (uint32_t)document->text_bytes };

	if (spot->kind == SPOT_LINK)
		stop.text = document->items[spot->id - 1].at;
	else if (spot->kind == SPOT_COPY)
		stop.text = document->blocks[spot->id].text;
	return stop;
}

/* To one that can't be seen yet. */
static bool go_beyond(struct page *page, const struct spot *from, int direction)
{
	struct stop to;
	struct spot *spot;

	if (!page->document ||
	    !stop_beside(page, stop_of(page, from), direction, &to))
		return false;
	if (to.kind == SPOT_PREVIOUS || to.kind == SPOT_NEXT)
		page_scroll(page, page_most(page) + page->widget.r.h);
	else
		page_go_text(page, to.text, false);
	page->shift = 0;
	spots_place(page);
	spot = find(page, to.kind, to.id);
	if (spot)
		ui_set_focus(page->widget.ui, &spot->widget);
	return spot != NULL;
}

bool spots_tab(struct page *page, int direction)
{
	struct ui *ui = page->widget.ui;
	struct spot *from = (struct spot *)ui->focus;

	if (!from || from->widget.parent != &page->widget)
		return false;
	for (struct widget *w = direction > 0 ? from->widget.next
					      : from->widget.previous;
	     w; w = direction > 0 ? w->next : w->previous) {
		int top = page->covered_top;
		int bottom = page->widget.r.h - page->covered_bottom;

		if (w->r.y < top)
			page_scroll(page, w->r.y - top - w->r.h);
		else if (w->r.y + w->r.h > bottom)
			page_scroll(page, w->r.y + 2 * w->r.h - bottom);
		ui_set_focus(ui, w);
		return true;
	}
	return go_beyond(page, from, direction);
}
