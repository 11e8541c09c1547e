/*
 * wheel: turns of a wheel in 1/120 notches -> whole notches, which are all
 * that X knows (presses of the buttons 4 to 7).
 */
#ifndef XVFB_GLUE_WHEEL_H
#define XVFB_GLUE_WHEEL_H

#include <stdint.h>

enum {
	WHEEL_NOTCH = 120,
	WHEEL_NOTCHES_MAX = 50, /* at once */
};

/* What was turned beyond the last notch. Zeroed memory is a wheel at rest. */
struct wheel {
	int32_t rest;
};

/* The whole notches that this turn completes, with its sign. A turn the other
 * way round begins anew. */
int wheel_turn(struct wheel *wheel, int32_t by);

#endif
