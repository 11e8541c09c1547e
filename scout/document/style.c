/*
 * How each kind of block looks: fonts, heights of lines, indents, gaps.
 */
#include "flow_private.h"

enum { HEADINGS = 6 };

/* Sizes in quarters of a logical pixel, heights of lines, gaps above. */
static const struct {
	uint8_t size, line, gap;
} headings[HEADINGS + 1] = {
	{ 0, 0, 0 },    { 104, 34, 26 }, { 80, 28, 24 }, { 64, 24, 18 },
	{ 60, 24, 14 }, { 60, 24, 14 },  { 60, 24, 14 },
};

enum {
	BODY_SIZE = 60,
	BODY_LINE = 24,
	CODE_SIZE = 53,
	CODE_LINE = 20,
	CAPTION_SIZE = 52,
	CAPTION_LINE = 20,
	GAP = 10,
	GAP_TIGHT = 2,
	GAP_LARGE = 16,
};

bool flow_is_figure(const struct document *document, const struct block *block,
		    uint32_t *target)
{
	const struct inline_item *items = document->items;
	unsigned depth = 0;

	if (block->kind != BLOCK_PARAGRAPH || block->item == block->item_end ||
	    items[block->item].kind != INLINE_IMAGE ||
	    items[block->item_end - 1].kind != INLINE_END)
		return false;
	for (uint32_t i = block->item; i < block->item_end; i++) {
		if (items[i].kind == INLINE_IMAGE)
			depth++;
		else if (items[i].kind == INLINE_END &&
			 items[i].ends == INLINE_IMAGE)
			depth--;
		if (!depth && i + 1 < block->item_end)
			return false;
	}
	*target = items[block->item].value;
	return true;
}

static bool is_head(const struct document *document, const struct block *cell)
{
	const struct block *row = &document->blocks[cell->parent];

	return cell->kind == BLOCK_CELL &&
	       document->blocks[row->parent].kind == BLOCK_HEAD;
}

struct text_style flow_style(const struct flow *flow, const struct block *block,
			     unsigned style)
{
	int size = BODY_SIZE;
	uint32_t target;
	struct text_style out = {
		.weight = style & RUN_STRONG ? TEXT_SEMIBOLD : TEXT_REGULAR,
		.slanted = (style & (RUN_EMPHASIS | RUN_ALT)) != 0,
		.rtl = (style & RUN_RTL) != 0,
	};

	if (block->kind == BLOCK_HEADING) {
		size = headings[block->detail].size;
		out.weight = TEXT_SEMIBOLD;
	} else if (block->kind == BLOCK_CODE) {
		size = CODE_SIZE;
		out.weight = TEXT_MONO;
	} else if (is_head(flow->document, block)) {
		out.weight = TEXT_SEMIBOLD;
	} else if (flow_is_figure(flow->document, block, &target)) {
		size = CAPTION_SIZE;
		out.slanted = false;
	}
	if (style & RUN_CODE) {
		out.weight = TEXT_MONO;
		/* DejaVu Sans Mono looks larger than Inter. */
		size = size * 9 / 10;
	}
	out.size = (int)((int64_t)size * 16 * flow->unit / 100);
	return out;
}

int flow_line_height(const struct flow *flow, const struct block *block)
{
	uint32_t target;
	int line = BODY_LINE;

	if (block->kind == BLOCK_HEADING)
		line = headings[block->detail].line;
	else if (block->kind == BLOCK_CODE)
		line = CODE_LINE;
	else if (flow_is_figure(flow->document, block, &target))
		line = CAPTION_LINE;
	return flow_px(flow, line);
}

int flow_indent(const struct flow *flow, uint32_t block)
{
	const struct block *blocks = flow->document->blocks;
	int depth = 0;

	for (uint32_t i = blocks[block].parent; i; i = blocks[i].parent)
		if (blocks[i].kind == BLOCK_QUOTE ||
		    blocks[i].kind == BLOCK_LIST)
			depth++;
	if (depth > FLOW_DEPTH_MAX)
		depth = FLOW_DEPTH_MAX;
	int indent = depth * flow_px(flow, FLOW_INDENT);

	/* Some room for words is always left. */
	return indent > flow->width / 2 ? flow->width / 2 : indent;
}

/* The first block of an item stands where the item does. */
int flow_gap_above(const struct flow *flow, uint32_t number)
{
	const struct document *document = flow->document;
	const struct flow_box *box = &flow->boxes[number];
	const struct block *block = &document->blocks[box->block];
	const struct block *before;
	int gap = GAP;

	if (!number || !box->first)
		return 0;
	before = &document->blocks[flow->boxes[number - 1].block];
	if (block->kind == BLOCK_HEADING)
		gap = headings[block->detail].gap;
	else if (block->kind == BLOCK_ROW)
		gap = before->kind == BLOCK_ROW &&
				      flow_row_of(document, box->block) ==
					      flow_row_of(
						      document,
						      flow->boxes[number - 1]
							      .block)
			      ? 0
			      : GAP_LARGE;
	else if (block->kind == BLOCK_RULE || block->kind == BLOCK_CODE ||
		 before->kind == BLOCK_ROW || before->kind == BLOCK_CODE ||
		 before->kind == BLOCK_RULE)
		gap = GAP_LARGE;
	else if (block->kind == BLOCK_PARAGRAPH && block->tight &&
		 before->kind == BLOCK_PARAGRAPH && before->tight)
		gap = GAP_TIGHT;
	return flow_px(flow, gap);
}

/* The table of a row. */
uint32_t flow_row_of(const struct document *document, uint32_t row)
{
	return document->blocks[document->blocks[row].parent].parent;
}
