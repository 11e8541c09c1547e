/* Pictures from anybody: headers, sizes, rows; through the scaler, too. */
#include <sys/mman.h>
#include <unistd.h>

#include "scout/image/decode/jpeg.h"
#include "scout/image/image.h"

enum { SMALL = 1 << 16, W = 7, H = 5 };

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

struct reading {
	struct image_scaler *scaler;
	uint32_t sum;
};

static bool row(void *user, uint32_t y, const uint32_t *pixels)
{
	struct reading *reading = user;

	reading->sum += y + pixels[0] + pixels[W - 1];
	return true;
}

/* Large ones are refused here only because they take long. */
static bool begin(void *user, uint32_t w, uint32_t h, bool alpha)
{
	struct reading *reading = user;
	const struct image_sink to = { .row = row, .user = reading };

	(void)alpha;
	if ((uint64_t)w * h > SMALL)
		return false;
	reading->scaler = image_scaler_create(w, h, W, H, &to);
	return true;
}

static bool scaled_row(void *user, uint32_t y, const uint32_t *pixels)
{
	return image_scaler_row(((struct reading *)user)->scaler, y, pixels);
}

static void want(void *user, uint32_t *w, uint32_t *h)
{
	(void)user;
	*w = *w / 3 + 1;
	*h = *h / 3 + 1;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct reading reading = { 0 };
	const struct image_sink sink = { .begin = begin,
					 .row = scaled_row,
					 .user = &reading };
	char error[IMAGE_ERROR_MAX];
	int fd;

	if (size > 2 && data[0] == 0xff) {
		jpeg_read(data, size, want, &sink, error);
	} else {
		fd = memfd_create("png", MFD_CLOEXEC);
		if (write(fd, data, size) == (ssize_t)size &&
		    lseek(fd, 0, SEEK_SET) == 0)
			image_read_png(fd, &sink, error);
		close(fd);
	}
	image_scaler_destroy(reading.scaler);
	return 0;
}
