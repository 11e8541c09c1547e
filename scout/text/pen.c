/*
 * The pen: from character to character, where it stands and which glyph it
 * writes.
 */
#include "base/utf8.h"
#include "scout/text/text_private.h"

int text_clamp_size(int size)
{
	return size < TEXT_SIZE_MIN   ? TEXT_SIZE_MIN
	       : size > TEXT_SIZE_MAX ? TEXT_SIZE_MAX
				      : size;
}

struct pen pen_begin(struct text *text, struct text_style style, int x,
		     const char *string, size_t bytes)
{
	style.size = text_clamp_size(style.size);
	return (struct pen){
		.text = text,
		.style = style,
		.shaped = shape_text(text, style, string, bytes),
		.string = string,
		.at = string,
		.end = string + bytes,
		.x = x,
		.next = x,
	};
}

static uint32_t pen_peek(const struct pen *pen, size_t *length)
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
	uint32_t code = pen_peek(pen, &length);

	pen->start = pen->at;
	pen->at += length;
	while (pen->at < pen->end && (uint8_t)*pen->at >= 0xcc) {
		uint32_t mark = pen_peek(pen, &length);
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

static bool next_shaped(struct pen *pen)
{
	const struct shaped *shaped = pen->shaped;
	size_t i = pen->character++;

	if (i >= shaped->char_count)
		return false;
	pen->start = pen->string + shaped->chars[i].start;
	pen->at = i + 1 < shaped->char_count
			  ? pen->string + shaped->chars[i + 1].start
			  : pen->end;
	pen->next += shaped->chars[i].advance;
	return true;
}

bool pen_next(struct pen *pen)
{
	if (pen->shaped)
		return next_shaped(pen);

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
