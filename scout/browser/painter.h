/*
 * painter: one box of a document on its way to the screen.
 */
#ifndef SCOUT_BROWSER_PAINTER_H
#define SCOUT_BROWSER_PAINTER_H

#include "page_private.h"

struct painter {
	struct page *page;
	struct flow *flow;
	struct gfx *gfx;
	uint32_t number;
	const struct flow_box *box;
	const struct block *block;
	const struct flow_layout *layout;
	int x, y; /* of the box, in the page */
	int w; /* of the column */
};

static inline int painter_px(const struct painter *painter, int logical)
{
	return flow_px(painter->flow, logical);
}

/* x is 26.6, y the baseline; coordinates of the page. */
void painter_text(const struct painter *painter, struct text_style style, int x,
		  int y, const char *string, size_t bytes, uint32_t color);

/* The picture of a box that is a figure. */
void paint_picture(const struct painter *painter, uint32_t target);

/* Behind the words: what is selected or found. */
void paint_highlights(const struct painter *painter);
void paint_lines(const struct painter *painter);

#endif
