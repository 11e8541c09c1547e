/*
 * window: a tree of widgets in a view of a Nitpicker session.
 *
 * The buffer is argb8888; the view is larger than the window by a margin for
 * its soft shadow. The view's `content` (opaque, takes input, framed in X-ray)
 * is the window less WINDOW_INSET logical pixels at each side, so that the
 * round corners are blended by the server.
 *
 * It fades in and out, unless motion is reduced or it has a hole.
 *
 * The title moves it and, pressed twice, makes it as large as the screen or as
 * it was; edges and corners resize it. Ctrl+Alt with arrows moves, with Shift
 * resizes, Ctrl+Alt+Enter does what pressing the title twice does.
 *
 * A frame is drawn when something changed and the last one was shown; none
 * while the window is hidden. The view is created and stacked together with
 * the first frame. Around the view of another session the window leaves a hole,
 * and consists of the views of its four sides. Reports: `first_picture` at the
 * first frame that somebody saw, `widgets` after each frame that changed it.
 */
#ifndef SCOUT_WIDGET_WINDOW_H
#define SCOUT_WIDGET_WINDOW_H

#include "base/config.h"
#include "base/loop.h"
#include "scout/widget/widgets.h"
#include "session/nitpicker.h"

enum { WINDOW_INSET = 3, WINDOW_MIN = 200 };

/* Environment variable that a parent may set: a window opens so many steps of
 * WINDOW_STEP to the right and down of where it would, so that several windows
 * of one program don't lie on each other. */
#define WINDOW_CASCADE "NITPICKER_CASCADE"
enum { WINDOW_STEP = 32 };

struct window;

struct window_options {
	const char *title;
	/* Where it opens, logical pixels of the session; moved and made smaller
	 * where the screen asks for it. */
	struct rect place;
	/* place.x is the distance of the window's right edge from that of the
	 * screen. */
	bool from_right;
	int min_w, min_h; /* logical; 0: WINDOW_MIN */
	/* Bytes of the program's quota that are its own: a window that would
	 * need them stays smaller. At most half of the quota is kept so. */
	uint64_t reserve;
};

struct window_handler {
	/* The close button; NULL: there is none. */
	void (*close)(void *user);
	/* A key that no widget wanted; true: consumed. May be NULL. */
	bool (*key)(void *user, const struct ui_event *event);
	/* Any press, key or wheel. May be NULL. */
	void (*activity)(void *user);

	/* For a window around the view of another session; may be NULL: */

	/* What the session gets, before the window does; true: consumed. */
	bool (*input)(void *user, const struct input_event *event);
	/* The user wants it there (real pixels of the session), in another
	 * size. True: window_set_place will be called once it can be. */
	bool (*wish)(void *user, struct rect place);
	/* It was moved or resized: the server was just told. */
	void (*placed)(void *user);
	/* The user touched it, so that all of it comes to the front. */
	void (*raised)(void *user);
	/* The scale or what is usable of the screen changed. */
	void (*info)(void *user);
	/* A frame was shown, or can be again; `hidden`: nobody sees any of it,
	 * so that nothing needs to move. */
	void (*shown)(void *user, bool hidden);
	void (*keyboard)(void *user, const struct input_keyboard *keyboard);
	void (*clipboard_changed)(void *user);
};

/* Reads <theme> from the component's config. NULL with one log line when the
 * session or FreeType fails. */
struct window *window_create(struct loop *loop, struct parent *parent,
			     const struct window_options *options,
			     const struct window_handler *handler, void *user);
void window_destroy(struct window *window); /* NULL is fine */

/* What to build the tree with. */
struct ui *window_ui(struct window *window);
struct widget *window_body(struct window *window);

/* Shows it, once the tree is there. */
void window_show(struct window *window);

/* Follows <theme mode= motion= text=/> of a changed config. */
void window_configure(struct window *window, const struct config_node *config);

/* Changes what the title bar and the session's view are called. */
void window_set_title(struct window *window, const char *title);

/* ---- around the view of another session ---- */

/* Where it is: real pixels of the session, without the shadow. */
struct rect window_place(const struct window *window);
void window_set_place(struct window *window, struct rect place);
/* Before it is shown: moved and made smaller where the screen asks for it. */
void window_set_first_place(struct window *window, struct rect place);
/* The part of it below the title, in a window of that size. */
struct rect window_body_place(const struct window *window, int w, int h);

/* What another session of the same program got, as if it were the window's;
 * window_handler.input isn't asked. */
void window_input(struct window *window, const struct input_event *event);

/*
 * That part of the window (real pixels from its upper left) is covered by no
 * view of this window; empty: all is covered. Takes effect with the next frame
 * that is placed: call window_set_place after it.
 */
void window_set_hole(struct window *window, struct rect hole);

/* Brings it to the front. */
void window_raise(struct window *window);

/* `bare`: without title, edges and shadow. `fixed`: the user can't resize. */
void window_set_style(struct window *window, bool bare, bool fixed);

/* Its session, for what the window itself doesn't offer. */
struct nitpicker *window_nitpicker(struct window *window);

/* Offers text for the clipboard. Waits for the server's answer. */
enum wire_status window_copy(struct window *window, const char *text,
			     size_t bytes);

/* Brings the windows of one of our children to the front; see
 * nitpicker_raise. */
void window_raise_child(struct window *window, const char *label);

/* A message in the window that stays until dismissed (Esc does). */
void window_message(struct window *window, const char *title, const char *text);
/* The same for what is no error: goes by itself. */
void window_note(struct window *window, const char *title, const char *text);

#endif
