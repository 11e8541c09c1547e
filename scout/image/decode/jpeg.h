/*
 * JPEG files, row by row.
 */
#ifndef SCOUT_DECODE_JPEG_H
#define SCOUT_DECODE_JPEG_H

#include "scout/image/image.h"

/*
 * How large the picture is wanted, from how large it is: decoding may be done
 * at 1/2, 1/4 or 1/8, but not smaller than that.
 */
typedef void jpeg_want_fn(void *user, uint32_t *w, uint32_t *h);

/* The file in memory; otherwise like image_read_png. Rows are turned as the
 * file's EXIF orientation says. */
bool jpeg_read(const void *file, size_t bytes, jpeg_want_fn *want,
	       const struct image_sink *sink, char error[IMAGE_ERROR_MAX]);

#endif
