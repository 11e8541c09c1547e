/*
 * gfx: the painter of the widgets.
 *
 * Draws into an argb8888 surface with premultiplied alpha. Integer rectangles
 * and floating coordinates are real pixels relative to the origin of the
 * widget that paints; nothing is written outside `clip`. Colours are 0xRRGGBB
 * with an alpha of 0..255 beside them. Edges of rounded shapes are smooth: the
 * distance to the outline is computed, but only near corners.
 */
#ifndef SCOUT_WIDGET_GFX_H
#define SCOUT_WIDGET_GFX_H

#include "base/geometry.h"
#include "blit/blit.h"
#include "scout/text/text.h"
#include "scout/widget/theme.h"

struct gfx {
	struct blit_surface surface;
	struct rect clip; /* of the surface; lies in it */
	int x, y; /* origin, surface coordinates */
	struct text *text;
	const struct theme *theme;
	int scale; /* percent */
	uint8_t veil; /* how much all is hidden, of 255: while it fades */
};

struct frect {
	float x, y, w, h;
};

/* a with t/255 of b. */
uint32_t color_mix(uint32_t a, uint32_t b, int t);

void gfx_fill(struct gfx *gfx, struct rect r, uint32_t color, int alpha);
/* Vertical gradient. */
void gfx_gradient(struct gfx *gfx, struct rect r, uint32_t top, uint32_t bottom,
		  int alpha);
/* The same with rounded corners. */
void gfx_round(struct gfx *gfx, struct frect r, float radius, uint32_t top,
	       uint32_t bottom, int alpha);
/* The border of a rounded rectangle, `width` pixels inwards. */
void gfx_ring(struct gfx *gfx, struct frect r, float radius, float width,
	      uint32_t color, int alpha);
void gfx_line(struct gfx *gfx, float x0, float y0, float x1, float y1,
	      float width, uint32_t color, int alpha);
/* A triangle that points to the right, `size` high and 0.6 as wide. */
void gfx_arrow(struct gfx *gfx, float x, float y, float size, uint32_t color,
	       int alpha);
/* A shadow that fades downwards from the row y. */
void gfx_fade(struct gfx *gfx, int x, int y, int w, int h, uint32_t color,
	      int alpha);
/* A soft shadow around a small shape (buttons, toasts). */
void gfx_soft_shadow(struct gfx *gfx, struct frect r, float radius, float sigma,
		     uint32_t color, int alpha);

/* Text on the baseline y, from x (26.6). Returns where it ends. */
int gfx_text(struct gfx *gfx, struct text_style style, int x, int y,
	     const char *string, uint32_t color);

/* Narrows the clip to r; give the result to gfx_unclip. */
struct rect gfx_clip(struct gfx *gfx, struct rect r);
static inline void gfx_unclip(struct gfx *gfx, struct rect before)
{
	gfx->clip = before;
}

/* ---- larger parts ---- */

/* The window's ground with its sky; r is painted of a ground `height` high
 * whose upper left is the origin. */
void gfx_ground(struct gfx *gfx, struct rect r, int height);

/* The brushed metal of a title bar. */
void gfx_metal(struct gfx *gfx, struct rect r);

/*
 * A rounded tile with the sign of a program: of one of the suite, or the
 * first letter of another.
 */
void gfx_program_icon(struct gfx *gfx, float x, float y, float size,
		      const char *program);

/* ---- shadow of a window ---- */

/* The pixels around a window that its shadow takes. */
struct margin {
	int left, top, right, bottom;
};

/* Alpha of the shadow, as corner tiles from which any size is painted. */
struct shadow {
	struct margin margin;
	int side, top_h, bottom_h; /* of the tiles, pixels */
	int corner; /* radius of the window */
	uint32_t color;
	uint8_t *top, *bottom; /* left tiles; the right ones are mirrored */
};

struct margin shadow_margin(int scale);
void shadow_init(struct shadow *shadow, const struct theme *theme, int scale,
		 bool focused);
void shadow_finish(struct shadow *shadow);
/* Paints the part of the margin around a window of w x h at the origin that
 * lies in the clip, and cuts its round corners out of what is there. */
void shadow_paint(const struct shadow *shadow, struct gfx *gfx, int w, int h);

#endif
