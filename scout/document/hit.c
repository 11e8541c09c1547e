/*
 * Between points and places of the text.
 */
#include "base/utf8.h"
#include "flow_private.h"

static const struct block *leaf_of(const struct flow *flow, uint32_t box,
				   uint32_t text)
{
	const struct block *blocks = flow->document->blocks;
	uint32_t block = flow->boxes[box].block;

	if (blocks[block].kind != BLOCK_ROW)
		return &blocks[block];
	for (uint32_t cell = block + 1; cell < blocks[block].end;
	     cell = blocks[cell].end)
		if (text < blocks[cell].text_end)
			return &blocks[cell];
	return &blocks[block];
}

static const struct flow_line *line_at(const struct flow_layout *layout, int x,
				       int y)
{
	const struct flow_line *best = NULL;
	int best_distance = 0;

	for (uint32_t i = 0; i < layout->line_count; i++) {
		const struct flow_line *line = &layout->lines[i];
		int dy = y < line->y              ? line->y - y
			 : y >= line->y + line->h ? y - line->y - line->h + 1
						  : 0;
		int dx = x < line->x             ? line->x - x
			 : x > line->x + line->w ? x - line->x - line->w
						 : 0;
		int distance = dx + dy * 4;

		if (!best || distance < best_distance) {
			best = line;
			best_distance = distance;
		}
	}
	return best;
}

/* The place in a piece nearest to x (26.6 from its left). */
static uint32_t place_in(struct flow *flow, uint32_t box,
			 const struct flow_piece *piece, int x)
{
	const char *text = flow->document->text + piece->at;
	struct text_style style = flow_style(
		flow, leaf_of(flow, box, piece->at), piece->style);
	uint32_t at = 0;
	int before = 0;

	while (at < piece->bytes) {
		size_t step = utf8_decode(text + at, piece->bytes - at, NULL);
		int after;

		step = step ? step : 1;
		after = text_width(flow->text, style, text, at + step);
		if (x < (before + after) / 2)
			break;
		before = after;
		at += (uint32_t)step;
	}
	return piece->at + at;
}

uint32_t flow_hit(struct flow *flow, uint32_t box, int x, int y, uint32_t *link)
{
	const struct flow_layout *layout = flow_layout(flow, box);
	const struct flow_line *line = line_at(layout, x, y);
	const struct flow_piece *before = NULL;
	bool inside;

	*link = 0;
	if (!line)
		return flow->boxes[box].from;
	inside = y >= line->y && y < line->y + line->h;
	for (uint32_t i = line->first; i < line->end; i++) {
		const struct flow_piece *piece = &layout->pieces[i];

		if (x * 64 < piece->x) {
			/* The blank between two words of a link is its part. */
			if (inside && before && before->link == piece->link)
				*link = piece->link;
			return before ? before->at + before->bytes : piece->at;
		}
		if (x * 64 < piece->x + piece->width) {
			if (inside)
				*link = piece->link;
			return place_in(flow, box, piece, x * 64 - piece->x);
		}
		before = piece;
	}
	return line->text_end;
}

static int x_of(struct flow *flow, uint32_t box, const struct flow_piece *piece,
		uint32_t text)
{
	struct text_style style;

	if (text <= piece->at)
		return piece->x;
	if (text >= piece->at + piece->bytes)
		return piece->x + piece->width;
	style = flow_style(flow, leaf_of(flow, box, piece->at), piece->style);
	return piece->x + text_width(flow->text, style,
				     flow->document->text + piece->at,
				     text - piece->at);
}

bool flow_extent(struct flow *flow, uint32_t box, const struct flow_line *line,
		 uint32_t from, uint32_t to, int *x, int *w)
{
	const struct flow_layout *layout = flow->boxes[box].layout;
	int left = 0, right = 0;
	bool any = false;

	if (from >= line->text_end || to <= line->text)
		return false;
	for (uint32_t i = line->first; i < line->end; i++) {
		const struct flow_piece *piece = &layout->pieces[i];

		if (from >= piece->at + piece->bytes || to <= piece->at)
			continue;
		if (!any)
			left = x_of(flow, box, piece, from);
		right = x_of(flow, box, piece, to);
		any = true;
	}
	if (!any)
		return false;
	*x = left / 64;
	*w = (right + 63) / 64 - *x;
	return true;
}
