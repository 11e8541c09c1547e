/*
 * pieces: widgets that only launchpad's window has.
 */
#ifndef LAUNCHPAD_PIECES_H
#define LAUNCHPAD_PIECES_H

#include "scout/widget/controls.h"

/* A button of 24 pixels with a sign. */
struct sign;
struct sign *sign_create(struct ui *ui, struct widget *parent, const char *name,
			 sign_fn *paint, widget_fn *activate, void *user);
/* One that opens and closes something: its arrow points down when open. */
struct sign *sign_fold(struct ui *ui, struct widget *parent, const char *name,
		       widget_fn *activate, void *user);
void sign_set_open(struct sign *sign, bool open);
void sign_power(struct gfx *gfx, struct frect r, uint32_t color, int alpha);
void sign_pencil(struct gfx *gfx, struct frect r, uint32_t color, int alpha);

/* The icon of a program with some letters at its lower right corner. */
struct widget *badge_create(struct ui *ui, struct widget *parent,
			    const char *program, const char *letters);
/* Instead of that icon; not larger; stays the caller's. NULL: the former. */
void badge_set_image(struct widget *badge, const struct image *image);

/* A curve of the latest values, each 0 to 1, with words at the right. */
enum { GRAPH_VALUES = 60 };
struct graph;
struct graph *graph_create(struct ui *ui, struct widget *parent,
			   const char *name);
void graph_add(struct graph *graph, float value, const char *words);
/* Lines of output on a card; owned text, lines end with \n. */
struct lines;
struct lines *lines_create(struct ui *ui, struct widget *parent,
			   const char *name);
void lines_set(struct lines *lines, const char *text);

#endif
