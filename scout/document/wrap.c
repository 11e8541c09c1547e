/*
 * Words, measured once, become lines.
 */
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/utf8.h"
#include "flow_private.h"

enum { WORD_BYTES_MAX = 512 };

/* ---- words ---- */

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

/* ---- lines ---- */

struct wrapper {
	struct flow *flow;
	struct flow_layout *layout;
	const struct block *block;
	struct wrap wrap;
	int room; /* 26.6 */
	int pen; /* 26.6, in the column */
	int y;
	int baseline; /* in a line */
};

static struct flow_line *open_line(struct wrapper *wrapper, uint32_t text)
{
	struct flow_layout *layout = wrapper->layout;
	struct flow_line *line;

	if (layout->line_count == layout->line_room) {
		layout->line_room = layout->line_room * 2 + 8;
		layout->lines = xreallocarray(layout->lines, layout->line_room,
					      sizeof(*layout->lines));
	}
	line = &layout->lines[layout->line_count++];
	*line = (struct flow_line){
		.y = wrapper->y,
		.h = wrapper->wrap.line_height,
		.baseline = wrapper->baseline,
		.x = wrapper->wrap.x,
		.w = wrapper->wrap.width,
		.first = layout->piece_count,
		.end = layout->piece_count,
		.text = text,
		.text_end = text,
	};
	wrapper->y += line->h;
	wrapper->pen = 0;
	return line;
}

static struct flow_line *last_line(struct wrapper *wrapper)
{
	return &wrapper->layout->lines[wrapper->layout->line_count - 1];
}

static void align_line(struct wrapper *wrapper)
{
	struct flow_line *line = last_line(wrapper);
	int rest = wrapper->room - wrapper->pen;

	if (wrapper->wrap.align == CELL_CENTER)
		rest /= 2;
	else if (wrapper->wrap.align != CELL_RIGHT)
		return;
	for (uint32_t i = line->first; rest > 0 && i < line->end; i++)
		wrapper->layout->pieces[i].x += rest;
}

static void add_piece(struct wrapper *wrapper, struct flow_piece piece)
{
	struct flow_layout *layout = wrapper->layout;
	struct flow_line *line = last_line(wrapper);

	if (layout->piece_count == layout->piece_room) {
		layout->piece_room = layout->piece_room * 2 + 32;
		layout->pieces = xreallocarray(layout->pieces,
					       layout->piece_room,
					       sizeof(*layout->pieces));
	}
	piece.x = wrapper->wrap.x * 64 + wrapper->pen;
	wrapper->pen += piece.width;
	layout->pieces[layout->piece_count++] = piece;
	line->end = layout->piece_count;
	line->text_end = piece.at + piece.bytes;
}

/* Bytes that fit into `width`, at least one character. */
static uint32_t fitting(const struct wrapper *wrapper,
			const struct flow_piece *piece, int width, int *taken)
{
	const struct flow *flow = wrapper->flow;
	const char *text = flow->document->text + piece->at;
	struct text_style style = flow_style(flow, wrapper->block,
					     piece->style);
	uint32_t bytes = 0;

	*taken = 0;
	while (bytes < piece->bytes) {
		size_t step = utf8_decode(text + bytes, piece->bytes - bytes,
					  NULL);
		int w = text_width(flow->text, style, text + bytes,
				   step ? step : 1);

		if (bytes && *taken + w > width)
			break;
		bytes += step ? (uint32_t)step : 1;
		*taken += w;
	}
	return bytes;
}

/* A piece that is wider than the column, over as many lines as it takes. */
static void add_long(struct wrapper *wrapper, struct flow_piece piece)
{
	while (piece.bytes) {
		struct flow_piece part = piece;

		part.bytes = fitting(wrapper, &piece,
				     wrapper->room - wrapper->pen, &part.width);
		add_piece(wrapper, part);
		piece.at += part.bytes;
		piece.bytes -= part.bytes;
		if (piece.bytes)
			open_line(wrapper, piece.at);
	}
}

static int begin_wrap(struct wrapper *wrapper)
{
	struct flow *flow = wrapper->flow;
	struct text_metrics metrics = text_metrics(
		flow->text, flow_style(flow, wrapper->block, 0));

	wrapper->y = wrapper->wrap.y;
	wrapper->room = wrapper->wrap.width * 64;
	return (wrapper->wrap.line_height + metrics.cap + 1) / 2;
}

static int group_width(const struct flow_layout *layout, uint32_t first,
		       uint32_t end, uint32_t *next)
{
	int width = layout->words[first].width;

	for (*next = first + 1; *next < end && layout->words[*next].glued &&
				!layout->words[*next].newline;
	     ++*next)
		width += layout->words[*next].width;
	return width;
}

int wrap_words(struct flow *flow, struct flow_layout *layout,
	       const struct block *block, uint32_t first, uint32_t end,
	       struct wrap wrap)
{
	struct wrapper wrapper = {
		.flow = flow, .layout = layout, .block = block, .wrap = wrap
	};
	uint32_t next;

	wrapper.baseline = begin_wrap(&wrapper);
	open_line(&wrapper,
		  first < end ? layout->words[first].at : block->text);
	for (uint32_t i = first; i < end; i = next) {
		const struct flow_word *word = &layout->words[i];
		int width = group_width(layout, i, end, &next);
		bool empty = last_line(&wrapper)->end ==
			     last_line(&wrapper)->first;

		if ((word->newline && i > first) ||
		    (!empty &&
		     wrapper.pen + word->blank + width > wrapper.room)) {
			align_line(&wrapper);
			open_line(&wrapper, word->at);
		} else if (!empty) {
			wrapper.pen += word->blank;
		}
		for (uint32_t j = i; j < next; j++) {
			const struct flow_word *w = &layout->words[j];
			struct flow_piece piece = {
				.at = w->at,
				.bytes = w->bytes,
				.width = w->width,
				.link = w->link,
				.style = w->style,
			};

			if (wrapper.pen + w->width > wrapper.room)
				add_long(&wrapper, piece);
			else
				add_piece(&wrapper, piece);
		}
	}
	align_line(&wrapper);
	return wrapper.y - wrap.y;
}

int wrap_code(struct flow *flow, struct flow_layout *layout,
	      const struct block *block, uint32_t from, uint32_t to,
	      struct wrap wrap)
{
	struct wrapper wrapper = {
		.flow = flow, .layout = layout, .block = block, .wrap = wrap
	};
	const char *text = flow->document->text;
	struct text_style style = flow_style(flow, block, 0);

	wrapper.baseline = begin_wrap(&wrapper);
	while (from < to) {
		const char *newline = memchr(text + from, '\n', to - from);
		uint32_t end = newline ? (uint32_t)(newline - text) : to;
		struct flow_piece piece = { .at = from, .bytes = end - from };

		open_line(&wrapper, from);
		piece.width = text_width(flow->text, style, text + from,
					 piece.bytes);
		if (piece.width > wrapper.room)
			add_long(&wrapper, piece);
		else if (piece.bytes)
			add_piece(&wrapper, piece);
		from = newline ? end + 1 : end;
	}
	return wrapper.y - wrap.y;
}
