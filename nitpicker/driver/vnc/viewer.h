/*
 * One viewer: a relay between its socket and libvncserver.
 *
 * What it sends is handed on message by message, whole ones only; what it is
 * sent waits in a file of memory, at most one frame, and the next frame is not
 * made before that is through. So a viewer that stops halfway, or reads
 * nothing, holds up nobody.
 */
#ifndef DRIVER_VNC_VIEWER_H
#define DRIVER_VNC_VIEWER_H

#include "screen.h"

enum {
	VIEWERS_MAX = 16,
	VIEWER_HANDSHAKE_S = 20, /* until a viewer has to be through */
};

/* Takes the descriptor over. `trusted`: the socket proves who it is. */
void viewer_create(struct screen *screen, int fd, bool trusted);
void viewer_destroy(struct viewer *viewer);

/* Sends what changed, if the viewer waits for it. It may end by that. */
void viewer_update(struct viewer *viewer);
struct viewer *viewer_next(const struct viewer *viewer);
void viewer_forget_held(struct viewer *viewer);

/* A text (Latin-1) for its clipboard. It may end by that. */
void viewer_send_text(struct viewer *viewer, const char *text, size_t bytes);

/* Hooks of libvncserver. */
void viewer_handle_key(rfbBool down, rfbKeySym keysym, rfbClientPtr cl);
void viewer_handle_pointer(int buttons, int x, int y, rfbClientPtr cl);

#endif
