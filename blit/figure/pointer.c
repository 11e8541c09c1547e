/*
 * The shapes of the pointer: dark polygons with a white rim, which stand out
 * from any ground.
 */
#include <stdbool.h>
#include <string.h>

#include "blit/figure/figure.h"

enum {
	UNIT = 64, /* of the sums, in 1/10 logical pixels */
	SAMPLES = 4, /* of a pixel, in each direction */
	RIM = 11 * UNIT, /* its width */
};

/* Points in 1/10 logical pixels. */
typedef const uint8_t points[][2];

static points arrow = { { 11, 27 },  { 11, 147 }, { 46, 116 }, { 72, 178 },
			{ 80, 174 }, { 54, 113 }, { 97, 113 } };
/* With a sharp tip: the arrow and its rim. */
static points arrow_outer = { { 0, 0 },    { 0, 172 },  { 42, 134 },
			      { 66, 193 }, { 94, 181 }, { 70, 124 },
			      { 124, 124 } };
static points beam = { { 18, 12 },  { 74, 12 },  { 74, 24 },  { 52, 24 },
		       { 52, 156 }, { 74, 156 }, { 74, 168 }, { 18, 168 },
		       { 18, 156 }, { 40, 156 }, { 40, 24 },  { 18, 24 } };
static points hand = { { 56, 12 },   { 68, 12 },   { 76, 20 },   { 76, 84 },
		       { 84, 80 },   { 96, 82 },   { 102, 92 },  { 112, 88 },
		       { 122, 92 },  { 128, 102 }, { 138, 100 }, { 148, 108 },
		       { 150, 124 }, { 146, 168 }, { 136, 186 }, { 136, 204 },
		       { 64, 204 },  { 62, 190 },  { 34, 156 },  { 14, 128 },
		       { 14, 118 },  { 24, 110 },  { 36, 114 },  { 48, 128 },
		       { 48, 20 } };
static points four = { { 110, 12 },  { 146, 50 },  { 119, 50 },  { 119, 101 },
		       { 170, 101 }, { 170, 74 },  { 208, 110 }, { 170, 146 },
		       { 170, 119 }, { 119, 119 }, { 119, 170 }, { 146, 170 },
		       { 110, 208 }, { 74, 170 },  { 101, 170 }, { 101, 119 },
		       { 50, 119 },  { 50, 146 },  { 12, 110 },  { 50, 74 },
		       { 50, 101 },  { 101, 101 }, { 101, 50 },  { 74, 50 } };
static points glass = { { 20, 12 },   { 130, 12 },  { 130, 30 },  { 120, 30 },
			{ 120, 60 },  { 86, 100 },  { 120, 140 }, { 120, 170 },
			{ 130, 170 }, { 130, 188 }, { 20, 188 },  { 20, 170 },
			{ 30, 170 },  { 30, 140 },  { 64, 100 },  { 30, 60 },
			{ 30, 30 },   { 20, 30 } };
static points plus = { { 84, 12 },  { 96, 12 }, { 96, 84 },  { 168, 84 },
		       { 168, 96 }, { 96, 96 }, { 96, 168 }, { 84, 168 },
		       { 84, 96 },  { 12, 96 }, { 12, 84 },  { 84, 84 } };
static points two = { { 100, 12 },  { 142, 58 },  { 110, 58 }, { 110, 142 },
		      { 142, 142 }, { 100, 188 }, { 58, 142 }, { 90, 142 },
		      { 90, 58 },   { 58, 58 } };

struct shape {
	const char *name;
	points *dark;
	uint8_t count; /* points */
	uint8_t w, h, x, y; /* box and hot spot, like the points */
	/* About the hot spot, in eighths of a circle: 0 north, 1 north-west,
	 * 2 west, 3 north-east (5, all the same). */
	uint8_t turn;
};

#define POINTS(list) &list, sizeof(list) / sizeof((list)[0])

#define RESIZE(name, turn) \
	{ \
		name, POINTS(two), 200, 200, 100, 100, turn \
	}

static const struct shape shapes[POINTER_COUNT] = {
	[POINTER_ARROW] = { "arrow", POINTS(arrow), 130, 200, 0, 0, 0 },
	[POINTER_TEXT] = { "text", POINTS(beam), 90, 180, 46, 90, 0 },
	[POINTER_HAND] = { "hand", POINTS(hand), 170, 220, 62, 12, 0 },
	[POINTER_MOVE] = { "move", POINTS(four), 220, 220, 110, 110, 0 },
	[POINTER_WAIT] = { "wait", POINTS(glass), 150, 200, 75, 100, 0 },
	[POINTER_CROSS] = { "cross", POINTS(plus), 180, 180, 90, 90, 0 },
	[POINTER_RESIZE_N] = RESIZE("resize-n", 0),
	[POINTER_RESIZE_S] = RESIZE("resize-s", 0),
	[POINTER_RESIZE_W] = RESIZE("resize-w", 2),
	[POINTER_RESIZE_E] = RESIZE("resize-e", 2),
	[POINTER_RESIZE_NW] = RESIZE("resize-nw", 1),
	[POINTER_RESIZE_SE] = RESIZE("resize-se", 1),
	[POINTER_RESIZE_NE] = RESIZE("resize-ne", 3),
	[POINTER_RESIZE_SW] = RESIZE("resize-sw", 3),
};

struct place {
	int64_t x, y; /* UNITs */
};

int figure_pointer_find(const char *name)
{
	for (int i = 0; i < POINTER_COUNT; i++)
		if (!strcmp(shapes[i].name, name))
			return i;
	return -1;
}

/* Instead of the polygon the sample turns, the other way around. */
static struct place turned(const struct shape *shape, struct place p)
{
	int64_t x = p.x - shape->x * UNIT, y = p.y - shape->y * UNIT;
	int64_t to_x = x, to_y = y;
	if (shape->turn == 2) {
		to_x = y;
		to_y = x;
	} else if (shape->turn) {
		int64_t side = shape->turn == 1 ? 1 : -1;
		to_x = (x - side * y) * 181 / 256; /* the root of 1/2 */
		to_y = (side * x + y) * 181 / 256;
	}
	return (struct place){ to_x + shape->x * UNIT, to_y + shape->y * UNIT };
}

/* Even-odd. */
static bool is_inside(points *list, unsigned count, struct place p)
{
	bool inside = false;
	for (unsigned i = 0, j = count - 1; i < count; j = i++) {
		int64_t xi = (*list)[i][0] * UNIT, yi = (*list)[i][1] * UNIT;
		int64_t xj = (*list)[j][0] * UNIT, yj = (*list)[j][1] * UNIT;
		if ((yi > p.y) != (yj > p.y) &&
		    p.x < (xj - xi) * (p.y - yi) / (yj - yi) + xi)
			inside = !inside;
	}
	return inside;
}

/* Within RIM of an edge. */
static bool is_near(const struct shape *shape, struct place p)
{
	for (unsigned i = 0, j = shape->count - 1u; i < shape->count; j = i++) {
		const uint8_t *from = (*shape->dark)[i],
			      *to = (*shape->dark)[j];
		int64_t dx = (to[0] - from[0]) * UNIT;
		int64_t dy = (to[1] - from[1]) * UNIT;
		int64_t x = p.x - from[0] * UNIT, y = p.y - from[1] * UNIT;
		int64_t along = x * dx + y * dy, length = dx * dx + dy * dy;
		int64_t across = x * dy - y * dx, distance;
		if (along <= 0)
			distance = x * x + y * y;
		else if (along >= length)
			distance = (x - dx) * (x - dx) + (y - dy) * (y - dy);
		else
			distance = across * across / length;
		if (distance <= (int64_t)RIM * RIM)
			return true;
	}
	return false;
}

static uint32_t pixel(const struct shape *shape, uint32_t scale, int px, int py)
{
	enum { ALL = SAMPLES * SAMPLES };
	uint32_t cover = 0, dark = 0, alpha, white;

	for (int i = 0; i < ALL; i++) {
		/* Centres of samples; 10 * UNIT * 100 units a logical pixel. */
		int64_t x = (px * SAMPLES + i % SAMPLES) * 2 + 1;
		int64_t y = (py * SAMPLES + i / SAMPLES) * 2 + 1;
		struct place p = { x * 640 * 100 / (2 * SAMPLES) / scale,
				   y * 640 * 100 / (2 * SAMPLES) / scale };
		bool in;
		p = turned(shape, p);
		in = is_inside(shape->dark, shape->count, p);
		dark += in;
		if (shape->dark == &arrow)
			cover += is_inside(POINTS(arrow_outer), p);
		else
			cover += in || is_near(shape, p);
	}
	if (dark > cover)
		dark = cover;

	/* Dark with a white rim, premultiplied. */
	alpha = cover * 255 / ALL;
	white = (cover - dark) * 255 / ALL;
	return alpha << 24 | (white + dark * 0x14 / ALL) << 16 |
	       (white + dark * 0x18 / ALL) << 8 | (white + dark * 0x1e / ALL);
}

static int scaled(uint32_t scale, int value)
{
	return (int)((uint32_t)value * scale + 500) / 1000;
}

struct rect figure_pointer_rect(enum figure_pointer shape, uint32_t scale)
{
	const struct shape *s = &shapes[shape];
	return (struct rect){
		(int)(s->x * scale / 1000),
		(int)(s->y * scale / 1000),
		scaled(scale, s->w),
		scaled(scale, s->h),
	};
}

void figure_pointer_draw(enum figure_pointer shape, uint32_t scale,
			 uint32_t *pixels)
{
	struct rect r = figure_pointer_rect(shape, scale);
	for (int i = 0; i < r.w * r.h; i++)
		pixels[i] = pixel(&shapes[shape], scale, i % r.w, i / r.w);
}
