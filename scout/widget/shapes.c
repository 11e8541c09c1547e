/*
 * What only shows something, or only puts others in place: progress, separator,
 * picture, grid, stack.
 */
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "scout/widget/controls.h"
#include "scout/widget/gfx_private.h"
#include "scout/widget/paint.h"

enum { PROGRESS = 8, SEPARATOR = 9, GREY_BOX = 64 };

/* ---- progress ---- */

struct progress {
	struct widget widget;
	float part, shown; /* part < 0: unknown */
};

static struct size progress_measure(struct widget *widget, int for_width)
{
	(void)for_width;
	return (struct size){ ui_tx(widget->ui, 96), ui_tx(widget->ui, 24) };
}

static void progress_paint(struct widget *widget, struct gfx *gfx)
{
	const struct progress *progress = (const struct progress *)widget;
	const struct theme *theme = gfx->theme;
	float h = (float)ui_tx(widget->ui, PROGRESS);
	struct frect r = { 0, ((float)widget->r.h - h) / 2, (float)widget->r.w,
			   h };

	paint_fade(widget, gfx);
	gfx_round(gfx, r, h / 2, theme->groove[0], theme->groove[1], 255);
	gfx_ring(gfx, r, h / 2, (float)gfx->scale / 100, theme->ink2,
		 theme->outline_alpha);
	if (progress->part < 0) {
		/* Stripes say that it goes on, without moving. */
		for (float x = h; x + 2 * h < r.w; x += 3 * h)
			gfx_line(gfx, x, r.y + h - 2, x + h, r.y + 2, h / 3,
				 theme->link, 200);
		return;
	}
	r.w *= progress->shown;
	r.w = r.w < h ? h : r.w;
	if (progress->part > 0)
		gfx_round(gfx, r, h / 2, theme->link, theme->link, 255);
}

static char *progress_value(const struct widget *widget)
{
	const struct progress *progress = (const struct progress *)widget;

	return progress->part < 0
		       ? xstrdup("unknown")
		       : xasprintf("%d %%", (int)(progress->part * 100 + 0.5f));
}

static const struct widget_class progress_class = {
	.name = "progress",
	.size = sizeof(struct progress),
	.role = ROLE_PROGRESS,
	.measure = progress_measure,
	.paint = progress_paint,
	.value = progress_value,
};

struct progress *progress_create(struct ui *ui, struct widget *parent,
				 const char *name)
{
	return widget_create(ui, parent, &progress_class, name);
}

void progress_set(struct progress *progress, float part)
{
	progress->part = part > 1 ? 1 : part;
	widget_damage(&progress->widget);
	if (part >= 0)
		ui_animate(progress->widget.ui, &progress->widget,
			   &progress->shown, progress->part, MS_VALUE);
}

/* ---- separator ---- */

static struct size separator_measure(struct widget *widget, int for_width)
{
	(void)for_width;
	return (struct size){ 0, ui_px(widget->ui, SEPARATOR) };
}

static void separator_paint(struct widget *widget, struct gfx *gfx)
{
	int one = ui_px(widget->ui, 1), y = widget->r.h / 2;
	struct rect line = { 0, y, widget->r.w, one };

	gfx_fill(gfx, line, gfx->theme->line, 255);
	line.y += one;
	gfx_fill(gfx, line, 0xffffff, gfx->theme->lip_alpha);
}

static const struct widget_class separator_class = {
	.name = "separator",
	.size = sizeof(struct widget),
	.role = ROLE_NONE,
	.measure = separator_measure,
	.paint = separator_paint,
};

struct widget *separator_create(struct ui *ui, struct widget *parent)
{
	return widget_create(ui, parent, &separator_class, "");
}

/* ---- picture ---- */

struct picture {
	struct widget widget;
	struct image image;
	uint32_t *scaled; /* of the size it is shown at; NULL: not made */
	int scaled_w, scaled_h;
};

static struct size picture_size(const struct picture *picture, int for_width)
{
	const struct ui *ui = picture->widget.ui;
	int w = ui_px(ui, (int)picture->image.w);
	int h = ui_px(ui, (int)picture->image.h);

	if (!picture->image.pixels)
		return (struct size){ for_width < 0 ? 0 : for_width,
				      ui_px(ui, GREY_BOX) };
	if (for_width > 0 && w > for_width) {
		h = (int)((int64_t)h * for_width / w);
		w = for_width;
	}
	return (struct size){ w, h > 0 ? h : 1 };
}

static struct size picture_measure(struct widget *widget, int for_width)
{
	return picture_size((const struct picture *)widget, for_width);
}

static bool keep_row(void *user, uint32_t y, const uint32_t *pixels)
{
	struct picture *picture = user;

	memcpy(picture->scaled + (size_t)y * (size_t)picture->scaled_w, pixels,
	       (size_t)picture->scaled_w * 4);
	return true;
}

static void scale(struct picture *picture, int w, int h)
{
	const struct image *image = &picture->image;
	const struct image_sink to = { .row = keep_row, .user = picture };
	struct image_scaler *scaler;

	if (picture->scaled && picture->scaled_w == w && picture->scaled_h == h)
		return;
	free(picture->scaled);
	picture->scaled = xcalloc((size_t)w * (size_t)h, 4);
	picture->scaled_w = w;
	picture->scaled_h = h;
	scaler = image_scaler_create(image->w, image->h, (uint32_t)w,
				     (uint32_t)h, &to);
	for (uint32_t y = 0; y < image->h; y++)
		if (!image_scaler_row(scaler, y,
				      image->pixels + (size_t)y * image->w))
			break;
	image_scaler_destroy(scaler);
}

static void paint_nothing(struct widget *widget, struct gfx *gfx)
{
	struct rect all = { 0, 0, widget->r.w, widget->r.h };
	struct frect r = { 0, 0, (float)all.w, (float)all.h };
	float radius = (float)ui_px(widget->ui, 8);

	gfx_round(gfx, r, radius, gfx->theme->card, gfx->theme->card, 255);
	gfx_ring(gfx, r, radius, (float)gfx->scale / 100, gfx->theme->ink3,
		 120);
	paint_text(gfx, all, ui_style(widget->ui, TEXT_REGULAR, 13 * QUARTERS),
		   ALIGN_CENTER, widget->name, gfx->theme->ink2);
}

static void picture_paint(struct widget *widget, struct gfx *gfx)
{
	struct picture *picture = (struct picture *)widget;
	struct size size = picture_size(picture, widget->r.w);
	struct rect r = { gfx->x, gfx->y, size.w, size.h };
	struct rect v = rect_intersect(r, gfx->clip);
	struct blit_surface from;

	if (!picture->image.pixels) {
		paint_nothing(widget, gfx);
		return;
	}
	if (rect_is_empty(v))
		return;
	scale(picture, size.w, size.h);
	from = (struct blit_surface){
		.pixels = picture->scaled,
		.stride = (ptrdiff_t)size.w * 4,
		.width = size.w,
		.height = size.h,
		.format = BLIT_ARGB8888,
	};
	blit_over(
		&gfx->surface, &from,
		(struct blit_area){ v.x, v.y, v.w, v.h, v.x - r.x, v.y - r.y });
}

static void picture_finish(struct widget *widget)
{
	struct picture *picture = (struct picture *)widget;

	free(picture->scaled);
	image_finish(&picture->image);
}

static const struct widget_class picture_class = {
	.name = "picture",
	.size = sizeof(struct picture),
	.role = ROLE_IMAGE,
	.finish = picture_finish,
	.measure = picture_measure,
	.paint = picture_paint,
};

struct picture *picture_create(struct ui *ui, struct widget *parent,
			       const char *name, struct image *image)
{
	struct picture *picture = widget_create(ui, parent, &picture_class,
						name);

	if (image) {
		picture->image = *image;
		*image = (struct image){ 0 };
	}
	return picture;
}

/* ---- grid ---- */

enum { GAP_X = 16, GAP_Y = 4 };

struct grid {
	struct widget widget;
	int columns;
};

/* Widths of the columns, all but the last as narrow as they can be. */
static void columns_of(const struct grid *grid, int w,
		       int widths[GRID_COLUMNS_MAX])
{
	int column = 0, left = w;

	memset(widths, 0, sizeof(int) * GRID_COLUMNS_MAX);
	for (struct widget *c = grid->widget.first; c; c = c->next) {
		if (c->hidden)
			continue;
		widths[column] = imax(widths[column], widget_measure(c, -1).w);
		column = (column + 1) % grid->columns;
	}
	for (int i = 0; i + 1 < grid->columns; i++)
		left -= widths[i] + ui_px(grid->widget.ui, GAP_X);
	if (w >= 0)
		widths[grid->columns - 1] = imax(left, 0);
}

/* Places the children, or only adds up the rows. */
static int grid_rows(struct grid *grid, const int *widths, bool place)
{
	struct ui *ui = grid->widget.ui;
	int y = 0;

	for (struct widget *row = grid->widget.first, *c; row; row = c) {
		int high = 0, x = 0, i = 0;

		for (c = row; c && i < grid->columns; c = c->next)
			if (!c->hidden)
				high = imax(high,
					    widget_measure(c, widths[i++]).h);
		i = 0;
		for (c = row; c && i < grid->columns; c = c->next) {
			if (c->hidden)
				continue;
			if (place)
				widget_place(c, (struct rect){ x, y, widths[i],
							       high });
			x += widths[i++] + ui_px(ui, GAP_X);
		}
		y += high + ui_px(ui, GAP_Y);
	}
	return y;
}

static struct size grid_measure(struct widget *widget, int for_width)
{
	struct grid *grid = (struct grid *)widget;
	int widths[GRID_COLUMNS_MAX], w = 0;

	columns_of(grid, for_width, widths);
	for (int i = 0; i < grid->columns; i++)
		w += widths[i] + (i ? ui_px(widget->ui, GAP_X) : 0);
	return (struct size){ w, grid_rows(grid, widths, false) };
}

static void grid_place(struct widget *widget)
{
	int widths[GRID_COLUMNS_MAX];

	columns_of((struct grid *)widget, widget->r.w, widths);
	grid_rows((struct grid *)widget, widths, true);
}

static const struct widget_class grid_class = {
	.name = "grid",
	.size = sizeof(struct grid),
	.role = ROLE_NONE,
	.measure = grid_measure,
	.place = grid_place,
};

struct grid *grid_create(struct ui *ui, struct widget *parent, int columns)
{
	struct grid *grid = widget_create(ui, parent, &grid_class, "");

	grid->columns = imin(imax(columns, 1), GRID_COLUMNS_MAX);
	return grid;
}

/* ---- stack ---- */

static struct size stack_measure(struct widget *widget, int for_width)
{
	struct size size = { 0, 0 };

	for (struct widget *c = widget->first; c; c = c->next) {
		struct size want = widget_measure(c, for_width);

		size.w = imax(size.w, want.w);
		size.h = imax(size.h, want.h);
	}
	return size;
}

static void stack_place(struct widget *widget)
{
	for (struct widget *c = widget->first; c; c = c->next)
		widget_place(c,
			     (struct rect){ 0, 0, widget->r.w, widget->r.h });
}

static const struct widget_class stack_class = {
	.name = "stack",
	.size = sizeof(struct widget),
	.role = ROLE_NONE,
	.measure = stack_measure,
	.place = stack_place,
};

struct widget *stack_create(struct ui *ui, struct widget *parent)
{
	return widget_create(ui, parent, &stack_class, "");
}
