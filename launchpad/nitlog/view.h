/*
 * view: a widget that shows lines of a scrollback, one hue for each label.
 *
 * It follows the end until the user goes up, or pauses it.
 */
#ifndef NITLOG_VIEW_H
#define NITLOG_VIEW_H

#include "scout/widget/widgets.h"
#include "scrollback.h"

struct view;
struct view *view_create(struct ui *ui, struct widget *parent,
			 struct scrollback *scrollback);
/* Lines were added, or taken away. */
void view_changed(struct view *view);
/* What came later than now isn't shown until it goes on. */
void view_pause(struct view *view, bool paused);
bool view_is_paused(const struct view *view);
/* Lines that were not shown because of that. */
uint64_t view_held_back(const struct view *view);

/* Marks these words; "": none. Goes to the next line with them from where it
 * is; false when there is none in that direction. */
void view_mark(struct view *view, const char *words);
bool view_go(struct view *view, int direction);

/* The selected lines, from < end; all that are shown when none is. */
void view_selected(const struct view *view, uint64_t *from, uint64_t *end);
void view_select_all(struct view *view);

#endif
