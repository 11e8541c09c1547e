#include "contour.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"

void contour_finish(struct contour *contour)
{
	free(contour->rects);
	*contour = (struct contour){ .rects = NULL };
}

void contour_clear(struct contour *contour)
{
	contour->count = 0;
}

/* Either in its band and to its right, or below it. */
static bool follows(const struct rect *last, struct rect r)
{
	return r.y >= last->y + last->h ||
	       (r.y == last->y && r.h == last->h && r.x >= last->x + last->w);
}

void contour_add(struct contour *contour, struct rect r)
{
	if (rect_is_empty(r) ||
	    (contour->count &&
	     !follows(&contour->rects[contour->count - 1], r)))
		return;
	contour->rects = xgrow(contour->rects, &contour->capacity,
			       contour->count, 1, sizeof(r));
	contour->rects[contour->count++] = r;
}

/* The first rectangle that reaches below y; `count` when there is none. */
static size_t first_at(const struct contour *contour, int y)
{
	size_t low = 0, high = contour->count;

	while (low < high) {
		size_t middle = low + (high - low) / 2;
		const struct rect *r = &contour->rects[middle];

		if (r->y + r->h <= y)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

bool contour_has_point(const struct contour *contour, int x, int y)
{
	for (size_t i = first_at(contour, y);
	     i < contour->count && contour->rects[i].y <= y; i++)
		if (rect_has_point(contour->rects[i], x, y))
			return true;
	return false;
}

struct rect contour_solid(const struct contour *contour, int64_t area)
{
	struct rect best = { 0, 0, 0, 0 };

	for (size_t i = 0; i < contour->count; i++)
		if (rect_area(contour->rects[i]) > rect_area(best))
			best = contour->rects[i];
	return rect_area(best) * 2 > area ? best : (struct rect){ 0, 0, 0, 0 };
}

static void clear(uint32_t *row, int from, int to)
{
	if (from < to)
		memset(row + from, 0, (size_t)(to - from) * sizeof(*row));
}

void contour_cut(const struct contour *contour, struct rect r, void *pixels,
		 size_t stride, int dx, int dy)
{
	for (int y = r.y; y < r.y + r.h; y++) {
		char *bytes = (char *)pixels + (size_t)(y + dy) * stride;
		uint32_t *row = (uint32_t *)(void *)bytes + dx;
		int x = r.x;

		for (size_t i = first_at(contour, y);
		     i < contour->count && contour->rects[i].y <= y; i++) {
			const struct rect *in = &contour->rects[i];

			if (in->x + in->w <= x)
				continue;
			clear(row, x, in->x < r.x + r.w ? in->x : r.x + r.w);
			x = in->x + in->w;
		}
		clear(row, x, r.x + r.w);
	}
}
