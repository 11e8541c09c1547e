/*
 * window: a tree of widgets in a view of a Nitpicker session.
 *
 * The buffer is argb8888; the view is larger than the window by a margin for
 * its soft shadow. The view's `content` (opaque, takes input, framed in X-ray)
 * is the window less WINDOW_INSET logical pixels at each side, so that the
 * round corners are blended by the server.
 *
 * The title moves it and, pressed twice, makes it as large as the screen or as
 * it was; edges and corners resize it. Ctrl+Alt with arrows moves, with Shift
 * resizes, Ctrl+Alt+Enter does what pressing the title twice does.
 *
 * A frame is drawn when something changed and the last one was shown; none
 * while the window is hidden. The view is created and stacked together with
 * the first frame. Reports: `first_picture` at the first frame that somebody
 * saw, `widgets` after each frame that changed it.
 */
#ifndef SCOUT_WIDGET_WINDOW_H
#define SCOUT_WIDGET_WINDOW_H

#include "base/config.h"
#include "base/loop.h"
#include "scout/widget/widgets.h"
#include "session/nitpicker.h"

enum { WINDOW_INSET = 3, WINDOW_MIN = 200 };

struct window;

struct window_options {
	const char *title;
	/* Where it opens, logical pixels of the session; moved and made smaller
	 * where the screen asks for it. */
	struct rect place;
	int min_w, min_h; /* logical; 0: WINDOW_MIN */
};

struct window_handler {
	/* The close button; NULL: there is none. */
	void (*close)(void *user);
	/* A key that no widget wanted; true: consumed. May be NULL. */
	bool (*key)(void *user, const struct ui_event *event);
	/* Any press, key or wheel. May be NULL. */
	void (*activity)(void *user);
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

/* Offers text for the clipboard. Waits for the server's answer. */
enum wire_status window_copy(struct window *window, const char *text,
			     size_t bytes);

/* A message in the window that stays until dismissed (Esc does). */
void window_message(struct window *window, const char *title, const char *text);

#endif
