/*
 * widgets: the kinds of widgets.
 *
 * Each X_create makes one as the last child of `parent`. Callbacks get the
 * `user` they were set with.
 */
#ifndef SCOUT_WIDGET_WIDGETS_H
#define SCOUT_WIDGET_WIDGETS_H

#include "scout/widget/quota.h"
#include "scout/widget/widget.h"

typedef void widget_fn(void *user);
/* One of several was chosen. */
typedef void menu_fn(void *user, int index);

/* ---- box: children below each other, as wide as the box ---- */

/* Logical pixels around all and between two. Where the box is larger than its
 * children want, those with `widget.grow` share what is left. */
struct box {
	struct widget widget;
	int pad_x, pad_top, pad_bottom, gap;
	bool across; /* beside each other instead, as high as the highest */
};
struct box *box_create(struct ui *ui, struct widget *parent,
		       enum widget_role role, const char *name);

/* ---- scroll: one child that may be higher; glides, unless motion is
 * reduced ---- */

struct scroll;
struct scroll *scroll_create(struct ui *ui, struct widget *parent);
/* Takes the child from here on. */
struct widget *scroll_content(struct scroll *scroll);
void scroll_to(struct scroll *scroll, int y); /* real pixels; at once */
int scroll_position(const struct scroll *scroll); /* where it goes */

/* ---- band: the heading of a section ---- */

struct band;
struct band *band_create(struct ui *ui, struct widget *parent,
			 const char *title);
/* Text at the right end. */
void band_set_note(struct band *band, const char *note);

/* ---- label ---- */

enum align { ALIGN_LEFT, ALIGN_CENTER, ALIGN_RIGHT };

struct label;
struct label *label_create(struct ui *ui, struct widget *parent,
			   enum align align, const char *text);
void label_set_text(struct label *label, const char *text);
/* Less important: smaller and paler. */
void label_set_minor(struct label *label, bool minor);
/* As many lines as it takes, instead of one with an ellipsis. */
void label_set_wrapped(struct label *label, bool wrapped);

/* ---- link: underlined, can be activated ---- */

struct link;
struct link *link_create(struct ui *ui, struct widget *parent, const char *text,
			 widget_fn *activate, void *user);
void link_activate(struct link *link);
/* Bytes of its text that are set off (bit 0: the first one): what a search
 * found. */
void link_set_marks(struct link *link, uint64_t marks);

/* ---- bar: an amount of memory ---- */

enum bar_kind {
	BAR_GIVE, /* red: what will be given; can be dragged */
	BAR_USE, /* steel: what is in use, of what was given */
};

/* The value of a BAR_USE that was not measured: only `max` is shown. */
#define BAR_UNKNOWN UINT64_MAX

typedef void bar_fn(void *user, uint64_t bytes);

struct bar;
struct bar *bar_create(struct ui *ui, struct widget *parent, enum bar_kind kind,
		       const char *name);
/* The handler of BAR_GIVE; called at each change by the user. */
void bar_on_change(struct bar *bar, bar_fn *changed, void *user);
/* `most`: what BAR_GIVE can be set to; the bar ends at `max`. */
void bar_set(struct bar *bar, uint64_t value, uint64_t most, uint64_t max);
uint64_t bar_value(const struct bar *bar);
/* A step of the keyboard. */
void bar_step(struct bar *bar, int direction);

/* ---- button with a cross ---- */

enum button_kind { BUTTON_CLOSE, BUTTON_KILL };

struct button;
/* Acts when released on it, and by Enter or Space. */
struct button *button_create(struct ui *ui, struct widget *parent,
			     enum button_kind kind, const char *name,
			     widget_fn *activate, void *user);

/* ---- icon of a program ---- */

struct widget *icon_create(struct ui *ui, struct widget *parent,
			   const char *program);

/* ---- row of a list ---- */

/* Where a child of a row stands: widget.cell. */
enum row_cell {
	ROW_ICON,
	ROW_NAME, /* 128 wide, up to the bars */
	ROW_BAR,
	ROW_BUTTON, /* at the right end; the bar is shorter then */
};

struct row;
/*
 * A row without `main` is a plain line. With it, a press anywhere that no
 * child takes activates `main` (a link), Left and Right step `steps` (a bar,
 * may be NULL), and the row shows the focus of `main`.
 */
struct row *row_create(struct ui *ui, struct widget *parent,
		       enum widget_role role, const char *name);
void row_set_main(struct row *row, struct link *main, struct bar *steps);
/* A row that can have the focus itself, and what Delete does there. */
void row_on_delete(struct row *row, widget_fn *remove, void *user);
/* Long names: the bar begins further right. */
void row_set_wide(struct row *row, bool wide);
/* What Enter means while the keyboard is elsewhere, as in a search. */
void row_set_chosen(struct row *row, bool chosen);
/* Of such a row: a press twice, or Enter; Left (false) and Right (true). */
void row_on_open(struct row *row, widget_fn *open,
		 void (*fold)(void *user, bool open));

/* ---- toast: a message above everything else ---- */

/* An error, in the lower end of the window; stays until dismissed. */
void toast_show(struct ui *ui, struct widget *overlay, const char *title,
		const char *text);
/* What is good to know; goes after MS_TOAST_STAY. */
void toast_note(struct ui *ui, struct widget *overlay, const char *title,
		const char *text);
/*
 * The same with up to three answers (ends with NULL): `chosen` gets the index
 * of the one that was pressed, -1 when it was dismissed. Until then it can be
 * taken away with toast_forget; then nobody is asked any more.
 */
struct widget *toast_ask(struct ui *ui, struct widget *overlay,
			 const char *title, const char *text,
			 const char *const *answers, menu_fn *chosen,
			 void *user);
void toast_forget(struct widget *toast);
/* The button of an answer, for giving it the keyboard. */
struct widget *toast_answer(struct widget *toast, int index);
/* The column that toasts are put in. */
struct widget *toasts_create(struct ui *ui, struct widget *parent);
/* Dismisses the latest; false when there is none. */
bool toasts_dismiss(struct widget *overlay);

/* ---- frame: the root of a window ---- */

enum frame_edge {
	EDGE_MOVE = 0,
	EDGE_LEFT = 1,
	EDGE_RIGHT = 2,
	EDGE_TOP = 4,
	EDGE_BOTTOM = 8,
};

struct frame_handler {
	/* The user drags the title (EDGE_MOVE) or edges. */
	void (*drag)(void *user, unsigned edges);
	/* NULL: no close button. */
	void (*close)(void *user);
};

struct frame;
struct frame *frame_create(struct ui *ui, const char *title,
			   const struct frame_handler *handler, void *user);
void frame_set_title(struct frame *frame, const char *title);
/* `bare`: nothing but the body. `fixed`: no edges to drag. */
void frame_set_style(struct frame *frame, bool bare, bool fixed);
/* Where the body is in a frame of that size. */
struct rect frame_body_place(const struct frame *frame, int w, int h);
/* The parent for what the window shows: it has one child. */
struct widget *frame_body(struct frame *frame);
struct widget *frame_overlay(struct frame *frame);

#endif
