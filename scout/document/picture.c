/*
 * Pictures that stand in lines of words.
 */
#include "flow_private.h"

static const char *address_of(const struct flow *flow, uint32_t picture)
{
	const struct document *document = flow->document;
	uint32_t target = document->items[picture - 1].value;

	return document_string(document, document->targets[target].address);
}

bool picture_size(struct flow *flow, uint32_t picture, int room, int *w, int *h)
{
	if (!flow->handler.picture(flow->user, address_of(flow, picture), true,
				   w, h) ||
	    *w <= 0 || *h <= 0)
		return false;
	*w = flow_px(flow, *w);
	*h = flow_px(flow, *h);
	if (*w > room) {
		*h = (int)(((int64_t)*h * room + *w / 2) / *w);
		*w = room;
	}
	*w = *w > 0 ? *w : 1;
	*h = *h > 0 ? *h : 1;
	return true;
}

int picture_rise(const struct flow *flow, const struct block *leaf, int below,
		 int height)
{
	int cap = text_metrics(flow->text, flow_style(flow, leaf, 0)).cap;
	int drop = (height - cap) / 2, air = flow_px(flow, PICTURE_AIR);

	/* In the middle of capitals, or down to the line's end. */
	drop = drop > below - air ? below - air : drop;
	return height - (drop > 0 ? drop : 0);
}

const char *flow_picture(struct flow *flow, const struct block *leaf,
			 const struct flow_line *line,
			 const struct flow_piece *piece, struct rect *r)
{
	int w = piece->width / 64, h;

	*r = (struct rect){ 0 };
	if (picture_size(flow, piece->picture, w, &w, &h)) {
		int rise = picture_rise(flow, leaf, line->h - line->baseline,
					h);

		*r = (struct rect){ piece->x / 64,
				    line->y + line->baseline - rise, w, h };
	}
	return address_of(flow, piece->picture);
}
