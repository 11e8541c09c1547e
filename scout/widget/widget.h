/*
 * widget: the tree of retained widgets that fills a window.
 *
 * A widget is a struct that begins with `struct widget`, and a class: one
 * constant table of what it does. A parent owns its children. Destroying is
 * deferred to the end of the event, so a widget may destroy itself in its own
 * callback. Rectangles are real pixels (logical pixels times the scale of the
 * output, see ui_px), relative to the parent.
 *
 * What changes is named: widget_relayout for sizes, widget_damage for pixels.
 * ui_update then measures and places only what asked for it, and ui_paint
 * paints the damage. Nothing runs while nothing changes.
 */
#ifndef SCOUT_WIDGET_WIDGET_H
#define SCOUT_WIDGET_WIDGET_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/geometry.h"
#include "scout/text/text.h"
#include "scout/widget/gfx.h"
#include "scout/widget/theme.h"

struct ui;
struct widget;

/* What assistive tools and tests call it. */
enum widget_role {
	ROLE_NONE, /* not reported, its children are */
	ROLE_WINDOW,
	ROLE_TITLEBAR,
	ROLE_LINK,
	ROLE_SLIDER,
	ROLE_BUTTON,
	ROLE_ROW,
	ROLE_TEXT,
	ROLE_FIELD,
	ROLE_LIST,
	ROLE_IMAGE,
	ROLE_CHECK,
	ROLE_RADIO,
	ROLE_PROGRESS,
	ROLE_MENU,
	ROLE_TREE,
	ROLE_TOOLTIP,
};

enum ui_event_type {
	UI_PRESS, /* x, y; the left button or a touch */
	UI_RELEASE, /* x, y; to the widget that consumed the press */
	UI_MOTION, /* x, y; hovering, or since the press */
	UI_WHEEL, /* wheel_x, wheel_y in 1/120 notches */
	UI_KEY, /* code, mods */
	UI_CHARACTER, /* character */
};

enum { UI_SHIFT = 1, UI_CONTROL = 2, UI_ALT = 4 };

struct ui_event {
	enum ui_event_type type;
	int x, y; /* coordinates of the widget that gets it */
	int wheel_x, wheel_y;
	uint32_t code; /* KEY_* of linux/input-event-codes.h */
	uint32_t character;
	unsigned mods;
};

struct size {
	int w, h;
};

struct widget_class {
	const char *name;
	size_t size; /* of the struct */
	enum widget_role role;
	bool shows_state; /* hover and pressed can be seen */
	bool scrolls; /* takes Page Up and Down that nobody wants */
	/* Frees what it owns, never children. May be NULL, as all below. */
	void (*finish)(struct widget *);
	/* Smallest size that shows it well, for a given width (< 0: free). */
	struct size (*measure)(struct widget *, int for_width);
	/* w and h are final: gives each child its place with widget_place. */
	void (*place)(struct widget *);
	/* Origin is the upper left; reads state, writes pixels. */
	void (*paint)(struct widget *, struct gfx *);
	/* The same, after the children: for what lies above them. */
	void (*paint_above)(struct widget *, struct gfx *);
	/* True: consumed; false: the parent is asked. */
	bool (*event)(struct widget *, const struct ui_event *);
	/* True where the pointer hits it; NULL: everywhere inside. */
	bool (*hit)(struct widget *, int x, int y);
	/* A child got the focus: for bringing it into sight. `r`: own
	 * coordinates. */
	void (*reveal)(struct widget *, struct rect r);
	/* The time of widget_set_alarm is over. */
	void (*alarm)(struct widget *);
	/* Words for the report's attribute `value`; owned by the caller. */
	char *(*value)(const struct widget *);
};

struct widget {
	const struct widget_class *cls;
	struct ui *ui;
	struct widget *parent, *first, *last, *next, *previous;
	struct rect r; /* in the parent */
	struct size want; /* cached by widget_measure */
	int want_for; /* the width of that */
	bool dirty; /* it, or one below it, has to be placed anew */
	bool hidden, disabled, focusable, grow; /* grow: takes what is left */
	bool hover, pressed, focused; /* set by ui */
	bool selected; /* of several: said in the report */
	bool dying;
	bool ring_on_parent; /* the parent row shows the focus */
	uint8_t cell; /* for parents that have several places */
	float glow; /* 0..1, follows hover */
	float sink; /* 0..1, follows pressed */
	float faint; /* 0..1, follows disabled; see paint_alpha */
	float away; /* 0..1: how much of it isn't there yet, or any more */
	bool leaving; /* it will be destroyed when it's away */
	char *name; /* owned; what it is called, "" for nothing */
	char *tip; /* owned; said beside it when asked; NULL: nothing */
	struct widget *grave; /* next one to be freed */
};

/* One moving number. */
struct animation {
	struct widget *widget;
	float *value;
	float from, to;
	uint64_t start, length; /* ns */
};

/* A widget wants to be called. */
struct alarm {
	struct widget *widget;
	uint64_t length, at; /* ns; at: 0 until the next ui_update */
};

enum { UI_DAMAGE_MAX = 16, UI_ANIMATIONS_MAX = 64, UI_ALARMS_MAX = 16 };

/* What moves, and for how long, ms. */
enum {
	MS_HOVER_IN = 90,
	MS_HOVER_OUT = 160,
	MS_PRESS = 60,
	MS_RELEASE = 140,
	MS_VALUE = 180,
	MS_ROW_IN = 180,
	MS_ROW_OUT = 140,
	MS_TOAST_IN = 200,
	MS_TOAST_OUT = 160,
	MS_TOAST_STAY = 6000, /* what isn't an error */
	MS_DISABLE = 200,
	MS_WINDOW_IN = 160,
	MS_WINDOW_OUT = 120,
	MS_SCROLL = 120,
	MS_TIP = 600, /* until a tooltip comes */
	MS_TIP_NEXT = 100, /* the same, when there was one just now */
};

struct ui_handler {
	/* Something changed: run ui_update and ui_paint soon. */
	void (*wake)(void *user);
	/* A key that no widget wanted. True: consumed. */
	bool (*key)(void *user, const struct ui_event *event);
	/* Any press, key or wheel at all. */
	void (*activity)(void *user);
	/* Run ui_update at that time (ns of loop_now), not necessarily sooner;
	 * 0: there's no need any more. May be NULL: no alarms then. */
	void (*alarm)(void *user, uint64_t at);
	/* Text to the clipboard and from it (owned by the caller, NULL: there
	 * is none). May be NULL. */
	void (*copy)(void *user, const char *text, size_t bytes);
	char *(*paste)(void *user, size_t *bytes);
};

struct ui {
	struct widget *root, *focus, *hover, *grab;
	const struct theme *theme;
	struct text *text; /* not owned */
	int scale, text_percent;
	bool reduced; /* no motion */
	bool active; /* the window has the keyboard */
	bool keyboard_used; /* show the focus ring */
	int pointer_x, pointer_y; /* of the root; valid while hovering */
	bool pointer_inside;
	const char *shape; /* the pointer's, over what is hovered */
	struct rect damage[UI_DAMAGE_MAX];
	unsigned damages;
	struct widget *graveyard;
	struct animation animations[UI_ANIMATIONS_MAX];
	unsigned animations_running;
	struct alarm alarms[UI_ALARMS_MAX];
	unsigned alarms_waiting;
	uint64_t alarm_at; /* what the handler was told last */
	struct widget *tip, *tip_target; /* the tooltip, and whose it is */
	uint64_t now; /* ns, of the present frame */
	struct ui_handler handler;
	void *user;
};

/* ---- ui ---- */

void ui_init(struct ui *ui, struct text *text, const struct ui_handler *handler,
	     void *user);
void ui_finish(struct ui *ui); /* destroys the tree */

/* Logical pixels to real ones; ui_tx also follows the size of the text. */
int ui_px(const struct ui *ui, int logical);
int ui_tx(const struct ui *ui, int logical);
/* A text style of a logical size in quarters of a pixel. */
struct text_style ui_style(const struct ui *ui, enum text_weight weight,
			   int quarters);
enum { QUARTERS = 4 };

void ui_set_theme(struct ui *ui, const struct theme *theme, int scale,
		  int text_percent, bool reduced);

/* Input in coordinates of the root. */
void ui_event(struct ui *ui, const struct ui_event *event);
void ui_pointer_leave(struct ui *ui);
void ui_set_active(struct ui *ui, bool active);

/* Moves animations to `now`, then measures and places what changed. */
void ui_update(struct ui *ui, uint64_t now);
bool ui_is_moving(const struct ui *ui);

/* Takes the damage, clipped to the root, in root coordinates. */
unsigned ui_take_damage(struct ui *ui, struct rect rects[UI_DAMAGE_MAX]);

/* Paints one rectangle of it; the gfx's origin is the root's. */
void ui_paint(struct ui *ui, struct gfx *gfx, struct rect r);

/* Moves the focus: to a widget, to the next or previous one, to the nearest
 * one below or above. */
void ui_set_focus(struct ui *ui, struct widget *widget);
bool ui_focus_step(struct ui *ui, int direction);
bool ui_focus_vertical(struct ui *ui, int direction);

/* Frees what was destroyed; ui_event and ui_update do it themselves. */
void ui_bury(struct ui *ui);

/* Lets *value glide to `to` within ms, damaging the widget on its way. */
void ui_animate(struct ui *ui, struct widget *widget, float *value, float to,
		int ms);
bool ui_is_animated(const struct ui *ui, const float *value);

/* Runs the class's `alarm` that long after the next ui_update, once; < 0: not
 * any more. One alarm a widget. */
void widget_set_alarm(struct widget *widget, int ms);

/* The tree as the report `widgets`: x, y are added to root coordinates for
 * session coordinates, output_x and output_y to these. Owned by the caller. */
char *ui_report(const struct ui *ui, int x, int y, int output_x, int output_y);

/* ---- widgets ---- */

/* Zeroed but for the head; the last child of its parent (NULL: the root). */
void *widget_create(struct ui *ui, struct widget *parent,
		    const struct widget_class *cls, const char *name);
void widget_destroy(struct widget *widget); /* NULL is fine */
void widget_destroy_children(struct widget *widget);

/* Moves it in the list of its parent, behind `after` (NULL: to the front). */
void widget_move_after(struct widget *widget, struct widget *after);

void widget_relayout(struct widget *widget);
void widget_damage(struct widget *widget);
void widget_damage_rect(struct widget *widget, struct rect r);
void widget_set_hidden(struct widget *widget, bool hidden);
/* The same as setting widget.disabled, but it fades. */
void widget_set_disabled(struct widget *widget, bool disabled);
/* Comes by growing and fading in; goes the other way and is destroyed then: for
 * the user it's gone at once. Both at once with reduced motion. */
void widget_appear(struct widget *widget, int ms);
void widget_leave(struct widget *widget, int ms);
void widget_set_name(struct widget *widget, const char *name);
/*
 * A sentence that explains it (NULL: none): shown beside it in a tooltip when
 * the pointer rests on it, or on a child without one, or when the keyboard
 * focuses it; Esc, a press or the wheel take it away. Also in the report.
 */
void widget_set_tip(struct widget *widget, const char *tip);

struct size widget_measure(struct widget *widget, int for_width);
void widget_place(struct widget *widget, struct rect r);

/* Its rectangle in coordinates of the root, not clipped. */
struct rect widget_rect(const struct widget *widget);
/* The part of it that its parents don't cut off. */
struct rect widget_visible_rect(const struct widget *widget);

/* ---- used by the parts of ui ---- */

/* Widgets moved below the pointer. */
void ui_rehover(struct ui *ui);
/* Pointer or focus went elsewhere: whose tooltip is due? */
void ui_tip_follow(struct ui *ui);
/* Takes it away; false when there was none. */
bool ui_tip_dismiss(struct ui *ui);
/* Forgets a widget that goes. */
void ui_tip_forget(struct ui *ui, const struct widget *widget);

/* Paints the focus ring around r. */
void paint_focus_ring(struct gfx *gfx, struct rect r, int radius);

#endif
