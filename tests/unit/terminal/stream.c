/*
 * Streams as programs write them, made from a seed: the same in each run, so
 * that screens of another terminal can be compared with ours.
 */
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "suite.h"

enum { PIECES = 60 };

struct maker {
	uint64_t state;
	char *out;
	size_t size, used;
	bool printed; /* the last thing was a character */
	bool alternate;
};

static unsigned draw(struct maker *m, unsigned limit)
{
	m->state ^= m->state << 13;
	m->state ^= m->state >> 7;
	m->state ^= m->state << 17;
	return (unsigned)((m->state * 0x2545f4914f6cdd1du) >> 33) % limit;
}

static void add(struct maker *m, const char *format, ...)
{
	va_list list;

	va_start(list, format);
	m->used += (size_t)vsnprintf(m->out + m->used, m->size - m->used,
				     format, list);
	va_end(list);
	m->printed = false;
}

static void text(struct maker *m)
{
	static const char letters[] =
		"abcdefghijklmnopqrstuvwxyzABCDEFG 0123456789"
		".,;-+#";
	unsigned count = 1 + draw(m, draw(m, 4) ? 12 : 60);

	while (count--)
		add(m, "%c", letters[draw(m, sizeof(letters) - 1)]);
	m->printed = true;
}

static void other_text(struct maker *m)
{
	static const char *const words[] = {
		"日本語", "한국어", "中", "äöü", "→", "Ωλ", "ｗｉｄｅ", "€uro",
	};
	static const char *const marks[] = { "\u0301", "\u0308", "\u20d7" };

	add(m, "%s", words[draw(m, array_size(words))]);
	if (draw(m, 4) == 0)
		add(m, "%s", marks[draw(m, array_size(marks))]);
	m->printed = true;
}

static void control(struct maker *m)
{
	static const char *const controls[] = { "\r\n", "\r\n", "\r\n", "\n",
						"\r",   "\b",   "\t",   "\v" };

	add(m, "%s", controls[draw(m, array_size(controls))]);
}

static void move(struct maker *m)
{
	static const char letters[] = "ABCDEFGHdae`fIZ";
	const char letter = letters[draw(m, sizeof(letters) - 1)];

	if (letter == 'H' || letter == 'f')
		add(m, "\33[%u;%u%c", draw(m, SCREEN_ROWS + 2),
		    draw(m, SCREEN_COLUMNS + 2), letter);
	else if (letter == 'G' || letter == '`')
		add(m, "\33[%u%c", draw(m, SCREEN_COLUMNS + 2), letter);
	else
		add(m, "\33[%u%c", draw(m, 6), letter);
}

static void style(struct maker *m)
{
	static const char *const plain[] = {
		"0",  "",   "1",  "2",  "3",  "4",  "7",  "8",  "9",  "22",
		"23", "24", "27", "28", "29", "39", "49", "53", "55",
	};

	switch (draw(m, 6)) {
	case 0:
		add(m, "\33[%um", 30 + draw(m, 8) + 10 * draw(m, 2));
		break;
	case 1:
		add(m, "\33[%um", 90 + draw(m, 8) + 10 * draw(m, 2));
		break;
	case 2:
		add(m, "\33[%u;5;%um", 38 + 10 * draw(m, 2), draw(m, 256));
		break;
	case 3:
		add(m, "\33[%u;2;%u;%u;%um", 38 + 10 * draw(m, 2), draw(m, 256),
		    draw(m, 256), draw(m, 256));
		break;
	case 4:
		add(m, "\33[%u:2::%u:%u:%u;1m", 38 + 10 * draw(m, 2),
		    draw(m, 256), draw(m, 256), draw(m, 256));
		break;
	default:
		add(m, "\33[%sm", plain[draw(m, array_size(plain))]);
	}
}

static void edit(struct maker *m)
{
	static const char letters[] = "@PXLMJKST";
	const char letter = letters[draw(m, sizeof(letters) - 1)];

	if (letter == 'T')
		add(m, "\33[m"); /* the oracle has no ground there */
	add(m, "\33[%u%c", draw(m, letter == 'J' || letter == 'K' ? 3 : 5),
	    letter);
}

static void region(struct maker *m)
{
	const unsigned top = 1 + draw(m, SCREEN_ROWS - 1);

	if (draw(m, 3))
		add(m, "\33[%u;%ur", top, top + 1 + draw(m, SCREEN_ROWS - top));
	else
		add(m, "\33[r");
}

/* Origin mode and the other screen come and go: the oracle counts margins
 * twice where the cursor moves relatively in origin mode, and has margins of
 * their own for each screen. */
static void mode(struct maker *m)
{
	switch (draw(m, 5)) {
	case 0:
		add(m, "\33[?6h\33[%u;%uH", draw(m, SCREEN_ROWS),
		    draw(m, SCREEN_COLUMNS));
		text(m);
		add(m, "\33[?6l");
		break;
	case 1:
		if (m->alternate)
			break;
		add(m, "\33[m\33[r\33[?1049h");
		text(m);
		edit(m);
		add(m, "\33[m\33[r");
		m->alternate = draw(m, 3) == 0;
		if (!m->alternate)
			add(m, "\33[?1049l");
		break;
	case 2:
		add(m, "\33[4%c", draw(m, 3) ? 'l' : 'h');
		break;
	case 3:
		add(m, "\33[?25%c", draw(m, 2) ? 'l' : 'h');
		break;
	default:
		add(m, "\33[?7%c", draw(m, 4) ? 'h' : 'l');
	}
}

static void escape(struct maker *m)
{
	static const char *const sequences[] = {
		"\33D",
		"\33M",
		"\33E",
		"\0337",
		"\0338",
		"\33H",
		"\33[g",
		"\33M",
		"\33(0",
		"\33(B",
		"\33(B",
		"\33[3g",
		"\33[m\33[r\33#8",
		"\33[s",
		"\33[u",
		"\33[!p",
		"\16",
		"\17",
	};

	add(m, "%s", sequences[draw(m, array_size(sequences))]);
}

static void repeat(struct maker *m)
{
	if (m->printed)
		add(m, "\33[%ub", 1 + draw(m, 5));
}

size_t stream_make(unsigned seed, char *out, size_t size)
{
	static void (*const makers[])(struct maker * m) = {
		text, text,  text, text,   text,   other_text, control, control,
		move, style, edit, region, escape, move,       mode,    repeat,
	};
	struct maker m = {
		.state = (seed + 1) * 0x9e3779b97f4a7c15u,
		.out = out,
		.size = size,
	};

	for (unsigned i = 0; i < PIECES; i++)
		makers[draw(&m, array_size(makers))](&m);
	return m.used;
}

/* ---- screens as text ---- */

static int color_text(char *out, size_t size, char name, uint32_t color)
{
	switch (color & COLOR_KIND) {
	case COLOR_INDEXED:
		return snprintf(out, size, "%c%u", name, color & 255);
	case COLOR_RGB:
		return snprintf(out, size, "%c#%06x", name, color & 0xffffff);
	default:
		return 0;
	}
}

/* What it looks like: "<f1bold>" and so on. Blanks have a ground only. */
static void look_text(const struct cell *cell, bool blank, char out[64])
{
	static const struct {
		uint16_t flag;
		char letter;
	} flags[] = {
		{ CELL_BOLD, 'B' },    { CELL_FAINT, 'F' },
		{ CELL_ITALIC, 'I' },  { CELL_UNDERLINE, 'U' },
		{ CELL_INVERSE, 'R' }, { CELL_CONCEALED, 'C' },
		{ CELL_STRUCK, 'S' },  { CELL_OVERLINED, 'O' },
	};
	int used = 0;

	out[0] = '\0';
	if (!blank)
		used = color_text(out, 64, 'f', cell->fg);
	used += color_text(out + used, 64 - (size_t)used, 'b', cell->bg);
	for (size_t i = 0; i < array_size(flags) && !blank; i++)
		if (cell->flags & flags[i].flag)
			out[used++] = flags[i].letter;
	out[used] = '\0';
}

static void row_text(const struct terminal *t, int y, FILE *out)
{
	const struct cell *cells = terminal_row(t, y);
	char look[64], before[64] = "";
	int last = terminal_columns(t);

	while (last > 0 && !cells[last - 1].bg &&
	       (!cells[last - 1].code || cells[last - 1].code == ' ') &&
	       !(cells[last - 1].flags & CELL_TAIL))
		last--;
	for (int x = 0; x < last; x++) {
		uint32_t codes[TERMINAL_CLUSTER_MAX];
		const size_t count = terminal_characters(t, &cells[x], codes);
		const bool blank = !count || codes[0] == ' ';
		char bytes[4];

		if (cells[x].flags & CELL_TAIL)
			continue;
		look_text(&cells[x], blank, look);
		if (strcmp(look, before))
			fprintf(out, "<%s>", look);
		strcpy(before, look);
		if (!count)
			fputc(' ', out);
		for (size_t i = 0; i < count; i++)
			fwrite(bytes, utf8_encode(codes[i], bytes), 1, out);
	}
	fputc('\n', out);
}

char *screen_text(const struct terminal *t)
{
	struct terminal_cursor cursor;
	char *text = NULL;
	size_t size;
	FILE *out = open_memstream(&text, &size);

	for (int y = 0; y < terminal_rows(t); y++)
		row_text(t, y, out);
	terminal_get_cursor(t, &cursor);
	fprintf(out, "cursor %d %d\n", cursor.x, cursor.y);
	fclose(out);
	return text;
}

uint64_t text_hash(const char *text)
{
	uint64_t hash = 0xcbf29ce484222325u;

	for (; *text; text++)
		hash = (hash ^ (uint8_t)*text) * 0x100000001b3u;
	return hash;
}
