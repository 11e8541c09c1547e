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

/* ---- menu: above all, until one is chosen or it is dismissed ---- */

typedef void menu_fn(void *user, int index);

/* Names end with NULL; "" is a line between two. `at` is of the root: it opens
 * below that, or above where there is no room. */
struct widget *menu_open(struct ui *ui, struct rect at,
			 const char *const *names, menu_fn *chosen, void *user);

#endif
