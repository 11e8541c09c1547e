/*
 * How far the pointer moves for the mouse's counts. Slow movements are exact:
 * one count, one pixel at speed 100. Above `threshold` counts a sample (10 ms)
 * the pointer moves faster, by up to four times `acceleration` percent.
 */
#ifndef DRIVER_PS2_POINTER_H
#define DRIVER_PS2_POINTER_H

struct pointer_curve {
	unsigned speed; /* percent, default 100 */
	unsigned acceleration; /* percent, default 50; 0: none */
	unsigned threshold; /* counts a sample, default 6 */
};

struct pointer_motion {
	double rest_x, rest_y; /* parts of pixels that are still owed */
};

/* Counts in, whole pixels out; the rest is kept for the next time. */
void pointer_move(struct pointer_motion *motion,
		  const struct pointer_curve *curve, int *x, int *y);

#endif
