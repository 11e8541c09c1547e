/*
 * One widget in the document: a link, the copy button of a piece of code, the
 * way to another chapter.
 */
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "page_private.h"
#include "scout/widget/paint.h"

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
	gfx_ring(gfx, face, 6 * one, one, theme->ink2, theme->outline_alpha);
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

/* ---- made ---- */

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

struct spot *spot_create(struct page *page, enum spot_kind kind, uint32_t id)
{
	static const struct widget_class *const classes[] = {
		[SPOT_LINK] = &link_class,
		[SPOT_COPY] = &copy_class,
		[SPOT_PREVIOUS] = &way_class,
		[SPOT_NEXT] = &way_class,
	};
	char *name = name_of(page, kind, id);
	struct spot *spot = widget_create(page->widget.ui, &page->widget,
					  classes[kind], name);

	free(name);
	spot->page = page;
	spot->kind = kind;
	spot->id = id;
	spot->widget.focusable = true;
	return spot;
}
