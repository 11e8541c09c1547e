#include "base/geometry.h"

/* The widest rectangle of at least that height whose top left corner is that
 * of rectangle i: the bands of a region may be lower. */
static struct rect room_at(const struct region *region, size_t i,
			   int32_t height)
{
	struct rect found = region->rects[i];
	int32_t bottom = found.y + found.h;

	for (size_t k = i + 1; k < region->count && found.h < height; k++) {
		struct rect r = region->rects[k];
		int32_t x1 = r.x > found.x ? r.x : found.x;
		int32_t x2 = r.x + r.w < found.x + found.w ? r.x + r.w
							   : found.x + found.w;

		if (r.y > bottom)
			break;
		if (r.y < bottom || x2 - x1 < height)
			continue;
		found.x = x1;
		found.w = x2 - x1;
		found.h += r.h;
		bottom += r.h;
	}
	return found.h >= height ? found : (struct rect){ 0 };
}

struct rect region_find_room(const struct region *region, int32_t w, int32_t h)
{
	struct rect best = { 0 };

	for (size_t i = 0; i < region->count && best.w < w; i++) {
		struct rect r = room_at(region, i, h);

		if (r.w > best.w)
			best = r;
	}
	if (best.w > w) {
		best.x += (best.w - w) / 2;
		best.w = w;
	}
	best.h = best.w ? h : 0;
	return best;
}
