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
	FT_Face face = text->faces[style.weight][0].ft;
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

/* What a glyph covers, 26.6, relative to its pen; y upwards. */
struct extent {
	int left, right, top, bottom;
};

struct pen {
	struct text *text;
	struct text_style style;
	const char *start, *at, *end; /* start: of the last character */
	struct face *face; /* of the last glyph */
	uint32_t index; /* of the last glyph; 0: none */
	int x; /* where the last glyph was put, 26.6 */
	int lift; /* how far above the baseline, 26.6 */
	int next; /* where the pen stands behind it */
	struct extent base; /* what marks are put onto; x as pen->x */
	bool has_base;
	struct face *base_face; /* the extent isn't known yet */
	uint32_t base_index;
	int base_x;
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

static uint32_t peek_code(const struct pen *pen, size_t *length)
{
	uint32_t code;

	*length = utf8_decode(pen->at, (size_t)(pen->end - pen->at), &code);
	if (*length)
		return code;
	*length = 1;
	return 0xfffd;
}

/* With the marks that are one character together with it. */
static uint32_t next_code(struct pen *pen)
{
	size_t length;
	uint32_t code = peek_code(pen, &length);

	pen->start = pen->at;
	pen->at += length;
	while (pen->at < pen->end && (uint8_t)*pen->at >= 0xcc) {
		uint32_t mark = peek_code(pen, &length);
		uint32_t both = code_compose(code, mark);

		if (!both)
			break;
		code = both;
		pen->at += length;
	}
	if (pen->style.tabular && code >= '0' && code <= '9')
		code = TABULAR_DIGIT_0 + code - '0';
	return code;
}

static int units_to_pixels(const struct pen *pen, const struct face *face,
			   FT_Long units)
{
	int em = face->ft->units_per_EM;
	int64_t twice = 2 * (int64_t)units * pen->style.size / em;

	/* rounded to the nearest */
	return (int)((twice + (twice < 0 ? -1 : 1)) / 2);
}

static struct extent extent_of(const struct pen *pen, struct face *face,
			       uint32_t index)
{
	const FT_Glyph_Metrics *m = &face->ft->glyph->metrics;

	if (FT_Load_Glyph(face->ft, index, FT_LOAD_NO_SCALE))
		return (struct extent){ 0 };
	return (struct extent){
		.left = units_to_pixels(pen, face, m->horiBearingX),
		.right = units_to_pixels(pen, face, m->horiBearingX + m->width),
		.top = units_to_pixels(pen, face, m->horiBearingY),
		.bottom = units_to_pixels(pen, face,
					  m->horiBearingY - m->height),
	};
}

/* Puts the glyph in the middle above or below of what is there, without moving
 * the pen. */
static void put_mark(struct pen *pen)
{
	struct extent mark = extent_of(pen, pen->face, pen->index);
	int gap = pen->style.size / 16;

	if (pen->base_face) {
		pen->base = extent_of(pen, pen->base_face, pen->base_index);
		pen->base.left += pen->base_x;
		pen->base.right += pen->base_x;
		pen->base_face = NULL;
	}
	pen->x = (pen->base.left + pen->base.right - mark.left - mark.right) /
		 2;
	if (mark.bottom > 0) {
		int lift = pen->base.top + gap - mark.bottom;

		pen->lift = lift > 0 ? lift : 0;
		pen->base.top = mark.top + pen->lift;
	} else if (mark.top <= 0) {
		int drop = pen->base.bottom - gap - mark.top;

		pen->lift = drop < 0 ? drop : 0;
		pen->base.bottom = mark.bottom + pen->lift;
	}
}

/* Next glyph at pen->x; false at the end. */
static bool pen_next(struct pen *pen)
{
	struct face *before = pen->face;
	uint32_t index_before = pen->index;

	if (pen->at == pen->end)
		return false;

	uint32_t code = next_code(pen);
	const struct found *found = face_find(pen->text, pen->style.weight,
					      code);

	pen->face = found->face;
	pen->index = found->index;
	pen->lift = 0;
	if (pen->has_base && code_is_mark(code)) {
		put_mark(pen);
		return true;
	}
	if (before == pen->face && index_before && FT_HAS_KERNING(before->ft)) {
		FT_Vector kern;

		if (!FT_Get_Kerning(before->ft, index_before, pen->index,
				    FT_KERNING_UNSCALED, &kern))
			pen->next += units_to_pixels(pen, before, kern.x);
	}
	pen->x = pen->next;
	pen->next += units_to_pixels(pen, pen->face, found->advance) +
		     pen->style.tracking;
	pen->has_base = true;
	pen->base_face = pen->face;
	pen->base_index = pen->index;
	pen->base_x = pen->x;
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
	y -= (pen->lift + 32) >> 6;

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

/* Blanks and ends of lines, which are not shown at the end of one. */
static bool is_blank(const char *at)
{
	return *at == ' ' || *at == '\n' || *at == '\r' || *at == '\t';
}

/* What is shown of the line, and how wide that is. */
static void trim(struct text *text, struct text_style style, const char *string,
		 struct text_line *line)
{
	line->shown = line->bytes;
	while (line->shown && is_blank(string + line->shown - 1))
		line->shown--;
	line->width = text_width(text, style, string, line->shown);
}

struct text_line text_line(struct text *text, struct text_style style,
			   const char *string, size_t bytes, int width)
{
	struct pen pen = pen_begin(text, style, 0, string, bytes);
	struct text_breaks breaks;
	struct text_line line = { 0 };
	enum text_break kind;
	size_t at = 0, place = 0; /* of the last possible end */

	text_breaks_begin(&breaks, string, bytes);
	while (pen_next(&pen)) {
		size_t start = (size_t)(pen.start - string);

		while (text_breaks_next(&breaks, &at, &kind) && at < start)
			;
		if (kind != TEXT_BREAK_NOT)
			place = start;
		if (kind == TEXT_BREAK_MUST) {
			line.hard = true;
			break;
		}
		if (pen.next > width && !is_blank(pen.start)) {
			if (!place)
				place = start ? start
					      : (size_t)(pen.at - string);
			break;
		}
		place = pen.at == pen.end ? bytes : place;
	}
	line.bytes = place;
	if (place == bytes && bytes)
		line.hard = string[bytes - 1] == '\n';
	trim(text, style, string, &line);
	return line;
}

size_t text_wrap(struct text *text, struct text_style style, const char *string,
		 size_t bytes, int width)
{
	return text_line(text, style, string, bytes, width).bytes;
}

/* ---- places in a line ---- */

int text_positions(struct text *text, struct text_style style,
		   const char *string, size_t bytes, int *x)
{
	struct pen pen = pen_begin(text, style, 0, string, bytes);
	int before = 0;

	for (size_t i = 0; pen_next(&pen); before = pen.next)
		for (; string + i < pen.at; i++)
			x[i] = before;
	x[bytes] = pen.next;
	return pen.next;
}

size_t text_hit(struct text *text, struct text_style style, const char *string,
		size_t bytes, int x)
{
	struct pen pen = pen_begin(text, style, 0, string, bytes);
	size_t start = 0;
	int before = 0;

	while (pen_next(&pen)) {
		/* A mark has no place of its own. */
		if (pen.next != before && x < (before + pen.next) / 2)
			return start;
		start = (size_t)(pen.at - string);
		before = pen.next;
	}
	return bytes;
}
