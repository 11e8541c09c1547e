/*
 * view: what the browser's window shows: a page, and over it the glass bar
 * with its buttons, and the bar for finding words. Knows no files.
 */
#ifndef SCOUT_BROWSER_VIEW_H
#define SCOUT_BROWSER_VIEW_H

#include "page.h"

enum view_command {
	VIEW_HOME,
	VIEW_BACK,
	VIEW_FORWARD,
	VIEW_CONTENTS,
	VIEW_HELP,
	VIEW_PREVIOUS, /* chapter */
	VIEW_NEXT,
	VIEW_RELOAD,
	VIEW_COMMANDS,
};

struct view_handler {
	void (*command)(void *user, enum view_command command);
	struct page_handler page;
};

struct view;

struct view *view_create(struct ui *ui, struct widget *parent,
			 const struct view_handler *handler, void *user);
struct page *view_page(struct view *view);

/* Which of the first buttons can be used. */
void view_enable(struct view *view, enum view_command command, bool enabled);
/* The button of where one is; VIEW_COMMANDS: none. */
void view_mark(struct view *view, enum view_command command);
/* Another document: words that were found in the old one are forgotten, and
 * looked for anew if the bar for finding is open. */
void view_document_changed(struct view *view);

/* Keys that mean the same everywhere in the window. */
bool view_key(struct view *view, const struct ui_event *event);

#endif
