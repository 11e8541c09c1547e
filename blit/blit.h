/*
 * blit: 2D pixel operations, no I/O, no allocation, no state but one choice of
 * implementation.
 *
 *     #include <blit/blit.h>        cc x.c $(pkg-config --cflags --libs blit)
 *
 *     uint32_t screen[200 * 100], glass[50 * 50];
 *     struct blit_surface to = { screen, 800, 200, 100, BLIT_XRGB8888, false };
 *     struct blit_surface from = { glass, 200, 50, 50, BLIT_ARGB8888, false };
 *
 *     blit_fill(&to, 0, 0, 200, 100, 0x203060);
 *     blit_fill(&from, 0, 0, 50, 50, 0x80000000);
 *     blit_over(&to, &from, (struct blit_area){ 20, 30, 50, 50, 0, 0 });
 *
 * What there is, and what it takes:
 *
 *   operation                        source           destination
 *   blit_copy                        any              any; may be the source
 *   blit_dither blit_swap            any              any
 *   blit_fill                        a colour         any
 *   blit_over blit_masked            argb8888         any
 *   blit_fade blit_mix               any              any
 *   blit_mask                        8-bit coverage   any
 *   blit_rotate                      any              any
 *   blit_enlarge _shrink _smooth     any              any
 *
 * Coordinates are pixels of a surface, (0,0) its first pixel. Sizes of zero or
 * less are a no-op. Nothing is clipped and nothing can fail: every rectangle
 * with a size must lie inside its surfaces, or memory beside them is read or
 * written. Source and destination of one call must not overlap, but for
 * blit_copy within one surface. No byte outside the destination's rectangle is
 * written, and none before the first or behind the last pixel of the source's
 * is read. Any number of threads may call at the same time, also onto different
 * parts of one surface.
 *
 * Formats (little endian words):
 *   xrgb8888  0xXXRRGGBB. X is ignored as a source. As a destination it
 *             becomes 0xff, but is copied from xrgb8888, and left or blended
 *             like an alpha channel where pixels are blended (0xff stays)
 *   argb8888  premultiplied alpha: no channel should exceed A; where one does,
 *             blending saturates
 *   rgb565    RRRRRGGGGGGBBBBB, 16 bit
 *
 * Arithmetic of the reference, the portable C in generic/, which every other
 * implementation reproduces bit by bit:
 *   div255(x)  (x + 128 + ((x + 128) >> 8)) >> 8     x / 255 rounded to nearest
 *   over       d' = min(255, s + div255(d * (255 - s.a))), per channel
 *   fade       s' = div255(s * alpha), per channel, then over
 *   mix        d' = (s + c + 1) >> 1 of each channel with colour c's
 *   mask       a = div255(m * c.a); d' = div255(c * a + d * (255 - a)), per
 *              channel, with 255 as the colour's alpha channel
 *   between    (a * (256 - f) + b * f + 128) >> 8, per channel
 *   565 -> 8   bit replication: (v << 3 | v >> 2), (v << 2 | v >> 4)
 *   8 -> 565   the high bits (truncated)
 * Blending onto rgb565 is blending onto the same colours in 8888, truncated.
 */
#ifndef BLIT_BLIT_H
#define BLIT_BLIT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum blit_format { BLIT_XRGB8888, BLIT_ARGB8888, BLIT_RGB565 };

static inline int blit_bytes_per_pixel(enum blit_format format)
{
	return format == BLIT_RGB565 ? 2 : 4;
}

/*
 * Where pixels lie; the memory is the caller's. A surface is only read by the
 * call that it is given to, and may be made anew for each.
 */
struct blit_surface {
	/* Of pixel (0,0). At any address, but aligned ones are faster. */
	void *pixels;
	/* Bytes from one row to the next one below; any number, also odd or
	 * negative (a picture whose last row comes first in memory: `pixels`
	 * points at the row that is shown first). */
	ptrdiff_t stride;
	/* Pixels: for the caller, no operation looks at them. */
	int width, height;
	enum blit_format format;
	/* Memory of a device, say, that is slow to read back: whole cache lines
	 * are written past the cache. Slower where anyone reads them again. */
	bool slow_read;
};

/* A rectangle of the destination at (x,y), taken from (sx,sy) of the source. */
struct blit_area {
	int x, y, w, h;
	int sx, sy;
};

/* ---- pixels as they are ---- */

/*
 * Copies pixels, converting between any two formats; argb8888 as a source is
 * copied as if opaque (alpha dropped for the others, kept for argb8888). With
 * both surfaces the same, the areas may overlap: the result is as if the
 * source had been read first, so that a surface can be scrolled in any
 * direction.
 *
 * Rows of the same format are copied by the C library, narrow ones in place. A
 * destination with `slow_read` is written past the cache, whole cache lines at
 * a time: faster onto memory of a display, slower where anyone reads it again.
 */
void blit_copy(const struct blit_surface *to, const struct blit_surface *from,
	       struct blit_area area);

/*
 * Copies like blit_copy, but what rgb565 can't show becomes a pattern of the
 * two nearest colours (ordered dither, 8x8, anchored at pixel (0,0) of the
 * destination, so that parts of an image fit together): to each channel is
 * added a threshold below the step of the format, saturating, before it is
 * truncated. For other formats it is blit_copy.
 */
void blit_dither(const struct blit_surface *to, const struct blit_surface *from,
		 struct blit_area area);

/* Copies like blit_copy, with red and blue exchanged. */
void blit_swap(const struct blit_surface *to, const struct blit_surface *from,
	       struct blit_area area);

/* One colour, 0xAARRGGBB (premultiplied; alpha kept only by argb8888). Past
 * the cache with `slow_read`. */
void blit_fill(const struct blit_surface *to, int x, int y, int w, int h,
	       uint32_t color);

/* ---- blending ---- */

/* Blends an argb8888 source over any destination. A source pixel of 0 leaves
 * its destination alone. */
void blit_over(const struct blit_surface *to, const struct blit_surface *from,
	       struct blit_area area);

/*
 * Blends a source of any format over any destination, all of it weakened by
 * `alpha`, 0 (nothing is drawn) to 255 (blit_over for argb8888, blit_copy for
 * the opaque formats).
 */
void blit_fade(const struct blit_surface *to, const struct blit_surface *from,
	       struct blit_area area, uint8_t alpha);

/* Copies those pixels of an argb8888 source whose alpha isn't 0, without
 * blending, as blit_copy does. */
void blit_masked(const struct blit_surface *to, const struct blit_surface *from,
		 struct blit_area area);

/*
 * Copies the average of each source pixel and one colour 0x00RRGGBB. The
 * source is xrgb8888, argb8888 (as if opaque) or rgb565; the destination any.
 */
void blit_mix(const struct blit_surface *to, const struct blit_surface *from,
	      struct blit_area area, uint32_t color);

/* A8 coverage (mask_stride in bytes, pointing at the first pixel of the area)
 * in one colour 0xAARRGGBB, not premultiplied: glyphs. Where the coverage is 0
 * nothing is written. */
void blit_mask(const struct blit_surface *to, int x, int y, int w, int h,
	       const uint8_t *mask, ptrdiff_t mask_stride, uint32_t color);

/* ---- other shapes ---- */

/* Clockwise. */
enum blit_turn { BLIT_TURN_0, BLIT_TURN_90, BLIT_TURN_180, BLIT_TURN_270 };

/*
 * Copies a turned source, between any two formats as blit_copy does. `area` is
 * the rectangle of the destination; (sx,sy) is the first pixel of the source's
 * rectangle, which is as large, or by 90 and 270 degrees h wide and w high.
 * `flip` mirrors left and right after the turn: turned by 180 it is upside
 * down.
 */
void blit_rotate(const struct blit_surface *to, const struct blit_surface *from,
		 struct blit_area area, enum blit_turn turn, bool flip);

/*
 * A rectangle of the source shown as one of the destination. Only what of it
 * lies in the clip is drawn, and only the clip must lie inside the destination,
 * so that a part is drawn exactly as in the whole. Sizes are below 1 << 24.
 */
struct blit_scale {
	int x, y, w, h; /* destination */
	int sx, sy, sw, sh; /* source */
	int clip_x, clip_y, clip_w, clip_h; /* destination, absolute */
};

/*
 * Scaled copies, between any two formats as blit_copy does (an xrgb8888 or
 * argb8888 source is scaled with all its channels). With i the column of the
 * destination's rectangle, and rows alike:
 *
 * blit_enlarge   source column i * sw / w, rounded down. For integer factors
 *                each pixel becomes a square; others take the nearest pixel.
 * blit_shrink    the average of the source columns i * sw / w up to, without,
 *                (i + 1) * sw / w, at least one, rounded to nearest.
 * blit_smooth    bilinear: u = (2 * i + 1) * sw * 128 / w - 128, rounded down
 *                and limited to 0 .. (sw - 1) * 256, in 1/256 columns;
 * `between` of the columns u >> 8 and u >> 8 + 1 with f = u & 255, first for
 * columns, then of these for rows. Down to half the size; below, blit_shrink
 * looks better.
 */
void blit_enlarge(const struct blit_surface *to,
		  const struct blit_surface *from, struct blit_scale scale);
void blit_shrink(const struct blit_surface *to, const struct blit_surface *from,
		 struct blit_scale scale);
void blit_smooth(const struct blit_surface *to, const struct blit_surface *from,
		 struct blit_scale scale);

/* ---- the choice ---- */

/*
 * What runs in this process: "generic", "mmx", "sse2", "avx2", "avx512" or
 * "neon". The choice is made once, at the first call: the fastest that the
 * processor and the operating system support, and mmx only by its name.
 * BLIT=NAME in the environment forces one, and the process ends with a message
 * if the machine lacks it.
 */
const char *blit_implementation(void);

#endif
