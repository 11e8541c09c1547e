/*
 * What the files of this room share. Nobody else includes it.
 *
 *   parser.c      bytes to characters, control characters, sequences
 *   print.c       characters into cells
 *   screen.c      rows: scrolling, erasing, inserting
 *   column.c      columns: scrolling between margins, inserting
 *   rectangle.c   rectangles: filled, copied, styled
 *   cursor.c      moving, tabs, saving
 *   csi.c esc.c mode.c style.c report.c osc.c  what sequences do
 *   store.c       clusters, links, underline colours
 *   scrollback.c  rows that scrolled out, packed
 *   reflow.c      another size
 *   line.c        lines as text; find.c: looking for it
 *   input.c       keys and mouse to bytes
 */
#ifndef TERMINAL_PRIVATE_H
#define TERMINAL_PRIVATE_H

#include <stdlib.h>

#include "base/alloc.h"
#include "liquid_fb/terminal/terminal.h"

/* ---- rows ---- */

struct row {
	struct cell *cells;
	int used; /* cells behind it are all zero */
	int dirty_first, dirty_last; /* changed: first .. last - 1 */
	bool wrapped; /* goes on in the next row */
	bool wide; /* may hold halves of wide characters */
	bool special; /* may hold styles, or characters beyond U+00FF */
};

struct saved_cursor {
	int x, y;
	bool last_column, origin;
	struct cell pen;
	uint8_t charsets[4], gl;
};

struct screen {
	struct row **rows;
	struct saved_cursor saved;
};

/* ---- store ---- */

struct cluster {
	uint32_t codes[TERMINAL_CLUSTER_MAX];
	uint8_t count; /* 0: free */
	bool marked;
};

struct link {
	char *address; /* NULL: free */
	char *id; /* NULL: none */
	bool marked;
};

struct extra {
	uint32_t line_color;
	uint16_t link; /* index + 1; 0: none */
	bool used, marked;
};

struct store {
	struct cluster *clusters;
	size_t cluster_count, cluster_capacity; /* ever used; allocated */
	size_t cluster_hint; /* none below is free, once all were used */
	size_t refused; /* since the last look for unused ones */
	uint32_t *cluster_slots; /* hash: index + 1 */
	struct link *links;
	struct extra *extras; /* [0] is never used */
	size_t extra_count;
};

/* ---- scrollback ---- */

struct packed; /* a row */
struct chunk; /* memory of many */

enum {
	/* Memory is limited, too: to that times the limit of lines. */
	SCROLLBACK_LINE_BYTES = 400,
};

struct scrollback {
	struct packed **ring;
	size_t capacity, first, count; /* of the ring */
	unsigned limit; /* lines */
	size_t bytes; /* of all chunks */
	/* Packed rows live in chunks, oldest first. */
	struct chunk *oldest, *newest;
};

/* ---- parser ---- */

enum { PARAMS_MAX = 32, INTERMEDIATES_MAX = 2, PARAM_MAX = 65535 };

enum parser_state {
	STATE_GROUND,
	STATE_ESCAPE,
	STATE_ESCAPE_MORE, /* with intermediates */
	STATE_CSI,
	STATE_CSI_MORE,
	STATE_CSI_IGNORE,
	STATE_OSC,
	STATE_DCS,
	STATE_DCS_MORE,
	STATE_DCS_DATA,
	STATE_STRING, /* SOS, PM, APC: ignored */
};

struct parser {
	enum parser_state state;
	unsigned count; /* of parameters; the last one may be empty */
	unsigned values[PARAMS_MAX];
	uint32_t given; /* bit i: values[i] was written */
	uint32_t sub; /* bit i: a colon stood before values[i] */
	bool overflow;
	char prefix; /* one of < = > ?, 0: none */
	char intermediates[INTERMEDIATES_MAX + 1]; /* ends with NUL */
	unsigned intermediate_count;
	char final; /* of a DCS */
	char *string; /* of OSC and DCS */
	size_t length, capacity;
	bool too_long;
	/* UTF-8 */
	uint32_t code, low;
	unsigned missing; /* bytes */
	unsigned lower, upper; /* what the next byte may be */
};

/* ---- modes ---- */

enum mode {
	MODE_CURSOR_KEYS = 1 << 0, /* ?1 */
	MODE_REVERSED = 1 << 1, /* ?5 */
	MODE_ORIGIN = 1 << 2, /* ?6 */
	MODE_WRAP = 1 << 3, /* ?7 */
	MODE_CURSOR = 1 << 4, /* ?25 */
	MODE_BACKWARD_WRAP = 1 << 5, /* ?45 */
	MODE_KEYPAD = 1 << 6, /* ?66, ESC = */
	MODE_BACKSPACE = 1 << 7, /* ?67: Backspace sends BS */
	MODE_FOCUS = 1 << 8, /* ?1004 */
	MODE_WHEEL_KEYS = 1 << 9, /* ?1007 */
	MODE_PASTE = 1 << 10, /* ?2004 */
	MODE_SYNCHRONISED = 1 << 11, /* ?2026 */
	MODE_CLUSTERS = 1 << 12, /* ?2027 */
	MODE_INSERT = 1 << 13, /* 4 */
	MODE_NEWLINE = 1 << 14, /* 20 */
	MODE_BLINKING = 1 << 15, /* ?12 */
	MODE_META = 1 << 16, /* ?1036: Alt sends ESC */
	MODE_COLUMNS = 1 << 17, /* ?40: ?3 is obeyed */
	MODE_MARGINS = 1 << 18, /* ?69: CSI s sets margins */
};

enum mouse_encoding {
	ENCODING_X10,
	ENCODING_UTF8, /* 1005 */
	ENCODING_SGR, /* 1006 */
	ENCODING_URXVT, /* 1015 */
	ENCODING_PIXELS, /* 1016 */
};

struct terminal {
	int columns, height;
	struct screen primary, alternate, *screen;
	struct scrollback scrollback;
	uint64_t pushed; /* lines that ever left the screen on top */

	int x, y;
	bool last_column; /* the next character wraps */
	struct cell pen; /* code 0 */
	uint8_t charsets[4], gl, single; /* single: 1 + set of SS2, SS3 */
	bool plain; /* ASCII goes into cells as it is */
	int top, bottom; /* first and last row that scroll */
	int left, right; /* and columns: margins */
	bool blocks; /* styles go to rectangles, not along lines */
	uint8_t *tabs; /* one byte a column */
	uint32_t modes, saved_modes;
	uint32_t last_code; /* for REP and clusters; 0: none */
	unsigned cluster_state;
	unsigned cluster_joins; /* last_code's cell may be joined to */

	enum mouse_mode mouse, saved_mouse;
	enum mouse_encoding encoding;
	enum cursor_shape shape;
	unsigned modify_other; /* modifyOtherKeys */

	/* Damage: a scroll that waits; beside the rows' spans. */
	int scroll_top, scroll_end, scrolled;
	int cursor_x, cursor_y; /* as they were drawn */

	uint32_t palette[PALETTE_SIZE], user_palette[PALETTE_SIZE];
	char *title;
	char *titles[TERMINAL_TITLES_MAX];
	unsigned title_count;
	int cell_w, cell_h;

	struct parser parser;
	struct store store;
	char *replies;
	size_t reply_bytes;
	bool replies_taken;

	const struct terminal_handler *handler;
	void *user;
};

/* ---- print.c ---- */
void print_ascii(struct terminal *t, const uint8_t *text, size_t count);
void print_code(struct terminal *t, uint32_t code);
void print_repeat(struct terminal *t, int count);
/* After a change of modes or character sets. */
void print_update(struct terminal *t);

/* ---- screen.c ---- */
static inline struct row *screen_row(const struct terminal *t, int y)
{
	return t->screen->rows[y];
}

static inline void row_touch(struct row *row, int first, int last)
{
	if (row->dirty_first >= row->dirty_last) {
		row->dirty_first = first;
		row->dirty_last = last;
	} else {
		row->dirty_first = first < row->dirty_first ? first
							    : row->dirty_first;
		row->dirty_last = last > row->dirty_last ? last
							 : row->dirty_last;
	}
}

struct row *row_create(int columns);
void row_destroy(struct row *row);
bool screen_init(struct screen *screen, int columns, int height);
void screen_finish(struct screen *screen, int height);
/* Cells first .. last - 1 become blank, in the pen's background. */
void row_erase(struct terminal *t, struct row *row, int first, int last);
/* A wide character that has one half on each side of x becomes blanks. */
void row_split(struct row *row, int x, int columns);
void row_erase_selective(struct terminal *t, struct row *row, int first,
			 int last);
/* A half without its other one. */
void cell_blank_half(struct cell *cell);
struct cell cell_blank(const struct terminal *t);
void scroll_up(struct terminal *t, int top, int bottom, int count);
void scroll_down(struct terminal *t, int top, int bottom, int count);
void erase_display(struct terminal *t, unsigned what, bool selective);
void erase_line(struct terminal *t, unsigned what, bool selective);
void erase_characters(struct terminal *t, int count);
void insert_characters(struct terminal *t, int count);
void delete_characters(struct terminal *t, int count);
void insert_lines(struct terminal *t, int count);
void delete_lines(struct terminal *t, int count);
void fill_with_e(struct terminal *t); /* DECALN */
void screen_switch(struct terminal *t, bool alternate, bool clear);

/* ---- column.c ---- */

/* Is a row, a column within the margins? */
static inline bool in_rows(const struct terminal *t)
{
	return t->y >= t->top && t->y <= t->bottom;
}

static inline bool in_columns(const struct terminal *t)
{
	return t->x >= t->left && t->x <= t->right;
}

/* Only a part of each row scrolls. */
static inline bool has_margins(const struct terminal *t)
{
	return t->left > 0 || t->right < t->columns - 1;
}

/* Behind the last column that text in the cursor's row reaches. */
static inline int line_end(const struct terminal *t)
{
	return t->x > t->right ? t->columns : t->right + 1;
}

void margins_reset(struct terminal *t); /* all four: none */
void margins_set_columns(struct terminal *t); /* DECSLRM */
/* Cells first .. end - 1 move by that many columns, to the left if negative;
 * what comes in is blank. */
void row_shift(struct terminal *t, struct row *row, int first, int end,
	       int count);
/* The part of the rows top .. bottom between the margins moves up, or down. */
void scroll_part(struct terminal *t, int top, int bottom, int count);
/* All rows of the region: columns from `x` on move to the right, or left. */
void shift_columns(struct terminal *t, int x, int count);
void column_index(struct terminal *t); /* DECFI */
void column_reverse_index(struct terminal *t); /* DECBI */

/* ---- rectangle.c ---- */
/* CSI ... $ and a letter; false: none of these. */
bool rectangle_dispatch(struct terminal *t, char final);

/* ---- cursor.c ---- */
void cursor_to(struct terminal *t, int x, int y); /* as CUP, origin mode */
void cursor_to_column(struct terminal *t, int x);
void cursor_to_row(struct terminal *t, int y);
void cursor_up(struct terminal *t, int count);
void cursor_down(struct terminal *t, int count);
void cursor_right(struct terminal *t, int count);
void cursor_left(struct terminal *t, int count);
void cursor_back(struct terminal *t); /* BS */
void cursor_return(struct terminal *t);
void cursor_index(struct terminal *t); /* down, scrolling */
void cursor_reverse_index(struct terminal *t);
void cursor_tab(struct terminal *t, int count);
void cursor_back_tab(struct terminal *t, int count);
void cursor_save(struct terminal *t);
void cursor_restore(struct terminal *t);
void cursor_clip(struct terminal *t);
void tabs_reset(struct terminal *t);

/* ---- sequences ---- */
void csi_dispatch(struct terminal *t, char final);
void esc_dispatch(struct terminal *t, char final);
void osc_dispatch(struct terminal *t);
void dcs_dispatch(struct terminal *t);
void mode_set(struct terminal *t, bool private, unsigned mode, bool on);
void mode_save(struct terminal *t, unsigned mode);
void mode_restore(struct terminal *t, unsigned mode);
void mode_report(struct terminal *t, bool private, unsigned mode);
void style_dispatch(struct terminal *t); /* SGR */
/* The pen as parameters of SGR, without the final; returns its length. */
int style_describe(const struct terminal *t, char *out, size_t size);
void report_dispatch(struct terminal *t, char final);
void identify(struct terminal *t); /* DA */
void window_dispatch(struct terminal *t); /* CSI t */
void title_set(struct terminal *t, const char *title);
void terminal_soft_reset(struct terminal *t);
void terminal_hard_reset(struct terminal *t);

/* Parameter i, `otherwise` where it is missing or 0. */
unsigned param(const struct terminal *t, unsigned i, unsigned otherwise);
void reply(struct terminal *t, const char *format, ...)
	__attribute__((format(printf, 2, 3)));
void reply_bytes(struct terminal *t, const char *bytes, size_t count);

/* ---- store.c ---- */
void store_init(struct store *store);
void store_finish(struct store *store);
/* A cell's code for those; 0 when there is no room. */
uint32_t store_cluster(struct terminal *t, const uint32_t *codes, size_t count);
/* 0 for none, or when there is no room. */
uint16_t store_extra(struct terminal *t, uint32_t line_color, uint16_t link);
uint16_t store_link(struct terminal *t, const char *address, const char *id);

/* ---- scrollback.c ---- */
void scrollback_init(struct scrollback *scrollback, unsigned limit);
void scrollback_finish(struct scrollback *scrollback);
void scrollback_clear(struct scrollback *scrollback);
void scrollback_set_limit(struct scrollback *scrollback, unsigned limit);
/* `special`: false when no cell has a style, or a code beyond U+00FF. */
void scrollback_push(struct scrollback *scrollback, const struct cell *cells,
		     int used, bool wrapped, bool special);
/* The newest row leaves it; false: there is none. `cells` takes at most
 * `columns`; the rest is zeroed. */
bool scrollback_pop(struct scrollback *scrollback, struct cell *cells,
		    int columns, int *used, bool *wrapped);
/* Row i, 0 being the oldest; the number of its cells. */
int scrollback_get(const struct scrollback *scrollback, size_t i,
		   struct cell *cells, int columns, bool *wrapped);
int scrollback_used(const struct scrollback *scrollback, size_t i,
		    bool *wrapped);
/* Calls fn with the extra of each style and with each cluster that is used. */
void scrollback_mark(const struct scrollback *scrollback,
		     void (*extra)(void *user, uint16_t extra),
		     void (*cluster)(void *user, uint32_t code), void *user);

/* ---- terminal.c ---- */
void damage_all(struct terminal *t);
void damage_scroll(struct terminal *t, int top, int bottom, int count);

#endif
