/*
 * Rows of a picture become pixels of the target.
 */
#ifndef SCOUT_DECODE_PAINTER_H
#define SCOUT_DECODE_PAINTER_H

#include "scout/image/image.h"

struct painter {
	struct image_place place;
	struct image_target target;
	struct rect r; /* of the picture, in the target */
	struct image_scaler *scaler; /* NULL: pixel for pixel */
	uint32_t full_w, full_h; /* of the file */
	bool alpha; /* of the picture */
	bool cover; /* nothing is drawn where it doesn't cover all */
	bool uncovered; /* that was so */
	uint8_t *memory; /* the target's, NULL until it is mapped */
	size_t mapped;
	size_t ready; /* bytes of it whose pages are there */
	uint8_t *pixels; /* the first row's */
	uint32_t *tile; /* rows of a tiled picture; NULL: not tiled */
};

/* For image_sink; user: the painter. */
bool painter_begin(void *user, uint32_t w, uint32_t h, bool alpha);
bool painter_row(void *user, uint32_t y, const uint32_t *pixels);
/* The row's place in the target, where nothing has to be done with it. */
uint32_t *painter_place(void *user, uint32_t y);
/* How large a picture of *w x *h, which is that of the file, will be. */
void painter_want(void *user, uint32_t *w, uint32_t *h);
void painter_finish(struct painter *painter);

#endif
