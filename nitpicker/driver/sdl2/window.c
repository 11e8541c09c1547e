#include "window.h"

#include <SDL.h>

#include "base/log.h"

enum { GROUND = 0xff202226 }; /* where no picture is */

void window_prepare(void)
{
	host_prepare();
	/* Never the text console or a made-up screen: other drivers do that.
	 * The user's SDL_VIDEODRIVER wins. */
	SDL_SetHint(SDL_HINT_VIDEODRIVER, "x11,wayland");
	SDL_SetHint(SDL_HINT_NO_SIGNAL_HANDLERS, "1");
	SDL_SetHint(SDL_HINT_VIDEO_ALLOW_SCREENSAVER, "1");
	SDL_SetHint(SDL_HINT_VIDEO_X11_NET_WM_BYPASS_COMPOSITOR, "0");
	SDL_SetHint(SDL_HINT_MOUSE_FOCUS_CLICKTHROUGH, "1");
	SDL_SetHint(SDL_HINT_TOUCH_MOUSE_EVENTS, "0");
	SDL_SetHint(SDL_HINT_MOUSE_TOUCH_EVENTS, "0");
	SDL_SetHint(SDL_HINT_IME_INTERNAL_EDITING, "1");
	SDL_SetHint(SDL_HINT_APP_NAME, "Nitpicker");
}

enum { DEFAULT_W = 1280, DEFAULT_H = 800 };

/* Where nothing else is asked for: not larger than what the host's panels and
 * a title bar leave. */
static void default_size(int *w, int *h)
{
	SDL_Rect usable = { 0, 0, DEFAULT_W, DEFAULT_H };

	SDL_GetDisplayUsableBounds(0, &usable);
	if (!*w)
		*w = usable.w < DEFAULT_W ? usable.w : DEFAULT_W;
	if (!*h)
		*h = usable.h < DEFAULT_H ? usable.h : DEFAULT_H;
}

void window_resize(struct window *window, int w, int h)
{
	default_size(&w, &h);
	SDL_SetWindowSize(window->sdl, w, h);
}

bool window_open(struct window *window, const char *title, int w, int h,
		 bool fullscreen, bool visible)
{
	const char *driver;
	Uint32 flags = SDL_WINDOW_RESIZABLE | SDL_WINDOW_ALLOW_HIGHDPI;

	*window = (struct window){ 0 };
	if (SDL_Init(SDL_INIT_VIDEO) < 0)
		return false;
	/* Without it SDL's surface on X11 is a texture that GL draws in
	 * software: a thousand times slower for a small rectangle. Wayland has
	 * only the texture. */
	driver = SDL_GetCurrentVideoDriver();
	if (driver && !strcmp(driver, "x11"))
		SDL_SetHint(SDL_HINT_FRAMEBUFFER_ACCELERATION, "0");
	flags |= visible ? SDL_WINDOW_SHOWN : SDL_WINDOW_HIDDEN;
	if (fullscreen)
		flags |= SDL_WINDOW_FULLSCREEN_DESKTOP;
	default_size(&w, &h);
	window->sdl = SDL_CreateWindow(title, SDL_WINDOWPOS_UNDEFINED,
				       SDL_WINDOWPOS_UNDEFINED, w, h, flags);
	if (!window->sdl)
		return false;
	SDL_SetWindowMinimumSize(window->sdl, WINDOW_MIN_W, WINDOW_MIN_H);
	host_init(&window->host, window->sdl);
	return window_fetch_surface(window);
}

void window_close(struct window *window)
{
	if (window->sdl)
		SDL_DestroyWindow(window->sdl);
	*window = (struct window){ 0 };
	SDL_Quit();
}

bool window_fetch_surface(struct window *window)
{
	window->changed_count = 0;
	window->surface = SDL_GetWindowSurface(window->sdl);
	return window->surface != NULL;
}

void window_pixel_scale(const struct window *window, float *x, float *y)
{
	int w = 0, h = 0;

	SDL_GetWindowSize(window->sdl, &w, &h);
	*x = *y = 1;
	if (w > 0 && h > 0 && window->surface) {
		*x = (float)window->surface->w / (float)w;
		*y = (float)window->surface->h / (float)h;
	}
}

enum pixel_format window_format(const struct window *window)
{
	return window->surface->format->format == SDL_PIXELFORMAT_RGB565
		       ? FORMAT_RGB565
		       : FORMAT_XRGB8888;
}

unsigned window_refresh_rate(const struct window *window)
{
	SDL_DisplayMode mode;
	int display = SDL_GetWindowDisplayIndex(window->sdl);

	if (display < 0 || SDL_GetCurrentDisplayMode(display, &mode) < 0 ||
	    mode.refresh_rate < 1 || mode.refresh_rate > 1000)
		return 60000;
	return (unsigned)mode.refresh_rate * 1000;
}

void window_physical_size(const struct window *window,
			  struct framebuffer_mode_info *mode)
{
	float horizontal, vertical;
	int display = SDL_GetWindowDisplayIndex(window->sdl);

	/* Virtual screens tell nonsense. */
	if (display < 0 ||
	    SDL_GetDisplayDPI(display, NULL, &horizontal, &vertical) < 0 ||
	    !(horizontal >= 50 && horizontal <= 800) ||
	    !(vertical >= 50 && vertical <= 800))
		return;
	mode->mm_w = (uint32_t)((float)mode->w * 25.4f / horizontal + 0.5f);
	mode->mm_h = (uint32_t)((float)mode->h * 25.4f / vertical + 0.5f);
}

static bool blit_format_of(const SDL_Surface *surface, enum blit_format *format)
{
	switch (surface->format->format) {
	case SDL_PIXELFORMAT_RGB888:
		*format = BLIT_XRGB8888;
		return true;
	case SDL_PIXELFORMAT_ARGB8888:
		*format = BLIT_ARGB8888;
		return true;
	case SDL_PIXELFORMAT_RGB565:
		*format = BLIT_RGB565;
		return true;
	}
	return false;
}

static void copy(SDL_Surface *surface, const struct picture *picture,
		 struct rect r)
{
	struct blit_surface from = {
		.pixels = picture->pixels,
		.stride = picture->stride,
		.width = (int)picture->w,
		.height = (int)picture->h,
		.format = picture->format == FORMAT_RGB565 ? BLIT_RGB565
							   : BLIT_XRGB8888,
	};
	struct blit_surface to = {
		.pixels = surface->pixels,
		.stride = surface->pitch,
		.width = surface->w,
		.height = surface->h,
	};
	bool rgb565 = picture->format == FORMAT_RGB565;
	unsigned bytes = rgb565 ? 2 : 4;

	if (blit_format_of(surface, &to.format)) {
		blit_copy(&to, &from,
			  (struct blit_area){ .x = r.x,
					      .y = r.y,
					      .w = r.w,
					      .h = r.h,
					      .sx = r.x,
					      .sy = r.y });
		return;
	}
	SDL_ConvertPixels(
		r.w, r.h,
		rgb565 ? SDL_PIXELFORMAT_RGB565 : SDL_PIXELFORMAT_RGB888,
		(const char *)picture->pixels + (size_t)r.y * picture->stride +
			(size_t)r.x * bytes,
		(int)picture->stride, surface->format->format,
		(char *)surface->pixels + (size_t)r.y * (size_t)surface->pitch +
			(size_t)r.x * surface->format->BytesPerPixel,
		surface->pitch);
}

void window_draw(struct window *window, const struct picture *picture,
		 struct rect r)
{
	SDL_Surface *surface = window->surface;

	if (!surface || !picture->pixels)
		return;
	r = rect_intersect(r, (struct rect){ 0, 0, (int32_t)picture->w,
					     (int32_t)picture->h });
	r = rect_intersect(r, (struct rect){ 0, 0, surface->w, surface->h });
	if (rect_is_empty(r))
		return;
	if (window->changed_count == WINDOW_RECTS)
		window_update(window);
	copy(surface, picture, r);
	window->changed[window->changed_count++] = (SDL_Rect){ r.x, r.y, r.w,
							       r.h };
}

void window_update(struct window *window)
{
	int count = window->changed_count;

	window->changed_count = 0;
	if (!count || !window->surface)
		return;
	/* Refused between a change of size and its event: that redraws all. */
	if (SDL_UpdateWindowSurfaceRects(window->sdl, window->changed, count) <
	    0)
		log_debug("update: %s", SDL_GetError());
}

void window_redraw(struct window *window, const struct picture *picture)
{
	SDL_Surface *surface = window->surface;
	SDL_Rect beside, below;
	Uint32 ground;

	if (!surface)
		return;
	window->changed_count = 0;
	window_draw(window, picture,
		    (struct rect){ 0, 0, surface->w, surface->h });
	ground = SDL_MapRGB(surface->format, GROUND >> 16 & 0xff,
			    GROUND >> 8 & 0xff, GROUND & 0xff);
	beside = (SDL_Rect){ (int)picture->w, 0, surface->w - (int)picture->w,
			     surface->h };
	below = (SDL_Rect){ 0, (int)picture->h, surface->w,
			    surface->h - (int)picture->h };
	if (beside.w > 0)
		SDL_FillRect(surface, &beside, ground);
	if (below.h > 0)
		SDL_FillRect(surface, &below, ground);
	window->changed[0] = (SDL_Rect){ 0, 0, surface->w, surface->h };
	window->changed_count = 1;
	window_update(window);
}
