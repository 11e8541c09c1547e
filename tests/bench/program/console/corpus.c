#include "corpus.h"

#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include "base/alloc.h"

enum { PIECE_MAX = 4096, COLUMNS = 100, ROWS = 30 };

struct maker {
	uint64_t state;
	char *out;
	size_t used;
};

static unsigned draw(struct maker *m, unsigned limit)
{
	m->state ^= m->state << 13;
	m->state ^= m->state >> 7;
	m->state ^= m->state << 17;
	return (unsigned)(m->state >> 33) % limit;
}

static void add(struct maker *m, const char *format, ...)
	__attribute__((format(printf, 2, 3)));

static void add(struct maker *m, const char *format, ...)
{
	va_list list;

	va_start(list, format);
	m->used += (size_t)vsnprintf(m->out + m->used, PIECE_MAX, format, list);
	va_end(list);
}

static void word(struct maker *m)
{
	static const char *const words[] = {
		"the",   "session", "of",   "a",         "buffer", "is",
		"shown", "memory",  "view", "client",    "parent", "quota",
		"and",   "window",  "in",   "launchpad",
	};

	add(m, "%s ", words[draw(m, array_size(words))]);
}

static void plain(struct maker *m)
{
	for (unsigned i = 6 + draw(m, 12); i > 0; i--)
		word(m);
	add(m, "\n");
}

/* A line of a log: time, level, words with styles. */
static void colour(struct maker *m)
{
	static const unsigned levels[] = { 32, 33, 31, 36 };

	add(m, "\33[2m%02u:%02u:%02u\33[0m \33[1;%um%s\33[0m ", draw(m, 24),
	    draw(m, 60), draw(m, 60), levels[draw(m, 4)], "level");
	for (unsigned i = 2 + draw(m, 6); i > 0; i--) {
		switch (draw(m, 4)) {
		case 0:
			add(m, "\33[38;5;%um", draw(m, 256));
			break;
		case 1:
			add(m, "\33[38;2;%u;%u;%um", draw(m, 256), draw(m, 256),
			    draw(m, 256));
			break;
		case 2:
			add(m, "\33[4;3%um", draw(m, 8));
			break;
		default:
			break;
		}
		word(m);
		word(m);
		add(m, "\33[m");
	}
	add(m, "\n");
}

/* An editor or a monitor: fields here and there. */
static void full_screen(struct maker *m)
{
	add(m, "\33[%u;%uH", 1 + draw(m, ROWS), 1 + draw(m, COLUMNS));
	if (draw(m, 2))
		add(m, "\33[%u;4%um", 30 + draw(m, 8), draw(m, 8));
	word(m);
	if (draw(m, 4) == 0)
		add(m, "\33[K");
	if (draw(m, 40) == 0)
		add(m, "\33[%u;%ur\33[%uL\33[r", 3 + draw(m, 5),
		    20 + draw(m, 10), 1 + draw(m, 3));
}

static void wide(struct maker *m)
{
	static const char *const words[] = { "日本語", "größer", "한국어",
					     "Ωmega",  "plain",  "e\u0301",
					     "→ ",     "🙂" };

	for (unsigned i = 6 + draw(m, 8); i > 0; i--)
		add(m, "%s ", words[draw(m, array_size(words))]);
	add(m, "\n");
}

char *corpus_make(const char *kind, size_t bytes, size_t *made)
{
	static const struct {
		const char *name;
		void (*piece)(struct maker *m);
	} kinds[] = {
		{ "plain", plain },
		{ "colour", colour },
		{ "full-screen", full_screen },
		{ "wide", wide },
	};
	struct maker m = { .state = 88172645463325252u };

	for (size_t i = 0; i < array_size(kinds); i++) {
		if (strcmp(kinds[i].name, kind))
			continue;
		m.out = xcalloc(bytes + PIECE_MAX, 1);
		while (m.used < bytes)
			kinds[i].piece(&m);
		*made = m.used;
		return m.out;
	}
	return NULL;
}
