/*
 * Frames whose `shown` is owed.
 */
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "session/frames.h"
#include "session/protocol.h"

bool frame_runs_add(struct frame_runs *runs, uint32_t first, uint32_t count)
{
	unsigned last = runs->count - 1;

	if (runs->count && runs->runs[last].count <= UINT32_MAX - count &&
	    runs->runs[last].first + runs->runs[last].count == first) {
		runs->runs[last].count += count;
		return true;
	}
	if (runs->count == FRAME_RUNS_MAX)
		return false;
	runs->runs[runs->count].first = first;
	runs->runs[runs->count].count = count;
	runs->count++;
	return true;
}

bool frame_runs_move(struct frame_runs *runs, struct frame_runs *from)
{
	bool fits = true;

	for (unsigned i = 0; i < from->count && fits; i++)
		fits = frame_runs_add(runs, from->runs[i].first,
				      from->runs[i].count);
	from->count = 0;
	return fits;
}

/* Of one run; false when the queue is full. */
static bool send_run(uint32_t *first, uint32_t *count, struct wire *wire,
		     uint64_t time_ns, bool hidden)
{
	while (*count) {
		struct frame_shown shown = {
			.time_ns = time_ns,
			.frame = *first,
			.hidden = hidden,
		};

		if (!wire_space(wire) ||
		    !wire_send(wire, OP_frame_shown, 0, &shown, NULL, 0, -1))
			return false;
		++*first;
		--*count;
	}
	return true;
}

bool frame_runs_send(struct frame_runs *runs, struct wire *wire,
		     uint64_t time_ns, bool hidden)
{
	unsigned done = 0;

	while (done < runs->count &&
	       send_run(&runs->runs[done].first, &runs->runs[done].count, wire,
			time_ns, hidden))
		done++;
	runs->count -= done;
	memmove(runs->runs, runs->runs + done,
		runs->count * sizeof(runs->runs[0]));
	return !runs->count;
}

uint32_t *frame_pointer_pixels(struct wire *wire,
			       const struct wire_packet *packet)
{
	const struct frame_pointer_image *body = packet->body;
	const size_t needed = (size_t)body->w * body->h * sizeof(uint32_t);
	size_t bytes = 0;
	void *pixels = memory_read_blob(packet->fd, needed, &bytes);

	if (pixels && bytes == needed)
		return pixels;
	free(pixels);
	wire_fail(wire, "pointer image: not a sealed blob of its size");
	return NULL;
}
