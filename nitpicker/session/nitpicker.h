/*
 * libnitpicker: the client half of the Nitpicker service.
 *
 * A session has one buffer and any number of views, rectangles on the screen
 * that show parts of it. Coordinates of views are session coordinates: (0,0)
 * is below the menubar. Call order: nitpicker_open, nitpicker_set_buffer, draw
 * into nitpicker_pixels, describe views, nitpicker_execute, nitpicker_refresh.
 */
#ifndef SESSION_NITPICKER_H
#define SESSION_NITPICKER_H

#include "base/geometry.h"
#include "session/input.h"
#include "session/parent.h"

struct nitpicker;

/* Any member may be NULL. */
struct nitpicker_handler {
	/* Size of the screen, scale; at each change. */
	void (*info)(void *user, const struct nitpicker_info *info);
	/* One call per event, in order. */
	void (*event)(void *user, const struct input_event *event);
	/* After the last event of a batch. */
	void (*batch_end)(void *user);
	void (*shown)(void *user, const struct frame_shown *shown);
	void (*exposed)(void *user);
	void (*keyboard)(void *user, const struct input_keyboard *keyboard);
	void (*clipboard_changed)(void *user);
	/* A one-way message failed. NULL: logged. */
	void (*failed)(void *user, enum wire_status status);
	/* The session ended for good. NULL: the loop is stopped with code 1.
	 * A server that died is waited for instead: the session is opened
	 * again, buffer and views handed back, info sent anew. Meanwhile what
	 * was held is released by events, frames count as dropped into one,
	 * calls that need an answer return WIRE_GONE. */
	void (*closed)(void *user, const char *reason);
};

/*
 * Opens the session and waits for its first info. NULL with *status (may be
 * NULL) when that fails. `label` may be "". The quota for buffers is donated
 * when they are made, from the component's own.
 */
struct nitpicker *nitpicker_open(struct loop *loop, struct parent *parent,
				 const char *label,
				 const struct nitpicker_handler *handler,
				 void *user, enum wire_status *status);
void nitpicker_close(struct nitpicker *nitpicker);
const struct nitpicker_info *nitpicker_info(const struct nitpicker *nitpicker);

/* ---- the buffer ---- */

/*
 * A buffer of that size and format, mapped writable; what fits of the old
 * content is copied over (where the format is the same). The session's quota
 * is upgraded as needed. The server goes on showing the old buffer until the
 * next execute or refresh. On failure the old buffer stays.
 */
enum wire_status nitpicker_set_buffer(struct nitpicker *nitpicker, uint32_t w,
				      uint32_t h, enum pixel_format format);
void *nitpicker_pixels(const struct nitpicker *nitpicker);
/* Bytes from row to row. */
size_t nitpicker_stride(const struct nitpicker *nitpicker);
/* Its memory, for giving it to a process that draws; owned by the session, -1
 * without a buffer. */
int nitpicker_buffer_fd(const struct nitpicker *nitpicker);

/*
 * Parts of the buffer that changed, in buffer coordinates, clipped: one frame.
 * Returns its number, which `shown` gives back; 0 when it was dropped. Draw the
 * next frame after `shown`.
 */
uint32_t nitpicker_refresh(struct nitpicker *nitpicker,
			   const struct rect *rects, size_t count);

/* ---- views: collected, then done at once by nitpicker_execute ---- */

/* `view` is any number but 0; `parent` 0: none. A view is invisible until it
 * is stacked. */
void nitpicker_view_create(struct nitpicker *nitpicker, uint32_t view,
			   uint32_t parent);
void nitpicker_view_destroy(struct nitpicker *nitpicker, uint32_t view);
/* Session coordinates; those of the parent where there is one. */
void nitpicker_view_geometry(struct nitpicker *nitpicker, uint32_t view,
			     struct rect geometry);
/* Buffer pixel (bx,by) appears at view position (bx + x, by + y). */
void nitpicker_view_offset(struct nitpicker *nitpicker, uint32_t view,
			   int32_t x, int32_t y);
/* View coordinates; see protocol.h. */
void nitpicker_view_content(struct nitpicker *nitpicker, uint32_t view,
			    struct rect content);
void nitpicker_view_front(struct nitpicker *nitpicker, uint32_t view);
void nitpicker_view_back(struct nitpicker *nitpicker, uint32_t view);
void nitpicker_view_front_of(struct nitpicker *nitpicker, uint32_t view,
			     uint32_t neighbour);
void nitpicker_view_behind_of(struct nitpicker *nitpicker, uint32_t view,
			      uint32_t neighbour);
void nitpicker_view_title(struct nitpicker *nitpicker, uint32_t view,
			  const char *title);
void nitpicker_view_background(struct nitpicker *nitpicker, uint32_t view);
/* Sends what was collected as one atomic batch of at most LIMIT_RECORDS;
 * beyond that as several, in order. */
void nitpicker_execute(struct nitpicker *nitpicker);

/* ---- pointer, grab, clipboard ---- */

/* "arrow", "text", "hand", "move", "resize-...", "wait", "cross". */
void nitpicker_pointer(struct nitpicker *nitpicker, const char *shape);
/* Brings the windows of a program to the front and gives it the focus. `label`
 * is relative to our own: that of a child. Does nothing unless the user pressed
 * something in our own windows, and they have the focus. Does not wait. */
void nitpicker_raise(struct nitpicker *nitpicker, const char *label);
/* Locks the screen: only sessions of a domain with the right to lock are shown
 * and get input, until one of them unlocks it, whatever becomes of them
 * meanwhile. Others may lock it while the user is using them; WIRE_NO_SERVICE
 * when nobody is there who could unlock it. */
enum wire_status nitpicker_lock(struct nitpicker *nitpicker, bool on);
enum wire_status nitpicker_pointer_image(struct nitpicker *nitpicker,
					 uint32_t w, uint32_t h, uint32_t hot_x,
					 uint32_t hot_y,
					 const uint32_t *pixels);
enum wire_status nitpicker_grab(struct nitpicker *nitpicker, bool on);
enum wire_status nitpicker_clipboard_offer(struct nitpicker *nitpicker,
					   const char *text, size_t bytes);
/* Text owned by the caller, or NULL. */
char *nitpicker_clipboard_read(struct nitpicker *nitpicker, size_t *bytes);

#endif
