/*
 * The nodes of the config that paint: one on top of the other.
 */
#ifndef BACKDROP_LAYERS_H
#define BACKDROP_LAYERS_H

#include "blit/blit.h"
#include "session/parent.h"

/*
 * Paints all of `target` (xrgb8888), which lies in `memory`, as <fill> and
 * <image> below `config` say, on the night sky unless the first of them fills
 * it. What can't be painted costs one line and is left out. False if there was
 * such a file.
 */
bool layers_paint(struct parent *parent, const struct config_node *config,
		  const struct blit_surface *target, int memory);

#endif
