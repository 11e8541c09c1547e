#include "scrollback.h"

#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"

struct line {
	char *text;
	uint32_t bytes;
	uint16_t label;
};

struct scrollback {
	struct line lines[SCROLLBACK_LINES]; /* a ring, by number */
	uint64_t first, end;
	size_t bytes;
	char *labels[SCROLLBACK_LABELS];
	unsigned label_count;
};

struct scrollback *scrollback_create(void)
{
	return xcalloc(1, sizeof(struct scrollback));
}

static struct line *at(const struct scrollback *scrollback, uint64_t number)
{
	struct scrollback *own = (struct scrollback *)scrollback;

	return &own->lines[number % SCROLLBACK_LINES];
}

static void drop_first(struct scrollback *scrollback)
{
	struct line *line = at(scrollback, scrollback->first++);

	scrollback->bytes -= line->bytes;
	free(line->text);
	line->text = NULL;
}

void scrollback_clear(struct scrollback *scrollback)
{
	while (scrollback->first < scrollback->end)
		drop_first(scrollback);
}

void scrollback_destroy(struct scrollback *scrollback)
{
	if (!scrollback)
		return;
	scrollback_clear(scrollback);
	for (unsigned i = 0; i < scrollback->label_count; i++)
		free(scrollback->labels[i]);
	free(scrollback);
}

static unsigned label_index(struct scrollback *scrollback, const char *label)
{
	unsigned i;

	for (i = 0; i < scrollback->label_count; i++)
		if (strcmp(scrollback->labels[i], label) == 0)
			return i;
	if (i == SCROLLBACK_LABELS - 1)
		label = "others";
	if (i == SCROLLBACK_LABELS)
		return SCROLLBACK_LABELS - 1;
	scrollback->labels[scrollback->label_count++] = xstrdup(label);
	return i;
}

void scrollback_add(struct scrollback *scrollback, const char *label,
		    const char *text)
{
	struct line line = {
		.text = xstrdup(text),
		.bytes = (uint32_t)strlen(text),
		.label = (uint16_t)label_index(scrollback, label),
	};

	if (scrollback->end - scrollback->first == SCROLLBACK_LINES)
		drop_first(scrollback);
	while (scrollback->first < scrollback->end &&
	       scrollback->bytes + line.bytes > SCROLLBACK_BYTES)
		drop_first(scrollback);
	*at(scrollback, scrollback->end++) = line;
	scrollback->bytes += line.bytes;
}

uint64_t scrollback_first(const struct scrollback *scrollback)
{
	return scrollback->first;
}

uint64_t scrollback_end(const struct scrollback *scrollback)
{
	return scrollback->end;
}

unsigned scrollback_labels(const struct scrollback *scrollback)
{
	return scrollback->label_count;
}

const char *scrollback_text(const struct scrollback *scrollback,
			    uint64_t number)
{
	return at(scrollback, number)->text;
}

const char *scrollback_label(const struct scrollback *scrollback,
			     uint64_t number)
{
	return scrollback->labels[at(scrollback, number)->label];
}

/* ---- words ---- */

static bool has(const struct scrollback *scrollback, uint64_t number,
		const char *words)
{
	return strcasestr(scrollback_text(scrollback, number), words) ||
	       strcasestr(scrollback_label(scrollback, number), words);
}

bool scrollback_find(const struct scrollback *scrollback, const char *words,
		     uint64_t from, int direction, uint64_t end,
		     uint64_t *found)
{
	if (end > scrollback->end)
		end = scrollback->end;
	if (!*words || scrollback->first >= end)
		return false;
	if (direction > 0)
		from = from < scrollback->first ? scrollback->first : from;
	else
		from = from >= end ? end - 1 : from;
	for (uint64_t n = from; n >= scrollback->first && n < end;
	     n += (uint64_t)(int64_t)direction)
		if (has(scrollback, n, words)) {
			*found = n;
			return true;
		}
	return false;
}

char *scrollback_copy(const struct scrollback *scrollback, uint64_t from,
		      uint64_t end, size_t max, size_t *bytes)
{
	char *text, *to;
	size_t all = 0;
	uint64_t n;

	if (end > scrollback->end)
		end = scrollback->end;
	if (from < scrollback->first)
		from = scrollback->first;
	for (n = end; n > from; n--) {
		size_t more = strlen(scrollback_label(scrollback, n - 1)) +
			      at(scrollback, n - 1)->bytes + 3;

		if (all + more > max)
			break;
		all += more;
	}
	text = to = xcalloc(all + 1, 1);
	for (; n < end; n++) {
		to = stpcpy(to, scrollback_label(scrollback, n));
		to = stpcpy(to, ": ");
		to = stpcpy(to, scrollback_text(scrollback, n));
		to = stpcpy(to, "\n");
	}
	*bytes = (size_t)(to - text);
	return text;
}
