#include "suite.h"

#include "base/geometry.h"

START_TEST(intersects)
{
	struct rect a = { 0, 0, 10, 10 };

	ck_assert(rect_equal(rect_intersect(a, (struct rect){ 5, 6, 10, 10 }),
			     (struct rect){ 5, 6, 5, 4 }));
	ck_assert(rect_equal(rect_intersect(a, (struct rect){ 10, 0, 5, 5 }),
			     (struct rect){ 0 }));
	ck_assert(rect_equal(rect_intersect(a, (struct rect){ 3, 3, -2, 5 }),
			     (struct rect){ 0 }));
}
END_TEST

START_TEST(bounds_ignore_empty)
{
	struct rect a = { 5, 5, 2, 2 };

	ck_assert(rect_equal(rect_bounds(a, (struct rect){ -9, 0, 0, 7 }), a));
	ck_assert(rect_equal(rect_bounds((struct rect){ 0 }, a), a));
	ck_assert(rect_equal(rect_bounds(a, (struct rect){ -1, 8, 1, 1 }),
			     (struct rect){ -1, 5, 8, 4 }));
	ck_assert(rect_equal(rect_bounds((struct rect){ 3, 3, 0, 1 },
					 (struct rect){ 9, 9, -1, 1 }),
			     (struct rect){ 0 }));
}
END_TEST

START_TEST(contains)
{
	struct rect a = { -4, -4, 8, 8 };

	ck_assert(rect_contains(a, a));
	ck_assert(rect_contains(a, (struct rect){ 100, 100, 0, 5 }));
	ck_assert(!rect_contains(a, (struct rect){ -4, -4, 9, 8 }));
	ck_assert(!rect_contains((struct rect){ 0 }, a));
}
END_TEST

START_TEST(extreme_coordinates)
{
	struct rect all = { -COORD_MAX, -COORD_MAX, 2 * COORD_MAX,
			    2 * COORD_MAX };

	ck_assert_int_eq(rect_area(all), 4 * (int64_t)COORD_MAX * COORD_MAX);
	ck_assert(rect_equal(rect_intersect(all, all), all));
	ck_assert(rect_has_point(all, COORD_MAX - 1, -COORD_MAX));
	ck_assert(!rect_has_point(all, COORD_MAX, 0));
}
END_TEST

Suite *geometry_suite(void)
{
	Suite *suite = suite_create("geometry");
	TCase *tcase = tcase_create("rect");

	tcase_add_test(tcase, intersects);
	tcase_add_test(tcase, bounds_ignore_empty);
	tcase_add_test(tcase, contains);
	tcase_add_test(tcase, extreme_coordinates);
	suite_add_tcase(suite, tcase);
	return suite;
}
