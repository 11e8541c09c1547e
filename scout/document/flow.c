/*
 * Boxes: which there are, how high they are, where they stand.
 */
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "flow_private.h"

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
		return flow_gap_above(flow, number) +
		       flow_px(flow, FLOW_RULE_HEIGHT);
	if (block->kind == BLOCK_CODE)
		lines = (box->to - box->from) / 40 + 1;
	return flow_gap_above(flow, number) + (int)lines * line;
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

void flow_set_height(struct flow *flow, uint32_t box, int height)
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

/* ---- other sizes ---- */

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
	tables_forget(flow);
	for (uint32_t i = 0; i < flow->count; i++) {
		struct flow_box *box = &flow->boxes[i];

		if (!box->layout)
			continue;
		box->layout->line_count = 0;
		if (box->layout->has_pictures) {
			layout_destroy(box->layout);
			box->layout = NULL;
		}
	}
}
