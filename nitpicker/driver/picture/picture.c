#include "driver/picture/picture.h"

#include <png.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static bool allocate(struct picture *picture, int w, int h)
{
	*picture = (struct picture){ .w = w, .h = h };
	picture->pixels = malloc((size_t)w * (size_t)h * 4);
	return picture->pixels;
}

const char *picture_copy(struct picture *picture,
			 const struct blit_surface *surface)
{
	if (!allocate(picture, surface->width, surface->height)) {
		return "out of memory";
	}
	struct blit_surface to = {
		.pixels = picture->pixels,
		.stride = (ptrdiff_t)surface->width * 4,
		.width = surface->width,
		.height = surface->height,
		.format = BLIT_XRGB8888,
	};

	blit_copy(&to, surface,
		  (struct blit_area){ .w = to.width, .h = to.height });
	for (size_t i = 0, count = (size_t)to.width * (size_t)to.height;
	     i < count; i++) {
		picture->pixels[i] &= 0xffffff;
	}
	return NULL;
}

/* A stream of its own over the same file, at its start. */
static FILE *stream(int fd, const char *mode)
{
	int own = dup(fd);
	FILE *file = own < 0 || lseek(own, 0, SEEK_SET) < 0 ? NULL
							    : fdopen(own, mode);

	if (!file && own >= 0) {
		close(own);
	}
	return file;
}

static const char *load(struct picture *picture, png_image *image, FILE *file)
{
	static const png_color black;

	if (!png_image_begin_read_from_stdio(image, file)) {
		return "is not a PNG file";
	}
	if (image->width > PICTURE_SIDE_MAX ||
	    image->height > PICTURE_SIDE_MAX) {
		return "is too large";
	}
	if (!allocate(picture, (int)image->width, (int)image->height)) {
		return "out of memory";
	}
	image->format = PNG_FORMAT_BGRA;
	if (!png_image_finish_read(image, &black, picture->pixels, 0, NULL)) {
		return "is a broken PNG file";
	}
	for (size_t i = 0, count = (size_t)picture->w * (size_t)picture->h;
	     i < count; i++) {
		picture->pixels[i] &= 0xffffff;
	}
	return NULL;
}

const char *picture_load(struct picture *picture, int fd)
{
	png_image image = { .version = PNG_IMAGE_VERSION };
	FILE *file = stream(fd, "rb");

	*picture = (struct picture){ 0 };
	if (!file) {
		return "can't be read";
	}
	const char *problem = load(picture, &image, file);

	if (problem) {
		picture_finish(picture);
	}
	png_image_free(&image);
	fclose(file);
	return problem;
}

/* Three bytes a pixel: a picture of an output has no alpha. */
static uint8_t *pack(const struct picture *picture)
{
	size_t count = (size_t)picture->w * (size_t)picture->h;
	uint8_t *bytes = malloc(count * 3);

	for (size_t i = 0; bytes && i < count; i++) {
		bytes[i * 3] = (uint8_t)(picture->pixels[i] >> 16);
		bytes[i * 3 + 1] = (uint8_t)(picture->pixels[i] >> 8);
		bytes[i * 3 + 2] = (uint8_t)picture->pixels[i];
	}
	return bytes;
}

const char *picture_save(const struct picture *picture, int fd)
{
	png_image image = {
		.version = PNG_IMAGE_VERSION,
		.width = (uint32_t)picture->w,
		.height = (uint32_t)picture->h,
		.format = PNG_FORMAT_RGB,
		.flags = PNG_IMAGE_FLAG_FAST,
	};
	FILE *file = ftruncate(fd, 0) == 0 ? stream(fd, "wb") : NULL;

	if (!file) {
		return "can't be written";
	}
	uint8_t *bytes = pack(picture);
	bool written = bytes && png_image_write_to_stdio(&image, file, 0, bytes,
							 0, NULL);

	free(bytes);
	png_image_free(&image);
	if (fclose(file) != 0 || !written) {
		return "could not be written";
	}
	return NULL;
}

void picture_finish(struct picture *picture)
{
	free(picture->pixels);
	*picture = (struct picture){ 0 };
}
