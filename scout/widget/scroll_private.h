/*
 * What other widgets need of the scroll area.
 */
#ifndef SCOUT_WIDGET_SCROLL_PRIVATE_H
#define SCOUT_WIDGET_SCROLL_PRIVATE_H

#include "scout/widget/widgets.h"

/* How much of ink3 the thumb has, not hovered. */
enum { THUMB_ALPHA = 210 };

/* A scroll area for a child of any class: make the child first, then the bar.
 * When the child moves, its class's `place` runs. */
struct scroll *scroll_create_bare(struct ui *ui, struct widget *parent);
void scroll_add_bar(struct scroll *scroll);

/* As scroll_to, but it may be seen on its way. */
void scroll_glide(struct scroll *scroll, int y);

#endif
