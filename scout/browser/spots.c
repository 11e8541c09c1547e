/*
 * Widgets inside of the document: made for what is visible.
 */
#include <linux/input-event-codes.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "page_private.h"
#include "scout/widget/paint.h"

enum { COPY_W = 56, COPY_H = 26 };

const char *page_link_address(const struct page *page, uint32_t link,
			      uint32_t *line)
{
	const struct document *document = page->document;
	const struct target *target =
		&document->targets[document->items[link - 1].value];

	if (line)
		*line = target->line;
	return document_string(document, target->address);
}

/* ---- what they do ---- */

static void activate(struct spot *spot)
{
	struct page *page = spot->page;
	const struct block *code;
	uint32_t line;
	const char *address;

	switch (spot->kind) {
	case SPOT_LINK:
		address = page_link_address(page, spot->id, &line);
		page->handler.follow(page->user, address, line);
		break;
	case SPOT_COPY:
		code = &page->document->blocks[spot->id];
		page->handler.copy(page->user,
				   page->document->text + code->text,
				   code->text_end - code->text);
		break;
	default:
		page->handler.follow(
			page->user, page->ways[spot->kind == SPOT_NEXT].address,
			0);
	}
}

static bool spot_event(struct widget *widget, const struct ui_event *event)
{
	struct spot *spot = (struct spot *)widget;
	struct rect own = { 0, 0, widget->r.w, widget->r.h };
	bool on = rect_has_point(own, event->x, event->y);

	switch (event->type) {
	case UI_PRESS:
		spot->armed = true;
		widget_damage(widget);
		return true;
	case UI_MOTION:
		widget->ui->shape = spot->kind == SPOT_COPY ? NULL : "hand";
		if (widget->pressed && on != spot->armed) {
			spot->armed = on;
			widget_damage(widget);
		}
		return true;
	case UI_RELEASE:
		spot->armed = false;
		if (on)
			activate(spot);
		return true;
	default:
		if (!is_activation(event))
			return false;
		activate(spot);
		return true;
	}
}

static bool spot_hit(struct widget *widget, int x, int y)
{
	const struct spot *spot = (const struct spot *)widget;

	for (unsigned i = 0; i < spot->part_count; i++)
		if (rect_has_point(spot->parts[i], x + widget->r.x,
				   y + widget->r.y))
			return true;
	return false;
}

static char *spot_value(const struct widget *widget)
{
	const struct spot *spot = (const struct spot *)widget;

	if (spot->kind == SPOT_LINK)
		return xstrdup(page_link_address(spot->page, spot->id, NULL));
	return NULL;
}

static bool same_address(const struct page *page, const struct spot *a,
			 const struct spot *b)
{
	return a->kind == SPOT_LINK && b->kind == SPOT_LINK &&
	       !strcmp(page_link_address(page, a->id, NULL),
		       page_link_address(page, b->id, NULL));
}

float spot_light(struct page *page, uint32_t link)
{
	struct spot *own = spot_of_link(page, link);
	float light = 0;

	for (struct widget *w = page->widget.first; w && own; w = w->next) {
		struct spot *other = (struct spot *)w;

		if (other == own || same_address(page, own, other))
			light = w->glow > light ? w->glow : light;
	}
	return light;
}

/* The page paints links; here those that light up together are told. */
static void link_paint(struct widget *widget, struct gfx *gfx)
{
	struct spot *spot = (struct spot *)widget;
	struct page *page = spot->page;

	(void)gfx;
	if (spot->painted == widget->glow)
		return;
	spot->painted = widget->glow;
	for (struct widget *w = page->widget.first; w; w = w->next)
		if (w != widget && same_address(page, spot, (struct spot *)w))
			widget_damage(w);
}

static void copy_paint(struct widget *widget, struct gfx *gfx)
{
	const struct spot *spot = (const struct spot *)widget;
	const struct theme *theme = gfx->theme;
	struct ui *ui = widget->ui;
	float one = (float)gfx->scale / 100;
	bool down = widget->pressed && spot->armed;
	struct rect all = { 0, down ? ui_px(ui, 1) : 0, widget->r.w,
			    widget->r.h };
	struct frect face = { (float)all.x, (float)all.y, (float)all.w,
			      (float)all.h };
	int shown = 150 + (int)(105 * widget->glow);

	gfx_round(gfx, face, 6 * one, theme->metal[down], theme->metal[!down],
		  shown);
	gfx_ring(gfx, face, 6 * one, one, theme->ink2, 90);
	paint_text(gfx, all, ui_style(ui, TEXT_REGULAR, 12 * QUARTERS),
		   ALIGN_CENTER, "Copy", theme->ink2);
	if (widget->focused && ui->keyboard_used && ui->active)
		paint_focus_ring(gfx, all, ui_px(ui, 6));
}

static void way_paint(struct widget *widget, struct gfx *gfx)
{
	const struct spot *spot = (const struct spot *)widget;
	const struct theme *theme = gfx->theme;
	struct ui *ui = widget->ui;
	bool next = spot->kind == SPOT_NEXT;
	float one = (float)ui_tx(ui, 100) / 100, side = 40 * one;
	float x = next ? (float)widget->r.w - side - 4 * one : 4 * one;
	float y = ((float)widget->r.h - side) / 2;
	int gap = (int)(56 * one), half = widget->r.h / 2;
	struct rect upper = { next ? 0 : gap, half - ui_tx(ui, 20),
			      widget->r.w - gap, ui_tx(ui, 18) };
	struct rect lower = { upper.x, half - ui_tx(ui, 2), upper.w,
			      ui_tx(ui, 24) };
	enum align align = next ? ALIGN_RIGHT : ALIGN_LEFT;

	paint_round_face(gfx, x, y, side, widget->glow,
			 widget->pressed && spot->armed);
	paint_sign(gfx, x, y, side, next ? SIGN_FORWARD : SIGN_BACK, theme->ink,
		   255);
	paint_text(gfx, upper, ui_style(ui, TEXT_REGULAR, 12 * QUARTERS), align,
		   next ? "Next" : "Previous", theme->ink2);
	paint_text(gfx, lower, ui_style(ui, TEXT_SEMIBOLD, 14 * QUARTERS),
		   align, spot->page->ways[next].title, theme->link);
	if (widget->focused && ui->keyboard_used && ui->active)
		paint_focus_ring(
			gfx, (struct rect){ 0, 0, widget->r.w, widget->r.h },
			ui_px(ui, 8));
}

static const struct widget_class link_class = {
	.name = "document link",
	.size = sizeof(struct spot),
	.role = ROLE_LINK,
	.shows_state = true,
	.paint = link_paint,
	.event = spot_event,
	.hit = spot_hit,
	.value = spot_value,
};
static const struct widget_class copy_class = {
	.name = "copy button",
	.size = sizeof(struct spot),
	.role = ROLE_BUTTON,
	.shows_state = true,
	.paint = copy_paint,
	.event = spot_event,
};
static const struct widget_class way_class = {
	.name = "way",
	.size = sizeof(struct spot),
	.role = ROLE_LINK,
	.shows_state = true,
	.paint = way_paint,
	.event = spot_event,
};

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

/* The words of a link. */
static char *link_words(const struct page *page, uint32_t link)
{
	const struct document *document = page->document;
	uint32_t item = link - 1, end = item;
	uint32_t from = document->items[item].at;

	while (end + 1 < document->item_count &&
	       !(document->items[end].kind == INLINE_END &&
		 document->items[end].ends == INLINE_LINK))
		end++;
	return xstrndup(document->text + from, document->items[end].at - from);
}

static char *name_of(const struct page *page, enum spot_kind kind, uint32_t id)
{
	switch (kind) {
	case SPOT_LINK:
		return link_words(page, id);
	case SPOT_COPY:
		return xstrdup("copy");
	case SPOT_PREVIOUS:
		return xasprintf("previous: %s", page->ways[0].title);
	default:
		return xasprintf("next: %s", page->ways[1].title);
	}
}

/* The spot of the present pass; `after` it in the order of the page. */
static struct spot *need(struct page *page, enum spot_kind kind, uint32_t id,
			 struct widget **after)
{
	static const struct widget_class *const classes[] = {
		[SPOT_LINK] = &link_class,
		[SPOT_COPY] = &copy_class,
		[SPOT_PREVIOUS] = &way_class,
		[SPOT_NEXT] = &way_class,
	};
	struct spot *spot = find(page, kind, id);

	if (!spot) {
		char *name = name_of(page, kind, id);

		spot = widget_create(page->widget.ui, &page->widget,
				     classes[kind], name);
		free(name);
		spot->page = page;
		spot->kind = kind;
		spot->id = id;
		spot->widget.focusable = true;
	}
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
		for (; box < page->flow->count && y < page->widget.r.h; box++) {
			flow_layout(page->flow, box);
			links_of_box(page, box, y, &after);
			copy_of_box(page, box, y, &after);
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

/* The link before or behind `link` in the document; 0: none. */
static uint32_t link_beside(const struct page *page, uint32_t link,
			    int direction)
{
	const struct document *document = page->document;
	int64_t at = (int64_t)link - 1;

	for (at += direction; at >= 0 && at < (int64_t)document->item_count;
	     at += direction)
		if (document->items[at].kind == INLINE_LINK)
			return (uint32_t)at + 1;
	return 0;
}

bool spots_tab(struct page *page, int direction)
{
	struct ui *ui = page->widget.ui;
	struct spot *from = (struct spot *)ui->focus, *to;
	uint32_t link;

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
	if (from->kind != SPOT_LINK)
		return false;
	link = link_beside(page, from->id, direction);
	if (!link)
		return false;
	page_go_text(page, page->document->items[link - 1].at, false);
	page->shift = 0;
	spots_place(page);
	to = spot_of_link(page, link);
	if (to)
		ui_set_focus(ui, &to->widget);
	return true;
}
