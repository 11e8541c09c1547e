/*
 * The mode `screen`: the whole X screen is one window.
 */
#include "glue.h"

struct point screen_to_root(const struct glue *glue, struct point at)
{
	const struct xwin *win;

	TAILQ_FOREACH(win, &glue->windows, link)
	if (win->is_root)
		return (struct point){ at.x - win->shown.x,
				       at.y - win->shown.y };
	return at;
}
