#include "wheel.h"

int wheel_turn(struct wheel *wheel, int32_t by)
{
	const int32_t limit = WHEEL_NOTCH * WHEEL_NOTCHES_MAX;
	int notches;

	if ((by > 0 && wheel->rest < 0) || (by < 0 && wheel->rest > 0))
		wheel->rest = 0;
	if (by > limit)
		by = limit;
	if (by < -limit)
		by = -limit;
	wheel->rest += by;
	notches = wheel->rest / WHEEL_NOTCH;
	wheel->rest -= notches * WHEEL_NOTCH;
	return notches;
}
