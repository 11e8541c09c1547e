/*
 * flow: a document as boxes below each other, laid out at one width.
 *
 * A box is a paragraph, a heading, a picture, a row of a table, a rule or a
 * piece of code; very long ones are several boxes, so that the work for what
 * can be seen is bounded. Only boxes that somebody looks at are laid out; the
 * height of the others is estimated from their length. The words of a box that
 * is laid out keep their widths when only the width of the flow changes.
 *
 * Real pixels throughout; widths of text are 26.6.
 */
#ifndef SCOUT_DOCUMENT_FLOW_H
#define SCOUT_DOCUMENT_FLOW_H

#include "scout/document/document.h"
#include "scout/text/text.h"

enum run_style {
	RUN_STRONG = 1,
	RUN_EMPHASIS = 2,
	RUN_STRUCK = 4,
	RUN_CODE = 8,
	RUN_ALT = 16, /* the words of a picture that stands in a line */
	RUN_RTL = 32, /* runs to the left */
};

/* A word or a part of one, placed; or a picture, with the words for it. */
struct flow_piece {
	uint32_t at, bytes; /* in the text of the document */
	int32_t x, width; /* 26.6, in the box */
	uint32_t link; /* 0: none; else number of its item + 1 */
	uint32_t picture; /* the same */
	uint8_t style;
	uint8_t level, blank_level; /* UAX #9; of it, and the blank before it */
};

struct flow_line {
	int y, h, baseline; /* y in the box; baseline from y */
	int x, w; /* the column it stands in */
	uint32_t first, end; /* pieces, from left to right */
	uint32_t text, text_end;
};

struct flow_layout {
	struct flow_word *words; /* measured; private */
	uint32_t word_count, word_room;
	struct flow_piece *pieces;
	uint32_t piece_count, piece_room;
	struct flow_line *lines;
	uint32_t line_count, line_room;
	bool has_pictures; /* in lines, or will have them */
	bool rtl; /* begins at the right, and is indented there */
	int gap; /* above the box, part of its height */
	int picture_w, picture_h; /* shown; 0: none */
};

struct flow_box {
	uint32_t block;
	uint32_t from, to; /* text */
	int32_t height;
	bool first, last; /* of its block */
	struct flow_layout *layout; /* NULL: not laid out */
};

struct flow_handler {
	/* Size of a picture in logical pixels; false: there is none (yet).
	 * `in_line`: words take the place of one that can't be shown. */
	bool (*picture)(void *user, const char *address, bool in_line, int *w,
			int *h);
};

struct flow {
	const struct document *document;
	struct text *text;
	struct flow_handler handler;
	void *user;
	int width; /* of the column */
	int unit; /* real pixels of 100 logical ones */
	struct flow_box *boxes;
	uint32_t count;
	int64_t *sums; /* heights, as a binary indexed tree */
	struct flow_columns *tables; /* of the tables that were seen */
};

enum {
	FLOW_CHUNK = 16 << 10, /* bytes of text in one box, about */
	FLOW_INDENT = 28, /* logical; of a list or quote */
	FLOW_DEPTH_MAX = 8, /* deeper ones are not indented further */
	FLOW_COLUMNS_MAX = 32,
	FLOW_CELL_PAD = 10, /* logical, left and right of a cell */
	FLOW_CODE_PAD = 12,
};

/* Never NULL. The document and text stay the caller's. */
struct flow *flow_create(const struct document *document, struct text *text,
			 const struct flow_handler *handler, void *user);
void flow_destroy(struct flow *flow); /* NULL is fine */

/* A new width or size; true when something changed. */
bool flow_set_width(struct flow *flow, int width, int unit);
/* Pictures arrived: boxes are laid out anew. */
void flow_relayout(struct flow *flow);

static inline int flow_px(const struct flow *flow, int logical)
{
	return (int)((int64_t)logical * flow->unit / 100);
}

/* Lays the box out where it isn't, and knows its height from then on. */
const struct flow_layout *flow_layout(struct flow *flow, uint32_t box);
/* Forgets the layouts of all boxes but [first, end). */
void flow_trim(struct flow *flow, uint32_t first, uint32_t end);

/* ---- places ---- */

int64_t flow_height(const struct flow *flow);
int64_t flow_top(const struct flow *flow, uint32_t box);
/* The box at a height, and where in it. */
uint32_t flow_find(const struct flow *flow, int64_t y, int *offset);
/* The box that shows that place of the text. */
uint32_t flow_box_of(const struct flow *flow, uint32_t text);
uint32_t flow_box_of_block(const struct flow *flow, uint32_t block);

/* How far the block's content is indented. */
int flow_indent(const struct flow *flow, uint32_t block);
/* The paragraph is nothing but a picture; its target. */
bool flow_is_figure(const struct document *document, const struct block *block,
		    uint32_t *target);
/* x and width of a column of the table that has that row. */
void flow_column(struct flow *flow, uint32_t row, unsigned column, int *x,
		 int *w);

/* The font of a piece of that box. */
struct text_style flow_style(const struct flow *flow, const struct block *block,
			     unsigned run_style);

/* The place in the text nearest to a point of a box (laid out), and the link
 * there (0: none). */
uint32_t flow_hit(struct flow *flow, uint32_t box, int x, int y,
		  uint32_t *link);

/* The parts of a line that [from, to) of the text takes, pixels of the box,
 * from left to right: more than one where both directions meet. Those beyond
 * FLOW_EXTENTS_MAX are left out. Returns how many. */
enum { FLOW_EXTENTS_MAX = 32 };
struct flow_extent {
	int x, w;
};
unsigned flow_extents(struct flow *flow, uint32_t box,
		      const struct flow_line *line, uint32_t from, uint32_t to,
		      struct flow_extent extents[FLOW_EXTENTS_MAX]);

/* The block of that box, or the cell of its row, that has that line. */
const struct block *flow_leaf(const struct flow *flow, uint32_t box,
			      const struct flow_line *line);
/* Address of the picture of a piece, and where it is, pixels of the box. */
const char *flow_picture(struct flow *flow, const struct block *leaf,
			 const struct flow_line *line,
			 const struct flow_piece *piece, struct rect *r);

#endif
