#include "backdrop/picture.h"

enum {
	TOP = 0x22303f, /* 0xrrggbb */
	BOTTOM = 0x121a24,
	CELL = 4, /* pixels, side of the dither pattern */
};

/* One channel of the gradient in sixteenths, rounded down. */
static uint32_t channel(int shift, int y, int height)
{
	int top = TOP >> shift & 0xff, bottom = BOTTOM >> shift & 0xff;

	return (uint32_t)(top * 16 + (bottom - top) * 16 * y / height);
}

/*
 * The colours lie so close together that plain rows would show as stripes, so
 * fractions are spread over a pattern of 4x4 pixels.
 */
static void fill_gradient(const struct blit_surface *target, int x, int y,
			  int w, int h)
{
	static const uint8_t pattern[CELL][CELL] = {
		{ 0, 8, 2, 10 },
		{ 12, 4, 14, 6 },
		{ 3, 11, 1, 9 },
		{ 15, 7, 13, 5 },
	};

	for (int row = y; row < y + h; row++) {
		uint32_t *pixels = (uint32_t *)((uint8_t *)target->pixels +
						row * target->stride);
		uint32_t r = channel(16, row, target->height);
		uint32_t g = channel(8, row, target->height);
		uint32_t b = channel(0, row, target->height);
		uint32_t cell[CELL];

		for (int i = 0; i < CELL; i++) {
			uint32_t d = pattern[row % CELL][i];

			cell[i] = 0xff000000u | (r + d) / 16 << 16 |
				  (g + d) / 16 << 8 | (b + d) / 16;
		}
		for (int i = x; i < x + w; i++)
			pixels[i] = cell[i % CELL];
	}
}

void picture_plain(const struct blit_surface *target)
{
	fill_gradient(target, 0, 0, target->width, target->height);
}

struct painter {
	const struct blit_surface *target;
	int w, h; /* part of the target that the image covers */
	bool alpha;
};

static int smaller(uint32_t a, int b)
{
	return a < (uint32_t)b ? (int)a : b;
}

/* Touches each pixel of the target once: what the image will cover is left
 * alone where it is opaque. */
static bool begin(void *user, uint32_t w, uint32_t h, bool alpha)
{
	struct painter *painter = user;
	const struct blit_surface *target = painter->target;

	painter->w = smaller(w, target->width);
	painter->h = smaller(h, target->height);
	painter->alpha = alpha;
	if (alpha) {
		picture_plain(target);
		return true;
	}
	fill_gradient(target, painter->w, 0, target->width - painter->w,
		      painter->h);
	fill_gradient(target, 0, painter->h, target->width,
		      target->height - painter->h);
	return true;
}

static bool add_row(void *user, uint32_t y, const uint32_t *pixels)
{
	const struct painter *painter = user;
	const struct blit_surface *target = painter->target;
	struct blit_surface row = {
		/* Only read from. */
		.pixels = (void *)(uintptr_t)pixels,
		.width = painter->w,
		.height = 1,
		.format = BLIT_ARGB8888,
	};
	struct blit_area area = { 0, (int)y, painter->w, 1, 0, 0 };

	if (y >= (uint32_t)painter->h)
		return false;
	if (painter->alpha)
		blit_over(target, &row, area);
	else
		blit_copy(target, &row, area);
	return true;
}

bool picture_image(const struct blit_surface *target, int fd,
		   char error[IMAGE_ERROR_MAX])
{
	struct painter painter = { .target = target };
	const struct image_sink sink = { begin, add_row, &painter };

	if (image_read_png(fd, &sink, error))
		return true;
	picture_plain(target);
	return false;
}
