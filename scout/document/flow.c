/*
 * Boxes: which there are, how high they are, how each kind is laid out.
 */
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
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
	RULE_HEIGHT = 2,
};

/* ---- kinds ---- */

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
static int gap_above(const struct flow *flow, uint32_t number)
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

/* ---- making boxes ---- */

static void add_box(struct flow *flow, uint32_t *room, struct flow_box box)
{
	if (flow->count == *room) {
		*room = *room * 2 + 64;
		flow->boxes = xreallocarray(flow->boxes, *room,
					    sizeof(*flow->boxes));
	}
	flow->boxes[flow->count++] = box;
}

/* Where a box that begins at `from` ends: behind a newline of code, or at a
 * blank. */
static uint32_t chunk_end(const struct document *document,
			  const struct block *block, uint32_t from)
{
	uint32_t end = block->text_end, at = from + FLOW_CHUNK;
	char last = block->kind == BLOCK_CODE ? '\n' : ' ';
	const char *found;

	if (end - from <= FLOW_CHUNK + FLOW_CHUNK / 2)
		return end;
	found = memchr(document->text + at, last, end - at);
	if (!found)
		return end;
	return (uint32_t)(found + 1 - document->text);
}

static void make_boxes(struct flow *flow)
{
	const struct document *document = flow->document;
	uint32_t room = 0;

	for (uint32_t i = 1; i < document->block_count; i++) {
		const struct block *block = &document->blocks[i];
		uint32_t from = block->text, to;

		if (block->kind < BLOCK_PARAGRAPH && block->kind != BLOCK_ROW)
			continue;
		do {
			to = block->kind == BLOCK_ROW
				     ? block->text_end
				     : chunk_end(document, block, from);
			add_box(flow, &room,
				(struct flow_box){
					.block = i,
					.from = from,
					.to = to,
					.first = from == block->text,
					.last = to == block->text_end,
				});
			from = to;
		} while (from < block->text_end);
		if (block->kind == BLOCK_ROW)
			i = block->end - 1;
	}
	flow->sums = xcalloc(flow->count + 1, sizeof(*flow->sums));
}

struct flow *flow_create(const struct document *document, struct text *text,
			 const struct flow_handler *handler, void *user)
{
	struct flow *flow = xcalloc(1, sizeof(*flow));

	flow->document = document;
	flow->text = text;
	flow->handler = *handler;
	flow->user = user;
	make_boxes(flow);
	return flow;
}

static void layout_destroy(struct flow_layout *layout)
{
	if (!layout)
		return;
	free(layout->words);
	free(layout->pieces);
	free(layout->lines);
	free(layout);
}

void flow_destroy(struct flow *flow)
{
	if (!flow)
		return;
	for (uint32_t i = 0; i < flow->count; i++)
		layout_destroy(flow->boxes[i].layout);
	tables_forget(flow);
	free(flow->boxes);
	free(flow->sums);
	free(flow);
}

/* ---- heights ---- */

static int estimate(const struct flow *flow, uint32_t number)
{
	const struct flow_box *box = &flow->boxes[number];
	const struct block *block = &flow->document->blocks[box->block];
	int line = flow_line_height(flow, block);
	/* A character is about half as wide as a line of text is high; 0.3 of
	 * the height of the line. */
	int64_t per_line = flow->width / (line * 3 / 10 + 1) + 1;
	int64_t lines = (box->to - box->from) / per_line + 1;

	if (block->kind == BLOCK_RULE)
		return gap_above(flow, number) + flow_px(flow, RULE_HEIGHT);
	if (block->kind == BLOCK_CODE)
		lines = (box->to - box->from) / 40 + 1;
	return gap_above(flow, number) + (int)lines * line;
}

static void rebuild_sums(struct flow *flow)
{
	memset(flow->sums, 0, (flow->count + 1) * sizeof(*flow->sums));
	for (uint32_t i = 1; i <= flow->count; i++) {
		uint32_t up = i + (i & -i);

		flow->sums[i] += flow->boxes[i - 1].height;
		if (up <= flow->count)
			flow->sums[up] += flow->sums[i];
	}
}

static void set_height(struct flow *flow, uint32_t box, int height)
{
	int change = height - flow->boxes[box].height;

	flow->boxes[box].height = height;
	for (uint32_t i = box + 1; change && i <= flow->count; i += i & -i)
		flow->sums[i] += change;
}

int64_t flow_top(const struct flow *flow, uint32_t box)
{
	int64_t sum = 0;

	for (uint32_t i = box; i; i -= i & -i)
		sum += flow->sums[i];
	return sum;
}

int64_t flow_height(const struct flow *flow)
{
	return flow_top(flow, flow->count);
}

uint32_t flow_find(const struct flow *flow, int64_t y, int *offset)
{
	uint32_t at = 0, step = 1;

	while (step <= flow->count / 2)
		step *= 2;
	for (y = y < 0 ? 0 : y; step; step /= 2)
		if (at + step <= flow->count && flow->sums[at + step] <= y) {
			at += step;
			y -= flow->sums[at];
		}
	if (at >= flow->count) {
		*offset = flow->count ? flow->boxes[flow->count - 1].height : 0;
		return flow->count ? flow->count - 1 : 0;
	}
	*offset = (int)y;
	return at;
}

static uint32_t search(const struct flow *flow, uint32_t value, bool by_block)
{
	uint32_t low = 0, high = flow->count;

	/* the last one that doesn't begin behind it */
	while (high - low > 1) {
		uint32_t middle = low + (high - low) / 2;
		const struct flow_box *box = &flow->boxes[middle];

		if ((by_block ? box->block : box->from) <= value)
			low = middle;
		else
			high = middle;
	}
	return low;
}

uint32_t flow_box_of(const struct flow *flow, uint32_t text)
{
	return search(flow, text, false);
}

uint32_t flow_box_of_block(const struct flow *flow, uint32_t block)
{
	uint32_t box = search(flow, block, true);

	while (box && flow->boxes[box].block == flow->boxes[box - 1].block)
		box--;
	return box;
}

/* ---- layout ---- */

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
		       layout->words[end].at < block->text_end)
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
	    !flow->handler.picture(flow->user, address, &w, &h) || w <= 0 ||
	    h <= 0)
		return 0;
	w = flow_px(flow, w);
	h = flow_px(flow, h);
	if (w > room) {
		h = (int)((int64_t)h * room / w);
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
		return flow_px(flow, RULE_HEIGHT);
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
	layout->gap = gap_above(flow, number);
	layout->piece_count = layout->line_count = 0;
	height = row ? place_row(flow, box, layout, measured)
		     : place_leaf(flow, box, layout, measured);
	set_height(flow, number, layout->gap + height);
	return layout;
}

void flow_trim(struct flow *flow, uint32_t first, uint32_t end)
{
	for (uint32_t i = 0; i < flow->count; i++) {
		if (i == first)
			i = end;
		if (i >= flow->count)
			break;
		layout_destroy(flow->boxes[i].layout);
		flow->boxes[i].layout = NULL;
	}
}

bool flow_set_width(struct flow *flow, int width, int unit)
{
	bool same_unit = unit == flow->unit;

	width = width < 1 ? 1 : width;
	if (same_unit && width == flow->width)
		return false;
	flow->width = width;
	flow->unit = unit;
	tables_forget(flow);
	for (uint32_t i = 0; i < flow->count; i++) {
		struct flow_layout *layout = flow->boxes[i].layout;

		if (layout && same_unit) {
			layout->line_count = 0;
		} else if (layout) {
			layout_destroy(layout);
			flow->boxes[i].layout = NULL;
		}
		flow->boxes[i].height = estimate(flow, i);
	}
	rebuild_sums(flow);
	return true;
}

void flow_relayout(struct flow *flow)
{
	for (uint32_t i = 0; i < flow->count; i++)
		if (flow->boxes[i].layout)
			flow->boxes[i].layout->line_count = 0;
}
