/*
 * input: events of a Nitpicker session -> the pointer and keyboard of an X
 * server.
 *
 * Presses and releases are balanced for X, whatever comes: what is held is
 * released when the focus leaves and at the end. Motions of one batch are one
 * motion. What comes while the keyboard isn't ready (a layout is being set, no
 * key is free for a character) waits in a queue, in order.
 *
 * Games: where the pointer has no picture and the X program moves it by itself,
 * the pointer is grabbed after the next press, and X gets how far it moved.
 */
#ifndef XVFB_GLUE_INPUT_H
#define XVFB_GLUE_INPUT_H

#include "base/geometry.h"
#include "display.h"
#include "session/protocol.h"

enum {
	/* Events that wait; the last ones are for releases alone. */
	INJECTOR_QUEUE = 4096,
	INJECTOR_QUEUE_RELEASES = 1024,
};

struct injector;

struct injector_handler {
	/*
	 * The pointer goes to a place of the session (or of the view that the
	 * session's events belong to); the place on the X root is returned.
	 * Unless a button is `held`, the window to be hit there should come to
	 * the front of the X server first.
	 */
	struct point (*aim)(void *user, struct point at, bool held);
	/* Which X window has the focus, or that none has it any more. What was
	 * held was released before. */
	void (*focus)(void *user, bool focused);
	/* Of nitpicker: motion becomes relative. */
	enum wire_status (*grab)(void *user, bool on);
};

/* Of a connected display. `authority`: for keyboard_create. All buttons that
 * somebody may have left held are released. Never NULL. */
struct injector *injector_create(struct display *display, const char *authority,
				 const struct injector_handler *handler,
				 void *user);
/* Releases what is held, if the display is still connected. NULL is fine. */
void injector_destroy(struct injector *injector);

/* For the handlers of the session. */
void injector_event(struct injector *injector, const struct input_event *event);
void injector_batch_end(struct injector *injector);
void injector_keyboard(struct injector *injector,
		       const struct input_keyboard *keyboard);

/* Does the X pointer have a picture? See pointer.h. */
void injector_pointer_shown(struct injector *injector, bool shown);

/* A click on the root window there, which ends menus that hold the pointer;
 * the pointer stays there. Nothing while a button is held. */
void injector_dismiss(struct injector *injector, struct point root);

/* Is a button held in X? */
bool injector_is_holding(const struct injector *injector);

#endif
