/*
 * Any bytes as what a display server says: the first byte chooses the size of
 * the pieces, and whether the handshake is done for it.
 */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "liquid_fb/vm/display/rfb/rfb.h"

struct viewer {
	uint32_t w, h;
	unsigned closed;
};

static void demand(bool what)
{
	if (!what)
		abort();
}

static void on_size(void *user, uint32_t w, uint32_t h)
{
	struct viewer *v = user;

	demand(w && h && w <= RFB_SIDE_MAX && h <= RFB_SIDE_MAX);
	v->w = w;
	v->h = h;
}

static void on_asked(void *user, enum rfb_resize how)
{
	(void)user;
	demand(how == RFB_ACCEPTED || how == RFB_REFUSED);
}

static void on_pixels(void *user, uint32_t x, uint32_t y,
		      const uint32_t *pixels, uint32_t count)
{
	const struct viewer *v = user;
	uint32_t sum = 0;

	demand(y < v->h && x < v->w && count && count <= v->w - x);
	for (uint32_t i = 0; i < count; i++)
		sum += pixels[i];
	*(volatile uint32_t *)&sum = sum;
}

static void on_drawn(void *user, struct rect r)
{
	const struct viewer *v = user;

	demand(r.x >= 0 && r.y >= 0 && r.w > 0 && r.h > 0 &&
	       r.x + r.w <= (int32_t)v->w && r.y + r.h <= (int32_t)v->h);
}

static void on_end(void *user)
{
	demand(!((struct viewer *)user)->closed);
}

static void on_pointer(void *user, uint32_t w, uint32_t h, uint32_t hot_x,
		       uint32_t hot_y, const uint32_t *pixels)
{
	(void)user;
	(void)pixels;
	demand(w <= RFB_POINTER_MAX && h <= RFB_POINTER_MAX);
	demand(!w || (hot_x < w && (!h || hot_y < h)));
}

static void on_closed(void *user, const char *reason)
{
	struct viewer *v = user;

	demand(reason && !v->closed++);
}

static void say(struct loop *loop, int fd, const uint8_t *data, size_t size,
		size_t piece)
{
	char sink[4096];

	while (size) {
		const size_t n = piece < size ? piece : size;

		if (send(fd, data, n, MSG_NOSIGNAL | MSG_DONTWAIT) !=
		    (ssize_t)n)
			return;
		data += n;
		size -= n;
		loop_turn(loop, 0);
		while (recv(fd, sink, sizeof(sink), MSG_DONTWAIT) > 0)
			continue;
	}
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static const struct rfb_handler handler = {
		.size = on_size,
		.asked = on_asked,
		.pixels = on_pixels,
		.drawn = on_drawn,
		.end = on_end,
		.pointer = on_pointer,
		.closed = on_closed,
	};
	static const uint8_t greeting[] =
		"RFB 003.008\n\1\1\0\0\0\0\0\10\0\6 \30\0\1\0\377\0\377\0\377"
		"\20\10\0\0\0\0\0\0\0\0";
	struct viewer viewer = { .closed = 0 };
	struct loop *loop;
	struct rfb *rfb;
	int fds[2];

	if (!size || socketpair(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK, 0, fds))
		return 0;
	loop = loop_create();
	rfb = rfb_create(loop, fds[0], &handler, &viewer);
	if (data[0] & 1)
		say(loop, fds[1], greeting, sizeof(greeting) - 1,
		    sizeof(greeting));
	say(loop, fds[1], data + 1, size - 1, data[0] / 2 + 1);
	rfb_request(rfb, data[0] & 2);
	rfb_resize(rfb, 100, 100);
	rfb_destroy(rfb);
	loop_destroy(loop);
	close(fds[1]);
	return 0;
}
