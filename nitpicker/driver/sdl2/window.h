/*
 * The host's window and its surface: shows parts of a picture that lies in
 * shared memory.
 *
 * On X11 SDL's surface is a shared memory segment of the X server: an update
 * is one copy of the changed rectangles and one XShmPutImage each. On Wayland
 * SDL has no such surface and puts it into a texture.
 */
#ifndef SDL2_WINDOW_H
#define SDL2_WINDOW_H

#include <SDL_surface.h>
#include <SDL_video.h>

#include "base/geometry.h"
#include "blit/blit.h"
#include "host.h"
#include "session/framebuffer.h"

enum {
	WINDOW_MIN_W = 320, /* pixels of the window */
	WINDOW_MIN_H = 240,
	WINDOW_RECTS = 256, /* rectangles of one update */
};

/* What is shown: the client's buffer. */
struct picture {
	void *pixels; /* mapped, owned */
	size_t bytes;
	uint32_t w, h, stride;
	enum pixel_format format;
};

struct window {
	SDL_Window *sdl;
	SDL_Surface *surface; /* SDL's; gone at each change of size */
	struct host host;
	SDL_Rect changed[WINDOW_RECTS]; /* copied, not handed to the host yet */
	int changed_count;
};

/* Before SDL_Init. */
void window_prepare(void);

/* w, h: units of the window, 0: the default. False, with SDL's error kept, when
 * there is no display. SDL_Init is part of
 * it; window_close undoes both. */
bool window_open(struct window *window, const char *title, int w, int h,
		 bool fullscreen, bool visible);
void window_close(struct window *window);

/* As for window_open: 0 is the default size. */
void window_resize(struct window *window, int w, int h);

/* Fetches the surface again; after each change of the window's size. False
 * with SDL's error when that fails. */
bool window_fetch_surface(struct window *window);

/* Pixels of the surface per unit of the window, for positions of events. */
void window_pixel_scale(const struct window *window, float *x, float *y);

/* The format that needs no conversion. */
enum pixel_format window_format(const struct window *window);

/* Refresh rate in mHz and physical size of w * h pixels (0: unknown). */
unsigned window_refresh_rate(const struct window *window);
void window_physical_size(const struct window *window,
			  struct framebuffer_mode_info *mode);

/* Copies a rectangle of the picture; shown by window_update. */
void window_draw(struct window *window, const struct picture *picture,
		 struct rect r);
/* Hands what was drawn to the host. */
void window_update(struct window *window);
/* All of the picture at the top left, the rest dark, handed to the host. */
void window_redraw(struct window *window, const struct picture *picture);

#endif
