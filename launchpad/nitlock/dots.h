/*
 * dots: a field for a password. It shows a dot for each character, keeps no
 * copies, and can be neither selected, copied nor pasted into.
 */
#ifndef NITLOCK_DOTS_H
#define NITLOCK_DOTS_H

#include "scout/widget/widgets.h"

enum { DOTS_BYTES_MAX = 255 };

struct dots;
/* `enter`: at Enter. */
struct dots *dots_create(struct ui *ui, struct widget *parent, const char *name,
			 widget_fn *enter, void *user);
const char *dots_text(const struct dots *dots);
void dots_clear(struct dots *dots);
/* It was wrong: shakes, unless motion is reduced, and is marked until the next
 * character. */
void dots_refuse(struct dots *dots);

#endif
