/* The reference: mirrored and transposed copies, and what scaling needs. */
#include "blit/generic/pixel.h"
#include "blit/generic/row.h"

void generic_mirror_8888(const struct blit_walk *walk)
{
	for (int y = 0; y < walk->h; y++) {
		blit_word *d = row_to(walk, y);
		const blit_word *s = row_from(walk, y);

		for (int x = 0; x < walk->w; x++)
			d[x] = s[walk->w - 1 - x];
	}
}

void generic_mirror_565(const struct blit_walk *walk)
{
	for (int y = 0; y < walk->h; y++) {
		blit_half *d = row_to(walk, y);
		const blit_half *s = row_from(walk, y);

		for (int x = 0; x < walk->w; x++)
			d[x] = s[walk->w - 1 - x];
	}
}

void generic_transpose_8888(const struct blit_walk *walk)
{
	for (int y = 0; y < walk->h; y++) {
		blit_word *d = row_to(walk, y);

		for (int x = 0; x < walk->w; x++)
			d[x] = ((const blit_word *)row_from(walk, x))[y];
	}
}

void generic_transpose_565(const struct blit_walk *walk)
{
	for (int y = 0; y < walk->h; y++) {
		blit_half *d = row_to(walk, y);

		for (int x = 0; x < walk->w; x++)
			d[x] = ((const blit_half *)row_from(walk, x))[y];
	}
}

void generic_sum_8888(const struct blit_walk *walk)
{
	blit_word *even = row_to(walk, 0), *odd = row_to(walk, 1);

	for (int x = 0; x < walk->w; x++)
		even[x] = odd[x] = 0;
	for (int y = 0; y < walk->h; y++) {
		const blit_word *s = row_from(walk, y);

		for (int x = 0; x < walk->w; x++) {
			even[x] += s[x] & 0x00ff00ff;
			odd[x] += s[x] >> 8 & 0x00ff00ff;
		}
	}
}

void generic_between_8888(const struct blit_walk *walk)
{
	blit_word *d = row_to(walk, 0);
	const blit_word *a = row_from(walk, 0), *b = row_from(walk, 1);

	for (int x = 0; x < walk->w; x++)
		d[x] = between(a[x], b[x], walk->color);
}
