/*
 * image: pictures from PNG and JPEG files, and to PNG.
 *
 * Any PNG (palette, grey, 16 bit, interlaced, transparent) and any JPEG
 * (progressive, grey, CMYK, turned by its EXIF orientation) becomes rows of
 * 32-bit words: argb8888 with premultiplied alpha, which for an opaque picture
 * is also xrgb8888. Colour profiles and gamma are left alone. Pictures are made
 * smaller by averaging, larger bilinearly, both in linear light.
 *
 * Files come from anybody. image_decode and image_draw leave them to the
 * program scout_decode beside the own one: it holds the file, the buffer for
 * its pixels and a pipe for one message, and can make no system call that
 * reaches further. Beside that buffer it has as much memory as the caller says,
 * at most DECODE_MEMORY, and DECODE_SECONDS of processor time. It is the caller
 * who pays for both, so a program with a quota says less. Most pictures need
 * some rows; an interlaced PNG needs its pixels, a progressive JPEG or one that
 * is to be turned about as much. Sizes are checked before memory is taken, and
 * what is wrong is said in words.
 */
#ifndef SCOUT_IMAGE_IMAGE_H
#define SCOUT_IMAGE_IMAGE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/geometry.h"
#include "base/loop.h"

enum {
	IMAGE_SIDE_MAX = 16384, /* pixels */
	IMAGE_PIXELS_MAX = 64 << 20,
	IMAGE_ERROR_MAX = 128, /* bytes of a message, NUL included */
	DECODE_MEMORY = 320 << 20, /* bytes, beside the buffer */
	DECODE_SPACE = 1 << 30, /* bytes of address space, all in all */
#ifdef __SANITIZE_ADDRESS__ /* which makes all of it slower */
	DECODE_SECONDS = 10,
	DECODE_WAIT_MS = 30000,
#else
	DECODE_SECONDS = 1, /* of processor time */
	DECODE_WAIT_MS = 3000, /* on the clock, then it is killed */
#endif
};

/* The message when a picture needs more than there is for it. */
#define IMAGE_NO_MEMORY "it needs more memory than it may have"

struct image {
	uint32_t *pixels; /* w * h, owned; read-only where it is mapped */
	uint32_t w, h;
	uint32_t full_w, full_h; /* of the file */
	bool alpha; /* some pixel may be transparent */
	void *mapping; /* private to image_finish */
	size_t mapped;
};

/* ---- decoded elsewhere ---- */

/*
 * Decodes the file fd (a file, not a pipe; read from its beginning), made
 * smaller where it is wider than max_w or higher than max_h (0: any size),
 * keeping its proportions. Waits. False with `error` in words; then *image is
 * zero.
 */
bool image_decode(int fd, uint32_t max_w, uint32_t max_h, struct image *image,
		  char error[IMAGE_ERROR_MAX]);

/* The same without waiting, with that much memory (0: DECODE_MEMORY): fn gets
 * the image (its owner from then on; NULL with `error` when it failed). NULL
 * with *error when it can't begin. */
struct image_job;
typedef void image_job_fn(void *user, struct image *image, const char *error);
struct image_job *image_decode_later(struct loop *loop, int fd, uint32_t max_w,
				     uint32_t max_h, uint64_t memory,
				     image_job_fn *fn, void *user,
				     char error[IMAGE_ERROR_MAX]);
void image_job_cancel(struct image_job *job); /* NULL is fine */

enum image_scale {
	IMAGE_SCALE_NONE, /* pixel for pixel */
	IMAGE_SCALE_FIT, /* all of it is seen */
	IMAGE_SCALE_ZOOM, /* all is covered */
};
/* What of the picture stays at that of the target; rows of three. */
enum image_anchor {
	IMAGE_TOP_LEFT,
	IMAGE_TOP,
	IMAGE_TOP_RIGHT,
	IMAGE_LEFT,
	IMAGE_CENTER,
	IMAGE_RIGHT,
	IMAGE_BOTTOM_LEFT,
	IMAGE_BOTTOM,
	IMAGE_BOTTOM_RIGHT,
};

struct image_place {
	enum image_scale scale;
	enum image_anchor anchor;
	int x, y; /* moved by that many pixels */
	uint8_t alpha; /* 255: as it is */
	bool tiled;
};

/* Rows of xrgb8888 or argb8888 in a shared memory that can be written. */
struct image_target {
	int fd;
	uint32_t w, h;
	size_t stride; /* bytes */
	uint64_t memory; /* for decoding, bytes; 0: DECODE_MEMORY */
	/* Where the caller has it: its pages are made while the decoder starts;
	 * NULL: nowhere. */
	void *pixels;
};

/* Draws the file over what is there. Waits. False with `error`; the target
 * may hold parts of the picture then. */
bool image_draw(int fd, const struct image_place *place,
		const struct image_target *target, char error[IMAGE_ERROR_MAX]);

/* The same where nothing is there yet: when some of the target would stay
 * uncovered, or is seen through the picture, then *covers is false, nothing is
 * drawn, and that is no error (`error` is ""). */
bool image_draw_all(int fd, const struct image_place *place,
		    const struct image_target *target, bool *covers,
		    char error[IMAGE_ERROR_MAX]);

/* Where a picture of w x h comes to lie: size and upper left. */
struct rect image_placed(const struct image_place *place, uint32_t w,
			 uint32_t h, uint32_t target_w, uint32_t target_h);

/* ---- decoded here: for files one made oneself ---- */

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
	/* Where row y of an opaque picture may be decoded to; NULL: anywhere.
	 * `row` still gets it. May be NULL. */
	uint32_t *(*place)(void *user, uint32_t y);
};

bool image_read_png(int fd, const struct image_sink *sink,
		    char error[IMAGE_ERROR_MAX]);

/* Scales what goes through it, in linear light, to w x h. */
struct image_scaler;
struct image_scaler *image_scaler_create(uint32_t from_w, uint32_t from_h,
					 uint32_t w, uint32_t h,
					 const struct image_sink *to);
void image_scaler_destroy(struct image_scaler *scaler); /* NULL is fine */
/* Rows from top to bottom; false when no more are wanted. */
bool image_scaler_row(struct image_scaler *scaler, uint32_t y,
		      const uint32_t *pixels);

/*
 * Writes xrgb8888 rows (X ignored) as an 8-bit RGB PNG. `stride` in bytes.
 * Fast rather than small: compression is that of level 1.
 */
bool image_save_png(int fd, const void *pixels, size_t stride, uint32_t w,
		    uint32_t h, char error[IMAGE_ERROR_MAX]);

#endif
