/*
 * Where the page is in its document.
 */
#include "page_private.h"

enum { GLIDE_MS = 140 };

/* ---- geometry ---- */

int page_unit(const struct page *page)
{
	const struct ui *ui = page->widget.ui;
	int unit = ui->scale * ui->text_percent / 100 * page->zoom / 100;

	return unit < 10 ? 10 : unit;
}

int page_column_x(const struct page *page)
{
	const struct ui *ui = page->widget.ui;
	int w = page->widget.r.w;
	int side = ui_px(ui, w < ui_px(ui, NARROW) ? PAD_NARROW : PAD_SIDE);
	int most = COLUMN_MAX * page_unit(page) / 100;

	return w - 2 * side > most ? (w - most) / 2 : side;
}

int page_column_w(const struct page *page)
{
	int w = page->widget.r.w - 2 * page_column_x(page);

	return w > 1 ? w : 1;
}

int page_view_height(const struct page *page)
{
	int h = page->widget.r.h - page->covered_top - page->covered_bottom;

	return h > 1 ? h : 1;
}

int page_ways_height(const struct page *page)
{
	bool any = page->ways[0].title || page->ways[1].title;

	return ui_px(page->widget.ui, PAD_BOTTOM) +
	       (any ? ui_tx(page->widget.ui, WAYS) : 0);
}

int page_pad_top(const struct page *page)
{
	return ui_px(page->widget.ui, PAD_TOP);
}

int64_t page_position(const struct page *page)
{
	if (!page->flow || !page->flow->count)
		return 0;
	return flow_top(page->flow, page->box) + page->offset +
	       page_pad_top(page);
}

int64_t page_most(const struct page *page)
{
	int64_t most;

	if (!page->flow || !page->flow->count)
		return 0;
	most = page_pad_top(page) + flow_height(page->flow) +
	       page_ways_height(page) - page_view_height(page);
	return most > 0 ? most : 0;
}

uint32_t page_first_visible(struct page *page, int *y)
{
	uint32_t box = page->box;
	int shift = (int)page->shift;

	*y = page->covered_top - page->offset + shift;
	while (box && *y > 0) {
		box--;
		flow_layout(page->flow, box);
		*y -= page->flow->boxes[box].height;
	}
	return box;
}

/* ---- scrolling ---- */

/* The offset comes into its box. */
static void normalize(struct page *page)
{
	struct flow *flow = page->flow;

	while (page->offset < 0 && page->box) {
		page->box--;
		flow_layout(flow, page->box);
		page->offset += flow->boxes[page->box].height;
	}
	for (;;) {
		flow_layout(flow, page->box);
		if (page->offset < flow->boxes[page->box].height ||
		    page->box + 1 >= flow->count)
			break;
		page->offset -= flow->boxes[page->box].height;
		page->box++;
	}
}

void page_find_last(struct page *page)
{
	struct flow *flow = page->flow;
	int room = page_view_height(page) - page_ways_height(page);
	uint32_t box = flow->count;

	while (box && room > 0) {
		box--;
		flow_layout(flow, box);
		room -= flow->boxes[box].height;
	}
	page->last_box = box < flow->count ? box : flow->count - 1;
	page->last_offset = -room;
	if (box == flow->count)
		page->last_offset += flow->boxes[page->last_box].height;
}

static bool is_before(uint32_t box, int offset, uint32_t other, int at)
{
	return box < other || (box == other && offset < at);
}

static void limit(struct page *page)
{
	if (is_before(page->last_box, page->last_offset, page->box,
		      page->offset)) {
		page->box = page->last_box;
		page->offset = page->last_offset;
	}
	if (!page->box && page->offset < -page_pad_top(page))
		page->offset = -page_pad_top(page);
}

void page_moved(struct page *page)
{
	widget_relayout(&page->widget);
	widget_damage(&page->widget);
}

void page_settle(struct page *page)
{
	normalize(page);
	limit(page);
}

/* By so many pixels, at once. */
static void move(struct page *page, int64_t pixels)
{
	struct flow *flow = page->flow;

	if (pixels > 8 * page_view_height(page) ||
	    pixels < -8 * (int64_t)page_view_height(page)) {
		int64_t to = page_position(page) - page_pad_top(page) + pixels;

		page->box = flow_find(flow, to, &page->offset);
		if (to < 0)
			page->offset = (int)(to < -page_pad_top(page)
						     ? -page_pad_top(page)
						     : to);
	} else {
		page->offset += (int)pixels;
	}
	page_settle(page);
}

void page_scroll(struct page *page, int64_t pixels)
{
	int64_t before, now;
	float glide;

	if (!page->flow || !page->flow->count || !page->placed)
		return;
	before = page_position(page);
	move(page, pixels);
	now = page_position(page);
	if (now == before)
		return;
	page_moved(page);
	glide = page->shift + (float)(now - before);
	if (glide > (float)(2 * page->widget.r.h) ||
	    glide < (float)(-2 * page->widget.r.h))
		glide = 0;
	page->shift = glide;
	ui_animate(page->widget.ui, &page->widget, &page->shift, 0, GLIDE_MS);
}

void page_drag_to(struct page *page, int64_t position)
{
	if (!page->flow || !page->flow->count)
		return;
	page->shift = 0;
	move(page, position - page_position(page));
	page_moved(page);
}

/* ---- places ---- */

struct page_place page_place_now(const struct page *page)
{
	struct page_place place = { 0, 0 };
	const struct flow *flow = page->flow;
	const struct flow_layout *layout;
	int unit = page_unit(page);

	if (page->has_wanted)
		return page->wanted;
	if (!flow || !flow->count)
		return place;
	place.text = flow->boxes[page->box].from;
	place.offset = page->offset * 100 / unit;
	layout = flow->boxes[page->box].layout;
	for (uint32_t i = 0; layout && i < layout->line_count; i++) {
		if (layout->lines[i].y > page->offset)
			break;
		place.text = layout->lines[i].text;
		place.offset = (page->offset - layout->lines[i].y) * 100 / unit;
	}
	return place;
}

/* The line's y in its box. */
static int line_y(const struct flow_layout *layout, uint32_t text)
{
	int y = 0;

	for (uint32_t i = 0; i < layout->line_count; i++)
		if (layout->lines[i].text <= text)
			y = layout->lines[i].y;
	return y;
}

void page_go_now(struct page *page, struct page_place place)
{
	struct flow *flow = page->flow;
	const struct flow_layout *layout;

	page->box = flow_box_of(flow, place.text);
	layout = flow_layout(flow, page->box);
	page->offset = place.offset * page_unit(page) / 100;
	if (place.text > flow->boxes[page->box].from ||
	    (layout->line_count && page->offset > 0 && layout->gap))
		page->offset += line_y(layout, place.text);
	page_settle(page);
}

void page_go(struct page *page, struct page_place place)
{
	page->wanted = place;
	page->has_wanted = true;
	page->shift = 0;
	page_moved(page);
}

void page_go_block(struct page *page, uint32_t block)
{
	uint32_t box;

	if (!page->flow || !page->flow->count)
		return;
	box = flow_box_of_block(page->flow, block);
	page_go(page, (struct page_place){ .text = page->flow->boxes[box].from,
					   .offset = -PAD_TOP });
}

void page_go_text(struct page *page, uint32_t text, bool at_top)
{
	struct flow *flow = page->flow;
	uint32_t box;
	int y, h = page_view_height(page), line;

	if (!flow || !flow->count)
		return;
	if (at_top || !page->placed) {
		page_go(page, (struct page_place){ text, -PAD_TOP });
		return;
	}
	box = flow_box_of(flow, text);
	line = line_y(flow_layout(flow, box), text);
	y = (int)(flow_top(flow, box) + line + page_pad_top(page) -
		  page_position(page));
	if (y < ui_px(page->widget.ui, 8) || y > h - ui_px(page->widget.ui, 40))
		page_scroll(page, y - h / 3);
}
