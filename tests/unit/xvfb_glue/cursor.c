/* Pictures of the pointer. */
#include "suite.h"

#include <string.h>

#include "xvfb_glue/cursor.h"

START_TEST(names)
{
	ck_assert_str_eq(cursor_named("left_ptr", 8), "arrow");
	ck_assert_str_eq(cursor_named("xterm", 5), "text");
	ck_assert_str_eq(cursor_named("pointer!", 7), "hand");
	ck_assert_ptr_null(cursor_named("xterm", 4));
	ck_assert_ptr_null(cursor_named("", 0));
	ck_assert_ptr_null(cursor_named("my-name", 7));
}
END_TEST

START_TEST(as_it_is)
{
	uint32_t pixels[64 * 64];
	struct cursor cursor;

	for (unsigned i = 0; i < 64 * 64; i++)
		pixels[i] = i * 2654435761u;
	cursor_fill(&cursor, 64, 64, 63, 200, pixels);
	ck_assert_uint_eq(cursor.w, 64);
	ck_assert_uint_eq(cursor.h, 64);
	ck_assert_uint_eq(cursor.hot_x, 63);
	ck_assert_uint_eq(cursor.hot_y, 63);
	ck_assert_mem_eq(cursor.pixels, pixels, sizeof(pixels));
	cursor_fill(&cursor, 1, 3, 0, 2, pixels);
	ck_assert_uint_eq(cursor.w, 1);
	ck_assert_uint_eq(cursor.h, 3);
	ck_assert_mem_eq(cursor.pixels, pixels, 12);
}
END_TEST

START_TEST(smaller)
{
	static uint32_t pixels[65 * 3];
	struct cursor cursor;

	for (unsigned i = 0; i < 65 * 3; i++)
		pixels[i] = 0xff204060;
	pixels[0] = 0; /* a quarter of the first block */
	cursor_fill(&cursor, 65, 3, 64, 2, pixels);
	ck_assert_uint_eq(cursor.w, 33);
	ck_assert_uint_eq(cursor.h, 2);
	ck_assert_uint_eq(cursor.hot_x, 32);
	ck_assert_uint_eq(cursor.hot_y, 1);
	ck_assert_uint_eq(cursor.pixels[0], 0xbf183048);
	for (unsigned i = 1; i < 66; i++)
		ck_assert_uint_eq(cursor.pixels[i], 0xff204060);
}
END_TEST

START_TEST(largest)
{
	enum { SIDE = 1000 };
	static uint32_t pixels[SIDE * SIDE];
	struct cursor cursor;

	memset(pixels, 0xff, sizeof(pixels));
	cursor_fill(&cursor, SIDE, SIDE, SIDE - 1, 0, pixels);
	ck_assert_uint_le(cursor.w, LIMIT_POINTER_SIDE);
	ck_assert_uint_eq(cursor.hot_x, cursor.w - 1);
	for (unsigned i = 0; i < cursor.w * cursor.h; i++)
		ck_assert_uint_eq(cursor.pixels[i], 0xffffffff);
}
END_TEST

START_TEST(blank)
{
	static const uint32_t nothing[4], dot[4] = { 0, 0, 0, 0x01000000 };
	struct cursor cursor;

	cursor_fill(&cursor, 2, 2, 0, 0, nothing);
	ck_assert(cursor_is_blank(&cursor));
	cursor_fill(&cursor, 2, 2, 0, 0, dot);
	ck_assert(!cursor_is_blank(&cursor));
}
END_TEST

Suite *cursor_suite(void)
{
	Suite *suite = suite_create("cursor");
	TCase *all = tcase_create("all");

	tcase_add_test(all, names);
	tcase_add_test(all, as_it_is);
	tcase_add_test(all, smaller);
	tcase_add_test(all, largest);
	tcase_add_test(all, blank);
	suite_add_tcase(suite, all);
	return suite;
}
