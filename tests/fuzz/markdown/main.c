/*
 * Any bytes as a document: parsed, laid out at two widths, hit, searched for
 * anchors, printed.
 */
#include <stdio.h>
#include <stdlib.h>

#include "scout/document/flow.h"

enum { BOXES_MAX = 64 };

static struct text *text;

static bool picture(void *user, const char *address, bool in_line, int *w,
		    int *h)
{
	(void)user;
	(void)in_line;
	*w = address[0] == 'p' ? 3000 : 12;
	*h = 10;
	return address[0] == 'p' || address[0] == 'q';
}

static void check_tree(const struct document *document)
{
	for (uint32_t i = 0; i < document->block_count; i++) {
		const struct block *block = &document->blocks[i];

		if (block->end <= i || block->end > document->block_count ||
		    block->item > block->item_end ||
		    block->item_end > document->item_count ||
		    block->text > block->text_end ||
		    block->text_end > document->text_bytes ||
		    (i && (block->parent >= i ||
			   block->end > document->blocks[block->parent].end)))
			abort();
	}
	for (size_t i = 0; i < document->item_count; i++)
		if (document->items[i].at > document->text_bytes)
			abort();
}

static void check_lines(struct flow *flow, uint32_t box)
{
	const struct flow_layout *layout = flow_layout(flow, box);
	uint32_t link;

	for (uint32_t i = 0; i < layout->line_count; i++) {
		const struct flow_line *line = &layout->lines[i];
		struct flow_extent extents[FLOW_EXTENTS_MAX];

		if (line->first > line->end ||
		    line->end > layout->piece_count ||
		    line->text_end > flow->document->text_bytes)
			abort();
		flow_extents(flow, box, line, line->text, line->text_end,
			     extents);
		for (uint32_t j = line->first; j < line->end; j++)
			if (layout->pieces[j].at + layout->pieces[j].bytes >
			    flow->document->text_bytes)
				abort();
		if (flow_hit(flow, box, 20 * (int)i, line->y, &link) >
		    flow->document->text_bytes)
			abort();
		if (link > flow->document->item_count)
			abort();
	}
}

static void walk(struct flow *flow)
{
	int64_t sum = 0;
	int offset;

	for (uint32_t i = 0; i < flow->count && i < BOXES_MAX; i++)
		check_lines(flow, i);
	for (uint32_t i = 0; i < flow->count; i++) {
		if (flow_top(flow, i) != sum)
			abort();
		sum += flow->boxes[i].height;
	}
	if (flow_height(flow) != sum)
		abort();
	if (flow->count && flow_find(flow, sum / 2, &offset) >= flow->count)
		abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static const struct flow_handler handler = { picture };
	struct document *document;
	struct flow *flow;
	FILE *null;

	if (!text)
		text = text_create();
	document = document_parse((const char *)data, size,
				  size && data[0] & 1 ? DOCUMENT_PLAIN : 0);
	if (!document)
		return 0;
	check_tree(document);
	flow = flow_create(document, text, &handler, NULL);
	flow_set_width(flow, 400, 100);
	walk(flow);
	flow_set_width(flow, 60, 100);
	walk(flow);
	flow_relayout(flow);
	walk(flow);
	flow_trim(flow, 1, 2);
	flow_set_width(flow, 60, 150);
	walk(flow);
	flow_destroy(flow);
	free(document_title(document));
	document_find_anchor(document, "a-1");
	null = fopen("/dev/null", "w");
	if (null) {
		document_print_html(document, null);
		fclose(null);
	}
	document_destroy(document);
	return 0;
}
