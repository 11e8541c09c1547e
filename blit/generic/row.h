/* Rows of a walk. */
#ifndef BLIT_GENERIC_ROW_H
#define BLIT_GENERIC_ROW_H

#include "blit/implementation_private.h"

static inline void *row_to(const struct blit_walk *walk, int y)
{
	return walk->to + y * walk->to_stride;
}

static inline const void *row_from(const struct blit_walk *walk, int y)
{
	return walk->from + y * walk->from_stride;
}

#endif
