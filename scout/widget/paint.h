/*
 * Painting that several widgets share.
 */
#ifndef SCOUT_WIDGET_PAINT_H
#define SCOUT_WIDGET_PAINT_H

#include "scout/widget/widgets.h"

/* One line in the middle of r's height, with an ellipsis where it is too long.
 * Returns the rectangle's part it takes. */
struct rect paint_text(struct gfx *gfx, struct rect r, struct text_style style,
		       enum align align, const char *text, uint32_t color);

/* The baseline of a line in the middle of `h` pixels. */
int paint_baseline(struct gfx *gfx, struct text_style style, int h);

/* A diagonal cross of that side. */
void paint_cross(struct gfx *gfx, float x, float y, float side, float width,
		 uint32_t color, int alpha);

/* How wide a line is, real pixels. */
int paint_width(const struct ui *ui, struct text_style style, const char *text);

/* Alpha of a widget that can't be used; that of this one now, for it fades; and
 * a text colour on the ground so weakened. */
enum { DISABLED_ALPHA = 90 };
int paint_alpha(const struct widget *widget);
uint32_t paint_faint(const struct widget *widget, uint32_t color);
/* The same for all that is painted with gfx from here on. */
void paint_fade(const struct widget *widget, struct gfx *gfx);

/* The focus ring around all of it, where it is to be seen. */
void paint_focus(const struct widget *widget, struct gfx *gfx, int radius);

/* Enter and Space. */
bool is_activation(const struct ui_event *event);

#endif
