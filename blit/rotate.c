/* Turned and mirrored copies, in tiles that stay in the cache. */
#include "blit/blit.h"

#include "blit/walk_private.h"

/* Pixels of a tile, in the destination: whole cache lines wide, and few enough
 * rows of both sides for their pages to be known to the processor. */
enum { TILE_W = 32, TILE_H = 32, LINE = 64 /* bytes */ };

static struct blit_walk upside_down(struct blit_walk walk)
{
	walk.to += (walk.h - 1) * walk.to_stride;
	walk.to_stride = -walk.to_stride;
	return walk;
}

/*
 * Asks for the cache lines of a rectangle, w bytes wide. The processor's own
 * prefetching doesn't follow short rows that lie pages apart, and each line
 * alone would be waited for.
 */
static void fetch(const uint8_t *first, ptrdiff_t stride, ptrdiff_t w, int h)
{
	for (; h > 0; h--, first += stride)
		for (ptrdiff_t i = 0; i < w; i += LINE)
			__builtin_prefetch(first + i);
}

/*
 * One tile. `turn` works within one format and the cache; what must be
 * converted, or is written past the cache, is turned aside first.
 */
static void tile(blit_fn *turn, bool is_transposed,
		 const struct blit_walk *walk, const struct blit_surface *to,
		 const struct blit_surface *from)
{
	const struct blit_implementation *chosen = blit_chosen();
	uint32_t pixels[TILE_W * TILE_H];
	struct blit_walk aside = *walk, rest = *walk;
	bool is_same = to->format == from->format;

	if (is_transposed)
		fetch(walk->from, walk->from_stride,
		      (ptrdiff_t)walk->h * blit_bytes_per_pixel(from->format),
		      walk->w);
	if (is_transposed && !to->slow_read)
		fetch(walk->to, walk->to_stride,
		      (ptrdiff_t)walk->w * blit_bytes_per_pixel(to->format),
		      walk->h);
	if (is_same && (!to->slow_read || to->format == BLIT_RGB565)) {
		turn(walk);
		return;
	}
	aside.to = (uint8_t *)pixels;
	aside.to_stride = (ptrdiff_t)walk->w *
			  blit_bytes_per_pixel(from->format);
	turn(&aside);
	rest.from = aside.to;
	rest.from_stride = aside.to_stride;
	if (is_same)
		chosen->stream_8888(&rest);
	else
		blit_convert(chosen, &rest, to->format, from->format);
}

/* The width of the first tile, so that others begin with a cache line. */
static int first_width(const struct blit_walk *walk, int size)
{
	int bytes = (int)(-(uintptr_t)walk->to % LINE);

	return bytes % size || !bytes ? TILE_W : bytes / size;
}

/*
 * `walk` as for mirror or transpose, of the whole area. A tile at column x of
 * the destination begins at row x of the source where it is transposed, else
 * its columns end at the source's.
 */
static void tiles(blit_fn *turn, bool is_transposed,
		  const struct blit_walk *walk, const struct blit_surface *to,
		  const struct blit_surface *from)
{
	int to_size = blit_bytes_per_pixel(to->format);
	int from_size = blit_bytes_per_pixel(from->format);
	int w = first_width(walk, to_size);

	for (int x = 0; x < walk->w; x += w, w = TILE_W) {
		if (w > walk->w - x)
			w = walk->w - x;
		for (int y = 0; y < walk->h; y += TILE_H) {
			struct blit_walk part = *walk;
			ptrdiff_t column = is_transposed ? y : walk->w - x - w;
			ptrdiff_t row = is_transposed ? x : y;

			part.w = w;
			part.h = walk->h - y < TILE_H ? walk->h - y : TILE_H;
			part.to += y * walk->to_stride + (ptrdiff_t)x * to_size;
			part.from += row * walk->from_stride +
				     column * from_size;
			tile(turn, is_transposed, &part, to, from);
		}
	}
}

void blit_rotate(const struct blit_surface *to, const struct blit_surface *from,
		 struct blit_area area, enum blit_turn turn, bool flip)
{
	if (area_is_empty(area))
		return;

	const struct blit_implementation *chosen = blit_chosen();
	bool is_transposed = turn == BLIT_TURN_90 || turn == BLIT_TURN_270;
	bool is_565 = from->format == BLIT_RGB565;
	struct blit_walk walk = walk_init(to, from, area);

	/* What is turned by 180 or, read from below, by 90 degrees begins at
	 * the source's last row. */
	if (turn == BLIT_TURN_180 ||
	    (is_transposed && flip == (turn == BLIT_TURN_270))) {
		int rows = is_transposed ? area.w : area.h;

		walk.from += (rows - 1) * from->stride;
		walk.from_stride = -from->stride;
	}
	if (turn == BLIT_TURN_270)
		walk = upside_down(walk);
	if (is_transposed) {
		tiles(is_565 ? chosen->transpose_565 : chosen->transpose_8888,
		      true, &walk, to, from);
	} else if ((turn == BLIT_TURN_0) == flip) {
		tiles(is_565 ? chosen->mirror_565 : chosen->mirror_8888, false,
		      &walk, to, from);
	} else {
		/* Rows as they are, forwards or backwards. */
		struct blit_surface rows = *from;

		rows.pixels = (uint8_t *)walk.from;
		rows.stride = walk.from_stride;
		area.sx = area.sy = 0;
		blit_copy(to, &rows, area);
	}
}
