/*
 * The words of a block, measured once.
 */
#include <stdlib.h>

#include "base/alloc.h"
#include "base/utf8.h"
#include "flow_private.h"

enum { WORD_BYTES_MAX = 512 };

struct reader {
	struct flow *flow;
	struct flow_layout *layout;
	const struct block *block;
	uint32_t from, to;
	unsigned depth[INLINE_END]; /* how often each kind is open */
	uint32_t link;
	bool blank, newline; /* before the next word */
	bool any; /* some word came already */
	uint8_t style_of_blank;
	struct text_breaks breaks;
};

static uint8_t run_style(const struct reader *reader)
{
	const unsigned *depth = reader->depth;

	return (uint8_t)((depth[INLINE_STRONG] ? RUN_STRONG : 0) |
			 (depth[INLINE_EMPHASIS] ? RUN_EMPHASIS : 0) |
			 (depth[INLINE_STRUCK] ? RUN_STRUCK : 0) |
			 (depth[INLINE_CODE] ? RUN_CODE : 0) |
			 (depth[INLINE_IMAGE] ? RUN_ALT : 0));
}

static int width_of(const struct reader *reader, unsigned style, uint32_t at,
		    size_t bytes)
{
	const struct flow *flow = reader->flow;

	return text_width(flow->text, flow_style(flow, reader->block, style),
			  flow->document->text + at, bytes);
}

static void add_word(struct reader *reader, uint32_t at, uint32_t bytes,
		     bool may_break)
{
	struct flow_layout *layout = reader->layout;
	uint8_t style = run_style(reader);
	struct flow_word *word;

	if (layout->word_count == layout->word_room) {
		layout->word_room = layout->word_room * 2 + 16;
		layout->words = xreallocarray(layout->words, layout->word_room,
					      sizeof(*layout->words));
	}
	word = &layout->words[layout->word_count++];
	*word = (struct flow_word){
		.at = at,
		.bytes = bytes,
		.width = width_of(reader, style, at, bytes),
		.link = reader->link,
		.style = style,
		.glued = reader->any && !reader->blank && !may_break,
		.newline = reader->newline,
	};
	if (reader->blank && reader->any && !reader->newline)
		word->blank = text_width(
			reader->flow->text,
			flow_style(reader->flow, reader->block,
				   style & reader->style_of_blank),
			" ", 1);
	reader->any = true;
	reader->blank = reader->newline = false;
}

/* Characters of the text come in order, so the walk over them is at `at`. */
static bool may_break_at(struct reader *reader, uint32_t at)
{
	enum text_break kind = TEXT_BREAK_NOT;
	size_t place = 0;

	while (text_breaks_next(&reader->breaks, &place, &kind) &&
	       reader->from + place < at)
		;
	return kind != TEXT_BREAK_NOT;
}

static void add_text(struct reader *reader, uint32_t at, uint32_t end)
{
	const char *text = reader->flow->document->text;
	uint32_t begin = at;
	bool begin_may_break = false;

	while (at < end) {
		size_t step = utf8_decode(text + at, end - at, NULL);
		bool may_break = may_break_at(reader, at);

		if (text[at] == ' ' || text[at] == '\t' || text[at] == '\n') {
			if (at > begin)
				add_word(reader, begin, at - begin,
					 begin_may_break);
			reader->blank = true;
			reader->newline |= text[at] == '\n';
			reader->style_of_blank = run_style(reader);
			begin = at += 1;
			continue;
		}
		if (at > begin && (may_break || at - begin > WORD_BYTES_MAX)) {
			add_word(reader, begin, at - begin, begin_may_break);
			begin = at;
		}
		if (at == begin)
			begin_may_break = may_break;
		at += step ? (uint32_t)step : 1;
	}
	if (at > begin)
		add_word(reader, begin, at - begin, begin_may_break);
}

static void read_item(struct reader *reader, uint32_t number)
{
	const struct inline_item *item = &reader->flow->document->items[number];
	uint32_t at = item->at, end = at + item->value;

	switch (item->kind) {
	case INLINE_TEXT:
	case INLINE_SOFT_BREAK:
	case INLINE_BREAK:
		at = at < reader->from ? reader->from : at;
		end = end > reader->to ? reader->to : end;
		if (at < end)
			add_text(reader, at, end);
		break;
	case INLINE_END:
		reader->depth[item->ends]--;
		if (item->ends == INLINE_LINK)
			reader->link = 0;
		break;
	default:
		reader->depth[item->kind]++;
		if (item->kind == INLINE_LINK)
			reader->link = number + 1;
	}
}

void words_add(struct flow *flow, struct flow_layout *layout,
	       const struct block *block, uint32_t from, uint32_t to)
{
	struct reader reader = {
		.flow = flow,
		.layout = layout,
		.block = block,
		.from = from,
		.to = to,
	};

	text_breaks_begin(&reader.breaks, flow->document->text + from,
			  to - from);
	for (uint32_t i = block->item; i < block->item_end; i++) {
		if (flow->document->items[i].at >= to && to > from)
			break;
		read_item(&reader, i);
	}
}

void words_measure(struct flow *flow, const struct block *block, int *line,
		   int *word)
{
	struct flow_layout layout = { .gap = 0 };
	uint32_t to = block->text_end;
	int all = 0, most = 0, group = 0;

	if (to - block->text > FLOW_CHUNK)
		to = block->text + FLOW_CHUNK;
	words_add(flow, &layout, block, block->text, to);
	for (uint32_t i = 0; i < layout.word_count; i++) {
		const struct flow_word *w = &layout.words[i];

		all += w->blank + w->width;
		group = (w->glued ? group : 0) + w->width;
		most = group > most ? group : most;
	}
	free(layout.words);
	*line = (all + 63) / 64;
	*word = (most + 63) / 64;
}
