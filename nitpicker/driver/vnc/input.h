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

struct vnc_input_handler {
	/* A client comes or goes: what was held before is to be cleared. */
	void (*forget)(void *user);
	/* A text for the viewers' clipboards, Latin-1. */
	void (*text)(void *user, const char *text, size_t bytes);
};

/* Announces Input. The handler is kept by pointer. */
struct vnc_input *vnc_input_create(struct loop *loop, struct parent *parent,
				   const struct vnc_input_handler *handler,
				   void *user);
void vnc_input_destroy(struct vnc_input *input);

void vnc_input_key(struct vnc_input *input, struct held *held, uint32_t keysym,
		   bool down);
void vnc_input_pointer(struct vnc_input *input, struct held *held,
		       uint8_t buttons, int32_t x, int32_t y);
/* The clipboard of a viewer, Latin-1. */
void vnc_input_set_text(struct vnc_input *input, const char *text,
			size_t bytes);
/* The viewer is gone. */
void vnc_input_release(struct vnc_input *input, struct held *held);

#endif
