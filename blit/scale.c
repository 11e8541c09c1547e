/*
 * Scaled copies. The destination is drawn in columns of STRIP pixels: where
 * each comes from is computed once for all rows, and each row is made as 8888
 * on the stack before it is copied to where it belongs.
 */
#include "blit/blit.h"

#include <string.h>

#include "blit/generic/pixel.h"
#include "blit/walk_private.h"

enum { STRIP = 256 };

/* What all three have in common: the part to draw, relative to the rectangle
 * of the destination, and the formats. */
struct plan {
	const struct blit_implementation *chosen;
	const struct blit_surface *to, *from;
	struct blit_scale scale;
	int left, top, right, bottom;
};

static int max(int a, int b)
{
	return a > b ? a : b;
}

static int min(int a, int b)
{
	return a < b ? a : b;
}

/* false: there is nothing to draw */
static bool plan_init(struct plan *plan, const struct blit_surface *to,
		      const struct blit_surface *from, struct blit_scale s)
{
	*plan = (struct plan){
		.chosen = blit_chosen(),
		.to = to,
		.from = from,
		.scale = s,
		.left = max(s.clip_x - s.x, 0),
		.top = max(s.clip_y - s.y, 0),
		.right = min(s.clip_x - s.x + s.clip_w, s.w),
		.bottom = min(s.clip_y - s.y + s.clip_h, s.h),
	};
	return plan->left < plan->right && plan->top < plan->bottom &&
	       s.sw > 0 && s.sh > 0;
}

/* Row y of the plan from column x on, as 8888. */
static void put(const struct plan *plan, int x, int y, const uint32_t *pixels,
		int n)
{
	struct blit_surface row = {
		.pixels = (void *)pixels,
		.width = n,
		.height = 1,
		.format = plan->from->format == BLIT_ARGB8888 ? BLIT_ARGB8888
							      : BLIT_XRGB8888,
	};
	struct blit_area area = {
		plan->scale.x + x, plan->scale.y + y, n, 1, 0, 0,
	};

	blit_copy(plan->to, &row, area);
}

static uint32_t get(const struct blit_surface *from, const uint8_t *row, int x)
{
	return from->format == BLIT_RGB565
		       ? from_565(((const blit_half *)row)[x])
		       : ((const blit_word *)row)[x];
}

/* ---- enlarge ---- */

static int nearest(int i, int source, int size)
{
	return (int)((int64_t)i * source / size);
}

static void enlarge_strip(const struct plan *plan, int x, int n)
{
	const struct blit_scale *s = &plan->scale;
	uint32_t pixels[STRIP];
	int columns[STRIP], last = -1;

	for (int i = 0; i < n; i++)
		columns[i] = nearest(x + i, s->sw, s->w);
	for (int y = plan->top; y < plan->bottom; y++) {
		int row = nearest(y, s->sh, s->h);

		if (row != last) {
			const uint8_t *from = surface_pixel(plan->from, s->sx,
							    s->sy + row);

			for (int i = 0; i < n; i++)
				pixels[i] = get(plan->from, from, columns[i]);
		}
		last = row;
		put(plan, x, y, pixels, n);
	}
}

void blit_enlarge(const struct blit_surface *to,
		  const struct blit_surface *from, struct blit_scale scale)
{
	struct plan plan;

	if (!plan_init(&plan, to, from, scale))
		return;
	for (int x = plan.left; x < plan.right; x += STRIP)
		enlarge_strip(&plan, x, min(plan.right - x, STRIP));
}

/* ---- shrink ---- */

/* Sums of the channels blue, red, green, alpha, and how many pixels. */
struct box {
	uint64_t sum[4];
	uint64_t count;
};

static void box_add(struct box *box, uint32_t even, uint32_t odd)
{
	box->sum[0] += even & 0xffff;
	box->sum[1] += even >> 16;
	box->sum[2] += odd & 0xffff;
	box->sum[3] += odd >> 16;
}

static uint32_t box_average(const struct box *box)
{
	uint32_t average[4];

	for (int i = 0; i < 4; i++)
		average[i] = (uint32_t)((box->sum[i] + box->count / 2) /
					box->count);
	return average[3] << 24 | average[1] << 16 | average[2] << 8 |
	       average[0];
}

/* The sums of n columns and h rows of the source, at most STRIP and 256. */
static void sum(const struct plan *plan, int x, int y, int n, int h,
		uint32_t sums[2][STRIP])
{
	uint32_t words[STRIP];
	struct blit_walk walk = {
		.to = (uint8_t *)sums,
		.to_stride = sizeof(*sums),
		.from = surface_pixel(plan->from, x, y),
		.from_stride = plan->from->stride,
		.w = n,
		.h = h,
		.opaque = BLIT_OPAQUE,
	};

	if (plan->from->format != BLIT_RGB565) {
		plan->chosen->sum_8888(&walk);
		return;
	}
	memset(sums, 0, 2 * sizeof(*sums));
	for (; h > 0; h--, walk.from += walk.from_stride) {
		struct blit_walk row = walk;

		row.to = (uint8_t *)words;
		row.h = 1;
		plan->chosen->copy_565_8888(&row);
		for (int i = 0; i < n; i++) {
			sums[0][i] += words[i] & 0x00ff00ff;
			sums[1][i] += words[i] >> 8 & 0x00ff00ff;
		}
	}
}

struct range {
	int first, end;
};

/* The source's columns (rows) of the column (row) i of the destination. */
static struct range box_range(int i, int source, int size)
{
	int first = nearest(i, source, size);

	return (struct range){ first,
			       max(first + 1, nearest(i + 1, source, size)) };
}

/* Adds the source's rows, at most 256, to the boxes of a strip. */
static void add_rows(const struct plan *plan, struct range rows,
		     const struct range *columns, int n, struct box *boxes)
{
	const struct blit_scale *s = &plan->scale;
	uint32_t sums[2][STRIP];
	int begin = 0, end = 0; /* columns that are in sums */

	for (int i = 0; i < n; i++)
		for (int x = columns[i].first; x < columns[i].end; x++) {
			if (x < begin || x >= end) {
				begin = x;
				end = min(columns[n - 1].end, x + STRIP);
				sum(plan, s->sx + x, s->sy + rows.first,
				    end - begin, rows.end - rows.first, sums);
			}
			box_add(&boxes[i], sums[0][x - begin],
				sums[1][x - begin]);
		}
	for (int i = 0; i < n; i++)
		boxes[i].count += (uint64_t)(columns[i].end -
					     columns[i].first) *
				  (uint64_t)(rows.end - rows.first);
}

static void shrink_strip(const struct plan *plan, int x, int n)
{
	const struct blit_scale *s = &plan->scale;
	struct range columns[STRIP];
	struct box boxes[STRIP];
	uint32_t pixels[STRIP];

	for (int i = 0; i < n; i++)
		columns[i] = box_range(x + i, s->sw, s->w);
	for (int y = plan->top; y < plan->bottom; y++) {
		struct range rows = box_range(y, s->sh, s->h);

		memset(boxes, 0, (size_t)n * sizeof(*boxes));
		for (; rows.first < rows.end; rows.first += 256) {
			struct range some = { rows.first,
					      min(rows.end, rows.first + 256) };

			add_rows(plan, some, columns, n, boxes);
		}
		for (int i = 0; i < n; i++)
			pixels[i] = box_average(&boxes[i]);
		put(plan, x, y, pixels, n);
	}
}

void blit_shrink(const struct blit_surface *to, const struct blit_surface *from,
		 struct blit_scale scale)
{
	struct plan plan;

	if (!plan_init(&plan, to, from, scale))
		return;
	for (int x = plan.left; x < plan.right; x += STRIP)
		shrink_strip(&plan, x, min(plan.right - x, STRIP));
}

/* ---- smooth ---- */

/* Two neighbours of the source, and how near the second is, in 1/256. */
struct spot {
	int first, second;
	uint32_t f;
};

static struct spot spot_of(int i, int source, int size)
{
	int64_t u = (2 * (int64_t)i + 1) * source * 128 / size - 128;
	int64_t limit = (int64_t)(source - 1) * 256;
	int64_t at = u < 0 ? 0 : u > limit ? limit : u;
	int first = (int)(at >> 8);

	return (struct spot){ first, min(first + 1, source - 1),
			      (uint32_t)(at & 255) };
}

/* One row of the source, scaled to the columns of a strip. */
static void smooth_row(const struct plan *plan, int row,
		       const struct spot *columns, int n, uint32_t *pixels)
{
	const struct blit_scale *s = &plan->scale;
	const uint8_t *from = surface_pixel(plan->from, s->sx, s->sy + row);

	for (int i = 0; i < n; i++)
		pixels[i] = between(get(plan->from, from, columns[i].first),
				    get(plan->from, from, columns[i].second),
				    columns[i].f);
}

static void smooth_strip(const struct plan *plan, int x, int n)
{
	const struct blit_scale *s = &plan->scale;
	uint32_t rows[2][STRIP], pixels[STRIP];
	struct spot columns[STRIP];
	int known[2] = { -1, -1 }; /* rows of the source, even and odd ones */

	for (int i = 0; i < n; i++)
		columns[i] = spot_of(x + i, s->sw, s->w);
	for (int y = plan->top; y < plan->bottom; y++) {
		struct spot spot = spot_of(y, s->sh, s->h);
		int a = spot.first, b = spot.second;
		struct blit_walk walk = {
			.to = (uint8_t *)pixels,
			.from = (uint8_t *)rows[a & 1],
			.from_stride = (uint8_t *)rows[b & 1] -
				       (uint8_t *)rows[a & 1],
			.w = n,
			.h = 1,
			.color = spot.f,
		};

		if (known[a & 1] != a)
			smooth_row(plan, a, columns, n, rows[a & 1]);
		known[a & 1] = a;
		if (known[b & 1] != b)
			smooth_row(plan, b, columns, n, rows[b & 1]);
		known[b & 1] = b;
		plan->chosen->between_8888(&walk);
		put(plan, x, y, pixels, n);
	}
}

void blit_smooth(const struct blit_surface *to, const struct blit_surface *from,
		 struct blit_scale scale)
{
	struct plan plan;

	if (!plan_init(&plan, to, from, scale))
		return;
	for (int x = plan.left; x < plan.right; x += STRIP)
		smooth_strip(&plan, x, min(plan.right - x, STRIP));
}
