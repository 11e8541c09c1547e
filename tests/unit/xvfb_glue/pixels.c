/* Pixels of X, and the file of an Xvfb. */
#include <string.h>

#include "suite.h"
#include "xvfb_glue/convert.h"
#include "xvfb_glue/xwd.h"

/* X's own definition: a component of n bits stands for v * 65535 / (2^n - 1),
 * of which the upper 8 bits are shown. */
static uint32_t defined(uint32_t v, int bits)
{
	return v * 65535 / ((1u << bits) - 1) >> 8;
}

static uint32_t one(int depth, const void *pixel, const uint32_t *colors)
{
	const struct convert_source source = { .depth = depth,
					       .colors = colors };
	uint32_t out = 0;

	convert_row(&source, pixel, &out, 1);
	return out;
}

START_TEST(test_components)
{
	for (uint32_t v = 0; v < 64; v++) {
		uint16_t green = (uint16_t)(v << 5);
		uint16_t red = (uint16_t)((v & 31) << 10);
		uint16_t blue = (uint16_t)(v & 31);

		ck_assert_uint_eq(one(16, &green, NULL),
				  255u << 24 | defined(v, 6) << 8);
		ck_assert_uint_eq(one(15, &red, NULL),
				  255u << 24 | defined(v & 31, 5) << 16);
		ck_assert_uint_eq(one(15, &blue, NULL),
				  255u << 24 | defined(v & 31, 5));
	}
	for (uint32_t v = 0; v < 1024; v++) {
		uint32_t deep = 3u << 30 | v << 10;

		ck_assert_uint_eq(one(30, &deep, NULL),
				  255u << 24 | (v >> 2) << 8);
	}
}
END_TEST

START_TEST(test_alpha)
{
	const uint32_t pixel = 0x40123456;
	const uint8_t index = 7;
	uint32_t colors[CONVERT_COLORS] = { [7] = 0xabcdef };

	ck_assert_uint_eq(one(24, &pixel, NULL), 0xff123456);
	ck_assert_uint_eq(one(32, &pixel, NULL), 0x40123456);
	ck_assert_uint_eq(one(8, &index, colors), 0xffabcdef);
}
END_TEST

/* Only the rectangle is written. */
START_TEST(test_rectangle)
{
	const uint16_t pixels[4 * 3] = { [5] = 0xffff, [6] = 0xf800 };
	const struct convert_source source = {
		.pixels = pixels, .stride = 8, .w = 4, .h = 3, .depth = 16
	};
	uint32_t out[6 * 5] = { 0 };

	convert(&source, (struct rect){ 1, 1, 2, 1 }, out, 24, 2, 3);
	for (int i = 0; i < 30; i++)
		ck_assert_uint_eq(out[i], i == 27   ? 0xffffffff
					  : i == 28 ? 0xffff0000
						    : 0);
}
END_TEST

static void put(uint8_t *header, int index, uint32_t word)
{
	for (int i = 0; i < 4; i++)
		header[4 * index + i] = (uint8_t)(word >> (24 - 8 * i));
}

/* 101x77 of 16 bits, as Xvfb writes it. */
static void make_header(uint8_t *header)
{
	static const uint32_t words[25] = { 160, 7, 2,  16, 101, 77, 0, 0,
					    32,  0, 32, 16, 204, 4,  0, 0,
					    0,   0, 0,  64, 101, 77 };

	for (int i = 0; i < 25; i++)
		put(header, i, words[i]);
}

START_TEST(test_header)
{
	const uint64_t bytes = 160 + 64 * 12 + 204 * 77;
	uint8_t header[XWD_HEADER];
	struct xwd xwd;

	make_header(header);
	ck_assert_ptr_null(xwd_read(&xwd, header, bytes));
	ck_assert_int_eq(xwd.w, 101);
	ck_assert_int_eq(xwd.h, 77);
	ck_assert_uint_eq(xwd.stride, 204);
	ck_assert_uint_eq(xwd.pixels_at, 928);
	ck_assert_ptr_nonnull(xwd_read(&xwd, header, bytes - 1));
}
END_TEST

START_TEST(test_wrong_headers)
{
	static const struct {
		int index;
		uint32_t word;
	} wrong[] = {
		{ 0, 99 },   { 0, 1u << 31 }, { 1, 6 },    { 3, 17 },
		{ 3, ~0u },  { 4, 0 },        { 4, ~0u },  { 4, 16385 },
		{ 5, 0 },    { 5, 1u << 31 }, { 7, 1 },    { 11, 32 },
		{ 12, 201 }, { 12, ~0u },     { 19, ~0u },
	};
	uint8_t header[XWD_HEADER];
	struct xwd xwd;

	for (size_t i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++) {
		make_header(header);
		put(header, wrong[i].index, wrong[i].word);
		ck_assert_ptr_nonnull(xwd_read(&xwd, header, UINT64_MAX));
	}
}
END_TEST

START_TEST(test_colors)
{
	uint8_t file[XWD_HEADER + 2 * XWD_COLOR] = { 0 };
	const struct xwd xwd = { .colors_at = XWD_HEADER, .colors = 2 };
	uint32_t colors[3] = { 0, 0, 5 };
	uint8_t *second = file + XWD_HEADER + XWD_COLOR;

	second[4] = 0x12;
	second[6] = 0x34;
	second[8] = 0x56;
	xwd_colors(&xwd, file, colors, 3);
	ck_assert_uint_eq(colors[0], 0xff000000);
	ck_assert_uint_eq(colors[1], 0xff123456);
	ck_assert_uint_eq(colors[2], 5);
}
END_TEST

Suite *pixels_suite(void)
{
	Suite *suite = suite_create("pixels");
	TCase *tests = tcase_create("pixels");

	tcase_add_test(tests, test_components);
	tcase_add_test(tests, test_alpha);
	tcase_add_test(tests, test_rectangle);
	tcase_add_test(tests, test_header);
	tcase_add_test(tests, test_wrong_headers);
	tcase_add_test(tests, test_colors);
	suite_add_tcase(suite, tests);
	return suite;
}
