#ifndef LIQUID_FB_RFB_PRIVATE_H
#define LIQUID_FB_RFB_PRIVATE_H

#include "liquid_fb/vm/display/rfb/rfb.h"

/* What comes next. Each state waits for a number of bytes, takes them, and
 * names its successor; PIXELS takes them as they come. */
enum rfb_state {
	RFB_VERSION,
	RFB_TYPE_COUNT,
	RFB_TYPES,
	RFB_RESULT,
	RFB_INIT,
	RFB_NAME,
	RFB_MESSAGE,
	RFB_UPDATE,
	RFB_RECT,
	RFB_PIXELS,
	RFB_POINTER,
	RFB_SCREENS_HEAD,
	RFB_SCREENS,
	RFB_COLORS,
	RFB_TEXT,
	RFB_SKIP,
};

enum {
	RFB_INPUT_BYTES = 64 << 10,
	/* a pointer's picture with its mask */
	RFB_POINTER_BYTES = RFB_POINTER_MAX * RFB_POINTER_MAX * 4 +
			    RFB_POINTER_MAX * RFB_POINTER_MAX / 8,
};

struct rfb {
	struct loop *loop;
	const struct rfb_handler *handler;
	void *user;
	int fd;
	struct loop_source *source;
	bool over;

	enum rfb_state state, after; /* after: RFB_SKIP's successor */
	size_t need; /* bytes of the state */
	size_t skip; /* bytes to forget */
	unsigned char input[RFB_INPUT_BYTES];
	size_t used, taken; /* of input */

	uint32_t w, h; /* of the screen */
	uint32_t rects; /* left of the present update */
	struct rect r; /* the present one */
	uint32_t row, column; /* next pixel of r */
	uint32_t reason, result; /* of a change of the size */
	uint32_t screen,
		flags; /* of the first screen, given back as they are */
	bool sizes; /* the server takes wishes */

	unsigned char *queue;
	size_t queued, capacity;
};

void rfb_fail(struct rfb *rfb, const char *reason);
void rfb_send(struct rfb *rfb, const void *bytes, size_t count);
void rfb_flush(struct rfb *rfb);
/* After the handshake: pixel format and encodings. */
void rfb_begin(struct rfb *rfb);

static inline uint32_t rfb_u16(const unsigned char *p)
{
	return (uint32_t)p[0] << 8 | p[1];
}

static inline uint32_t rfb_u32(const unsigned char *p)
{
	return rfb_u16(p) << 16 | rfb_u16(p + 2);
}

static inline void rfb_put16(unsigned char *p, uint32_t value)
{
	p[0] = (unsigned char)(value >> 8);
	p[1] = (unsigned char)value;
}

static inline void rfb_put32(unsigned char *p, uint32_t value)
{
	rfb_put16(p, value >> 16);
	rfb_put16(p + 2, value);
}

#endif
