/*
 * Searching the programs: the best of what was found, best first.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "catalogue/search.h"
#include "launchpad.h"

enum { SHOWN_MAX = 40 };

struct found {
	struct program *program;
	struct search_hit hit;
};

/* Best first. */
static int compare(const void *a, const void *b)
{
	const struct found *one = a, *two = b;

	if (one->hit.score != two->hit.score)
		return one->hit.score > two->hit.score ? -1 : 1;
	return strcmp(one->program->key, two->program->key);
}

static size_t find_all(struct launchpad *launchpad, const char *wanted,
		       struct found *found)
{
	size_t count = 0;

	for (struct program *p = launchpad->programs; p; p = p->next) {
		const struct searched searched = {
			.name = p->key,
			.others = p->others,
			.uses = p->uses,
		};

		p->found = NULL;
		if (search_match(wanted, &searched, &found[count].hit))
			found[count++].program = p;
	}
	return count;
}

static void show(struct launchpad *launchpad, struct found *found, size_t count)
{
	struct panel_group *results = panel_results(launchpad->panel);
	char note[64];

	for (size_t i = 0; i < count && i < SHOWN_MAX; i++) {
		struct program *program = found[i].program;
		struct panel_entry_info info;

		program_describe(program, &info);
		info.marks = found[i].hit.letters;
		program->found = panel_add_entry(results, &info, program);
	}
	if (count > SHOWN_MAX)
		snprintf(note, sizeof(note), "the best %d of %zu", SHOWN_MAX,
			 count);
	else
		snprintf(note, sizeof(note), count ? "%zu" : "nothing", count);
	panel_set_found(launchpad->panel, note);
	icons_soon(launchpad);
}

void programs_search(void *user, const char *words)
{
	struct launchpad *launchpad = user;
	size_t programs = 0, count;
	char *wanted = xstrndup(words, SEARCH_TEXT_MAX), *folded;
	struct found *found;

	panel_clear_group(panel_results(launchpad->panel));
	for (struct program *p = launchpad->programs; p; p = p->next) {
		p->found = NULL;
		programs++;
	}
	folded = search_fold(wanted);
	free(wanted);
	/* A blank at the end waits for the next word. */
	for (size_t n = strlen(folded); n && folded[n - 1] == ' ';)
		folded[--n] = 0;
	if (*folded) {
		found = xcalloc(programs + 1, sizeof(*found));
		count = find_all(launchpad, folded, found);
		qsort(found, count, sizeof(*found), compare);
		show(launchpad, found, count);
		free(found);
	}
	free(folded);
}
