/*
 * The words of a block, measured once.
 */
#include <limits.h>
#include <stdlib.h>

#include "base/alloc.h"
#include "base/utf8.h"
#include "flow_private.h"

enum {
	WORD_BYTES_MAX = 512,
	PICTURE_MAX = 1 << 14, /* pixels, before it is made to fit */
};

struct reader {
	struct flow *flow;
	struct flow_layout *layout;
	const struct block *block;
	uint32_t from, to;
	unsigned depth[INLINE_END]; /* how often each kind is open */
	uint32_t link;
	bool blank, newline; /* before the next word */
	bool any; /* some word came already */
	bool pictures; /* stand in lines */
	uint8_t *levels; /* of the text from `from` on; NULL: all 0 */
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

static uint8_t level_at(const struct reader *reader, uint32_t at)
{
	return reader->levels ? reader->levels[at - reader->from] : 0;
}

static int width_of(const struct reader *reader, unsigned style, uint32_t at,
		    size_t bytes)
{
	const struct flow *flow = reader->flow;

	return text_width(flow->text, flow_style(flow, reader->block, style),
			  flow->document->text + at, bytes);
}

static struct flow_word *new_word(struct reader *reader, uint32_t at,
				  uint32_t bytes, bool may_break)
{
	struct flow_layout *layout = reader->layout;
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
		.link = reader->link,
		.style = run_style(reader),
		.glued = reader->any && !reader->blank && !may_break,
		.newline = reader->newline,
	};
	if (at < reader->to)
		word->level = level_at(reader, at);
	if (word->level & 1)
		word->style |= RUN_RTL;
	if (reader->blank && reader->any && !reader->newline) {
		word->blank_level = level_at(reader, at - 1);
		word->blank = text_width(
			reader->flow->text,
			flow_style(reader->flow, reader->block,
				   word->style & reader->style_of_blank),
			" ", 1);
	}
	reader->any = true;
	reader->blank = reader->newline = false;
	return word;
}

static void add_word(struct reader *reader, uint32_t at, uint32_t bytes,
		     bool may_break)
{
	struct flow_word *word = new_word(reader, at, bytes, may_break);

	word->width = width_of(reader, word->style, at, bytes);
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
		if (at > begin &&
		    (may_break || at - begin > WORD_BYTES_MAX ||
		     level_at(reader, at) != level_at(reader, begin))) {
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

/* The end of the picture that begins there. */
static uint32_t picture_end(const struct document *document, uint32_t number)
{
	unsigned depth = 0;

	for (; number + 1 < document->item_count; number++) {
		const struct inline_item *item = &document->items[number];

		if (item->kind == INLINE_IMAGE)
			depth++;
		else if (item->kind == INLINE_END &&
			 item->ends == INLINE_IMAGE && --depth == 0)
			break;
	}
	return number;
}

/* A picture instead of its words; the item behind it, or the same when it
 * can't be shown. */
static uint32_t read_picture(struct reader *reader, uint32_t number)
{
	const struct document *document = reader->flow->document;
	uint32_t at = document->items[number].at;
	uint32_t end = picture_end(document, number);
	struct flow_word *word;
	int w, h;

	reader->layout->has_pictures = true;
	if (at < reader->from ||
	    !picture_size(reader->flow, number + 1, INT_MAX, &w, &h))
		return number;
	word = new_word(reader, at, document->items[end].at - at, true);
	word->picture = number + 1;
	word->width = w < PICTURE_MAX ? w * 64 : PICTURE_MAX * 64;
	return end + 1;
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

	const char *text = flow->document->text + from;
	uint32_t figure;

	reader.pictures = flow->handler.picture &&
			  !flow_is_figure(flow->document, block, &figure);
	reader.levels = text_levels(flow->text, text, to - from);
	text_breaks_begin(&reader.breaks, text, to - from);
	for (uint32_t i = block->item, next; i < block->item_end; i = next) {
		const struct inline_item *item = &flow->document->items[i];

		next = i;
		if (item->at >= to && to < block->text_end)
			break;
		if (item->kind == INLINE_IMAGE && reader.pictures)
			next = read_picture(&reader, i);
		if (next == i)
			read_item(&reader, next++);
	}
	free(reader.levels);
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
		most = group > most && !w->picture ? group : most;
	}
	free(layout.words);
	*line = (all + 63) / 64;
	*word = (most + 63) / 64;
}
