/*
 * image: pictures from and to PNG files.
 *
 * Any PNG (palette, grey, 16 bit, interlaced, transparent) becomes rows of
 * 32-bit words: argb8888 with premultiplied alpha, which for an opaque picture
 * is also xrgb8888. Colour profiles and gamma are left alone.
 *
 * Files come from anybody: sizes are checked before memory is taken, and what
 * is wrong is said in words. Reading goes through the descriptor from where it
 * stands; it stays the caller's, as does its offset.
 */
#ifndef SCOUT_IMAGE_IMAGE_H
#define SCOUT_IMAGE_IMAGE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum {
	IMAGE_SIDE_MAX = 16384, /* pixels */
	IMAGE_PIXELS_MAX = 64 << 20,
	IMAGE_ERROR_MAX = 128, /* bytes of a message, NUL included */
};

struct image {
	uint32_t *pixels; /* w * h, owned */
	uint32_t w, h;
	bool alpha; /* some pixel may be transparent */
};

/* False with `error` in words; then *image is zero. */
bool image_load_png(int fd, struct image *image, char error[IMAGE_ERROR_MAX]);
void image_finish(struct image *image);

/*
 * The same row by row, so that nobody needs memory for the whole picture: an
 * interlaced one excepted, which is unpacked first.
 */
struct image_sink {
	/* Before the first row. False ends the reading with the error "not
	 * wanted". May be NULL. */
	bool (*begin)(void *user, uint32_t w, uint32_t h, bool alpha);
	/* From top to bottom; `pixels` (w words) is valid during the call.
	 * False: no more rows are wanted, which is no error. */
	bool (*row)(void *user, uint32_t y, const uint32_t *pixels);
	void *user;
};

bool image_read_png(int fd, const struct image_sink *sink,
		    char error[IMAGE_ERROR_MAX]);

/*
 * Writes xrgb8888 rows (X ignored) as an 8-bit RGB PNG. `stride` in bytes.
 * Fast rather than small: compression is that of level 1.
 */
bool image_save_png(int fd, const void *pixels, size_t stride, uint32_t w,
		    uint32_t h, char error[IMAGE_ERROR_MAX]);

#endif
