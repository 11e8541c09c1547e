/*
 * The large faces of a window: sky and metal.
 */
#include "scout/widget/gfx.h"
#include "scout/widget/gfx_private.h"

/* Baked by the host tool sky. */
extern const int8_t _binary_sky_bin_start[];

enum { SKY_SIDE = 512 };

/* Colour for each value of the sky on one colour of the ground. */
static void sky_table(const struct theme *theme, uint32_t ground,
		      uint32_t table[256])
{
	for (int n = -128; n < 128; n++) {
		uint32_t color =
			n > 0 ? color_mix(ground, theme->sky_bright,
					  n * theme->sky_bright_alpha / 127)
			      : color_mix(ground, theme->sky_dim,
					  -n * theme->sky_dim_alpha / 128);

		table[n & 255] = 0xff000000 | color;
	}
}

void gfx_ground(struct gfx *gfx, struct rect r, int height)
{
	const struct theme *theme = gfx->theme;
	uint32_t table[256], now = 0xffffffff;
	struct rect v = rect_intersect(rect_moved(r, gfx->x, gfx->y),
				       gfx->clip);

	for (int y = v.y; y < v.y + v.h; y++) {
		int row_y = y - gfx->y;
		uint32_t *row = gfx_row(gfx, y);
		const int8_t *sky = _binary_sky_bin_start +
				    (row_y & (SKY_SIDE - 1)) * SKY_SIDE;
		uint32_t ground = color_mix(theme->ground[0], theme->ground[1],
					    row_y * 255 / imax(height, 1));

		if (ground != now)
			sky_table(theme, now = ground, table);
		for (int x = v.x; x < v.x + v.w; x++)
			row[x] = table[(
				uint8_t)sky[(x - gfx->x) & (SKY_SIDE - 1)]];
	}
}

/* The ends of the metal are darker, as if bent. */
static void metal_end(struct gfx *gfx, struct rect r, int at, int step,
		      uint32_t color, int width)
{
	for (int i = 0; i < width; i++) {
		int f = width - i;
		int alpha = 140 * f * f / (width * width);
		struct rect pixel = { at + step * i, r.y, 1, 1 };

		gfx_fill(gfx, pixel,
			 color_mix(color, gfx->theme->metal_end, alpha), 255);
	}
}

void gfx_metal(struct gfx *gfx, struct rect r)
{
	const uint32_t *metal = gfx->theme->metal;
	int width = imin((14 * gfx->scale + 50) / 100, r.w / 2);
	struct rect row = { r.x, r.y, r.w, 1 };

	for (int y = 0; y < r.h; y++, row.y++) {
		int t = y * 510 / imax(r.h - 1, 1);
		uint32_t color = t < 245 ? color_mix(metal[0], metal[1],
						     t * 255 / 245)
					 : color_mix(metal[1], metal[2],
						     (t - 245) * 255 / 265);

		gfx_fill(gfx, row, color, 255);
		metal_end(gfx, row, r.x, 1, color, width);
		metal_end(gfx, row, r.x + r.w - 1, -1, color, width);
	}
	row.y = r.y;
	gfx_fill(gfx, row, gfx->theme->metal_edge, 200);
}
