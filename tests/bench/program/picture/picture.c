/*
 * bench_picture FILE SAMPLES: how long a picture takes into the buffer of a
 * screen, through scout_decode, and how long its library alone takes into
 * memory that nobody has touched. One line a sample: nanoseconds of both.
 */
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <jpeglib.h>
#include <png.h>

#include "base/memory.h"
#include "scout/image/image.h"

static uint64_t ours(int fd, uint32_t w, uint32_t h)
{
	const struct image_place place = { .alpha = 255 };
	struct image_target target = {
		.fd = memory_create_buffer("screen", (uint64_t)w * h * 4),
		.w = w,
		.h = h,
		.stride = (size_t)w * 4,
	};
	char error[IMAGE_ERROR_MAX];
	uint64_t before = loop_now();

	if (!image_draw(fd, &place, &target, error)) {
		fprintf(stderr, "%s\n", error);
		exit(1);
	}
	uint64_t after = loop_now();

	close(target.fd);
	return after - before;
}

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

int main(int argc, char **argv)
{
	int fd = argc == 3 ? open(argv[1], O_RDONLY | O_CLOEXEC) : -1;
	struct stat stat;
	uint32_t w = 0, h = 0;

	if (fd < 0 || fstat(fd, &stat) < 0)
		return 2;
	size_t bytes = (size_t)stat.st_size;
	const uint8_t *file = mmap(NULL, bytes, PROT_READ, MAP_PRIVATE, fd, 0);

	for (int i = 0; i < atoi(argv[2]); i++) {
		uint64_t before = loop_now();

		(file[0] == 0xff ? jpeg_alone : png_alone)(file, bytes, &w, &h);
		uint64_t alone = loop_now() - before;

		printf("%llu %llu\n", (unsigned long long)ours(fd, w, h),
		       (unsigned long long)alone);
	}
	return 0;
}
