/*
 * The terminal as a whole: its life, its damage, what is asked about it.
 */
#include <string.h>

#include "liquid_fb/terminal/terminal_private.h"

static const struct terminal_handler no_handler;

static int limited(int value, int max)
{
	return value < 1 ? 1 : value > max ? max : value;
}

/* xterm's 16 colours as they are usual today, its cube, its greys. */
static void default_palette(uint32_t *palette)
{
	static const uint32_t named[] = {
		0x000000, 0xcd3131, 0x0dbc79, 0xe5e510, 0x2472c8, 0xbc3fbc,
		0x11a8cd, 0xe5e5e5, 0x666666, 0xf14c4c, 0x23d18b, 0xf5f543,
		0x3b8eea, 0xd670d6, 0x29b8db, 0xffffff,
	};
	static const uint8_t steps[] = { 0, 95, 135, 175, 215, 255 };

	memcpy(palette, named, sizeof(named));
	for (unsigned i = 0; i < 216; i++)
		palette[16 + i] = (uint32_t)steps[i / 36] << 16 |
				  (uint32_t)steps[i / 6 % 6] << 8 |
				  steps[i % 6];
	for (unsigned i = 0; i < 24; i++)
		palette[232 + i] = (8 + 10 * i) * 0x010101u;
	palette[PALETTE_FG] = 0xe5e5e5;
	palette[PALETTE_BG] = 0x000000;
	palette[PALETTE_CURSOR] = 0xe5e5e5;
}

struct terminal *terminal_create(int columns, int rows, unsigned scrollback,
				 const struct terminal_handler *handler,
				 void *user)
{
	struct terminal *t = xcalloc(1, sizeof(*t));

	t->columns = limited(columns, TERMINAL_COLUMNS_MAX);
	t->height = limited(rows, TERMINAL_ROWS_MAX);
	t->handler = handler ? handler : &no_handler;
	t->user = user;
	t->cell_w = 8;
	t->cell_h = 16;
	screen_init(&t->primary, t->columns, t->height);
	screen_init(&t->alternate, t->columns, t->height);
	t->screen = &t->primary;
	t->tabs = xcalloc((size_t)t->columns, 1);
	scrollback_init(&t->scrollback, scrollback < TERMINAL_SCROLLBACK_MAX
						? scrollback
						: TERMINAL_SCROLLBACK_MAX);
	store_init(&t->store);
	default_palette(t->user_palette);
	/* Nobody is to hear of the first reset. */
	t->handler = &no_handler;
	terminal_hard_reset(t);
	t->handler = handler ? handler : &no_handler;
	return t;
}

void terminal_destroy(struct terminal *t)
{
	if (!t)
		return;
	screen_finish(&t->primary, t->height);
	screen_finish(&t->alternate, t->height);
	scrollback_finish(&t->scrollback);
	store_finish(&t->store);
	while (t->title_count)
		free(t->titles[--t->title_count]);
	free(t->title);
	free(t->tabs);
	free(t->replies);
	free(t->parser.string);
	free(t);
}

void terminal_reset(struct terminal *t)
{
	t->parser.state = STATE_GROUND;
	t->parser.missing = 0;
	terminal_hard_reset(t);
}

void terminal_set_scrollback(struct terminal *t, unsigned lines)
{
	scrollback_set_limit(&t->scrollback, lines < TERMINAL_SCROLLBACK_MAX
						     ? lines
						     : TERMINAL_SCROLLBACK_MAX);
}

void terminal_clear_scrollback(struct terminal *t)
{
	scrollback_clear(&t->scrollback);
}

void terminal_set_cell_size(struct terminal *t, int w, int h)
{
	t->cell_w = w > 0 ? w : 1;
	t->cell_h = h > 0 ? h : 1;
}

/* ---- colours ---- */

void terminal_set_palette(struct terminal *t, const uint32_t *colors)
{
	memcpy(t->user_palette, colors, sizeof(t->user_palette));
	memcpy(t->palette, colors, sizeof(t->palette));
	damage_all(t);
}

const uint32_t *terminal_palette(const struct terminal *t)
{
	return t->palette;
}

uint32_t terminal_rgb(const struct terminal *t, uint32_t color, bool background)
{
	switch (color & COLOR_KIND) {
	case COLOR_INDEXED:
		return t->palette[color & 0xff];
	case COLOR_RGB:
		return color & 0xffffff;
	default:
		return t->palette[background ? PALETTE_BG : PALETTE_FG];
	}
}

/* ---- what is asked ---- */

int terminal_columns(const struct terminal *t)
{
	return t->columns;
}

int terminal_rows(const struct terminal *t)
{
	return t->height;
}

const struct cell *terminal_row(const struct terminal *t, int row)
{
	return screen_row(t, row)->cells;
}

bool terminal_row_wraps(const struct terminal *t, int row)
{
	return screen_row(t, row)->wrapped;
}

void terminal_get_cursor(const struct terminal *t,
			 struct terminal_cursor *cursor)
{
	*cursor = (struct terminal_cursor){
		.x = t->x,
		.y = t->y,
		.visible = t->modes & MODE_CURSOR,
		.shape = t->shape,
		.blinking = t->modes & MODE_BLINKING,
	};
}

enum mouse_mode terminal_mouse_mode(const struct terminal *t)
{
	return t->mouse;
}

bool terminal_on_alternate(const struct terminal *t)
{
	return t->screen == &t->alternate;
}

bool terminal_is_synchronised(const struct terminal *t)
{
	return t->modes & MODE_SYNCHRONISED;
}

void terminal_end_synchronised(struct terminal *t)
{
	t->modes &= ~(uint32_t)MODE_SYNCHRONISED;
}

bool terminal_is_reversed(const struct terminal *t)
{
	return t->modes & MODE_REVERSED;
}

const char *terminal_title(const struct terminal *t)
{
	return t->title ? t->title : "";
}

/* ---- damage ---- */

void damage_all(struct terminal *t)
{
	t->scrolled = 0;
	for (int y = 0; y < t->height; y++)
		row_touch(t->screen->rows[y], 0, t->columns);
}

void terminal_damage_all(struct terminal *t)
{
	damage_all(t);
}

static void touch_rows(struct terminal *t, int top, int end)
{
	for (int y = top; y < end; y++)
		row_touch(t->screen->rows[y], 0, t->columns);
}

/* Rows top .. bottom moved up by count (down if negative); their damage moved
 * with them. */
void damage_scroll(struct terminal *t, int top, int bottom, int count)
{
	const int height = bottom + 1 - top;

	if (t->scrolled &&
	    (t->scroll_top != top || t->scroll_end != bottom + 1)) {
		/* Only one move can wait. The other one's rows, which may
		 * have moved meanwhile, are drawn. */
		touch_rows(t, t->scroll_top < top ? t->scroll_top : top,
			   t->scroll_end > bottom + 1 ? t->scroll_end
						      : bottom + 1);
		t->scrolled = 0;
		return;
	}
	t->scroll_top = top;
	t->scroll_end = bottom + 1;
	t->scrolled += count;
	if (t->scrolled >= height || -t->scrolled >= height) {
		/* The rows' own damage says so already, but for those that
		 * went out and came back. */
		touch_rows(t, top, bottom + 1);
		t->scrolled = 0;
	}
}

void terminal_take_damage(struct terminal *t, struct terminal_damage *damage,
			  struct terminal_span *spans)
{
	*damage = (struct terminal_damage){
		.top = t->scroll_top,
		.end = t->scroll_end,
		.scrolled = t->scrolled,
		.any = t->scrolled != 0,
	};
	t->scrolled = 0;
	for (int y = 0; y < t->height; y++) {
		struct row *row = t->screen->rows[y];

		spans[y] = (struct terminal_span){ row->dirty_first,
						   row->dirty_last };
		if (spans[y].first < spans[y].last)
			damage->any = true;
		row->dirty_first = row->dirty_last = 0;
	}
}
