/*
 * What the libraries need for a picture, into memory that nobody has touched.
 */
#include "alone.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <jpeglib.h>
#include <png.h>

#include "base/loop.h"

static uint8_t *fresh(size_t bytes)
{
	return mmap(NULL, bytes, PROT_READ | PROT_WRITE,
		    MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
}

static void jpeg_alone(const void *file, size_t bytes, uint32_t *w, uint32_t *h)
{
	struct jpeg_error_mgr errors;
	struct jpeg_decompress_struct jpeg = { .err = jpeg_std_error(&errors) };
	uint8_t *pixels;

	jpeg_create_decompress(&jpeg);
	jpeg_mem_src(&jpeg, file, bytes);
	jpeg_read_header(&jpeg, TRUE);
	jpeg.out_color_space = JCS_EXT_BGRX;
	jpeg_start_decompress(&jpeg);
	*w = jpeg.output_width;
	*h = jpeg.output_height;
	pixels = fresh((size_t)*w * *h * 4);
	while (jpeg.output_scanline < *h) {
		JSAMPROW row = pixels + (size_t)jpeg.output_scanline * *w * 4;

		jpeg_read_scanlines(&jpeg, &row, 1);
	}
	jpeg_destroy_decompress(&jpeg);
	munmap(pixels, (size_t)*w * *h * 4);
}

static void png_alone(const void *file, size_t bytes, uint32_t *w, uint32_t *h)
{
	png_image image = { .version = PNG_IMAGE_VERSION };
	uint8_t *pixels;

	png_image_begin_read_from_memory(&image, file, bytes);
	*w = image.width;
	*h = image.height;
	image.format = PNG_FORMAT_BGRA;
	pixels = fresh((size_t)*w * *h * 4);
	png_image_finish_read(&image, NULL, pixels, 0, NULL);
	munmap(pixels, (size_t)*w * *h * 4);
}

uint64_t decode_alone(const char *path)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	struct stat stat;
	uint64_t before;
	uint32_t w, h;

	if (fd < 0 || fstat(fd, &stat) < 0) {
		perror(path);
		exit(2);
	}
	size_t bytes = (size_t)stat.st_size;
	uint8_t *file = mmap(NULL, bytes, PROT_READ, MAP_PRIVATE, fd, 0);

	close(fd);
	before = loop_now();
	(file[0] == 0xff ? jpeg_alone : png_alone)(file, bytes, &w, &h);
	before = loop_now() - before;
	munmap(file, bytes);
	return before;
}
