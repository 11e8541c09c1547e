/*
 * Points, rectangles and regions on the pixel grid.
 *
 * x grows to the right, y downwards. A rectangle covers x <= px < x + w and
 * y <= py < y + h; it is empty when w or h is 0 or negative. All coordinates
 * are expected within +-COORD_MAX, so that sums of two never overflow.
 */
#ifndef BASE_GEOMETRY_H
#define BASE_GEOMETRY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { COORD_MAX = 131071 };

struct point {
	int32_t x, y;
};

struct rect {
	int32_t x, y, w, h;
};

static inline bool rect_is_empty(struct rect r)
{
	return r.w <= 0 || r.h <= 0;
}

static inline bool rect_equal(struct rect a, struct rect b)
{
	return a.x == b.x && a.y == b.y && a.w == b.w && a.h == b.h;
}

static inline int64_t rect_area(struct rect r)
{
	return rect_is_empty(r) ? 0 : (int64_t)r.w * r.h;
}

static inline bool rect_has_point(struct rect r, int32_t x, int32_t y)
{
	return x >= r.x && y >= r.y && x < r.x + r.w && y < r.y + r.h;
}

static inline struct rect rect_moved(struct rect r, int32_t dx, int32_t dy)
{
	return (struct rect){ r.x + dx, r.y + dy, r.w, r.h };
}

/* Grown by `n` pixels on all four sides (shrunk when negative). */
static inline struct rect rect_grown(struct rect r, int32_t n)
{
	return (struct rect){ r.x - n, r.y - n, r.w + 2 * n, r.h + 2 * n };
}

/* True when every pixel of `inner` is in `outer`; an empty inner always is. */
bool rect_contains(struct rect outer, struct rect inner);

/* What both cover; {0} when nothing. */
struct rect rect_intersect(struct rect a, struct rect b);

/* The smallest rectangle around both; an empty one does not count. */
struct rect rect_bounds(struct rect a, struct rect b);

/*
 * An exact set of pixels, kept as disjoint rectangles sorted by y, then x, in
 * bands: rectangles that share a row share y and h. Embedded by its owner.
 *
 * Bounded: beyond REGION_MAX_RECTS rectangles region_add covers more than was
 * asked (whole tiles of REGION_TILE pixels, at last the bounds), never less and
 * never beyond the bounds of what is in it. region_subtract then leaves the
 * region as it is. Operations allocate only when a region has to grow.
 */
enum { REGION_MAX_RECTS = 1024, REGION_TILE = 32 };

struct region {
	struct rect *rects; /* owned; disjoint, banded */
	size_t count, capacity;
	struct rect bounds;
};

void region_init(struct region *region);
void region_finish(struct region *region);
void region_clear(struct region *region); /* keeps its memory */
bool region_is_empty(const struct region *region);
int64_t region_area(const struct region *region);
bool region_has_point(const struct region *region, int32_t x, int32_t y);
bool region_overlaps(const struct region *region, struct rect r);

void region_copy(struct region *to, const struct region *from);
void region_swap(struct region *a, struct region *b);
void region_add(struct region *region, struct rect r);
void region_add_region(struct region *region, const struct region *other);

/*
 * False when the result would need too many rectangles: then pixels of r are
 * left (never fewer pixels than the exact result). Who depends on exactness
 * splits the region, say by region_clip into its upper and lower half.
 */
bool region_subtract(struct region *region, struct rect r);
bool region_subtract_region(struct region *region, const struct region *other);
void region_intersect(struct region *region, struct rect r);

/* `out` = the part of `region` inside r; what was in out is replaced. They may
 * be the same. */
void region_clip(struct region *out, const struct region *region,
		 struct rect r);

/*
 * Where something of that size fits: the middle of the first place, from the
 * top, that takes it whole, else the widest one of that height (and at least
 * as wide as high where it spans several bands), which is narrower than w.
 * Empty: no place is that high.
 */
struct rect region_find_room(const struct region *region, int32_t w, int32_t h);

#endif
