/*
 * Regions against a naive bitmap. The map covers coordinates -SIDE/2 to SIDE/2.
 */
#include "suite.h"

#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/geometry.h"

enum { SIDE = 96, OPERATIONS = 4000 };

struct map {
	bool set[SIDE][SIDE];
};

/* xorshift32 */
static uint32_t next(uint32_t *state)
{
	*state ^= *state << 13;
	*state ^= *state >> 17;
	*state ^= *state << 5;
	return *state;
}

static int32_t between(uint32_t *state, int32_t low, int32_t high)
{
	return low + (int32_t)(next(state) % (uint32_t)(high - low + 1));
}

static struct rect random_rect(uint32_t *state)
{
	int32_t largest = next(state) % 3 ? 12 : SIDE;

	return (struct rect){ between(state, -SIDE / 2, SIDE / 2),
			      between(state, -SIDE / 2, SIDE / 2),
			      between(state, -1, largest),
			      between(state, -1, largest) };
}

static bool in_rect(struct rect r, int row, int column)
{
	return rect_has_point(r, column - SIDE / 2, row - SIDE / 2) &&
	       !rect_is_empty(r);
}

static void map_set(struct map *map, struct rect r, bool value)
{
	for (int row = 0; row < SIDE; row++)
		for (int column = 0; column < SIDE; column++)
			if (in_rect(r, row, column))
				map->set[row][column] = value;
}

static void map_intersect(struct map *map, struct rect r)
{
	for (int row = 0; row < SIDE; row++)
		for (int column = 0; column < SIDE; column++)
			map->set[row][column] &= in_rect(r, row, column);
}

static struct rect clamped(struct rect r)
{
	return rect_intersect(
		r, (struct rect){ -SIDE / 2, -SIDE / 2, SIDE, SIDE });
}

/* True when the bands above..band and band..end are one in two pieces. */
static bool could_join(const struct rect *r, size_t above, size_t band,
		       size_t end)
{
	if (above == band || r[above].y + r[above].h != r[band].y ||
	    band - above != end - band)
		return false;
	for (size_t i = 0; i < end - band; i++)
		if (r[above + i].x != r[band + i].x ||
		    r[above + i].w != r[band + i].w)
			return false;
	return true;
}

/* Sorted, disjoint, banded, with no two bands that could be one. */
static bool is_well_formed(const struct region *region)
{
	const struct rect *r = region->rects;
	struct rect bounds = { 0 };
	size_t band = 0, above = 0;

	if (region->count > REGION_MAX_RECTS)
		return false;
	for (size_t i = 0; i < region->count; i++) {
		if (rect_is_empty(r[i]))
			return false;
		bounds = rect_bounds(bounds, r[i]);
		if (i == 0)
			continue;
		if (r[i].y == r[i - 1].y) {
			if (r[i].h != r[i - 1].h ||
			    r[i].x <= r[i - 1].x + r[i - 1].w)
				return false;
			continue;
		}
		if (r[i].y < r[i - 1].y + r[i - 1].h ||
		    could_join(r, above, band, i))
			return false;
		above = band;
		band = i;
	}
	return rect_equal(bounds, region->bounds) &&
	       !could_join(r, above, band, region->count);
}

static void check_form(const struct region *region)
{
	ck_assert(is_well_formed(region));
}

static void check_equal(const struct region *region, const struct map *map)
{
	int64_t area = 0;
	bool inside = true;

	check_form(region);
	for (int row = 0; row < SIDE; row++)
		for (int column = 0; column < SIDE; column++)
			area += map->set[row][column];
	ck_assert_int_eq(region_area(region), area);
	ck_assert_int_eq(region_is_empty(region), area == 0);
	for (size_t i = 0; i < region->count; i++) {
		struct rect r = region->rects[i];

		for (int y = r.y; y < r.y + r.h; y++)
			for (int x = r.x; x < r.x + r.w; x++)
				inside &= map->set[y + SIDE / 2][x + SIDE / 2];
	}
	ck_assert(inside);
}

static bool map_overlaps(const struct map *map, struct rect r)
{
	for (int row = 0; row < SIDE; row++)
		for (int column = 0; column < SIDE; column++)
			if (map->set[row][column] && in_rect(r, row, column))
				return true;
	return false;
}

/* A second region and its map, of a few rectangles. */
static void make_other(struct region *region, struct map *map, uint32_t *state)
{
	memset(map, 0, sizeof(*map));
	region_clear(region);
	for (int32_t n = between(state, 0, 8); n > 0; n--) {
		struct rect r = clamped(random_rect(state));

		region_add(region, r);
		map_set(map, r, true);
	}
}

struct pair {
	struct region region;
	struct map map;
};

static void step(struct pair *one, struct pair *other, uint32_t *state)
{
	struct rect r = clamped(random_rect(state));

	switch (next(state) % 16) {
	default:
		region_add(&one->region, r);
		map_set(&one->map, r, true);
		break;
	case 7 ... 11:
		ck_assert(region_subtract(&one->region, r));
		map_set(&one->map, r, false);
		break;
	case 12:
		make_other(&other->region, &other->map, state);
		region_add_region(&one->region, &other->region);
		for (size_t i = 0; i < SIDE; i++)
			for (size_t k = 0; k < SIDE; k++)
				one->map.set[i][k] |= other->map.set[i][k];
		break;
	case 13:
		make_other(&other->region, &other->map, state);
		ck_assert(region_subtract_region(&one->region, &other->region));
		for (size_t i = 0; i < SIDE; i++)
			for (size_t k = 0; k < SIDE; k++)
				one->map.set[i][k] &= !other->map.set[i][k];
		break;
	case 14:
		region_clip(&other->region, &one->region, r);
		other->map = one->map;
		map_intersect(&other->map, r);
		check_equal(&other->region, &other->map);
		break;
	case 15:
		/* Rarely, or the region is always small. */
		if (next(state) % 8)
			break;
		region_intersect(&one->region, r);
		map_intersect(&one->map, r);
		break;
	}
}

START_TEST(equals_bitmap)
{
	uint32_t state = 0x9e3779b9u + (uint32_t)_i;
	struct pair *one = xcalloc(1, sizeof(*one));
	struct pair *other = xcalloc(1, sizeof(*other));

	for (int i = 0; i < OPERATIONS; i++) {
		struct rect r = random_rect(&state);
		int32_t x = between(&state, -SIDE / 2, SIDE / 2 - 1);
		int32_t y = between(&state, -SIDE / 2, SIDE / 2 - 1);

		step(one, other, &state);
		check_equal(&one->region, &one->map);
		ck_assert_int_eq(region_overlaps(&one->region, r),
				 map_overlaps(&one->map, r));
		ck_assert_int_eq(region_has_point(&one->region, x, y),
				 one->map.set[y + SIDE / 2][x + SIDE / 2]);
	}
	region_finish(&one->region);
	region_finish(&other->region);
	free(one);
	free(other);
}
END_TEST

/* Every second pixel of a grid: n * n rectangles, none of which join. */
static void add_grid(struct region *region, int n, int size, int pitch)
{
	for (int y = 0; y < n; y++)
		for (int x = 0; x < n; x++)
			region_add(region, (struct rect){ x * pitch, y * pitch,
							  size, size });
}

START_TEST(exact_up_to_the_limit)
{
	struct region region;

	region_init(&region);
	add_grid(&region, 32, 1, 2);
	ck_assert_uint_eq(region.count, REGION_MAX_RECTS);
	ck_assert_int_eq(region_area(&region), 32 * 32);
	check_form(&region);
	region_finish(&region);
}
END_TEST

START_TEST(coarse_beyond_the_limit)
{
	struct region region, exact;

	region_init(&region);
	region_init(&exact);
	add_grid(&region, 40, 1, 2);
	check_form(&region);
	for (int y = 0; y < 40; y++)
		for (int x = 0; x < 40; x++)
			ck_assert(region_has_point(&region, x * 2, y * 2));
	/* Nothing beyond what surrounds all that was added. */
	ck_assert(rect_equal(region.bounds, (struct rect){ 0, 0, 79, 79 }));
	region_finish(&region);
	region_finish(&exact);
}
END_TEST

START_TEST(coarse_keeps_far_tiles_apart)
{
	struct region region;

	region_init(&region);
	add_grid(&region, 32, 1, 2);
	region_add(&region, (struct rect){ 5000, 5000, 1, 1 });
	check_form(&region);
	ck_assert_uint_lt(region.count, 16);
	ck_assert(region_has_point(&region, 5000, 5000));
	ck_assert(!region_has_point(&region, 2000, 2000));
	region_finish(&region);
}
END_TEST

START_TEST(bounds_when_even_tiles_are_too_many)
{
	struct region region;

	region_init(&region);
	add_grid(&region, 40, 1, 64);
	check_form(&region);
	for (int y = 0; y < 40; y++)
		for (int x = 0; x < 40; x++)
			ck_assert(region_has_point(&region, x * 64, y * 64));
	ck_assert(rect_equal(region.bounds,
			     (struct rect){ 0, 0, 39 * 64 + 1, 39 * 64 + 1 }));
	region_finish(&region);
}
END_TEST

START_TEST(subtract_tells_when_it_can_not)
{
	struct region region, holes;
	struct rect all = { 0, 0, 200, 200 };
	bool exact = true;

	region_init(&region);
	region_init(&holes);
	region_add(&region, all);
	for (int i = 0; i < 50 * 50 && exact; i++)
		exact = region_subtract(
			&region,
			(struct rect){ i % 50 * 4 + 1, i / 50 * 4 + 1, 1, 1 });
	ck_assert(!exact);
	check_form(&region);
	ck_assert_int_gt(region_area(&region), 200 * 200 - 50 * 50);

	/* The same with a region whose rectangles are few enough. */
	add_grid(&holes, 32, 2, 4);
	region_clear(&region);
	region_add(&region, (struct rect){ -1, -1, 200, 200 });
	ck_assert(!region_subtract_region(&region, &holes));
	check_form(&region);
	for (int i = 0; i < 32; i++)
		ck_assert(region_has_point(&region, i * 4 + 2, i * 4 + 2));
	region_finish(&region);
	region_finish(&holes);
}
END_TEST

START_TEST(same_operand_twice)
{
	struct region region;

	region_init(&region);
	add_grid(&region, 5, 3, 7);
	region_add_region(&region, &region);
	ck_assert_int_eq(region_area(&region), 25 * 9);
	region_clip(&region, &region, (struct rect){ 0, 0, 10, 10 });
	ck_assert_int_eq(region_area(&region), 4 * 9);
	ck_assert(region_subtract_region(&region, &region));
	ck_assert(region_is_empty(&region));
	region_finish(&region);
}
END_TEST

START_TEST(copy_and_swap)
{
	struct region a, b;

	region_init(&a);
	region_init(&b);
	add_grid(&a, 4, 1, 2);
	region_copy(&b, &a);
	region_clear(&a);
	ck_assert_int_eq(region_area(&b), 16);
	region_swap(&a, &b);
	ck_assert_int_eq(region_area(&a), 16);
	ck_assert(region_is_empty(&b));
	region_copy(&a, &b);
	ck_assert(region_is_empty(&a));
	region_finish(&a);
	region_finish(&b);
	ck_assert_ptr_null(a.rects);
}
END_TEST

static void ck_room(const struct region *region, int32_t w, int32_t h,
		    struct rect expected)
{
	struct rect room = region_find_room(region, w, h);

	ck_assert(rect_equal(room, expected));
}

/* Two steps and a wide floor: the bands are lower than what has to fit. */
START_TEST(room)
{
	struct region region;

	region_init(&region);
	ck_room(&region, 1, 1, (struct rect){ 0 });
	region_add(&region, (struct rect){ 10, 0, 30, 8 });
	region_add(&region, (struct rect){ 0, 8, 50, 8 });
	region_add(&region, (struct rect){ 0, 20, 100, 10 });
	ck_room(&region, 20, 8, (struct rect){ 15, 0, 20, 8 });
	ck_room(&region, 20, 16, (struct rect){ 15, 0, 20, 16 });
	ck_room(&region, 60, 8, (struct rect){ 20, 20, 60, 8 });
	ck_room(&region, 200, 8, (struct rect){ 0, 20, 100, 8 });
	ck_room(&region, 200, 16, (struct rect){ 10, 0, 30, 16 });
	ck_room(&region, 1, 17, (struct rect){ 0 });
	region_finish(&region);
}
END_TEST

Suite *region_suite(void)
{
	Suite *suite = suite_create("region");
	TCase *tcase = tcase_create("region");

	tcase_set_timeout(tcase, 60);
	tcase_add_loop_test(tcase, equals_bitmap, 0, 4);
	tcase_add_test(tcase, exact_up_to_the_limit);
	tcase_add_test(tcase, coarse_beyond_the_limit);
	tcase_add_test(tcase, coarse_keeps_far_tiles_apart);
	tcase_add_test(tcase, bounds_when_even_tiles_are_too_many);
	tcase_add_test(tcase, subtract_tells_when_it_can_not);
	tcase_add_test(tcase, same_operand_twice);
	tcase_add_test(tcase, copy_and_swap);
	tcase_add_test(tcase, room);
	suite_add_tcase(suite, tcase);
	return suite;
}
