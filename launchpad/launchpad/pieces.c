/*
 * Icons with letters.
 */
#include "pieces.h"

#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "scout/widget/paint.h"

/* ---- badge ---- */

enum { BADGE = 24, BADGE_H = 11 };

struct badge {
	struct widget widget;
	char *letters;
	const struct image *image;
};

static struct size badge_measure(struct widget *widget, int for_width)
{
	int side = ui_tx(widget->ui, BADGE);

	(void)for_width;
	return (struct size){ side, side };
}

static void paint_image(struct gfx *gfx, const struct image *image, int side)
{
	const int w = (int)image->w, h = (int)image->h;
	struct rect r = { gfx->x + (side - w) / 2, gfx->y + (side - h) / 2, w,
			  h };
	struct rect v = rect_intersect(r, gfx->clip);
	struct blit_surface from = { .pixels = image->pixels,
				     .stride = (ptrdiff_t)w * 4,
				     .width = w,
				     .height = h,
				     .format = BLIT_ARGB8888 };

	if (!rect_is_empty(v))
		blit_over(&gfx->surface, &from,
			  (struct blit_area){ v.x, v.y, v.w, v.h, v.x - r.x,
					      v.y - r.y });
}

static void badge_paint(struct widget *widget, struct gfx *gfx)
{
	const struct badge *badge = (const struct badge *)widget;
	const struct ui *ui = widget->ui;
	struct text_style style = ui_style(ui, TEXT_SEMIBOLD, 9 * QUARTERS);
	float side = (float)ui_tx(ui, BADGE), h = (float)ui_tx(ui, BADGE_H);
	float w = (float)(paint_width(ui, style, badge->letters) +
			  ui_tx(ui, 6));
	float one = (float)gfx->scale / 100;

	w = w < h ? h : w;

	struct frect r = { side - w, side - h, w, h };

	if (badge->image)
		paint_image(gfx, badge->image, (int)side);
	else
		gfx_program_icon(gfx, 0, 0, side, widget->name);
	gfx_round(gfx, r, h / 2, gfx->theme->card, gfx->theme->card, 255);
	gfx_ring(gfx, r, h / 2, one, gfx->theme->ink2, 200);
	paint_text(gfx,
		   (struct rect){ (int)r.x, (int)r.y, (int)(w + 0.5f),
				  (int)(h + 0.5f) },
		   style, ALIGN_CENTER, badge->letters, gfx->theme->ink);
}

static void badge_finish(struct widget *widget)
{
	free(((struct badge *)widget)->letters);
}

static const struct widget_class badge_class = {
	.name = "icon with letters",
	.size = sizeof(struct badge),
	.role = ROLE_NONE,
	.finish = badge_finish,
	.measure = badge_measure,
	.paint = badge_paint,
};

struct widget *badge_create(struct ui *ui, struct widget *parent,
			    const char *program, const char *letters)
{
	struct badge *badge = widget_create(ui, parent, &badge_class, program);

	badge->letters = xstrdup(letters);
	return &badge->widget;
}

void badge_set_image(struct widget *widget, const struct image *image)
{
	((struct badge *)widget)->image = image;
	widget_damage(widget);
}
