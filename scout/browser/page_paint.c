/*
 * Painting what is visible of a document.
 */
#include <stdio.h>

#include "painter.h"
#include "scout/widget/paint.h"

/* ---- around the text ---- */

static int depth_of(const struct block *blocks, uint32_t block)
{
	int depth = 0;

	for (; block; block = blocks[block].parent)
		depth += blocks[block].kind == BLOCK_QUOTE ||
			 blocks[block].kind == BLOCK_LIST;
	return depth > FLOW_DEPTH_MAX ? FLOW_DEPTH_MAX : depth;
}

static bool is_in(const struct block *blocks, uint32_t block, uint32_t above)
{
	return block >= above && block < blocks[above].end;
}

static void paint_quotes(const struct painter *painter)
{
	const struct block *blocks = painter->flow->document->blocks;
	const struct flow_box *box = painter->box;

	for (uint32_t i = painter->block->parent; i; i = blocks[i].parent) {
		int gap = painter->layout->gap, x, top;

		if (blocks[i].kind != BLOCK_QUOTE)
			continue;
		if (painter->number && is_in(blocks, box[-1].block, i))
			gap = 0;
		x = (depth_of(blocks, i) - 1) *
		    painter_px(painter, FLOW_INDENT);
		if (painter->layout->rtl)
			x = painter->w - x - painter_px(painter, 4);
		x += painter->x;
		top = painter->y + gap;
		gfx_round(painter->gfx,
			  (struct frect){
				  (float)x, (float)top,
				  (float)painter_px(painter, 4),
				  (float)(painter->y + box->height - top) },
			  0, painter->gfx->theme->ink3,
			  painter->gfx->theme->ink3, 120);
	}
}

static void paint_task(const struct painter *painter, int right, int base,
		       bool done)
{
	const struct theme *theme = painter->gfx->theme;
	float one = (float)painter_px(painter, 100) / 100, side = 14 * one;
	float x = (float)right - side, y = (float)base - 12 * one;

	gfx_round(painter->gfx, (struct frect){ x, y, side, side }, 3 * one,
		  done ? theme->link : theme->card,
		  done ? theme->link : theme->card, done ? 255 : 180);
	gfx_ring(painter->gfx, (struct frect){ x, y, side, side }, 3 * one, one,
		 theme->ink3, 220);
	if (!done)
		return;
	gfx_line(painter->gfx, x + 3 * one, y + 7 * one, x + 6 * one,
		 y + 10.5f * one, 1.8f * one, theme->card, 255);
	gfx_line(painter->gfx, x + 6 * one, y + 10.5f * one, x + 11 * one,
		 y + 4 * one, 1.8f * one, theme->card, 255);
}

/* Beside `end`: a number's right end, but the left one where text runs to the
 * left. */
static void paint_number(const struct painter *painter, uint32_t item, int end,
			 int base)
{
	const struct block *b = &painter->flow->document->blocks[item];
	struct text_style style = flow_style(painter->flow, b, 0);
	bool rtl = painter->layout->rtl;
	char number[16];
	int length = snprintf(number, sizeof(number), rtl ? ".%u" : "%u.",
			      b->number);
	int w = text_width(painter->flow->text, style, number, (size_t)length);
	int gap = painter_px(painter, 3);

	painter_text(painter, style,
		     rtl ? (end - gap) * 64 : (end + gap) * 64 - w, base,
		     number, (size_t)length, painter->gfx->theme->ink2);
}

/* The mark of an item whose first line this box has. */
static void paint_mark(const struct painter *painter, uint32_t item)
{
	const struct block *blocks = painter->flow->document->blocks;
	const struct block *b = &blocks[item], *list = &blocks[b->parent];
	const struct flow_line *line = painter->layout->lines;
	int indent = depth_of(blocks, item) * painter_px(painter, FLOW_INDENT);
	int gap = painter_px(painter, 9), base;
	bool rtl = painter->layout->rtl;
	/* The mark's end that is beside the words. */
	int end = rtl ? painter->x + painter->w - indent + gap
		      : painter->x + indent - gap;
	float side = (float)painter_px(painter, 100) * 0.055f;
	uint32_t color = painter->gfx->theme->ink2;

	if (!painter->layout->line_count)
		return;
	base = painter->y + line->y + line->baseline;
	if (b->detail)
		paint_task(painter,
			   end + (rtl ? painter_px(painter, 11)
				      : painter_px(painter, 3)),
			   base, b->detail == TASK_DONE);
	else if (list->ordered)
		paint_number(painter, item, end, base);
	else
		gfx_round(painter->gfx,
			  (struct frect){ rtl ? (float)end + 2
					      : (float)end - side - 2,
					  (float)base - painter_px(painter, 5) -
						  side / 2,
					  side, side },
			  side / 2, color, color, 255);
}

static void paint_marks(const struct painter *painter)
{
	const struct block *blocks = painter->flow->document->blocks;
	uint32_t child = painter->box->block;

	if (!painter->box->first)
		return;
	while (child && blocks[child].parent == child - 1 && child > 1) {
		child--;
		if (blocks[child].kind == BLOCK_ITEM)
			paint_mark(painter, child);
	}
}

static void paint_code_ground(const struct painter *painter)
{
	const struct theme *theme = painter->gfx->theme;
	int indent = flow_indent(painter->flow, painter->box->block);
	int top = painter->y + painter->layout->gap;
	int bottom = painter->y + painter->box->height;
	float one = (float)painter->gfx->scale / 100;
	struct rect shown = { painter->x + indent, top, painter->w - indent,
			      bottom - top };
	struct rect before = gfx_clip(painter->gfx, shown);

	/* Where the block goes on in the next box, so does its ground. */
	if (!painter->box->first)
		shown.y -= 40;
	shown.h = (painter->box->last ? bottom : bottom + 40) - shown.y;
	struct frect r = { (float)shown.x, (float)shown.y, (float)shown.w,
			   (float)shown.h };

	gfx_round(painter->gfx, r, 8 * one, theme->card, theme->card,
		  theme->dark ? CODE_DARK_ALPHA : CODE_ALPHA);
	gfx_ring(painter->gfx, r, 8 * one, one, theme->line, 130);
	gfx_unclip(painter->gfx, before);
}

static void paint_row(const struct painter *painter)
{
	const struct theme *theme = painter->gfx->theme;
	const struct block *blocks = painter->flow->document->blocks;
	uint32_t row = painter->box->block;
	unsigned columns = blocks[blocks[blocks[row].parent].parent].number;
	int left, right, w, line = ui_px(painter->page->widget.ui, 1);
	int pad = painter_px(painter, FLOW_CELL_PAD);
	struct rect r;

	flow_column(painter->flow, row, 0, &left, &w);
	flow_column(painter->flow, row, columns ? columns - 1 : 0, &right, &w);
	r = (struct rect){ painter->x + left - pad,
			   painter->y + painter->layout->gap,
			   right + w + 2 * pad - left,
			   painter->box->height - painter->layout->gap };
	if (blocks[blocks[row].parent].kind == BLOCK_HEAD) {
		gfx_gradient(painter->gfx, r, theme->band[0], theme->band[1],
			     theme->band_alpha);
		gfx_fill(painter->gfx, (struct rect){ r.x, r.y, r.w, line },
			 theme->line, 160);
	} else {
		gfx_fill(painter->gfx, r, theme->card, ROW_ALPHA);
	}
	gfx_fill(painter->gfx,
		 (struct rect){ r.x, r.y + r.h - line, r.w, line }, theme->line,
		 160);
}

static void paint_box(struct painter *painter)
{
	uint32_t target;
	const struct theme *theme = painter->gfx->theme;

	paint_quotes(painter);
	switch (painter->block->kind) {
	case BLOCK_CODE:
		paint_code_ground(painter);
		break;
	case BLOCK_ROW:
		paint_row(painter);
		break;
	case BLOCK_RULE:
		gfx_fill(painter->gfx,
			 (struct rect){ painter->x,
					painter->y + painter->layout->gap,
					painter->w,
					ui_px(painter->page->widget.ui, 1) },
			 theme->ink3, 130);
		break;
	default:
		if (flow_is_figure(painter->flow->document, painter->block,
				   &target))
			paint_picture(painter, target);
	}
	paint_marks(painter);
	paint_highlights(painter);
	paint_lines(painter);
}

/* ---- the page ---- */

struct rect page_thumb(const struct page *page)
{
	struct ui *ui = page->widget.ui;
	int edge = ui_px(ui, 8), track = page_view_height(page) - 2 * edge;
	int64_t most = page_most(page), all = most + page_view_height(page);
	int w = ui_px(ui, page->bar_hover || page->bar_grab >= 0 ? 10 : 6);
	int64_t at = page_position(page) - (int64_t)page->shift;
	int h, least = ui_px(ui, 32);

	if (most <= 0 || track <= least)
		return (struct rect){ 0 };
	h = (int)((int64_t)track * page_view_height(page) / all);
	h = h < least ? least : h;
	at = at < 0 ? 0 : at > most ? most : at;
	return (struct rect){ page->widget.r.w - ui_px(ui, 4) - w,
			      page->covered_top + edge +
				      (int)((track - h) * at / most),
			      w, h };
}

static void paint_link_focus(struct page *page, struct gfx *gfx)
{
	struct ui *ui = page->widget.ui;
	const struct spot *spot = (const struct spot *)ui->focus;
	int one = ui_px(ui, 1);

	if (!ui->focus || ui->focus->parent != &page->widget ||
	    spot->kind != SPOT_LINK || !ui->keyboard_used || !ui->active)
		return;
	for (unsigned i = 0; i < spot->part_count; i++)
		paint_focus_ring(gfx, rect_grown(spot->parts[i], one),
				 ui_px(ui, 5));
}

void page_paint(struct widget *widget, struct gfx *gfx)
{
	struct page *page = (struct page *)widget;
	struct painter painter = {
		.page = page,
		.flow = page->flow,
		.gfx = gfx,
		.x = page_column_x(page),
		.w = page_column_w(page),
	};
	int top = gfx->clip.y - gfx->y, bottom = top + gfx->clip.h;
	struct rect thumb = page_thumb(page);
	uint32_t color = gfx->theme->ink3;

	if (!page->flow || !page->flow->count || !page->placed)
		return;
	painter.number = page_first_visible(page, &painter.y);
	for (; painter.number < page->flow->count && painter.y < bottom;
	     painter.number++) {
		painter.layout = flow_layout(page->flow, painter.number);
		painter.box = &page->flow->boxes[painter.number];
		painter.block = &page->document->blocks[painter.box->block];
		if (painter.y + painter.box->height > top)
			paint_box(&painter);
		painter.y += painter.box->height;
	}
	paint_link_focus(page, gfx);
	if (thumb.h)
		gfx_round(gfx,
			  (struct frect){ (float)thumb.x, (float)thumb.y,
					  (float)thumb.w, (float)thumb.h },
			  (float)thumb.w / 2, color, color,
			  page->bar_hover ? 210 : 150);
}
