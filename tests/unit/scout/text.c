#include "suite.h"

#include <stdlib.h>
#include <string.h>

static struct text *text;
static const struct text_style normal = { .weight = TEXT_REGULAR,
					  .size = 14 * 64 };

static void setup(void)
{
	text = text_create();
	ck_assert_ptr_nonnull(text);
}

static void teardown(void)
{
	text_destroy(text);
}

static int width(struct text_style style, const char *string)
{
	return text_width(text, style, string, strlen(string));
}

START_TEST(widths)
{
	struct text_style large = normal, bold = normal;

	large.size *= 2;
	bold.weight = TEXT_SEMIBOLD;
	ck_assert_int_eq(width(normal, ""), 0);
	ck_assert_int_gt(width(normal, "launchpad"), width(normal, "testnit"));
	ck_assert_int_gt(width(bold, "testnit"), width(normal, "testnit"));
	/* Advances are not hinted: twice the size is twice as wide. */
	ck_assert_int_le(
		abs(width(large, "launchpad") - 2 * width(normal, "launchpad")),
		16);
}
END_TEST

START_TEST(kerning)
{
	ck_assert_int_lt(width(normal, "AV"),
			 width(normal, "A") + width(normal, "V"));
	ck_assert_int_eq(width(normal, "nn"), 2 * width(normal, "n"));
}
END_TEST

START_TEST(digits)
{
	struct text_style tabular = normal;

	tabular.tabular = true;
	ck_assert_int_eq(width(tabular, "111"), width(tabular, "888"));
	ck_assert_int_lt(width(normal, "111"), width(normal, "888"));
}
END_TEST

/* What isn't UTF-8 counts as one replacement character a byte. */
START_TEST(broken)
{
	int one = width(normal, "\xef\xbf\xbd");

	ck_assert_int_gt(one, 0);
	ck_assert_int_eq(width(normal, "\xff"), one);
	ck_assert_int_eq(text_width(text, normal, "\xe2\x80\xa6", 2), 2 * one);
}
END_TEST

START_TEST(fitting)
{
	static const char string[] = "launchpad";
	size_t bytes = sizeof(string) - 1;
	int all = width(normal, string);

	ck_assert_uint_eq(text_fit(text, normal, string, bytes, all), bytes);
	ck_assert_uint_lt(text_fit(text, normal, string, bytes, all - 64),
			  bytes - 1);
	ck_assert_uint_eq(text_fit(text, normal, string, bytes, 0), 0);
}
END_TEST

START_TEST(wrapping)
{
	static const char string[] = "two words";
	int first = width(normal, "two word");

	ck_assert_uint_eq(text_wrap(text, normal, string, 9, 100000), 9);
	ck_assert_uint_eq(text_wrap(text, normal, string, 9, first), 4);
	/* Never nothing, or nobody would come to an end. */
	ck_assert_uint_ge(text_wrap(text, normal, string, 9, 1), 1);
	ck_assert_uint_eq(text_wrap(text, normal, "a\nb", 3, 100000), 2);
}
END_TEST

/* A letter and its mark are one character, or the mark takes no room. */
START_TEST(marks)
{
	ck_assert_int_eq(width(normal, "e\xcc\x81"), width(normal, "\xc3\xa9"));
	ck_assert_int_eq(width(normal, "x\xcc\x81"), width(normal, "x"));
	ck_assert_int_eq(width(normal, "x\xcc\x81\xcc\xa3y"),
			 width(normal, "xy"));
}
END_TEST

START_TEST(faces)
{
	struct text_style mono = normal, slanted = normal;

	mono.weight = TEXT_MONO;
	slanted.slanted = true;
	ck_assert_int_eq(width(mono, "iii"), width(mono, "WWW"));
	ck_assert_int_eq(width(slanted, "words"), width(normal, "words"));
}
END_TEST

START_TEST(places)
{
	static const char string[] = "a\xc3\xa9x\xcc\x81z";
	int x[sizeof(string)];
	size_t bytes = sizeof(string) - 1;
	int all = text_positions(text, normal, string, bytes, x);

	ck_assert_int_eq(all, width(normal, string));
	ck_assert_int_eq(x[0], 0);
	ck_assert_int_eq(x[1], x[2]);
	ck_assert_int_eq(x[bytes], all);
	ck_assert_uint_eq(text_hit(text, normal, string, bytes, -5), 0);
	ck_assert_uint_eq(text_hit(text, normal, string, bytes, x[1] + 9), 1);
	ck_assert_uint_eq(text_hit(text, normal, string, bytes, x[6] + 9), 6);
	ck_assert_uint_eq(text_hit(text, normal, string, bytes, 9999), bytes);
}
END_TEST

START_TEST(lines)
{
	static const char string[] = "some words  \nand more";
	struct text_line line = text_line(text, normal, string,
					  sizeof(string) - 1, 100000);

	ck_assert_uint_eq(line.bytes, 13);
	ck_assert_uint_eq(line.shown, 10);
	ck_assert(line.hard);
	ck_assert_int_eq(line.width, width(normal, "some words"));
	line = text_line(text, normal, string, sizeof(string) - 1,
			 width(normal, "some wo"));
	ck_assert_uint_eq(line.bytes, 5);
	ck_assert(!line.hard);
}
END_TEST

static uint32_t pixels[64 * 64];

static const struct blit_surface surface = {
	.pixels = pixels,
	.stride = 64 * 4,
	.width = 64,
	.height = 64,
	.format = BLIT_ARGB8888,
};

START_TEST(clipping)
{
	struct rect clip = { 10, 10, 20, 20 };
	bool any = false;

	memset(pixels, 0, sizeof(pixels));
	text_draw(text, &surface, clip, normal, 0, 24, "launchpad", 9,
		  0xffffffff);
	for (int y = 0; y < 64; y++)
		for (int x = 0; x < 64; x++) {
			bool inside = rect_has_point(clip, x, y);

			any |= pixels[y * 64 + x] != 0;
			ck_assert(inside || pixels[y * 64 + x] == 0);
		}
	ck_assert(any);
}
END_TEST

/* More glyphs than the cache holds: it stays small, and pictures stay right. */
START_TEST(cache)
{
	static uint32_t before[64 * 64];
	struct rect clip = { 0, 0, 64, 64 };
	struct text_style style = normal;

	memset(pixels, 0, sizeof(pixels));
	text_draw(text, &surface, clip, normal, 0, 24, "Wg", 2, 0xffffffff);
	memcpy(before, pixels, sizeof(pixels));
	for (style.size = 8 * 64; style.size < 200 * 64; style.size += 40)
		text_draw(text, &surface, clip, style, 0, 60, "RgWm%@", 6,
			  0xff000000);
	memset(pixels, 0, sizeof(pixels));
	text_draw(text, &surface, clip, normal, 0, 24, "Wg", 2, 0xffffffff);
	ck_assert_mem_eq(pixels, before, sizeof(pixels));
}
END_TEST

Suite *text_suite(void)
{
	Suite *suite = suite_create("scout text");
	TCase *tests = tcase_create("text");

	tcase_add_checked_fixture(tests, setup, teardown);
	tcase_add_test(tests, widths);
	tcase_add_test(tests, kerning);
	tcase_add_test(tests, digits);
	tcase_add_test(tests, broken);
	tcase_add_test(tests, fitting);
	tcase_add_test(tests, wrapping);
	tcase_add_test(tests, marks);
	tcase_add_test(tests, faces);
	tcase_add_test(tests, places);
	tcase_add_test(tests, lines);
	tcase_add_test(tests, clipping);
	tcase_add_test(tests, cache);
	suite_add_tcase(suite, tests);
	return suite;
}
