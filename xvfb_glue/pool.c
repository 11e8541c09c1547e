#define _GNU_SOURCE
#include "pool.h"

#include <fcntl.h>
#include <stdlib.h>
#include <unistd.h>
#include <xcb/shm.h>

#include "base/alloc.h"
#include "base/log.h"

enum {
	ROUND_W = 64, /* pixels: rows are then as long as the X server's */
	ROUND_H = 64,
	WIDTH_FIRST = 1024,
	SPOTS_MAX = 1024,
};

void pool_init(struct pool *pool, struct nitpicker *nitpicker,
	       struct display *display)
{
	*pool = (struct pool){ .nitpicker = nitpicker, .display = display };
	TAILQ_INIT(&pool->spots);
}

/* ---- the X server's side ---- */

static void detach(struct pool *pool)
{
	xcb_connection_t *c = pool->display->connection;

	if (!pool->segment || !c)
		return;
	for (int i = 0; i < POOL_DEPTHS; i++) {
		xcb_free_gc(c, pool->gcs[i]);
		xcb_free_pixmap(c, pool->pixmaps[i]);
	}
	xcb_shm_detach(c, pool->segment);
	pool->segment = 0;
	display_flush(pool->display);
}

void pool_detached(struct pool *pool)
{
	pool->segment = 0;
}

void pool_attach(struct pool *pool)
{
	static const uint8_t depths[POOL_DEPTHS] = { 24, 32 };
	const uint32_t values[] = { XCB_SUBWINDOW_MODE_INCLUDE_INFERIORS, 0 };
	xcb_connection_t *c = pool->display->connection;
	size_t row = nitpicker_stride(pool->nitpicker);
	int fd;

	detach(pool);
	if (!c || !pool->w || !pool->display->shared_pixmaps)
		return;
	/* xcb closes it once it is sent. */
	fd = fcntl(nitpicker_buffer_fd(pool->nitpicker), F_DUPFD_CLOEXEC, 3);
	if (fd < 0)
		return;
	pool->segment = xcb_generate_id(c);
	xcb_shm_attach_fd(c, pool->segment, fd, 0);
	for (int i = 0; i < POOL_DEPTHS; i++) {
		pool->pixmaps[i] = xcb_generate_id(c);
		xcb_shm_create_pixmap(c, pool->pixmaps[i], pool->display->root,
				      (uint16_t)(row / 4), (uint16_t)pool->h,
				      depths[i], pool->segment, 0);
		pool->gcs[i] = xcb_generate_id(c);
		xcb_create_gc(c, pool->gcs[i], pool->pixmaps[i],
			      XCB_GC_SUBWINDOW_MODE | XCB_GC_GRAPHICS_EXPOSURES,
			      values);
	}
	display_flush(pool->display);
}

/* ---- the size ---- */

static int rounded(int v, int to)
{
	return (v + to - 1) / to * to;
}

static bool resize(struct pool *pool, int w, int h)
{
	enum wire_status status;

	if (w > LIMIT_SIDE || h > LIMIT_SIDE) {
		log_warning("windows need more than a buffer can hold");
		return false;
	}
	status = nitpicker_set_buffer(pool->nitpicker, (uint32_t)w, (uint32_t)h,
				      FORMAT_ARGB8888);
	if (status != WIRE_OK) {
		log_warning("no buffer of %dx%d: %s", w, h,
			    wire_status_name(status));
		return false;
	}
	pool->w = w;
	pool->h = h;
	pool->generation++;
	pool_attach(pool);
	return true;
}

/* ---- spots ---- */

static bool is_free(const struct pool *pool, struct rect r)
{
	const struct spot *s;

	TAILQ_FOREACH(s, &pool->spots, link)
	if (!rect_is_empty(rect_intersect(s->r, r)))
		return false;
	return true;
}

static bool is_better(struct rect a, struct rect b)
{
	return a.y != b.y ? a.y < b.y : a.x < b.x;
}

/* Tries what is beside or below another spot; the uppermost place wins. */
static struct rect find(const struct pool *pool, int width, int w, int h)
{
	struct rect best = { 0, 0, w, h };
	const struct spot *a, *b;
	bool found = is_free(pool, best);

	TAILQ_FOREACH(a, &pool->spots, link)
	{
		struct rect r = { 0, a->r.y + a->r.h, w, h };

		if ((!found || is_better(r, best)) && is_free(pool, r)) {
			best = r;
			found = true;
		}
		TAILQ_FOREACH(b, &pool->spots, link)
		{
			r = (struct rect){ a->r.x + a->r.w, b->r.y, w, h };
			if (r.x + w > width || (found && !is_better(r, best)))
				continue;
			if (!is_free(pool, r))
				continue;
			best = r;
			found = true;
		}
	}
	return best;
}

bool pool_take(struct pool *pool, struct spot *spot, int w, int h)
{
	int width = pool->w ? pool->w : WIDTH_FIRST;
	struct rect r;

	if (w <= 0 || h <= 0 || w > LIMIT_SIDE || h > LIMIT_SIDE)
		return false;
	width = width < w ? rounded(w, ROUND_W) : width;
	r = find(pool, width, w, h);
	if (width > pool->w || r.y + h > pool->h) {
		int height = rounded(r.y + h, ROUND_H);

		height = height < pool->h ? pool->h : height;
		if (!resize(pool, width, height))
			return false;
	}
	spot->r = r;
	spot->used = true;
	TAILQ_INSERT_TAIL(&pool->spots, spot, link);
	return true;
}

void pool_give(struct pool *pool, struct spot *spot)
{
	if (!spot->used)
		return;
	TAILQ_REMOVE(&pool->spots, spot, link);
	*spot = (struct spot){ .used = false };
}

void pool_move(struct pool *pool, struct spot *to, struct spot *from)
{
	struct rect r = from->r;

	pool_give(pool, to);
	pool_give(pool, from);
	to->r = r;
	to->used = true;
	TAILQ_INSERT_TAIL(&pool->spots, to, link);
}

void pool_trim(struct pool *pool)
{
	const struct spot *s;
	int bottom = ROUND_H;

	TAILQ_FOREACH(s, &pool->spots, link)
	if (s->r.y + s->r.h > bottom)
		bottom = s->r.y + s->r.h;
	bottom = rounded(bottom, ROUND_H);
	if (pool->w && bottom * 2 < pool->h)
		resize(pool, pool->w, bottom);
}

void pool_finish(struct pool *pool)
{
	detach(pool);
	while (!TAILQ_EMPTY(&pool->spots))
		pool_give(pool, TAILQ_FIRST(&pool->spots));
}
