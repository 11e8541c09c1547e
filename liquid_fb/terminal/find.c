/*
 * Looking for words in the scrollback and on the screen.
 */
#include <string.h>

#include "base/utf8.h"
#include "liquid_fb/terminal/terminal_private.h"

enum { WORDS_MAX = 256 };

/* What is looked for. */
struct needle {
	uint32_t codes[WORDS_MAX];
	size_t count;
	bool any_case;
};

/* One whole line, wrapped rows joined. */
struct straw {
	uint32_t *codes;
	struct terminal_point *places;
	size_t count, capacity;
};

static uint32_t lower(uint32_t code)
{
	return code >= 'A' && code <= 'Z' ? code + 'a' - 'A' : code;
}

static bool read_needle(struct needle *needle, const char *words)
{
	size_t bytes = strlen(words), at = 0;

	needle->count = 0;
	needle->any_case = true;
	while (at < bytes && needle->count < WORDS_MAX) {
		uint32_t code = 0;
		size_t n = utf8_decode(words + at, bytes - at, &code);

		if (!n)
			return false;
		if (lower(code) != code)
			needle->any_case = false;
		needle->codes[needle->count++] = code;
		at += n;
	}
	return needle->count > 0;
}

static void add_cell(struct straw *straw, const struct terminal *t,
		     const struct cell *cell, struct terminal_point place)
{
	uint32_t codes[TERMINAL_CLUSTER_MAX] = { ' ' };
	size_t count = terminal_characters(t, cell, codes);

	if (cell->flags & (CELL_TAIL | CELL_FILLER))
		return;
	if (!count)
		count = 1;
	if (straw->count + count > straw->capacity) {
		straw->capacity = (straw->count + count) * 2;
		straw->codes = xreallocarray(straw->codes, straw->capacity,
					     sizeof(*straw->codes));
		straw->places = xreallocarray(straw->places, straw->capacity,
					      sizeof(*straw->places));
	}
	for (size_t i = 0; i < count; i++) {
		straw->codes[straw->count] = codes[i];
		straw->places[straw->count++] = place;
	}
}

/* The whole line that has `line` in it; returns its last row. */
static uint64_t read_straw(struct straw *straw, const struct terminal *t,
			   struct cell *cells, uint64_t line, uint64_t *first)
{
	struct terminal_point from, to;

	terminal_whole_line(t, line, &from, &to);
	straw->count = 0;
	for (uint64_t i = from.line; i <= to.line; i++) {
		terminal_line(t, i, cells);
		for (int x = 0; x < t->columns; x++)
			add_cell(straw, t, &cells[x],
				 (struct terminal_point){ i, x });
	}
	*first = from.line;
	return to.line;
}

static bool matches(const struct straw *straw, size_t at,
		    const struct needle *needle)
{
	if (at + needle->count > straw->count)
		return false;
	for (size_t i = 0; i < needle->count; i++) {
		uint32_t code = straw->codes[at + i];

		if (needle->any_case)
			code = lower(code);
		if (code != needle->codes[i])
			return false;
	}
	return true;
}

static bool is_before(struct terminal_point a, struct terminal_point b)
{
	return a.line < b.line || (a.line == b.line && a.x < b.x);
}

/* The match in this line that is nearest to `start` on the right side of it. */
static bool find_in(const struct straw *straw, const struct needle *needle,
		    bool forward, struct terminal_point start,
		    struct terminal_point *from, struct terminal_point *to)
{
	bool found = false;

	for (size_t i = 0; i < straw->count; i++) {
		if (forward ? !is_before(start, straw->places[i])
			    : !is_before(straw->places[i], start))
			continue;
		if (!matches(straw, i, needle))
			continue;
		*from = straw->places[i];
		*to = straw->places[i + needle->count - 1];
		to->x++;
		found = true;
		if (forward)
			break;
	}
	return found;
}

bool terminal_find(const struct terminal *t, const char *words, bool forward,
		   struct terminal_point *from, struct terminal_point *to)
{
	const uint64_t begin = terminal_first_line(t);
	const uint64_t end = t->pushed + (uint64_t)t->height;
	struct cell *cells = xcalloc((size_t)t->columns, sizeof(*cells));
	const struct terminal_point start = *from;
	struct straw straw = { .codes = NULL };
	struct needle needle;
	uint64_t line = start.line, first, last;
	bool found = false;

	if (!read_needle(&needle, words)) {
		free(cells);
		return false;
	}
	line = line < begin ? begin : line >= end ? end - 1 : line;
	for (;;) {
		last = read_straw(&straw, t, cells, line, &first);
		found = find_in(&straw, &needle, forward, start, from, to);
		if (found || (forward ? last + 1 >= end : first <= begin))
			break;
		line = forward ? last + 1 : first - 1;
	}
	free(straw.codes);
	free(straw.places);
	free(cells);
	return found;
}
