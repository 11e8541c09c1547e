/*
 * terminal: what a program writes to a terminal becomes a grid of cells, what
 * a user does becomes bytes for the program. No I/O, no clock, no pixels.
 *
 * Understood: ECMA-48 as VT220 and xterm have it (TERM=xterm-256color,
 * COLORTERM=truecolor), with margins on all four sides and rectangles as a
 * VT420 has them, UTF-8. Not there: sixel, double-width lines, pages, checksums
 * of rectangles (a program would read the screen), national character sets
 * beyond the line drawing set and the British one, 8-bit C1 bytes (as code
 * points they work).
 *
 * Rows and columns are counted from 0. *Lines* are rows for ever: line 0 is the
 * first row that was ever there, rows that scroll out on top keep their
 * number; a resize numbers anew. What is given to the terminal is hostile: any
 * number of any bytes, in any pieces. What it keeps is limited by the constants
 * below.
 *
 * Facts: Paul Williams' state diagram of DEC's parsers; xterm's ctlseqs; DEC
 * STD 070 for the last column, but where xterm differs, as xterm does.
 */
#ifndef TERMINAL_TERMINAL_H
#define TERMINAL_TERMINAL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum {
	TERMINAL_COLUMNS_MAX = 2000,
	TERMINAL_ROWS_MAX = 1000,
	TERMINAL_SCROLLBACK_MAX = 1000000, /* lines */
	TERMINAL_SCROLLBACK_DEFAULT = 10000,
	TERMINAL_CLUSTER_MAX = 16, /* code points in one cell */
	TERMINAL_CLUSTERS_MAX = 16384, /* different ones */
	TERMINAL_LINKS_MAX = 1024, /* different ones */
	TERMINAL_LINK_BYTES = 2048,
	TERMINAL_EXTRAS_MAX = 4096, /* pairs of link and underline colour */
	TERMINAL_STRING_MAX = 64 << 10, /* bytes of OSC and DCS */
	TERMINAL_CLIPBOARD_MAX = 1 << 20, /* bytes of OSC 52, encoded */
	TERMINAL_REPLY_MAX = 64 << 10, /* bytes that wait to be taken */
	TERMINAL_TITLES_MAX = 8, /* saved by CSI 22 t */
	TERMINAL_TITLE_BYTES = 256,
	TERMINAL_KEY_MAX = 32, /* bytes of one key */
};

/* ---- cells ---- */

enum cell_flag {
	CELL_BOLD = 1 << 0,
	CELL_FAINT = 1 << 1,
	CELL_ITALIC = 1 << 2,
	CELL_BLINK = 1 << 3,
	CELL_INVERSE = 1 << 4,
	CELL_CONCEALED = 1 << 5,
	CELL_STRUCK = 1 << 6,
	CELL_OVERLINED = 1 << 7,
	CELL_UNDERLINE = 7 << 8, /* enum cell_underline << 8 */
	CELL_WIDE = 1 << 11, /* the next cell is its second half */
	CELL_TAIL = 1 << 12, /* a second half */
	CELL_PROTECTED = 1 << 13, /* DECSCA */
	CELL_FILLER = 1 << 14, /* left free by a wide one that wrapped */
};
enum { CELL_UNDERLINE_SHIFT = 8 };

enum cell_underline {
	UNDERLINE_NONE,
	UNDERLINE_SINGLE,
	UNDERLINE_DOUBLE,
	UNDERLINE_CURLY,
	UNDERLINE_DOTTED,
	UNDERLINE_DASHED,
};

/* Colours: 0 is the default one; else a kind and a number. */
enum {
	COLOR_DEFAULT = 0,
	COLOR_INDEXED = 1 << 24, /* | 0..255 */
	COLOR_RGB = 2 << 24, /* | 0xRRGGBB */
	COLOR_KIND = 3 << 24,
};

/* A code of a cell: a code point, 0 (nothing was written here), or a cluster.
 */
#define CELL_CLUSTER 0x80000000u

struct cell {
	uint32_t code;
	uint32_t fg, bg;
	uint16_t flags;
	uint16_t extra; /* 0, or for terminal_link and terminal_line_color */
};

/* ---- the terminal ---- */

enum { PALETTE_FG = 256, PALETTE_BG, PALETTE_CURSOR, PALETTE_SIZE };

struct terminal_handler { /* any member may be NULL */
	/* The title, UTF-8 without control characters. */
	void (*title)(void *user, const char *title);
	void (*bell)(void *user);
	/* OSC 52: the program offers text for the clipboard. It can't read it.
	 */
	void (*clipboard)(void *user, const char *text, size_t bytes);
	/* CSI 8 t and CSI 4 t: it would like that size. */
	void (*size_wish)(void *user, int columns, int rows);
	/* DECCOLM: may it have that many columns from here on? */
	bool (*columns)(void *user, int columns);
	/* A colour of the palette (enum above) was changed. */
	void (*palette)(void *user);
};

struct terminal;

/* Sizes are limited to what the constants allow, at least 1 by 1.
 * `scrollback`: lines that are kept, of 400 bytes each on the average. Handler
 * is kept by pointer. */
struct terminal *terminal_create(int columns, int rows, unsigned scrollback,
				 const struct terminal_handler *handler,
				 void *user);
void terminal_destroy(struct terminal *terminal); /* NULL is fine */

/* What the program wrote. */
void terminal_write(struct terminal *terminal, const void *bytes, size_t count);

/* What the terminal answered since the last call; valid until the next write.
 * The program is to get it. */
const char *terminal_replies(struct terminal *terminal, size_t *bytes);

/* Wrapped lines of the primary screen flow into the new width. */
void terminal_resize(struct terminal *terminal, int columns, int rows);
void terminal_set_scrollback(struct terminal *terminal, unsigned lines);
void terminal_reset(struct terminal *terminal); /* as RIS; keeps scrollback */
void terminal_clear_scrollback(struct terminal *terminal);

/* For answers to CSI 14 t and 16 t: of one cell, pixels. */
void terminal_set_cell_size(struct terminal *terminal, int w, int h);
/* The user's colours, 0xRRGGBB, PALETTE_SIZE of them; what programs changed
 * is forgotten. */
void terminal_set_palette(struct terminal *terminal, const uint32_t *colors);
/* Colours as they are now, 0xRRGGBB. */
const uint32_t *terminal_palette(const struct terminal *terminal);
/* 0xRRGGBB of a cell's colour. */
uint32_t terminal_rgb(const struct terminal *terminal, uint32_t color,
		      bool background);

int terminal_columns(const struct terminal *terminal);
int terminal_rows(const struct terminal *terminal);
/* `columns` cells of a row of the screen; valid until the next write. */
const struct cell *terminal_row(const struct terminal *terminal, int row);
/* True when the row goes on in the next one. */
bool terminal_row_wraps(const struct terminal *terminal, int row);

/* Code points of a cell: their number, at most TERMINAL_CLUSTER_MAX; 0 for
 * a free one and for a tail. */
size_t terminal_characters(const struct terminal *terminal,
			   const struct cell *cell, uint32_t *out);
/* Address of a cell's link, NULL: none. */
const char *terminal_link(const struct terminal *terminal,
			  const struct cell *cell);
/* Colour of a cell's underline; COLOR_DEFAULT: that of the text. */
uint32_t terminal_line_color(const struct terminal *terminal,
			     const struct cell *cell);

/* ---- cursor and modes ---- */

enum cursor_shape { CURSOR_BLOCK, CURSOR_UNDERLINE, CURSOR_BAR };

struct terminal_cursor {
	int x, y;
	bool visible;
	enum cursor_shape shape;
	bool blinking;
};
void terminal_get_cursor(const struct terminal *terminal,
			 struct terminal_cursor *cursor);

enum mouse_mode {
	MOUSE_OFF,
	MOUSE_PRESS, /* 9: presses only */
	MOUSE_CLICK, /* 1000: and releases */
	MOUSE_DRAG, /* 1002: and motion while a button is held */
	MOUSE_MOTION, /* 1003: all motion */
};

enum mouse_mode terminal_mouse_mode(const struct terminal *terminal);
bool terminal_on_alternate(const struct terminal *terminal);
/* CSI ? 2026 h: the program is about to change more. */
bool terminal_is_synchronised(const struct terminal *terminal);
/* Ends that: it took too long. */
void terminal_end_synchronised(struct terminal *terminal);
bool terminal_is_reversed(const struct terminal *terminal); /* DECSCNM */
const char *terminal_title(const struct terminal *terminal);

/* ---- damage ---- */

/*
 * What changed since the last call. First the rows top .. end-1 move up by
 * `scrolled` (down when negative; what comes in is in the rows' spans), then
 * each row's columns first .. last-1 are to be drawn (none if they are equal).
 */
struct terminal_damage {
	int top, end, scrolled;
	bool any;
};
struct terminal_span {
	int first, last;
};

/* `spans`: one for each row; all of them are written. */
void terminal_take_damage(struct terminal *terminal,
			  struct terminal_damage *damage,
			  struct terminal_span *spans);
void terminal_damage_all(struct terminal *terminal);

/* ---- lines: scrollback and screen ---- */

/* Numbers of the first line that is kept and of the screen's first row. */
uint64_t terminal_first_line(const struct terminal *terminal);
uint64_t terminal_screen_line(const struct terminal *terminal);
/* Copies a line into `columns` cells; true when it goes on in the next one. */
bool terminal_line(const struct terminal *terminal, uint64_t line,
		   struct cell *cells);

struct terminal_point {
	uint64_t line;
	int x;
};

/*
 * The text from one point up to, without, another one, UTF-8, owned by the
 * caller. Wrapped lines are joined, blanks at the end of the others left out.
 * `block`: a rectangle of columns instead.
 */
char *terminal_text(const struct terminal *terminal, struct terminal_point from,
		    struct terminal_point to, bool block, size_t *bytes);
/* Grows a point to its word (or its address), or its whole wrapped line. */
void terminal_word(const struct terminal *terminal, struct terminal_point at,
		   struct terminal_point *from, struct terminal_point *to);
void terminal_whole_line(const struct terminal *terminal, uint64_t line,
			 struct terminal_point *from,
			 struct terminal_point *to);

/*
 * Looks for UTF-8 text, letters of ASCII in either case unless `words` has
 * capitals: the last match that begins before *from (or the first that begins
 * after it with `forward`). Matches may go over wrapped lines.
 */
bool terminal_find(const struct terminal *terminal, const char *words,
		   bool forward, struct terminal_point *from,
		   struct terminal_point *to);

/* ---- input: what the program gets ---- */

enum {
	KEY_MOD_SHIFT = 1,
	KEY_MOD_ALT = 2,
	KEY_MOD_CTRL = 4,
	KEY_MOD_SUPER = 8
};

enum terminal_key {
	TERMINAL_KEY_UP,
	TERMINAL_KEY_DOWN,
	TERMINAL_KEY_RIGHT,
	TERMINAL_KEY_LEFT,
	TERMINAL_KEY_HOME,
	TERMINAL_KEY_END,
	TERMINAL_KEY_INSERT,
	TERMINAL_KEY_DELETE,
	TERMINAL_KEY_PAGE_UP,
	TERMINAL_KEY_PAGE_DOWN,
	TERMINAL_KEY_ENTER,
	TERMINAL_KEY_TAB,
	TERMINAL_KEY_BACKSPACE,
	TERMINAL_KEY_ESCAPE,
	TERMINAL_KEY_PAD_0, /* .. 9, then these */
	TERMINAL_KEY_PAD_9 = TERMINAL_KEY_PAD_0 + 9,
	TERMINAL_KEY_PAD_DOT,
	TERMINAL_KEY_PAD_PLUS,
	TERMINAL_KEY_PAD_MINUS,
	TERMINAL_KEY_PAD_TIMES,
	TERMINAL_KEY_PAD_DIVIDE,
	TERMINAL_KEY_PAD_ENTER,
	TERMINAL_KEY_F1, /* .. F20 */
	TERMINAL_KEY_F20 = TERMINAL_KEY_F1 + 19,
	TERMINAL_KEYS,
};

/* Bytes of a key that is no character; how many, at most TERMINAL_KEY_MAX.
 * Keys of the pad give 0 unless the program asked for them. */
size_t terminal_key(const struct terminal *terminal, enum terminal_key key,
		    unsigned modifiers, char out[TERMINAL_KEY_MAX]);
/* The same of a character with Ctrl or Alt. */
size_t terminal_character(const struct terminal *terminal, uint32_t code,
			  unsigned modifiers, char out[TERMINAL_KEY_MAX]);

enum mouse_button {
	MOUSE_LEFT,
	MOUSE_MIDDLE,
	MOUSE_RIGHT,
	MOUSE_NONE, /* motion without a button */
	MOUSE_WHEEL_UP = 64,
	MOUSE_WHEEL_DOWN,
	MOUSE_WHEEL_LEFT,
	MOUSE_WHEEL_RIGHT,
};
enum mouse_action { MOUSE_PRESSED, MOUSE_RELEASED, MOUSE_MOVED };

/* Nothing when the program asked for no such event. x, y: cells; px, py:
 * pixels, for programs that want those. Wheels become arrow keys where the
 * program asked for that (1007). */
size_t terminal_mouse(const struct terminal *terminal, enum mouse_button button,
		      enum mouse_action action, unsigned modifiers, int x,
		      int y, int px, int py, char out[TERMINAL_KEY_MAX]);
size_t terminal_focus(const struct terminal *terminal, bool in,
		      char out[TERMINAL_KEY_MAX]);
/* Pasted text as the program is to get it, owned by the caller: line ends as
 * Enter, without control characters, in brackets if it asked for them. */
char *terminal_paste(const struct terminal *terminal, const char *text,
		     size_t bytes, size_t *out_bytes);

/* ---- characters ---- */

/* Columns of a character: 0 (it is put onto the one before), 1 or 2. */
int character_width(uint32_t code);

/* True when a grapheme cluster (UAX #29) ends between two characters. *state is
 * 0 at the beginning of a text. */
bool character_breaks(uint32_t before, uint32_t code, unsigned *state);

#endif
