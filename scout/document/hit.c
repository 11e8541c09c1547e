/*
 * Between points and places of the text.
 */
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

const struct block *flow_leaf(const struct flow *flow, uint32_t box,
			      const struct flow_line *line)
{
	return leaf_of(flow, box, line->text);
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

static struct text_style style_of(const struct flow *flow, uint32_t box,
				  const struct flow_piece *piece)
{
	return flow_style(flow, leaf_of(flow, box, piece->at), piece->style);
}

/* The place in a piece nearest to x (26.6 from its left). */
static uint32_t place_in(struct flow *flow, uint32_t box,
			 const struct flow_piece *piece, int x)
{
	const char *text = flow->document->text + piece->at;

	if (piece->picture)
		return piece->at + (x < piece->width / 2 ? 0 : piece->bytes);
	return piece->at + (uint32_t)text_hit(flow->text,
					      style_of(flow, box, piece), text,
					      piece->bytes, x);
}

/* How far x (26.6) is from a piece. */
static int distance(const struct flow_piece *piece, int x)
{
	int right = piece->x + piece->width;

	return x < piece->x ? piece->x - x : x >= right ? x - right + 1 : 0;
}

uint32_t flow_hit(struct flow *flow, uint32_t box, int x, int y, uint32_t *link)
{
	const struct flow_layout *layout = flow_layout(flow, box);
	const struct flow_line *line = line_at(layout, x, y);
	const struct flow_piece *best = NULL;

	*link = 0;
	if (!line)
		return flow->boxes[box].from;
	if (line->first == line->end)
		return line->text_end;
	for (uint32_t i = line->first; i < line->end; i++) {
		const struct flow_piece *piece = &layout->pieces[i];

		/* The blank between two words of a link is its part. */
		if (distance(piece, x * 64) == 0 ||
		    (i > line->first && x * 64 < piece->x &&
		     x * 64 >= piece[-1].x && piece[-1].link == piece->link))
			*link = piece->link;
		if (!best || distance(piece, x * 64) < distance(best, x * 64))
			best = piece;
	}
	if (y < line->y || y >= line->y + line->h)
		*link = 0;
	return place_in(flow, box, best, x * 64 - best->x);
}

/* ---- from places to points ---- */

/* What of a piece [from, to) takes, 26.6 from its left. */
static size_t spans_of(struct flow *flow, uint32_t box,
		       const struct flow_piece *piece, uint32_t from,
		       uint32_t to, struct text_span spans[TEXT_SPANS_MAX])
{
	uint32_t end = piece->at + piece->bytes;

	if (from >= end || to <= piece->at)
		return 0;
	if (piece->picture || (from <= piece->at && to >= end)) {
		spans[0] = (struct text_span){ 0, piece->width };
		return 1;
	}
	return text_spans(flow->text, style_of(flow, box, piece),
			  flow->document->text + piece->at, piece->bytes,
			  from > piece->at ? from - piece->at : 0,
			  to < end ? to - piece->at : piece->bytes, spans);
}

/* The blank between two pieces, as they are written, is in [from, to). */
static bool has_blank(const struct flow_piece *a, const struct flow_piece *b,
		      uint32_t from, uint32_t to)
{
	const struct flow_piece *first = a->at < b->at ? a : b;
	const struct flow_piece *second = a->at < b->at ? b : a;

	return from <= first->at + first->bytes && to >= second->at;
}

unsigned flow_extents(struct flow *flow, uint32_t box,
		      const struct flow_line *line, uint32_t from, uint32_t to,
		      struct flow_extent extents[FLOW_EXTENTS_MAX])
{
	const struct flow_layout *layout = flow->boxes[box].layout;
	unsigned count = 0;
	int end = 0; /* 26.6, of the last one */

	for (uint32_t i = line->first; i < line->end; i++) {
		const struct flow_piece *piece = &layout->pieces[i];
		struct text_span spans[TEXT_SPANS_MAX];
		size_t n = spans_of(flow, box, piece, from, to, spans);

		for (size_t j = 0; j < n; j++) {
			int left = piece->x + spans[j].left;
			int right = piece->x + spans[j].right;
			bool joined = count && i > line->first &&
				      left == piece->x &&
				      end == piece[-1].x + piece[-1].width &&
				      has_blank(&piece[-1], piece, from, to);

			if (!joined && count == FLOW_EXTENTS_MAX)
				return count;
			if (!joined)
				extents[count++].x = left / 64;
			extents[count - 1].w = (right + 63) / 64 -
					       extents[count - 1].x;
			end = right;
		}
	}
	return count;
}
