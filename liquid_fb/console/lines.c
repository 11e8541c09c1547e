/*
 * Characters that have to meet those in the cells around them: box drawing
 * (U+2500), blocks (U+2580), braille (U+2800), sextants (U+1FB00).
 */
#include <math.h>
#include <string.h>

#include "console.h"

enum { UP, RIGHT, DOWN, LEFT };
enum arm { NONE, LIGHT, HEAVY, DOUBLE };

/* Arms of U+2500 to U+257F: two bits each, up first. */
#define A(u, r, d, l) ((u) | (r) << 2 | (d) << 4 | (l) << 6)

static const uint8_t boxes[128] = {
	/* 00 */ A(0, 1, 0, 1),
	A(0, 2, 0, 2),
	A(1, 0, 1, 0),
	A(2, 0, 2, 0),
	A(0, 1, 0, 1),
	A(0, 2, 0, 2),
	A(1, 0, 1, 0),
	A(2, 0, 2, 0),
	A(0, 1, 0, 1),
	A(0, 2, 0, 2),
	A(1, 0, 1, 0),
	A(2, 0, 2, 0),
	/* 0c */ A(0, 1, 1, 0),
	A(0, 2, 1, 0),
	A(0, 1, 2, 0),
	A(0, 2, 2, 0),
	/* 10 */ A(0, 0, 1, 1),
	A(0, 0, 1, 2),
	A(0, 0, 2, 1),
	A(0, 0, 2, 2),
	A(1, 1, 0, 0),
	A(1, 2, 0, 0),
	A(2, 1, 0, 0),
	A(2, 2, 0, 0),
	/* 18 */ A(1, 0, 0, 1),
	A(1, 0, 0, 2),
	A(2, 0, 0, 1),
	A(2, 0, 0, 2),
	/* 1c */ A(1, 1, 1, 0),
	A(1, 2, 1, 0),
	A(2, 1, 1, 0),
	A(1, 1, 2, 0),
	A(2, 1, 2, 0),
	A(2, 2, 1, 0),
	A(1, 2, 2, 0),
	A(2, 2, 2, 0),
	/* 24 */ A(1, 0, 1, 1),
	A(1, 0, 1, 2),
	A(2, 0, 1, 1),
	A(1, 0, 2, 1),
	A(2, 0, 2, 1),
	A(2, 0, 1, 2),
	A(1, 0, 2, 2),
	A(2, 0, 2, 2),
	/* 2c */ A(0, 1, 1, 1),
	A(0, 1, 1, 2),
	A(0, 2, 1, 1),
	A(0, 2, 1, 2),
	A(0, 1, 2, 1),
	A(0, 1, 2, 2),
	A(0, 2, 2, 1),
	A(0, 2, 2, 2),
	/* 34 */ A(1, 1, 0, 1),
	A(1, 1, 0, 2),
	A(1, 2, 0, 1),
	A(1, 2, 0, 2),
	A(2, 1, 0, 1),
	A(2, 1, 0, 2),
	A(2, 2, 0, 1),
	A(2, 2, 0, 2),
	/* 3c */ A(1, 1, 1, 1),
	A(1, 1, 1, 2),
	A(1, 2, 1, 1),
	A(1, 2, 1, 2),
	A(2, 1, 1, 1),
	A(1, 1, 2, 1),
	A(2, 1, 2, 1),
	A(2, 1, 1, 2),
	/* 44 */ A(2, 2, 1, 1),
	A(1, 1, 2, 2),
	A(1, 2, 2, 1),
	A(2, 2, 1, 2),
	A(1, 2, 2, 2),
	A(2, 1, 2, 2),
	A(2, 2, 2, 1),
	A(2, 2, 2, 2),
	/* 4c */ A(0, 1, 0, 1),
	A(0, 2, 0, 2),
	A(1, 0, 1, 0),
	A(2, 0, 2, 0),
	/* 50 */ A(0, 3, 0, 3),
	A(3, 0, 3, 0),
	A(0, 3, 1, 0),
	A(0, 1, 3, 0),
	A(0, 3, 3, 0),
	A(0, 0, 1, 3),
	A(0, 0, 3, 1),
	A(0, 0, 3, 3),
	/* 58 */ A(1, 3, 0, 0),
	A(3, 1, 0, 0),
	A(3, 3, 0, 0),
	A(1, 0, 0, 3),
	A(3, 0, 0, 1),
	A(3, 0, 0, 3),
	A(1, 3, 1, 0),
	A(3, 1, 3, 0),
	/* 60 */ A(3, 3, 3, 0),
	A(1, 0, 1, 3),
	A(3, 0, 3, 1),
	A(3, 0, 3, 3),
	A(0, 3, 1, 3),
	A(0, 1, 3, 1),
	A(0, 3, 3, 3),
	A(1, 3, 0, 3),
	/* 68 */ A(3, 1, 0, 1),
	A(3, 3, 0, 3),
	A(1, 3, 1, 3),
	A(3, 1, 3, 1),
	A(3, 3, 3, 3),
	/* 6d: arcs and diagonals, drawn apart */ 0,
	0,
	0,
	0,
	0,
	0,
	0,
	/* 74 */ A(0, 0, 0, 1),
	A(1, 0, 0, 0),
	A(0, 1, 0, 0),
	A(0, 0, 1, 0),
	A(0, 0, 0, 2),
	A(2, 0, 0, 0),
	A(0, 2, 0, 0),
	A(0, 0, 2, 0),
	/* 7c */ A(0, 2, 0, 1),
	A(1, 0, 2, 0),
	A(0, 1, 0, 2),
	A(2, 0, 1, 0),
};

struct drawing {
	const struct blit_surface *to;
	int w, h, thin, thick;
	int cx, cy; /* upper left of a thin crossing */
	uint32_t color, ground;
};

static void fill(const struct drawing *d, int x0, int y0, int x1, int y1)
{
	x0 = x0 < 0 ? 0 : x0;
	y0 = y0 < 0 ? 0 : y0;
	x1 = x1 > d->w ? d->w : x1;
	y1 = y1 > d->h ? d->h : y1;
	if (x0 < x1 && y0 < y1)
		blit_fill(d->to, x0, y0, x1 - x0, y1 - y0, d->color);
}

/* ---- boxes ---- */

static enum arm arm_of(uint8_t arms, int side)
{
	return arms >> 2 * side & 3;
}

static int thickness(const struct drawing *d, enum arm arm)
{
	return arm == HEAVY ? d->thick : d->thin;
}

/* A point along and one across the arm, as a rectangle of the cell. */
static void bar(const struct drawing *d, int side, int from, int across,
		int size)
{
	switch (side) {
	case UP:
		fill(d, across, 0, across + size, from);
		break;
	case DOWN:
		fill(d, across, from, across + size, d->h);
		break;
	case LEFT:
		fill(d, 0, across, from, across + size);
		break;
	default:
		fill(d, from, across, d->w, across + size);
	}
}

/* Where the near edge of the crossing line is that lies on that side of the
 * centre: `centre` is its thin place, `gap` what a double line is off it. */
static int edge(int centre, int offset)
{
	return centre + offset;
}

static void single_arm(const struct drawing *d, uint8_t arms, int side)
{
	const bool vertical = side == UP || side == DOWN;
	const bool outward = side == DOWN || side == RIGHT;
	const enum arm a = arm_of(arms, (side + 3) % 4),
		       b = arm_of(arms, (side + 1) % 4),
		       opposite = arm_of(arms, (side + 2) % 4);
	const int size = thickness(d, arm_of(arms, side));
	const int centre = vertical ? d->cy : d->cx;
	const int widest = a == HEAVY || b == HEAVY ? d->thick : d->thin;
	const int low = centre - (widest - d->thin) / 2;
	int from = outward ? low : low + widest;

	if ((a == DOUBLE || b == DOUBLE) && opposite == NONE) {
		/* To the near rail of a line that passes, else to the far. */
		const bool near = a == DOUBLE && b == DOUBLE;
		const int gap = near == outward ? d->thin : -d->thin;

		from = outward ? edge(centre, gap)
			       : edge(centre + d->thin, gap);
	}
	bar(d, side, from, (vertical ? d->cx : d->cy) - (size - d->thin) / 2,
	    size);
}

/* One of the two lines of a double arm: `before` is the arm on its side,
 * `behind` the one on the other side. */
static void rail(const struct drawing *d, int side, int across, enum arm before,
		 enum arm behind)
{
	const bool vertical = side == UP || side == DOWN;
	const bool outward = side == DOWN || side == RIGHT;
	const int centre = vertical ? d->cy : d->cx;
	int gap = 0;

	if (before != NONE)
		gap = before == DOUBLE ? d->thin : 0;
	else if (behind == DOUBLE)
		gap = -d->thin;
	if (!outward)
		gap = -gap;
	bar(d, side, outward ? centre + gap : centre + d->thin + gap, across,
	    d->thin);
}

static void double_arm(const struct drawing *d, uint8_t arms, int side)
{
	const bool vertical = side == UP || side == DOWN;
	const int centre = vertical ? d->cx : d->cy;
	const enum arm low = arm_of(arms, vertical ? LEFT : UP),
		       high = arm_of(arms, vertical ? RIGHT : DOWN);

	rail(d, side, centre - d->thin, low, high);
	rail(d, side, centre + d->thin, high, low);
}

static void dashes(const struct drawing *d, uint8_t arms, int count)
{
	const bool vertical = arm_of(arms, UP) != NONE;
	const int length = vertical ? d->h : d->w;
	const int size = thickness(d, arm_of(arms, vertical ? UP : LEFT));
	const int across = (vertical ? d->cx : d->cy) - (size - d->thin) / 2;

	for (int i = 0; i < count; i++) {
		const int from = length * i / count;
		const int next = length * (i + 1) / count;
		const int to = next - (next - from + 2) / 3;

		if (vertical)
			fill(d, across, from, across + size, to);
		else
			fill(d, from, across, to, across + size);
	}
}

/* ---- curves: coverage by distance ---- */

static void shade_pixel(const struct drawing *d, int x, int y, double cover)
{
	uint8_t mask = cover >= 1   ? 255
		       : cover <= 0 ? 0
				    : (uint8_t)(cover * 255);

	if (mask)
		blit_mask(d->to, x, y, 1, 1, &mask, 1, 0xff000000u | d->color);
}

static void arc(const struct drawing *d, bool right, bool down)
{
	const double half = d->thin / 2.0,
		     r = (d->w < d->h ? d->w : d->h) / 2.0;
	const double mx = d->cx + half, my = d->cy + half;
	const double ox = right ? mx + r : mx - r, oy = down ? my + r : my - r;

	for (int y = 0; y < d->h; y++)
		for (int x = 0; x < d->w; x++) {
			const double px = x + 0.5 - ox, py = y + 0.5 - oy;
			const bool inside = (right ? px < 0 : px > 0) &&
					    (down ? py < 0 : py > 0);

			if (inside)
				shade_pixel(
					d, x, y,
					half + 0.5 -
						fabs(sqrt(px * px + py * py) -
						     r));
		}
	/* From the curve to the edges, straight. */
	bar(d, down ? DOWN : UP, (int)(down ? floor(oy) : ceil(oy)), d->cx,
	    d->thin);
	bar(d, right ? RIGHT : LEFT, (int)(right ? floor(ox) : ceil(ox)), d->cy,
	    d->thin);
}

static void diagonal(const struct drawing *d, bool rising)
{
	const double length = sqrt((double)d->w * d->w + (double)d->h * d->h);

	for (int y = 0; y < d->h; y++)
		for (int x = 0; x < d->w; x++) {
			const double px = rising ? d->w - x - 0.5 : x + 0.5;
			const double off = fabs(px * d->h - (y + 0.5) * d->w) /
					   length;

			shade_pixel(d, x, y, d->thin / 2.0 + 0.5 - off);
		}
}

static void box(const struct drawing *d, unsigned n)
{
	static const uint8_t dashed[128] = {
		[0x04] = 3, [0x05] = 3, [0x06] = 3, [0x07] = 3,
		[0x08] = 4, [0x09] = 4, [0x0a] = 4, [0x0b] = 4,
		[0x4c] = 2, [0x4d] = 2, [0x4e] = 2, [0x4f] = 2,
	};

	if (dashed[n]) {
		dashes(d, boxes[n], dashed[n]);
	} else if (n >= 0x6d && n <= 0x70) {
		arc(d, n == 0x6d || n == 0x70, n == 0x6d || n == 0x6e);
	} else if (n >= 0x71 && n <= 0x73) {
		if (n != 0x72)
			diagonal(d, true);
		if (n != 0x71)
			diagonal(d, false);
	} else {
		for (int side = UP; side <= LEFT; side++)
			if (arm_of(boxes[n], side) == DOUBLE)
				double_arm(d, boxes[n], side);
			else if (arm_of(boxes[n], side) != NONE)
				single_arm(d, boxes[n], side);
	}
}

/* ---- blocks ---- */

/* A quarter: bit 0 upper left, 1 upper right, 2 lower left, 3 lower right. */
static void quadrants(const struct drawing *d, unsigned bits)
{
	const int x = (d->w + 1) / 2, y = (d->h + 1) / 2;

	if (bits & 1)
		fill(d, 0, 0, x, y);
	if (bits & 2)
		fill(d, x, 0, d->w, y);
	if (bits & 4)
		fill(d, 0, y, x, d->h);
	if (bits & 8)
		fill(d, x, y, d->w, d->h);
}

static uint32_t between(uint32_t a, uint32_t b, unsigned quarters)
{
	uint32_t out = 0;

	for (int shift = 0; shift < 24; shift += 8) {
		unsigned ca = a >> shift & 255, cb = b >> shift & 255;

		out |= (ca * quarters + cb * (4 - quarters)) / 4 << shift;
	}
	return out;
}

static void block(struct drawing *d, unsigned n)
{
	static const uint8_t quarters[] = { 4, 8, 1, 13, 9, 7, 11, 2, 6, 14 };

	if (n == 0) {
		fill(d, 0, 0, d->w, (d->h + 1) / 2);
	} else if (n <= 8) {
		fill(d, 0, d->h - (d->h * (int)n + 4) / 8, d->w, d->h);
	} else if (n <= 0x0f) {
		fill(d, 0, 0, (d->w * (int)(16 - n) + 4) / 8, d->h);
	} else if (n == 0x10) {
		fill(d, (d->w + 1) / 2, 0, d->w, d->h);
	} else if (n <= 0x13) {
		d->color = between(d->color, d->ground, n - 0x10);
		fill(d, 0, 0, d->w, d->h);
	} else if (n == 0x14) {
		fill(d, 0, 0, d->w, (d->h + 4) / 8);
	} else if (n == 0x15) {
		fill(d, d->w - (d->w + 4) / 8, 0, d->w, d->h);
	} else {
		quadrants(d, quarters[n - 0x16]);
	}
}

static void braille(const struct drawing *d, unsigned bits)
{
	static const uint8_t column[] = { 0, 0, 0, 1, 1, 1, 0, 1 };
	static const uint8_t line[] = { 0, 1, 2, 0, 1, 2, 3, 3 };
	const int size = d->w / 4 > 1 ? d->w / 4 : 1;

	for (int i = 0; i < 8; i++) {
		const int x = d->w * (1 + 2 * column[i]) / 4 - size / 2;
		const int y = d->h * (1 + 2 * line[i]) / 8 - size / 2;

		if (bits >> i & 1)
			fill(d, x, y, x + size, y + size);
	}
}

/* Two columns of three; the patterns that are blocks already are left out. */
static void sextant(const struct drawing *d, unsigned n)
{
	unsigned bits = n + 1;

	bits += bits >= 21;
	bits += bits >= 42;
	for (int i = 0; i < 6; i++)
		if (bits >> i & 1)
			fill(d, i % 2 ? (d->w + 1) / 2 : 0, d->h * (i / 2) / 3,
			     i % 2 ? d->w : (d->w + 1) / 2,
			     d->h * (i / 2 + 1) / 3);
}

bool lines_draw(const struct blit_surface *to, int w, int h, int line,
		uint32_t code, uint32_t color, uint32_t ground)
{
	struct drawing d = {
		.to = to,
		.w = w,
		.h = h,
		.thin = line,
		.thick = line * 2 + (line == 1),
		.cx = (w - line) / 2,
		.cy = (h - line) / 2,
		.color = color,
		.ground = ground,
	};

	if (code >= 0x2500 && code < 0x2580)
		box(&d, code - 0x2500);
	else if (code >= 0x2580 && code < 0x25a0)
		block(&d, code - 0x2580);
	else if (code >= 0x2800 && code < 0x2900)
		braille(&d, code - 0x2800);
	else if (code >= 0x1fb00 && code <= 0x1fb3b)
		sextant(&d, code - 0x1fb00);
	else
		return false;
	return true;
}
