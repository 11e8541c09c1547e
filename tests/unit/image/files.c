/*
 * What scout_decode makes of files: beside ImageMagick's reading of each kind
 * of PNG, djpeg's of each kind of JPEG, and of what isn't right. Needs
 * scout_decode beside the test, and convert and djpeg.
 */
#include <check.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "suite.h"

#define ROSE "convert rose: -resize 61x37! "

enum { PATH = 64, COMMAND = 1024, BYTES_MAX = 1 << 20 };

static char folder[] = "/tmp/unit_image.XXXXXX";
static char error[IMAGE_ERROR_MAX];

static bool run(const char *format, const char *argument)
{
	char command[COMMAND] = "";
	int n = snprintf(command, sizeof(command), "cd %s && ", folder);

	snprintf(command + n, sizeof(command) - (size_t)n, format, argument);
	return system(command) == 0;
}

static void setup(void)
{
	strcpy(folder + strlen(folder) - 6, "XXXXXX");
	ck_assert_ptr_nonnull(mkdtemp(folder));
}

static void teardown(void)
{
	run("rm -f *%s", "");
	rmdir(folder);
}

static bool have(const char *program)
{
	char command[COMMAND];

	snprintf(command, sizeof(command), "command -v %s >/dev/null", program);
	if (system(command) == 0)
		return true;
	printf("# skipped: needs %s\n", program);
	return false;
}

static int open_file(const char *name)
{
	char path[PATH];

	snprintf(path, sizeof(path), "%s/%s", folder, name);
	return open(path, O_RDONLY | O_CLOEXEC);
}

static bool decode(const char *name, uint32_t max, struct image *image)
{
	int fd = open_file(name);
	bool done;

	ck_assert_int_ge(fd, 0);
	done = image_decode(fd, max, max, image, error);
	close(fd);
	return done;
}

static size_t read_all(const char *name, uint8_t *data)
{
	int fd = open_file(name);
	ssize_t n = read(fd, data, BYTES_MAX);

	close(fd);
	ck_assert_int_gt(n, 0);
	return (size_t)n;
}

static int differ(uint32_t pixel, const uint8_t *bgra)
{
	uint32_t a = bgra[3];
	int most = abs((int)(pixel >> 24) - (int)a);

	for (int c = 0; c < 3; c++) {
		int want = (int)((bgra[c] * a + 127) / 255);
		int d = abs((int)(pixel >> 8 * c & 255) - want);

		most = d > most ? d : most;
	}
	return most;
}

static void check_png(const char *kind)
{
	static uint8_t want[BYTES_MAX];
	struct image image;
	int most = 0;

	/* Written and read again, by one process: starting it takes longer. */
	ck_assert_msg(run(ROSE "%s -write out.png +delete out.png "
			       "-interlace none -depth 8 BGRA:out.raw",
			  kind),
		      "%s", kind);
	ck_assert_msg(decode("out.png", 0, &image), "%s: %s", kind, error);
	ck_assert_uint_eq(read_all("out.raw", want),
			  (size_t)image.w * image.h * 4);
	for (size_t i = 0; i < (size_t)image.w * image.h; i++) {
		int d = differ(image.pixels[i], want + i * 4);

		most = d > most ? d : most;
	}
	ck_assert_msg(most <= 1, "%s: differs by %d", kind, most);
	image_finish(&image);
}

/* Words that make ImageMagick write that kind. */
static void make_kind(char kind[COMMAND], int type, int depth, int interlaced)
{
	bool grey = type == 0 || type == 4;
	char colors[PATH] = "";

	if (type == 3 && depth > 1)
		snprintf(colors, PATH, "-colors %d", (1 << depth) - 1);
	else if (type == 3)
		snprintf(colors, PATH, "-monochrome");
	else
		snprintf(colors, PATH, "-depth %d", depth);
	snprintf(kind, COMMAND,
		 "%s %s %s -define png:color-type=%d "
		 "-define png:bit-depth=%d -interlace %s",
		 grey ? "-colorspace gray" : "",
		 type >= 4 ? "-alpha set -channel A -fx i/w +channel" : "",
		 colors, type, depth, interlaced ? "PNG" : "none");
}

START_TEST(png_kinds)
{
	static const struct {
		int type, depth;
	} kinds[] = { { 0, 1 }, { 0, 2 },  { 0, 4 },  { 0, 8 }, { 0, 16 },
		      { 2, 8 }, { 2, 16 }, { 3, 1 },  { 3, 2 }, { 3, 4 },
		      { 3, 8 }, { 4, 8 },  { 4, 16 }, { 6, 8 }, { 6, 16 } };
	static uint8_t head[BYTES_MAX];
	char kind[COMMAND];
	int count = 0;

	if (!have("convert"))
		return;
	for (size_t i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++)
		for (int interlaced = 0; interlaced < 2; interlaced++) {
			make_kind(kind, kinds[i].type, kinds[i].depth,
				  interlaced);
			check_png(kind);
			read_all("out.png", head);
			count += head[24] == kinds[i].depth &&
				 head[25] == kinds[i].type &&
				 head[28] == interlaced;
		}
	/* A colour that is transparent. */
	check_png("-colors 16 -transparent black -define png:color-type=3");
	/* Of each type and depth, as IHDR says. */
	printf("# %d of 30 kinds of PNG\n", count);
	ck_assert_int_ge(count, 30);
}
END_TEST

/* Mean difference to a PPM or PGM that djpeg wrote. */
static double mean_error(const struct image *image, const char *name)
{
	static uint8_t file[BYTES_MAX];
	size_t bytes = read_all(name, file), n = (size_t)image->w * image->h;
	unsigned channels = file[1] == '6' ? 3 : 1;
	const uint8_t *data = file + bytes - n * channels;
	double sum = 0;

	ck_assert_uint_gt(bytes, n * channels);
	for (size_t i = 0; i < n; i++)
		for (unsigned c = 0; c < 3; c++) {
			int v = data[channels == 3 ? i * 3 + c : i];

			sum += abs(
				(int)(image->pixels[i] >> (16 - 8 * c) & 255) -
				v);
		}
	return sum / ((double)n * 3);
}

START_TEST(jpeg_kinds)
{
	static const char *const kinds[] = {
		"-quality 90",
		"-quality 90 -interlace JPEG",
		"-quality 75 -sampling-factor 1x1",
		"-quality 75 -sampling-factor 2x1",
		"-quality 75 -colorspace gray",
		"-quality 75 -colorspace gray -interlace JPEG",
		"-quality 85 -colorspace CMYK",
	};
	struct image image;

	if (!have("convert") || !have("djpeg"))
		return;
	for (size_t i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++) {
		ck_assert(run(ROSE "%s out.jpg", kinds[i]));
		ck_assert(run("djpeg -pnm -outfile out.pnm out.jpg%s", ""));
		ck_assert_msg(decode("out.jpg", 0, &image), "%s: %s", kinds[i],
			      error);
		ck_assert_uint_eq(image.w, 61);
		double mean = mean_error(&image, "out.pnm");

		ck_assert_msg(mean < 1, "%s: mean error %.2f", kinds[i], mean);
		printf("# %-46s mean error %.3f\n", kinds[i], mean);
		image_finish(&image);
	}
}
END_TEST

/* All orientations show red where the upper left of the scene is. */
START_TEST(orientations)
{
	static const char *const turns[] = {
		"",           "-flop",       "-rotate 180", "-flip",
		"-transpose", "-rotate 270", "-transverse", "-rotate 90"
	};
	char kind[COMMAND];

	if (!have("convert"))
		return;
	for (unsigned o = 1; o <= 8; o++) {
		struct image image;
		/* JPEG's beginning, then an EXIF block with one entry. */
		uint8_t exif[] = { 0xff, 0xd8, 0xff, 0xe1,       0, 34,  'E',
				   'x',  'i',  'f',  0,          0, 'M', 'M',
				   0,    42,   0,    0,          0, 8,   0,
				   1,    1,    0x12, 0,          3, 0,   0,
				   0,    1,    0,    (uint8_t)o, 0, 0,   0,
				   0,    0,    0 };
		static uint8_t file[BYTES_MAX];
		char path[PATH];

		snprintf(kind, sizeof(kind),
			 "convert -size 48x32 xc:blue -fill red -draw "
			 "'rectangle 0,0 15,15' %s -quality 95 out.jpg%%s",
			 turns[o - 1]);
		ck_assert(run(kind, ""));
		size_t bytes = read_all("out.jpg", file);

		exif[5] = sizeof(exif) - 4;
		snprintf(path, sizeof(path), "%s/turned.jpg", folder);
		FILE *out = fopen(path, "w");

		fwrite(exif, 1, sizeof(exif), out);
		fwrite(file + 2, 1, bytes - 2, out);
		fclose(out);
		ck_assert_msg(decode("turned.jpg", 0, &image), "%s", error);
		ck_assert_uint_eq(image.w, 48);
		ck_assert_uint_eq(image.h, 32);
		ck_assert_msg((image.pixels[5 * 48 + 5] >> 16 & 255) > 200,
			      "orientation %u", o);
		ck_assert_uint_lt(image.pixels[25 * 48 + 40] >> 16 & 255, 60);
		image_finish(&image);
	}
}
END_TEST

/* Much smaller: averaged in linear light, so black and white make 188. */
START_TEST(made_smaller)
{
	struct image image;

	if (!have("convert"))
		return;
	ck_assert(run("convert -size 640x480 pattern:gray50 big.png%s", ""));
	ck_assert_msg(decode("big.png", 80, &image), "%s", error);
	ck_assert_uint_eq(image.w, 80);
	ck_assert_uint_eq(image.h, 60);
	for (int i = 0; i < 80 * 60; i++)
		ck_assert_int_le(abs((int)(image.pixels[i] & 255) - 188), 2);
	image_finish(&image);
	ck_assert(run("convert -size 1600x1200 xc:teal big.jpg%s", ""));
	ck_assert_msg(decode("big.jpg", 100, &image), "%s", error);
	ck_assert_uint_eq(image.w, 100);
	ck_assert_uint_eq(image.h, 75);
	image_finish(&image);
}
END_TEST

static double seconds_to_fail(const char *name)
{
	uint64_t before = loop_now();
	struct image image;

	ck_assert_msg(!decode(name, 0, &image), "%s", name);
	ck_assert_ptr_null(image.pixels);
	ck_assert_uint_gt(strlen(error), 4);
	printf("# %s: %s\n", name, error);
	return (double)(loop_now() - before) / 1e9;
}

START_TEST(hostile)
{
	static const char *const files[] = { "cut.png",  "cut.jpg",  "text",
					     "empty",    "wide.png", "wide.jpg",
					     "noise.png" };

	if (!have("convert"))
		return;
	ck_assert(run(ROSE "whole.png && " ROSE "whole.jpg && "
			   "head -c 2000 whole.png >cut.png && "
			   "head -c 700 whole.jpg >cut.jpg && "
			   "echo words >text && : >empty%s",
		      ""));
	/* Sizes that nobody has memory for, written over those of the file:
	 * IHDR, whose sum is wrong then, and SOF0. */
	ck_assert(run("cp whole.png wide.png && printf '\\0\\1\\0\\0\\0\\1\\0"
		      "\\0' | dd of=wide.png bs=1 seek=16 conv=notrunc "
		      "2>/dev/null%s",
		      ""));
	ck_assert(run("python3 -c \"d=bytearray(open('whole.jpg','rb').read());"
		      "i=d.index(b'\\\\xff\\\\xc0');"
		      "d[i+5:i+9]=b'\\\\xff\\\\xdc\\\\xff\\\\xdc';"
		      "open('wide.jpg','wb').write(d)\"%s",
		      ""));
	ck_assert(run("cp whole.png noise.png && printf 'xxxxxxxx' | "
		      "dd of=noise.png bs=1 seek=900 conv=notrunc "
		      "2>/dev/null%s",
		      ""));
	for (size_t i = 0; i < sizeof(files) / sizeof(files[0]); i++) {
		double seconds = seconds_to_fail(files[i]);

		ck_assert_msg(seconds < 10, "%s took %.2f s", files[i],
			      seconds);
	}
}
END_TEST

/* Small files that say they are large: PNG with sums that are right. */
static const char bombs[] =
	"python3 -c \"import struct,zlib\n"
	"def part(kind, data):\n"
	"  sum = struct.pack('>I', zlib.crc32(kind + data))\n"
	"  return struct.pack('>I', len(data)) + kind + data + sum\n"
	"def bomb(name, w, h, interlace, rows):\n"
	"  head = struct.pack('>IIBBBBB', w, h, 8, 2, 0, 0, interlace)\n"
	"  data = zlib.compress(bytes(1 + 3 * w) * rows, 1)\n"
	"  open(name, 'wb').write(b'\\x89PNG\\r\\n\\x1a\\n' +\n"
	"    part(b'IHDR', head) + part(b'IDAT', data) + part(b'IEND', b''))\n"
	"bomb('huge.png', 65536, 65536, 0, 9)\n"
	"bomb('layers.png', 8000, 8000, 1, 9)\n"
	"\"%s";

static bool draw_with(const char *name, uint64_t memory)
{
	const struct image_place place = { .scale = IMAGE_SCALE_FIT,
					   .alpha = 255 };
	struct image_target target = {
		.fd = memfd_create("target", MFD_CLOEXEC),
		.w = 64,
		.h = 64,
		.stride = 256,
		.memory = memory,
	};
	int fd = open_file(name);
	bool done;

	ck_assert_int_eq(ftruncate(target.fd, 64 * 256), 0);
	done = image_draw(fd, &place, &target, error);
	close(fd);
	close(target.fd);
	return done;
}

START_TEST(memory_is_limited)
{
	struct image image;

	if (!have("convert"))
		return;
	ck_assert(run(bombs, ""));
	ck_assert(seconds_to_fail("huge.png") < 1);
	ck_assert_ptr_nonnull(strstr(error, "65536x65536 pixels"));
	ck_assert(run("convert -size 3000x2000 xc:teal -interlace JPEG "
		      "steps.jpg && convert -size 3000x2000 xc:teal "
		      "rows.jpg%s",
		      ""));
	/* Rows need little, all of the picture's coefficients don't. */
	ck_assert_msg(draw_with("rows.jpg", 2 << 20), "%s", error);
	ck_assert_msg(draw_with("steps.jpg", 48 << 20), "%s", error);
	ck_assert_msg(decode("steps.jpg", 100, &image), "%s", error);
	ck_assert_uint_eq(image.w, 100);
	ck_assert_uint_eq(image.full_w, 3000);
	ck_assert_uint_eq(image.full_h, 2000);
	image_finish(&image);
#ifndef __SANITIZE_ADDRESS__
	ck_assert(!draw_with("steps.jpg", 8 << 20));
	ck_assert_str_eq(error, IMAGE_NO_MEMORY);
	ck_assert(!draw_with("layers.png", 128 << 20));
	ck_assert_str_eq(error, IMAGE_NO_MEMORY);
#endif
}
END_TEST

START_TEST(placed)
{
	struct image_place fit = { .scale = IMAGE_SCALE_FIT,
				   .anchor = IMAGE_CENTER };
	struct rect r = image_placed(&fit, 200, 100, 400, 400);

	ck_assert(rect_equal(r, (struct rect){ 0, 100, 400, 200 }));
	fit.scale = IMAGE_SCALE_ZOOM;
	fit.anchor = IMAGE_RIGHT;
	r = image_placed(&fit, 200, 100, 400, 400);
	ck_assert(rect_equal(r, (struct rect){ -400, 0, 800, 400 }));
	fit.scale = IMAGE_SCALE_NONE;
	fit.anchor = IMAGE_BOTTOM_RIGHT;
	fit.x = -5;
	r = image_placed(&fit, 200, 100, 400, 400);
	ck_assert(rect_equal(r, (struct rect){ 195, 300, 200, 100 }));
}
END_TEST

TCase *files_case(void)
{
	TCase *tests = tcase_create("files");

	tcase_set_timeout(tests, 110);
	tcase_add_checked_fixture(tests, setup, teardown);
	tcase_add_test(tests, png_kinds);
	tcase_add_test(tests, jpeg_kinds);
	tcase_add_test(tests, orientations);
	tcase_add_test(tests, made_smaller);
	tcase_add_test(tests, hostile);
	tcase_add_test(tests, memory_is_limited);
	tcase_add_test(tests, placed);
	return tests;
}
