/*
 * browser: what its parts share.
 */
#ifndef SCOUT_BROWSER_BROWSER_H
#define SCOUT_BROWSER_BROWSER_H

#include "book.h"
#include "history.h"
#include "pictures.h"
#include "scout/widget/window.h"
#include "session/component.h"
#include "view.h"

struct browser {
	struct component component;
	struct source source;
	struct book book;
	struct history history;
	struct pictures pictures;
	struct window *window;
	struct view *view;
	char *address; /* what is shown, in the book; NULL: nothing */
	struct source_watch *watch;
	const char *argument; /* of the command line; NULL: none */
	char *asked; /* entry that the parent was asked to start; or NULL */
	uint64_t quota; /* bytes; 0: nobody counts */
	bool too_large; /* the document that was read last */
	bool hurry; /* the first page is wanted: a part is enough */
	struct timer rest; /* then all of it is read */
};

/* Once component and source are there. */
void browser_init(struct browser *browser);
/* Bytes that the program may have in all; 0: nobody counts them. */
void browser_set_quota(struct browser *browser, uint64_t bytes);
/* Reads the book that argument and config ask for, and shows its beginning. */
void browser_begin(struct browser *browser);
void browser_finish(struct browser *browser);

/* Shows an address of the book, "#anchor" behind it obeyed. False: it can't be
 * read, which the user was told. */
bool browser_show(struct browser *browser, const char *address);
/* The same, remembered for going back. */
bool browser_go(struct browser *browser, const char *address);

/* A message to the user. */
void browser_say(struct browser *browser, const char *title, const char *text);

/* ---- handlers ---- */

void browser_command(void *browser, enum view_command command);
extern const struct view_handler browser_view_handler;

#endif
