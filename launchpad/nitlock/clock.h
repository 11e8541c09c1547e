/*
 * clock: the time of day, large, and the date below it.
 */
#ifndef NITLOCK_CLOCK_H
#define NITLOCK_CLOCK_H

#include "base/loop.h"
#include "scout/widget/widgets.h"

struct clock;
/* Runs on the loop until the tree is destroyed. */
struct clock *clock_create(struct ui *ui, struct widget *parent,
			   struct loop *loop);

#endif
