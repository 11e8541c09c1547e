#include "painter.h"

#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "scout/image/spawn.h"

/* Pages are made some at a time: cheaper than one by one, and behind whoever
 * else makes them. */
enum { HEAD_BYTES = 4096, READY_BYTES = 512 << 10 };

/* c * a / 255, rounded to nearest */
static uint32_t scale(uint32_t c, uint32_t a)
{
	uint32_t t = c * a + 128;

	return (t + (t >> 8)) >> 8;
}

static uint32_t weaken(uint32_t p, uint32_t a)
{
	return scale(p >> 24, a) << 24 | scale(p >> 16 & 255, a) << 16 |
	       scale(p >> 8 & 255, a) << 8 | scale(p & 255, a);
}

/* Saturates, should colours exceed their alpha. */
static uint32_t over(uint32_t to, uint32_t from)
{
	uint32_t rest = weaken(to, 255 - (from >> 24)), sum = 0;

	for (int shift = 0; shift < 32; shift += 8) {
		uint32_t c = (rest >> shift & 255) + (from >> shift & 255);

		sum |= (c > 255 ? 255 : c) << shift;
	}
	return sum;
}

/* ---- where it goes ---- */

static struct rect place_of(const struct painter *painter, uint32_t w,
			    uint32_t h)
{
	const struct image_target *target = &painter->target;

	if (!target->stride && w <= target->w && h <= target->h)
		return (struct rect){ 0, 0, (int)w, (int)h };

	struct rect r = image_placed(&painter->place, w, h, target->w,
				     target->h);

	/* Memory of its own is as large as the picture. */
	if (!target->stride)
		r.x = r.y = 0;
	return r;
}

void painter_want(void *user, uint32_t *w, uint32_t *h)
{
	struct painter *painter = user;
	struct rect r = place_of(painter, *w, *h);

	painter->full_w = *w;
	painter->full_h = *h;
	*w = (uint32_t)r.w;
	*h = (uint32_t)r.h;
}

static bool map_target(struct painter *painter)
{
	struct image_target *target = &painter->target;
	size_t head = 0;

	if (!target->stride) {
		head = HEAD_BYTES;
		target->w = (uint32_t)painter->r.w;
		target->h = (uint32_t)painter->r.h;
		target->stride = (size_t)target->w * 4;
	}
	painter->mapped = head + target->stride * target->h;
	if (head && ftruncate(target->fd, (off_t)painter->mapped) < 0)
		return false;
	painter->memory = mmap(NULL, painter->mapped, PROT_READ | PROT_WRITE,
			       MAP_SHARED, target->fd, 0);
	if (painter->memory == MAP_FAILED) {
		painter->memory = NULL;
		return false;
	}
	painter->pixels = painter->memory + head;
	if (head)
		*(struct decode_head *)painter->memory = (struct decode_head){
			.magic = DECODE_MAGIC,
			.w = target->w,
			.h = target->h,
			.full_w = painter->full_w,
			.full_h = painter->full_h,
			.alpha = painter->alpha,
		};
	return true;
}

/* ---- rows ---- */

/* A row of the target is going to be written. */
static void make_ready(struct painter *painter, size_t row)
{
	size_t at = (size_t)(painter->pixels - painter->memory) +
		    row * painter->target.stride;
	size_t end = at + painter->target.stride, bytes;

	if (end <= painter->ready)
		return;
	/* What is above the picture is not needed. */
	at -= at % HEAD_BYTES;
	at = at > painter->ready ? at : painter->ready;
	bytes = painter->mapped - at;
	bytes = bytes > READY_BYTES ? READY_BYTES : bytes;
	bytes = bytes < end - at ? end - at : bytes;
	madvise(painter->memory + at, bytes, MADV_POPULATE_WRITE);
	painter->ready = at + bytes - bytes % HEAD_BYTES;
}

/* Pixels [0, w) at (x, y), cut at the edges of the target. */
static void put(struct painter *painter, int64_t x, int64_t y,
		const uint32_t *pixels, uint32_t w)
{
	const struct image_target *target = &painter->target;
	int64_t begin = x < 0 ? -x : 0;
	int64_t end = x + w > target->w ? target->w - x : w;
	uint32_t alpha = painter->place.alpha;

	if (y < 0 || y >= target->h || end <= begin)
		return;
	uint32_t *to = (uint32_t *)(painter->pixels +
				    (size_t)y * target->stride) +
		       x + begin;

	pixels += begin;
	make_ready(painter, (size_t)y);
	if (to == pixels) /* decoded there */
		return;
	if (!painter->alpha && alpha == 255) {
		memcpy(to, pixels, (size_t)(end - begin) * 4);
		return;
	}
	for (int64_t i = 0; i < end - begin; i++)
		to[i] = over(to[i], weaken(pixels[i], alpha));
}

static bool scaled_row(void *user, uint32_t y, const uint32_t *pixels)
{
	struct painter *painter = user;
	const struct rect *r = &painter->r;

	if (painter->tile) {
		memcpy(painter->tile + (size_t)y * (size_t)r->w, pixels,
		       (size_t)r->w * 4);
		return true;
	}
	put(painter, r->x, (int64_t)r->y + y, pixels, (uint32_t)r->w);
	return (int64_t)r->y + y + 1 < painter->target.h;
}

bool painter_row(void *user, uint32_t y, const uint32_t *pixels)
{
	struct painter *painter = user;

	if (painter->scaler)
		return image_scaler_row(painter->scaler, y, pixels);
	return scaled_row(painter, y, pixels);
}

uint32_t *painter_place(void *user, uint32_t y)
{
	struct painter *painter = user;
	const struct rect *r = &painter->r;
	int64_t row = (int64_t)r->y + y;

	if (painter->scaler || painter->tile || painter->place.alpha != 255)
		return NULL;
	if (r->x < 0 || (int64_t)r->x + r->w > painter->target.w || row < 0 ||
	    row >= painter->target.h)
		return NULL;
	make_ready(painter, (size_t)row);
	return (uint32_t *)(painter->pixels +
			    (size_t)row * painter->target.stride) +
	       r->x;
}

static bool covers(const struct painter *painter)
{
	const struct rect *r = &painter->r;
	bool all = painter->place.tiled ||
		   (r->x <= 0 && r->y <= 0 &&
		    (int64_t)r->x + r->w >= painter->target.w &&
		    (int64_t)r->y + r->h >= painter->target.h);

	return all && !painter->alpha && painter->place.alpha == 255;
}

bool painter_begin(void *user, uint32_t w, uint32_t h, bool alpha)
{
	struct painter *painter = user;
	const struct image_sink to = { .row = scaled_row, .user = painter };
	struct rect *r = &painter->r;

	/* Rows of a JPEG may come already made smaller. */
	if (!painter->full_w) {
		painter->full_w = w;
		painter->full_h = h;
	}
	*r = place_of(painter, painter->full_w, painter->full_h);
	painter->alpha = alpha;
	painter->uncovered = painter->cover && !covers(painter);
	if (painter->uncovered)
		return false;
	if (r->w > IMAGE_SIDE_MAX * 4 || r->h > IMAGE_SIDE_MAX * 4)
		return false;
	if (!map_target(painter))
		return false;
	if (painter->place.tiled) {
		painter->tile = malloc((size_t)r->w * (size_t)r->h * 4);
		if (!painter->tile)
			return false;
	}
	if (r->w != (int)w || r->h != (int)h)
		painter->scaler = image_scaler_create(w, h, (uint32_t)r->w,
						      (uint32_t)r->h, &to);
	return true;
}

/* The first multiple of `step` from `at` that reaches into the target. */
static int64_t first_tile(int64_t at, int64_t step)
{
	int64_t rest = at % step;

	return rest > 0 ? rest - step : rest;
}

static void put_tiles(struct painter *painter)
{
	const struct rect *r = &painter->r;

	for (int64_t y = first_tile(r->y, r->h); y < painter->target.h;
	     y += r->h)
		for (int row = 0; row < r->h; row++)
			for (int64_t x = first_tile(r->x, r->w);
			     x < painter->target.w; x += r->w)
				put(painter, x, y + row,
				    painter->tile + (size_t)row * (size_t)r->w,
				    (uint32_t)r->w);
}

void painter_finish(struct painter *painter)
{
	if (painter->tile && painter->pixels)
		put_tiles(painter);
	free(painter->tile);
	image_scaler_destroy(painter->scaler);
	if (painter->memory)
		munmap(painter->memory, painter->mapped);
}
