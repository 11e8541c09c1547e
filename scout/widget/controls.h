/*
 * controls: what forms and documents are made of. As in widgets.h, X_create
 * makes one as the last child of `parent`, and callbacks get their `user`.
 * widget.disabled greys any of them out; call widget_damage after changing it.
 */
#ifndef SCOUT_WIDGET_CONTROLS_H
#define SCOUT_WIDGET_CONTROLS_H

#include "scout/image/image.h"
#include "scout/widget/widgets.h"

/* ---- field: one line of text ---- */

/*
 * Arrows, Home, End, with Shift for selecting and Ctrl for words; Ctrl+A, C, X,
 * V, Z, Y; the mouse. The clipboard is reached through ui_handler.
 */
struct field;
struct field *field_create(struct ui *ui, struct widget *parent,
			   const char *name);
const char *field_text(const struct field *field);
/* Forgets what could be undone. */
void field_set_text(struct field *field, const char *text);
/* Shown while it is empty. */
void field_set_hint(struct field *field, const char *hint);
/* What is in it isn't right: marked until taken back. */
void field_set_error(struct field *field, bool error);
/* At each change by the user; at Enter. Either may be NULL. */
void field_on_change(struct field *field, widget_fn *changed, widget_fn *enter,
		     void *user);
void field_select_all(struct field *field);

/* ---- check box, radio button: with their name beside them ---- */

typedef void choice_fn(void *user, bool on);

struct choice;
struct choice *check_create(struct ui *ui, struct widget *parent,
			    const char *name, choice_fn *changed, void *user);
/* One of the radio buttons of one parent is on; arrows go between them. */
struct choice *radio_create(struct ui *ui, struct widget *parent,
			    const char *name, choice_fn *changed, void *user);
bool choice_is_on(const struct choice *choice);
void choice_set(struct choice *choice, bool on); /* calls nobody */

/* ---- tool: a button with a sign, or with its name ---- */

/* Paints into a square at the origin of `r`. */
typedef void sign_fn(struct gfx *gfx, struct frect r, uint32_t color,
		     int alpha);

struct tool;
/* Round and 40 wide with a sign; with NULL as wide as its name. */
struct tool *tool_create(struct ui *ui, struct widget *parent, const char *name,
			 sign_fn *sign, widget_fn *activate, void *user);

/* ---- progress: 0 to 1, or less than 0 while nobody knows ---- */

struct progress;
struct progress *progress_create(struct ui *ui, struct widget *parent,
				 const char *name);
void progress_set(struct progress *progress, float part);

/* ---- separator ---- */

struct widget *separator_create(struct ui *ui, struct widget *parent);

/* ---- picture ---- */

struct picture;
/* Shown as wide as there is room, at most at its size; the image is taken.
 * Without pixels: a grey box with its name, 64 high. */
struct picture *picture_create(struct ui *ui, struct widget *parent,
			       const char *name, struct image *image);

/* ---- grid: children by rows; the last column takes what is left ---- */

enum { GRID_COLUMNS_MAX = 8 };

struct grid;
struct grid *grid_create(struct ui *ui, struct widget *parent, int columns);

/* ---- stack: children on each other, each as large as the stack ---- */

struct widget *stack_create(struct ui *ui, struct widget *parent);

/* ---- tree row: opens and closes what is below it ---- */

struct tree;
struct tree *tree_create(struct ui *ui, struct widget *parent,
			 const char *name);
struct widget *tree_body(struct tree *tree);
void tree_set_open(struct tree *tree, bool open);
bool tree_is_open(const struct tree *tree);
/* Called when the user, or tree_set_open, opens or closes it: for making what
 * is below only then. */
void tree_on_open(struct tree *tree, choice_fn *changed, void *user);
/* Text at the right end. */
void tree_set_note(struct tree *tree, const char *note);

/* ---- list: any number of lines, of which only those in sight exist ---- */

enum { LIST_ROWS_MAX = 1000000 };
#define LIST_NONE SIZE_MAX

enum list_mode {
	LIST_ONE, /* the current line is the selected one */
	LIST_MANY, /* any: Ctrl, Shift, Ctrl+A, Ctrl+Space */
};

/* Asked for lines when they come into sight. Texts stay the source's, and have
 * to last until the next call. All but `text` may be NULL. */
struct list_source {
	const char *(*text)(void *user, size_t row);
	/* Smaller, at the right end. */
	const char *(*note)(void *user, size_t row);
	/* The program whose icon stands at the left end (gfx_program_icon). */
	const char *(*icon)(void *user, size_t row);
	/* The user went to a line, or changed what is selected. */
	void (*changed)(void *user, size_t row);
	/* Enter, or pressed twice. */
	void (*activate)(void *user, size_t row);
};

/*
 * Scrolls by itself and is 6 lines high where nobody says otherwise. Arrows,
 * Page Up and Down, Home, End; characters go to the next line that begins with
 * them.
 */
struct list;
struct list *list_create(struct ui *ui, struct widget *parent, const char *name,
			 enum list_mode mode, const struct list_source *source,
			 void *user);
/* There are that many now (at most LIST_ROWS_MAX); asks for their texts anew.
 * What is selected stays so by its number. */
void list_set_rows(struct list *list, size_t rows);
/* LIST_NONE: nowhere. */
size_t list_current(const struct list *list);
/* Goes there, selects it alone and brings it into sight; calls nobody. */
void list_set_current(struct list *list, size_t row);
bool list_is_selected(const struct list *list, size_t row);
size_t list_selected(const struct list *list); /* how many */
/* How many lines it wants to be high. */
void list_set_height(struct list *list, int rows);

/* ---- slider: a whole number ---- */

typedef void slider_fn(void *user, int value);

struct slider;
/* The arrows go by `step`, Page Up and Down by ten of them. */
struct slider *slider_create(struct ui *ui, struct widget *parent,
			     const char *name, int least, int most, int step,
			     slider_fn *changed, void *user);
void slider_set(struct slider *slider, int value); /* calls nobody */
int slider_value(const struct slider *slider);

/* ---- menu: above all, until one is chosen or it is dismissed ---- */

/* Names end with NULL; "" is a line between two. `at` is of the root: it opens
 * below that, or above where there is no room. */
struct widget *menu_open(struct ui *ui, struct rect at,
			 const char *const *names, menu_fn *chosen, void *user);
/* That entry can't be chosen now. */
void menu_disable(struct widget *menu, int index);

#endif
