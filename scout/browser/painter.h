/*
 * painter: one box of a document on its way to the screen.
 */
#ifndef SCOUT_BROWSER_PAINTER_H
#define SCOUT_BROWSER_PAINTER_H

#include "page_private.h"

/* What lies between the ground and words, of 255. */
enum {
	SELECTED_ALPHA = 70, /* of the link's colour */
	LIGHT_ALPHA = 170, /* of the card's, under a hovered link */
	FOUND_ALPHA = 70, /* of the warning's colour */
	FOUND_NOW_ALPHA = 170,
	FOUND_DARK_ALPHA = 45, /* the same on dark grounds */
	FOUND_NOW_DARK_ALPHA = 100,
	CODE_ALPHA = 165, /* of the card's colour */
	CODE_DARK_ALPHA = 170,
	CODE_WORD_ALPHA = 150,
	ROW_ALPHA = 70,
	MISSING_ALPHA = 36, /* of a hint's colour */
};

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

/* One that stands in a line of words. */
void paint_picture_in_line(const struct painter *painter,
			   const struct flow_line *line,
			   const struct block *leaf,
			   const struct flow_piece *piece);

/* Behind the words: what is selected or found. */
void paint_highlights(const struct painter *painter);
void paint_lines(const struct painter *painter);

#endif
