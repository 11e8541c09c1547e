/*
 * find: the bar for finding words in a page.
 */
#ifndef SCOUT_BROWSER_FIND_H
#define SCOUT_BROWSER_FIND_H

#include "page.h"

enum { FIND_HEIGHT = 48, FIND_SELECTION_MAX = 256, FIND_MARKS_MAX = 10000 };

struct find;

/* `closed` is called when the user closes it. */
struct find *find_create(struct ui *ui, struct widget *parent,
			 struct page *page, widget_fn *closed, void *user);
/* Shows it and gives it the keyboard; words that are selected are looked
 * for. */
void find_open(struct find *find);
void find_close(struct find *find);
bool find_is_open(const struct find *find);
/* The next or previous place. */
void find_step(struct find *find, int direction);
/* The page shows something else. */
void find_again(struct find *find);

/* Places of `words` in a text, without regard to the case of A to Z. Returns
 * how many there are, of which at most `most` are written. */
size_t find_places(const char *text, size_t bytes, const char *words,
		   struct page_mark *places, size_t most);

#endif
