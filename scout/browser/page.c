/*
 * Where the page is in its document, and what input does.
 */
#include "page_private.h"

#include <linux/input-event-codes.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/loop.h"

enum { GLIDE_MS = 140, CLICK_NS = 400000000 };

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

static int pad_top(const struct page *page)
{
	return ui_px(page->widget.ui, PAD_TOP);
}

int64_t page_position(const struct page *page)
{
	if (!page->flow || !page->flow->count)
		return 0;
	return flow_top(page->flow, page->box) + page->offset + pad_top(page);
}

int64_t page_most(const struct page *page)
{
	int64_t most;

	if (!page->flow || !page->flow->count)
		return 0;
	most = pad_top(page) + flow_height(page->flow) +
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

/* The place where the end is at the lower edge. */
static void find_last(struct page *page)
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
	if (!page->box && page->offset < -pad_top(page))
		page->offset = -pad_top(page);
}

static void moved(struct page *page)
{
	widget_relayout(&page->widget);
	widget_damage(&page->widget);
}

/* By so many pixels, at once. */
static void move(struct page *page, int64_t pixels)
{
	struct flow *flow = page->flow;

	if (pixels > 8 * page_view_height(page) ||
	    pixels < -8 * (int64_t)page_view_height(page)) {
		int64_t to = page_position(page) - pad_top(page) + pixels;

		page->box = flow_find(flow, to, &page->offset);
		if (to < 0)
			page->offset = (int)(to < -pad_top(page)
						     ? -pad_top(page)
						     : to);
	} else {
		page->offset += (int)pixels;
	}
	normalize(page);
	limit(page);
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
	moved(page);
	glide = page->shift + (float)(now - before);
	if (glide > (float)(2 * page->widget.r.h) ||
	    glide < (float)(-2 * page->widget.r.h))
		glide = 0;
	page->shift = glide;
	ui_animate(page->widget.ui, &page->widget, &page->shift, 0, GLIDE_MS);
}

/* Where dragging the thumb leads: without gliding. */
static void drag_to(struct page *page, int64_t position)
{
	if (!page->flow || !page->flow->count)
		return;
	page->shift = 0;
	move(page, position - page_position(page));
	moved(page);
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

static void go_now(struct page *page, struct page_place place)
{
	struct flow *flow = page->flow;
	const struct flow_layout *layout;

	page->box = flow_box_of(flow, place.text);
	layout = flow_layout(flow, page->box);
	page->offset = place.offset * page_unit(page) / 100;
	if (place.text > flow->boxes[page->box].from ||
	    (layout->line_count && page->offset > 0 && layout->gap))
		page->offset += line_y(layout, place.text);
	normalize(page);
	limit(page);
}

void page_go(struct page *page, struct page_place place)
{
	page->wanted = place;
	page->has_wanted = true;
	page->shift = 0;
	moved(page);
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
	y = (int)(flow_top(flow, box) + line + pad_top(page) -
		  page_position(page));
	if (y < ui_px(page->widget.ui, 8) || y > h - ui_px(page->widget.ui, 40))
		page_scroll(page, y - h / 3);
}

/* ---- layout ---- */

/* Layouts of what was seen a while ago are not kept. */
static void forget_far(struct page *page)
{
	enum { NEAR = 64, FAR = 256 };
	uint32_t box = page->box;

	if (box < page->kept + FAR && page->kept < box + FAR)
		return;
	flow_trim(page->flow, box > NEAR ? box - NEAR : 0, box + NEAR);
	page->kept = box;
}

static void place(struct widget *widget)
{
	struct page *page = (struct page *)widget;
	struct page_place now = page_place_now(page);
	bool changed;

	if (!page->flow || !page->flow->count) {
		spots_place(page);
		return;
	}
	changed = flow_set_width(page->flow, page_column_w(page),
				 page_unit(page));
	find_last(page);
	if (page->has_wanted || (changed && page->placed))
		go_now(page, now);
	else if (!page->placed)
		page->offset = -pad_top(page);
	page->has_wanted = false;
	page->placed = true;
	normalize(page);
	limit(page);
	spots_place(page);

	forget_far(page);
}

void page_show(struct page *page, struct document *document,
	       struct page_way previous, struct page_way next)
{
	const struct page_way ways[2] = { previous, next };
	const struct flow_handler handler = { .picture = page_picture_size };

	flow_destroy(page->flow);
	document_destroy(page->document);
	for (int i = 0; i < 2; i++) {
		free(page->way_strings[2 * i]);
		free(page->way_strings[2 * i + 1]);
		page->ways[i].title = page->way_strings[2 * i] = xstrdup(
			ways[i].title);
		page->ways[i].address = page->way_strings[2 * i + 1] = xstrdup(
			ways[i].address);
	}
	page->document = document;
	page->flow = document ? flow_create(document, page->widget.ui->text,
					    &handler, page)
			      : NULL;
	page->box = 0;
	page->offset = 0;
	page->shift = 0;
	page->placed = page->has_wanted = false;
	page->anchor = page->caret = 0;
	page->marks = NULL;
	page->mark_count = 0;
	spots_forget(page);
	moved(page);
}

const struct document *page_document(const struct page *page)
{
	return page->document;
}

void page_set_covered(struct page *page, int top, int bottom)
{
	if (page->covered_top == top && page->covered_bottom == bottom)
		return;
	page->covered_top = top;
	page->covered_bottom = bottom;
	moved(page);
}

void page_zoom(struct page *page, int percent)
{
	if (page->zoom == percent)
		return;
	page->wanted = page_place_now(page);
	page->has_wanted = true;
	page->zoom = percent;
	moved(page);
}

bool page_picture_size(void *user, const char *address, int *w, int *h)
{
	struct page *page = user;
	const struct page_picture *picture = page->handler.picture(page->user,
								   address);

	if (!picture || picture->failed)
		return false;
	*w = (int)picture->image.w;
	*h = (int)picture->image.h;
	return true;
}

void page_pictures_changed(struct page *page)
{
	if (!page->flow)
		return;
	page->wanted = page_place_now(page);
	page->has_wanted = true;
	flow_relayout(page->flow);
	moved(page);
}

void page_set_marks(struct page *page, const struct page_mark *marks,
		    size_t count, size_t now)
{
	page->marks = marks;
	page->mark_count = count;
	page->mark_now = now;
	widget_damage(&page->widget);
}

/* ---- input ---- */

static uint32_t text_at(struct page *page, int x, int y)
{
	struct flow *flow = page->flow;
	uint32_t link, box;
	int top;

	box = page_first_visible(page, &top);
	while (box + 1 < flow->count) {
		flow_layout(flow, box);
		if (y < top + flow->boxes[box].height)
			break;
		top += flow->boxes[box].height;
		box++;
	}
	return flow_hit(flow, box, x - page_column_x(page), y - top, &link);
}

static void press(struct page *page, const struct ui_event *event)
{
	uint64_t now = loop_now();
	struct rect thumb = page_thumb(page);

	page->bar_grab = -1;
	page->selecting = false;
	if (!page->flow || !page->flow->count)
		return;
	if (thumb.h &&
	    event->x >= page->widget.r.w - ui_px(page->widget.ui, BAR_ROOM)) {
		if (event->y < thumb.y)
			page_scroll(page, -page_view_height(page));
		else if (event->y >= thumb.y + thumb.h)
			page_scroll(page, page_view_height(page));
		else
			page->bar_grab = event->y - thumb.y;
		return;
	}
	page->clicks = now - page->pressed_at < CLICK_NS ? page->clicks + 1 : 1;
	page->pressed_at = now;
	page->selecting = true;
	page->caret = text_at(page, event->x, event->y);
	if (!(event->mods & UI_SHIFT))
		page->anchor = page->caret;
	if (page->clicks == 2)
		page_select_word(page);
	else if (page->clicks >= 3)
		page_select_block(page);
	widget_damage(&page->widget);
}

static void drag_bar(struct page *page, int y)
{
	struct rect thumb = page_thumb(page);
	int track = page_view_height(page) - 2 * ui_px(page->widget.ui, 8);
	int room = track - thumb.h;
	int top = page->covered_top + ui_px(page->widget.ui, 8);

	if (room > 0)
		drag_to(page,
			(y - page->bar_grab - top) * page_most(page) / room);
}

static void motion(struct page *page, const struct ui_event *event)
{
	bool over = event->x >=
		    page->widget.r.w - ui_px(page->widget.ui, BAR_ROOM);

	if (page->widget.pressed && page->bar_grab >= 0) {
		drag_bar(page, event->y);
		return;
	}
	if (page->widget.pressed && page->selecting && page->clicks < 2) {
		int bottom = page->widget.r.h - page->covered_bottom;

		if (event->y < page->covered_top)
			page_scroll(page, event->y - page->covered_top);
		else if (event->y > bottom)
			page_scroll(page, event->y - bottom);
		page->caret = text_at(page, event->x, event->y);
		widget_damage(&page->widget);
		return;
	}
	if (over != page->bar_hover) {
		page->bar_hover = over;
		widget_damage(&page->widget);
	}
	page->widget.ui->shape = over || !page->flow ? NULL : "text";
}

void page_scroll_wheel(struct page *page, const struct ui_event *event)
{
	page_scroll(page, -(int64_t)2 * ui_tx(page->widget.ui, LINE_STEP) *
				  event->wheel_y / 120);
}

bool page_key(struct page *page, const struct ui_event *event)
{
	int line = ui_tx(page->widget.ui, LINE_STEP);
	int screen = page_view_height(page) - line;
	bool up = (event->mods & UI_SHIFT) != 0;

	if (event->type != UI_KEY || event->mods & (UI_CONTROL | UI_ALT))
		return false;
	switch (event->code) {
	case KEY_UP:
		page_scroll(page, -line);
		return true;
	case KEY_DOWN:
		page_scroll(page, line);
		return true;
	case KEY_PAGEUP:
		page_scroll(page, -screen);
		return true;
	case KEY_PAGEDOWN:
		page_scroll(page, screen);
		return true;
	case KEY_SPACE:
		page_scroll(page, up ? -screen : screen);
		return true;
	case KEY_HOME:
		page_scroll(page, -page_position(page));
		return true;
	case KEY_END:
		page_scroll(page, page_most(page) + page->widget.r.h);
		return true;
	default:
		return false;
	}
}

static bool event(struct widget *widget, const struct ui_event *event)
{
	struct page *page = (struct page *)widget;

	switch (event->type) {
	case UI_PRESS:
		press(page, event);
		return true;
	case UI_MOTION:
		motion(page, event);
		return true;
	case UI_RELEASE:
		page->bar_grab = -1;
		page->selecting = false;
		return true;
	case UI_WHEEL:
		page_scroll_wheel(page, event);
		return true;
	case UI_KEY:
		if (event->code == KEY_TAB && widget->ui->focus != widget)
			return spots_tab(page, event->mods & UI_SHIFT ? -1 : 1);
		return page_key(page, event);
	default:
		return false;
	}
}

static void finish(struct widget *widget)
{
	struct page *page = (struct page *)widget;

	flow_destroy(page->flow);
	document_destroy(page->document);
	for (int i = 0; i < 4; i++)
		free(page->way_strings[i]);
}

/* The words that can be seen. */
static char *value(const struct widget *widget)
{
	struct page *page = (struct page *)widget;
	uint32_t from, end;
	int y;

	if (!page->flow || !page->flow->count || !page->placed)
		return NULL;
	from = end = page_first_visible(page, &y);
	while (end + 1 < page->flow->count && y < widget->r.h)
		y += page->flow->boxes[end++].height;
	return page_words(page, page->flow->boxes[from].from,
			  page->flow->boxes[end].to);
}

static const struct widget_class page_class = {
	.name = "page",
	.size = sizeof(struct page),
	.role = ROLE_TEXT,
	.finish = finish,
	.place = place,
	.paint = page_paint,
	.event = event,
	.value = value,
};

struct page *page_create(struct ui *ui, struct widget *parent,
			 const struct page_handler *handler, void *user)
{
	struct page *page = widget_create(ui, parent, &page_class, "page");

	page->handler = *handler;
	page->user = user;
	page->zoom = 100;
	page->bar_grab = -1;
	page->widget.focusable = true;
	return page;
}
