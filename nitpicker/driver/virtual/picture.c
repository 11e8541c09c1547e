#include "picture.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

bool picture_copy(struct image *picture, const struct blit_surface *surface,
		  char error[IMAGE_ERROR_MAX])
{
	size_t w = (size_t)surface->width, h = (size_t)surface->height;

	*picture = (struct image){ .pixels = malloc(w * h * 4),
				   .w = (uint32_t)w,
				   .h = (uint32_t)h };
	if (!picture->pixels) {
		snprintf(error, IMAGE_ERROR_MAX, "out of memory");
		return false;
	}
	struct blit_surface to = {
		.pixels = picture->pixels,
		.stride = (ptrdiff_t)w * 4,
		.width = surface->width,
		.height = surface->height,
		.format = BLIT_XRGB8888,
	};

	blit_copy(&to, surface,
		  (struct blit_area){ .w = to.width, .h = to.height });
	return true;
}

bool picture_save(const struct image *picture, int fd,
		  char error[IMAGE_ERROR_MAX])
{
	if (ftruncate(fd, 0) < 0 || lseek(fd, 0, SEEK_SET) < 0) {
		snprintf(error, IMAGE_ERROR_MAX, "%s", strerror(errno));
		return false;
	}
	return image_save_png(fd, picture->pixels, picture->w * (size_t)4,
			      picture->w, picture->h, error);
}
