/*
 * The mode of the window, its title, and the grab.
 */
#include <SDL.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/alloc.h"
#include "base/log.h"
#include "base/memory.h"
#include "driver.h"

static unsigned scale_of(struct driver *driver)
{
	float x, y;
	unsigned scale;

	if (driver->options.scale)
		return (unsigned)driver->options.scale;
	window_pixel_scale(&driver->window, &x, &y);
	scale = (unsigned)(x * 100 + 0.5f);
	if (scale == 100)
		scale = host_scale(&driver->window.host);
	return scale < 25 || scale > 800 ? 100 : scale;
}

/* The old picture at the top left of the new one, the rest dark. */
static void take_over(struct picture *picture, const struct picture *old)
{
	unsigned bytes = picture->format == FORMAT_RGB565 ? 2 : 4;
	uint32_t w = old->w < picture->w ? old->w : picture->w;
	uint32_t h = old->h < picture->h ? old->h : picture->h;

	if (!old->pixels || old->format != picture->format)
		return;
	for (uint32_t y = 0; y < h; y++)
		memcpy((char *)picture->pixels + (size_t)y * picture->stride,
		       (char *)old->pixels + (size_t)y * old->stride,
		       (size_t)w * bytes);
}

void driver_set_mode(struct driver *driver)
{
	const SDL_Surface *surface = driver->window.surface;
	struct picture *picture = &driver->picture, old = *picture;
	struct framebuffer_mode_info mode;
	int fd;

	if (!surface || surface->w < 1 || surface->h < 1 ||
	    surface->w > LIMIT_SIDE || surface->h > LIMIT_SIDE)
		return;
	mode = (struct framebuffer_mode_info){
		.w = (uint32_t)surface->w,
		.h = (uint32_t)surface->h,
		.format = window_format(&driver->window),
		.scale = scale_of(driver),
		.refresh = window_refresh_rate(&driver->window),
	};
	mode.stride = mode.w * (mode.format == FORMAT_RGB565 ? 2 : 4);
	window_physical_size(&driver->window, &mode);
	*picture = (struct picture){
		.bytes = (size_t)mode.stride * mode.h,
		.w = mode.w,
		.h = mode.h,
		.stride = mode.stride,
		.format = mode.format,
	};
	fd = memory_create_buffer("sdl2_drv", picture->bytes);
	if (fd >= 0 && memory_allocate(fd, 0, picture->bytes))
		picture->pixels = memory_map(fd, picture->bytes, true);
	if (!picture->pixels) {
		log_error("no memory for %ux%u pixels: %s", mode.w, mode.h,
			  strerror(errno));
		if (fd >= 0)
			close(fd);
		*picture = old;
		return;
	}
	take_over(picture, &old);
	memory_unmap(old.pixels, old.bytes);
	driver->pointer.known = false;
	framebuffer_server_set_mode(driver->framebuffer, &mode, fd);
}

void driver_resized(void *user)
{
	struct driver *driver = user;

	driver_set_mode(driver);
	window_redraw(&driver->window, &driver->picture);
	driver_pump(driver);
}

void driver_update_title(struct driver *driver)
{
	const struct options *options = &driver->options;
	const char *title = driver->client_title ? driver->client_title
						 : options->title;
	char *full;

	if (!driver->grabbed) {
		SDL_SetWindowTitle(driver->window.sdl, title);
		return;
	}
	if (options->chord.key)
		full = xasprintf("%s - %s releases mouse and keyboard", title,
				 options->chord_name);
	else
		full = xasprintf("%s - mouse and keyboard grabbed", title);
	SDL_SetWindowTitle(driver->window.sdl, full);
	free(full);
}

bool driver_grab(struct driver *driver, bool on)
{
	SDL_Window *window = driver->window.sdl;

	if (on == driver->grabbed)
		return true;
	if (on && (!(SDL_GetWindowFlags(window) & SDL_WINDOW_INPUT_FOCUS) ||
		   SDL_SetRelativeMouseMode(SDL_TRUE) < 0))
		return false;
	if (!on)
		SDL_SetRelativeMouseMode(SDL_FALSE);
	SDL_SetWindowKeyboardGrab(window, on ? SDL_TRUE : SDL_FALSE);
	driver->grabbed = on;
	driver->pointer.known = false;
	driver_update_title(driver);
	return true;
}
