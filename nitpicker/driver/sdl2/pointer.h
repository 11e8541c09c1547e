/*
 * Pointer, wheel and fingers of a host window in the units of Input. No SDL
 * here.
 */
#ifndef SDL2_POINTER_H
#define SDL2_POINTER_H

#include <stdbool.h>
#include <stdint.h>

enum { TOUCH_SLOTS = 16, WHEEL_NOTCH = 120 };

struct pointer {
	float wheel_x, wheel_y; /* less than 1/120 notch, not sent yet */
	float relative_x, relative_y; /* less than one pixel, not sent yet */
	int32_t x, y; /* as last sent */
	bool known; /* x, y are what the client knows */
	struct {
		int64_t finger;
		bool used;
	} touch[TOUCH_SLOTS];
};

/* Notches to 1/120 notches; false when nothing is to be sent. */
bool pointer_wheel(struct pointer *pointer, float x, float y, int32_t *out_x,
		   int32_t *out_y);

/* Relative motion of fractions of a pixel; false when it is none yet. */
bool pointer_relative(struct pointer *pointer, float x, float y, int32_t *out_x,
		      int32_t *out_y);

/* Puts a position on the picture of w * h; false when it is where it was. */
bool pointer_move(struct pointer *pointer, float x, float y, int32_t w,
		  int32_t h);

/* The slot of a finger; a free one when it is new and `add`; -1: none. */
int pointer_touch(struct pointer *pointer, int64_t finger, bool add);
void pointer_untouch(struct pointer *pointer, int slot);

#endif
