/*
 * book: documents in an order, and the ways between them.
 */
#ifndef SCOUT_BROWSER_BOOK_H
#define SCOUT_BROWSER_BOOK_H

#include "scout/document/document.h"
#include "source.h"

enum { BOOK_BYTES_MAX = 1 << 20, CHAPTERS_MAX = 1000 };

/* Addresses that the browser makes pages for. */
#define ADDRESS_CONTENTS "contents:"
#define ADDRESS_HELP "help:"

struct chapter {
	char *file; /* as the book names it */
	char *title; /* NULL: not known yet */
};

struct book {
	struct source *source;
	char *folder; /* its files are relative to it; "" or ends with "/" */
	char *title; /* NULL: none */
	struct chapter *chapters;
	size_t count;
};

/* From a Markdown file, a folder or a BOOK.xml. A file that can't be read is
 * a book of one chapter whose reading fails. */
void book_open(struct book *book, struct source *source, const char *name);
/* From <chapter> nodes below `node`, of a config. */
void book_read(struct book *book, struct source *source,
	       const struct config_node *node);
void book_finish(struct book *book);

/* Number of the chapter with that file; -1: it is none. */
int book_find(const struct book *book, const char *file);
/* Reads the chapter for it if need be. */
const char *book_chapter_title(struct book *book, size_t chapter);

/* `to`, as a link in the file `from` names it, relative to the book's folder;
 * without the part behind "#". Owned by the caller; "" is `from` itself. */
char *book_resolve(const char *from, const char *to);
/* What source_open takes. Owned by the caller. */
char *book_path(const struct book *book, const char *file);

/* The table of contents as Markdown; for a single file its headings. Owned by
 * the caller. */
char *book_contents(struct book *book, size_t *bytes);

#endif
