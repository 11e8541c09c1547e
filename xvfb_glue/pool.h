/*
 * pool: the session's one buffer, shared out to windows.
 *
 * The X server draws into it: the memory of the buffer is attached there as
 * pixmaps of depth 24 and 32, both as large as the buffer, so that one CopyArea
 * brings damaged pixels from a window to their place on the screen. Buffer
 * coordinates and pixmap coordinates are the same.
 *
 * It grows by being made anew: all that lies in it keeps its place and its
 * content, but pixmaps get new names (pool.generation).
 */
#ifndef XVFB_GLUE_POOL_H
#define XVFB_GLUE_POOL_H

#include <sys/queue.h>
#include <xcb/shm.h>

#include "base/geometry.h"
#include "display.h"
#include "session/nitpicker.h"

enum pool_depth { POOL_24, POOL_32, POOL_DEPTHS };

/* A rectangle of the buffer. Embedded by its owner; zeroed: none. */
struct spot {
	struct rect r;
	bool used;
	TAILQ_ENTRY(spot) link;
};
TAILQ_HEAD(spots, spot);

struct pool {
	struct nitpicker *nitpicker;
	struct display *display; /* not connected: no pixmaps */
	int w, h; /* of the buffer; 0: none yet */
	struct spots spots;
	unsigned generation; /* counts the buffers */
	xcb_shm_seg_t segment; /* 0: not attached */
	xcb_pixmap_t pixmaps[POOL_DEPTHS];
	xcb_gcontext_t gcs[POOL_DEPTHS];
};

void pool_init(struct pool *pool, struct nitpicker *nitpicker,
	       struct display *display);
void pool_finish(struct pool *pool);

/* Room for w x h pixels. False with one log line: no quota, or too large. */
bool pool_take(struct pool *pool, struct spot *spot, int w, int h);
void pool_give(struct pool *pool, struct spot *spot); /* unused is fine */
/* What `from` has is now `to`'s, whose own is given back. */
void pool_move(struct pool *pool, struct spot *to, struct spot *from);
/* Makes the buffer smaller when most of it is free. */
void pool_trim(struct pool *pool);

/* Attaches the buffer to the X server, after its connection. */
void pool_attach(struct pool *pool);
/* The connection ended. */
void pool_detached(struct pool *pool);

#endif
