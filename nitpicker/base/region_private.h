/*
 * The sweep behind all set operations on regions.
 */
#ifndef BASE_REGION_PRIVATE_H
#define BASE_REGION_PRIVATE_H

#include "base/geometry.h"

enum region_operation { REGION_UNION, REGION_SUBTRACT, REGION_INTERSECT };

struct region_span {
	const struct rect *rects;
	size_t count;
};

struct region_output {
	struct rect rects[REGION_MAX_RECTS];
	size_t count;
	size_t band; /* where the newest complete band begins */
	bool overflow;
};

/* Appends `a operation b` to `out`; stops early with `overflow` set. */
void region_sweep(struct region_output *out, struct region_span a,
		  struct region_span b, enum region_operation operation);

/* An initialiser would clear all rectangles, 16 KiB of them. */
static inline void region_output_init(struct region_output *out)
{
	out->count = out->band = 0;
	out->overflow = false;
}

static inline int32_t min(int32_t a, int32_t b)
{
	return a < b ? a : b;
}

static inline int32_t max(int32_t a, int32_t b)
{
	return a > b ? a : b;
}

static inline int32_t right(struct rect r)
{
	return r.x + r.w;
}

static inline int32_t bottom(struct rect r)
{
	return r.y + r.h;
}

#endif
