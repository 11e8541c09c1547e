/*
 * Measured words become lines.
 */
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/utf8.h"
#include "flow_private.h"

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

/* Its pieces are complete. */
static void finish_line(struct wrapper *wrapper)
{
	struct flow_line *line = last_line(wrapper);
	int rest = wrapper->room - wrapper->pen;

	order_line(wrapper->layout, line);

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

/* The line becomes as high as the picture needs. */
static void add_picture(struct wrapper *wrapper, struct flow_piece piece)
{
	struct flow *flow = wrapper->flow;
	struct flow_line *line = last_line(wrapper);
	int w, h, more;

	if (picture_size(flow, piece.picture, piece.width / 64, &w, &h)) {
		more = picture_rise(flow, wrapper->block,
				    line->h - line->baseline, h) +
		       flow_px(flow, PICTURE_AIR) - line->baseline;
		if (more > 0) {
			line->h += more;
			line->baseline += more;
			wrapper->y += more;
		}
	}
	add_piece(wrapper, piece);
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

/* Lines of code end behind a blank, if that leaves them half a column. */
static void end_at_blank(const struct wrapper *wrapper, struct flow_piece *part)
{
	const struct flow *flow = wrapper->flow;
	const char *text = flow->document->text + part->at;
	uint32_t bytes = part->bytes;
	int width;

	while (bytes && text[bytes - 1] != ' ')
		bytes--;
	if (!bytes)
		return;
	width = text_width(flow->text, flow_style(flow, wrapper->block, 0),
			   text, bytes);
	if (width < wrapper->room / 2)
		return;
	part->bytes = bytes;
	part->width = width;
}

/* A piece that is wider than the column, over as many lines as it takes. */
static void add_long(struct wrapper *wrapper, struct flow_piece piece)
{
	while (piece.bytes) {
		struct flow_piece part = piece;

		part.bytes = fitting(wrapper, &piece,
				     wrapper->room - wrapper->pen, &part.width);
		if (part.bytes < piece.bytes &&
		    wrapper->block->kind == BLOCK_CODE)
			end_at_blank(wrapper, &part);
		if (part.level)
			part.width = text_width(
				wrapper->flow->text,
				flow_style(wrapper->flow, wrapper->block,
					   part.style),
				wrapper->flow->document->text + part.at,
				part.bytes);
		add_piece(wrapper, part);
		piece.at += part.bytes;
		piece.bytes -= part.bytes;
		if (piece.bytes) {
			finish_line(wrapper);
			open_line(wrapper, piece.at);
		}
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

/* Whether the text as a whole runs to the left: then nothing of it is on level
 * 0, where all of a text is that runs to the right. */
static bool is_rtl(const struct flow_layout *layout, uint32_t first,
		   uint32_t end)
{
	for (uint32_t i = first; i < end; i++)
		if (!layout->words[i].level)
			return false;
	return first < end;
}

static void add_word(struct wrapper *wrapper, const struct flow_word *word)
{
	struct flow_piece piece = {
		.at = word->at,
		.bytes = word->bytes,
		.width = word->width,
		.link = word->link,
		.picture = word->picture,
		.style = word->style,
		.level = word->level,
		.blank_level = word->blank_level,
	};

	if (word->picture) {
		if (piece.width > wrapper->room)
			piece.width = wrapper->room;
		add_picture(wrapper, piece);
	} else if (wrapper->pen + word->width > wrapper->room) {
		add_long(wrapper, piece);
	} else {
		add_piece(wrapper, piece);
	}
}

int wrap_words(struct flow *flow, struct flow_layout *layout,
	       const struct block *block, uint32_t first, uint32_t end,
	       struct wrap wrap)
{
	struct wrapper wrapper = {
		.flow = flow, .layout = layout, .block = block, .wrap = wrap
	};
	uint32_t next;

	if (wrap.align == CELL_DEFAULT && is_rtl(layout, first, end)) {
		wrapper.wrap.align = CELL_RIGHT;
		layout->rtl = block->kind != BLOCK_CELL;
		if (layout->rtl)
			wrapper.wrap.x = flow->width - wrap.x - wrap.width;
	}
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
			finish_line(&wrapper);
			open_line(&wrapper, word->at);
		} else if (!empty) {
			wrapper.pen += word->blank;
		}
		for (uint32_t j = i; j < next; j++)
			add_word(&wrapper, &layout->words[j]);
	}
	finish_line(&wrapper);
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
