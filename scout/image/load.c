#include "scout/image/image.h"

#include <errno.h>
#include <png.h>
#include <setjmp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

enum { INPUT_BYTES = 16384 };

/*
 * libpng reports errors by longjmp. Everything that must survive one lies in
 * this struct, not in locals of the function that set the mark.
 */
struct reader {
	int fd;
	const struct image_sink *sink;
	char *error;
	png_struct *png;
	png_info *info;
	uint32_t w, h;
	bool alpha;
	uint32_t *row; /* one row, or the whole picture when interlaced */
	size_t used, filled; /* of input */
	uint8_t input[INPUT_BYTES];
};

static void on_error(png_struct *png, const char *message)
{
	struct reader *reader = png_get_error_ptr(png);

	/* The first one counts. */
	if (!reader->error[0])
		snprintf(reader->error, IMAGE_ERROR_MAX, "%s", message);
	png_longjmp(png, 1);
}

/* What libpng can go on after is no concern of who wants the pixels. */
static void on_warning(png_struct *png, const char *message)
{
	(void)png, (void)message;
}

static void fill_input(struct reader *reader)
{
	ssize_t n;

	do
		n = read(reader->fd, reader->input, sizeof(reader->input));
	while (n < 0 && errno == EINTR);
	if (n < 0)
		png_error(reader->png, strerror(errno));
	if (n == 0)
		png_error(reader->png, "the file ends too early");
	reader->used = 0;
	reader->filled = (size_t)n;
}

static void on_read(png_struct *png, uint8_t *data, size_t bytes)
{
	struct reader *reader = png_get_io_ptr(png);

	while (bytes) {
		if (reader->used == reader->filled)
			fill_input(reader);

		size_t n = reader->filled - reader->used;

		n = n < bytes ? n : bytes;
		memcpy(data, reader->input + reader->used, n);
		reader->used += n;
		data += n;
		bytes -= n;
	}
}

/* c * a / 255, rounded to nearest */
static uint32_t scale(uint32_t c, uint32_t a)
{
	uint32_t t = c * a + 128;

	return (t + (t >> 8)) >> 8;
}

static void premultiply(uint32_t *row, uint32_t w)
{
	for (uint32_t x = 0; x < w; x++) {
		uint32_t p = row[x], a = p >> 24;

		if (a != 255)
			row[x] = a << 24 | scale(p >> 16 & 255, a) << 16 |
				 scale(p >> 8 & 255, a) << 8 |
				 scale(p & 255, a);
	}
}

static void check_size(struct reader *reader)
{
	char text[IMAGE_ERROR_MAX];

	if (reader->w <= IMAGE_SIDE_MAX && reader->h <= IMAGE_SIDE_MAX &&
	    (uint64_t)reader->w * reader->h <= IMAGE_PIXELS_MAX)
		return;
	snprintf(text, sizeof(text),
		 "%ux%u pixels are too many, at most %dx%d and %d in all",
		 reader->w, reader->h, IMAGE_SIDE_MAX, IMAGE_SIDE_MAX,
		 IMAGE_PIXELS_MAX);
	png_error(reader->png, text);
}

/* Whatever the file holds, rows come out as B, G, R, A bytes: words of
 * argb8888 on the little endian machines this runs on. */
static void set_transforms(struct reader *reader)
{
	png_struct *png = reader->png;
	int type = png_get_color_type(png, reader->info);

	reader->alpha = (type & PNG_COLOR_MASK_ALPHA) ||
			png_get_valid(png, reader->info, PNG_INFO_tRNS);
	png_set_expand(png);
	png_set_scale_16(png);
	png_set_gray_to_rgb(png);
	png_set_bgr(png);
	png_set_add_alpha(png, 255, PNG_FILLER_AFTER);
}

static bool hand_over(struct reader *reader, uint32_t y, uint32_t *row)
{
	if (reader->alpha)
		premultiply(row, reader->w);
	return reader->sink->row(reader->sink->user, y, row);
}

static void allocate(struct reader *reader, uint32_t rows)
{
	reader->row = malloc((size_t)reader->w * rows * sizeof(uint32_t));
	if (!reader->row)
		png_error(reader->png, IMAGE_NO_MEMORY);
}

static void read_rows(struct reader *reader)
{
	allocate(reader, 1);
	for (uint32_t y = 0; y < reader->h; y++) {
		png_read_row(reader->png, (uint8_t *)reader->row, NULL);
		if (!hand_over(reader, y, reader->row))
			return;
	}
}

/* The passes of an interlaced picture each fill some pixels of many rows. */
static void read_interlaced(struct reader *reader, int passes)
{
	allocate(reader, reader->h);
	for (int pass = 0; pass < passes; pass++)
		for (uint32_t y = 0; y < reader->h; y++) {
			uint32_t *row = reader->row + (size_t)y * reader->w;

			png_read_row(reader->png, (uint8_t *)row, NULL);
		}
	for (uint32_t y = 0; y < reader->h; y++)
		if (!hand_over(reader, y, reader->row + (size_t)y * reader->w))
			return;
}

static void read_picture(struct reader *reader)
{
	png_struct *png = reader->png;
	const struct image_sink *sink = reader->sink;

	/* Own limits come with a better message than libpng's. */
	png_set_user_limits(png, 0x7fffffff, 0x7fffffff);
	png_set_read_fn(png, reader, on_read);
	png_read_info(png, reader->info);
	reader->w = png_get_image_width(png, reader->info);
	reader->h = png_get_image_height(png, reader->info);
	check_size(reader);
	set_transforms(reader);

	int passes = png_set_interlace_handling(png);

	png_read_update_info(png, reader->info);
	if (png_get_rowbytes(png, reader->info) != (size_t)reader->w * 4)
		png_error(png, "unexpected pixel format");
	if (sink->begin &&
	    !sink->begin(sink->user, reader->w, reader->h, reader->alpha))
		png_error(png, "not wanted");
	if (passes > 1)
		read_interlaced(reader, passes);
	else
		read_rows(reader);
}

/* The mark is set in a frame that has no locals of its own. */
static bool try_read(struct reader *reader)
{
	if (setjmp(png_jmpbuf(reader->png)))
		return false;
	read_picture(reader);
	return true;
}

bool image_read_png(int fd, const struct image_sink *sink,
		    char error[IMAGE_ERROR_MAX])
{
	struct reader *reader = calloc(1, sizeof(*reader));
	bool done = false;

	error[0] = '\0';
	if (!reader) {
		snprintf(error, IMAGE_ERROR_MAX, IMAGE_NO_MEMORY);
		return false;
	}
	reader->fd = fd;
	reader->sink = sink;
	reader->error = error;
	reader->png = png_create_read_struct(PNG_LIBPNG_VER_STRING, reader,
					     on_error, on_warning);
	if (reader->png)
		reader->info = png_create_info_struct(reader->png);
	if (reader->info)
		done = try_read(reader);
	else
		snprintf(error, IMAGE_ERROR_MAX, IMAGE_NO_MEMORY);
	png_destroy_read_struct(&reader->png, &reader->info, NULL);
	free(reader->row);
	free(reader);
	return done;
}

/* ---- as a whole ---- */

static bool begin_image(void *user, uint32_t w, uint32_t h, bool alpha)
{
	struct image *image = user;

	*image = (struct image){
		.pixels = malloc((size_t)w * h * sizeof(*image->pixels)),
		.w = w,
		.h = h,
		.full_w = w,
		.full_h = h,
		.alpha = alpha,
	};
	return image->pixels;
}

static bool add_row(void *user, uint32_t y, const uint32_t *pixels)
{
	struct image *image = user;

	memcpy(image->pixels + (size_t)y * image->w, pixels,
	       image->w * sizeof(*pixels));
	return true;
}

bool image_load_png(int fd, struct image *image, char error[IMAGE_ERROR_MAX])
{
	const struct image_sink sink = { .begin = begin_image,
					 .row = add_row,
					 .user = image };

	*image = (struct image){ 0 };
	if (image_read_png(fd, &sink, error))
		return true;
	if (image->w && !image->pixels)
		snprintf(error, IMAGE_ERROR_MAX, IMAGE_NO_MEMORY);
	image_finish(image);
	return false;
}

void image_finish(struct image *image)
{
	if (image->mapping)
		munmap(image->mapping, image->mapped);
	else
		free(image->pixels);
	*image = (struct image){ 0 };
}
