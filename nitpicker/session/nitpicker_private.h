/*
 * What the files of libnitpicker share; nobody else includes it.
 */
#ifndef SESSION_NITPICKER_PRIVATE_H
#define SESSION_NITPICKER_PRIVATE_H

#include "session/input_held.h"
#include "session/nitpicker.h"

/* A view as its owner described it, to be told again to another server. */
struct nitpicker_view {
	struct nitpicker_view *next; /* in the order of creation */
	struct nitpicker_view *above, *below; /* in the stack */
	uint32_t id, parent;
	struct view_geometry geometry;
	struct view_offset offset;
	struct view_content content;
	struct view_title title;
	bool has_content, background;
	bool stacked;
};

/* Records that wait for nitpicker_execute. */
struct nitpicker_batch {
	unsigned char bytes[2040 * sizeof(struct record_half)];
	size_t length;
	unsigned count;
};

struct nitpicker_views {
	struct nitpicker_view *first; /* in the order of creation */
	struct nitpicker_view *front, *back;
	bool any_stacked; /* ever */
};

struct nitpicker_memory {
	uint32_t w, h, format;
	size_t stride, bytes;
	void *pixels; /* NULL: no buffer */
	int fd;
};

struct nitpicker {
	struct loop *loop;
	struct parent *parent;
	struct wire *wire; /* NULL: the server is gone */
	char *label;
	uint32_t id, previous_id;
	const struct nitpicker_handler *handler;
	void *user;
	struct nitpicker_info info;
	unsigned depth; /* of callbacks */
	bool closed; /* nitpicker_close was called */
	bool ended; /* for good */
	bool resuming; /* a new server did not get everything yet */
	bool adopting; /* it was asked to take our buffer */
	unsigned tries; /* of servers that ended before their info */
	uint64_t donated; /* bytes */
	uint64_t replaced; /* bytes of a buffer that is shown until the next
			      execute or refresh */
	struct nitpicker_memory memory;
	uint32_t frame; /* the last one that was given out */
	uint32_t shown_frame; /* the last one that was shown */
	uint32_t resumed_frame; /* the last one before a new server */
	struct nitpicker_pointer pointer; /* length 0: none */
	struct input_held held;
	struct nitpicker_views views;
	struct nitpicker_batch batch;
};

/* ---- nitpicker.c ---- */

/* Around callbacks: leave is false when nitpicker_close was called inside, and
 * the object is gone. */
void nitpicker_enter(struct nitpicker *nitpicker);
bool nitpicker_leave(struct nitpicker *nitpicker);
/* Connects the session to a server. Takes `fd` over. */
void nitpicker_connect(struct nitpicker *nitpicker, int fd, uint32_t id);
/* Ends the session for good: tells the owner. */
void nitpicker_end(struct nitpicker *nitpicker, const char *reason);
/* One `shown` to the owner. */
void nitpicker_tell_shown(struct nitpicker *nitpicker,
			  const struct frame_shown *shown);

/* ---- nitpicker_buffer.c ---- */

/* That much more of our own quota is the session's. */
enum wire_status nitpicker_donate(struct nitpicker *nitpicker, uint64_t bytes);
/* A buffer of that size even if there is one. */
enum wire_status nitpicker_make_buffer(struct nitpicker *nitpicker, uint32_t w,
				       uint32_t h, uint32_t format);
/* Execute or refresh went out: the server frees the replaced buffer. */
void nitpicker_swapped(struct nitpicker *nitpicker);
void nitpicker_free_buffer(struct nitpicker *nitpicker);

/* ---- nitpicker_views.c ---- */

void nitpicker_stack_first_view(struct nitpicker *nitpicker);
/* Describes all views to a new server. */
void nitpicker_replay_views(struct nitpicker *nitpicker);
void nitpicker_free_views(struct nitpicker *nitpicker);

/* ---- nitpicker_resume.c ---- */

/* The server is gone; a new one is waited for. */
void nitpicker_lost(struct nitpicker *nitpicker, const char *reason);
void nitpicker_revoked(void *user, enum revoke_reason reason);
/* The first info of a new server came. */
void nitpicker_resume(struct nitpicker *nitpicker);
/* It showed our picture. */
void nitpicker_resumed(struct nitpicker *nitpicker,
		       const struct frame_shown *shown);

#endif
