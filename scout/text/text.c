/*
 * Strings become glyphs at pen positions.
 */
#include "scout/text/text.h"

#include <stdlib.h>

#include "base/alloc.h"
#include "base/log.h"
#include "scout/text/text_private.h"

/*
 * Blended as it is, dark text on light ground looks thin. The coverage curve
 * that makes up for it is c^(1 / 1.18); here every 16th value of 0..256.
 */
static const uint8_t dark_curve[17] = { 0,   24,  44,  62,  79,  95,
					111, 127, 142, 157, 171, 186,
					200, 214, 228, 241, 255 };

/* Colours of a luminance below this (of 255) are dark text. */
enum { DARK_BELOW = 140 };

struct text *text_create(void)
{
	struct text *text = xcalloc(1, sizeof(*text));

	text->glyphs = xcalloc(GLYPHS_MAX, sizeof(*text->glyphs));
	for (int i = 0; i < 255; i++) {
		const uint8_t *knot = &dark_curve[i * 16 / 255];
		int part = i * 16 % 255;

		text->dark[i] = (uint8_t)((knot[0] * (255 - part) +
					   knot[1] * part + 127) /
					  255);
	}
	text->dark[255] = 255;
	if (FT_Init_FreeType(&text->library)) {
		log_error("FreeType does not start");
		text->library = NULL;
		text_destroy(text);
		return NULL;
	}
	if (!face_open_builtin(text)) {
		log_error("FreeType can't read the built-in font");
		text_destroy(text);
		return NULL;
	}
	return text;
}

void text_destroy(struct text *text)
{
	if (!text)
		return;
	shape_finish(text);
	face_close_all(text);
	glyph_finish(text);
	if (text->library)
		FT_Done_FreeType(text->library);
	free(text);
}

struct text_metrics text_metrics(struct text *text, struct text_style style)
{
	FT_Face face = text->faces[style.weight][0].ft;
	int size = text_clamp_size(style.size), em = face->units_per_EM;
	struct text_metrics metrics = {
		.ascent = (face->ascender * size / em + 63) / 64,
		.descent = (-face->descender * size / em + 63) / 64,
		/* 0.727 em in this design */
		.cap = (size * 727 / 1000 + 32) / 64,
	};

	return metrics;
}

int text_width(struct text *text, struct text_style style, const char *string,
	       size_t bytes)
{
	struct pen pen = pen_begin(text, style, 0, string, bytes);

	while (pen_next(&pen))
		;
	return pen.next;
}

/* ---- drawing ---- */

static bool is_dark(uint32_t color)
{
	uint32_t r = color >> 16 & 255, g = color >> 8 & 255, b = color & 255;

	return (2 * r + 5 * g + b) / 8 < DARK_BELOW;
}

static void draw_glyph(const struct pen *pen, const struct blit_surface *to,
		       struct rect clip, int y, uint32_t color)
{
	const uint8_t *pixels;
	int stride;
	int x = pen->x + 8; /* rounds to the nearest quarter */
	const struct glyph *glyph = glyph_get(
		pen->text, pen->face, pen->style.size, pen->index,
		(unsigned)(x >> 4) & 3, is_dark(color), pen->style.slanted,
		&pixels, &stride);

	if (!glyph)
		return;
	y -= (pen->lift + 32) >> 6;

	struct rect all = { (x >> 6) + glyph->left, y - glyph->top, glyph->w,
			    glyph->h };
	struct rect r = rect_intersect(all, clip);

	if (rect_is_empty(r))
		return;
	pixels += (r.y - all.y) * stride + (r.x - all.x);
	blit_mask(to, r.x, r.y, r.w, r.h, pixels, stride, color);
}

static int draw_shaped(struct pen *pen, const struct blit_surface *to,
		       struct rect clip, int y, uint32_t color)
{
	const struct shaped *shaped = pen->shaped;
	int x = pen->x;

	for (size_t i = 0; i < shaped->glyph_count; i++) {
		const struct shaped_glyph *glyph = &shaped->glyphs[i];

		pen->face = glyph->face;
		pen->index = glyph->index;
		pen->x = x + glyph->x;
		pen->lift = glyph->lift;
		draw_glyph(pen, to, clip, y, color);
	}
	return x + shaped->width;
}

int text_draw(struct text *text, const struct blit_surface *to,
	      struct rect clip, struct text_style style, int x, int y,
	      const char *string, size_t bytes, uint32_t color)
{
	struct pen pen = pen_begin(text, style, x, string, bytes);

	if (pen.shaped)
		return draw_shaped(&pen, to, clip, y, color);
	while (pen_next(&pen))
		draw_glyph(&pen, to, clip, y, color);
	return pen.next;
}
