#include "driver/display/display.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/alloc.h"
#include "base/log.h"
#include "base/memory.h"

enum {
	DPI = 96, /* of an output with scale 100 */
	MARGIN = 4 << 20, /* bytes this program needs beside its buffers */
};

struct display {
	struct loop *loop;
	struct parent *parent;
	struct framebuffer_server *server;
	struct display_mode mode;
	int fd;
	void *memory;
	uint64_t bytes;
	uint64_t quota; /* bytes; 0: not known */
	uint64_t frames, pixels, last_refresh;
	bool has_picture;
	struct display_cursor cursor;
	struct display_watch *watches;
};

bool display_mode_equal(const struct display_mode *a,
			const struct display_mode *b)
{
	return a->w == b->w && a->h == b->h && a->scale == b->scale &&
	       a->rate == b->rate && a->format == b->format &&
	       a->cursor == b->cursor;
}

static uint32_t bytes_per_pixel(enum pixel_format format)
{
	return format == FORMAT_RGB565 ? 2 : 4;
}

static uint64_t mode_bytes(const struct display_mode *mode)
{
	return page_round((uint64_t)mode->w * mode->h *
			  bytes_per_pixel(mode->format));
}

static void handle_refresh(void *user, const struct rect *rects, size_t count,
			   bool end)
{
	struct display *display = user;

	for (size_t i = 0; i < count; i++) {
		display->pixels += (uint64_t)rect_area(rects[i]);
	}
	display->last_refresh = loop_now();
	if (end) {
		display->frames++;
		display->has_picture = true;
	}
	for (struct display_watch *watch = display->watches, *next; watch;
	     watch = next) {
		next = watch->next;
		if (watch->refresh) {
			watch->refresh(watch->user, rects, count, end);
		}
	}
}

static void handle_title(void *user, const char *title)
{
	struct display *display = user;

	for (struct display_watch *watch = display->watches; watch;
	     watch = watch->next) {
		if (watch->title) {
			watch->title(watch->user, title);
		}
	}
}

static enum wire_status handle_wish(void *user, uint32_t w, uint32_t h)
{
	struct display *display = user;
	struct display_mode mode = display->mode;

	mode.w = w;
	mode.h = h;
	return display_set_mode(display, &mode) ? WIRE_QUOTA_EXCEEDED : WIRE_OK;
}

static void handle_connected(void *user, bool connected, const char *label)
{
	struct display *display = user;

	(void)connected;
	(void)label;
	display->cursor = (struct display_cursor){ 0 };
}

static enum wire_status handle_pointer_image(
	void *user, const struct frame_pointer_image *image,
	const uint32_t *pixels)
{
	struct display *display = user;

	(void)pixels;
	display->cursor.image = *image;
	return WIRE_OK;
}

static void handle_pointer_move(void *user, int32_t x, int32_t y, bool visible)
{
	struct display *display = user;

	display->cursor.at = (struct framebuffer_pointer_move){ x, y, visible };
}

static const struct framebuffer_server_handler handler = {
	.connected = handle_connected,
	.pointer_image = handle_pointer_image,
	.pointer_move = handle_pointer_move,
	.refresh = handle_refresh,
	.mode_wish = handle_wish,
	.title = handle_title,
};

/* Hands the buffer to the session's server half, which owns its own copy of
 * the descriptor. */
static const char *hand_over(struct display *display)
{
	const struct display_mode *mode = &display->mode;
	uint64_t dpi = (uint64_t)DPI * mode->scale;
	int fd = dup(display->fd);

	if (fd < 0) {
		return strerror(errno);
	}
	framebuffer_server_set_mode(
		display->server,
		&(struct framebuffer_mode_info){
			.w = mode->w,
			.h = mode->h,
			.stride = mode->w * bytes_per_pixel(mode->format),
			.format = mode->format,
			.mm_w = (uint32_t)((uint64_t)mode->w * 2540 / dpi),
			.mm_h = (uint32_t)((uint64_t)mode->h * 2540 / dpi),
			.scale = mode->scale,
			.refresh = mode->rate * 1000,
			.flags = mode->cursor ? FRAMEBUFFER_CURSOR : 0,
		},
		fd);
	return NULL;
}

/*
 * Room for the buffer (the old one lives until the client fetched the new one)
 * and for two copies: a picture and what it is compared with, or what is on
 * its way to viewers.
 */
static bool reserve(struct display *display, uint64_t bytes)
{
	uint64_t need = 3 * bytes + display->bytes + MARGIN;

	if (!display->quota || need <= display->quota) {
		return true;
	}
	return parent_request_resource(display->parent,
				       need - display->quota) == WIRE_OK;
}

const char *display_set_mode(struct display *display,
			     const struct display_mode *mode)
{
	struct display_mode same = display->mode;

	same.rate = mode->rate;
	if (display->memory && display_mode_equal(&same, mode)) {
		display->mode = *mode;
		return hand_over(display);
	}
	uint64_t bytes = mode_bytes(mode);

	if (!reserve(display, bytes)) {
		return "quota exceeded";
	}
	int fd = memory_create_buffer("output", bytes);

	if (fd < 0) {
		return strerror(errno);
	}
	void *memory = memory_allocate(fd, 0, bytes)
			       ? memory_map(fd, bytes, false)
			       : NULL;

	if (!memory) {
		close(fd);
		return "out of memory";
	}
	memory_unmap(display->memory, display->bytes);
	if (display->fd >= 0) {
		close(display->fd);
	}
	display->fd = fd;
	display->memory = memory;
	display->bytes = bytes;
	display->mode = *mode;
	display->has_picture = false;
	for (struct display_watch *watch = display->watches; watch;
	     watch = watch->next) {
		if (watch->mode) {
			watch->mode(watch->user);
		}
	}
	return hand_over(display);
}

struct display *display_create(struct loop *loop, struct parent *parent,
			       const char *name,
			       const struct display_mode *mode)
{
	struct display *display = xcalloc(1, sizeof(*display));

	display->loop = loop;
	display->parent = parent;
	display->fd = -1;
	display->server = framebuffer_server_create(loop, parent, name,
						    &handler, display);
	const char *problem = display_set_mode(display, mode);

	if (problem) {
		log_error("mode %ux%u: %s", mode->w, mode->h, problem);
		display_destroy(display);
		return NULL;
	}
	return display;
}

void display_destroy(struct display *display)
{
	if (!display) {
		return;
	}
	framebuffer_server_destroy(display->server);
	memory_unmap(display->memory, display->bytes);
	if (display->fd >= 0) {
		close(display->fd);
	}
	free(display);
}

const struct display_mode *display_mode(const struct display *display)
{
	return &display->mode;
}

void display_set_quota(struct display *display, uint64_t quota)
{
	display->quota = quota;
}

uint64_t display_frames(const struct display *display)
{
	return display->frames;
}

uint64_t display_pixels(const struct display *display)
{
	return display->pixels;
}

bool display_has_picture(const struct display *display)
{
	return display->has_picture;
}

uint64_t display_last_refresh(const struct display *display)
{
	return display->last_refresh;
}

struct blit_surface display_surface(const struct display *display)
{
	const struct display_mode *mode = &display->mode;

	return (struct blit_surface){
		.pixels = display->memory,
		.stride = (ptrdiff_t)mode->w * bytes_per_pixel(mode->format),
		.width = (int)mode->w,
		.height = (int)mode->h,
		.format = mode->format == FORMAT_RGB565 ? BLIT_RGB565
							: BLIT_XRGB8888,
	};
}

uint32_t display_pixel(const struct display *display, int32_t x, int32_t y)
{
	struct blit_surface from = display_surface(display);
	uint32_t pixel = 0;
	struct blit_surface to = {
		.pixels = &pixel,
		.stride = sizeof(pixel),
		.width = 1,
		.height = 1,
		.format = BLIT_XRGB8888,
	};

	blit_copy(&to, &from,
		  (struct blit_area){ .w = 1, .h = 1, .sx = x, .sy = y });
	return pixel & 0xffffff;
}

const struct display_cursor *display_cursor(const struct display *display)
{
	return &display->cursor;
}

void display_set_hidden(struct display *display, bool hidden)
{
	framebuffer_server_set_hidden(display->server, hidden);
}

void display_watch_add(struct display *display, struct display_watch *watch)
{
	watch->next = display->watches;
	display->watches = watch;
}

void display_watch_remove(struct display *display, struct display_watch *watch)
{
	for (struct display_watch **at = &display->watches; *at;
	     at = &(*at)->next) {
		if (*at == watch) {
			*at = watch->next;
			return;
		}
	}
}
