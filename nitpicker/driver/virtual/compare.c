#include "compare.h"

#include <stdio.h>
#include <stdlib.h>

enum { RED = 0xff2020, BLUE = 0x203060 };

static bool channel_equal(uint32_t a, uint32_t b, int shift, int tolerance)
{
	return abs((int)(a >> shift & 0xff) - (int)(b >> shift & 0xff)) <=
	       tolerance;
}

static bool pixel_equal(uint32_t a, uint32_t b, int tolerance)
{
	return (a ^ b) << 8 == 0 || (channel_equal(a, b, 16, tolerance) &&
				     channel_equal(a, b, 8, tolerance) &&
				     channel_equal(a, b, 0, tolerance));
}

static bool is_masked(const struct comparison *comparison, int x, int y)
{
	for (size_t i = 0; i < comparison->mask_count; i++) {
		if (rect_has_point(comparison->masks[i], x, y)) {
			return true;
		}
	}
	return false;
}

/* A third of its brightness, so that red and blue stand out. */
static uint32_t dark_grey(uint32_t pixel)
{
	uint32_t sum = (pixel >> 16 & 0xff) + (pixel >> 8 & 0xff) +
		       (pixel & 0xff);

	return sum / 9 * 0x010101;
}

/* Turns `shown` into the picture of the differences. */
static void look(struct comparison *comparison, struct image *shown,
		 const struct image *expected)
{
	for (uint32_t y = 0; y < shown->h; y++) {
		size_t row = y * (size_t)shown->w;

		for (uint32_t x = 0; x < shown->w; x++) {
			uint32_t *pixel = &shown->pixels[row + x];

			if (is_masked(comparison, (int)x, (int)y)) {
				*pixel = BLUE;
			} else if (pixel_equal(*pixel,
					       expected->pixels[row + x],
					       comparison->tolerance)) {
				*pixel = dark_grey(*pixel);
			} else {
				comparison->differing++;
				*pixel = RED;
			}
		}
	}
}

bool comparison_run(struct comparison *comparison,
		    const struct blit_surface *surface, int fd,
		    char error[IMAGE_ERROR_MAX])
{
	struct image expected;
	bool compared = false;

	if (!image_load_png(fd, &expected, error)) {
		return false;
	}
	if (expected.w != (uint32_t)surface->width ||
	    expected.h != (uint32_t)surface->height) {
		snprintf(error, IMAGE_ERROR_MAX, "has another size: %ux%u",
			 expected.w, expected.h);
	} else if (picture_copy(&comparison->difference, surface, error)) {
		look(comparison, &comparison->difference, &expected);
		compared = true;
	}
	image_finish(&expected);
	return compared;
}

void comparison_finish(struct comparison *comparison)
{
	image_finish(&comparison->difference);
}
