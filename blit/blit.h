/*
 * blit: 2D pixel operations, no I/O, no allocation, no state but one choice of
 * implementation.
 *
 * Coordinates are pixels of a surface, (0,0) its first pixel; a stride is in
 * bytes and may be negative (then `pixels` points at the row that is shown
 * first). Callers clip: every rectangle must lie inside its surfaces. Sizes of
 * zero or less are a no-op. Source and destination of one call must not
 * overlap, but for blit_copy within one surface.
 *
 * Formats (little endian words):
 *   xrgb8888  0xXXRRGGBB, X ignored when read, written as 0xff (but a copy
 *             from xrgb8888 to xrgb8888 copies words)
 *   argb8888  premultiplied alpha: no channel should exceed A; where one does,
 *             blending saturates
 *   rgb565    RRRRRGGGGGGBBBBB, 16 bit
 *
 * Arithmetic of the reference (generic.c), which every other implementation
 * reproduces bit by bit:
 *   div255(x)  (x + 128 + ((x + 128) >> 8)) >> 8     x / 255 rounded to nearest
 *   over       d' = min(255, s + div255(d * (255 - s.a))), per channel
 *   mix        d' = (s + c + 1) >> 1 of each channel with colour c's
 *   mask       a = div255(m * c.a); d' = div255(c * a + d * (255 - a)), per
 *              channel, with 255 as the colour's alpha channel
 *   565 -> 8   bit replication: (v << 3 | v >> 2), (v << 2 | v >> 4)
 *   8 -> 565   the high bits (truncated)
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

struct blit_surface {
	void *pixels;
	ptrdiff_t stride; /* bytes from one row to the next */
	int width, height; /* pixels */
	enum blit_format format;
	bool slow_read; /* reading back is slow: non-temporal stores pay */
};

/* A rectangle of the destination at (x,y), taken from (sx,sy) of the source. */
struct blit_area {
	int x, y, w, h;
	int sx, sy;
};

/*
 * Copies pixels, converting between any two formats; argb8888 as a source is
 * copied as if opaque (alpha dropped for the others, kept for argb8888). With
 * both surfaces the same, the areas may overlap: the result is as if the
 * source had been read first.
 */
void blit_copy(const struct blit_surface *to, const struct blit_surface *from,
	       struct blit_area area);

/* One colour, 0xAARRGGBB (premultiplied; alpha kept only by argb8888). */
void blit_fill(const struct blit_surface *to, int x, int y, int w, int h,
	       uint32_t color);

/* Blends an argb8888 source over any destination. */
void blit_over(const struct blit_surface *to, const struct blit_surface *from,
	       struct blit_area area);

/*
 * Copies the average of each source pixel and one colour 0x00RRGGBB. The
 * source is xrgb8888, argb8888 (as if opaque) or rgb565; the destination any.
 */
void blit_mix(const struct blit_surface *to, const struct blit_surface *from,
	      struct blit_area area, uint32_t color);

/* A8 coverage (mask_stride in bytes, pointing at the first pixel of the area)
 * in one colour 0xAARRGGBB, not premultiplied: glyphs. */
void blit_mask(const struct blit_surface *to, int x, int y, int w, int h,
	       const uint8_t *mask, ptrdiff_t mask_stride, uint32_t color);

/* "generic", "sse2": what runs in this process. The choice is made once, at
 * the first call; BLIT=NAME in the environment forces one, and the process
 * ends with a message if the machine lacks it. */
const char *blit_implementation(void);

#endif
