/*
 * sdl2_drv: a window of the host as Framebuffer and Input.
 *
 * One thread, one epoll: the descriptor of the X or Wayland connection stands
 * beside those of the sessions, SDL is asked for events when it is readable,
 * and nothing else ever wakes the process.
 */
#ifndef SDL2_DRIVER_H
#define SDL2_DRIVER_H

#include <SDL_events.h>

#include "keys.h"
#include "options.h"
#include "pointer.h"
#include "session/session.h"
#include "window.h"

enum {
	DRIVER_REPEAT_NS = 15000000, /* between looks for repetitions */
	DRIVER_METHOD_NS = 10000000, /* between looks for committed text */
};

struct driver {
	struct component component;
	struct options options;
	struct window window;
	struct loop_source *host_source; /* the host's connection */
	struct framebuffer_server *framebuffer;
	struct input_server *input;
	struct picture picture;
	struct timer resize; /* the window's size has settled */
	struct timer repeat; /* Wayland: SDL makes repetitions when asked */
	struct timer method; /* an input method may commit by D-Bus */
	unsigned method_left; /* looks for such text that are left */
	bool input_method; /* one is configured that talks D-Bus */
	struct keys keys;
	struct pointer pointer;
	struct input_keyboard keyboard; /* as last told */
	char *client_title; /* owned; NULL: none */
	bool sampling; /* an Input client is there */
	bool grabbed;
	bool pumping;
	bool pump_due; /* in the next turn */
};

/* Takes all events that SDL and the library below have, and writes out what
 * they hold back: to be called at the end of whatever used SDL. */
void driver_pump(struct driver *driver);

/* The mode of the window as it is now. */
void driver_set_mode(struct driver *driver);
/* For the timer: the same, and shown. */
void driver_resized(void *user);
void driver_update_title(struct driver *driver);
/* False when the window isn't focused or the host refuses. */
bool driver_grab(struct driver *driver, bool on);

/* One SDL event. */
void events_handle(struct driver *driver, const SDL_Event *event);
/* Tells layout and locks, if they changed. */
void events_tell_keyboard(struct driver *driver);
/* The client came: what was before is not its business. */
void events_forget(struct driver *driver);
/* All keys are up, as after a loss of the focus. */
void events_release_all(struct driver *driver);

#endif
