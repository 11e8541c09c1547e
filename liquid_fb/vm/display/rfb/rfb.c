/*
 * What is received: a state machine, since a message may come in any pieces.
 */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/alloc.h"
#include "liquid_fb/vm/display/rfb/rfb_private.h"

enum { UPDATE = 0, COLORS = 1, BELL = 2, TEXT = 3 };
enum { RAW = 0, SIZE = -223, POINTER = -239, KEYS = -258, SIZES = -308 };

static const char VERSION[] = "RFB 003.008\n";

void rfb_fail(struct rfb *rfb, const char *reason)
{
	if (rfb->over)
		return;
	rfb->over = true;
	loop_remove(rfb->source);
	rfb->source = NULL;
	rfb->handler->closed(rfb->user, reason);
}

static void await(struct rfb *rfb, enum rfb_state state, size_t bytes)
{
	rfb->state = state;
	rfb->need = bytes;
}

static void skip(struct rfb *rfb, size_t bytes, enum rfb_state after,
		 size_t need)
{
	if (!bytes) {
		await(rfb, after, need);
		return;
	}
	rfb->skip = bytes;
	rfb->after = after;
	await(rfb, RFB_SKIP, need);
}

static void set_size(struct rfb *rfb, uint32_t w, uint32_t h)
{
	if (!w || !h || w > RFB_SIDE_MAX || h > RFB_SIDE_MAX) {
		rfb_fail(rfb, "a screen of a size that can't be");
		return;
	}
	rfb->w = w;
	rfb->h = h;
	rfb->handler->size(rfb->user, w, h);
}

/* ---- handshake ---- */

static void take_types(struct rfb *rfb, const unsigned char *bytes)
{
	static const unsigned char none = 1;

	if (!memchr(bytes, none, rfb->need)) {
		rfb_fail(rfb, "it wants a password");
		return;
	}
	rfb_send(rfb, &none, 1);
	await(rfb, RFB_RESULT, 4);
}

static void take_init(struct rfb *rfb, const unsigned char *bytes)
{
	uint32_t name = rfb_u32(bytes + 20);

	if (name > RFB_SKIP_MAX) {
		rfb_fail(rfb, "a name that is too long");
		return;
	}
	rfb_begin(rfb);
	skip(rfb, name, RFB_MESSAGE, 1);
	set_size(rfb, rfb_u16(bytes), rfb_u16(bytes + 2));
}

/* ---- rectangles ---- */

/* What the present one does was done: `end` is the last that is heard. */
static void next_rect(struct rfb *rfb)
{
	if (rfb->over)
		return;
	if (rfb->rects) {
		rfb->rects--;
		await(rfb, RFB_RECT, 12);
		return;
	}
	await(rfb, RFB_MESSAGE, 1);
	rfb->handler->end(rfb->user);
}

static bool is_inside(const struct rfb *rfb)
{
	return rfb->r.x + rfb->r.w <= (int32_t)rfb->w &&
	       rfb->r.y + rfb->r.h <= (int32_t)rfb->h;
}

static void begin_pixels(struct rfb *rfb)
{
	if (!is_inside(rfb)) {
		rfb_fail(rfb, "pixels outside of the screen");
		return;
	}
	if (rect_is_empty(rfb->r)) {
		next_rect(rfb);
		return;
	}
	rfb->row = rfb->column = 0;
	await(rfb, RFB_PIXELS, 4);
}

static void begin_pointer(struct rfb *rfb)
{
	uint32_t w = (uint32_t)rfb->r.w, h = (uint32_t)rfb->r.h;
	size_t bytes = (size_t)w * h * 4 + (size_t)(w + 7) / 8 * h;

	if (w <= RFB_POINTER_MAX && h <= RFB_POINTER_MAX) {
		await(rfb, RFB_POINTER, bytes);
		return;
	}
	if (bytes > RFB_SKIP_MAX) {
		rfb_fail(rfb, "a pointer of a size that can't be");
		return;
	}
	next_rect(rfb);
	skip(rfb, bytes, rfb->state, rfb->need);
}

static void take_rect(struct rfb *rfb, const unsigned char *bytes)
{
	int32_t encoding = (int32_t)rfb_u32(bytes + 8);

	rfb->r = (struct rect){ (int32_t)rfb_u16(bytes),
				(int32_t)rfb_u16(bytes + 2),
				(int32_t)rfb_u16(bytes + 4),
				(int32_t)rfb_u16(bytes + 6) };
	switch (encoding) {
	case RAW:
		begin_pixels(rfb);
		break;
	case POINTER:
		begin_pointer(rfb);
		break;
	case SIZES:
		rfb->reason = (uint32_t)rfb->r.x;
		rfb->result = (uint32_t)rfb->r.y;
		await(rfb, RFB_SCREENS_HEAD, 4);
		break;
	case SIZE:
		set_size(rfb, (uint32_t)rfb->r.w, (uint32_t)rfb->r.h);
		next_rect(rfb);
		break;
	case KEYS:
		next_rect(rfb);
		break;
	default:
		rfb_fail(rfb, "a kind of rectangle that was not asked for");
	}
}

/* As many pixels as are there; false: less than one. */
static bool take_pixels(struct rfb *rfb, const unsigned char *bytes,
			size_t count, size_t *taken)
{
	uint32_t line[256];
	uint32_t left = (uint32_t)rfb->r.w - rfb->column;
	size_t pixels = count / 4;

	if (!pixels)
		return false;
	pixels = pixels < left ? pixels : left;
	pixels = pixels < array_size(line) ? pixels : array_size(line);
	memcpy(line, bytes, pixels * 4);
	rfb->handler->pixels(rfb->user, (uint32_t)rfb->r.x + rfb->column,
			     (uint32_t)rfb->r.y + rfb->row, line,
			     (uint32_t)pixels);
	*taken = pixels * 4;
	rfb->column += (uint32_t)pixels;
	if (rfb->column < (uint32_t)rfb->r.w)
		return true;
	rfb->column = 0;
	if (++rfb->row < (uint32_t)rfb->r.h)
		return true;
	rfb->handler->drawn(rfb->user, rfb->r);
	next_rect(rfb);
	return true;
}

static void take_pointer(struct rfb *rfb, const unsigned char *bytes)
{
	uint32_t image[RFB_POINTER_MAX * RFB_POINTER_MAX];
	uint32_t w = (uint32_t)rfb->r.w, h = (uint32_t)rfb->r.h;
	uint32_t hot_x = (uint32_t)rfb->r.x, hot_y = (uint32_t)rfb->r.y;
	const unsigned char *mask = bytes + (size_t)w * h * 4;

	memcpy(image, bytes, (size_t)w * h * 4);
	for (uint32_t y = 0; y < h; y++)
		for (uint32_t x = 0; x < w; x++) {
			bool on = mask[y * ((w + 7) / 8) + x / 8] &
				  (0x80 >> x % 8);
			uint32_t *pixel = &image[y * w + x];

			*pixel = on ? 0xff000000 | *pixel : 0;
		}
	rfb->handler->pointer(rfb->user, h ? w : 0, h, hot_x < w ? hot_x : 0,
			      hot_y < h ? hot_y : 0, image);
	next_rect(rfb);
}

/* Reason 1: an answer to our own wish, with its result; 4: handed on. */
static void take_screens(struct rfb *rfb, const unsigned char *bytes)
{
	enum { OURS = 1, HANDED_ON = 4 };
	uint32_t w = (uint32_t)rfb->r.w, h = (uint32_t)rfb->r.h;

	rfb->screen = rfb_u32(bytes);
	rfb->flags = rfb_u32(bytes + 12);
	rfb->sizes = true;
	if (rfb->reason == OURS)
		rfb->handler->asked(rfb->user,
				    rfb->result == 0 || rfb->result == HANDED_ON
					    ? RFB_ACCEPTED
					    : RFB_REFUSED);
	if (!rfb->over && (w != rfb->w || h != rfb->h))
		set_size(rfb, w, h);
	next_rect(rfb);
}

static void take_screens_head(struct rfb *rfb, const unsigned char *bytes)
{
	size_t screens = bytes[0];

	if (screens)
		await(rfb, RFB_SCREENS, 16 * screens);
	else
		rfb_fail(rfb, "a screen without screens");
}

/* ---- messages ---- */

static void take_message(struct rfb *rfb, const unsigned char *bytes)
{
	switch (bytes[0]) {
	case UPDATE:
		await(rfb, RFB_UPDATE, 3);
		break;
	case COLORS:
		await(rfb, RFB_COLORS, 5);
		break;
	case BELL:
		await(rfb, RFB_MESSAGE, 1);
		break;
	case TEXT:
		await(rfb, RFB_TEXT, 7);
		break;
	default:
		rfb_fail(rfb, "a message of an unknown kind");
	}
}

static void take_text(struct rfb *rfb, const unsigned char *bytes)
{
	uint32_t length = rfb_u32(bytes + 3);

	if (length > RFB_SKIP_MAX)
		rfb_fail(rfb, "a text that is too long");
	else
		skip(rfb, length, RFB_MESSAGE, 1);
}

static void take(struct rfb *rfb, const unsigned char *bytes)
{
	switch (rfb->state) {
	case RFB_VERSION:
		if (memcmp(bytes, "RFB 003.", 8) != 0) {
			rfb_fail(rfb, "it speaks no RFB");
			break;
		}
		rfb_send(rfb, VERSION, 12);
		await(rfb, RFB_TYPE_COUNT, 1);
		break;
	case RFB_TYPE_COUNT:
		if (bytes[0])
			await(rfb, RFB_TYPES, bytes[0]);
		else
			rfb_fail(rfb, "it refuses viewers");
		break;
	case RFB_TYPES:
		take_types(rfb, bytes);
		break;
	case RFB_RESULT:
		if (rfb_u32(bytes)) {
			rfb_fail(rfb, "it refuses this viewer");
			break;
		}
		rfb_send(rfb, "\1", 1); /* shared */
		await(rfb, RFB_INIT, 24);
		break;
	case RFB_INIT:
		take_init(rfb, bytes);
		break;
	case RFB_MESSAGE:
		take_message(rfb, bytes);
		break;
	case RFB_UPDATE:
		rfb->rects = rfb_u16(bytes + 1);
		next_rect(rfb);
		break;
	case RFB_RECT:
		take_rect(rfb, bytes);
		break;
	case RFB_POINTER:
		take_pointer(rfb, bytes);
		break;
	case RFB_SCREENS_HEAD:
		take_screens_head(rfb, bytes);
		break;
	case RFB_SCREENS:
		take_screens(rfb, bytes);
		break;
	case RFB_COLORS:
		skip(rfb, 6 * rfb_u16(bytes + 3), RFB_MESSAGE, 1);
		break;
	case RFB_TEXT:
		take_text(rfb, bytes);
		break;
	default:
		break;
	}
}

/* One step; false: more bytes are needed. */
static bool step(struct rfb *rfb)
{
	const unsigned char *at = rfb->input + rfb->taken;
	size_t there = rfb->used - rfb->taken, n = 0;

	if (rfb->state == RFB_SKIP) {
		n = there < rfb->skip ? there : rfb->skip;
		rfb->skip -= n;
		rfb->taken += n;
		if (!rfb->skip)
			rfb->state = rfb->after;
		return n > 0;
	}
	if (rfb->state == RFB_PIXELS) {
		bool any = take_pixels(rfb, at, there, &n);

		rfb->taken += n;
		return any;
	}
	if (there < rfb->need)
		return false;
	rfb->taken += rfb->need;
	take(rfb, at);
	return true;
}

static void readable(struct rfb *rfb)
{
	ssize_t n = recv(rfb->fd, rfb->input + rfb->used,
			 sizeof(rfb->input) - rfb->used, 0);

	if (n < 0 && (errno == EAGAIN || errno == EINTR))
		return;
	if (n <= 0) {
		rfb_fail(rfb,
			 n < 0 ? strerror(errno) : "it ended the connection");
		return;
	}
	rfb->used += (size_t)n;
	while (!rfb->over && step(rfb))
		continue;
	rfb->used -= rfb->taken;
	memmove(rfb->input, rfb->input + rfb->taken, rfb->used);
	rfb->taken = 0;
}

static void ready(void *user, int fd, uint32_t events)
{
	struct rfb *rfb = user;

	(void)fd;
	if (events & LOOP_WRITE)
		rfb_flush(rfb);
	if (events & (EPOLLIN | EPOLLHUP | EPOLLERR) && !rfb->over)
		readable(rfb);
}

struct rfb *rfb_create(struct loop *loop, int fd,
		       const struct rfb_handler *handler, void *user)
{
	struct rfb *rfb = xcalloc(1, sizeof(*rfb));

	rfb->loop = loop;
	rfb->fd = fd;
	rfb->handler = handler;
	rfb->user = user;
	rfb->source = loop_add_fd(loop, fd, LOOP_READ, ready, rfb);
	await(rfb, RFB_VERSION, 12);
	return rfb;
}

void rfb_destroy(struct rfb *rfb)
{
	if (!rfb)
		return;
	loop_remove(rfb->source);
	close(rfb->fd);
	free(rfb->queue);
	free(rfb);
}
