/*
 * Frames whose `shown` is owed, as runs of consecutive numbers: bounded,
 * whatever a client sends, and all answered, however many they are.
 */
#ifndef SESSION_FRAMES_H
#define SESSION_FRAMES_H

#include "session/wire.h"

enum { FRAME_RUNS_MAX = 16 };

/* Zeroed memory is empty. Embedded by its owner. */
struct frame_runs {
	struct {
		uint32_t first, count;
	} runs[FRAME_RUNS_MAX];
	unsigned count;
};

/* False when the numbers jump more than FRAME_RUNS_MAX can hold: then that
 * session has to end. */
bool frame_runs_add(struct frame_runs *runs, uint32_t first, uint32_t count);

/* Appends `from` to `runs` and empties it; false as above. */
bool frame_runs_move(struct frame_runs *runs, struct frame_runs *from);

/* Sends a `shown` for each, oldest first, and forgets them; false when the
 * queue got full: to be called again when it is drained. */
bool frame_runs_send(struct frame_runs *runs, struct wire *wire,
		     uint64_t time_ns, bool hidden);

/* The pixels of a frame_pointer_image, owned by the caller. NULL when they are
 * not a sealed blob of its size: that ends the session. */
uint32_t *frame_pointer_pixels(struct wire *wire,
			       const struct wire_packet *packet);

#endif
