#include "scout/widget/gfx.h"

#include <string.h>

#include "scout/widget/gfx_private.h"

uint32_t color_mix(uint32_t a, uint32_t b, int t)
{
	return blend(a, b,
		     (uint32_t)(t < 0     ? 0
				: t > 255 ? 255
					  : t)) &
	       0xffffff;
}

static struct rect visible(const struct gfx *gfx, struct rect r)
{
	return rect_intersect(rect_moved(r, gfx->x, gfx->y), gfx->clip);
}

struct rect gfx_clip(struct gfx *gfx, struct rect r)
{
	struct rect before = gfx->clip;

	gfx->clip = visible(gfx, r);
	return before;
}

void gfx_fill(struct gfx *gfx, struct rect r, uint32_t color, int alpha)
{
	struct rect v = visible(gfx, r);

	alpha = unveiled(gfx, alpha);
	for (int y = v.y; y < v.y + v.h; y++)
		span(gfx_row(gfx, y), v.x, v.x + v.w, color, alpha);
}

void gfx_gradient(struct gfx *gfx, struct rect r, uint32_t top, uint32_t bottom,
		  int alpha)
{
	struct rect v = visible(gfx, r);

	alpha = unveiled(gfx, alpha);
	for (int y = v.y; y < v.y + v.h; y++) {
		int t = r.h > 1 ? (y - gfx->y - r.y) * 255 / (r.h - 1) : 0;

		span(gfx_row(gfx, y), v.x, v.x + v.w, color_mix(top, bottom, t),
		     alpha);
	}
}

void gfx_fade(struct gfx *gfx, int x, int y, int w, int h, uint32_t color,
	      int alpha)
{
	for (int i = 0; i < h; i++)
		gfx_fill(gfx, (struct rect){ x, y + i, w, 1 }, color,
			 alpha * (h - i) / (h + 1));
}

/* ---- round shapes ---- */

/* A shape that is being painted; coordinates of the surface. */
struct shape {
	struct frect r;
	float radius, ring; /* ring: its width, 0: filled */
	int alpha;
};

static int shape_alpha(const struct shape *shape, int x, int y)
{
	float d = distance((float)x + 0.5f, (float)y + 0.5f, shape->r,
			   shape->radius);
	float k = coverage(d);

	if (shape->ring > 0)
		k -= coverage(d + shape->ring);
	return (int)(k * (float)shape->alpha + 0.5f);
}

static void shape_pixels(const struct gfx *gfx, const struct shape *shape,
			 int y, int x0, int x1, uint32_t color)
{
	uint32_t *row = gfx_row(gfx, y);

	x0 = imax(x0, gfx->clip.x);
	x1 = imin(x1, gfx->clip.x + gfx->clip.w);
	for (int x = x0; x < x1; x++) {
		int a = shape_alpha(shape, x, y);

		if (a > 0)
			row[x] = blend(row[x], color, (uint32_t)a);
	}
}

/* One row: the ends pixel by pixel, what is between has one alpha. */
static void shape_row(const struct gfx *gfx, const struct shape *shape, int y,
		      uint32_t color)
{
	const struct frect *r = &shape->r;
	float cy = (float)y + 0.5f;
	float near_top = cy - r->y, near_bottom = r->y + r->h - cy;
	bool corner = near_top < shape->radius || near_bottom < shape->radius;
	float end = (corner ? shape->radius : shape->ring) + 1;
	int x0 = floori(r->x), x1 = ceili(r->x + r->w);
	int left = imin(ceili(r->x + end), x1);
	int right = imax(floori(r->x + r->w - end), left);

	shape_pixels(gfx, shape, y, x0, left, color);
	shape_pixels(gfx, shape, y, right, x1, color);
	if (right > left) {
		int a = shape_alpha(shape, (left + right) / 2, y);
		int from = imax(left, gfx->clip.x);
		int to = imin(right, gfx->clip.x + gfx->clip.w);

		if (a > 0 && to > from)
			span(gfx_row(gfx, y), from, to, color, a);
	}
}

static void shape_paint(struct gfx *gfx, struct frect r, float radius,
			float ring, uint32_t top, uint32_t bottom, int alpha)
{
	if (r.w <= 0 || r.h <= 0 || alpha <= 0)
		return;
	r.x += (float)gfx->x;
	r.y += (float)gfx->y;
	float most = (r.w < r.h ? r.w : r.h) / 2;
	struct shape shape = { .r = r,
			       .radius = radius < most ? radius : most,
			       .ring = ring,
			       .alpha = unveiled(gfx, alpha) };
	int y0 = imax(floori(r.y), gfx->clip.y);
	int y1 = imin(ceili(r.y + r.h), gfx->clip.y + gfx->clip.h);

	for (int y = y0; y < y1; y++) {
		float t = r.h > 1 ? ((float)y - r.y) / (r.h - 1) : 0;

		shape_row(gfx, &shape, y,
			  color_mix(top, bottom, (int)(t * 255)));
	}
}

void gfx_round(struct gfx *gfx, struct frect r, float radius, uint32_t top,
	       uint32_t bottom, int alpha)
{
	shape_paint(gfx, r, radius, 0, top, bottom, alpha);
}

void gfx_ring(struct gfx *gfx, struct frect r, float radius, float width,
	      uint32_t color, int alpha)
{
	shape_paint(gfx, r, radius, width, color, color, alpha);
}

/* ---- lines ---- */

void gfx_line(struct gfx *gfx, float x0, float y0, float x1, float y1,
	      float width, uint32_t color, int alpha)
{
	float dx = x1 - x0, dy = y1 - y0, length2 = dx * dx + dy * dy;
	float left = x0 < x1 ? x0 : x1, top = y0 < y1 ? y0 : y1;
	struct rect box = { floori(left - width), floori(top - width),
			    ceili((dx < 0 ? -dx : dx) + 2 * width) + 1,
			    ceili((dy < 0 ? -dy : dy) + 2 * width) + 1 };
	struct rect v = visible(gfx, box);

	if (length2 <= 0)
		return;
	alpha = unveiled(gfx, alpha);
	for (int y = v.y; y < v.y + v.h; y++) {
		uint32_t *row = gfx_row(gfx, y);

		for (int x = v.x; x < v.x + v.w; x++) {
			float px = (float)(x - gfx->x) + 0.5f - x0;
			float py = (float)(y - gfx->y) + 0.5f - y0;
			float t = clampf((px * dx + py * dy) / length2, 0, 1);
			float ex = px - t * dx, ey = py - t * dy;
			float d = __builtin_sqrtf(ex * ex + ey * ey);
			float k = coverage(d - width / 2);

			row[x] = blend(row[x], color,
				       (uint32_t)(k * (float)alpha + 0.5f));
		}
	}
}

void gfx_arrow(struct gfx *gfx, float x, float y, float size, uint32_t color,
	       int alpha)
{
	float half = size / 2, wide = size * 0.6f;
	struct rect box = { floori(x), floori(y), ceili(wide) + 1,
			    ceili(size) + 1 };
	struct rect v = visible(gfx, box);

	alpha = unveiled(gfx, alpha);
	for (int py = v.y; py < v.y + v.h; py++) {
		uint32_t *row = gfx_row(gfx, py);
		float dy = (float)(py - gfx->y) + 0.5f - y - half;

		for (int px = v.x; px < v.x + v.w; px++) {
			float dx = (float)(px - gfx->x) + 0.5f - x;
			float k = half * (1 - dx / wide) - (dy < 0 ? -dy : dy) +
				  0.5f;

			k = clampf(k, 0, 1);
			row[px] = blend(row[px], color,
					(uint32_t)(k * (float)alpha + 0.5f));
		}
	}
}

int gfx_text(struct gfx *gfx, struct text_style style, int x, int y,
	     const char *string, uint32_t color)
{
	uint32_t alpha = (uint32_t)unveiled(gfx, 255);
	int end = text_draw(gfx->text, &gfx->surface, gfx->clip, style,
			    x + gfx->x * 64, y + gfx->y, string, strlen(string),
			    alpha << 24 | color);

	return end - gfx->x * 64;
}
