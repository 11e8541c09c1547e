/*
 * console: a terminal on a framebuffer. What the files of this room share.
 *
 *   main.c      life, config, the framebuffer
 *   size.c      how many cells, how large
 *   shell.c     the program on the pseudo terminal
 *   host.c      programs that are started in the shell
 *   paint.c     from the terminal to the framebuffer: only what changed
 *   look.c      what a cell looks like
 *   blink.c     text and cursors that blink
 *   glyphs.c    pictures of cells, kept
 *   lines.c     box drawing, blocks, braille: exact to the cell
 *   under.c     underlines and cursors
 *   keys.c      keys; shortcuts.c: those that are for the console itself
 *   pointer.c   mouse and touch
 *   select.c    selection, by mouse and keyboard; clipboard; links
 *   search.c    finding words
 *   palette.c   colours
 *   report.c    the report `text`
 */
#ifndef CONSOLE_H
#define CONSOLE_H

#include "base/base.h"
#include "blit/blit.h"
#include "liquid_fb/terminal/terminal.h"
#include "scout/text/text.h"
#include "session/component.h"
#include "session/framebuffer.h"
#include "session/input.h"

/* ---- what a cell looks like ---- */

enum look_cursor { LOOK_NO_CURSOR, LOOK_HOLLOW, LOOK_UNDERLINE, LOOK_BAR };

/* Compared as bytes: padding is zero. */
struct look {
	uint64_t code; /* as in the cell; of a cluster a hash of it */
	uint32_t fg, bg, line; /* 0xRRGGBB; line: of the underline */
	uint16_t flags; /* those of the cell that are seen */
	uint8_t half; /* 1: second half of a wide one */
	uint8_t cursor;
};

/* ---- pictures of cells ---- */

struct glyph_slot {
	uint32_t hash;
	uint32_t number; /* of its picture, + 1; 0: free */
};

struct glyphs {
	struct text *text;
	char *font; /* file; NULL: the built-in one */
	struct text_style style;
	int cell_w, cell_h, baseline, line; /* line: thickness, pixels */
	struct look *keys; /* of the pictures */
	struct glyph_slot *slots; /* open addressing */
	uint32_t *pixels; /* xrgb8888, cells one below the other */
	unsigned count, capacity;
	uint32_t *scratch; /* two cells side by side */
};

bool glyphs_init(struct glyphs *glyphs);
/* The font in that file; NULL, or one that can't be used: the built-in one,
 * the latter with false. A size has to be set then. */
bool glyphs_set_font(struct glyphs *glyphs, const char *path);
void glyphs_finish(struct glyphs *glyphs);
/* Size of the text in pixels (26.6). */
void glyphs_set_size(struct glyphs *glyphs, int size);
/* The picture of a cell; cell_w * cell_h pixels, valid until the next call.
 * `codes`: its characters. */
const uint32_t *glyphs_get(struct glyphs *glyphs, const struct look *look,
			   const uint32_t *codes, size_t count);

/* Draws a character of lines or blocks into the first cell of `to`; false: it
 * is none. */
bool lines_draw(const struct blit_surface *to, int w, int h, int thickness,
		uint32_t code, uint32_t color, uint32_t ground);
void under_draw(const struct blit_surface *to, int w, int h, int baseline,
		int thickness, const struct look *look);

/* ---- the program ---- */

struct shell {
	pid_t pid; /* 0: none */
	int fd; /* -1: none */
	struct loop_source *source, *exit_source;
	char *buffer; /* for reading */
	char *queue; /* what it has not read yet */
	size_t queued, capacity;
	uint64_t started;
};

enum selection_kind {
	SELECT_NONE,
	SELECT_TEXT,
	SELECT_WORD,
	SELECT_LINE,
	SELECT_BLOCK
};

struct selection {
	enum selection_kind kind;
	enum selection_kind wanted; /* once the pointer moved */
	struct terminal_point anchor, at; /* `at` is in it */
	bool dragging;
	bool by_keys; /* the keyboard moves `at`; marking: with the anchor */
	bool marking;
};

struct search {
	bool open;
	char words[256];
	bool found;
	struct terminal_point from, to;
};

/* A program chose the number of columns. */
struct forced_size {
	int columns, rows; /* columns 0: it did not */
	int wished; /* width that the framebuffer was to have; 0: never */
};

struct console {
	struct component component;
	struct framebuffer *framebuffer;
	struct input *input;
	struct terminal *terminal;
	struct shell shell;
	struct glyphs glyphs;
	struct host *host; /* NULL: nothing can be started */
	uint64_t quota; /* bytes; 0: not known yet */

	/* config */
	int font_size; /* logical pixels */
	int zoom; /* steps */
	unsigned scrollback;
	uint32_t palette[PALETTE_SIZE];
	bool still; /* reduced motion */

	/* the picture */
	struct blit_surface surface;
	int columns, rows;
	int seen_columns, seen_rows; /* those that the surface has room for */
	struct forced_size forced;
	struct look *drawn; /* columns * rows */
	struct look *wanted; /* one row */
	struct cell *cells; /* one row */
	struct terminal_span *spans;
	bool everything; /* is to be drawn */
	bool redraw_due; /* at the end of the turn */
	bool dirty; /* something is */
	bool waiting; /* for `shown` */
	bool hidden;
	int cursor_row; /* where it was drawn; -1: nowhere */
	bool focused;
	bool flashing;
	bool *blinks; /* per row: something in it does */
	bool blink_off; /* what blinks is not shown now */
	bool blink_due; /* that has changed */
	uint64_t blink_until; /* for the cursor */
	uint64_t reported; /* when the last report was made */
	struct timer flash_timer, sync_timer, repeat_timer, blink_timer;
	struct timer report_timer;

	/* what is looked at: lines above the screen; 0: the screen */
	uint64_t back;
	uint64_t seen_pushed; /* the screen's line at the last look */
	struct selection selection;
	struct search search;
	char *copied; /* what the middle button pastes */
	size_t copied_bytes;
	char message[256]; /* in the last row; "" none */

	/* input */
	unsigned held; /* modifier keys, see keys.c */
	unsigned repeat_code; /* 0: none */
	uint32_t repeat_character;
	unsigned silent_code; /* its character was sent as a key */
	int pointer_x, pointer_y; /* pixels */
	unsigned buttons; /* bits of enum mouse_button */
	int wheel_x, wheel_y; /* 1/120 notches that wait */
	int last_cell_x, last_cell_y; /* of mouse reports */
	uint64_t click_us;
	unsigned clicks;
	int click_x, click_y;
};

/* ---- main.c ---- */
/* Draws when that may be, soon. */
void console_changed(struct console *console);
void console_redraw(struct console *console); /* all of it */
void console_message(struct console *console, const char *format, ...)
	__attribute__((format(printf, 2, 3)));

extern const struct terminal_handler terminal_handler;

/* ---- size.c ---- */
void size_font(struct console *console);
/* As many cells as the framebuffer has room for. */
void size_fit(struct console *console);
/* Another framebuffer, or the first one. */
bool size_fetch(struct console *console);
void size_adopt(struct console *console); /* a program changed the columns */
void console_zoom(struct console *console, int zoom);
/* What programs ask for. */
void size_wish(void *user, int columns, int rows);
bool size_columns(void *user, int columns);

/* ---- blink.c ---- */
void blink_turn(void *user);
void blink_painted(struct console *console); /* after each picture */
void blink_wake(struct console *console); /* somebody types */

/* ---- shell.c ---- */
bool shell_start(struct console *console);
void shell_stop(struct console *console);
void shell_resize(struct console *console);
/* Queues; what is too much is dropped. */
void shell_write(struct console *console, const char *bytes, size_t count);

/* ---- host.c ---- */
void host_create(struct console *console);
void host_destroy(struct console *console);
void host_set_quota(struct console *console, uint64_t quota);
/* For the shell's environment; NULL: none. */
const char *host_path(const struct console *console);

/* ---- paint.c ---- */
void paint_resize(struct console *console);
void paint(struct console *console);
/* The line that a row of the window shows. */
uint64_t paint_line(const struct console *console, int row);
void paint_scroll(struct console *console, int64_t lines); /* > 0: back */

/* ---- look.c ---- */
/* What the cells of a row should look like. */
void look_row(struct console *console, int row, struct look *looks);
/* A row of the console's own: text over the whole width. */
void look_text(struct console *console, const char *text, struct look *looks);

/* ---- input ---- */
void keys_event(struct console *console, const struct input_event *event);
void keys_repeat(void *user);
unsigned keys_modifiers(const struct console *console);
void keys_forget(struct console *console);
/* True when it was for the console. */
bool shortcut(struct console *console, unsigned code, unsigned modifiers);
void pointer_event(struct console *console, const struct input_event *event);

/* ---- select.c ---- */
void select_begin(struct console *console, enum selection_kind kind, int x,
		  int row);
void select_drag(struct console *console, int x, int row);
void select_end(struct console *console);
void select_clear(struct console *console);
bool select_has(const struct console *console, uint64_t line, int x);
void select_copy(struct console *console);
void select_paste(struct console *console, bool clipboard);
/* Selecting by keyboard: on, off, a key of it. */
void select_by_keys(struct console *console);
bool select_key(struct console *console, unsigned code, unsigned modifiers);
void select_link(struct console *console, int x, int row);

/* ---- search.c ---- */
void search_open(struct console *console);
bool search_key(struct console *console, unsigned code, unsigned modifiers);
bool search_character(struct console *console, uint32_t code);
void search_text(const struct console *console, char *out, size_t size);

/* ---- palette.c ---- */
extern const char *const palette_names[]; /* ends with NULL */
void palette_get(int index, uint32_t palette[PALETTE_SIZE]);

/* ---- report.c ---- */
void report_text(struct console *console); /* soon */
void report_late(void *user);

#endif
