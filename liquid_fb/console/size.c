/*
 * Sizes: of the font, of the terminal, of the framebuffer that a program would
 * like. The terminal has as many cells as fit, unless a program chose 80 or
 * 132 columns (DECCOLM): then the framebuffer is wished to have room for them,
 * and where it can't, letters become smaller. What has no room is cut.
 */
#include "console.h"

enum {
	ZOOM_MIN = -5,
	ZOOM_MAX = 12,
	SHRUNK_MIN = 5 * 64, /* of the font, 26.6 */
	SHRINK_STEP = 32,
};

static int font_size(const struct console *c)
{
	const struct framebuffer_mode_info *mode = framebuffer_mode(
		c->framebuffer);
	int64_t size = (int64_t)c->font_size * 64 * mode->scale / 100;

	return (int)(size * (10 + c->zoom) / 10);
}

void size_font(struct console *c)
{
	glyphs_set_size(&c->glyphs, font_size(c));
}

static int limited(int value, int max)
{
	return value < 1 ? 1 : value > max ? max : value;
}

void size_fit(struct console *c)
{
	const struct glyphs *g = &c->glyphs;
	struct forced_size *forced = &c->forced;

	c->columns = limited(c->surface.width / g->cell_w,
			     TERMINAL_COLUMNS_MAX);
	c->rows = limited(c->surface.height / g->cell_h, TERMINAL_ROWS_MAX);
	c->seen_columns = c->surface.width / g->cell_w;
	c->seen_rows = c->surface.height / g->cell_h;
	if (forced->columns) {
		c->columns = forced->columns;
		c->rows = c->rows < forced->rows ? c->rows : forced->rows;
	}
	c->seen_columns = c->seen_columns < c->columns ? c->seen_columns
						       : c->columns;
	c->seen_rows = c->seen_rows < c->rows ? c->seen_rows : c->rows;
	if (!c->terminal)
		c->terminal = terminal_create(c->columns, c->rows,
					      c->scrollback, &terminal_handler,
					      c);
	terminal_resize(c->terminal, c->columns, c->rows);
	terminal_set_cell_size(c->terminal, g->cell_w, g->cell_h);
	c->selection = (struct selection){ .kind = SELECT_NONE };
	c->search.found = false;
	c->seen_pushed = terminal_screen_line(c->terminal);
	c->back = 0;
	paint_resize(c);
	shell_resize(c);
	console_redraw(c);
}

void console_zoom(struct console *c, int zoom)
{
	if (zoom < ZOOM_MIN || zoom > ZOOM_MAX)
		return;
	c->zoom = zoom;
	c->forced.columns = 0;
	size_font(c);
	size_fit(c);
}

bool size_fetch(struct console *c)
{
	static const enum blit_format formats[] = {
		[FORMAT_XRGB8888] = BLIT_XRGB8888,
		[FORMAT_ARGB8888] = BLIT_ARGB8888,
		[FORMAT_RGB565] = BLIT_RGB565,
	};
	const struct framebuffer_mode_info *mode;

	if (!framebuffer_fetch(c->framebuffer))
		return false;
	mode = framebuffer_mode(c->framebuffer);
	c->surface = (struct blit_surface){
		.pixels = framebuffer_pixels(c->framebuffer),
		.stride = mode->stride,
		.width = (int)mode->w,
		.height = (int)mode->h,
		.format = formats[mode->format],
		.slow_read = mode->flags & FRAMEBUFFER_SLOW_READ,
	};
	/* Another size than the one that was wished for is the user's. */
	if (c->forced.wished != c->surface.width)
		c->forced.columns = 0;
	size_font(c);
	size_fit(c);
	return true;
}

/* ---- what programs would like ---- */

static enum wire_status wish(struct console *c, int64_t w, int64_t h)
{
	if (w <= 0 || h <= 0 || w > LIMIT_SIDE || h > LIMIT_SIDE)
		return WIRE_INVALID;
	return framebuffer_wish(c->framebuffer, (uint32_t)w, (uint32_t)h);
}

void size_wish(void *user, int columns, int rows)
{
	struct console *c = user;

	wish(c, (int64_t)columns * c->glyphs.cell_w,
	     (int64_t)rows * c->glyphs.cell_h);
}

/* The rest is done before the next picture. */
bool size_columns(void *user, int columns)
{
	struct console *c = user;

	c->forced.columns = columns;
	c->forced.rows = terminal_rows(c->terminal);
	return true;
}

void size_adopt(struct console *c)
{
	struct forced_size *forced = &c->forced;
	int w, size;

	size_font(c);
	w = forced->columns * c->glyphs.cell_w;
	if ((w > c->surface.width || forced->wished) &&
	    wish(c, w, c->surface.height) == WIRE_OK) {
		forced->wished = w;
	} else {
		size = c->glyphs.style.size;
		while (forced->columns * c->glyphs.cell_w > c->surface.width &&
		       size > SHRUNK_MIN)
			glyphs_set_size(&c->glyphs, size -= SHRINK_STEP);
	}
	size_fit(c);
}
