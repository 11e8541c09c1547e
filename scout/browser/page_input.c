/*
 * What the pointer and keys do on a page: selecting, scrolling.
 */
#include <linux/input-event-codes.h>

#include "base/loop.h"
#include "page_private.h"

enum { CLICK_NS = 400000000 };

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
		page_drag_to(page, (y - page->bar_grab - top) *
					   page_most(page) / room);
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

bool page_event(struct widget *widget, const struct ui_event *event)
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
