/*
 * Where lines end, and where in a line something stands.
 */
#include <string.h>

#include "scout/text/text_private.h"

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

static int caret_before(const struct shaped_char *c)
{
	return c->rtl ? c->left + c->advance : c->left;
}

static int caret_behind(const struct shaped_char *c)
{
	return c->rtl ? c->left : c->left + c->advance;
}

static int shaped_positions(const struct shaped *shaped, int *x)
{
	const struct shaped_char *c = NULL;

	for (size_t i = 0; i < shaped->char_count; i++) {
		size_t end = i + 1 < shaped->char_count
				     ? shaped->chars[i + 1].start
				     : shaped->bytes;

		c = &shaped->chars[i];
		for (size_t at = c->start; at < end; at++)
			x[at] = caret_before(c);
	}
	x[shaped->bytes] = c ? caret_behind(c) : 0;
	return shaped->width;
}

int text_positions(struct text *text, struct text_style style,
		   const char *string, size_t bytes, int *x)
{
	struct pen pen = pen_begin(text, style, 0, string, bytes);
	int before = 0;

	if (pen.shaped)
		return shaped_positions(pen.shaped, x);
	for (size_t i = 0; pen_next(&pen); before = pen.next)
		for (; string + i < pen.at; i++)
			x[i] = before;
	x[bytes] = pen.next;
	return pen.next;
}

/* The character that is seen at x, or the nearest one, and which end of it. */
static size_t shaped_hit(const struct shaped *shaped, int x)
{
	size_t best = 0;
	int64_t best_away = INT64_MAX;

	for (size_t i = 0; i < shaped->char_count; i++) {
		const struct shaped_char *c = &shaped->chars[i];
		int64_t away = x < c->left ? (int64_t)c->left - x
			       : x >= c->left + c->advance
				       ? (int64_t)x - c->left - c->advance + 1
				       : 0;

		/* A mark has no place of its own. */
		if (away < best_away && (c->advance || !i)) {
			best = i;
			best_away = away;
		}
	}
	if (!shaped->char_count)
		return 0;

	const struct shaped_char *c = &shaped->chars[best];
	bool right = x >= c->left + c->advance / 2;

	if (right == c->rtl)
		return c->start;
	/* Behind its marks, too. */
	do
		best++;
	while (best < shaped->char_count && !shaped->chars[best].advance);
	return best < shaped->char_count ? shaped->chars[best].start
					 : shaped->bytes;
}

size_t text_hit(struct text *text, struct text_style style, const char *string,
		size_t bytes, int x)
{
	struct pen pen = pen_begin(text, style, 0, string, bytes);
	size_t start = 0;
	int before = 0;

	if (pen.shaped)
		return shaped_hit(pen.shaped, x);
	while (pen_next(&pen)) {
		/* A mark has no place of its own. */
		if (pen.next != before && x < (before + pen.next) / 2)
			return start;
		start = (size_t)(pen.at - string);
		before = pen.next;
	}
	return bytes;
}

int text_caret(struct text *text, struct text_style style, const char *string,
	       size_t bytes, size_t at)
{
	const struct shaped *shaped = shape_text(text, style, string, bytes);
	const struct shaped_char *c = NULL;

	if (!shaped)
		return text_width(text, style, string, at < bytes ? at : bytes);
	for (size_t i = 0; i < shaped->char_count; i++) {
		if (shaped->chars[i].start >= at)
			return caret_before(&shaped->chars[i]);
		c = &shaped->chars[i];
	}
	return c ? caret_behind(c) : 0;
}

/* Adds a part to those that are sorted already; joins what touches. */
static size_t add_span(struct text_span *spans, size_t count, size_t most,
		       int left, int right)
{
	size_t i = 0;

	while (i < count && spans[i].right < left)
		i++;
	if (i < count && spans[i].left <= right) {
		spans[i].left = left < spans[i].left ? left : spans[i].left;
		spans[i].right = right > spans[i].right ? right
							: spans[i].right;
		for (; i + 1 < count && spans[i + 1].left <= spans[i].right;
		     count--) {
			if (spans[i + 1].right > spans[i].right)
				spans[i].right = spans[i + 1].right;
			memmove(&spans[i + 1], &spans[i + 2],
				(count - i - 2) * sizeof(*spans));
		}
		return count;
	}
	if (count == most)
		return count;
	memmove(&spans[i + 1], &spans[i], (count - i) * sizeof(*spans));
	spans[i] = (struct text_span){ left, right };
	return count + 1;
}

size_t text_spans(struct text *text, struct text_style style,
		  const char *string, size_t bytes, size_t from, size_t to,
		  struct text_span spans[TEXT_SPANS_MAX])
{
	const struct shaped *shaped = shape_text(text, style, string, bytes);
	size_t count = 0;

	if (from >= to)
		return 0;
	if (!shaped) {
		spans[0].left = text_caret(text, style, string, bytes, from);
		spans[0].right = text_caret(text, style, string, bytes, to);
		return 1;
	}
	for (size_t i = 0; i < shaped->char_count; i++) {
		const struct shaped_char *c = &shaped->chars[i];

		if (c->start >= from && c->start < to && c->advance)
			count = add_span(spans, count, TEXT_SPANS_MAX, c->left,
					 c->left + c->advance);
	}
	return count;
}

bool text_is_rtl(struct text *text, struct text_style style, const char *string,
		 size_t bytes)
{
	const struct shaped *shaped = shape_text(text, style, string, bytes);

	return shaped && shaped->rtl;
}
