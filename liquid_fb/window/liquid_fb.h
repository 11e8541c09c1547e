/*
 * liquid_fb: a window that is a screen for one other program.
 *
 * Two Nitpicker sessions of one label. The *frame* is a scout window: title,
 * edges, shadow, and the liquid background wherever nobody else draws. The
 * *content* has one buffer and one view in a hole of the frame; the buffer is
 * what the client of Framebuffer gets, so its pixels are never touched here.
 * Both sessions have the same coordinates: real pixels, (0,0) below the
 * menubar.
 *
 * The hole is open while a client shows something. A new size is a new mode;
 * the window follows when the client has drawn in it, so that what is seen
 * always fits, but waits no longer than PATIENCE.
 */
#ifndef LIQUID_FB_LIQUID_FB_H
#define LIQUID_FB_LIQUID_FB_H

#include "options.h"
#include "scout/widget/window.h"
#include "session/component.h"
#include "session/framebuffer.h"
#include "session/input.h"
#include "session/nitpicker.h"

enum {
	BORDER = 12, /* logical pixels around the content, below the title */
	MIN_W = 160, /* of the window, logical pixels */
	MIN_H = 96,
	ROUND_UP = 64, /* buffers grow by steps of that */
	LABEL_MAX = 256,
};

#define PATIENCE_NS ((uint64_t)250000000)

struct body;

struct pointer_picture {
	uint32_t w, h, hot_x, hot_y;
	uint32_t *pixels; /* owned; NULL: none yet */
	bool hidden;
};

struct liquid_fb {
	struct component component;
	struct options options;
	struct window *window;
	struct body *body; /* owned by the window */

	struct nitpicker *content;
	struct framebuffer_server *framebuffer;
	struct input_server *input;
	bool has_client; /* of Framebuffer */
	bool shown; /* the client has drawn a frame */
	bool fresh; /* and only just */
	bool types; /* there is a client of Input */
	char client[LABEL_MAX + 1]; /* its label, or that of the last one */

	/* sizes of the content, real pixels */
	uint32_t buffer_w, buffer_h;
	uint32_t mode_w, mode_h; /* what the client is told */
	uint32_t seen_w, seen_h; /* of its last frame */
	bool view_made;

	/* resizing */
	bool waiting; /* for the first frame in the present mode */
	struct rect target; /* the window's place then */
	bool has_next;
	struct rect next; /* what the user wants by now */
	struct point home; /* of the window, before wishes pushed it away */
	struct point pushed; /* where they did */
	bool placing; /* the window is about to be placed: frames wait */
	struct timer patience; /* with the client, and with the window */

	/* frames of the content */
	struct region damage;
	bool in_flight;

	/* input */
	bool content_focused, frame_focused;
	bool focused; /* as the client and the window know it */
	bool focus_deferred;
	bool hovered; /* the pointer is on the content */
	struct pointer_picture pointer;
};

/* ---- content.c: the session of the content, and its client ---- */

/* Opens the session and offers Framebuffer and Input. */
bool content_open(struct liquid_fb *fb);
void content_close(struct liquid_fb *fb);
/* Puts its view where the hole is; the frame was just placed. */
void content_place(struct liquid_fb *fb);
void content_raise(struct liquid_fb *fb);
/* The title of the window: the client's, else that of the config. */
void content_set_title(struct liquid_fb *fb, const char *title);
/* Sends what the client drew, once the frame before was shown. */
void content_flush(struct liquid_fb *fb);

/* ---- resize.c ---- */

/* The content's place in a window of that size; window coordinates. */
struct rect content_area(const struct liquid_fb *fb, int w, int h);
/* A window whose content has that size, with its upper left at x, y or as near
 * as it fits on the screen. */
struct rect window_around(const struct liquid_fb *fb, int x, int y, uint32_t w,
			  uint32_t h);
/* Asks the client to fit in a window there. False: nobody has to be asked, the
 * window can go there now. */
bool resize_to(struct liquid_fb *fb, struct rect place);
/* The same, from the client; the window then fits it. */
enum wire_status resize_wish(struct liquid_fb *fb, uint32_t w, uint32_t h);
/* The window has another size or style than the mode: makes a new one. */
void resize_fit(struct liquid_fb *fb);
/* Tells the client a mode and a buffer of that size. */
bool resize_mode(struct liquid_fb *fb, uint32_t w, uint32_t h);
/* The client drew a frame in the present mode. */
void resize_answered(struct liquid_fb *fb);
/* Moves and resizes the window; opens, fits or closes its hole. */
void resize_place(struct liquid_fb *fb, struct rect place);
void resize_patience(void *user);

/* ---- input.c ---- */

extern const struct input_server_handler input_server_handler;
/* Of the frame's session; true: it was the client's. */
bool frame_input(void *user, const struct input_event *event);
void content_input(void *user, const struct input_event *event);
void forward_keyboard(void *user, const struct input_keyboard *keyboard);
void forward_clipboard_changed(void *user);
enum wire_status forward_pointer_image(void *user,
				       const struct frame_pointer_image *image,
				       const uint32_t *pixels);
void forward_pointer_move(void *user, int32_t x, int32_t y, bool visible);

/* ---- body.c: what is seen where the client isn't ---- */

struct body *body_create(struct liquid_fb *fb);
/* In words, with a button that ends liquid_fb; NULL: nothing to say. */
void body_say(struct body *body, const char *title, const char *text);
/* Follows <animate>, and whether anybody sees it. */
void body_animate(struct body *body, bool on);
void body_shown(struct body *body, bool hidden);
void body_finish(struct body *body);

/* ---- main.c ---- */

void report(struct liquid_fb *fb);

#endif
