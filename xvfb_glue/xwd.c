#include "xwd.h"

#include "convert.h"

/* Words of the header. */
enum {
	HEADER_SIZE = 0,
	FILE_VERSION = 1,
	DEPTH = 3,
	WIDTH = 4,
	HEIGHT = 5,
	BYTE_ORDER_WORD = 7,
	BITS_PER_PIXEL = 11,
	BYTES_PER_LINE = 12,
	COLORS = 19,
	VERSION = 7,
	COLORS_MAX = 4096,
};

static uint32_t word(const uint8_t *bytes, int index)
{
	bytes += 4 * index;
	return (uint32_t)bytes[0] << 24 | (uint32_t)bytes[1] << 16 |
	       (uint32_t)bytes[2] << 8 | bytes[3];
}

const char *xwd_read(struct xwd *xwd, const uint8_t *header, uint64_t size)
{
	uint32_t head = word(header, HEADER_SIZE);
	uint32_t w = word(header, WIDTH), h = word(header, HEIGHT);
	uint32_t stride = word(header, BYTES_PER_LINE);
	uint32_t colors = word(header, COLORS), depth = word(header, DEPTH);
	int bytes;

	if (word(header, FILE_VERSION) != VERSION || head < XWD_HEADER ||
	    head > 4096)
		return "it is no file of an Xvfb";
	bytes = depth > 32 ? 0 : convert_bytes((int)depth);
	if (!bytes || word(header, BITS_PER_PIXEL) != (uint32_t)bytes * 8)
		return "its depth can't be shown";
	if (word(header, BYTE_ORDER_WORD))
		return "its pixels are of another order of bytes";
	if (!w || !h || w > XWD_SIDE_MAX || h > XWD_SIDE_MAX ||
	    colors > COLORS_MAX || stride < w * (uint32_t)bytes ||
	    stride > XWD_SIDE_MAX * 8)
		return "its size can't be";
	*xwd = (struct xwd){
		.w = (int)w,
		.h = (int)h,
		.depth = (int)depth,
		.stride = stride,
		.colors_at = head,
		.colors = colors,
		.pixels_at = head + (size_t)colors * XWD_COLOR,
	};
	xwd->bytes = xwd->pixels_at + (size_t)stride * h;
	return xwd->bytes > size ? "it is too short" : NULL;
}

void xwd_colors(const struct xwd *xwd, const uint8_t *file, uint32_t *out,
		unsigned count)
{
	for (unsigned i = 0; i < count && i < xwd->colors; i++) {
		/* u32 pixel; u16 red, green, blue; u8 flags, pad */
		const uint8_t *color = file + xwd->colors_at +
				       (size_t)i * XWD_COLOR + 4;

		out[i] = 255u << 24 | (uint32_t)color[0] << 16 |
			 (uint32_t)color[2] << 8 | color[4];
	}
}
