/*
 * An output in memory, for drivers without hardware: the Framebuffer service
 * with a buffer that the driver pays for, and counts of what was drawn to it.
 */
#ifndef DRIVER_DISPLAY_DISPLAY_H
#define DRIVER_DISPLAY_DISPLAY_H

#include "blit/blit.h"
#include "session/framebuffer.h"

struct display_mode {
	uint32_t w, h; /* pixels */
	uint32_t scale; /* percent */
	uint32_t rate; /* Hz; 0: as fast as asked */
	enum pixel_format format; /* xrgb8888 or rgb565 */
	bool cursor; /* says that it draws the pointer itself */
};

/* The pointer, as the client of such an output told it last. */
struct display_cursor {
	struct frame_pointer_image image; /* its size and hot spot */
	struct framebuffer_pointer_move at;
};

bool display_mode_equal(const struct display_mode *a,
			const struct display_mode *b);

struct display;

/* What an onlooker hears; any may be NULL. */
struct display_watch {
	/* These parts were drawn; `end`: the frame is complete. */
	void (*refresh)(void *user, const struct rect *rects, size_t count,
			bool end);
	/* There is another mode or buffer; the old memory is gone. */
	void (*mode)(void *user);
	void (*title)(void *user, const char *title);
	void *user;
	struct display_watch *next;
};

/* Announces Framebuffer with one output of that name. NULL with one log line
 * when the first mode fails. */
struct display *display_create(struct loop *loop, struct parent *parent,
			       const char *name,
			       const struct display_mode *mode);
void display_destroy(struct display *display);

const struct display_mode *display_mode(const struct display *display);

/* A fresh black buffer, or the same one when only the rate differs. NULL, or
 * in words why the old mode stays. */
const char *display_set_mode(struct display *display,
			     const struct display_mode *mode);

/* Own quota in bytes, as the parent tells it. */
void display_set_quota(struct display *display, uint64_t quota);

uint64_t display_frames(const struct display *display);
uint64_t display_pixels(const struct display *display);

/* True once a frame was drawn in the present mode. */
bool display_has_picture(const struct display *display);

/* Of the last refresh, ns of CLOCK_MONOTONIC. */
uint64_t display_last_refresh(const struct display *display);

/* What is shown. Valid until the next mode. */
struct blit_surface display_surface(const struct display *display);

/* 0xRRGGBB of a point inside the mode. */
uint32_t display_pixel(const struct display *display, int32_t x, int32_t y);

const struct display_cursor *display_cursor(const struct display *display);

/* Nobody looks: frames are answered as hidden, once a second at most. */
void display_set_hidden(struct display *display, bool hidden);

/* Embedded by its owner; removing one that was not added is fine. */
void display_watch_add(struct display *display, struct display_watch *watch);
void display_watch_remove(struct display *display, struct display_watch *watch);

#endif
