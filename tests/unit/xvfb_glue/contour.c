/* Outlines of windows that are no rectangles. */
#include <string.h>

#include "suite.h"
#include "xvfb_glue/contour.h"

enum { W = 64, H = 4000 };

/* Two rectangles in each row, another way each: more than a region can hold. */
static int left_of(int y)
{
	return 3 + y % 7;
}

static int right_of(int y)
{
	return 40 + y % 5;
}

static void make(struct contour *contour)
{
	*contour = (struct contour){ .rects = NULL };
	for (int y = 0; y < H; y++) {
		contour_add(contour, (struct rect){ left_of(y), y, 10, 1 });
		contour_add(contour, (struct rect){ right_of(y), y, 20, 1 });
	}
}

static bool is_in(int x, int y)
{
	return (x >= left_of(y) && x < left_of(y) + 10) ||
	       (x >= right_of(y) && x < right_of(y) + 20);
}

START_TEST(test_points)
{
	struct contour contour;

	make(&contour);
	for (int y = 0; y < H; y += 3)
		for (int x = 0; x < W; x++)
			ck_assert_int_eq(contour_has_point(&contour, x, y),
					 is_in(x, y));
	ck_assert(!contour_has_point(&contour, 10, -1));
	ck_assert(!contour_has_point(&contour, 10, H));
	contour_finish(&contour);
	ck_assert(!contour_has_point(&contour, 10, 10));
}
END_TEST

/* Only what is in the rectangle changes, and of that what is outside. */
START_TEST(test_cut)
{
	static uint32_t pixels[(H + 2) * (W + 4)];
	const struct rect r = { 5, 100, 50, 3000 };
	struct contour contour;

	memset(pixels, 0xff, sizeof(pixels));
	make(&contour);
	contour_cut(&contour, r, pixels, (W + 4) * 4, 3, 2);
	for (int y = 0; y < H; y++)
		for (int x = 0; x < W; x++)
			ck_assert_uint_eq(pixels[(y + 2) * (W + 4) + x + 3],
					  rect_has_point(r, x, y) &&
							  !is_in(x, y)
						  ? 0
						  : 0xffffffff);
	contour_finish(&contour);
}
END_TEST

START_TEST(test_solid)
{
	struct contour contour = { .rects = NULL };

	ck_assert(rect_is_empty(contour_solid(&contour, 100)));
	contour_add(&contour, (struct rect){ 2, 0, 6, 1 });
	contour_add(&contour, (struct rect){ 0, 1, 10, 8 });
	ck_assert(rect_equal(contour_solid(&contour, 100),
			     (struct rect){ 0, 1, 10, 8 }));
	ck_assert(rect_is_empty(contour_solid(&contour, 200)));
	/* What isn't in order is left out. */
	contour_add(&contour, (struct rect){ 0, 0, 100, 100 });
	contour_add(&contour, (struct rect){ 20, 1, 5, 7 });
	contour_add(&contour, (struct rect){ 20, 20, 0, 7 });
	ck_assert_uint_eq(contour.count, 2);
	contour_clear(&contour);
	ck_assert(!contour_has_point(&contour, 3, 3));
	contour_finish(&contour);
}
END_TEST

Suite *contour_suite(void)
{
	Suite *suite = suite_create("contour");
	TCase *tests = tcase_create("contour");

	tcase_add_test(tests, test_points);
	tcase_add_test(tests, test_cut);
	tcase_add_test(tests, test_solid);
	suite_add_tcase(suite, tests);
	return suite;
}
