/*
 * What the output shows, as an image of its own.
 */
#ifndef DRIVER_VIRTUAL_PICTURE_H
#define DRIVER_VIRTUAL_PICTURE_H

#include "blit/blit.h"
#include "scout/image/image.h"

/* A copy as 0xffRRGGBB. False with `error` in words. */
bool picture_copy(struct image *picture, const struct blit_surface *surface,
		  char error[IMAGE_ERROR_MAX]);

/* Replaces the content of a regular file by a PNG. */
bool picture_save(const struct image *picture, int fd,
		  char error[IMAGE_ERROR_MAX]);

#endif
