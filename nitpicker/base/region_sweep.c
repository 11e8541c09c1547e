#include "base/region_private.h"

/* Appends x1..x2 to the band that begins at `begin`. */
static void emit(struct region_output *out, int32_t x1, int32_t x2, int32_t y,
		 int32_t h)
{
	if (out->count == REGION_MAX_RECTS) {
		out->overflow = true;
		return;
	}
	out->rects[out->count++] = (struct rect){ x1, y, x2 - x1, h };
}

static void emit_union(struct region_output *out, struct region_span a,
		       struct region_span b, int32_t y, int32_t h)
{
	size_t i = 0, j = 0;

	while (i < a.count || j < b.count) {
		bool take_a = j == b.count ||
			      (i < a.count && a.rects[i].x < b.rects[j].x);
		struct rect r = take_a ? a.rects[i++] : b.rects[j++];
		int32_t x2 = right(r);

		/* Join whatever begins within or right behind it. */
		for (;;) {
			if (i < a.count && a.rects[i].x <= x2)
				x2 = max(x2, right(a.rects[i++]));
			else if (j < b.count && b.rects[j].x <= x2)
				x2 = max(x2, right(b.rects[j++]));
			else
				break;
		}
		emit(out, r.x, x2, y, h);
	}
}

static void emit_subtract(struct region_output *out, struct region_span a,
			  struct region_span b, int32_t y, int32_t h)
{
	size_t j = 0;

	for (size_t i = 0; i < a.count; i++) {
		int32_t x = a.rects[i].x, x2 = right(a.rects[i]);

		while (j < b.count && right(b.rects[j]) <= x)
			j++;
		for (size_t k = j; k < b.count && b.rects[k].x < x2; k++) {
			if (b.rects[k].x > x)
				emit(out, x, b.rects[k].x, y, h);
			x = max(x, right(b.rects[k]));
		}
		if (x < x2)
			emit(out, x, x2, y, h);
	}
}

static void emit_intersect(struct region_output *out, struct region_span a,
			   struct region_span b, int32_t y, int32_t h)
{
	size_t i = 0, j = 0;

	while (i < a.count && j < b.count) {
		int32_t x1 = max(a.rects[i].x, b.rects[j].x);
		int32_t a2 = right(a.rects[i]), b2 = right(b.rects[j]);

		if (x1 < min(a2, b2))
			emit(out, x1, min(a2, b2), y, h);
		if (a2 <= b2)
			i++;
		if (b2 <= a2)
			j++;
	}
}

/* Joins the band that begins at `begin` with the one above if they match. */
static void close_band(struct region_output *out, size_t begin)
{
	size_t count = out->count - begin, above = out->band;
	struct rect *rects = out->rects;

	if (!count)
		return;
	out->band = begin;
	if (begin - above != count || bottom(rects[above]) != rects[begin].y)
		return;
	for (size_t i = 0; i < count; i++)
		if (rects[above + i].x != rects[begin + i].x ||
		    rects[above + i].w != rects[begin + i].w)
			return;
	for (size_t i = 0; i < count; i++)
		rects[above + i].h += rects[begin].h;
	out->count = begin;
	out->band = above;
}

/* ---- the sweep ---- */

/* The rectangles at the front of the list that make its first band. */
static struct region_span first_band(struct region_span list)
{
	size_t count = 0;

	while (count < list.count && list.rects[count].y == list.rects[0].y)
		count++;
	return (struct region_span){ list.rects, count };
}

static void skip(struct region_span *list, size_t count)
{
	list->rects += count;
	list->count -= count;
}

void region_sweep(struct region_output *out, struct region_span a,
		  struct region_span b, enum region_operation operation)
{
	int32_t y = INT32_MIN;
	struct region_span band_a = first_band(a), band_b = first_band(b);
	const struct region_span none = { 0 };

	while ((a.count || (operation == REGION_UNION && b.count)) &&
	       (b.count || operation != REGION_INTERSECT) && !out->overflow) {
		int32_t top_a = a.count ? max(a.rects->y, y) : INT32_MAX;
		int32_t top_b = b.count ? max(b.rects->y, y) : INT32_MAX;
		int32_t end_a = a.count ? bottom(*a.rects) : INT32_MAX;
		int32_t end_b = b.count ? bottom(*b.rects) : INT32_MAX;
		int32_t top = min(top_a, top_b);
		bool in_a = top_a == top, in_b = top_b == top;
		size_t begin = out->count;

		/* The slab reaches to where either list changes. */
		y = min(in_a ? end_a : top_a, in_b ? end_b : top_b);

		struct region_span slab_a = in_a ? band_a : none;
		struct region_span slab_b = in_b ? band_b : none;

		if (operation == REGION_UNION)
			emit_union(out, slab_a, slab_b, top, y - top);
		else if (operation == REGION_SUBTRACT)
			emit_subtract(out, slab_a, slab_b, top, y - top);
		else
			emit_intersect(out, slab_a, slab_b, top, y - top);
		close_band(out, begin);
		if (in_a && end_a == y) {
			skip(&a, band_a.count);
			band_a = first_band(a);
		}
		if (in_b && end_b == y) {
			skip(&b, band_b.count);
			band_b = first_band(b);
		}
	}
}
