/*
 * What the clients of several services share; nobody else includes it.
 */
#ifndef SESSION_CLIENT_PRIVATE_H
#define SESSION_CLIENT_PRIVATE_H

#include "base/geometry.h"
#include "session/protocol.h"

/* Sends a whole frame, its rectangles clipped to w * h; false when the queue
 * has no room for all of it. */
bool client_refresh(struct wire *wire, uint32_t frame, const struct rect *rects,
		    size_t count, uint32_t w, uint32_t h);

enum wire_status client_pointer_image(struct wire *wire, uint32_t w, uint32_t h,
				      uint32_t hot_x, uint32_t hot_y,
				      const uint32_t *pixels);

enum wire_status client_grab(struct wire *wire, bool on);
enum wire_status client_clipboard_offer(struct wire *wire, const char *text,
					size_t bytes);
/* A blob, or -1. */
int client_clipboard_read(struct wire *wire);

#endif
