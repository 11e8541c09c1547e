/*
 * The widget: what it shows, and how it is laid out.
 */
#include "page_private.h"

#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"

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
	page_find_last(page);
	if (page->has_wanted || (changed && page->placed))
		page_go_now(page, now);
	else if (!page->placed)
		page->offset = -page_pad_top(page);
	page->has_wanted = false;
	page->placed = true;
	page_settle(page);
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
	page_moved(page);
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
	page_moved(page);
}

void page_zoom(struct page *page, int percent)
{
	if (page->zoom == percent)
		return;
	page->wanted = page_place_now(page);
	page->has_wanted = true;
	page->zoom = percent;
	page_moved(page);
}

bool page_picture_size(void *user, const char *address, bool in_line, int *w,
		       int *h)
{
	struct page *page = user;
	const struct page_picture *picture = page->handler.picture(
		page->user, address, (uint32_t)page_column_w(page));

	if (!picture || (in_line && picture->error))
		return false;
	*w = picture->error ? MISSING_W : (int)picture->w;
	*h = picture->error ? MISSING_H : (int)picture->h;
	return true;
}

void page_pictures_changed(struct page *page, bool size)
{
	if (!page->flow)
		return;
	if (!size) {
		widget_damage(&page->widget);
		return;
	}
	page->wanted = page_place_now(page);
	page->has_wanted = true;
	flow_relayout(page->flow);
	page_moved(page);
}

void page_set_marks(struct page *page, const struct page_mark *marks,
		    size_t count, size_t now)
{
	page->marks = marks;
	page->mark_count = count;
	page->mark_now = now;
	widget_damage(&page->widget);
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
	.event = page_event,
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
