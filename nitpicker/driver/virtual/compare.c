#include "compare.h"

#include <stdlib.h>

enum { RED = 0xff2020, BLUE = 0x203060 };

static bool channel_equal(uint32_t a, uint32_t b, int shift, int tolerance)
{
	return abs((int)(a >> shift & 0xff) - (int)(b >> shift & 0xff)) <=
	       tolerance;
}

static bool pixel_equal(uint32_t a, uint32_t b, int tolerance)
{
	return a == b || (channel_equal(a, b, 16, tolerance) &&
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
static void look(struct comparison *comparison, struct picture *shown,
		 const struct picture *expected)
{
	for (int y = 0; y < shown->h; y++) {
		size_t row = (size_t)y * (size_t)shown->w;

		for (int x = 0; x < shown->w; x++) {
			uint32_t *pixel = &shown->pixels[row + (size_t)x];

			if (is_masked(comparison, x, y)) {
				*pixel = BLUE;
			} else if (pixel_equal(
					   *pixel,
					   expected->pixels[row + (size_t)x],
					   comparison->tolerance)) {
				*pixel = dark_grey(*pixel);
			} else {
				comparison->differing++;
				*pixel = RED;
			}
		}
	}
}

const char *comparison_run(struct comparison *comparison,
			   const struct blit_surface *surface, int fd)
{
	struct picture expected, shown;
	const char *problem = picture_load(&expected, fd);

	if (problem) {
		return problem;
	}
	if (expected.w != surface->width || expected.h != surface->height) {
		problem = "has another size";
		goto out;
	}
	problem = picture_copy(&shown, surface);
	if (problem) {
		goto out;
	}
	look(comparison, &shown, &expected);
	comparison->difference = shown;
out:
	picture_finish(&expected);
	return problem;
}

const char *comparison_save(const struct comparison *comparison, int fd)
{
	return picture_save(&comparison->difference, fd);
}

void comparison_finish(struct comparison *comparison)
{
	picture_finish(&comparison->difference);
}
