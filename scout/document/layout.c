/*
 * How each kind of box is laid out.
 */
#include <stdlib.h>

#include "base/alloc.h"
#include "flow_private.h"

/* The words for a picture may be none. */
static bool is_of_cell(const struct flow_word *word, const struct block *cell)
{
	return word->picture ? word->picture - 1 < cell->item_end
			     : word->at < cell->text_end;
}

static int place_row(struct flow *flow, const struct flow_box *box,
		     struct flow_layout *layout, bool measured)
{
	const struct block *blocks = flow->document->blocks;
	uint32_t row = box->block;
	const struct flow_columns *columns = table_columns(
		flow, flow_row_of(flow->document, row));
	int pad = flow_px(flow, CELL_PAD_Y), height = 0;
	unsigned column = 0;
	uint32_t first = 0;

	for (uint32_t cell = row + 1;
	     cell < blocks[row].end && column < columns->count;
	     cell = blocks[cell].end, column++) {
		const struct block *block = &blocks[cell];
		struct wrap wrap = {
			.x = columns->x[column],
			.y = layout->gap + pad,
			.width = columns->w[column],
			.line_height = flow_line_height(flow, block),
			.align = (enum cell_align)block->detail,
		};
		uint32_t end = first;
		int h;

		if (!measured)
			words_add(flow, layout, block, block->text,
				  block->text_end);
		while (end < layout->word_count &&
		       is_of_cell(&layout->words[end], block))
			end++;
		h = wrap_words(flow, layout, block, first, end, wrap);
		height = h > height ? h : height;
		first = end;
	}
	return height + 2 * pad;
}

static int place_figure(struct flow *flow, struct flow_layout *layout,
			uint32_t target, int room)
{
	const struct document *document = flow->document;
	const char *address = document_string(
		document, document->targets[target].address);
	int w, h;

	layout->picture_w = layout->picture_h = 0;
	if (!flow->handler.picture ||
	    !flow->handler.picture(flow->user, address, false, &w, &h) ||
	    w <= 0 || h <= 0)
		return 0;
	w = flow_px(flow, w);
	h = flow_px(flow, h);
	if (w > room) {
		h = (int)(((int64_t)h * room + w / 2) / w);
		w = room;
	}
	layout->picture_w = w > 0 ? w : 1;
	layout->picture_h = h > 0 ? h : 1;
	return layout->picture_h + flow_px(flow, CAPTION_GAP);
}

static int place_leaf(struct flow *flow, const struct flow_box *box,
		      struct flow_layout *layout, bool measured)
{
	const struct block *block = &flow->document->blocks[box->block];
	struct wrap wrap = {
		.x = flow_indent(flow, box->block),
		.y = layout->gap,
		.line_height = flow_line_height(flow, block),
	};
	int height = 0, pad = flow_px(flow, FLOW_CODE_PAD);
	uint32_t target;

	wrap.width = flow->width - wrap.x;
	if (block->kind == BLOCK_RULE)
		return flow_px(flow, FLOW_RULE_HEIGHT);
	if (block->kind == BLOCK_CODE) {
		wrap.x += pad;
		wrap.y += box->first ? pad : 0;
		wrap.width -= 2 * pad;
		return wrap_code(flow, layout, block, box->from, box->to,
				 wrap) +
		       (box->first ? pad : 0) + (box->last ? pad : 0);
	}
	if (flow_is_figure(flow->document, block, &target))
		height = place_figure(flow, layout, target, wrap.width);
	wrap.y += height;
	if (!measured)
		words_add(flow, layout, block, box->from, box->to);
	return height +
	       wrap_words(flow, layout, block, 0, layout->word_count, wrap);
}

const struct flow_layout *flow_layout(struct flow *flow, uint32_t number)
{
	struct flow_box *box = &flow->boxes[number];
	struct flow_layout *layout = box->layout;
	bool row = flow->document->blocks[box->block].kind == BLOCK_ROW;
	bool measured = layout != NULL;
	int height;

	if (layout && layout->line_count)
		return layout;
	if (!layout)
		layout = box->layout = xcalloc(1, sizeof(*layout));
	layout->gap = flow_gap_above(flow, number);
	layout->piece_count = layout->line_count = 0;
	height = row ? place_row(flow, box, layout, measured)
		     : place_leaf(flow, box, layout, measured);
	flow_set_height(flow, number, layout->gap + height);
	return layout;
}
