/*
 * Strings become glyphs at pen positions.
 */
#include "scout/text/text.h"

#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/log.h"
#include "base/utf8.h"
#include "scout/text/text_private.h"

#include FT_ADVANCES_H

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
	face_close_all(text);
	glyph_finish(text);
	if (text->library)
		FT_Done_FreeType(text->library);
	free(text);
}

static int clamp_size(int size)
{
	return size < TEXT_SIZE_MIN   ? TEXT_SIZE_MIN
	       : size > TEXT_SIZE_MAX ? TEXT_SIZE_MAX
				      : size;
}

struct text_metrics text_metrics(struct text *text, struct text_style style)
{
	FT_Face face = face_first(text, style.weight)->ft;
	int size = clamp_size(style.size), em = face->units_per_EM;
	struct text_metrics metrics = {
		.ascent = (face->ascender * size / em + 63) / 64,
		.descent = (-face->descender * size / em + 63) / 64,
		/* 0.727 em in this design */
		.cap = (size * 727 / 1000 + 32) / 64,
	};

	return metrics;
}

/* ---- pen ---- */

struct pen {
	struct text *text;
	struct text_style style;
	const char *at, *end;
	struct face *face; /* of the last glyph */
	uint32_t index; /* of the last glyph; 0: none */
	int x; /* where the last glyph was put, 26.6 */
	int next; /* where the pen stands behind it */
};

static struct pen pen_begin(struct text *text, struct text_style style, int x,
			    const char *string, size_t bytes)
{
	style.size = clamp_size(style.size);
	return (struct pen){
		.text = text,
		.style = style,
		.at = string,
		.end = string + bytes,
		.x = x,
		.next = x,
	};
}

static uint32_t next_code(struct pen *pen)
{
	uint32_t code;
	size_t bytes = utf8_decode(pen->at, (size_t)(pen->end - pen->at),
				   &code);

	if (!bytes) {
		bytes = 1;
		code = 0xfffd;
	}
	pen->at += bytes;
	if (pen->style.tabular && code >= '0' && code <= '9')
		code = TABULAR_DIGIT_0 + code - '0';
	return code;
}

static int units_to_pixels(const struct pen *pen, FT_Long units)
{
	int em = pen->face->ft->units_per_EM;

	int64_t twice = 2 * (int64_t)units * pen->style.size / em;

	/* rounded to the nearest */
	return (int)((twice + (twice < 0 ? -1 : 1)) / 2);
}

/* Next glyph at pen->x; false at the end. */
static bool pen_next(struct pen *pen)
{
	struct face *before = pen->face;
	uint32_t index_before = pen->index;
	FT_Fixed advance = 0;

	if (pen->at == pen->end)
		return false;
	pen->face = face_find(pen->text, pen->style.weight, next_code(pen),
			      &pen->index);
	if (before == pen->face && index_before && FT_HAS_KERNING(before->ft)) {
		FT_Vector kern;

		if (!FT_Get_Kerning(before->ft, index_before, pen->index,
				    FT_KERNING_UNSCALED, &kern))
			pen->next += units_to_pixels(pen, kern.x);
	}
	FT_Get_Advance(pen->face->ft, pen->index, FT_LOAD_NO_SCALE, &advance);
	pen->x = pen->next;
	pen->next += units_to_pixels(pen, advance) + pen->style.tracking;
	return true;
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
	struct rect all = { (x >> 6) + glyph->left, y - glyph->top, glyph->w,
			    glyph->h };
	struct rect r = rect_intersect(all, clip);

	if (rect_is_empty(r))
		return;
	pixels += (r.y - all.y) * stride + (r.x - all.x);
	blit_mask(to, r.x, r.y, r.w, r.h, pixels, stride, color);
}

int text_draw(struct text *text, const struct blit_surface *to,
	      struct rect clip, struct text_style style, int x, int y,
	      const char *string, size_t bytes, uint32_t color)
{
	struct pen pen = pen_begin(text, style, x, string, bytes);

	while (pen_next(&pen))
		draw_glyph(&pen, to, clip, y, color);
	return pen.next;
}

/* ---- where lines end ---- */

size_t text_fit(struct text *text, struct text_style style, const char *string,
		size_t bytes, int width)
{
	static const char ellipsis[] = "\xe2\x80\xa6";
	int dots = text_width(text, style, ellipsis, sizeof(ellipsis) - 1);
	struct pen pen = pen_begin(text, style, 0, string, bytes);
	const char *fits = string;

	while (pen_next(&pen)) {
		if (pen.next > width)
			return (size_t)(fits - string);
		if (pen.next + dots <= width)
			fits = pen.at;
	}
	return bytes;
}

size_t text_wrap(struct text *text, struct text_style style, const char *string,
		 size_t bytes, int width)
{
	struct pen pen = pen_begin(text, style, 0, string, bytes);
	const char *before = string, *blank = NULL;

	while (pen_next(&pen)) {
		bool is_blank = pen.at[-1] == ' ' || pen.at[-1] == '\n';

		if (is_blank)
			blank = pen.at;
		if (pen.at[-1] == '\n')
			return (size_t)(pen.at - string);
		if (pen.next > width && !is_blank) {
			const char *end = blank ? blank : before;

			return end > string ? (size_t)(end - string)
					    : (size_t)(pen.at - string);
		}
		before = pen.at;
	}
	return bytes;
}
