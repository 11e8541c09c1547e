/*
 * SGR: the style of what is written.
 */
#include <stdio.h>
#include <string.h>

#include "liquid_fb/terminal/terminal_private.h"

static bool is_sub(const struct parser *p, unsigned i)
{
	return i < p->count && p->sub >> i & 1;
}

static void set_underline(struct terminal *t, unsigned kind)
{
	t->pen.flags = (uint16_t)((t->pen.flags & ~CELL_UNDERLINE) |
				  kind << CELL_UNDERLINE_SHIFT);
}

/*
 * 38, 48, 58: reads a colour that begins behind parameter i, as sub-parameters
 * (38:2::r:g:b, 38:2:r:g:b, 38:5:n) or as parameters (38;2;r;g;b, 38;5;n).
 * Returns the last parameter that belongs to it.
 */
static unsigned read_color(const struct parser *p, unsigned i, uint32_t *color)
{
	const bool sub = is_sub(p, i + 1);
	unsigned last = i, first;

	if (i + 1 >= p->count)
		return i;
	if (sub)
		while (is_sub(p, last + 1))
			last++;
	else
		last = i + (p->values[i + 1] == 5   ? 2
			    : p->values[i + 1] == 2 ? 4
						    : 1);
	if (last >= p->count)
		return p->count - 1;
	if (p->values[i + 1] == 5 && last >= i + 2 && p->values[i + 2] < 256) {
		*color = COLOR_INDEXED | p->values[i + 2];
	} else if (p->values[i + 1] == 2 && last >= i + 4) {
		/* The colour space may stand in front. */
		first = sub && last >= i + 5 ? i + 3 : i + 2;
		if (p->values[first] < 256 && p->values[first + 1] < 256 &&
		    p->values[first + 2] < 256)
			*color = COLOR_RGB | p->values[first] << 16 |
				 p->values[first + 1] << 8 |
				 p->values[first + 2];
	}
	return last;
}

static void set_line_color(struct terminal *t, uint32_t color)
{
	const struct extra *extra = &t->store.extras[t->pen.extra];

	t->pen.extra = store_extra(t, color, t->pen.extra ? extra->link : 0);
}

static void reset_style(struct terminal *t)
{
	/* A link and the protection are no style. */
	t->pen.fg = t->pen.bg = COLOR_DEFAULT;
	t->pen.flags &= CELL_PROTECTED;
	if (t->pen.extra)
		set_line_color(t, COLOR_DEFAULT);
}

static void set_flags(struct terminal *t, unsigned on, unsigned off)
{
	t->pen.flags = (uint16_t)((t->pen.flags & ~off) | on);
}

static void attribute(struct terminal *t, unsigned n)
{
	static const uint16_t flags[] = {
		[1] = CELL_BOLD,      [2] = CELL_FAINT,  [3] = CELL_ITALIC,
		[5] = CELL_BLINK,     [6] = CELL_BLINK,  [7] = CELL_INVERSE,
		[8] = CELL_CONCEALED, [9] = CELL_STRUCK,
	};

	if (n == 0)
		reset_style(t);
	else if (n == 4)
		set_underline(t, UNDERLINE_SINGLE);
	else if (n < 10)
		set_flags(t, flags[n], 0);
	else if (n == 21)
		set_underline(t, UNDERLINE_DOUBLE);
	else if (n == 22)
		set_flags(t, 0, CELL_BOLD | CELL_FAINT);
	else if (n == 24)
		set_underline(t, UNDERLINE_NONE);
	else if (n >= 23 && n < 30 && n != 26)
		set_flags(t, 0, flags[n - 20]);
	else if (n >= 30 && n < 38)
		t->pen.fg = COLOR_INDEXED | (n - 30);
	else if (n == 39)
		t->pen.fg = COLOR_DEFAULT;
	else if (n >= 40 && n < 48)
		t->pen.bg = COLOR_INDEXED | (n - 40);
	else if (n == 49)
		t->pen.bg = COLOR_DEFAULT;
	else if (n == 53)
		set_flags(t, CELL_OVERLINED, 0);
	else if (n == 55)
		set_flags(t, 0, CELL_OVERLINED);
	else if (n == 59)
		set_line_color(t, COLOR_DEFAULT);
	else if (n >= 90 && n < 98)
		t->pen.fg = COLOR_INDEXED | (n - 90 + 8);
	else if (n >= 100 && n < 108)
		t->pen.bg = COLOR_INDEXED | (n - 100 + 8);
}

void style_dispatch(struct terminal *t)
{
	const struct parser *p = &t->parser;
	uint32_t color;

	for (unsigned i = 0; i < p->count; i++) {
		const unsigned n = p->values[i];

		if (n == 38) {
			i = read_color(p, i, &t->pen.fg);
		} else if (n == 48) {
			i = read_color(p, i, &t->pen.bg);
		} else if (n == 58) {
			color = t->store.extras[t->pen.extra].line_color;
			i = read_color(p, i, &color);
			set_line_color(t, color);
		} else if (n == 4 && is_sub(p, i + 1)) {
			if (p->values[i + 1] <= UNDERLINE_DASHED)
				set_underline(t, p->values[i + 1]);
			i++;
		} else {
			attribute(t, n);
		}
		while (is_sub(p, i + 1))
			i++;
	}
}

/* ---- for DECRQSS ---- */

static int describe_color(char *out, size_t size, uint32_t color, unsigned base)
{
	const unsigned n = color & 0xffffff;

	switch (color & COLOR_KIND) {
	case COLOR_INDEXED:
		if (n < 8)
			return snprintf(out, size, ";%u", base + n);
		if (n < 16)
			return snprintf(out, size, ";%u", base + 60 + n - 8);
		return snprintf(out, size, ";%u:5:%u", base + 8, n);
	case COLOR_RGB:
		return snprintf(out, size, ";%u:2::%u:%u:%u", base + 8, n >> 16,
				n >> 8 & 255, n & 255);
	default:
		return 0;
	}
}

int style_describe(const struct terminal *t, char *out, size_t size)
{
	static const struct {
		uint16_t flag;
		char digit;
	} simple[] = {
		{ CELL_BOLD, '1' },    { CELL_FAINT, '2' },
		{ CELL_ITALIC, '3' },  { CELL_BLINK, '5' },
		{ CELL_INVERSE, '7' }, { CELL_CONCEALED, '8' },
		{ CELL_STRUCK, '9' },
	};
	const unsigned line = (t->pen.flags & CELL_UNDERLINE) >>
			      CELL_UNDERLINE_SHIFT;
	int length = snprintf(out, size, "0");

	for (size_t i = 0; i < array_size(simple); i++)
		if (t->pen.flags & simple[i].flag)
			length += snprintf(out + length, size - (size_t)length,
					   ";%c", simple[i].digit);
	if (line == UNDERLINE_SINGLE)
		length += snprintf(out + length, size - (size_t)length, ";4");
	else if (line)
		length += snprintf(out + length, size - (size_t)length, ";4:%u",
				   line);
	length += describe_color(out + length, size - (size_t)length, t->pen.fg,
				 30);
	length += describe_color(out + length, size - (size_t)length, t->pen.bg,
				 40);
	return length;
}
