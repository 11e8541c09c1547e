/*
 * The background that the program draws itself: a night sky.
 */
#ifndef BACKDROP_NIGHT_H
#define BACKDROP_NIGHT_H

#include "blit/blit.h"

/* Fills all of `target` (xrgb8888). */
void night_paint(const struct blit_surface *target);

#endif
