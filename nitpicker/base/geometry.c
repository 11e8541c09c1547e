#include "base/geometry.h"

static int32_t min(int32_t a, int32_t b)
{
	return a < b ? a : b;
}

static int32_t max(int32_t a, int32_t b)
{
	return a > b ? a : b;
}

bool rect_contains(struct rect outer, struct rect inner)
{
	return rect_is_empty(inner) ||
	       (inner.x >= outer.x && inner.y >= outer.y &&
		inner.x + inner.w <= outer.x + outer.w &&
		inner.y + inner.h <= outer.y + outer.h);
}

struct rect rect_intersect(struct rect a, struct rect b)
{
	int32_t x = max(a.x, b.x), y = max(a.y, b.y);
	int32_t w = min(a.x + a.w, b.x + b.w) - x;
	int32_t h = min(a.y + a.h, b.y + b.h) - y;

	if (w <= 0 || h <= 0)
		return (struct rect){ 0 };
	return (struct rect){ x, y, w, h };
}

struct rect rect_bounds(struct rect a, struct rect b)
{
	if (rect_is_empty(a))
		return rect_is_empty(b) ? (struct rect){ 0 } : b;
	if (rect_is_empty(b))
		return a;

	int32_t x = min(a.x, b.x), y = min(a.y, b.y);

	return (struct rect){ x, y, max(a.x + a.w, b.x + b.w) - x,
			      max(a.y + a.h, b.y + b.h) - y };
}
