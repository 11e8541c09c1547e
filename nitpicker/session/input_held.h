/*
 * What a client of input believes to be held, so that its end can be told when
 * the one that would have told it is gone.
 */
#ifndef SESSION_INPUT_HELD_H
#define SESSION_INPUT_HELD_H

#include "session/input.h"

/* Zeroed memory is valid. Embedded by its owner. */
struct input_held {
	uint64_t pressed[INPUT_CODE_WORDS];
	uint64_t touched; /* slots below 64 */
	bool focused, hovered;
};

/* To be called for each event that the client gets. */
void input_held_event(struct input_held *held, const struct input_event *event);

/* The next event that ends something, which is then held no more; false when
 * nothing is held. */
bool input_held_release(struct input_held *held, struct input_event *event);

#endif
