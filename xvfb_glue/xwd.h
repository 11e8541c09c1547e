/*
 * xwd: the file that an Xvfb keeps its screen in (-fbdir).
 *
 * An XWD header, version 7, its words in big endian: X.Org, "XWDFile.h". Then
 * the colour map, then the pixels. Size and form are those of the server's
 * start, also when RandR made the screen smaller.
 */
#ifndef XVFB_GLUE_XWD_H
#define XVFB_GLUE_XWD_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { XWD_HEADER = 100, XWD_COLOR = 12, XWD_SIDE_MAX = 16384 };

struct xwd {
	int w, h, depth;
	size_t stride; /* bytes */
	size_t colors_at, pixels_at, bytes; /* in the file */
	unsigned colors;
};

/* Understands the first XWD_HEADER bytes of a file of `size` bytes. NULL, or
 * what is wrong with it. */
const char *xwd_read(struct xwd *xwd, const uint8_t *header, uint64_t size);

/* The colour map of the file as argb8888, `count` of them. */
void xwd_colors(const struct xwd *xwd, const uint8_t *file, uint32_t *out,
		unsigned count);

#endif
