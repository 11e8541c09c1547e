#include "scout/image/image.h"

#include <errno.h>
#include <png.h>
#include <setjmp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { OUTPUT_BYTES = 65536 };

/* As in load.c: what must survive a longjmp lies here. */
struct writer {
	int fd;
	char *error;
	png_struct *png;
	png_info *info;
	const uint8_t *pixels;
	size_t stride;
	uint32_t w, h;
	size_t filled; /* of output */
	uint8_t output[OUTPUT_BYTES];
};

static void on_error(png_struct *png, const char *message)
{
	struct writer *writer = png_get_error_ptr(png);

	if (!writer->error[0])
		snprintf(writer->error, IMAGE_ERROR_MAX, "%s", message);
	png_longjmp(png, 1);
}

static void on_warning(png_struct *png, const char *message)
{
	(void)png, (void)message;
}

static void on_flush(png_struct *png)
{
	struct writer *writer = png_get_io_ptr(png);
	size_t done = 0;

	while (done < writer->filled) {
		ssize_t n = write(writer->fd, writer->output + done,
				  writer->filled - done);

		if (n < 0 && errno != EINTR)
			png_error(png, strerror(errno));
		if (n > 0)
			done += (size_t)n;
	}
	writer->filled = 0;
}

static void on_write(png_struct *png, uint8_t *data, size_t bytes)
{
	struct writer *writer = png_get_io_ptr(png);

	while (bytes) {
		size_t n = OUTPUT_BYTES - writer->filled;

		n = n < bytes ? n : bytes;
		memcpy(writer->output + writer->filled, data, n);
		writer->filled += n;
		data += n;
		bytes -= n;
		if (writer->filled == OUTPUT_BYTES)
			on_flush(png);
	}
}

static void write_picture(struct writer *writer)
{
	png_struct *png = writer->png;

	png_set_write_fn(png, writer, on_write, on_flush);
	png_set_compression_level(png, 1);
	/* One cheap filter: choosing per row costs more than it saves. */
	png_set_filter(png, PNG_FILTER_TYPE_BASE, PNG_FILTER_SUB);
	png_set_IHDR(png, writer->info, writer->w, writer->h, 8,
		     PNG_COLOR_TYPE_RGB, PNG_INTERLACE_NONE,
		     PNG_COMPRESSION_TYPE_DEFAULT, PNG_FILTER_TYPE_DEFAULT);
	png_write_info(png, writer->info);
	png_set_bgr(png);
	png_set_filler(png, 0, PNG_FILLER_AFTER);
	for (uint32_t y = 0; y < writer->h; y++)
		png_write_row(png, writer->pixels + y * writer->stride);
	png_write_end(png, NULL);
	on_flush(png);
}

static bool try_write(struct writer *writer)
{
	if (setjmp(png_jmpbuf(writer->png)))
		return false;
	write_picture(writer);
	return true;
}

bool image_save_png(int fd, const void *pixels, size_t stride, uint32_t w,
		    uint32_t h, char error[IMAGE_ERROR_MAX])
{
	struct writer *writer = calloc(1, sizeof(*writer));
	bool done = false;

	error[0] = '\0';
	if (!writer) {
		snprintf(error, IMAGE_ERROR_MAX, "out of memory");
		return false;
	}
	writer->fd = fd;
	writer->error = error;
	writer->pixels = pixels;
	writer->stride = stride;
	writer->w = w;
	writer->h = h;
	writer->png = png_create_write_struct(PNG_LIBPNG_VER_STRING, writer,
					      on_error, on_warning);
	if (writer->png)
		writer->info = png_create_info_struct(writer->png);
	if (writer->info)
		done = try_write(writer);
	else
		snprintf(error, IMAGE_ERROR_MAX, "out of memory");
	png_destroy_write_struct(&writer->png, &writer->info);
	free(writer);
	return done;
}
