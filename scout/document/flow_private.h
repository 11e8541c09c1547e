#ifndef SCOUT_DOCUMENT_FLOW_PRIVATE_H
#define SCOUT_DOCUMENT_FLOW_PRIVATE_H

#include "scout/document/flow.h"

/* A measured word. */
struct flow_word {
	uint32_t at, bytes;
	int32_t width, blank; /* 26.6; of the blank before it */
	uint32_t link, picture; /* as of a piece */
	uint8_t style, level, blank_level;
	bool glued : 1; /* no line may end before it */
	bool newline : 1; /* a line has to end before it */
};

/* Where the columns of one table are. */
struct flow_columns {
	struct flow_columns *next;
	uint32_t table;
	unsigned count;
	int x[FLOW_COLUMNS_MAX], w[FLOW_COLUMNS_MAX];
};

enum {
	MEASURE_ROWS = 64, /* that decide about the widths of columns */
	CELL_PAD_Y = 6,
	CAPTION_GAP = 10,
	FLOW_RULE_HEIGHT = 2, /* logical */
	PICTURE_AIR = 2, /* logical, above and below one in a line */
};

const struct flow_columns *table_columns(struct flow *flow, uint32_t table);
void tables_forget(struct flow *flow);

/* Appends the words of [from, to) of a leaf. */
void words_add(struct flow *flow, struct flow_layout *layout,
	       const struct block *block, uint32_t from, uint32_t to);
/* Widest line and widest word of a leaf that is not wrapped, pixels. */
void words_measure(struct flow *flow, const struct block *block, int *line,
		   int *word);

/* Size of a picture in a line, pixels, at most that wide; false: words take
 * its place. */
bool picture_size(struct flow *flow, uint32_t picture, int room, int *w,
		  int *h);
/* How far a picture of that height reaches above the baseline. */
int picture_rise(const struct flow *flow, const struct block *leaf, int below,
		 int height);
/* Puts the pieces of a line, which stand as they are written, as they are to
 * be seen. */
void order_line(struct flow_layout *layout, const struct flow_line *line);

struct wrap {
	int x, y, width; /* the column; y where its first line is */
	int line_height;
	enum cell_align align;
};
/* Places words [first, end); returns the height of their lines. */
int wrap_words(struct flow *flow, struct flow_layout *layout,
	       const struct block *block, uint32_t first, uint32_t end,
	       struct wrap wrap);
/* The same for lines of code. */
int wrap_code(struct flow *flow, struct flow_layout *layout,
	      const struct block *block, uint32_t from, uint32_t to,
	      struct wrap wrap);

/* What the box knows now, instead of an estimate. */
void flow_set_height(struct flow *flow, uint32_t box, int height);
/* Between the box and the one above it. */
int flow_gap_above(const struct flow *flow, uint32_t box);
int flow_line_height(const struct flow *flow, const struct block *block);
uint32_t flow_row_of(const struct document *document, uint32_t block);

#endif
