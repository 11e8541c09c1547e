#include "pointer.h"

/* What one event may say; far more than any device, well inside COORD_MAX. */
enum { MOST = 100000 };

/* The whole part of what has come together; the rest waits. */
static int32_t whole(float *sum, float add)
{
	int32_t result;

	*sum += add;
	if (!(*sum<MOST && * sum> - MOST)) {
		result = *sum >= MOST ? MOST : *sum <= -MOST ? -MOST : 0;
		*sum = 0;
		return result;
	}
	result = (int32_t)*sum;
	*sum -= (float)result;
	return result;
}

bool pointer_wheel(struct pointer *pointer, float x, float y, int32_t *out_x,
		   int32_t *out_y)
{
	*out_x = whole(&pointer->wheel_x, x * WHEEL_NOTCH);
	*out_y = whole(&pointer->wheel_y, y * WHEEL_NOTCH);
	return *out_x || *out_y;
}

bool pointer_relative(struct pointer *pointer, float x, float y, int32_t *out_x,
		      int32_t *out_y)
{
	*out_x = whole(&pointer->relative_x, x);
	*out_y = whole(&pointer->relative_y, y);
	return *out_x || *out_y;
}

static int32_t clamped(float value, int32_t size)
{
	if (!(value > 0))
		return 0;
	return value < (float)size ? (int32_t)value : size - 1;
}

bool pointer_move(struct pointer *pointer, float x, float y, int32_t w,
		  int32_t h)
{
	int32_t to_x = clamped(x, w), to_y = clamped(y, h);

	if (pointer->known && to_x == pointer->x && to_y == pointer->y)
		return false;
	pointer->x = to_x;
	pointer->y = to_y;
	pointer->known = true;
	return true;
}

int pointer_touch(struct pointer *pointer, int64_t finger, bool add)
{
	int free_slot = -1;

	for (int i = TOUCH_SLOTS - 1; i >= 0; i--) {
		if (!pointer->touch[i].used)
			free_slot = i;
		else if (pointer->touch[i].finger == finger)
			return i;
	}
	if (!add || free_slot < 0)
		return -1;
	pointer->touch[free_slot].finger = finger;
	pointer->touch[free_slot].used = true;
	return free_slot;
}

void pointer_untouch(struct pointer *pointer, int slot)
{
	pointer->touch[slot].used = false;
}
