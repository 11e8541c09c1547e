/*
 * Scaling of rows that come one by one. Columns and rows alike: where it gets
 * smaller each pixel counts as far as it lies under the new one, where it gets
 * larger the two nearest are mixed. Sums are of light, not of sRGB values.
 */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "scout/image/image.h"

enum { CHANNELS = 4, LEVELS = 16384 };

/* Which pixels of the source make one of the target. */
struct part {
	uint32_t first, count;
	uint32_t weights; /* index of the first */
};

struct axis {
	uint32_t from, to;
	struct part *parts; /* `to` of them */
	float *weights;
};

struct image_scaler {
	struct axis x, y;
	struct image_sink to;
	float light[256];
	uint8_t value[LEVELS + 1];
	float *line; /* one row of the source in light */
	float *row; /* the same, of the target's width */
	/* Getting smaller: rows of the target that aren't complete. Larger:
	 * the last two of the source. */
	float *sums[2];
	uint32_t *pixels;
	uint32_t next; /* first row that isn't complete */
};

static void axis_init(struct axis *axis, uint32_t from, uint32_t to)
{
	double step = (double)from / to;
	uint32_t most = (uint32_t)ceil(step) + 2, used = 0;

	axis->from = from;
	axis->to = to;
	axis->parts = xcalloc(to, sizeof(*axis->parts));
	axis->weights = xcalloc((size_t)to * most, sizeof(*axis->weights));
	for (uint32_t i = 0; i < to; i++) {
		/* Enlarging: as if each new pixel were one old one wide. */
		double middle = (i + 0.5) * step, half = fmax(step, 1) / 2;
		double begin = fmax(middle - half, 0);
		double end = fmin(middle + half, from);
		struct part *part = &axis->parts[i];
		uint32_t last = (uint32_t)fmin(ceil(end - 1e-9), from);

		part->first = (uint32_t)(begin + 1e-9);
		part->count = last > part->first ? last - part->first : 1;
		part->weights = used;
		for (uint32_t k = 0; k < part->count; k++) {
			double low = fmax(begin, part->first + k);
			double high = fmin(end, part->first + k + 1);

			axis->weights[used++] = (float)(fmax(high - low, 0) /
							(end - begin));
		}
	}
}

static void axis_finish(struct axis *axis)
{
	free(axis->parts);
	free(axis->weights);
}

struct image_scaler *image_scaler_create(uint32_t from_w, uint32_t from_h,
					 uint32_t w, uint32_t h,
					 const struct image_sink *to)
{
	struct image_scaler *scaler = xcalloc(1, sizeof(*scaler));

	scaler->to = *to;
	axis_init(&scaler->x, from_w, w);
	axis_init(&scaler->y, from_h, h);
	for (int i = 0; i < 256; i++) {
		float v = (float)i / 255;

		scaler->light[i] = v <= 0.04045f
					   ? v / 12.92f
					   : powf((v + 0.055f) / 1.055f, 2.4f);
	}
	for (int i = 0; i <= LEVELS; i++) {
		float v = (float)i / LEVELS;

		v = v <= 0.0031308f ? v * 12.92f
				    : 1.055f * powf(v, 1 / 2.4f) - 0.055f;
		scaler->value[i] = (uint8_t)(v * 255 + 0.5f);
	}
	scaler->line = xcalloc((size_t)from_w * CHANNELS, sizeof(float));
	scaler->row = xcalloc((size_t)w * CHANNELS, sizeof(float));
	for (int i = 0; i < 2; i++)
		scaler->sums[i] = xcalloc((size_t)w * CHANNELS, sizeof(float));
	scaler->pixels = xcalloc(w, sizeof(*scaler->pixels));
	return scaler;
}

void image_scaler_destroy(struct image_scaler *scaler)
{
	if (!scaler)
		return;
	axis_finish(&scaler->x);
	axis_finish(&scaler->y);
	free(scaler->line);
	free(scaler->row);
	free(scaler->sums[0]);
	free(scaler->sums[1]);
	free(scaler->pixels);
	free(scaler);
}

/* Premultiplied light. */
static void to_light(struct image_scaler *scaler, const uint32_t *pixels)
{
	float *to = scaler->line;

	for (uint32_t x = 0; x < scaler->x.from; x++, to += CHANNELS) {
		uint32_t p = pixels[x], a = p >> 24;
		float k = (float)a / 255;

		for (int c = 0; c < 3; c++) {
			uint32_t v = p >> 8 * c & 255;

			if (a != 255)
				v = a ? (v * 255 + a / 2) / a : 0;
			to[c] = scaler->light[v > 255 ? 255 : v] * k;
		}
		to[3] = k;
	}
}

static void scale_line(struct image_scaler *scaler)
{
	const struct axis *axis = &scaler->x;

	for (uint32_t x = 0; x < axis->to; x++) {
		const struct part *part = &axis->parts[x];
		const float *from = scaler->line +
				    (size_t)part->first * CHANNELS;
		const float *weights = axis->weights + part->weights;
		float sum[CHANNELS] = { 0 };

		for (uint32_t k = 0; k < part->count; k++)
			for (int c = 0; c < CHANNELS; c++)
				sum[c] += weights[k] * from[k * CHANNELS + c];
		memcpy(scaler->row + (size_t)x * CHANNELS, sum, sizeof(sum));
	}
}

static uint32_t level(const struct image_scaler *scaler, float light)
{
	int i = (int)(light * LEVELS + 0.5f);

	return scaler->value[i < 0 ? 0 : i > LEVELS ? LEVELS : i];
}

static bool hand_over(struct image_scaler *scaler, const float *sums,
		      uint32_t y)
{
	for (uint32_t x = 0; x < scaler->x.to; x++, sums += CHANNELS) {
		float k = sums[3];
		uint32_t a = (uint32_t)(k * 255 + 0.5f);
		uint32_t p = a << 24;

		for (int c = 0; c < 3 && a; c++) {
			uint32_t v = level(scaler, sums[c] / k);

			p |= (v * a + 127) / 255 << 8 * c;
		}
		scaler->pixels[x] = p;
	}
	return scaler->to.row(scaler->to.user, y, scaler->pixels);
}

static void add(float *sums, const float *row, float weight, size_t count)
{
	for (size_t i = 0; i < count; i++)
		sums[i] += weight * row[i];
}

/* What row y adds to the rows of the target. */
static bool shrink(struct image_scaler *scaler, uint32_t y, size_t count)
{
	const struct axis *axis = &scaler->y;

	for (uint32_t i = scaler->next; i < axis->to; i++) {
		const struct part *part = &axis->parts[i];
		float *sums = scaler->sums[i & 1];

		if (y < part->first)
			break;
		add(sums, scaler->row,
		    axis->weights[part->weights + y - part->first], count);
		if (y + 1 < part->first + part->count)
			continue;
		scaler->next = i + 1;
		if (!hand_over(scaler, sums, i))
			return false;
		memset(sums, 0, count * sizeof(*sums));
	}
	return true;
}

/* The rows of the target that need none below y. */
static bool enlarge(struct image_scaler *scaler, uint32_t y, size_t count)
{
	const struct axis *axis = &scaler->y;

	memcpy(scaler->sums[y & 1], scaler->row, count * sizeof(float));
	for (; scaler->next < axis->to; scaler->next++) {
		const struct part *part = &axis->parts[scaler->next];

		if (part->first + part->count - 1 > y)
			break;
		memset(scaler->row, 0, count * sizeof(float));
		for (uint32_t k = 0; k < part->count; k++)
			add(scaler->row, scaler->sums[(part->first + k) & 1],
			    axis->weights[part->weights + k], count);
		if (!hand_over(scaler, scaler->row, scaler->next))
			return false;
	}
	return true;
}

bool image_scaler_row(struct image_scaler *scaler, uint32_t y,
		      const uint32_t *pixels)
{
	size_t count = (size_t)scaler->x.to * CHANNELS;

	to_light(scaler, pixels);
	scale_line(scaler);
	if (scaler->y.from > scaler->y.to)
		return shrink(scaler, y, count);
	return enlarge(scaler, y, count);
}
