/* Pictures beside those in golden/. */
#include "suite.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

enum { TOLERANCE = 2, PATH = 512 };

static int distance_of(uint32_t a, uint32_t b)
{
	int most = 0;

	for (int shift = 0; shift < 32; shift += 8) {
		int d = abs((int)(a >> shift & 255) - (int)(b >> shift & 255));

		most = d > most ? d : most;
	}
	return most;
}

/* What differs is kept beside the test program, to be looked at. */
static void keep_wrong(const char *name, const uint32_t *pixels, uint32_t w,
		       uint32_t h)
{
	char path[PATH], error[IMAGE_ERROR_MAX];
	const char *folder = getenv("TMPDIR");
	int fd;

	snprintf(path, sizeof(path), "%s/gallery-%s", folder ? folder : "/tmp",
		 name);
	fd = open(path, O_CREAT | O_TRUNC | O_WRONLY, 0644);
	if (fd < 0)
		return;
	image_save_png(fd, pixels, w * 4, w, h, error);
	close(fd);
}

void golden_compare(const char *name, const uint32_t *pixels, int width,
		    int height)
{
	uint32_t w = (uint32_t)width, h = (uint32_t)height;
	const char *write = getenv("GALLERY");
	char path[PATH], error[IMAGE_ERROR_MAX];
	struct image image;
	int wrong = 0, fd;

	snprintf(path, sizeof(path), GOLDEN "/%s", name);
	fd = open(path, write ? O_CREAT | O_TRUNC | O_WRONLY : O_RDONLY, 0644);
	ck_assert_msg(fd >= 0, "%s", path);
	if (write) {
		ck_assert(image_save_png(fd, pixels, w * 4, w, h, error));
		close(fd);
		return;
	}
	ck_assert_msg(image_load_png(fd, &image, error), "%s: %s", path, error);
	close(fd);
	ck_assert_uint_eq(image.w, w);
	ck_assert_uint_eq(image.h, h);
	for (size_t i = 0; i < (size_t)w * h; i++)
		wrong += distance_of(image.pixels[i] | 0xff000000,
				     pixels[i] | 0xff000000) > TOLERANCE;
	image_finish(&image);
	if (wrong)
		keep_wrong(name, pixels, w, h);
	ck_assert_msg(wrong == 0, "%s: %d pixels differ", path, wrong);
}
