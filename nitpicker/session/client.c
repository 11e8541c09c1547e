/*
 * What the clients of several services share.
 */
#include <unistd.h>

#include "base/memory.h"
#include "session/client_private.h"

static bool post_rects(struct wire *wire, uint32_t frame, bool end,
		       const struct rect16 *rects, size_t count)
{
	struct frame_refresh body = { .frame = frame, .end = end };

	return wire_post(wire, OP_frame_refresh, &body, rects, count, -1) != 0;
}

bool client_refresh(struct wire *wire, uint32_t frame, const struct rect *rects,
		    size_t count, uint32_t w, uint32_t h)
{
	struct rect all = { 0, 0, (int32_t)w, (int32_t)h };
	struct rect16 out[LIMIT_RECTS];
	size_t used = 0;

	if (wire_space(wire) < count / LIMIT_RECTS + 1)
		return false;
	for (size_t i = 0; i < count; i++) {
		struct rect r = rect_intersect(rects[i], all);

		if (rect_is_empty(r))
			continue;
		if (used == LIMIT_RECTS) {
			post_rects(wire, frame, false, out, used);
			used = 0;
		}
		out[used++] = (struct rect16){
			.x = (uint16_t)r.x,
			.y = (uint16_t)r.y,
			.w = (uint16_t)r.w,
			.h = (uint16_t)r.h,
		};
	}
	return post_rects(wire, frame, true, out, used);
}

enum wire_status client_pointer_image(struct wire *wire, uint32_t w, uint32_t h,
				      uint32_t hot_x, uint32_t hot_y,
				      const uint32_t *pixels)
{
	struct frame_pointer_image body = {
		.w = w,
		.h = h,
		.hot_x = hot_x,
		.hot_y = hot_y,
	};
	enum wire_status status;
	int fd;

	if (!w || !h || w > LIMIT_POINTER_SIDE || h > LIMIT_POINTER_SIDE)
		return WIRE_INVALID;
	fd = memory_create_blob("pointer", pixels,
				(size_t)w * h * sizeof(*pixels));
	if (fd < 0)
		return WIRE_QUOTA_EXCEEDED;
	status = wire_call(wire, OP_frame_pointer_image, &body, fd, NULL, NULL);
	close(fd);
	return status;
}

enum wire_status client_grab(struct wire *wire, bool on)
{
	struct input_grab body = { .on = on };

	return wire_call(wire, OP_input_grab, &body, -1, NULL, NULL);
}

enum wire_status client_clipboard_offer(struct wire *wire, const char *text,
					size_t bytes)
{
	enum wire_status status;
	int fd;

	if (bytes > LIMIT_CLIPBOARD)
		return WIRE_INVALID;
	fd = memory_create_blob("clipboard", text, bytes);
	if (fd < 0)
		return WIRE_QUOTA_EXCEEDED;
	status = wire_call(wire, OP_input_clipboard_offer, NULL, fd, NULL,
			   NULL);
	close(fd);
	return status;
}

int client_clipboard_read(struct wire *wire)
{
	int fd;

	wire_call(wire, OP_input_clipboard_read, NULL, -1, NULL, &fd);
	return fd;
}
