/*
 * PNG in and out: kinds of pixels, limits, files that are cut or changed.
 */
#include <check.h>
#include <png.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "suite.h"

enum { W = 19, H = 13 };

static int make_file(void)
{
	int fd = memfd_create("png", MFD_CLOEXEC);

	ck_assert_int_ge(fd, 0);
	return fd;
}

static void write_to_fd(png_struct *png, uint8_t *data, size_t bytes)
{
	const int *fd = png_get_io_ptr(png);

	ck_assert_int_eq(write(*fd, data, bytes), (ssize_t)bytes);
}

static void no_flush(png_struct *png)
{
	(void)png;
}

/* A file of that kind, each byte of its rows `value` + index. */
static int make_png(uint32_t w, uint32_t h, int depth, int type,
		    bool interlaced)
{
	int fd = make_file();
	png_struct *png = png_create_write_struct(PNG_LIBPNG_VER_STRING, NULL,
						  NULL, NULL);
	png_info *info = png_create_info_struct(png);
	png_color palette[256] = { { 0 } };
	uint8_t transparent[256] = { 0 };

	ck_assert(!setjmp(png_jmpbuf(png)));
	png_set_write_fn(png, &fd, write_to_fd, no_flush);
	png_set_IHDR(png, info, w, h, depth, type,
		     interlaced ? PNG_INTERLACE_ADAM7 : PNG_INTERLACE_NONE,
		     PNG_COMPRESSION_TYPE_DEFAULT, PNG_FILTER_TYPE_DEFAULT);
	if (type == PNG_COLOR_TYPE_PALETTE) {
		for (int i = 0; i < 1 << depth; i++)
			palette[i] = (png_color){ (uint8_t)i, 100, 200 };
		transparent[1] = 128;
		png_set_PLTE(png, info, palette, 1 << depth);
		png_set_tRNS(png, info, transparent, 2, NULL);
	}
	png_write_info(png, info);

	size_t bytes = png_get_rowbytes(png, info);
	uint8_t *row = malloc(bytes);
	int passes = png_set_interlace_handling(png);

	for (int pass = 0; pass < passes; pass++)
		for (uint32_t y = 0; y < h; y++) {
			for (size_t i = 0; i < bytes; i++)
				row[i] = (uint8_t)(i * 7 + y * 3);
			png_write_row(png, row);
		}
	png_write_end(png, NULL);
	png_destroy_write_struct(&png, &info);
	free(row);
	lseek(fd, 0, SEEK_SET);
	return fd;
}

static void load(int fd, struct image *image)
{
	char error[IMAGE_ERROR_MAX];

	ck_assert_msg(image_load_png(fd, image, error), "%s", error);
	close(fd);
}

static void check_error(int fd, const char *expected)
{
	char error[IMAGE_ERROR_MAX];
	struct image image;

	lseek(fd, 0, SEEK_SET);
	ck_assert(!image_load_png(fd, &image, error));
	ck_assert_ptr_null(image.pixels);
	if (expected)
		ck_assert_str_eq(error, expected);
	else
		ck_assert_str_ne(error, "");
}

START_TEST(save_and_load)
{
	uint32_t pixels[H][W + 3];
	char error[IMAGE_ERROR_MAX];
	struct image image;
	int fd = make_file();

	for (uint32_t i = 0; i < H * (W + 3); i++)
		pixels[i / (W + 3)][i % (W + 3)] = i * 2654435761u;
	ck_assert(image_save_png(fd, pixels, sizeof(*pixels), W, H, error));
	lseek(fd, 0, SEEK_SET);
	load(fd, &image);
	ck_assert_uint_eq(image.w, W);
	ck_assert_uint_eq(image.h, H);
	ck_assert(!image.alpha);
	for (int y = 0; y < H; y++)
		for (int x = 0; x < W; x++)
			ck_assert_uint_eq(image.pixels[y * W + x],
					  pixels[y][x] | 0xff000000u);
	image_finish(&image);
	ck_assert(!image_save_png(-1, pixels, sizeof(*pixels), W, H, error));
	ck_assert_str_eq(error, "Bad file descriptor");
}
END_TEST

START_TEST(kinds_of_pixels)
{
	struct image image;

	load(make_png(W, H, 8, PNG_COLOR_TYPE_GRAY, false), &image);
	ck_assert_uint_eq(image.pixels[W + 1], 0xff0a0a0a);
	image_finish(&image);
	load(make_png(W, H, 16, PNG_COLOR_TYPE_RGB, false), &image);
	ck_assert_uint_eq(image.pixels[0], 0xff000e1c);
	image_finish(&image);
	load(make_png(W, H, 1, PNG_COLOR_TYPE_GRAY, false), &image);
	ck_assert_uint_eq(image.pixels[W + 6], 0xffffffff);
	ck_assert_uint_eq(image.pixels[W + 5], 0xff000000);
	image_finish(&image);
	/* Bytes 0, 7, 14, 21 as R, G, B, A: premultiplied. */
	load(make_png(W, H, 8, PNG_COLOR_TYPE_RGB_ALPHA, false), &image);
	ck_assert(image.alpha);
	ck_assert_uint_eq(image.pixels[0], 0x15000101);
	image_finish(&image);
	load(make_png(W, H, 8, PNG_COLOR_TYPE_PALETTE, false), &image);
	ck_assert(image.alpha);
	ck_assert_uint_eq(image.pixels[0], 0);
	ck_assert_uint_eq(image.pixels[1], 0xff0764c8);
	image_finish(&image);
}
END_TEST

START_TEST(interlaced_is_the_same)
{
	const int types[] = { PNG_COLOR_TYPE_RGB, PNG_COLOR_TYPE_RGB_ALPHA,
			      PNG_COLOR_TYPE_PALETTE };

	for (int i = 0; i < 3; i++) {
		struct image a, b;

		load(make_png(W, H, 8, types[i], false), &a);
		load(make_png(W, H, 8, types[i], true), &b);
		ck_assert_int_eq(memcmp(a.pixels, b.pixels, (size_t)W * H * 4),
				 0);
		image_finish(&a);
		image_finish(&b);
	}
}
END_TEST

START_TEST(size_limits)
{
	struct image image;
	int fd;

	for (uint32_t side = IMAGE_SIDE_MAX - 1; side <= IMAGE_SIDE_MAX;
	     side++) {
		load(make_png(side, 1, 1, PNG_COLOR_TYPE_GRAY, false), &image);
		ck_assert_uint_eq(image.w, side);
		image_finish(&image);
		load(make_png(1, side, 1, PNG_COLOR_TYPE_GRAY, false), &image);
		ck_assert_uint_eq(image.h, side);
		image_finish(&image);
	}
	fd = make_png(IMAGE_SIDE_MAX + 1, 1, 1, PNG_COLOR_TYPE_GRAY, false);
	check_error(fd, "16385x1 pixels are too many, at most 16384x16384 and "
			"67108864 in all");
	close(fd);
	fd = make_png(1, IMAGE_SIDE_MAX + 1, 1, PNG_COLOR_TYPE_GRAY, false);
	check_error(fd, NULL);
	close(fd);
	fd = make_png(8192, 8193, 1, PNG_COLOR_TYPE_GRAY, false);
	check_error(fd, NULL);
	close(fd);
}
END_TEST

static bool refuse(void *user, uint32_t w, uint32_t h, bool alpha)
{
	(void)user, (void)w, (void)h, (void)alpha;
	return false;
}

static bool count_rows(void *user, uint32_t y, const uint32_t *pixels)
{
	uint32_t *rows = user;

	(void)pixels;
	ck_assert_uint_eq(y, *rows);
	return ++*rows < 5;
}

START_TEST(sink_decides)
{
	char error[IMAGE_ERROR_MAX];
	uint32_t rows = 0;
	struct image_sink sink = { .begin = refuse,
				   .row = count_rows,
				   .user = &rows };
	int fd = make_png(W, H, 8, PNG_COLOR_TYPE_RGB, false);

	ck_assert(!image_read_png(fd, &sink, error));
	ck_assert_str_eq(error, "not wanted");
	sink.begin = NULL;
	lseek(fd, 0, SEEK_SET);
	ck_assert(image_read_png(fd, &sink, error));
	ck_assert_uint_eq(rows, 5);
	close(fd);
}
END_TEST

/* Cut anywhere, or with any byte changed: an error or a picture, no fault. */
START_TEST(damaged)
{
	int fd = make_png(W, H, 8, PNG_COLOR_TYPE_RGB_ALPHA, true);
	off_t size = lseek(fd, 0, SEEK_END);

	for (off_t i = 0; i < size; i++) {
		struct image image;
		char error[IMAGE_ERROR_MAX];
		uint8_t byte, changed;

		ck_assert_int_eq(pread(fd, &byte, 1, i), 1);
		changed = byte ^ 0x55;
		ck_assert_int_eq(pwrite(fd, &changed, 1, i), 1);
		lseek(fd, 0, SEEK_SET);
		if (image_load_png(fd, &image, error))
			image_finish(&image);
		ck_assert_int_eq(pwrite(fd, &byte, 1, i), 1);
	}
	for (off_t i = size - 13; i > 0; i -= 3) {
		ck_assert_int_eq(ftruncate(fd, i), 0);
		check_error(fd, "the file ends too early");
	}
	ck_assert_int_eq(ftruncate(fd, 0), 0);
	check_error(fd, "the file ends too early");
	ck_assert_int_eq(write(fd, "just some text", 14), 14);
	check_error(fd, "Not a PNG file");
	close(fd);
	check_error(-1, "Bad file descriptor");
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("image");
	TCase *tcase = tcase_create("png");

	tcase_add_test(tcase, save_and_load);
	tcase_add_test(tcase, kinds_of_pixels);
	tcase_add_test(tcase, interlaced_is_the_same);
	tcase_add_test(tcase, size_limits);
	tcase_add_test(tcase, sink_decides);
	tcase_add_test(tcase, damaged);
	suite_add_tcase(suite, tcase);
	suite_add_tcase(suite, files_case());

	SRunner *runner = srunner_create(suite);

	srunner_run_all(runner, CK_ENV);

	int failed = srunner_ntests_failed(runner);

	srunner_free(runner);
	return failed != 0;
}
