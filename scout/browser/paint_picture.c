/*
 * Painting the pictures of a document.
 */
#include <stdlib.h>

#include "painter.h"
#include "scout/widget/paint.h"

static struct blit_surface surface_of(const struct image *image)
{
	return (struct blit_surface){
		.pixels = image->pixels,
		.stride = (ptrdiff_t)image->w * 4,
		.width = (int)image->w,
		.height = (int)image->h,
		.format = BLIT_ARGB8888,
	};
}

/* Pixel for pixel: v of the picture that lies at `to`. */
static void blend(struct gfx *gfx, const struct blit_surface *from,
		  struct rect to, struct rect v)
{
	blit_over(&gfx->surface, from,
		  (struct blit_area){ v.x, v.y, v.w, v.h, v.x - to.x,
				      v.y - to.y });
}

/* The same from pixels of another size. */
static void stretch(struct gfx *gfx, const struct blit_surface *from,
		    struct rect to, struct rect v)
{
	struct blit_surface part = {
		.pixels = malloc((size_t)v.w * (size_t)v.h * 4),
		.stride = (ptrdiff_t)v.w * 4,
		.width = v.w,
		.height = v.h,
		.format = BLIT_ARGB8888,
	};
	struct blit_scale scale = {
		to.x - v.x,  to.y - v.y,   to.w, to.h, 0,   0,
		from->width, from->height, 0,    0,    v.w, v.h,
	};

	if (!part.pixels)
		return;
	if (2 * to.w < from->width)
		blit_shrink(&part, from, scale);
	else
		blit_smooth(&part, from, scale);
	blit_over(&gfx->surface, &part,
		  (struct blit_area){ v.x, v.y, v.w, v.h, 0, 0 });
	free(part.pixels);
}

/* A grey box, and in words why. */
static void paint_missing(const struct painter *painter, struct rect r,
			  const char *error)
{
	struct gfx *gfx = painter->gfx;
	const struct theme *theme = gfx->theme;
	struct frect box = { (float)r.x, (float)r.y, (float)r.w, (float)r.h };
	float one = (float)painter_px(painter, 100) / 100;
	float x = box.x + 16 * one, y = box.y + box.h / 2 - 10 * one;
	int pad = painter_px(painter, 52);
	struct rect words = { r.x + pad, r.y,
			      r.w - pad - painter_px(painter, 12), r.h };
	struct text_style style = { .weight = TEXT_REGULAR,
				    .size = painter_px(painter, 13 * 64) };

	gfx_round(gfx, box, 6 * one, theme->ink3, theme->ink3, MISSING_ALPHA);
	gfx_ring(gfx, box, 6 * one, one, theme->ink3, 130);
	gfx_ring(gfx, (struct frect){ x, y, 24 * one, 20 * one }, 3 * one,
		 1.6f * one, theme->ink2, 255);
	gfx_line(gfx, x + 3 * one, y + 17 * one, x + 21 * one, y + 3 * one,
		 1.6f * one, theme->ink2, 255);
	paint_text(gfx, words, style, ALIGN_LEFT, error, theme->ink2);
}

static const struct page_picture *picture_of(const struct painter *painter,
					     const char *address)
{
	return painter->page->handler.picture(painter->page->user, address,
					      (uint32_t)painter->w);
}

/* r: in the page */
static void paint_pixels(const struct painter *painter,
			 const struct page_picture *picture, struct rect r)
{
	struct page *page = painter->page;
	struct gfx *gfx = painter->gfx;
	struct rect to = rect_moved(r, gfx->x, gfx->y);
	struct rect v = rect_intersect(to, gfx->clip);
	const struct image *image = page->handler.pixels(
		page->user, picture, (uint32_t)r.w, (uint32_t)r.h);
	struct blit_surface from;

	if (!image) {
		gfx_fill(gfx, r, gfx->theme->line, 70);
		return;
	}
	from = surface_of(image);
	if ((int)image->w == r.w && (int)image->h == r.h)
		blend(gfx, &from, to, v);
	else
		stretch(gfx, &from, to, v);
}

static bool is_seen(const struct painter *painter, struct rect r)
{
	const struct gfx *gfx = painter->gfx;

	return !rect_is_empty(
		rect_intersect(rect_moved(r, gfx->x, gfx->y), gfx->clip));
}

void paint_picture(const struct painter *painter, uint32_t target)
{
	struct gfx *gfx = painter->gfx;
	const struct document *document = painter->flow->document;
	const struct page_picture *picture = picture_of(
		painter,
		document_string(document, document->targets[target].address));
	float one = (float)gfx->scale / 100;
	struct rect r = {
		painter->x + flow_indent(painter->flow, painter->box->block),
		painter->y + painter->layout->gap, painter->layout->picture_w,
		painter->layout->picture_h
	};
	struct frect ring = { (float)r.x - one, (float)r.y - one,
			      (float)r.w + 2 * one, (float)r.h + 2 * one };

	if (!r.w || !picture || !is_seen(painter, r))
		return;
	if (picture->error) {
		paint_missing(painter, r, picture->error);
		return;
	}
	paint_pixels(painter, picture, r);
	gfx_ring(gfx, ring, 4 * one, one, gfx->theme->line, 170);
}

void paint_picture_in_line(const struct painter *painter,
			   const struct flow_line *line,
			   const struct block *leaf,
			   const struct flow_piece *piece)
{
	struct rect r;
	const struct page_picture *picture = picture_of(
		painter, flow_picture(painter->flow, leaf, line, piece, &r));

	r = rect_moved(r, painter->x, painter->y);
	if (picture && !picture->error && is_seen(painter, r))
		paint_pixels(painter, picture, r);
}
