/*
 * The connection behind an SDL window, so that one epoll can wait for it: SDL
 * itself offers no descriptor. And what SDL doesn't tell about an X server.
 */
#ifndef SDL2_HOST_H
#define SDL2_HOST_H

#include <SDL_events.h>
#include <SDL_video.h>
#include <stdbool.h>

#include "session/protocol.h"

enum host_kind { HOST_OTHER, HOST_X11, HOST_WAYLAND };

struct host {
	enum host_kind kind;
	void *display; /* of Xlib or libwayland-client; SDL's */
	unsigned long window; /* X11 */
	int clipboard_event; /* X11: its number; 0: none */
};

/* Before SDL_Init: makes the libraries below SDL behave. */
void host_prepare(void);

void host_init(struct host *host, SDL_Window *window);

/* -1: a host without one (SDL's dummy driver). */
int host_fd(const struct host *host);

/* True when there are events that SDL hasn't seen. The descriptor is not made
 * readable by those that the library behind SDL has read, as it does while it
 * writes or waits. */
bool host_has_queued(const struct host *host);

/* Writes out what the library still holds back. To be called before
 * sleeping. */
void host_flush(const struct host *host);

/* True when the message says that another program offers a clipboard. */
bool host_is_new_clipboard(const struct host *host,
			   const SDL_SysWMmsg *message);

/* Scale of the user's desktop in percent (X11: the resource Xft.dpi); 0: the
 * host doesn't say. */
unsigned host_scale(const struct host *host);

/* Layout, variant and options where the host tells (X11); locks stay. */
void host_layout(const struct host *host, struct input_keyboard *keyboard);

#endif
