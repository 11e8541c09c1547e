#include "pointer.h"

#include <stdlib.h>

enum { STEEPEST = 4 };

static double factor(const struct pointer_curve *curve, int counts)
{
	double excess = counts - (double)curve->threshold;
	double steep = excess > 0 ? excess / (curve->threshold + 1) : 0;

	if (steep > STEEPEST)
		steep = STEEPEST;
	return curve->speed / 100.0 * (1 + curve->acceleration / 100.0 * steep);
}

static int take_whole(double *rest, double more)
{
	int whole = (int)(*rest + more);

	*rest += more - whole;
	return whole;
}

void pointer_move(struct pointer_motion *motion,
		  const struct pointer_curve *curve, int *x, int *y)
{
	int counts = abs(*x) > abs(*y) ? abs(*x) : abs(*y);
	double times = factor(curve, counts);

	*x = take_whole(&motion->rest_x, *x * times);
	*y = take_whole(&motion->rest_y, *y * times);
}
