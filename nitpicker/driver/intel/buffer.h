/* Memory of the card that is scanned out. */
#ifndef DRIVER_INTEL_BUFFER_H
#define DRIVER_INTEL_BUFFER_H

#include "base/geometry.h"
#include "card.h"

struct buffer {
	int card;
	uint32_t w, h, stride; /* pixels, bytes; xrgb8888 */
	uint64_t bytes;
	uint32_t handle, id; /* of the memory, of the framebuffer; 0: none */
	uint8_t *memory; /* mapped */
	int shared; /* what a client draws to; -1: not shared */
};

/* Black. False with one log line. */
bool buffer_init(struct buffer *buffer, int card, uint32_t w, uint32_t h);
void buffer_finish(struct buffer *buffer); /* zeroed memory is fine */

/* The same memory for a client (dma-buf); -1 where the kernel can't. Once. */
int buffer_export(struct buffer *buffer);

/* These parts are new. Some cards show them only now, others have them on the
 * screen already. */
void buffer_flush(const struct buffer *buffer, const struct rect *rects,
		  size_t count);

#endif
