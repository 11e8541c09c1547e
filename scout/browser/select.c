/*
 * What of a page is selected, and its words.
 */
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "page_private.h"

bool page_selection(const struct page *page, uint32_t *from, uint32_t *to)
{
	bool forward = page->anchor < page->caret;

	*from = forward ? page->anchor : page->caret;
	*to = forward ? page->caret : page->anchor;
	return *from < *to;
}

void page_select(struct page *page, uint32_t from, uint32_t to)
{
	page->anchor = from;
	page->caret = to;
	widget_damage(&page->widget);
}

void page_select_all(struct page *page)
{
	if (page->document)
		page_select(page, 0, (uint32_t)page->document->text_bytes);
}

static bool ends_word(char c)
{
	return !(c & 0x80) && strchr(" \n\t.,;:!?()[]\"'", c);
}

void page_select_word(struct page *page)
{
	const struct document *document = page->document;
	uint32_t from = page->caret, to = page->caret;

	while (from && !ends_word(document->text[from - 1]))
		from--;
	while (to < document->text_bytes && !ends_word(document->text[to]))
		to++;
	page_select(page, from, to);
}

void page_select_block(struct page *page)
{
	uint32_t box = flow_box_of(page->flow, page->caret);

	page_select(page, page->flow->boxes[box].from,
		    page->flow->boxes[box].to);
}

static const char *joint(const struct page *page, const struct flow_box *box)
{
	const struct block *block = &page->document->blocks[box->block];

	if (!box->last)
		return "";
	if (block->kind == BLOCK_ROW || block->kind == BLOCK_CODE ||
	    (block->kind == BLOCK_PARAGRAPH && block->tight))
		return "\n";
	return "\n\n";
}

/* A row's cells are told apart by tabs. */
static void print_part(FILE *file, const struct page *page,
		       const struct flow_box *box, uint32_t from, uint32_t to)
{
	const struct block *blocks = page->document->blocks;
	const char *text = page->document->text;

	if (blocks[box->block].kind != BLOCK_ROW) {
		fwrite(text + from, 1, to - from, file);
		return;
	}
	for (uint32_t cell = box->block + 1; cell < blocks[box->block].end;
	     cell = blocks[cell].end) {
		uint32_t a = blocks[cell].text, b = blocks[cell].text_end;

		a = a < from ? from : a;
		b = b > to ? to : b;
		if (a < b)
			fwrite(text + a, 1, b - a, file);
		if (b < to)
			fputc('\t', file);
	}
}

char *page_words(const struct page *page, uint32_t from, uint32_t to)
{
	const struct flow *flow = page->flow;
	char *words = NULL;
	size_t bytes = 0;
	FILE *file = open_memstream(&words, &bytes);

	if (!file)
		return NULL;
	for (uint32_t i = flow_box_of(flow, from); i < flow->count; i++) {
		const struct flow_box *box = &flow->boxes[i];
		uint32_t a = box->from < from ? from : box->from;
		uint32_t b = box->to > to ? to : box->to;

		if (box->from >= to)
			break;
		if (a < b)
			print_part(file, page, box, a, b);
		if (box->to < to && box->to > from)
			fputs(joint(page, box), file);
	}
	if (fclose(file)) {
		free(words);
		return NULL;
	}
	return words;
}
