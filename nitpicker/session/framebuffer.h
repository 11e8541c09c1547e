/*
 * Framebuffer: one pixel buffer that somebody shows.
 */
#ifndef SESSION_FRAMEBUFFER_H
#define SESSION_FRAMEBUFFER_H

#include "base/geometry.h"
#include "session/parent.h"

/* ---- client half ---- */

struct framebuffer;

struct framebuffer_handler {
	void (*shown)(void *user, const struct frame_shown *shown);
	/* A new mode: call framebuffer_fetch. The old pixels stay valid until
	 * then. */
	void (*mode_changed)(void *user);
	void (*exposed)(void *user); /* may be NULL */
	void (*closed)(void *user, const char *reason);
};

/* Opens the service and waits; NULL with *status when that fails. `output` is
 * the name of an output, NULL: the first. */
struct framebuffer *framebuffer_open(struct loop *loop, struct parent *parent,
				     const char *output,
				     const struct framebuffer_handler *handler,
				     void *user, enum wire_status *status);
/* Asks for it as parent_open_later does; an output that can't be one is told in
 * a log line, and then it is the first. */
void framebuffer_open_later(struct parent *parent, const char *output,
			    parent_open_fn *fn, void *user);
/* The same over a descriptor that somebody else opened (taken over). */
struct framebuffer *framebuffer_attach(
	struct loop *loop, struct parent *parent, int fd, uint32_t id,
	const struct framebuffer_handler *handler, void *user);
void framebuffer_close(struct framebuffer *framebuffer);

/*
 * Asks for mode and buffer and maps it writable (waits). After that `mode` and
 * `pixels` are new, the old mapping is gone. False when the provider failed.
 */
bool framebuffer_fetch(struct framebuffer *framebuffer);
const struct framebuffer_mode_info *framebuffer_mode(
	const struct framebuffer *framebuffer);
void *framebuffer_pixels(const struct framebuffer *framebuffer);

/* Sends a whole frame: any number of rectangles, clipped to the mode. Returns
 * its number, or 0 when the queue is full and it was dropped. */
uint32_t framebuffer_refresh(struct framebuffer *framebuffer,
			     const struct rect *rects, size_t count);
void framebuffer_title(struct framebuffer *framebuffer, const char *title);
enum wire_status framebuffer_wish(struct framebuffer *framebuffer, uint32_t w,
				  uint32_t h);
/* argb8888 premultiplied, w * h, at most LIMIT_POINTER_SIDE each. Waits. */
enum wire_status framebuffer_pointer_image(struct framebuffer *framebuffer,
					   uint32_t w, uint32_t h,
					   uint32_t hot_x, uint32_t hot_y,
					   const uint32_t *pixels);
void framebuffer_pointer_move(struct framebuffer *framebuffer, int32_t x,
			      int32_t y, bool visible);

/* ---- server half: for drivers and liquid_fb; one client at a time ---- */

struct framebuffer_server;

struct framebuffer_server_handler {
	/* A client came (true) or went (false). May be NULL. */
	void (*connected)(void *user, bool connected, const char *label);
	/* Show these parts of the buffer, clipped to the mode. `end`: the frame
	 * is complete. */
	void (*refresh)(void *user, const struct rect *rects, size_t count,
			bool end);
	/* May be NULL: denied or ignored. */
	enum wire_status (*mode_wish)(void *user, uint32_t w, uint32_t h);
	void (*title)(void *user, const char *title);
	enum wire_status (*pointer_image)(
		void *user, const struct frame_pointer_image *image,
		const uint32_t *pixels);
	void (*pointer_move)(void *user, int32_t x, int32_t y, bool visible);
};

/* Announces Framebuffer once the first mode is set. `name`: of the output. */
struct framebuffer_server *framebuffer_server_create(
	struct loop *loop, struct parent *parent, const char *name,
	const struct framebuffer_server_handler *handler, void *user);
/* A further output of the same provider, which sessions ask for by its name.
 * `first` has to live as long. */
struct framebuffer_server *framebuffer_server_add(
	struct framebuffer_server *first, const char *name,
	const struct framebuffer_server_handler *handler, void *user);
void framebuffer_server_destroy(struct framebuffer_server *server);

/*
 * Sets mode and buffer; tells the client when one is there. `fd` holds at
 * least stride * h bytes and is taken over (closed when replaced).
 */
void framebuffer_server_set_mode(struct framebuffer_server *server,
				 const struct framebuffer_mode_info *mode,
				 int fd);

/*
 * Pacing: each frame is answered by `shown` at once if the last one was at
 * least one refresh period ago, else at the next period, by a one-shot timer
 * that exists only then. `hidden`: nothing of the output can be seen now; then
 * frames are answered as hidden, once a second at most, until it is false
 * again (which sends `exposed`).
 */
void framebuffer_server_set_hidden(struct framebuffer_server *server,
				   bool hidden);

#endif
