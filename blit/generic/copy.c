/* The reference: copies, conversions and fills. Loops are plain, so that
 * compilers vectorise them. */
#include "blit/generic/dither.h"
#include "blit/generic/pixel.h"
#include "blit/generic/row.h"

#include <string.h>

void generic_stream_8888(const struct blit_walk *walk)
{
	for (int y = 0; y < walk->h; y++)
		memcpy(row_to(walk, y), row_from(walk, y), (size_t)walk->w * 4);
}

void generic_copy_opaque(const struct blit_walk *walk)
{
	for (int y = 0; y < walk->h; y++) {
		blit_word *d = row_to(walk, y);
		const blit_word *s = row_from(walk, y);

		for (int x = 0; x < walk->w; x++)
			d[x] = s[x] | walk->opaque;
	}
}

void generic_copy_8888_565(const struct blit_walk *walk)
{
	for (int y = 0; y < walk->h; y++) {
		blit_half *d = row_to(walk, y);
		const blit_word *s = row_from(walk, y);

		for (int x = 0; x < walk->w; x++)
			d[x] = to_565(s[x]);
	}
}

void generic_copy_565_8888(const struct blit_walk *walk)
{
	for (int y = 0; y < walk->h; y++) {
		blit_word *d = row_to(walk, y);
		const blit_half *s = row_from(walk, y);

		for (int x = 0; x < walk->w; x++)
			d[x] = from_565(s[x]);
	}
}

/* ---- dither ---- */

static uint32_t add_saturated(uint32_t p, uint32_t add)
{
	uint32_t result = 0;

	for (unsigned shift = 0; shift < 32; shift += 8) {
		uint32_t c = (p >> shift & 0xff) + (add >> shift & 0xff);

		result |= (c > 0xff ? 0xff : c) << shift;
	}
	return result;
}

void generic_dither(const struct blit_walk *walk)
{
	for (int y = 0; y < walk->h; y++) {
		blit_half *d = row_to(walk, y);
		const blit_word *s = row_from(walk, y);

		for (int x = 0; x < walk->w; x++)
			d[x] = to_565(add_saturated(
				s[x],
				dither_at((walk->color & 7) + (unsigned)x,
					  (walk->color >> 3) + (unsigned)y)));
	}
}

/* ---- red and blue ---- */

void generic_swap_8888(const struct blit_walk *walk)
{
	for (int y = 0; y < walk->h; y++) {
		blit_word *d = row_to(walk, y);
		const blit_word *s = row_from(walk, y);

		for (int x = 0; x < walk->w; x++)
			d[x] = (s[x] & 0xff00ff00u) | (s[x] & 0xff) << 16 |
			       (s[x] >> 16 & 0xff) | walk->opaque;
	}
}

void generic_swap_565(const struct blit_walk *walk)
{
	for (int y = 0; y < walk->h; y++) {
		blit_half *d = row_to(walk, y);
		const blit_half *s = row_from(walk, y);

		for (int x = 0; x < walk->w; x++)
			d[x] = (uint16_t)((s[x] & 0x07e0) | s[x] << 11 |
					  s[x] >> 11);
	}
}

/* ---- fill ---- */

void generic_fill_8888(const struct blit_walk *walk)
{
	for (int y = 0; y < walk->h; y++) {
		blit_word *d = row_to(walk, y);

		for (int x = 0; x < walk->w; x++)
			d[x] = walk->color;
	}
}

void generic_stream_fill(const struct blit_walk *walk)
{
	generic_fill_8888(walk);
}

void generic_fill_565(const struct blit_walk *walk)
{
	for (int y = 0; y < walk->h; y++) {
		blit_half *d = row_to(walk, y);

		for (int x = 0; x < walk->w; x++)
			d[x] = (uint16_t)walk->color;
	}
}
