/*
 * page: the widget that shows a document.
 *
 * It scrolls by itself: what is at its top is a box of the flow and an offset
 * in it, so that heights that become known above do not move what is read. Of
 * the document only what is visible is laid out and has widgets: links, the
 * copy buttons of code, and the ways to the chapters before and behind.
 */
#ifndef SCOUT_BROWSER_PAGE_H
#define SCOUT_BROWSER_PAGE_H

#include "scout/document/flow.h"
#include "scout/image/image.h"
#include "scout/widget/widgets.h"

struct page;

/* What is known of a picture. */
struct page_picture {
	uint32_t w, h; /* of the file */
	const char *error; /* why it can't be shown; NULL: it can */
};

struct page_handler {
	void (*follow)(void *user, const char *address, uint32_t line);
	/* The text is the callee's to read only. */
	void (*copy)(void *user, const char *text, size_t bytes);
	/* The pictures that are asked for from here on can be seen, others
	 * can't. */
	void (*look)(void *user);
	/* NULL: not known yet. `room`: most pixels it is shown wide. */
	const struct page_picture *(*picture)(void *user, const char *address,
					      uint32_t room);
	/* Its pixels for showing it in that size; they may be of another one.
	 * NULL: not there yet. */
	const struct image *(*pixels)(void *user,
				      const struct page_picture *picture,
				      uint32_t w, uint32_t h);
};

/* Where one is in a document: survives other widths and sizes. */
struct page_place {
	uint32_t text; /* of the first line that is seen */
	int offset; /* how far above the top that line begins, logical */
};

/* A way to another chapter at the end of the document; NULL: none. */
struct page_way {
	const char *title, *address;
};

struct page *page_create(struct ui *ui, struct widget *parent,
			 const struct page_handler *handler, void *user);

/* Shows it from its beginning; the document is the page's from here on. */
void page_show(struct page *page, struct document *document,
	       struct page_way previous, struct page_way next);
const struct document *page_document(const struct page *page);

/* Rows at the top and bottom that something else lies over, real pixels. */
void page_set_covered(struct page *page, int top, int bottom);

struct page_place page_place_now(const struct page *page);
void page_go(struct page *page, struct page_place place);
/* The place of the text becomes visible; at the top, or anywhere. */
void page_go_text(struct page *page, uint32_t text, bool at_top);
void page_go_block(struct page *page, uint32_t block);

/* Percent of the text's size. */
void page_zoom(struct page *page, int percent);
/* Pictures arrived; `size`: theirs became known. */
void page_pictures_changed(struct page *page, bool size);

/* What is selected; false: nothing. */
bool page_selection(const struct page *page, uint32_t *from, uint32_t *to);
void page_select(struct page *page, uint32_t from, uint32_t to);
void page_select_all(struct page *page);
/* The words of a part of the document, a line for each block; owned by the
 * caller. */
char *page_words(const struct page *page, uint32_t from, uint32_t to);

/* Parts that are marked, in order, kept by reference; `now`: the one that is
 * marked more strongly. */
struct page_mark {
	uint32_t from, to;
};
void page_set_marks(struct page *page, const struct page_mark *marks,
		    size_t count, size_t now);

void page_scroll_wheel(struct page *page, const struct ui_event *event);
/* Keys that scroll; true: it was one. */
bool page_key(struct page *page, const struct ui_event *event);

#endif
