/*
 * The background's pixels: a plain gradient, and a PNG on top of it.
 */
#ifndef BACKDROP_PICTURE_H
#define BACKDROP_PICTURE_H

#include <stdbool.h>

#include "blit/blit.h"
#include "scout/image/image.h"

/* Fills all of `target` (xrgb8888) with the gradient. */
void picture_plain(const struct blit_surface *target);

/*
 * Fills all of `target` with the PNG read from fd, pixel for pixel at the top
 * left, cut where it is larger, on the gradient where it is smaller or
 * transparent. False with `error` in words; then all is gradient.
 */
bool picture_image(const struct blit_surface *target, int fd,
		   char error[IMAGE_ERROR_MAX]);

#endif
