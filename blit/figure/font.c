#include "blit/figure/figure.h"

#include <string.h>

#include "base/utf8.h"

/* Sizes in the file, bytes; see bake/bake.c. */
enum { FILE_HEADER = 8, STRIKE_HEADER = 12, GLYPH = 12, GLYPH_SIDE_MAX = 64 };

extern const uint8_t _binary_font_bin_start[];

static unsigned u16(const uint8_t *at)
{
	return at[0] | (unsigned)at[1] << 8;
}

static uint32_t u32(const uint8_t *at)
{
	return u16(at) | (uint32_t)u16(at + 2) << 16;
}

struct font font_of_size(int size)
{
	const uint8_t *at = _binary_font_bin_start;
	unsigned strikes = u16(at + 4), count = u16(at + 6);
	struct font font = { 0 };

	at += FILE_HEADER;
	for (unsigned i = 0; i < strikes; i++, at += u32(at + 8)) {
		int of_this = (int)u16(at);

		if (i && of_this > size)
			continue;
		font = (struct font){
			.glyphs = at + STRIKE_HEADER,
			.images = at + STRIKE_HEADER + count * GLYPH,
			.count = count,
			.size = of_this,
			.ascent = (int)u16(at + 2),
		};
	}
	return font;
}

static const uint8_t *find_glyph(const struct font *font, uint32_t code)
{
	unsigned from = 0, to = font->count;

	while (from < to) {
		unsigned middle = (from + to) / 2;
		const uint8_t *glyph = font->glyphs + middle * GLYPH;

		if (u16(glyph) == code)
			return glyph;
		if (u16(glyph) < code)
			from = middle + 1;
		else
			to = middle;
	}
	/* U+FFFD is the last one. */
	return font->glyphs + (font->count - 1) * GLYPH;
}

/* The glyph of the character at *text, which moves on; NULL at the end. */
static const uint8_t *next_glyph(const struct font *font, const char **text)
{
	uint32_t code = 0xfffd;
	size_t left = strlen(*text), length;

	if (!left)
		return NULL;
	length = utf8_decode(*text, left, &code);
	*text += length ? length : 1;
	return find_glyph(font, length ? code : 0xfffd);
}

int font_width(const struct font *font, const char *text)
{
	const uint8_t *glyph;
	int width = 0; /* 1/64 pixel */

	while ((glyph = next_glyph(font, &text)))
		width += (int)u16(glyph + 6);
	return (width + 63) / 64;
}

static void draw_glyph(const struct font *font, const uint8_t *glyph,
		       const struct blit_surface *to, struct rect clip, int x,
		       int y, uint32_t color)
{
	const uint8_t *image = font->images + u32(glyph + 8);
	uint8_t mask[GLYPH_SIDE_MAX * GLYPH_SIDE_MAX];
	struct rect box = { x + (int8_t)glyph[4], y - (int8_t)glyph[5],
			    glyph[2], glyph[3] };
	struct rect r = rect_intersect(box, clip);

	if (rect_is_empty(r) || box.w > GLYPH_SIDE_MAX ||
	    box.h > GLYPH_SIDE_MAX)
		return;
	for (int i = 0; i < box.w * box.h; i++)
		mask[i] = (image[i / 2] >> (i & 1) * 4 & 0xf) * 17;
	blit_mask(to, r.x, r.y, r.w, r.h,
		  mask + (r.y - box.y) * box.w + r.x - box.x, box.w, color);
}

int font_draw(const struct font *font, const struct blit_surface *to,
	      struct rect clip, int x, int y, const char *text, uint32_t color)
{
	const uint8_t *glyph;
	int at = x * 64;

	while ((glyph = next_glyph(font, &text))) {
		draw_glyph(font, glyph, to, clip, (at + 32) >> 6, y, color);
		at += (int)u16(glyph + 6);
	}
	return (at + 63) >> 6;
}
