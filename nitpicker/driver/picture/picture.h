/*
 * Pictures of an output as PNG files: for drivers that nobody looks at.
 */
#ifndef DRIVER_PICTURE_PICTURE_H
#define DRIVER_PICTURE_PICTURE_H

#include <stdbool.h>
#include <stdint.h>

#include "blit/blit.h"

enum { PICTURE_SIDE_MAX = 16384 };

struct picture {
	int w, h; /* pixels */
	uint32_t *pixels; /* 0x00RRGGBB, rows of w; owned */
};

/* Copies what a surface shows. NULL, or in words what went wrong. */
const char *picture_copy(struct picture *picture,
			 const struct blit_surface *surface);

/* Reads a PNG file, whatever its depth; transparent parts become black. */
const char *picture_load(struct picture *picture, int fd);

/* Replaces the content of a regular file by a PNG. */
const char *picture_save(const struct picture *picture, int fd);

void picture_finish(struct picture *picture);

#endif
