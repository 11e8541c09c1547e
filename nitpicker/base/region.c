#include "base/region_private.h"

#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"

/*
 * All set operations are one sweep from top to bottom over two sorted lists of
 * rectangles. The result is collected on the stack, so that a region whose
 * memory is large enough never allocates, and only the bands that the other
 * operand touches are swept.
 */

/* ---- the region's memory ---- */

static void reserve(struct region *region, size_t count)
{
	if (count <= region->capacity)
		return;
	/* Grows in few steps: most regions are small, some stay large. */
	size_t capacity = region->capacity ? region->capacity : 4;

	while (capacity < count)
		capacity *= 2;
	region->rects = xreallocarray(region->rects, capacity,
				      sizeof(*region->rects));
	region->capacity = capacity;
}

static void update_bounds(struct region *region)
{
	if (!region->count) {
		region->bounds = (struct rect){ 0 };
		return;
	}

	const struct rect *rects = region->rects;
	int32_t x1 = rects[0].x, x2 = right(rects[0]);

	for (size_t i = 1; i < region->count; i++) {
		x1 = min(x1, rects[i].x);
		x2 = max(x2, right(rects[i]));
	}
	region->bounds = (struct rect){ x1, rects[0].y, x2 - x1,
					bottom(rects[region->count - 1]) -
						rects[0].y };
}

/* Replaces `count` rectangles at `at`; false when there would be too many. */
static bool splice(struct region *region, size_t at, size_t count,
		   const struct region_output *out)
{
	size_t tail = region->count - at - count;
	size_t total = at + out->count + tail;

	if (out->overflow || total > REGION_MAX_RECTS)
		return false;
	reserve(region, total);
	memmove(region->rects + at + out->count, region->rects + at + count,
		tail * sizeof(*region->rects));
	memcpy(region->rects + at, out->rects,
	       out->count * sizeof(*region->rects));
	region->count = total;
	return true;
}

/* First rectangle that ends below y: of the band that y is in or above. */
static size_t find_band(const struct region *region, int32_t y)
{
	size_t low = 0, high = region->count;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (bottom(region->rects[middle]) <= y)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

/* First rectangle of the band before the one that begins at `at`. */
static size_t band_before(const struct region *region, size_t at)
{
	if (!at)
		return 0;

	int32_t y = region->rects[at - 1].y;

	while (at && region->rects[at - 1].y == y)
		at--;
	return at;
}

/* First rectangle behind the band that begins at `at`. */
static size_t band_after(const struct region *region, size_t at)
{
	if (at == region->count)
		return at;

	int32_t y = region->rects[at].y;

	while (at < region->count && region->rects[at].y == y)
		at++;
	return at;
}

/*
 * Applies one rectangle. The sweep covers the bands that r touches and one
 * more on each side, which may become equal to their neighbours.
 */
static bool apply_rect(struct region *region, struct rect r,
		       enum region_operation operation)
{
	struct region_output out;
	size_t begin = band_before(region, find_band(region, r.y));
	size_t end = find_band(region, bottom(r) - 1);

	end = band_after(region, band_after(region, end));

	region_output_init(&out);
	region_sweep(&out,
		     (struct region_span){ region->rects + begin, end - begin },
		     (struct region_span){ &r, 1 }, operation);
	return splice(region, begin, end - begin, &out);
}

static struct region_span all(const struct region *region)
{
	return (struct region_span){ region->rects, region->count };
}

/* ---- when there are too many rectangles ---- */

static int32_t tile_floor(int32_t n)
{
	/* Right shift of a negative number rounds down with our compilers. */
	return n >> 5 << 5;
}

_Static_assert(REGION_TILE == 32, "tile_floor");

/* The tiles that r touches, but nothing outside of `bounds`. */
static struct rect to_tiles(struct rect r, struct rect bounds)
{
	int32_t x = tile_floor(r.x), y = tile_floor(r.y);
	int32_t x2 = tile_floor(right(r) + REGION_TILE - 1);
	int32_t y2 = tile_floor(bottom(r) + REGION_TILE - 1);

	return rect_intersect((struct rect){ x, y, x2 - x, y2 - y }, bounds);
}

static void set_rect(struct region *region, struct rect r)
{
	reserve(region, 1);
	region->rects[0] = r;
	region->count = 1;
	region->bounds = r;
}

/* The tiles of all rectangles and of r, or the bounds if those are too many. */
static void coarsen(struct region *region, struct rect r)
{
	struct rect bounds = rect_bounds(region->bounds, r);
	struct region tiles = { 0 };
	bool fits = true;

	set_rect(&tiles, to_tiles(r, bounds));
	for (size_t i = 0; i < region->count && fits; i++)
		fits = apply_rect(&tiles, to_tiles(region->rects[i], bounds),
				  REGION_UNION);
	if (fits) {
		update_bounds(&tiles);
		region_swap(region, &tiles);
	} else {
		set_rect(region, bounds);
	}
	region_finish(&tiles);
}

/* ---- the contract ---- */

void region_init(struct region *region)
{
	*region = (struct region){ 0 };
}

void region_finish(struct region *region)
{
	free(region->rects);
	*region = (struct region){ 0 };
}

void region_clear(struct region *region)
{
	region->count = 0;
	region->bounds = (struct rect){ 0 };
}

bool region_is_empty(const struct region *region)
{
	return region->count == 0;
}

int64_t region_area(const struct region *region)
{
	int64_t area = 0;

	for (size_t i = 0; i < region->count; i++)
		area += rect_area(region->rects[i]);
	return area;
}

bool region_has_point(const struct region *region, int32_t x, int32_t y)
{
	for (size_t i = find_band(region, y);
	     i < region->count && region->rects[i].y <= y; i++)
		if (rect_has_point(region->rects[i], x, y))
			return true;
	return false;
}

bool region_overlaps(const struct region *region, struct rect r)
{
	if (rect_is_empty(rect_intersect(region->bounds, r)))
		return false;
	for (size_t i = find_band(region, r.y);
	     i < region->count && region->rects[i].y < bottom(r); i++)
		if (region->rects[i].x < right(r) &&
		    right(region->rects[i]) > r.x)
			return true;
	return false;
}

void region_copy(struct region *to, const struct region *from)
{
	if (to == from)
		return;
	reserve(to, from->count);
	if (from->count)
		memcpy(to->rects, from->rects,
		       from->count * sizeof(*from->rects));
	to->count = from->count;
	to->bounds = from->bounds;
}

void region_swap(struct region *a, struct region *b)
{
	struct region old = *a;

	*a = *b;
	*b = old;
}

void region_add(struct region *region, struct rect r)
{
	if (rect_is_empty(r) ||
	    (region->count == 1 && rect_contains(region->bounds, r)))
		return;
	if (rect_contains(r, region->bounds))
		set_rect(region, r);
	else if (apply_rect(region, r, REGION_UNION))
		region->bounds = rect_bounds(region->bounds, r);
	else
		coarsen(region, r);
}

void region_add_region(struct region *region, const struct region *other)
{
	struct region_output out;

	if (!region->count) {
		region_copy(region, other);
		return;
	}
	if (other->count <= 1) {
		region_add(region, other->bounds);
		return;
	}
	region_output_init(&out);
	region_sweep(&out, all(region), all(other), REGION_UNION);
	if (splice(region, 0, region->count, &out)) {
		region->bounds = rect_bounds(region->bounds, other->bounds);
		return;
	}
	for (size_t i = 0; i < other->count; i++)
		region_add(region, other->rects[i]);
}

bool region_subtract(struct region *region, struct rect r)
{
	if (rect_is_empty(rect_intersect(region->bounds, r)))
		return true;
	if (rect_contains(r, region->bounds)) {
		region_clear(region);
		return true;
	}
	if (!apply_rect(region, r, REGION_SUBTRACT))
		return false;
	update_bounds(region);
	return true;
}

bool region_subtract_region(struct region *region, const struct region *other)
{
	struct region_output out;
	bool exact = true;

	if (rect_is_empty(rect_intersect(region->bounds, other->bounds)))
		return true;
	if (other->count == 1)
		return region_subtract(region, other->bounds);
	region_output_init(&out);
	region_sweep(&out, all(region), all(other), REGION_SUBTRACT);
	if (splice(region, 0, region->count, &out)) {
		update_bounds(region);
		return true;
	}
	for (size_t i = 0; i < other->count; i++)
		exact &= region_subtract(region, other->rects[i]);
	return exact;
}

void region_intersect(struct region *region, struct rect r)
{
	if (rect_contains(r, region->bounds))
		return;
	region_clip(region, region, r);
}

void region_clip(struct region *out, const struct region *region, struct rect r)
{
	struct region_output result;
	size_t begin = find_band(region, r.y), end = begin;

	region_output_init(&result);
	if (!rect_is_empty(r))
		while (end < region->count && region->rects[end].y < bottom(r))
			end++;
	region_sweep(&result,
		     (struct region_span){ region->rects + begin, end - begin },
		     (struct region_span){ &r, 1 }, REGION_INTERSECT);
	reserve(out, result.count);
	if (result.count)
		memcpy(out->rects, result.rects,
		       result.count * sizeof(*result.rects));
	out->count = result.count;
	update_bounds(out);
}
