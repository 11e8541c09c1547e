/*
 * Lines with letters that join, or that run to the left: whether there are any,
 * and the last few that were shaped. The shaping itself is in complex.c, or not
 * there (simple.c).
 */
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/utf8.h"
#include "scout/text/text_private.h"

/* Lead bytes of UTF-8 from here on may begin such a character. */
enum { FIRST_LEAD = 0xd6 };

/* Scripts from Hebrew to Myanmar, Khmer and Mongolian, what says in which
 * direction text runs, and presentation forms. */
static bool is_complex(uint32_t code)
{
	static const uint32_t ranges[][2] = {
		{ 0x0590, 0x109f },   { 0x1780, 0x18af },   { 0x1900, 0x1cff },
		{ 0x200d, 0x200f },   { 0x202a, 0x202e },   { 0x2066, 0x2069 },
		{ 0xa800, 0xabff },   { 0xfb1d, 0xfdff },   { 0xfe70, 0xfeff },
		{ 0x10800, 0x11fff }, { 0x1e800, 0x1efff },
	};

	for (size_t i = 0; i < array_size(ranges); i++)
		if (code >= ranges[i][0] && code <= ranges[i][1])
			return true;
	return false;
}

bool text_is_complex(const char *string, size_t bytes)
{
	for (size_t at = 0, length; at < bytes; at += length) {
		uint32_t code;

		length = 1;
		if ((uint8_t)string[at] < FIRST_LEAD)
			continue;
		length = utf8_decode(string + at, bytes - at, &code);
		if (length && is_complex(code))
			return true;
		length = length ? length : 1;
	}
	return false;
}

static bool same_style(struct text_style a, struct text_style b)
{
	return a.weight == b.weight && a.size == b.size &&
	       a.slanted == b.slanted && a.tracking == b.tracking &&
	       a.rtl == b.rtl;
}

static void forget(struct shaped *shaped)
{
	free(shaped->string);
	free(shaped->chars);
	free(shaped->glyphs);
	*shaped = (struct shaped){ 0 };
}

const struct shaped *shape_text(struct text *text, struct text_style style,
				const char *string, size_t bytes)
{
	struct shaped *oldest = &text->shaped[0];

	if (!bytes || bytes > SHAPE_BYTES_MAX ||
	    (!style.rtl && !text_is_complex(string, bytes)))
		return NULL;
	style.size = text_clamp_size(style.size);
	for (int i = 0; i < SHAPED_MAX; i++) {
		struct shaped *shaped = &text->shaped[i];

		if (shaped->string && shaped->bytes == bytes &&
		    same_style(shaped->style, style) &&
		    memcmp(shaped->string, string, bytes) == 0) {
			shaped->used = ++text->clock;
			return shaped;
		}
		if (shaped->used < oldest->used)
			oldest = shaped;
	}
	forget(oldest);
	oldest->string = xcalloc(bytes + 1, 1);
	memcpy(oldest->string, string, bytes);
	oldest->bytes = bytes;
	oldest->style = style;
	oldest->used = ++text->clock;
	if (shape_fill(text, oldest))
		return oldest;
	forget(oldest);
	return NULL;
}

void shape_finish(struct text *text)
{
	for (int i = 0; i < SHAPED_MAX; i++)
		forget(&text->shaped[i]);
	shape_close(text);
}
