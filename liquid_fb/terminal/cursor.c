/*
 * Moving the cursor.
 */
#include <string.h>

#include "liquid_fb/terminal/terminal_private.h"

enum { TAB_WIDTH = 8 };

static int limited(int value, int low, int high)
{
	return value < low ? low : value > high ? high : value;
}

void cursor_clip(struct terminal *t)
{
	t->x = limited(t->x, 0, t->columns - 1);
	t->y = limited(t->y, 0, t->height - 1);
	t->last_column = false;
	t->cluster_joins = 0;
}

void cursor_to(struct terminal *t, int x, int y)
{
	if (t->modes & MODE_ORIGIN) {
		x = limited(x + t->left, t->left, t->right);
		y = limited(y + t->top, t->top, t->bottom);
	}
	t->x = x;
	t->y = y;
	cursor_clip(t);
}

void cursor_to_column(struct terminal *t, int x)
{
	t->x = t->modes & MODE_ORIGIN ? limited(x + t->left, t->left, t->right)
				      : x;
	cursor_clip(t);
}

void cursor_to_row(struct terminal *t, int y)
{
	t->y = t->modes & MODE_ORIGIN ? limited(y + t->top, t->top, t->bottom)
				      : y;
	cursor_clip(t);
}

void cursor_up(struct terminal *t, int count)
{
	const int limit = t->y >= t->top ? t->top : 0;

	t->y = limited(t->y - count, limit, t->height - 1);
	cursor_clip(t);
}

void cursor_down(struct terminal *t, int count)
{
	const int limit = t->y <= t->bottom ? t->bottom : t->height - 1;

	t->y = limited(t->y + count, 0, limit);
	cursor_clip(t);
}

void cursor_right(struct terminal *t, int count)
{
	t->x = limited(t->x + count, 0, line_end(t) - 1);
	cursor_clip(t);
}

/* ?45: over the left edge to the end of the row above, if that one goes on
 * here. */
static bool wraps_back(const struct terminal *t)
{
	return (t->modes & MODE_BACKWARD_WRAP) && (t->modes & MODE_WRAP) &&
	       t->x == 0 && t->y > t->top && t->y <= t->bottom &&
	       screen_row(t, t->y - 1)->wrapped;
}

void cursor_left(struct terminal *t, int count)
{
	const bool back = t->modes & MODE_BACKWARD_WRAP && t->modes & MODE_WRAP;
	const int limit = t->x >= t->left ? t->left : 0;

	if (!back || has_margins(t)) {
		t->x = limited(t->x - count, limit, t->columns - 1);
	} else {
		if (t->last_column)
			count--;
		while (count > 0) {
			int step = count < t->x ? count : t->x;

			t->x -= step;
			count -= step;
			if (!count || !wraps_back(t))
				break;
			t->y--;
			t->x = t->columns - 1;
			count--;
		}
	}
	cursor_clip(t);
}

void cursor_back(struct terminal *t)
{
	cursor_left(t, 1);
}

void cursor_return(struct terminal *t)
{
	/* Left of the margin it goes on to the edge. */
	t->x = t->modes & MODE_ORIGIN || t->x >= t->left ? t->left : 0;
	t->last_column = false;
	t->cluster_joins = 0;
}

void cursor_index(struct terminal *t)
{
	if (t->y != t->bottom)
		t->y += t->y < t->height - 1;
	else if (in_columns(t))
		scroll_up(t, t->top, t->bottom, 1);
	t->last_column = false;
	t->cluster_joins = 0;
}

void cursor_reverse_index(struct terminal *t)
{
	if (t->y != t->top)
		t->y -= t->y > 0;
	else if (in_columns(t))
		scroll_down(t, t->top, t->bottom, 1);
	t->last_column = false;
	t->cluster_joins = 0;
}

/* ---- tabs ---- */

void tabs_reset(struct terminal *t)
{
	for (int x = 0; x < t->columns; x++)
		t->tabs[x] = x % TAB_WIDTH == 0;
}

/* Keeps the last-column flag, as xterm does. */
void cursor_tab(struct terminal *t, int count)
{
	const int last = line_end(t) - 1;

	while (count-- > 0 && t->x < last)
		do
			t->x++;
		while (t->x < last && !t->tabs[t->x]);
	t->cluster_joins = 0;
}

void cursor_back_tab(struct terminal *t, int count)
{
	while (count-- > 0 && t->x > 0)
		do
			t->x--;
		while (t->x > 0 && !t->tabs[t->x]);
	t->last_column = false;
	t->cluster_joins = 0;
}

/* ---- saving ---- */

void cursor_save(struct terminal *t)
{
	struct saved_cursor *saved = &t->screen->saved;

	*saved = (struct saved_cursor){
		.x = t->x,
		.y = t->y,
		.last_column = t->last_column,
		.origin = t->modes & MODE_ORIGIN,
		.pen = t->pen,
		.gl = t->gl,
	};
	memcpy(saved->charsets, t->charsets, sizeof(saved->charsets));
}

void cursor_restore(struct terminal *t)
{
	const struct saved_cursor *saved = &t->screen->saved;

	t->x = saved->x;
	t->y = saved->y;
	cursor_clip(t);
	t->last_column = saved->last_column && t->x == t->columns - 1;
	t->modes = saved->origin ? t->modes | MODE_ORIGIN
				 : t->modes & ~(uint32_t)MODE_ORIGIN;
	t->pen = saved->pen;
	t->gl = saved->gl;
	memcpy(t->charsets, saved->charsets, sizeof(t->charsets));
	print_update(t);
}
