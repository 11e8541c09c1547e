/*
 * Underlines and the cursors that are lines, drawn over a cell.
 */
#include <math.h>

#include "console.h"

static void fill(const struct blit_surface *to, int x, int y, int w, int h,
		 uint32_t color)
{
	if (y < 0)
		y = 0;
	if (y + h > to->height)
		h = to->height - y;
	if (w > 0 && h > 0 && x + w <= to->width)
		blit_fill(to, x, y, w, h, color);
}

/* One period of a wave in the width of a cell, so that it goes on in the next
 * one. */
static void curl(const struct blit_surface *to, int w, int h, int y, int line,
		 uint32_t color)
{
	const double high = h - y - line > 2 ? (h - y - line) / 2.0 : 1.0;

	for (int x = 0; x < w; x++) {
		const double turn = 2 * 3.14159265358979 * (x + 0.5) / w;
		const double middle = y + high - high * sin(turn);

		for (int py = y; py < h; py++) {
			double cover = line / 2.0 + 0.5 -
				       fabs(py + 0.5 - middle - line / 2.0);
			uint8_t mask = cover >= 1   ? 255
				       : cover <= 0 ? 0
						    : (uint8_t)(cover * 255);

			if (mask)
				blit_mask(to, x, py, 1, 1, &mask, 1,
					  0xff000000u | color);
		}
	}
}

static void broken(const struct blit_surface *to, int w, int y, int line,
		   int parts, uint32_t color)
{
	for (int i = 0; i < parts; i++) {
		const int from = w * i / parts, next = w * (i + 1) / parts;
		const int length = (next - from + 1) / 2;

		fill(to, from, y, length, line, color);
	}
}

static void underline(const struct blit_surface *to, int w, int h, int y,
		      int line, const struct look *look)
{
	const unsigned kind = (look->flags & CELL_UNDERLINE) >>
			      CELL_UNDERLINE_SHIFT;

	switch (kind) {
	case UNDERLINE_SINGLE:
		fill(to, 0, y, w, line, look->line);
		break;
	case UNDERLINE_DOUBLE:
		y = y + 3 * line > h ? h - 3 * line : y;
		fill(to, 0, y, w, line, look->line);
		fill(to, 0, y + 2 * line, w, line, look->line);
		break;
	case UNDERLINE_CURLY:
		curl(to, w, h, y, line, look->line);
		break;
	case UNDERLINE_DOTTED:
		broken(to, w, y, line, w / (2 * line) > 1 ? w / (2 * line) : 1,
		       look->line);
		break;
	case UNDERLINE_DASHED:
		broken(to, w, y, line, 2, look->line);
		break;
	default:
		break;
	}
}

static void hollow(const struct blit_surface *to, int w, int h, int line,
		   uint32_t color)
{
	fill(to, 0, 0, w, line, color);
	fill(to, 0, h - line, w, line, color);
	fill(to, 0, 0, line, h, color);
	fill(to, w - line, 0, line, h, color);
}

void under_draw(const struct blit_surface *to, int w, int h, int baseline,
		int line, const struct look *look)
{
	int y = baseline + line;

	if (y + line > h)
		y = h - line;
	underline(to, w, h, y, line, look);
	if (look->flags & CELL_STRUCK)
		fill(to, 0, baseline * 2 / 3, w, line, look->fg);
	if (look->flags & CELL_OVERLINED)
		fill(to, 0, 0, w, line, look->fg);
	if (look->cursor == LOOK_HOLLOW)
		hollow(to, w, h, line, look->fg);
	else if (look->cursor == LOOK_UNDERLINE)
		fill(to, 0, h - 2 * line, w, 2 * line, look->fg);
	else if (look->cursor == LOOK_BAR)
		fill(to, 0, 0, 2 * line, h, look->fg);
}
