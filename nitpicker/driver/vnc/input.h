/*
 * What viewers do, as one keyboard and one pointer: a key or button that two
 * viewers hold is released when both let go of it, and a viewer that leaves
 * lets go of everything.
 */
#ifndef DRIVER_VNC_INPUT_H
#define DRIVER_VNC_INPUT_H

#include <stdint.h>

#include "session/input.h"

enum { HELD_MAX = 32 }; /* keys of one viewer */

struct vnc_input;

/* What one viewer holds; embedded, zeroed memory holds nothing. */
struct held {
	struct {
		uint32_t keysym;
		unsigned code; /* 0: the keyboard has no such key */
	} keys[HELD_MAX];
	unsigned count;
	uint8_t buttons; /* the mask as RFB has it */
};

/* Announces Input. `forget` is called when a client comes or goes: what was
 * held before is to be cleared. */
struct vnc_input *vnc_input_create(struct loop *loop, struct parent *parent,
				   void (*forget)(void *user), void *user);
void vnc_input_destroy(struct vnc_input *input);

void vnc_input_key(struct vnc_input *input, struct held *held, uint32_t keysym,
		   bool down);
void vnc_input_pointer(struct vnc_input *input, struct held *held,
		       uint8_t buttons, int32_t x, int32_t y);
/* The viewer is gone. */
void vnc_input_release(struct vnc_input *input, struct held *held);

#endif
