#ifndef SCOUT_WIDGET_WINDOW_PRIVATE_H
#define SCOUT_WIDGET_WINDOW_PRIVATE_H

#include "scout/widget/window.h"

/* With a hole, VIEW is the upper side. */
enum { VIEW = 1, VIEW_LEFT, VIEW_RIGHT, VIEW_BOTTOM };

struct window {
	struct loop *loop;
	struct parent *parent;
	struct nitpicker *nitpicker;
	struct text *text;
	struct ui ui;
	struct frame *frame;
	struct window_handler handler;
	void *user;
	char *title;
	int min_w, min_h; /* logical */

	/* Session coordinates, real pixels, without the margin. */
	struct rect place; /* as the server knows it */
	struct rect next; /* as it shall be */
	struct rect hole; /* of the window; empty: none */
	bool hollow; /* the views of the sides are there */
	bool hole_dirty; /* the server doesn't know it yet */
	bool bare, fixed;
	int buffer_w, buffer_h;
	struct margin margin;
	struct shadow shadows[2]; /* idle, focused */
	const struct theme *shadow_theme; /* they were made for */
	int shadow_scale;
	bool margin_dirty; /* the shadow has to be painted */

	/* frames */
	bool shown_once, seen_once, stacked;
	bool in_flight, hidden, wanted, deferred;
	uint64_t last_frame; /* ns */
	struct timer timer;
	struct timer alarm; /* of the widgets */
	struct timer closing; /* it fades before it is closed */
	float veil; /* 1: can't be seen yet, or any more */
	bool faded; /* as the server knows it */
	int rise; /* pixels below its place, while it comes */
	char *report; /* the last one */

	/* input */
	unsigned mods;
	struct timer repeat; /* of a key that is held */
	uint32_t repeat_code;
	uint64_t reserve; /* bytes, as of the options */
	bool dragging;
	unsigned drag_edges;
	int drag_x, drag_y; /* of the pointer at the press, session */
	int pointer_x, pointer_y; /* session */
	struct rect drag_place;
	uint64_t title_pressed; /* ns; for two presses in a row */
	struct rect restored; /* before it was maximised */
	const char *shape; /* as the server knows it */
};

/* ---- frames ---- */

/* Draws soon: at once, or when the last frame was shown. */
void window_wake(void *window);
/* Draws now. */
void window_draw(struct window *window);
void window_frame_timer(void *window);
void window_on_shown(void *window, const struct frame_shown *shown);
void window_on_exposed(void *window);
/* It comes and goes softly; one with a hole doesn't. */
bool window_can_fade(const struct window *window);

/* ---- place ---- */

/* The nearest place that can be reached and used. */
struct rect window_fit(const struct window *window, struct rect place);
/* The x of a place whose x is the distance of the right edges. */
int window_from_right(const struct window *window, struct rect place);
/* Where it opens when others of its kind may be open already. */
struct rect window_cascade(const struct window *window, struct rect place);
/* A place from the options: also inside of what is usable. */
struct rect window_first_place(const struct window *window, struct rect place);
/* Moves and resizes to `next`; resizing only between frames. */
void window_move(struct window *window);
bool window_resize(struct window *window);
/* To another place: the owner may want to prepare itself first. */
void window_go(struct window *window, struct rect next);
/* Pixels that the shadow takes now. */
struct margin window_margin(const struct window *window);
/* The user drags. */
void window_drag_begin(void *window, unsigned edges);
void window_drag(struct window *window);
void window_send_place(struct window *window);
/* To all of what is usable, or back. */
void window_maximise(struct window *window);
/* Ctrl+Alt and arrows move it, with Shift they resize, Enter maximises. True:
 * it was such a key. */
bool window_place_key(struct window *window, const struct ui_event *event);

/* ---- input ---- */

void window_on_event(void *window, const struct input_event *event);
void window_on_batch_end(void *window);
/* The timer of keys that are held. */
void window_repeat(void *window);

#endif
